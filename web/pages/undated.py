"""Undated: the tasks that still have no deadline, for the standing office, with what the document says of them."""

from typing import NamedTuple

from starlette.responses import Response

from db.obligations import Filter, StoredObligation, listing
from rules.calendar import local_day
from rules.deadline import After, AheadOf
from rules.obligation import Facts
from rules.programme import Event, Programme, Task
from rules.roster import Followed
from rules.wording import Wording
from web.page import Page
from web.visit import Visit

SHOWN = 500


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
    found: list[Undated] = []
    continuous = 0
    with visit.reading() as connection:
        roster = visit.desk.roster(connection, now=visit.now)
        for programme in visit.desk.rulebook.programmes.values():
            if programme.id not in visit.who.standing:
                continue
            which = Filter(programme=programme.id, states=("open",), kinds=("task",), undated=True)
            for stored in listing(connection, which, limit=SHOWN):
                followed = roster.follow(
                    stored.key, Facts(stored.watched_from), today=local_day(visit.now, visit.desk.zone)
                )
                if followed is None:
                    continue
                if followed.term.kind == "continuous":
                    continuous += 1
                    continue
                units = ", ".join(followed.directory.units[unit].name for unit in stored.key.units)
                task = followed.task
                why, source = followed.term.why, task.deadline_source.spot
                found.append(Undated(programme, task, stored, units, why, source, _waited_for(followed)))
    return visit.render("undated.html.j2", found=found, continuous=continuous)


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
