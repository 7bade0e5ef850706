"""By the rules alone: how obligations stand when nobody has recorded anything: all of them open since the beginning."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from rules.calendar import local_day
from rules.followed import Wanted
from rules.obligation import Facts
from rules.plans.exporting.stands import Stand
from rules.programme import Programme, Task
from rules.rehearse import BEGINNING
from rules.roster import Roster
from rules.status import UNANSWERED, days_late, status

_LOOK_BACK = (62, 400, 4_000)
"""How many days back the end of a recurrence that has run out is looked for, the nearest first."""


def standing_by_rules(programme: Programme, roster: Roster, *, now: datetime) -> Iterator[Stand]:
    """Yield what the programme's tasks ask for at `now`, by their deadlines and the events the roster knows."""
    facts, zone = Facts(BEGINNING), roster.policy.zone
    for task in programme.tasks.values():
        for wanted in _wanted(programme, task, roster, local_day(now, zone)):
            term = wanted.occurrence.term
            late = days_late(term, facts, UNANSWERED, zone=zone, now=now)
            yield Stand(wanted.key, term, status(term, facts, UNANSWERED, zone=zone, now=now), late)


def _wanted(programme: Programme, task: Task, roster: Roster, today: date) -> list[Wanted]:
    """Return what exists on the day; of a recurrence that has run out its last occurrence."""
    found = list(roster.wanted(programme, task, since=today, today=today))
    for days in _LOOK_BACK:
        missing = task.deadlines.keys() - {one.key.part for one in found}
        if not missing:
            break
        since = today - timedelta(days=min(days, today.toordinal() - 1))
        earlier = list(roster.wanted(programme, task, since=since, today=today))
        for part in sorted(missing):
            found += _latest(one for one in earlier if one.key.part == part)
    return found


def _latest(wanted: Iterable[Wanted]) -> list[Wanted]:
    found = list(wanted)
    return [one for one in found if one.key.occurrence == found[-1].key.occurrence]
