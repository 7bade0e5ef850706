"""Periods: months, quarters, halves, years, their beginnings and ends, and lists of them: `Quý I, II/2026`."""

from collections.abc import Callable
from dataclasses import replace

from rules.phrases.cursor import Cursor, Lexicon
from rules.phrases.items.nouns import Marks, OnNamed, Part
from rules.phrases.items.numbers import MISREAD_ROMAN, ROMAN, WORDS
from rules.phrases.marks import FIRST_YEAR, LAST_YEAR, NEXT_YEAR, THIS_YEAR, YEAR_BEFORE, Edge, Mark, MarkKind
from rules.phrases.spelling import known
from rules.wording import Wording

known("tháng quý năm tuần nửa học đầu giữa cuối sau này tới trước nay kỳ của mỗi tiên kế tiếp liền theo thứ")

_LUNAR = Wording("tháng âm lịch", "a month of the lunar calendar")
_JUNE_OR_FRIDAY = Wording("“T6” có thể là tháng 6 hoặc thứ Sáu", "“T6” may be June or Friday")
_MISREAD = Wording("chữ số La Mã có thể bị gõ sai", "a Roman numeral that may be mistyped")
_THIRD = Wording("thượng, trung, hạ tuần: luật không quy định", "a third of a month, which no law defines")
_RELATIVE = Wording("tính theo ngày ban hành văn bản", "counted from the day of the document")
_SCHOOL_YEAR = Wording("năm học, hiểu là đến hết năm sau", "a school year, taken to end with its second year")

_EDGES: dict[str, Edge] = {"đầu": "first", "giữa": "middle", "cuối": "last"}
_NEXT = Lexicon(
    dict.fromkeys(("sau", "tới", "tiếp theo", "kế tiếp", "liền kề", "sau liền kề", "liền sau", "kế"), "next")
    | dict.fromkeys(("này", "nay", "hiện tại", "hiện hành"), "this")
    | {"trước": "before"}
)
_MONTHS_IN_WORDS = Lexicon({"giêng": 1, "chạp": 12, "mười một": 11, "mười hai": 12, "một": 1})
SHORT_QUARTERS = {f"q{roman}": value for roman, value in ROMAN.items() if value <= 4}
_RELATIVE_YEARS = {"next": NEXT_YEAR, "this": THIS_YEAR, "before": YEAR_BEFORE}


def month(cursor: Cursor) -> Marks | Part | None:
    """Take what begins with `tháng`: one, a list, a range, or which month of its quarter."""
    start = cursor.at
    cursor.take("tháng")
    cursor.take(":")
    return _listed(cursor, "month", _month_number) or _part(cursor) or _back(cursor, start)


def short_month(cursor: Cursor) -> Marks | None:
    """Take `T6/2026`, `T.6`."""
    start = cursor.at
    cursor.take("t")
    cursor.take(".")
    found = cursor.take_number(1, 12) if cursor.here.glued else None
    if found is None:
        return _back(cursor, start)
    year = year_after(cursor)
    return Marks((Mark("month", found, year, doubt=_JUNE_OR_FRIDAY if year is None and found <= 7 else None),))


def quarter(cursor: Cursor) -> Marks | Part | None:
    """Take what begins with `quý` or `Q`."""
    start = cursor.at
    glued = SHORT_QUARTERS.get(cursor.key)
    if glued is not None:
        cursor.at += 1
        return _listed(cursor, "quarter", _quarter_number, first=glued)
    is_short = not (cursor.take("quý") or cursor.take("q", "uý") or cursor.take("qu", "ý"))
    if is_short and not cursor.take("q"):
        return None
    if is_short:
        cursor.take(".")
    if is_short and not cursor.here.glued and cursor.key not in ROMAN:
        return _back(cursor, start)
    return _listed(cursor, "quarter", _quarter_number) or _next_part(cursor, "quarter") or _back(cursor, start)


