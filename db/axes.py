"""Axes: how obligations stand on the three axes, as SQL over the stored columns, so that a million can be counted.

What `rules.status` says of each alone, this says of all at once; a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from db import tables as t
from db.facts.silences import RecordedSilence
from db.tables.base import equals
from rules.calendar import instant, local_day
from rules.lateness import ends_a_day
from rules.status import SOON, Progress, Timeliness, Verification

Condition = sa.ColumnElement[bool]
o = t.obligation.c
IS_TASK = equals(o.kind, "task")
IS_OPEN = equals(o.state, "open")
IS_DONE = o.was_late.is_not(None)
"""The last report says so; an occurrence that was closed first may be reported all the same."""
IS_CLOSED = sa.and_(equals(o.state, "closed"), o.was_late.is_(None))
IS_CANCELLED = equals(o.state, "withdrawn")
IS_ACCEPTED = equals(o.verdict, "accepted")
IS_RETURNED = sa.and_(sa.not_(IS_DONE), o.verdict.is_not(None), equals(o.verdict, "returned"))
AWAITS = sa.and_(IS_DONE, o.verdict.is_(None))
HAS_DAY = sa.and_(o.late_at.is_not(None), o.due_at.is_not(None))
LAST_DAY = sa.func.coalesce(o.strict_on, o.due_on)
"""The due day, or the one before it where the document says *before* a day."""


@dataclass(frozen=True)
class Axes:
    """The axes at `now`; `silences` are those in force, of which some suspend the work. Nothing that was due before the
    day `since` is still in time, as far as that is known."""

    now: datetime
    zone: ZoneInfo
    silences: Sequence[RecordedSilence] = ()
    since: date | None = None

    @property
    def today(self) -> date:
        """Return the local day."""
        return local_day(self.now, self.zone)

    @cached_property
    def is_late(self) -> Condition:
        """What is not done and past its end."""
        return sa.and_(HAS_DAY, self._is_past)

    @cached_property
    def is_due_today(self) -> Condition:
        """What is not done, not late, and has today as its last day."""
        return sa.and_(HAS_DAY, sa.not_(self._is_past), self._ends_today)

    @cached_property
    def is_due_soon(self) -> Condition:
        """What is not done, and due in the next days but not today."""
        is_to_come = sa.and_(HAS_DAY, sa.not_(self._is_past), sa.not_(self._ends_today))
        return sa.and_(is_to_come, self._ends_soon)

    @cached_property
    def is_suspended(self) -> Condition:
        """What rests by a silence that says so."""
        found = [self._covered(one) for one in self.silences if one.suspends and one.person is None]
        return sa.or_(sa.false(), *found)

    @cached_property
    def is_ahead(self) -> Condition:
        """What `rules.status.is_ahead` says: it recurs, and its stretch of time has not begun, nor has the unit."""
        return sa.and_(IS_OPEN, o.starts_on > self.today, self.progress == Progress.NOT_BEGUN.value)

    @cached_property
    def timeliness(self) -> sa.ColumnElement[str]:
        """The word of the axis of time."""
        was_late = sa.case((IS_CANCELLED, o.ended_at > o.late_at), else_=self._is_past)
        return sa.case(
            (sa.not_(HAS_DAY), Timeliness.UNDATED.value),
            (sa.and_(IS_DONE, o.was_late.is_(True)), Timeliness.DONE_LATE.value),
            (IS_DONE, Timeliness.DONE_IN_TIME.value),
            (was_late, Timeliness.LATE.value),
            (self._ends_today, Timeliness.DUE_TODAY.value),
            (self._ends_soon, Timeliness.DUE_SOON.value),
            else_=Timeliness.IN_TIME.value,
        )

    @cached_property
    def progress(self) -> sa.ColumnElement[str]:
        """The word of the axis of progress."""
        return sa.case(
            (IS_CANCELLED, Progress.CANCELLED.value),
            (sa.and_(IS_DONE, IS_ACCEPTED), Progress.DONE.value),
            (IS_DONE, Progress.REPORTED.value),
            (IS_CLOSED, Progress.CLOSED.value),
            (self.is_suspended, Progress.SUSPENDED.value),
            (sa.or_(o.has_begun.is_(True), IS_RETURNED), Progress.IN_PROGRESS.value),
            else_=Progress.NOT_BEGUN.value,
        )

    @cached_property
    def verification(self) -> sa.ColumnElement[str]:
        """The word of the axis of verification."""
        return sa.case(
            (sa.and_(IS_DONE, IS_ACCEPTED), Verification.ACCEPTED.value),
            (IS_DONE, Verification.AWAITING.value),
            (IS_RETURNED, Verification.RETURNED.value),
            else_=Verification.NONE_ASKED.value,
        )

    def late_for(self, days: int) -> Condition:
        """What is not done and late since at least so many days, as `rules.status.days_late` counts them."""
        # Late since a day means that the day lateness counts from is over, whichever hour of it the deadline names.
        before = instant(self.today - timedelta(days - 1), time.min, self.zone)
        return sa.and_(self.is_late, o.late_at <= before)

    @cached_property
    def _ends_today(self) -> Condition:
        """What `rules.status.is_due_today` says of what has a day and is not past."""
        tomorrow = instant(self.today + timedelta(days=1), time.min, self.zone)
        is_last = sa.func.coalesce(o.strict_on == self.today, sa.false())
        return sa.or_(o.due_on == self.today, is_last, o.late_at <= tomorrow)

    @property
    def _ends_soon(self) -> Condition:
        return self.today + SOON >= LAST_DAY

    @cached_property
    def _is_past(self) -> Condition:
        """What `rules.lateness.is_past` says at `now`."""
        return o.late_at <= self.now if ends_a_day(self.now, self.zone) else o.late_at < self.now

    def _covered(self, one: RecordedSilence) -> Condition:
        places = ((o.programme, one.programme), (o.task, one.task), (o.unit, one.unit))
        return sa.and_(sa.true(), *(column == value for column, value in places if value is not None))
