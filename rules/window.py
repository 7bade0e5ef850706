"""When dondoc speaks: the daily hour and the send window. Quiet hours and days off defer, they never drop."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.calendar import Calendar, instant, local_day


@dataclass(frozen=True, slots=True)
class Policy:
    """The office's own settings that decisions depend on; times of day are local to `zone`."""

    zone: ZoneInfo
    daily: time = time(7)
    opens: time = time(7)
    closes: time = time(18)
    working_days_only: bool = True
    daily_cap: int = 3


def morning(day: date, policy: Policy) -> datetime:
    """Return the daily hour of a local day, as a UTC instant."""
    return instant(day, policy.daily, policy.zone)


def is_open(at: datetime, policy: Policy, calendar: Calendar) -> bool:
    """Say whether mail may leave at that instant."""
    return opening(at, policy, calendar) == at


def opening(at: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return the first instant at or after `at` at which mail may leave (UTC)."""
    day = local_day(at, policy.zone)
    if not policy.working_days_only or calendar.is_working_day(day):
        opens = instant(day, policy.opens, policy.zone)
        if at <= opens:
            return opens
        if at < instant(day, policy.closes, policy.zone):
            return at
    return _next_opening(day + timedelta(days=1), policy, calendar)


def next_day_opening(at: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return the daily hour of the first working day after the local day of `at`: a full working day lies in between."""
    day = calendar.shift(local_day(at, policy.zone), 1)
    return opening(morning(day, policy), policy, calendar)


def _next_opening(day: date, policy: Policy, calendar: Calendar) -> datetime:
    opens_on = calendar.on_or_after(day) if policy.working_days_only else day
    return instant(opens_on, policy.opens, policy.zone)
