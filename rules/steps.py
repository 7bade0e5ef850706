"""The nominal days of a recurrence, each counted from the anchor alone: no calendar, no bound at the end.

A recurrence is cut into numbered blocks; a block holds the days on which it falls due. Any of them is found
without walking through the ones before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from rules.days import OutOfCalendarError, month_day, month_index, plus_months
from rules.deadline import Every, MonthDay, Named, OnDay, Unit, Weekday, YearDay

MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}

A_MONDAY = date(2001, 1, 1)
"""Where counting begins when nothing bounds a recurrence: a Monday, and the first day of a year."""

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Days:
    """Every so many days; `offsets` are the days of a block, counted from its first."""

    origin: date
    step: int
    offsets: tuple[int, ...] = (0,)

    def number(self, day: date) -> int:
        """Return the number of the block that `day` falls in."""
        return (day - self.origin).days // self.step

    def block(self, number: int) -> tuple[date, ...]:
        """Return the days of that block; OverflowError beyond the years 1 to 9999."""
        start = number * self.step
        return tuple(self.origin + timedelta(start + offset) for offset in self.offsets)


@dataclass(frozen=True, slots=True)
class MonthsFrom:
    """Every so many months on the anchor's day, or the month's last (31 Jan, 28 Feb, 31 Mar)."""

    anchor: date
    step: int

    def number(self, day: date) -> int:
        """Return the number of the block whose months hold `day`."""
        return (month_index(day) - month_index(self.anchor)) // self.step

    def block(self, number: int) -> tuple[date, ...]:
        """Return the one day of that block; OutOfCalendarError beyond the years 1 to 9999."""
        return (plus_months(self.anchor, number * self.step),)


@dataclass(frozen=True, slots=True)
class Periods:
    """Every so many months, quarters, halves or years, on days of the (last) month of the period."""

    origin: int
    count: int
    months: int
    on: tuple[OnDay, ...]

    def number(self, day: date) -> int:
        """Return the number of the block that begins with the period of `day`, or did so last."""
        return (month_index(day) // self.months - self.origin) // self.count

    def block(self, number: int) -> tuple[date, ...]:
        """Return the days of that block in order; OutOfCalendarError beyond the years 1 to 9999."""
        last_month = (self.origin + number * self.count + 1) * self.months - 1
        if len(self.on) == 1:
            return (_place(self.on[0], last_month),)
        return tuple(sorted({_place(on, last_month) for on in self.on}))


Steps = Days | MonthsFrom | Periods


def steps_of(every: Every, first: date | None) -> Steps:
    """Return the blocks of `every`, counted from `first`; ValueError for a day its unit does not have."""
    origin = A_MONDAY if first is None else first
    if every.unit == "day":
        return Days(origin, every.count)
    if every.from_ is not None and is_anchored(every):
        if every.unit == "week":
            return Days(every.from_.start, 7 * every.count)
        return MonthsFrom(every.from_.start, MONTHS[every.unit] * every.count)
    if every.unit == "week":
        weekdays = every.on or (Weekday(SUNDAY),)
        offsets = sorted({(_weekday(on) - origin.weekday()) % 7 for on in weekdays})
        return Days(origin, 7 * every.count, tuple(offsets))
    months = MONTHS[every.unit]
    return Periods(month_index(origin) // months, every.count, months, every.on or (Named("last"),))


def is_anchored(every: Every) -> bool:
    """Return True when `from` is the first occurrence itself: a day, no `on`, no first of a month."""
    if every.from_ is None or every.from_.kind != "day" or every.on:
        return False
    return every.unit not in MONTHS or every.from_.start.day != 1


def walk(steps: Steps, day: date, last: date) -> Iterator[tuple[date | None, date]]:
    """Yield the nominal days from `day` to `last` in order, each after the one before it (None in the year 1).

    The year 9999 ends every recurrence.
    """
    first = steps.number(day)
    before = max(_block(steps, first - 1), default=None)
    for number in count(first):
        block = _block(steps, number)
        # The first block may begin before the year 1; any other without days lies beyond 9999.
        if not block and number > first:
            return
        for nominal in block:
            if nominal > last:
                return
            if nominal >= day:
                yield before, nominal
            before = nominal


def _block(steps: Steps, number: int) -> tuple[date, ...]:
    """Return the days of a block, none when it leaves the years 1 to 9999."""
    try:
        return steps.block(number)
    except (OverflowError, OutOfCalendarError):
        return ()


def _weekday(on: OnDay) -> int:
    if isinstance(on, Weekday) and not on.last:
        return on.number
    raise ValueError(f"a week has no {on}")


def _place(on: OnDay, month: int) -> date:
    """Return the day that `on` names in the month with that index, the month's last when it is shorter."""
    match on:
        case MonthDay(day=day):
            return month_day(month, day)
        case YearDay(month=of_year, day=day):
            return month_day(month - month % 12 + of_year - 1, day)
        case Named(name="last" | "last working day"):
            return month_day(month, 31)
        case Named(name="first working day"):
            return month_day(month, 1)
        case Weekday(number=number, last=True):
            end = month_day(month, 31)
            return end - timedelta((end.weekday() - number) % 7)
        case _:
            raise ValueError(f"a month has no {on}")
