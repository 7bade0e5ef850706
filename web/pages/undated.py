"""Undated: the tasks that still have no deadline, for the standing office, with what the document says of them."""

from typing import NamedTuple

from starlette.responses import Response

from db.obligations import StoredObligation
from rules.deadline import After, AheadOf
from rules.followed import Followed
from rules.programme import Event, Programme, Task
from rules.wording import Wording
from web.page import Page
from web.showing.without_a_day import undated
from web.visit import Visit


class Undated(NamedTuple):
    """An obligation without a day: why it has none, and where the rule file says so."""

    programme: Programme
    task: Task
    stored: StoredObligation
    units: str
    why: Wording
    source: str
    event: Event | None
    """The event whose record gives it its day, if somebody records one."""


def show(visit: Visit) -> Response:
    """Show the obligations without a day of the programmes whose standing office who asks speaks for."""
    with visit.reading() as connection:
        found, continuous = undated(visit, connection)
    return visit.render("undated.html.j2", found=[_undated(*one) for one in found], continuous=continuous)


def _undated(stored: StoredObligation, followed: Followed) -> Undated:
    units = ", ".join(followed.directory.units[unit].name for unit in stored.key.units)
    task, why = followed.task, followed.term.why
    source = task.deadline_source.spot
    return Undated(followed.programme, task, stored, units, why, source, _waited_for(followed))


def _waited_for(followed: Followed) -> Event | None:
    """Return the event that gives a task its day once somebody records it, None where no record does."""
    deadline, term = followed.deadline, followed.term
    if not isinstance(deadline, After | AheadOf) or term.starts is not None:
        return None
    event = followed.programme.events[deadline.event]
    while event.after is not None:
        event = followed.programme.events[event.after[0]]
    return None if event.dates or event.when_done else event


PAGES = (Page("/chua-co-han", "date_task", show, menu=Wording("Chưa có thời hạn", "Without a deadline")),)
