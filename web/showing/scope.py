"""Scope: what of the stock a visitor may see, by the table of `rules.access`, as the conditions of `db.boards`."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.axes import Axes, o
from db.boards import Seen, Tally
from db.facts import active_silences
from db.tables.base import equals
from rules.access import Action, reach
from rules.calendar import local_day
from rules.days import plus
from web.visit import Visit


def tally_of(visit: Visit, connection: Connection) -> Tally:
    """Return the counts of the whole stock, as the connection sees it."""
    return visit.hall.tallies.now(connection, visit.desk.engine, now=visit.now)


def axes_of(visit: Visit, connection: Connection) -> Axes:
    """Return the axes at the instant of the visit."""
    silences = active_silences(connection, at=visit.now)
    yesterday = plus(local_day(visit.now, visit.desk.zone), -1)
    # What was due on a day off is on time until the next working day.
    worked = [calendar.on_or_before(yesterday) for calendar in visit.desk.rulebook.calendars.values()]
    return Axes(visit.now, visit.desk.zone, silences, since=plus(min(worked), 1) if worked else None)


def seen_by(visit: Visit, tally: Tally, action: Action = "see_obligation") -> Seen:
    """Return what the visitor may do that to, of the programmes that the rules know."""
    return _seen(visit, tally.units, action)


def values_seen_by(visit: Visit, connection: Connection, action: Action = "see_obligation") -> Seen:
    """Return to which values of indicators that are owed the visitor may do that: the counts are of tasks alone."""
    programmes = list(visit.desk.rulebook.programmes)
    query = sa.select(o.programme, o.unit).where(o.programme.in_(programmes), equals(o.kind, "indicator")).distinct()
    return _seen(visit, {(row.programme, row.unit) for row in connection.execute(query)}, action)


def _seen(visit: Visit, owed: Collection[tuple[str, ...]], action: Action) -> Seen:
    whole, units, tasks = set(), [], []
    for programme in visit.desk.rulebook.programmes.values():
        found = reach(visit.who, action, programme)
        stored = {unit for of, unit in owed if of == programme.id}
        theirs = frozenset(owed_by(found.units, stored))
        if found.whole or (stored and theirs == stored):
            whole.add(programme.id)
            continue
        if theirs:
            units.append((programme.id, theirs))
        if found.tasks:
            tasks.append((programme.id, found.tasks))
    return Seen(frozenset(whole), tuple(units), tuple(tasks))


def owed_by(units: Iterable[str], stored: Iterable[str]) -> set[str]:
    """Return, of the units as obligations name them, those in which one of `units` has a part."""
    wanted = set(units)
    return {one for one in stored if not wanted.isdisjoint(one.split("+"))}
