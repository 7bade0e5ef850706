"""Schedule: on which day a period closes, and the hours of that day: units have written, the draft is drawn up, the
summary leaves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rules.calendar import Calendar, instant, local_day
from rules.days import month_day, month_index
from rules.periodic.period import Period, PeriodKind, covering

OFF = "off"
LAST = "last working day"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Closing = str | int
"""`off`, `last working day`, a day of the week, or a day of the month (of a quarter, of its last month)."""
_BACK = 6
"""So many periods back the last one that closed is looked for: no office is closed for longer."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When summaries are drawn up and leave; times of day are local. With `needs_confirmation` nothing leaves that the
    standing office has not confirmed."""

    weekly: Closing = OFF
    monthly: Closing = OFF
    quarterly: Closing = OFF
    contributions_by: time = time(9)
    draft_at: time = time(15)
    send_at: time = time(17)
    needs_confirmation: bool = True
    request_at: time | None = time(8)
    """When units are asked to write, on the working day before; None: they are not."""

    @property
    def leaves_until(self) -> time:
        """Return until when a summary may leave on its day, though the window for letters closes before."""
        return time(min(self.send_at.hour + 1, 23), self.send_at.minute if self.send_at.hour < 23 else 59)

    def closing(self, kind: PeriodKind) -> Closing:
        """Return what is configured for periods of that kind."""
        match kind:
            case "week":
                return self.weekly
            case "month":
                return self.monthly
            case "quarter":
                return self.quarterly


class Hours(NamedTuple):
    """The day a period closes on, and its instants (UTC)."""

    day: date
    contributions_by: datetime
    draft_at: datetime
    send_at: datetime
    request_at: datetime | None
    """When units are asked to write; None where they are not."""


def closing_day(schedule: Schedule, period: Period, calendar: Calendar) -> date | None:
    """Return the day the period closes on: the one configured, or the last working day before it; None when it is not
    summed up, or none of its days up to then is worked: what came of them is told in the next one."""
    wanted = _named(schedule.closing(period.kind), period)
    if wanted is None:
        return None
    day = calendar.on_or_before(wanted)
    return day if day >= period.first else None


def hours(schedule: Schedule, period: Period, calendar: Calendar, zone: ZoneInfo) -> Hours | None:
    """Return when the period is summed up, None when it is not."""
    day = closing_day(schedule, period, calendar)
    return None if day is None else _on(schedule, day, calendar, zone)


def hours_or_usual(schedule: Schedule, period: Period, calendar: Calendar, zone: ZoneInfo) -> Hours:
    """Return the hours of a period whether or not it is summed up by itself: else those of its last working day."""
    return hours(schedule, period, calendar, zone) or _on(schedule, period.worked(calendar)[1], calendar, zone)


def latest(
    schedule: Schedule, kind: PeriodKind, calendar: Calendar, zone: ZoneInfo, *, now: datetime
) -> tuple[Period, Hours] | None:
    """Return the last period of that kind for which units should have written by `now`. Those before it that nobody
    drew up are told in it."""
    if schedule.closing(kind) == OFF:
        return None
    period = covering(kind, local_day(now, zone))
    for _ in range(_BACK):
        found = hours(schedule, period, calendar, zone)
        if found is not None and found.contributions_by <= now:
            return period, found
        period = period.preceding
    return None


def to_be_asked(
    schedule: Schedule, kind: PeriodKind, calendar: Calendar, zone: ZoneInfo, *, now: datetime
) -> tuple[Period, Hours] | None:
    """Return the period of that kind for which units are asked to write at `now`: the hour of asking has come, and that
    until which they write has not."""
    this = covering(kind, local_day(now, zone))
    # A period that closes on its first working day is asked for in the one before.
    for period in (this, this.following):
        found = hours(schedule, period, calendar, zone)
        if found and found.request_at and found.request_at <= now < found.contributions_by:
            return period, found
    return None


def closings(
    schedule: Schedule, kind: PeriodKind, calendar: Calendar, zone: ZoneInfo, *, first: date, last: date
) -> Iterator[tuple[Period, Hours]]:
    """Yield the periods of that kind which close from `first` to `last`, in order."""
    period = covering(kind, first)
    while period.first <= last:
        found = hours(schedule, period, calendar, zone)
        if found and first <= found.day <= last:
            yield period, found
        period = period.following


def _named(closing: Closing, period: Period) -> date | None:
    """Return the day that is configured, worked or not."""
    if closing == OFF:
        return None
    if closing == LAST:
        return period.first + timedelta(4) if period.kind == "week" else period.last
    if isinstance(closing, int):
        return month_day(month_index(period.last), closing)
    return period.first + timedelta(WEEKDAYS.index(closing))


def _on(schedule: Schedule, day: date, calendar: Calendar, zone: ZoneInfo) -> Hours:
    at = (schedule.contributions_by, schedule.draft_at, schedule.send_at)
    written, draft, sent = (instant(day, each, zone) for each in at)
    before = calendar.on_or_before(day - timedelta(1))
    asked = instant(before, schedule.request_at, zone) if schedule.request_at else None
    return Hours(day, written, draft, sent, asked)
