"""When dondoc speaks: the daily hour and the send window. Quiet hours and days off defer, they never drop."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from rules.calendar import Calendar, instant, local_day
from rules.days import plus


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


@lru_cache(maxsize=8192)
def opening(at: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return the first instant at or after `at` at which mail may leave (UTC)."""
    day = local_day(at, policy.zone)
    if not policy.working_days_only or calendar.is_working_day(day):
        opens = instant(day, policy.opens, policy.zone)
        if at <= opens:
            return opens
        if at < instant(day, policy.closes, policy.zone):
            return at
    day = plus(day, 1)
    opens_on = calendar.on_or_after(day) if policy.working_days_only else day
    return instant(opens_on, policy.opens, policy.zone)


def next_day_opening(at: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return when mail leaves on the first working day after the local day of `at`: those told at `at` have it in
    hand by then."""
    return _opening_after(local_day(at, policy.zone), policy, calendar)


def tomorrows_opening(at: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Return when mail leaves on the first day after the local day of `at` on which any may: a day's share begins
    anew."""
    tomorrow = plus(local_day(at, policy.zone), 1)
    day = calendar.on_or_after(tomorrow) if policy.working_days_only else tomorrow
    return opening(morning(day, policy), policy, calendar)


@lru_cache(maxsize=1024)
def _opening_after(day: date, policy: Policy, calendar: Calendar) -> datetime:
    return opening(morning(calendar.shift(day, 1), policy), policy, calendar)
