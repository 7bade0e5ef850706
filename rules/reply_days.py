"""Reply days: which day a reply means by `25/3`: of this year, or, around its turn, of the year beside it. Pure."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Literal

DAY = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?$")
_WITHIN = re.compile(r"(?<![\w/.\-])(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?(?![\w/\-]|\.\d)")
_SPOKEN = re.compile(r"(?<!\w)(\d{1,2}) +(?:tháng|thang) +(\d{1,2})(?: +(?:năm|nam) +(\d{4}))?(?!\w)", re.IGNORECASE)
_MONTH = re.compile(
    r"(?<!\w)(?:tháng|thang) +(\d{1,2})(?: *(?:/|năm|nam) *(\d{4}))?(?!\w)|(?<![\w/])(\d{1,2})/(\d{4})(?![\w/])",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"(?<!\w)(?:quý|quy) +(i{1,3}|iv|[1-4])(?: *(?:/|năm|nam) *(\d{4}))?(?!\w)", re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_TURN = {"past": 60, "ahead": 120}
"""So many days away, at most, is a day of the year beside this one that is written without its year."""


def day_of(day: str, month: str, year: str | None, *, today: date, lies: Literal["past", "ahead"]) -> date:
    """Return the day that is meant; ValueError when there is none of that name. A day without a year is never moved
    into another year to make it fit: it may be one that has not come, or that is past."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    here = date(today.year, int(month), int(day))
    away = (here - today).days if lies == "past" else (today - here).days
    if away <= 365 - _TURN[lies]:
        return here
    return date(today.year + (1 if lies == "ahead" else -1), int(month), int(day))


def day_to_come(text: str, *, today: date) -> str | None:
    """Return the first day in a text, as written, that has not come yet, or else the first month or quarter that has
    not begun; None when there is none."""
    return next((written for written, day in _days_in(text, today) if day > today), None)


def _days_in(text: str, today: date) -> Iterator[tuple[str, date]]:
    """Yield the days that a text names, as written, then the first days of the months and quarters it names."""
    for found in (*_WITHIN.finditer(text), *_SPOKEN.finditer(text)):
        with suppress(ValueError):
            yield found[0], day_of(found[1], found[2], found[3], today=today, lies="past")
    for found in _MONTH.finditer(text):
        with suppress(ValueError):
            yield found[0], day_of("1", found[1] or found[3], found[2] or found[4], today=today, lies="past")
    for found in _QUARTER.finditer(text):
        quarter = _QUARTERS.get(found[1].lower()) or int(found[1])
        with suppress(ValueError):
            last = day_of("28", str(3 * quarter), found[2], today=today, lies="past")
            yield found[0], last.replace(month=3 * quarter - 2, day=1)
