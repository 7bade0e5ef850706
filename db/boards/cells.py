"""Cells: the counts of a group of obligations, each in one cell, and the statement that counts them."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.axes import AWAITS, HAS_DAY, IS_CLOSED, IS_DONE, IS_OPEN, IS_RETURNED, IS_TASK, Axes, Condition, o
from rules.summary import Count, Counts

BANDS = ((1, 7), (8, 30), (31, 90), (91, None))
"""The ages, in days, by which what is late is told apart; what is late since today is in the first of them."""


class Cells(NamedTuple):
    """How many obligations stand how. Of `awaiting` and `returned` each is in another cell besides."""

    undated: int = 0
    in_time: int = 0
    due_soon: int = 0
    due_today: int = 0
    late_1: int = 0
    late_8: int = 0
    late_31: int = 0
    late_91: int = 0
    done_in_time: int = 0
    done_late: int = 0
    done_undated: int = 0
    closed: int = 0
    awaiting: int = 0
    returned: int = 0

    @property
    def bands(self) -> tuple[int, ...]:
        """Return how many are late, by the ages of `BANDS`."""
        return (self.late_1, self.late_8, self.late_31, self.late_91)

    @property
    def late(self) -> int:
        """Return how many are open and late."""
        return sum(self.bands)

    @property
    def open(self) -> int:
        """Return how many are open."""
        return self.undated + self.in_time + self.due_soon + self.due_today + self.late

    @property
    def done(self) -> int:
        """Return how many are done, accepted or not."""
        return self.done_in_time + self.done_late + self.done_undated

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.open + self.done + self.closed

    @property
    def counts(self) -> Counts:
        """Return them as official reports count them."""
        of = {
            Count.DONE_IN_TIME: self.done_in_time,
            Count.DONE_LATE: self.done_late,
            Count.DONE_UNDATED: self.done_undated,
            Count.OPEN_IN_TIME: self.in_time + self.due_soon + self.due_today,
            Count.OPEN_LATE: self.late,
            Count.OPEN_UNDATED: self.undated,
            Count.CLOSED: self.closed,
        }
        counts = {what: count for what, count in of.items() if count}
        return Counts(counts, self.due_soon, self.awaiting, self.due_today)


def added(those: Iterable[Cells]) -> Cells:
    """Return the sums."""
    return Cells(*map(sum, zip(*those, strict=True))) if (those := list(those)) else Cells()


def tally(
    connection: Connection, axes: Axes, by: tuple[sa.Column[Any], ...], *where: Condition
) -> dict[tuple[str, ...], Cells]:
    """Return the counts of the obligations that meet the conditions, by the columns named."""
    counts = [sa.func.count(sa.case((condition, 1))).label(name) for name, condition in _conditions(axes).items()]
    query = sa.select(*by, *counts).select_from(t.obligation).where(IS_TASK, *where)
    found = {}
    for row in connection.execute(query.group_by(*by) if by else query):
        cells = Cells(*row[len(by) :])
        if cells.total:
            found[tuple(row[: len(by)])] = cells
    return found


def _conditions(axes: Axes) -> dict[str, Condition]:
    dated = sa.and_(IS_OPEN, HAS_DAY)
    ages = [axes.late_for(first) if first > 1 else axes.is_late for first, _ in BANDS]
    bands = [sa.and_(age, sa.not_(older)) for age, older in pairwise(ages)] + [ages[-1]]
    late = {f"late_{first}": sa.and_(IS_OPEN, band) for (first, _), band in zip(BANDS, bands, strict=True)}
    is_due = sa.or_(axes.is_late, axes.is_due_today, axes.is_due_soon)
    return {
        "undated": sa.and_(IS_OPEN, sa.not_(HAS_DAY)),
        "in_time": sa.and_(dated, sa.not_(is_due)),
        "due_soon": sa.and_(IS_OPEN, axes.is_due_soon),
        "due_today": sa.and_(IS_OPEN, axes.is_due_today),
        **late,
        "done_in_time": sa.and_(IS_DONE, HAS_DAY, o.was_late.is_not(True)),
        "done_late": sa.and_(IS_DONE, HAS_DAY, o.was_late.is_(True)),
        "done_undated": sa.and_(IS_DONE, sa.not_(HAS_DAY)),
        "closed": IS_CLOSED,
        "awaiting": AWAITS,
        "returned": sa.and_(IS_OPEN, IS_RETURNED),
    }
