"""Days in words, in Vietnamese and English, and day arithmetic that never leaves the calendar."""

from datetime import date, time, timedelta
from functools import lru_cache

from pendulum import Date

from rules.wording import Wording

WEEKDAYS: tuple[Wording, ...] = (
    Wording("thứ Hai", "Monday"),
    Wording("thứ Ba", "Tuesday"),
    Wording("thứ Tư", "Wednesday"),
    Wording("thứ Năm", "Thursday"),
    Wording("thứ Sáu", "Friday"),
    Wording("thứ Bảy", "Saturday"),
    Wording("Chủ nhật", "Sunday"),
)

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class OutOfCalendarError(ValueError):
    """Raised when a count leads out of the years 1 to 9999."""


def plus(day: date, days: int) -> date:
    """Return the day so many days later (earlier when negative); OutOfCalendarError beyond the years 1 to 9999."""
    try:
        return day + timedelta(days)
    except OverflowError:
        raise OutOfCalendarError(f"{day} and {days} days lead out of the years 1 to 9999") from None


def plus_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the month's last if it is shorter (Điều 148.3 BLDS 2015).

    OutOfCalendarError beyond the years 1 to 9999.
    """
    try:
        moved = Date(day.year, day.month, day.day).add(months=months)
    except (OverflowError, ValueError):
        raise OutOfCalendarError(f"{day} and {months} months lead out of the years 1 to 9999") from None
    return date(moved.year, moved.month, moved.day)


def month_index(day: date) -> int:
    """Return the number of the month, counted through all years, so that months can be added."""
    return day.year * 12 + day.month - 1


def month_day(index: int, day: int) -> date:
    """Return that day of the month with that index, or its last; OutOfCalendarError beyond the years 1 to 9999."""
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OutOfCalendarError(f"month {month + 1} of the year {year} lies outside the years 1 to 9999")
    if day > 28:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        day = min(day, 29 if month == 1 and leap else MONTH_LENGTHS[month])
    return date(year, month + 1, day)


def weekday_vi(day: date) -> str:
    """Return `thứ Bảy`, `Chủ nhật`."""
    return WEEKDAYS[day.weekday()].vi


def weekday_en(day: date) -> str:
    """Return `Saturday`."""
    return WEEKDAYS[day.weekday()].en


def month_vi(day: date) -> str:
    """Return `02/2026`, `3/2026`: Nghị định 30/2020 puts a zero before January and February only."""
    return f"{_month_number_vi(day)}/{day.year}"


def month_en(day: date) -> str:
    """Return `February 2026`."""
    return f"{MONTHS_EN[day.month - 1]} {day.year}"


@lru_cache(maxsize=4096)
def day_vi(day: date) -> str:
    """Return `28/02/2026`, `02/3/2026`: zeros before days below 10 and before January and February."""
    return f"{short_vi(day)}/{day.year}"


@lru_cache(maxsize=4096)
def day_en(day: date) -> str:
    """Return `28 February 2026`."""
    return f"{short_en(day)} {day.year}"


def short_vi(day: date) -> str:
    """Return `28/02`, where the year is clear."""
    return f"{day.day:02d}/{_month_number_vi(day)}"


def short_en(day: date) -> str:
    """Return `28 February`, where the year is clear."""
    return f"{day.day} {MONTHS_EN[day.month - 1]}"


@lru_cache(maxsize=4096)
def full(day: date) -> Wording:
    """Return `thứ Bảy 28/02/2026`, `Saturday 28 February 2026`."""
    return Wording(f"{weekday_vi(day)} {day_vi(day)}", f"{weekday_en(day)} {day_en(day)}")


def clock(at: time) -> Wording:
    """Return `17h00`, `17:00`."""
    return Wording(f"{at.hour:02d}h{at.minute:02d}", f"{at.hour:02d}:{at.minute:02d}")


def with_hour(due: date, at: time | None) -> Wording:
    """Return a due day with its hour, where it has one: `17h00 thứ Bảy 28/02/2026`, `17:00, Saturday 28 February 2026`.
    Without one the day is open to its end."""
    day = full(due)
    if at is None:
        return day
    hour = clock(at)
    return Wording(f"{hour.vi} {day.vi}", f"{hour.en}, {day.en}")


def _month_number_vi(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)