def year(cursor: Cursor) -> Marks | Part | None:
    """Take what begins with `năm`: `năm 2026`, `năm 2026 - 2030`, `năm học 2025-2026`, `năm sau`."""
    start = cursor.at
    cursor.take("năm")
    at_school = cursor.take("học")
    first = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    if first is not None:
        here = cursor.at
        if cursor.take_any(("-", "đến")) and (second := cursor.take_number(FIRST_YEAR, LAST_YEAR)):
            last = Mark("year", 0, second, doubt=_SCHOOL_YEAR if at_school else None)
            return Marks((Mark("year", 0, first), last), is_range=True)
        cursor.back(here)
        return Marks((Mark("year", 0, first),))
    if cursor.behind(2) in ("những", "các", "nhiều", "hằng"):
        return _back(cursor, start)
    relative = relative_year(cursor)
    return Marks((Mark("year", year=relative),)) if relative is not None else _back(cursor, start)


def relative_year(cursor: Cursor) -> int | None:
    """Take the `nay`, `sau`, `trước` of a year that is counted from the programme's."""
    here = cursor.at
    which = _NEXT.take(cursor)
    if which is None or cursor.key in ("đó", "khi", "#", "ngày"):
        cursor.back(here)
        return None
    return _RELATIVE_YEARS[which]


def roman_quarter(cursor: Cursor) -> Marks | None:
    """Take `II/2026`, where `Quý` was left out."""
    start = cursor.at
    roman = ROMAN.get(cursor.take_any(ROMAN), 9)
    of_year = year_after(cursor) if roman <= 4 and cursor.key == "/" and cursor.behind(2) != "/" else None
    return Marks((Mark("quarter", roman, of_year, doubt=_MISREAD),)) if of_year else _back(cursor, start)


def bare_year(cursor: Cursor) -> Marks | None:
    """Take a year in figures alone."""
    token = cursor.here
    found = cursor.take_number(1990, LAST_YEAR) if len(token.text) == 4 else None
    return None if found is None else Marks((Mark("year", 0, found),), loose=True)


def some_months(cursor: Cursor) -> Marks | None:
    """Take `6 tháng đầu năm 2026`, `9 tháng`, `nửa cuối năm`."""
    start = cursor.at
    halved = cursor.take("nửa")
    if halved and (found := _half_of_month(cursor)):
        return found
    count = 6 if halved else cursor.take_number(1, 11) or WORDS.take(cursor)
    if count is None or not (halved or cursor.take("tháng")):
        return _back(cursor, start)
    edge = cursor.take_any(("đầu", "cuối"))
    of_year = cursor.take("của", "năm") or cursor.take("năm")
    if not (edge and of_year) and not (count == 9 and (of_year or year_ahead(cursor))):
        return _back(cursor, start)
    named = year_in(cursor) if of_year else year_after(cursor)
    if named is None and not edge:
        return _back(cursor, start)
    if count == 6:
        return Marks((Mark("half", 1 if edge == "đầu" else 2, named),))
    if count == 3 and edge:
        return Marks((Mark("quarter", 1 if edge == "đầu" else 4, named),))
    return Marks((Mark("months", 13 - count if edge == "cuối" else 1, named, count=count),))


def _half_of_month(cursor: Cursor) -> Marks | None:
    """Take the rest of `nửa đầu tháng 9/2026`: its first to 15th day, or its 16th to last."""
    start = cursor.at
    which = cursor.take_any(("đầu", "cuối"))
    found = month(cursor) if which and cursor.key == "tháng" else None
    if not isinstance(found, Marks):
        return _back(cursor, start)
    of = found.marks[0]
    first, last = (
        (1, Mark("day", of.number, of.year, 15)) if which == "đầu" else (16, Mark("month", of.number, of.year))
    )
    return Marks((Mark("day", of.number, of.year, first), replace(last, doubt=_THIRD)), is_range=True)


