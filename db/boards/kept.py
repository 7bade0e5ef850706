"""Kept: the tallies of all obligations by programme and unit, and by programme and task, held in the process.

They are exact: whatever was recorded since they were made is found by its number and counted anew, and so is what has
become late or soon due since. Only a new day, another revision or many changes at once make it count the whole stock.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from threading import Lock
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.axes import IS_OPEN, IS_TASK, Axes, o
from db.boards.cells import Cells, tally
from db.boards.trend import Past, past_weeks
from db.tables.base import equals
from rules.calendar import instant, local_day
from rules.status import SOON

MOST_TOUCHED = 300
"""From so many groups on, the whole stock is counted anew."""
_IS_CLOSED = equals(o.state, "closed")
Groups = dict[tuple[str, ...], Cells]


class _Marks(NamedTuple):
    """How far the register went: the last number of each of its parts, and when something was last found closed."""

    obligation: int
    change: int
    report: int
    verification: int
    revision: int
    closed: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts at `at`, by (programme, unit) and by (programme, task); units are as obligations name them."""

    at: datetime
    units: Groups
    tasks: Groups
    past: Past


@dataclass
class Tallies:
    """The keeper of the last tally. One connection's view of the database is never mixed with another's."""

    _lock: Lock = field(default_factory=Lock, repr=False)
    _last: Tally | None = None
    _marks: _Marks | None = None

    def now(self, connection: Connection, *, now: datetime, zone: ZoneInfo) -> Tally:
        """Return the counts at `now`, brought up to what the connection sees."""
        with self._lock:
            marks, last = _marks(connection), self._last
            if last is None or self._marks is None or _is_another_day(last.at, now, zone) or self._went_back(marks):
                made = _counted(connection, Axes(now, zone))
            else:
                made = _renewed(connection, last, self._marks, marks, Axes(now, zone))
            self._last, self._marks = made, marks
            return made

    def _went_back(self, marks: _Marks) -> bool:
        """Say whether the database is another one, or a connection still sees an earlier state of it."""
        before = self._marks
        return before is None or marks.revision != before.revision or any(
            now < was for now, was in zip(marks[:4], before[:4], strict=True)
        )


def _is_another_day(last: datetime, now: datetime, zone: ZoneInfo) -> bool:
    return now < last or local_day(last, zone) != local_day(now, zone)


def _counted(connection: Connection, axes: Axes) -> Tally:
    units = tally(connection, axes, (o.unit, o.programme))
    return Tally(
        at=axes.now,
        units={(programme, unit): cells for (unit, programme), cells in units.items()},
        tasks=tally(connection, axes, (o.programme, o.task)),
        past=past_weeks(connection, axes),
    )


def _renewed(connection: Connection, last: Tally, before: _Marks, marks: _Marks, axes: Axes) -> Tally:
    touched = _touched(connection, last, before, marks, axes)
    if not touched:
        return Tally(axes.now, last.units, last.tasks, last.past)
    if len(touched) > MOST_TOUCHED:
        return _counted(connection, axes)
    units, tasks = dict(last.units), dict(last.tasks)
    for programme, unit in {(programme, unit) for programme, _, unit in touched}:
        _put(units, (programme, unit), tally(connection, axes, (), o.programme == programme, o.unit == unit))
    for programme, task in {(programme, task) for programme, task, _ in touched}:
        _put(tasks, (programme, task), tally(connection, axes, (), o.programme == programme, o.task == task))
    return Tally(axes.now, units, tasks, last.past)


def _put(groups: Groups, key: tuple[str, ...], found: Groups) -> None:
    groups.pop(key, None)
    if () in found:
        groups[key] = found[()]


def _touched(
    connection: Connection, last: Tally, before: _Marks, marks: _Marks, axes: Axes
) -> set[tuple[str, str, str]]:
    """Return (programme, task, unit) of what was recorded or became late or soon due since."""
    parts: list[sa.Select[Any]] = []
    if marks.obligation > before.obligation:
        parts.append(sa.select(o.id).where(o.id > before.obligation))
    for of, was, is_ in ((t.change, before.change, marks.change), (t.report, before.report, marks.report)):
        if is_ > was:
            parts.append(sa.select(of.c.obligation_id).where(of.c.id > was))
    if marks.verification > before.verification:
        v, r = t.verification.c, t.report.c
        parts.append(sa.select(r.obligation_id).join(t.verification, v.report_id == r.id).where(v.id > before.verification))
    if marks.closed != before.closed and marks.closed is not None:
        since = [o.end_recorded_at > before.closed] if before.closed else []
        parts.append(sa.select(o.id).where(_IS_CLOSED, *since))
    if axes.now > last.at:
        parts.append(sa.select(o.id).where(IS_OPEN, o.late_at > last.at, o.late_at <= axes.now))
        soon_from, soon_to = last.at + SOON, axes.now + SOON
        days = [local_day(at, axes.zone) for at in (soon_from - timedelta(days=1), soon_to)]
        parts.append(
            sa.select(o.id).where(IS_OPEN, o.due_on.between(*days), o.due_at > soon_from, o.due_at <= soon_to)
        )
    query = sa.select(o.programme, o.task, o.unit).where(IS_TASK, o.id.in_(sa.union(*parts))).limit(MOST_TOUCHED * 4)
    found = {(row.programme, row.task, row.unit) for row in connection.execute(query)} if parts else set()
    return found


def _marks(connection: Connection) -> _Marks:
    numbers = [sa.select(sa.func.coalesce(sa.func.max(of.c.id), 0)).scalar_subquery() for of in _NUMBERED]
    closed = sa.select(sa.func.max(o.end_recorded_at)).where(_IS_CLOSED).scalar_subquery()
    return _Marks(*connection.execute(sa.select(*numbers, closed)).one())


_NUMBERED = (t.obligation, t.change, t.report, t.verification, t.revision)


def midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the end of the local day: the whole stock is counted anew after it."""
    return instant(local_day(now, zone) + timedelta(days=1), time.min, zone)
