"""Trend: how many were followed, open, late and done at the end of each Friday of the last weeks.

By the deadlines in force today and the ends that stand today: what was reported too early and opened again counts as
open all the while.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.axes import HAS_DAY, IS_CANCELLED, IS_TASK, Axes, o
from rules.calendar import instant

WEEKS = 12
FRIDAY = 4


class Week(NamedTuple):
    """What stood at the end of a Friday."""

    on: date
    open: int
    late: int
    done: int


@dataclass(frozen=True, slots=True)
class _Span:
    """So many obligations of a group: since which of the weeks they were followed, late, over; `WEEKS`: not yet."""

    since: int
    late: int
    over: int
    is_done: bool
    count: int


class Past(NamedTuple):
    """The past weeks of every group (programme, unit)."""

    fridays: tuple[date, ...]
    spans: dict[tuple[str, str], list[_Span]]

    def weeks(self, groups: Iterable[tuple[str, str]]) -> list[Week]:
        """Return the weeks of some groups together, the oldest first."""
        open_, late, done = ([0] * (WEEKS + 1) for _ in range(3))
        for one in (span for group in groups for span in self.spans.get(group, ())):
            # What begins in a week and ends in a later one is counted in, and out again.
            for counted, begins in ((open_, one.since), (late, max(one.since, one.late))):
                if begins < one.over:
                    counted[begins] += one.count
                    counted[one.over] -= one.count
            if one.is_done:
                done[one.over] += one.count
        sums = (list(accumulate(those)) for those in (open_, late, done))
        return [Week(*week) for week in zip(self.fridays, *sums, strict=False)]


def past_weeks(connection: Connection, axes: Axes) -> Past:
    """Return how all groups stood on the Fridays before today."""
    fridays = fridays_before(axes.today)
    ends = [instant(friday, None, axes.zone) for friday in fridays]
    since = _week(sa.func.coalesce(o.recorded_at, o.watched_from), ends)
    late, over = _week(o.late_at, ends, HAS_DAY), _week(o.ended_at, ends)
    columns = (o.unit, o.programme, since.label("since"), late.label("late"), over.label("over"), o.state)
    query = sa.select(*columns, sa.func.count()).where(IS_TASK, sa.not_(IS_CANCELLED))
    spans: dict[tuple[str, str], list[_Span]] = {}
    for unit, programme, since_, late_, over_, state, count in connection.execute(query.group_by(*columns)):
        spans.setdefault((programme, unit), []).append(_Span(since_, late_, over_, state == "done", count))
    return Past(fridays, spans)


def fridays_before(today: date) -> tuple[date, ...]:
    """Return the last Fridays that are over, the oldest first."""
    last = today - timedelta(days=(today.weekday() - FRIDAY - 1) % 7 + 1)
    return tuple(last - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS))


def _week(
    at: sa.ColumnElement[Any], ends: list[datetime], *conditions: sa.ColumnElement[bool]
) -> sa.ColumnElement[int]:
    """Return the first of the weeks by whose end it was so; `WEEKS` where it was not so by the last."""
    never = sa.or_(at.is_(None), at > ends[-1], *(sa.not_(one) for one in conditions))
    return sa.case((never, WEEKS), *((at <= end, number) for number, end in enumerate(ends)), else_=WEEKS)
