"""The queue of requests for extensions: those that wait for who asks, the oldest first; each is decided on its page."""

from typing import NamedTuple

from sqlalchemy.engine import Connection
from starlette.responses import Response

from db.facts.extension_cases import Case
from rules.due_day import DueDay, due_day
from rules.requests import Request
from rules.wording import Wording
from web.page import Page
from web.showing.names import number_of, title_of, unit_name
from web.showing.pending import wished
from web.visit import Visit

SHOWN = 200


class Waiting(NamedTuple):
    """A request with the obligation it is for."""

    request: Request
    case: Case
    number: str
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
    rulebook = visit.desk.rulebook
    return [
        Waiting(
            wish.request,
            wish.case,
            number_of(rulebook, wish.stored.key),
            title_of(rulebook, wish.stored.key),
            unit_name(rulebook, wish.case.followed.programme, wish.stored.key.unit),
        )
        for wish in wished(visit, connection)
    ]


PAGES = (Page("/gia-han", "decide_extension", show, menu=Wording("Đề nghị gia hạn", "Extensions")),)
