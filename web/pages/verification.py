"""The verification queue: the reports that wait for the standing office, the oldest first, and what units told it."""

from typing import NamedTuple

from starlette.responses import Response

from db.facts import RecordedProof, RecordedReport, Remark, RemarkKind, awaiting, proofs_of, unresolved
from db.obligations import StoredObligation, by_ids
from rules.backdated import backdated_words
from rules.programme import Rulebook
from rules.wording import Wording
from web.page import Page
from web.visit import Visit

SHOWN = 200


class Waiting(NamedTuple):
    """A report that waits for its verdict, or what was told of an obligation."""

    stored: StoredObligation
    title: str
    units: str
    said: RecordedReport | Remark
    proofs: tuple[RecordedProof, ...] = ()
    backdated: Wording | None = None
    """What is to be told of the day that a report names."""


KINDS: dict[RemarkKind, Wording] = {
    "difficulty": Wording("Khó khăn, vướng mắc", "Difficulty"),
    "not_ours": Wording("Không thuộc trách nhiệm", "Not theirs"),
    "focal": Wording("Đổi đầu mối", "Another focal point"),
}


def show(visit: Visit) -> Response:
    """Show what waits for the standing offices that who asks speaks for."""
    programmes = visit.who.standing
    with visit.reading() as connection:
        reports = awaiting(connection, programmes)
        told: list[Remark] = []
        for kind in KINDS:
            told += unresolved(connection, kind).values()
        shown = reports[:SHOWN]
        proofs = proofs_of(connection, [report.id for report in shown])
        ids = [report.obligation_id for report in shown] + [one.obligation_id for one in told]
        stored = by_ids(connection, ids)
    rulebook = visit.desk.rulebook
    queue = [
        _waiting(stored[one.obligation_id], one, rulebook, proofs.get(one.id, []))._replace(
            backdated=backdated_words(one.days_backdated(visit.day_of))
        )
        for one in shown
    ]
    open_ = [one for one in told if _concerns(stored[one.obligation_id], programmes)]
    remarks = [_waiting(stored[one.obligation_id], one, rulebook) for one in open_]
    return visit.render(
        "verification.html.j2", queue=queue, total=len(reports), remarks=remarks[:SHOWN], kinds=KINDS, shown=SHOWN
    )


def _concerns(stored: StoredObligation, programmes: frozenset[str]) -> bool:
    return stored.key.programme in programmes and stored.state != "withdrawn"


def _waiting(
    stored: StoredObligation,
    said: RecordedReport | Remark,
    rulebook: Rulebook,
    proofs: list[RecordedProof] | None = None,
) -> Waiting:
    key = stored.key
    programme = rulebook.programmes.get(key.programme)
    task = programme.task(key.task) if programme else None
    directory = rulebook.directories.get(programme.directory) if programme else None
    names = [directory.units[one].name if directory and one in directory.units else one for one in key.units]
    title = task.title if task else key.task
    return Waiting(stored, f"{title} – {key.part}" if key.part else title, ", ".join(names), said, tuple(proofs or ()))


PAGES = (Page("/cho-xac-nhan", "verify", show, menu=Wording("Chờ xác nhận", "To verify")),)
