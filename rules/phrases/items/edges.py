"""Parts of periods: `6 tháng đầu năm`, `cuối quý II`, `hạ tuần tháng 6`, `tuần 2 tháng 6`; of recurring ones too."""

from calendar import monthrange
from collections.abc import Callable
from typing import Literal

from rules.deadline import Unit
from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Marks, OnNamed, Pace, Part
from rules.phrases.items.numbers import ROMAN, WORDS, number
from rules.phrases.items.periods import month, quarter
from rules.phrases.items.years import NEXT, relative_year, year, year_after, year_ahead, year_in
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.marks import Edge, Mark
from rules.phrases.spelling import known
from rules.wording import Wording

known("đầu giữa cuối cùng tiên nửa thượng trung hạ tuần của mỗi hằng từng đó kỳ báo cáo kết thúc thứ nhất hai ba")

_THIRD = Wording("thượng, trung, hạ tuần: luật không quy định", "a third of a month, which no law defines")
_SOME_DAY = Wording("tuần trong tháng, không ghi ngày", "a week of the month, without a day")
EDGES: dict[str, Edge] = {"đầu": "first", "giữa": "middle", "cuối": "last"}
PERIODS: dict[str, Callable[[Cursor], Marks | None]] = {"tháng": month, "quý": quarter, "q": quarter, "năm": year}
UNITS: dict[str, Unit] = {"tháng": "month", "quý": "quarter", "năm": "year", "tuần": "week"}
_WHICH: Lexicon[Edge] = Lexicon(
    meaning("first", "đầu tiên | đầu | thứ nhất"),
    meaning("middle", "giữa | thứ hai"),
    meaning("last", "cuối cùng | cuối | thứ ba"),
)
_AFTER_REPORT = Lexicon(
    meaning(
        True,
        """kỳ báo cáo | của kỳ báo cáo | tháng báo cáo | của tháng báo cáo | quý báo cáo | tháng kết thúc báo cáo
        | tháng kết thúc kỳ báo cáo | tháng phát sinh | tháng phát sinh nghĩa vụ thuế | so với tháng báo cáo""",
    )
)
_COUNTED_ON = ("này", "sau", "tới", "nay")


@or_back
def some_months(cursor: Cursor) -> Marks | None:
    """Take `6 tháng đầu năm 2026`, `9 tháng`, `nửa cuối năm`."""
    if cursor.take("nửa"):
        return _half_of_month(cursor) or _of_year(cursor, 6)
    count = cursor.take_number(1, 11) or WORDS.take(cursor)
    return _of_year(cursor, count) if count and count < 12 and cursor.take_any(("tháng", "t")) else None


@or_back
def _of_year(cursor: Cursor, count: int) -> Marks | None:
    edge_ = cursor.take_any(("đầu", "cuối"))
    of_year = cursor.take("của", "năm") or cursor.take("năm")
    if not (edge_ and of_year) and not (count in (9, 10, 11) and (of_year or year_ahead(cursor))):
        return None
    named = year_in(cursor) if of_year else year_after(cursor)
    if named is None and not edge_:
        return None
    is_first = edge_ != "cuối"
    if count == 6:
        return Marks((Mark("half", 1 if is_first else 2, named),))
    if count == 3 and edge_:
        return Marks((Mark("quarter", 1 if is_first else 4, named),))
    return Marks((Mark("months", 1 if is_first else 13 - count, named, length=count),))


@or_back
def _half_of_month(cursor: Cursor) -> Marks | None:
    """Take the rest of `nửa đầu tháng 9/2026`: its first to 15th day, or its 16th to last."""
    is_first = cursor.take_any(("đầu", "cuối")) == "đầu"
    found = month(cursor) if cursor.key == "tháng" else None
    return None if found is None else _days_of(found.marks[0], 1 if is_first else 16, 15 if is_first else None)


@or_back
def days_of_month(cursor: Cursor) -> Marks | None:
    """Take `10 ngày đầu tháng 7/2026`, `5 ngày cuối tháng 6`."""
    count = number(cursor, 2, 28)
    which = cursor.take_any(("đầu", "cuối")) if cursor.take("ngày") else ""
    cursor.take("của")
    found = month(cursor) if which and cursor.key == "tháng" else None
    if found is None or count is None or not 1 <= found.marks[0].number <= 12:
        return None
    if which == "đầu":
        return _days_of(found.marks[0], 1, count)
    longest = monthrange(found.marks[0].year or 2023, found.marks[0].number)[1]
    return _days_of(found.marks[0], longest - count + 1, None)


@or_back
def third_of_month(cursor: Cursor) -> Marks | None:
    """Take `thượng tuần tháng 6`, `trung tuần …`, `hạ tuần …`."""
    first, last = {"thượng": (1, 10), "trung": (11, 20), "hạ": (21, None)}[cursor.key]
    cursor.at += 1
    found = month(cursor) if cursor.take("tuần") and cursor.key == "tháng" else None
    return None if found is None else _days_of(found.marks[0], first, last)