def edge(cursor: Cursor) -> Marks | OnNamed | None:
    """Take `đầu`, `giữa` or `cuối` of a month, quarter or year; of an unnamed one it is a day of a recurrence."""
    start = cursor.at
    which = _EDGES[cursor.key]
    cursor.at += 1
    cursor.take("của")
    unit_at = cursor.at
    found = _PERIODS[cursor.key](cursor) if cursor.key in _PERIODS else None
    if isinstance(found, Marks):
        last = found.marks[-1]
        marks = (*found.marks[:-1], Mark(last.kind, last.number, last.year, edge=which, doubt=last.doubt))
        return found._replace(marks=marks) if last.kind in ("month", "quarter", "year") else _back(cursor, start)
    cursor.back(unit_at)
    if cursor.take("năm"):
        return Marks((Mark("year", year=relative_year(cursor), edge=which),))
    cursor.take("mỗi")
    unit = _UNITS.get(cursor.take_any(_UNITS))
    return OnNamed(which, unit=unit) if unit else _back(cursor, start)


_PERIODS: dict[str, Callable[[Cursor], Marks | Part | None]] = {
    "tháng": month,
    "quý": quarter,
    "q": quarter,
    "năm": year,
}
_UNITS = {"tháng": "month", "quý": "quarter", "năm": "year", "tuần": "week"}


def third_of_month(cursor: Cursor) -> Marks | None:
    """Take `thượng tuần tháng 6`, `trung tuần …`, `hạ tuần …`."""
    start = cursor.at
    last_day = {"thượng": 10, "trung": 20, "hạ": 31}[cursor.key]
    cursor.at += 1
    found = month(cursor) if cursor.take("tuần") and cursor.key == "tháng" else None
    if not isinstance(found, Marks):
        return _back(cursor, start)
    of = found.marks[0]
    end = Mark("month", of.number, of.year) if last_day == 31 else Mark("day", of.number, of.year, last_day)
    first = 21 if last_day == 31 else last_day - 9
    return Marks((Mark("day", of.number, of.year, first), replace(end, doubt=_THIRD)), is_range=True)


def week_of_month(cursor: Cursor) -> Marks | None:
    """Take `tuần 2 tháng 6/2026`, `tuần cuối của tháng 6`."""
    start = cursor.at
    cursor.take("tuần")
    nth = _nth(cursor)
    cursor.take("của")
    cursor.take(",")
    found = month(cursor) if nth and cursor.key == "tháng" else None
    if nth is None or not isinstance(found, Marks):
        return _back(cursor, start)
    of = found.marks[0]
    return Marks((Mark("week", of.number, of.year, day=nth),))


def _nth(cursor: Cursor) -> int | None:
    if cursor.take("cuối", "cùng") or cursor.take("cuối"):
        return 5
    if cursor.take("đầu", "tiên") or cursor.take("đầu"):
        return 1
    cursor.take("thứ")
    return cursor.take_number(1, 5) or WORDS.take(cursor) or ROMAN.get(cursor.take_any(ROMAN))


def year_after(cursor: Cursor) -> int | None:
    """Take the year after a month or quarter: `/2026`, ` năm 2026`, `-2026`, ` 2026`."""
    here = cursor.at
    cursor.take(".")
    cursor.take_any(("/", "-", ","))
    cursor.take("của")
    if cursor.take("năm") and (relative := relative_year(cursor)) is not None:
        return relative
    found = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    if found is None and cursor.keys[here] == "/" and len(cursor.here.text) == 2:
        short = cursor.take_number(20, 50)
        found = 2000 + short if short else None
    if found is None or (cursor.key in ("/", "-") and cursor.ahead(1) == "#" and cursor.keys[here] not in ("/", "năm")):
        cursor.back(here)
        return None
    return found


def year_in(cursor: Cursor) -> int | None:
    """Take the year after the word `năm`: in figures, or `nay`, `sau`."""
    found = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    return relative_year(cursor) if found is None else found


def year_ahead(cursor: Cursor) -> bool:
    """Say whether a year stands at the cursor."""
    here = cursor.at
    found = year_after(cursor)
    cursor.back(here)
    return found is not None


