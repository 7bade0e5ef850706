"""Periods: months and quarters, and lists of them with the year that stands after the last: `Quý I, II/2026`."""

from collections.abc import Callable
from typing import NamedTuple

from rules.days import WEEKDAYS
from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Marks
from rules.phrases.items.numbers import ROMAN, WORDS, is_misread, roman
from rules.phrases.items.years import year_after, year_ahead
from rules.phrases.lexicon import Lexicon
from rules.phrases.marks import Mark, MarkKind
from rules.phrases.spelling import known
from rules.wording import Wording

known("tháng quý năm t q âm lịch")

_LUNAR = Wording("tháng âm lịch", "a month of the lunar calendar")
_MISREAD = Wording("chữ số La Mã có thể bị gõ sai", "a Roman numeral that may be mistyped")
_MONTHS_IN_WORDS = Lexicon({"giêng": 1, "chạp": 12, "mười một": 11, "mười hai": 12, "một": 1, "tư": 4})
SHORT_QUARTERS = {f"q{numeral}": value for numeral, value in ROMAN.items() if value <= 4}
_JOINS = (",", "-", "và", "&", "+", "/", "hoặc", "đến")
_ENDS = frozenset(("", ",", "và", "-", "năm", ";", ")", ".", "&", "hằng", "mỗi", "("))


class _Number(NamedTuple):
    """The number of a month or quarter, and what is doubtful about it."""

    value: int
    doubt: Wording | None = None


_TakeNumber = Callable[[Cursor], _Number | None]


@or_back
def month(cursor: Cursor) -> Marks | None:
    """Take what begins with `tháng` and its number: one, a list, a range."""
    cursor.take("tháng")
    cursor.take(":")
    first = _month_number(cursor)
    return None if first is None else _listed(cursor, "month", _month_number, first)


@or_back
def short_month(cursor: Cursor) -> Marks | None:
    """Take `T6/2026`, `T.6`."""
    cursor.take("t")
    cursor.take(".")
    found = cursor.take_number(1, 12) if cursor.here.glued else None
    if found is None:
        return None
    marks = _listed(cursor, "month", _month_number, _Number(found))
    unclear = marks.marks[0].year is None and 2 <= found <= 7 and len(marks.marks) == 1
    return Marks((Mark("month", found, doubt=_month_or_weekday(found)),)) if unclear else marks


def _month_or_weekday(number: int) -> Wording:
    weekday = WEEKDAYS[number - 2]
    return Wording(
        f"“T{number}” có thể là tháng {number} hoặc {weekday.vi}",
        f"“T{number}” may be month {number} or {weekday.en}",
    )


@or_back
def quarter(cursor: Cursor) -> Marks | None:
    """Take what begins with `quý` or `Q` and its number."""
    glued = SHORT_QUARTERS.get(cursor.key)
    if glued is not None:
        cursor.at += 1
        return _listed(cursor, "quarter", _quarter_number, _Number(glued))
    if not cursor.take("quý") and not _short_quarter(cursor):
        return None
    cursor.take(":")
    first = _quarter_number(cursor)
    return None if first is None else _listed(cursor, "quarter", _quarter_number, first)


def _short_quarter(cursor: Cursor) -> bool:
    if not cursor.take("q"):
        return False
    cursor.take(".")
    return cursor.here.glued or cursor.key in ROMAN


@or_back
def roman_quarter(cursor: Cursor) -> Marks | None:
    """Take `II/2026`, where `Quý` was left out."""
    value = roman(cursor)
    if value is None or value > 4 or cursor.key != "/" or cursor.behind(2) == "/":
        return None
    of_year = year_after(cursor)
    return None if of_year is None else Marks((Mark("quarter", value, of_year, doubt=_MISREAD),))


@or_back
def _month_number(cursor: Cursor) -> _Number | None:
    found = cursor.take_number(0, 99)
    if found is not None:
        _repeated(cursor)
        return _Number(found)
    named = _MONTHS_IN_WORDS.take(cursor) or WORDS.take(cursor)
    if named is None or named > 12 or (cursor.behind() == "năm" and cursor.key == "#"):
        return None
    is_lunar = cursor.behind() in ("giêng", "chạp") or cursor.take("âm", "lịch")
    return _Number(named, _LUNAR if is_lunar else None)


@or_back
def _repeated(cursor: Cursor) -> bool | None:
    """Take the number said again in words: `tháng 11 (mười một)`."""
    return True if cursor.take("(") and WORDS.take(cursor) and cursor.take(")") else None


@or_back
def _quarter_number(cursor: Cursor) -> _Number | None:
    key = cursor.key
    value = roman(cursor)
    if value is not None:
        return _Number(value, _MISREAD if is_misread(key) else None)
    found = cursor.take_number(0, 9)
    if found is not None:
        return _Number(found)
    named = WORDS.take(cursor)
    return None if named is None or named > 4 else _Number(named)


def _listed(cursor: Cursor, kind: MarkKind, take: _TakeNumber, first: _Number) -> Marks:
    """Take the further numbers of a list or range, and its year: `I, II và III/2026`, `5 - 6/2026`."""
    numbers, is_range = [first], False
    while cursor.key in _JOINS and not year_ahead(cursor):
        is_range = is_range or cursor.key in ("-", "đến")
        another = _another(cursor, kind, take)
        if another is None:
            break
        numbers.append(another)
    named = year_after(cursor)
    return Marks(tuple(Mark(kind, one.value, named, doubt=one.doubt) for one in numbers), is_range and len(numbers) > 1)


@or_back
def _another(cursor: Cursor, kind: MarkKind, take: _TakeNumber) -> _Number | None:
    """Take a joining sign and one more number: not the day of `6, 15/7` nor the length of `6, 15 ngày`."""
    cursor.at += 1
    if kind == "month" and cursor.key != "#":
        return None
    another = take(cursor)
    if kind == "quarter":
        return None if cursor.key in ("tháng", "ngày", "tuần") and cursor.behind() == "#" else another
    ends = cursor.key in _ENDS or year_ahead(cursor)
    return another if ends else None