def _days_of(of: Mark, first: int, last: int | None) -> Marks:
    """Return the days of a month from the `first` to the `last`, None being its end."""
    end = Mark("day", of.number, of.year, last) if last else Mark("month", of.number, of.year)
    return Marks((Mark("day", of.number, of.year, first), end._replace(doubt=_THIRD)), is_range=True)


@or_back
def edge(cursor: Cursor) -> Marks | OnNamed | None:
    """Take `đầu`, `giữa` or `cuối` of a month, quarter or year; of an unnamed one it is a day of a recurrence."""
    which = EDGES[cursor.key]
    cursor.at += 1
    cursor.take("của")
    found = PERIODS[cursor.key](cursor) if cursor.key in PERIODS else None
    if found is not None:
        if found.marks[-1].kind not in ("month", "quarter", "year"):
            return None
        if found.is_range and which == "first":
            return Marks((found.marks[0]._replace(edge=which, doubt=found.marks[-1].doubt),))
        whole = found.marks[:-1] if found.is_range else ()
        return found._replace(marks=(*whole, *(mark._replace(edge=which) for mark in found.marks[len(whole) :])))
    if cursor.take("năm"):
        return None if cursor.key == "học" else Marks((Mark("year", year=relative_year(cursor), edge=which),))
    cursor.take_any(("mỗi", "từng", "hằng"))
    unit = UNITS.get(cursor.take_any(UNITS))
    return OnNamed(which, unit=unit) if unit and cursor.key not in _COUNTED_ON else None


@or_back
def week_of_month(cursor: Cursor) -> Marks | None:
    """Take `tuần 2 tháng 6/2026`, `tuần cuối của tháng 6`."""
    cursor.take("tuần")
    nth = _nth(cursor)
    cursor.take("của")
    cursor.take(",")
    found = month(cursor) if nth and cursor.key == "tháng" else None
    if nth is None or found is None:
        return None
    return Marks((Mark("week", found.marks[0].number, found.marks[0].year, day=nth),))


@or_back
def week_of_every_month(cursor: Cursor) -> Pace | None:
    """Take `tuần đầu của tháng`, `tuần cuối hằng tháng`: every month, some day of that week."""
    cursor.take("tuần")
    nth = _nth(cursor)
    cursor.take("của")
    cursor.take_any(("mỗi", "hằng"))
    return Pace(((1, "month"),), _SOME_DAY) if nth and cursor.take("tháng") and cursor.key != "#" else None


def _nth(cursor: Cursor) -> int | None:
    if cursor.take("cuối", "cùng") or cursor.take("cuối"):
        return 5
    if cursor.take("đầu", "tiên") or cursor.take("đầu"):
        return 1
    cursor.take("thứ")
    return cursor.take_number(1, 5) or WORDS.take(cursor) or ROMAN.get(cursor.take_any(ROMAN))


@or_back
def part_of_quarter(cursor: Cursor) -> Part | Marks | None:
    """Take which month of a quarter is meant, after `tháng`; of a numbered quarter it is that month."""
    cursor.take("tháng")
    which = _WHICH.take(cursor)
    if which is None:
        return None
    cursor.take("của")
    cursor.take_any(("mỗi", "hằng", "từng"))
    if cursor.key != "quý":
        return None
    named = quarter(cursor)
    if named is not None:
        of = named.marks[0]
        return Marks((Mark("month", 3 * of.number - {"first": 2, "middle": 1, "last": 0}[which], of.year),))
    cursor.at += 1
    cursor.take_any(("đó", "báo"))
    cursor.take("cáo")
    is_next = _which_period(cursor) == "next"
    return Part("next" if which == "first" and is_next else which, "quarter")


@or_back
def later_period(cursor: Cursor) -> Part | None:
    """Take `tháng sau`, `tháng liền kề sau kỳ báo cáo`, `quý tiếp theo`, `tháng tiếp theo của quý`, `tháng này`."""
    unit = UNITS[cursor.key]
    cursor.at += 1
    which = _which_period(cursor)
    if which is None or unit not in ("month", "quarter"):
        return None
    _AFTER_REPORT.take(cursor)
    of_quarter = unit == "quarter" or _takes_quarter(cursor)
    return Part(which, "quarter" if of_quarter else "month")


@or_back
def reported_month(cursor: Cursor) -> Part | None:
    """Take `tháng báo cáo`, `tháng của kỳ báo cáo`: the month itself."""
    cursor.take("tháng")
    return Part("this", "month") if cursor.take("báo", "cáo") else None


@or_back
def _takes_quarter(cursor: Cursor) -> bool | None:
    cursor.take("của")
    cursor.take_any(("mỗi", "hằng"))
    return True if cursor.take("quý") else None


@or_back
def _which_period(cursor: Cursor) -> Literal["next", "this"] | None:
    which = NEXT.take(cursor)
    if which == "next":
        cursor.take("kế", "tiếp")
        cursor.take("liền", "kề")
    return None if which == "before" else which
