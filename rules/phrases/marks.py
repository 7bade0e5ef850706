"""Marks: the days and periods a phrase names, as it names them (`Tháng 3`), and what they come to in a year."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from rules.deadline import Period
from rules.phrases.lunar import solar
from rules.wording import Wording

MarkKind = Literal["day", "month", "quarter", "half", "months", "year", "week", "feast", "lunar", "now", "relative day",
                   "relative week"]  # fmt: skip
Edge = Literal["first", "middle", "last"]

FIRST_YEAR, LAST_YEAR = 1945, 2100
THIS_YEAR, NEXT_YEAR, YEAR_BEFORE = 0, 1, -1
"""Years counted from the programme's, in the place of a mark's year."""


class Mark(NamedTuple):
    """A day or a period. `number`: which month, quarter, half, or the month of a day; `months` has `length` of them
    from month `number` on. `edge`: only its beginning, middle or end is meant. `year`: None where none is named."""

    kind: MarkKind
    number: int = 0
    year: int | None = None
    day: int = 0
    length: int = 0
    edge: Edge | None = None
    doubt: Wording | None = None


class Context(NamedTuple):
    """What a phrase leaves unsaid: the year of the programme, the day its document was issued, if known."""

    year: int
    issued: date | None = None


class Stretch(NamedTuple):
    """What a mark comes to: its first and last day, and how a rule file writes it, both ends where one text cannot."""

    kind: Literal["day", "month", "quarter", "half", "span", "year"]
    start: date
    end: date
    period: Period
    until: Period | None = None
    doubt: Wording | None = None


class Impossible(Exception):
    """A day or period that does not exist; the argument says why."""

    def __init__(self, reason: Wording) -> None:
        super().__init__(reason.en)
        self.reason = reason


_LUNAR_DAY = Wording("ngày âm lịch, đã đổi sang dương lịch", "a day of the lunar calendar, converted")
_NOT_ISSUED = Wording("tính theo ngày ban hành văn bản, chưa biết ngày đó",
                      "counted from the day of the document, which is not known")  # fmt: skip
_QUARTER_EDGE = Wording(
    "luật không quy định đầu, giữa, cuối quý", "no law says what the beginning or end of a quarter is"
)
_WEEK = Wording("tuần trong tháng, tính đến thứ Sáu của tuần", "a week of a month, taken to end on its Friday")


def day_of(day: date) -> Mark:
    """Return the mark of a day of the calendar."""
    return Mark("day", day.month, day.year, day.day)


@lru_cache(maxsize=16_384)
def stretch(mark: Mark, year: int) -> Stretch:
    """Return the days of a mark, in `year` where it names none. Raise Impossible."""
    year = year_of(mark, year)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Impossible(Wording(f"năm {year} không hợp lệ", f"{year} is no year"))
    whole = _WHOLE[mark.kind](mark, year)
    if mark.edge:
        return _edge(mark, mark.edge, whole)
    return whole._replace(doubt=mark.doubt) if mark.doubt else whole


def year_of(mark: Mark, year: int) -> int:
    """Return the year of a mark in a programme of `year`."""
    if mark.year is None:
        return year
    return year + mark.year if abs(mark.year) <= 1 else mark.year


def has_year(mark: Mark) -> bool:
    """Say whether a mark names its year in figures."""
    return mark.year is not None and abs(mark.year) > 1


def is_next(this: Stretch, after: Stretch) -> bool:
    """Say whether a stretch begins the day after another ends."""
    return this.end + timedelta(days=1) == after.start


def with_year(mark: Mark, year: int | None) -> Mark:
    """Return the mark in `year` when it has none of its own."""
    return mark._replace(year=year) if mark.year is None and year is not None else mark


def period_of_day(day: date) -> Period:
    """Return one day as a rule file's period."""
    return Period("day", day, day, day.isoformat())


def _day(mark: Mark, year: int) -> Stretch:
    month = _month_number(mark.number)
    if not 1 <= mark.day <= calendar.monthrange(year, month)[1]:
        said = f"{mark.day:02}/{month:02}/{year}"
        raise Impossible(Wording(f"không có ngày {said}", f"there is no {said}"))
    return _one(date(year, month, mark.day))


