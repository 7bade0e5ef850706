"""The verification queue: the reports that wait for the standing office, the oldest first, and what units told it."""

from typing import NamedTuple

from starlette.responses import Response

from db.facts import RecordedProof, RecordedReport, Remark, awaiting, proofs_of
from db.obligations import StoredObligation, by_ids
from rules.backdated import backdated_words
from rules.bare import bare_words
from rules.programme import Rulebook
from rules.wording import Wording
from web.page import Page
from web.showing.names import number_of, title_of, unit_name
from web.showing.pending import TOLD, told
from web.visit import Visit

SHOWN = 200


class Waiting(NamedTuple):
    """A report that waits for its verdict, or what was told of an obligation."""

    stored: StoredObligation
    number: str
    title: str
    units: str
    said: RecordedReport | Remark
    proofs: tuple[RecordedProof, ...] = ()
    bare: Wording | None = None
    """What is told of a report that came with nothing."""
    backdated: Wording | None = None
    """What is to be told of the day that a report names."""


def show(visit: Visit) -> Response:
    """Show what waits for the standing offices that who asks speaks for."""
    programmes = visit.who.standing
    with visit.reading() as connection:
        reports = awaiting(connection, programmes)
        remarked = told(connection, programmes)
        shown = reports[:SHOWN]
        proofs = proofs_of(connection, [report.id for report in shown])
        stored = by_ids(connection, [report.obligation_id for report in reports])
    rulebook = visit.desk.rulebook
    queue = [
        _waiting(stored[one.obligation_id], one, rulebook, proofs.get(one.id, []))._replace(
            bare=bare_words(one.note, one.document, one.evidence, proofs.get(one.id)),
            backdated=backdated_words(one.days_backdated(visit.desk.zone)),
        )
        for one in shown
    ]
    remarks = [_waiting(of, one, rulebook) for of, one in remarked]
    values = sum(one.kind == "indicator" for one in stored.values())
    return visit.render(
        "verification.html.j2",
        queue=queue,
        total=len(reports),
        values=values,
        remarks=remarks[:SHOWN],
        kinds=TOLD,
        shown=SHOWN,
    )


def _waiting(
    stored: StoredObligation,
    said: RecordedReport | Remark,
    rulebook: Rulebook,
    proofs: list[RecordedProof] | None = None,
) -> Waiting:
    key = stored.key
    units = unit_name(rulebook, rulebook.programmes.get(key.programme), key.unit)
    number, title = number_of(rulebook, key), title_of(rulebook, key)
    return Waiting(stored, number, title, units, said, tuple(proofs or ()))


PAGES = (Page("/cho-xac-nhan", "verify", show, menu=Wording("Chờ xác nhận", "To verify")),)
