"""Kept: the tallies of all obligations by programme and unit, and by programme and task, held in the process.

They are exact: whatever was recorded since they were made is found by its number and counted anew, and so is what has
become late since. Only a new day, another revision or many changes at once call for counting the whole stock; of a
large one that is done beside, while what was counted last is shown with its instant.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db import tables as t
from db.axes import IS_OPEN, IS_TASK, Axes, Condition, o
from db.boards.cells import Cells, tally
from db.boards.trend import Past, past_weeks
from db.engine import read_only
from db.tables.base import equals
from rules.calendar import local_day

MOST_TOUCHED = 300
"""From so many obligations on, the whole stock is counted anew."""
LARGE = 100_000
"""From so many obligations on, nobody waits until the whole stock is counted."""
_IS_CLOSED = equals(o.state, "closed")
_NUMBERED = (t.obligation, t.change, t.report, t.verification, t.revision)
Groups = dict[tuple[str, ...], Cells]

log = logging.getLogger("dondoc.web")


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
    marks: _Marks
    units: Groups
    tasks: Groups
    past: Past


@dataclass
class Tallies:
    """The keeper of the last tally."""

    zone: ZoneInfo
    large: int = LARGE
    _lock: Lock = field(default_factory=Lock, repr=False)
    _last: Tally | None = None
    _counting: Thread | None = None

    def now(self, connection: Connection, engine: Engine, *, now: datetime) -> Tally:
        """Return the counts at `now` as the connection sees them; of a large stock it may be those of a while ago,
        as `at` says."""
        with self._lock:
            marks, last, axes = _marks(connection), self._last, Axes(now, self.zone)
            made = _renewed(connection, last, marks, axes) if last is not None else None
            if made is None and last is not None and marks.obligation >= self.large:
                self._count_beside(engine, now)
                return last
            self._last = made = made or _counted(connection, marks, axes)
            return made

    def _count_beside(self, engine: Engine, now: datetime) -> None:
        if self._counting is None or not self._counting.is_alive():
            self._counting = Thread(target=self._count, args=(engine, now), daemon=True)
            self._counting.start()

    def _count(self, engine: Engine, now: datetime) -> None:
        try:
            with read_only(engine).connect() as connection:
                made = _counted(connection, _marks(connection), Axes(now, self.zone))
            with self._lock:
                self._last = made
        except Exception:
            log.exception("the obligations could not be counted")


def _counted(connection: Connection, marks: _Marks, axes: Axes) -> Tally:
    units = tally(connection, axes, (o.unit, o.programme))
    return Tally(
        at=axes.now,
        marks=marks,
        units={(programme, unit): cells for (unit, programme), cells in units.items()},
        tasks=tally(connection, axes, (o.programme, o.task)),
        past=past_weeks(connection, axes),
    )


def _renewed(connection: Connection, last: Tally, marks: _Marks, axes: Axes) -> Tally | None:
    """Return the last tally brought up to the present; None where the whole stock is to be counted."""
    if axes.now < last.at or local_day(last.at, axes.zone) != axes.today or _is_another(last.marks, marks):
        return None
    touched: set[tuple[str, str, str]] = set()
    for conditions in _since(last, marks, axes):
        query = sa.select(o.programme, o.task, o.unit).where(IS_TASK, *conditions).limit(MOST_TOUCHED + 1)
        touched |= {(programme, task, unit) for programme, task, unit in connection.execute(query)}
        if len(touched) > MOST_TOUCHED:
            return None
    units, tasks = dict(last.units), dict(last.tasks)
    for programme, unit in {(programme, unit) for programme, _, unit in touched}:
        _put(units, (programme, unit), tally(connection, axes, (), o.programme == programme, o.unit == unit))
    for programme, task in {(programme, task) for programme, task, _ in touched}:
        _put(tasks, (programme, task), tally(connection, axes, (), o.programme == programme, o.task == task))
    return Tally(axes.now, marks, units, tasks, last.past)


def _is_another(before: _Marks, now: _Marks) -> bool:
    """Say whether the rules are others, or the database is, or it is seen as it was before."""
    return now.revision != before.revision or any(is_ < was for is_, was in zip(now[:4], before[:4], strict=True))


def _put(groups: Groups, key: tuple[str, ...], found: Groups) -> None:
    groups.pop(key, None)
    if () in found:
        groups[key] = found[()]


def _since(last: Tally, marks: _Marks, axes: Axes) -> Iterator[list[Condition]]:
    """Yield the conditions of what may count as something else since the last tally."""
    before, v, r = last.marks, t.verification.c, t.report.c
    if marks.obligation > before.obligation:
        yield [o.id > before.obligation]
    for of, was, is_ in ((t.change, before.change, marks.change), (t.report, before.report, marks.report)):
        if is_ > was:
            yield [o.id.in_(sa.select(of.c.obligation_id).where(of.c.id > was))]
    if marks.verification > before.verification:
        judged: sa.Select[Any] = sa.select(r.obligation_id).join(t.verification, v.report_id == r.id)
        yield [o.id.in_(judged.where(v.id > before.verification))]
    if marks.closed != before.closed:
        yield [_IS_CLOSED, *([o.end_recorded_at > before.closed] if before.closed else [])]
    if axes.now > last.at:
        yield [IS_OPEN, o.late_at >= last.at, o.late_at <= axes.now]


def _marks(connection: Connection) -> _Marks:
    numbers = [sa.select(sa.func.coalesce(sa.func.max(of.c.id), 0)).scalar_subquery() for of in _NUMBERED]
    closed = sa.select(sa.func.max(o.end_recorded_at)).where(_IS_CLOSED).scalar_subquery()
    return _Marks._make(tuple(connection.execute(sa.select(*numbers, closed)).one()))
