"""From text to days and periods (`2026-06-30`, `2026-06`, `2026-Q2`), and what people write instead."""

import calendar
import re
from collections.abc import Callable
from datetime import date

from rules.deadline import Period, PeriodKind
from rules.load.mistake import Mistake, is_no, quoted, suggestion
from rules.wording import Wording, same

FIRST_YEAR, LAST_YEAR = 1900, 2100
PERIODS = "2026-06-30, 2026-06, 2026-Q2, 2026-H1, 2026"

_TWELVE = Wording("01 đến 12", "01 to 12")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q(\d)", re.ASCII)
_HALF = re.compile(r"(\d{4})-H(\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def parse_period(value: object) -> Period:
    """Return the period that a text or a year names; raise Mistake."""
    found = period_of(value)
    if found is not None:
        return found
    text = str(value)
    what = Wording("ngày hay thời kỳ", "day or period")
    raise Mistake(is_no(value, what, same(PERIODS), suggestion(rewritten(text))))


def period_of(value: object) -> Period | None:
    """Return the period, None for what is not written like one; raise Mistake for one that does not exist."""
    text = str(value)
    if type(value) in (str, int):
        for pattern, reader in _READERS:
            if match := pattern.fullmatch(text):
                return reader(text, match)
    return None


def parse_day(value: object) -> date:
    """Return the day that a text names; raise Mistake."""
    text = str(value)
    if type(value) is str and (match := _DAY.fullmatch(text)):
        return _day(text, match).start
    raise Mistake(is_no(value, Wording("ngày", "day"), same("2026-06-30"), suggestion(rewritten_day(text))))


def parse_year(value: object) -> int:
    """Return the year of four digits; raise Mistake."""
    text = str(value)
    if type(value) in (str, int) and _YEAR.fullmatch(text):
        return _year(text, text)
    accepted = Wording(f"{FIRST_YEAR} đến {LAST_YEAR}", f"{FIRST_YEAR} to {LAST_YEAR}")
    raise Mistake(is_no(value, Wording("năm", "year"), accepted))


def parse_last_day(value: object) -> date:
    """Return the last day of the day or period that a text names; raise Mistake."""
    return parse_period(value).end


def days_of_month(year: int, month: int) -> int:
    """Return how many days that month has."""
    return calendar.monthrange(year, month)[1]


def not_existing(text: str, month: Wording, last: int) -> Wording:
    """Return that a month does not have that day."""
    return Wording(
        f"không có ngày {quoted(text)}: {month.vi} có các ngày 01 đến {last}",
        f"{quoted(text)} does not exist: {month.en} has the days 01 to {last}",
    )


def _there_is_none(text: str, what: Wording, accepted: Wording) -> Wording:
    return Wording(
        f"{quoted(text)}: không có {what.vi}; được ghi: {accepted.vi}",
        f"{quoted(text)}: there is no {what.en}; accepted: {accepted.en}",
    )


def _year(text: str, digits: str) -> int:
    year = int(digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        said = Wording(
            f"{quoted(text)}: năm {digits} nằm ngoài {FIRST_YEAR} đến {LAST_YEAR}",
            f"{quoted(text)}: the year {digits} is outside {FIRST_YEAR} to {LAST_YEAR}",
        )
        raise Mistake(said)
    return year


def _month_number(text: str, digits: str) -> int:
    month = int(digits)
    if not 1 <= month <= 12:
        raise Mistake(_there_is_none(text, Wording(f"tháng {digits}", f"month {digits}"), _TWELVE))
    return month


def _day(text: str, match: re.Match[str]) -> Period:
    year, month = _year(text, match[1]), _month_number(text, match[2])
    last = days_of_month(year, month)
    if not 1 <= int(match[3]) <= last:
        raise Mistake(not_existing(text, same(f"{match[1]}-{match[2]}"), last))
    day = date(year, month, int(match[3]))
    return Period("day", day, day, text)


def _month(text: str, match: re.Match[str]) -> Period:
    return _months(text, "month", _year(text, match[1]), first=_month_number(text, match[2]), count=1)


def _quarter(text: str, match: re.Match[str]) -> Period:
    year, number = _year(text, match[1]), int(match[2])
    if not 1 <= number <= 4:
        what = Wording(f"quý {number}", f"quarter {number}")
        raise Mistake(_there_is_none(text, what, Wording("Q1 đến Q4", "Q1 to Q4")))
    return _months(text, "quarter", year, first=3 * number - 2, count=3)


def _half(text: str, match: re.Match[str]) -> Period:
    year, number = _year(text, match[1]), int(match[2])
    if not 1 <= number <= 2:
        raise Mistake(_there_is_none(text, Wording(f"nửa năm {number}", f"half {number}"), same("H1, H2")))
    return _months(text, "half", year, first=6 * number - 5, count=6)


def _whole_year(text: str, match: re.Match[str]) -> Period:
    return _months(text, "year", _year(text, match[0]), first=1, count=12)


def _months(text: str, kind: PeriodKind, year: int, *, first: int, count: int) -> Period:
    last = first + count - 1
    return Period(kind, date(year, first, 1), date(year, last, days_of_month(year, last)), text)


_READERS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], Period]], ...] = (
    (_DAY, _day),
    (_MONTH, _month),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_YEAR, _whole_year),
)

_OTHER_WRITINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), form)
    for pattern, form in (
        (r"(?:ng.y )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", lambda m: f"{m[3]}-{m[2]:0>2}-{m[1]:0>2}"),
        (r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}"),
        (r"(\d{4})(\d{2})(\d{2})", lambda m: f"{m[1]}-{m[2]}-{m[3]}"),
        (r"(\d{4}-\d{2}-\d{2})[T ].*", lambda m: m[1]),
        (r"(?:th.ng )?(\d{1,2})[/.-](\d{4})", lambda m: f"{m[2]}-{m[1]:0>2}"),
        (r"th.ng (\d{1,2}) n.m (\d{4})", lambda m: f"{m[2]}-{m[1]:0>2}"),
        (r"(\d{4})[/.-](\d{1,2})", lambda m: f"{m[1]}-{m[2]:0>2}"),
        (r"(\d{4})[ /.-]?([qh])(\d)", lambda m: f"{m[1]}-{m[2].upper()}{m[3]}"),
        (r"([qh])(\d)[ /.-]?(\d{4})", lambda m: f"{m[3]}-{m[1].upper()}{m[2]}"),
        (r"qu. (iv|i{1,3})(?:[/-]| n.m )(\d{4})", lambda m: f"{m[2]}-Q{_ROMAN[m[1].lower()]}"),
        (r"n.m (\d{4})", lambda m: m[1]),
    )
)


def rewritten(text: str) -> str | None:
    """Return the accepted writing of a day or period written otherwise (`31/12/2026`), None when it is not one."""
    for pattern, form in _OTHER_WRITINGS:
        if match := pattern.fullmatch(text.strip()):
            return _existing(form(match))
    return None


def rewritten_day(text: str) -> str | None:
    """Return the accepted writing of a day, None when it is none."""
    near = rewritten(text)
    return near if near and _DAY.fullmatch(near) else None


def _existing(text: str) -> str | None:
    try:
        return text if period_of(text) else None
    except Mistake:
        return None
