"""The queue of requests for extensions: those that wait for who asks, the oldest first; each is decided on its page."""

from typing import NamedTuple

from sqlalchemy.engine import Connection
from starlette.responses import Response

from db.facts import NotExtended, open_requests
from db.facts.extension_cases import Case, case
from db.obligations import by_ids
from rules.access import Subject
from rules.due_day import DueDay, due_day
from rules.requests import Request
from rules.wording import Wording
from web.answers.about import may_decide
from web.page import Page
from web.visit import Visit

SHOWN = 200


class Waiting(NamedTuple):
    """A request with the obligation it is for."""

    request: Request
    case: Case
    title: str
    units: str

    @property
    def due_day(self) -> DueDay | None:
        """Return the day it is due now."""
        return due_day(self.case.followed.term)


def show(visit: Visit) -> Response:
    """Show the requests that who asks may decide, each with what was asked before."""
    with visit.reading() as connection:
        queue = _queue(visit, connection)
    return visit.render("extensions.html.j2", queue=queue[:SHOWN], total=len(queue), shown=SHOWN)


def _queue(visit: Visit, connection: Connection) -> list[Waiting]:
    rulebook, roster = visit.desk.rulebook, visit.desk.roster(connection, now=visit.now)
    requests = open_requests(connection)
    stored = by_ids(connection, {request.obligation_id for request in requests})
    found = []
    for request in requests:
        of = stored[request.obligation_id]
        subject = Subject.of_obligation(of.key, rulebook)
        if subject is None or not visit.may("decide_extension", subject):
            continue
        try:
            judged = case(connection, roster, of, now=visit.now)
        except NotExtended:
            continue
        if may_decide(visit, judged, subject):
            followed = judged.followed
            units = followed.directory.units
            title = f"{followed.task.title} – {of.key.part}" if of.key.part else followed.task.title
            names = ", ".join(units[unit].name if unit in units else unit for unit in of.key.units)
            found.append(Waiting(request, judged, title, names))
    return found


PAGES = (Page("/gia-han", "decide_extension", show, menu=Wording("Đề nghị gia hạn", "Extensions")),)
