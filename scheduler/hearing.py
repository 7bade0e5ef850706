"""Hearing: what units said of the obligations that a batch of letters tells of, for letters to repeat."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.facts import RecordedReport, Remark, RemarkKind, last_reports, proofs_of, remarks
from rules.calendar import local_day
from rules.heard import difficulty_words, not_ours_words, progress_words, report_words, reporter_words
from rules.indicators.duties import indicator_id
from rules.obligation import ObligationKey
from rules.posts import called
from rules.programme import Rulebook
from rules.wording import Wording


def heard(
    connection: Connection, keys: Mapping[int, ObligationKey], rulebook: Rulebook, *, zone: ZoneInfo
) -> Mapping[int, tuple[Wording, ...]]:
    """Return what was said of obligations that are open, and what was reported of those that are done, by id; of
    others nothing. Days are local to `zone`. Of what several units owe jointly it is said who reported it."""
    ids = list(keys)
    reports = {id_: one for id_, one in last_reports(connection, ids).items() if one.kind == "done"}
    proofs = proofs_of(connection, [one.id for one in reports.values()])
    found: dict[int, tuple[Wording, ...]] = {
        id_: (
            reported(keys[id_], one, len(proofs.get(one.id, ())), zone=zone),
            *_reporter(keys[id_], one, rulebook, zone),
        )
        for id_, one in reports.items()
    }
    for id_, said in remarks(connection, [id_ for id_ in ids if id_ not in reports]).items():
        if words := tuple(_said(said, zone)):
            found[id_] = words
    return found


def reported(key: ObligationKey, report: RecordedReport, proofs: int, *, zone: ZoneInfo) -> Wording:
    """Return what a report of completion, with so many proofs, says of itself."""
    # A value has its source in the words of its report; its proofs are not the report's.
    if indicator_id(key.task) is not None:
        return Wording(report.note or "", report.note or "")
    return report_words(report.said_on, report.document, proofs, report.days_backdated(zone))


def _reporter(key: ObligationKey, report: RecordedReport, rulebook: Rulebook, zone: ZoneInfo) -> Iterable[Wording]:
    programme = rulebook.programmes.get(key.programme)
    if len(key.units) > 1 and programme is not None:
        on = local_day(report.recorded_at, zone)
        yield reporter_words(called(rulebook.directories[programme.directory], report.recorded_by, on))


def _said(said: list[Remark], zone: ZoneInfo) -> Iterable[Wording]:
    if progress := _last(said, "progress"):
        yield progress_words(progress.percent, progress.note, local_day(progress.recorded_at, zone))
    if difficulty := _last(said, "difficulty", "resolved"):
        yield difficulty_words(difficulty.note, local_day(difficulty.recorded_at, zone))
    if not_ours := _last(said, "not_ours", "resolved"):
        yield not_ours_words(not_ours.note, local_day(not_ours.recorded_at, zone))


def _last(said: list[Remark], kind: RemarkKind, unless: RemarkKind | None = None) -> Remark | None:
    """Return the last remark of that kind, None where one that takes it away came after."""
    last = next((one for one in reversed(said) if one.kind in (kind, unless)), None)
    return last if last is not None and last.kind == kind else None