def _month_number(cursor: Cursor) -> tuple[int, Wording | None] | None:
    found = cursor.take_number(0, 99)
    if found is not None:
        return found, None
    here = cursor.at
    named = _MONTHS_IN_WORDS.take(cursor) or WORDS.take(cursor)
    if named is None or named > 12 or (cursor.behind() == "năm" and cursor.key == "#"):
        cursor.back(here)
        return None
    return named, _LUNAR if cursor.behind() in ("giêng", "chạp") or cursor.take("âm", "lịch") else None


def _quarter_number(cursor: Cursor) -> tuple[int, Wording | None] | None:
    roman = cursor.take_any(ROMAN)
    if roman:
        return ROMAN[roman], _MISREAD if roman in MISREAD_ROMAN else None
    found = cursor.take_number(0, 9)
    if found is None:
        here = cursor.at
        found = WORDS.take(cursor)
        if found is None or found > 4:
            cursor.back(here)
            return None
    return found, None


def _listed(
    cursor: Cursor,
    kind: MarkKind,
    take: Callable[[Cursor], tuple[int, Wording | None] | None],
    *,
    first: int | None = None,
) -> Marks | None:
    """Take one number or several, with the year that stands after the last of them: `I, II và III/2026`, `5 - 6/2026`."""
    found = (first, None) if first is not None else take(cursor)
    if found is None:
        return None
    numbers, is_range = [found], False
    while cursor.key in (",", "-", "và", "&", "+", "/") and not year_ahead(cursor):
        here, sign = cursor.at, cursor.key
        cursor.at += 1
        if cursor.key != "#" and kind == "month":
            cursor.back(here)
            break
        another = take(cursor)
        if another is None or not _ends_number(cursor, kind):
            cursor.back(here)
            break
        numbers.append(another)
        is_range = is_range or sign == "-"
    named = year_after(cursor)
    return Marks(tuple(Mark(kind, number, named, doubt=doubt) for number, doubt in numbers), is_range)


def _ends_number(cursor: Cursor, kind: MarkKind) -> bool:
    """Say whether the number just taken can be one of a list: not the day of `6, 15/7` nor the length of `6, 15 ngày`."""
    if kind == "quarter":
        return True
    return cursor.key in ("", ",", "và", "-", "năm", ";", ")", ".", "&", "hằng", "mỗi") or year_ahead(cursor)


def _part(cursor: Cursor) -> Part | Marks | None:
    """Take which month of a quarter or which later month is meant, after `tháng`."""
    start = cursor.at
    which = None
    if cursor.take("đầu", "tiên") or cursor.take("đầu") or cursor.take("thứ", "nhất"):
        which = "first"
    elif cursor.take("cuối", "cùng") or cursor.take("cuối") or cursor.take("thứ", "ba"):
        which = "last"
    elif cursor.take("giữa") or cursor.take("thứ", "hai"):
        which = "middle"
    if which is None:
        return _next_part(cursor, "month")
    cursor.take("của")
    cursor.take_any(("mỗi", "hằng", "từng"))
    if not cursor.take("quý"):
        cursor.back(start)
        return None
    cursor.take("đó")
    here = cursor.at
    quarter_ahead = _quarter_number(cursor)
    if quarter_ahead is not None:
        month_of = 3 * quarter_ahead[0] - {"first": 2, "middle": 1, "last": 0}[which]
        return Marks((Mark("month", month_of, year_after(cursor)),))
    if _NEXT.take(cursor) == "next":
        return Part(which, "quarter") if which != "first" else Part("next", "quarter")
    cursor.back(here)
    return Part(which, "quarter")


def _next_part(cursor: Cursor, unit: str) -> Part | None:
    here = cursor.at
    which = _NEXT.take(cursor)
    if which == "this":
        return Part("this", "quarter" if unit == "quarter" else "month")
    if which == "next":
        cursor.take("kế", "tiếp")
        cursor.take("liền", "kề")
        if unit == "month":
            of = cursor.at
            cursor.take("của")
            cursor.take_any(("mỗi", "hằng"))
            if cursor.take("quý"):
                return Part("next", "quarter")
            cursor.back(of)
            return Part("next", "month")
        return Part("next", "quarter")
    cursor.back(here)
    return None


def _back(cursor: Cursor, at: int) -> None:
    cursor.back(at)