def _one(day: date, doubt: Wording | None = None) -> Stretch:
    return Stretch("day", day, day, period_of_day(day), doubt=doubt)


def _month(mark: Mark, year: int) -> Stretch:
    month = _month_number(mark.number)
    start, end = _days(year, month, 1)
    return Stretch("month", start, end, Period("month", start, end, f"{year}-{month:02}"))


def _quarter(mark: Mark, year: int) -> Stretch:
    if not 1 <= mark.number <= 4:
        raise Impossible(Wording(f"không có quý {mark.number}", f"there is no quarter {mark.number}"))
    start, end = _days(year, 3 * mark.number - 2, 3)
    return Stretch("quarter", start, end, Period("quarter", start, end, f"{year}-Q{mark.number}"))


def _half(mark: Mark, year: int) -> Stretch:
    start, end = _days(year, 6 * mark.number - 5, 6)
    return Stretch("half", start, end, Period("half", start, end, f"{year}-H{mark.number}"))


def _months(mark: Mark, year: int) -> Stretch:
    if not (mark.number >= 1 and mark.number + mark.length - 1 <= 12):
        raise Impossible(Wording(f"một năm không có {mark.length} tháng", f"a year has no {mark.length} months"))
    start, end = _days(year, mark.number, mark.length)
    first, last = _month(mark._replace(number=start.month), year), _month(mark._replace(number=end.month), year)
    return Stretch("span", start, end, first.period, last.period)


def _year(_: Mark, year: int) -> Stretch:
    start, end = _days(year, 1, 12)
    return Stretch("year", start, end, Period("year", start, end, str(year)))


def _week(mark: Mark, year: int) -> Stretch:
    """Return the n-th week of a month, Monday to Friday; the last one for `day` 5."""
    month = _month_number(mark.number)
    start, end = _days(year, month, 1)
    monday = start - timedelta(days=start.weekday())
    if start.weekday() > 4:
        monday += timedelta(days=7)
    if mark.day >= 5:
        monday = end - timedelta(days=end.weekday())
    else:
        monday += timedelta(days=7 * (mark.day - 1))
    first, last = max(monday, start), min(monday + timedelta(days=4), end)
    return Stretch("span", first, last, period_of_day(first), period_of_day(last), doubt=_WEEK)


def _lunar(mark: Mark, year: int) -> Stretch:
    """Return a day of a lunar month, of the first one for a feast."""
    day = solar(mark.day, mark.number or 1, year)
    if day is None:
        if mark.day == 30 and solar(29, mark.number or 1, year):
            raise Impossible(Wording("tháng âm lịch này chỉ có 29 ngày", "this lunar month has 29 days only"))
        raise Impossible(Wording(f"chưa có ngày âm lịch của năm {year}", f"the lunar days of {year} are not known"))
    return _one(day, mark.doubt or _LUNAR_DAY)


def _unknown(_: Mark, __: int) -> Stretch:
    raise Impossible(_NOT_ISSUED)


_WHOLE: dict[str, Callable[[Mark, int], Stretch]] = {
    "day": _day,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "months": _months,
    "year": _year,
    "week": _week,
    "feast": _lunar,
    "lunar": _lunar,
    **dict.fromkeys(("now", "relative day", "relative week"), _unknown),
}


def _edge(mark: Mark, edge: Edge, whole: Stretch) -> Stretch:
    """Return what the law says of an edge (Civil Code 91/2015/QH13, Điều 146.2 and 146.3); it is silent on quarters."""
    if mark.kind == "month":
        middle = whole.start.replace(day=15)
    elif mark.kind == "year":
        middle = date(whole.start.year, 6, 30)
    elif edge == "last":
        return _one(whole.end, _QUARTER_EDGE)
    else:
        return whole._replace(doubt=_QUARTER_EDGE)
    return _one({"first": whole.start, "middle": middle, "last": whole.end}[edge], mark.doubt)


def _month_number(number: int) -> int:
    if not 1 <= number <= 12:
        raise Impossible(Wording(f"không có tháng {number}", f"there is no month {number}"))
    return number


def _days(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])
