"""Story: what was said of obligations, as entries of a task's story: reports with their proofs, remarks, verdicts,
requests for extensions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.facts.evidence import RecordedProof, proofs_of
from db.facts.extensions import requests_of
from db.facts.remarks import Remark, remarks
from db.facts.reports import RecordedReport, reports
from db.facts.verifications import Verification, verdicts
from db.obligations import StoredObligation
from rules.backdated import backdated_words
from rules.bare import bare_words
from rules.calendar import local_day
from rules.chronicle import Entry
from rules.days import clock, day_en, day_vi
from rules.lateness import hour_due
from rules.requests import Request
from rules.wording import Wording

Day = Callable[[datetime], date]
REMARKS: Mapping[str, Wording] = {
    "progress": Wording("đang thực hiện", "in progress"),
    "difficulty": Wording("khó khăn, vướng mắc", "difficulty"),
    "resolved": Wording("đã được xử lý", "seen to"),
    "focal": Wording("đề nghị đổi đầu mối", "another focal point"),
    "not_ours": Wording("báo không thuộc trách nhiệm của đơn vị", "says it is not theirs"),
}
EXTENSIONS: Mapping[str, Wording] = {
    "granted": Wording("đồng ý gia hạn", "extension granted"),
    "refused": Wording("không đồng ý gia hạn", "extension refused"),
    "withdrawn": Wording("rút đề nghị gia hạn", "request withdrawn"),
}
VERDICTS: Mapping[str, Wording] = {
    "accepted": Wording("đã xác nhận báo cáo", "report accepted"),
    "returned": Wording("trả lại báo cáo", "report returned"),
}


def answers(connection: Connection, found: Iterable[StoredObligation], zone: ZoneInfo) -> Iterator[Entry]:
    """Yield all that was said of these obligations, one after the other; days and hours are local to `zone`."""

    def day(at: datetime) -> date:
        return local_day(at, zone)

    found = list(found)
    ids = [one.id for one in found]
    remarked, judged, asked = remarks(connection, ids), verdicts(connection, ids), requests_of(connection, ids)
    for one in found:
        given = judged.get(one.id, [])
        yield from _reports(connection, one, {verdict.recorded_at for verdict in given}, zone)
        yield from (_remark(one, remark, day) for remark in remarked.get(one.id, ()))
        yield from (_verdict(one, verdict, day) for verdict in given)
        for request in asked.get(one.id, ()):
            yield from _request(one, request, hour_due(one.due_at, zone), day)


def _reports(connection: Connection, one: StoredObligation, returned: set[datetime], zone: ZoneInfo) -> Iterator[Entry]:
    """Yield the reports, but for the reopening that a returned one comes to: the verdict says it."""
    told = reports(connection, one.id)
    proofs = proofs_of(connection, [report.id for report in told])
    for report in told:
        if report.kind == "done" or report.recorded_at not in returned:
            yield _report(one, report, proofs.get(report.id, []), zone)


def _report(one: StoredObligation, report: RecordedReport, proofs: list[RecordedProof], zone: ZoneInfo) -> Entry:
    if report.kind == "done":
        words = Wording(f"hoàn thành ngày {day_vi(report.said_on)}", f"done on {day_en(report.said_on)}")
        if (flag := backdated_words(report.days_backdated(zone))) is not None:
            words = Wording(f"{words.vi}, {flag.vi}", f"{words.en}, {flag.en}")
    else:
        words = Wording("chưa hoàn thành, mở lại", "not done after all")
    evidence = [*([report.evidence] if report.evidence else []), *(proof.shown for proof in proofs)]
    if report.kind == "done" and (bare := bare_words(report.note, report.document, evidence)) is not None:
        words = Wording(f"{words.vi}, {bare.vi}", f"{words.en}, {bare.en}")
    more = [f"({report.note})"] if report.note else []
    more += ["[" + "; ".join(evidence) + "]"] if evidence else []
    return Entry(
        at=report.recorded_at,
        kind="report",
        words=_with(words, more),
        on=report.said_on,
        by=report.recorded_by,
        document=report.document,
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details={
            "said": report.kind,
            "unit": report.unit,
            "note": report.note,
            "evidence": evidence,
            "document": report.document,
            "via": report.via,
            "days_backdated": report.days_backdated(zone),
        },
    )


def _remark(one: StoredObligation, remark: Remark, day: Day) -> Entry:
    more = [f"{remark.percent} %"] if remark.percent is not None else []
    more += [f"({remark.note})"] if remark.note else []
    return Entry(
        at=remark.recorded_at,
        kind="remark",
        words=_with(REMARKS[remark.kind], more),
        on=day(remark.recorded_at),
        by=remark.recorded_by,
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details={"said": remark.kind, "percent": remark.percent, "note": remark.note, "via": remark.via},
    )


def _verdict(one: StoredObligation, verdict: Verification, day: Day) -> Entry:
    return Entry(
        at=verdict.recorded_at,
        kind="verdict",
        words=_with(VERDICTS[verdict.verdict], [f"({verdict.reason})"] if verdict.reason else []),
        on=day(verdict.recorded_at),
        by=verdict.recorded_by,
        document=verdict.document,
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details={"said": verdict.verdict, "reason": verdict.reason, "via": verdict.via},
    )


def _request(one: StoredObligation, request: Request, hour: time | None, day: Day) -> Iterator[Entry]:
    """Yield that an extension was asked for, and what was decided: it keeps the hour of the deadline."""
    last = _until(request.due_wanted, hour)
    special = Wording(", trường hợp đặc biệt", ", as an exception") if request.is_exception else Wording("", "")
    asked = Wording(
        f"đề nghị gia hạn lần {request.number} đến {last.vi}{special.vi} ({request.reason})",
        f"extension {request.number} asked for until {last.en}{special.en} ({request.reason})",
    )
    details: dict[str, object] = {
        "request": request.id,
        "number": request.number,
        "flagged": request.is_flagged,
        "exception": request.is_exception,
        "due_before": request.due_before,
        "due_wanted": request.due_wanted,
        "reason": request.reason,
    }
    yield _extension(one, request.at, request.by, asked, None, details | {"said": "asked"}, day)
    decided = request.decided
    if decided is not None:
        words, answer = EXTENSIONS[decided.verdict], [f"({decided.reason})"] if decided.reason else []
        if decided.due is not None:
            given = _until(decided.due, hour)
            words = Wording(f"{words.vi} đến {given.vi}", f"{words.en} until {given.en}")
        details |= {"said": decided.verdict, "due_granted": decided.due, "answer": decided.reason}
        yield _extension(one, decided.at, decided.by, _with(words, answer), decided.document, details, day)


def _until(due: date, hour: time | None) -> Wording:
    if hour is None:
        return Wording(day_vi(due), day_en(due))
    at = clock(hour)
    return Wording(f"{at.vi} ngày {day_vi(due)}", f"{at.en} on {day_en(due)}")


def _extension(
    one: StoredObligation,
    at: datetime,
    by: str,
    words: Wording,
    document: str | None,
    details: Mapping[str, object],
    day: Day,
) -> Entry:
    return Entry(
        at=at,
        kind="extension",
        words=words,
        on=day(at),
        by=by,
        document=document,
        part=one.key.part,
        occurrence=one.key.occurrence,
        units=(one.key.unit,),
        details=details,
    )


def _with(words: Wording, more: list[str]) -> Wording:
    return Wording(" ".join([words.vi, *more]), " ".join([words.en, *more]))
