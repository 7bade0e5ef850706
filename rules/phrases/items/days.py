"""Days: `15/12/2025`, `ngày 05 tháng 6 năm 2026`, `ngày 25`, `mùng 1 Tết`; and figures that only look like days."""

from rules.deadline import Offset
from rules.phrases.cursor import Cursor, Lexicon
from rules.phrases.items.nouns import Length, Marks, OnDays, OnNamed, Standing, Trap
from rules.phrases.items.numbers import WORDS, number
from rules.phrases.items.periods import year_after, year_in
from rules.phrases.marks import FIRST_YEAR, GIO_TO, LAST_YEAR, TET, Mark
from rules.phrases.spelling import known
from rules.wording import Wording

known("ngày tháng năm mùng tết")

_ROUND_THE_CLOCK = Trap(Wording("“24/7” là suốt ngày đêm", "“24/7” means round the clock"))
_DOCUMENT = Trap(Wording("số, ngày của một văn bản", "the number or date of a document"))
_TWO_DIGITS = Wording("năm chỉ ghi hai chữ số", "a year of two digits")
_DAYS_OR_MONTHS = Wording("có thể là ngày 11 tháng 12 hoặc tháng 11 đến 12", "two months, or a day and its month")
_SLASHES = ("/", "-", ".")
_LEADS_TO_A_DAY = frozenset({"ngày", "trước", "đến", "hết", "nhất", "quá", "hơn", "từ", "sau", "là", "vào", "và", ",", "-",
                             "(", "hạn", "sáng", "chiều", "h", "giờ", "phút", "'"})  # fmt: skip

FEASTS = Lexicon(
    {
        "tết nguyên đán": Mark("feast", TET),
        "tết âm lịch": Mark("feast", TET),
        "tết cổ truyền": Mark("feast", TET),
        "tết": Mark("feast", TET),
        "tết ất tỵ": Mark("feast", TET, 2025),
        "tết bính ngọ": Mark("feast", TET, 2026),
        "tết đinh mùi": Mark("feast", TET, 2027),
        "tết dương lịch": Mark("day", 1, None, 1),
        "giỗ tổ hùng vương": Mark("feast", GIO_TO),
        "giỗ tổ": Mark("feast", GIO_TO),
        "quốc khánh": Mark("day", 9, None, 2),
        "lễ quốc khánh": Mark("day", 9, None, 2),
    }
)
_LUNAR_YEARS = Lexicon({"ất tỵ": 2025, "bính ngọ": 2026, "đinh mùi": 2027, "mậu thân": 2028})


def figures(cursor: Cursor) -> Marks | Trap | None:
    """Take a day or month in figures: `15/12/2025`, `15.12`, `2026-06-30`, `6/2026`, `10-15/6/2026`."""
    start = cursor.at
    found = _figures(cursor)
    if found is not None and _runs_on(cursor):
        cursor.back(start)
        return document_number(cursor)
    if found is None:
        cursor.back(start)
    return found


def document_number(cursor: Cursor) -> Trap | None:
    """Take the number of a document and the date after it: `57-NQ/TW ngày 22/12/2024`."""
    start = cursor.at
    if cursor.take_number() is None:
        return None
    has_letters = False
    while cursor.here.glued and not cursor.is_over and cursor.key not in (",", ";", ")", "(", '"'):
        has_letters = has_letters or cursor.key[:1].isalpha()
        cursor.at += 1
    if not has_letters:
        cursor.back(start)
        return None
    date_of_document(cursor)
    return _DOCUMENT


def date_of_document(cursor: Cursor) -> None:
    """Take `ngày 22/12/2024` after the number of a document, if it is there."""
    here = cursor.at
    cursor.take(",")
    if not (cursor.take("ngày") and _date(cursor)):
        cursor.back(here)


def _runs_on(cursor: Cursor) -> bool:
    """Say whether letters are joined to the figures, as in the number of a document."""
    return cursor.here.glued and cursor.key in ("/", "-") and cursor.ahead(1)[:1].isalpha() and _is_glued(cursor, 1)


def _is_glued(cursor: Cursor, by: int) -> bool:
    return cursor.tokens[cursor.at + by].glued


def _figures(cursor: Cursor) -> Marks | Trap | None:
    before, token = cursor.behind(), cursor.here
    first = cursor.take_number()
    if first is None or cursor.key not in _SLASHES or cursor.ahead(1) != "#":
        return None
    if len(token.text) == 4:
        return _iso(cursor, first)
    sign, spaced = cursor.key, not cursor.here.glued
    cursor.at += 1
    second_token = cursor.here
    second = cursor.take_number()
    if second is None:
        return None
    if len(second_token.text) == 4:
        return None if sign == "-" and spaced else _month_of_year(first, second)
    third = _third(cursor)
    if sign == "-" and third is None:
        return None
    if third is None:
        return _without_year(cursor, first, second, before, dotted=sign == ".")
    return _with_third(cursor, first, second, third, sign)


def _third(cursor: Cursor) -> tuple[int, int] | None:
    """Take a third figure and return it with how many digits it has."""
    if cursor.key in _SLASHES and cursor.ahead(1) == "#" and not (cursor.key == "-" and not cursor.here.glued):
        cursor.at += 2
        token = cursor.tokens[cursor.at - 1]
        return token.number, len(token.text)
    return None


def _with_third(cursor: Cursor, first: int, second: int, third: tuple[int, int], sign: str) -> Marks | None:
    value, digits = third
    fourth = _third(cursor) if sign == "-" else None
    if fourth is not None:
        days = (Mark("day", value, fourth[0], first), Mark("day", value, fourth[0], second))
        return Marks(days, is_range=True)
    if sign == "-" and digits == 4 and first <= 12 and second <= 12 and cursor.keys[cursor.at - 2] == "/":
        months = (Mark("month", first, value), Mark("month", second, value))
        return Marks((months[0], _doubted(months[1])), is_range=True)
    if sign == "-" and digits <= 2 and cursor.keys[cursor.at - 2] == "/":
        return Marks((Mark("day", value, None, first), Mark("day", value, None, second)), is_range=True)
    if digits == 2:
        return Marks((Mark("day", second, 2000 + value, first, doubt=_TWO_DIGITS),))
    return Marks((Mark("day", second, value, first),)) if digits == 4 else None


def _doubted(mark: Mark) -> Mark:
    return Mark(mark.kind, mark.number, mark.year, doubt=_DAYS_OR_MONTHS)


def _iso(cursor: Cursor, year: int) -> Marks | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR) or cursor.keys[cursor.at + 2] not in ("-", "/"):
        return None
    cursor.at += 1
    month = cursor.take_number(1, 12)
    if month is None or cursor.keys[cursor.at + 1] != "#":
        return None
    cursor.at += 1
    day = cursor.take_number(1, 31)
    return None if day is None else Marks((Mark("day", month, year, day),))


def _month_of_year(month: int, year: int) -> Marks | None:
    return Marks((Mark("month", month, year),)) if FIRST_YEAR <= year <= LAST_YEAR and month <= 99 else None


def _without_year(cursor: Cursor, day: int, month: int, before: str, *, dotted: bool) -> Marks | Trap | None:
    introduced = before in _LEADS_TO_A_DAY
    if (day, month) in ((24, 7), (24, 24)) and not introduced:
        return _ROUND_THE_CLOCK
    if (dotted and not introduced) or day > 31 or month > 31:
        return None
    here = cursor.at
    named = year_in(cursor) if cursor.take("năm") else None
    if named is None:
        cursor.back(here)
    loose = named is None and before not in ("ngày", "trước")
    return Marks((Mark("day", month, named, day),), loose=loose)


def day(cursor: Cursor) -> Marks | OnDays | OnNamed | Standing | None:
    """Take what begins with `ngày`: a date, a blank one, or a day of a month."""
    start = cursor.at
    cursor.take("ngày")
    cursor.take(":")
    found = _date(cursor) or _blank(cursor) or _days(cursor)
    if found is None:
        cursor.back(start)
    return found


def _date(cursor: Cursor) -> Marks | None:
    """Take `05 tháng 6 năm 2026` or a date in figures, without `ngày` before it."""
    start = cursor.at
    cursor.take("mùng")
    if cursor.key == "#":
        found = _figures(cursor)
        if isinstance(found, Marks) and found.marks[0].kind == "day":
            return found._replace(loose=False)
        cursor.back(start)
    cursor.take("mùng")
    of_month = number(cursor, 0, 99)
    cursor.take("của")
    if of_month is not None and cursor.take("tháng"):
        cursor.take("/")
        month = number(cursor, 0, 99)
        if month is not None:
            months = _more_months(cursor, month)
            named = year_after(cursor)
            return Marks(tuple(Mark("day", each, named, of_month) for each in months))
    cursor.back(start)
    return None


def _more_months(cursor: Cursor, first: int) -> list[int]:
    """Take the further months of `ngày 14 tháng 3, 6, 9, 12`."""
    cursor.take("(") and WORDS.take(cursor) and cursor.take(")")
    months = [first]
    while (
        cursor.key in (",", "và") and cursor.ahead(1) == "#" and cursor.ahead(2) in (",", "và", "hằng", "năm", "/", "")
    ):
        if cursor.ahead(2) == "/" and len(cursor.tokens[cursor.at + 3].text) < 4:
            break
        cursor.at += 1
        another = cursor.take_number(1, 12)
        if another is None:
            cursor.at -= 1
            break
        months.append(another)
    return months


def _blank(cursor: Cursor) -> Standing | None:
    """Take `… tháng … năm 2026`, a date that somebody still has to fill in."""
    start = cursor.at
    has_dots = _dots(cursor)
    if has_dots and (cursor.is_over or cursor.key == "#" or cursor.key in (")", ",", ";")):
        cursor.take_number(1, 12)
        _dots(cursor)
        cursor.take_number(FIRST_YEAR, LAST_YEAR)
        return Standing("blank")
    if cursor.take("[") or cursor.take("tháng"):
        is_blank = cursor.key == "năm" or _dots(cursor)
        cursor.take_number(1, 12)
        if cursor.take("năm") or is_blank:
            _dots(cursor)
            cursor.take_number(1, LAST_YEAR)
            return Standing("blank")
    cursor.back(start)
    return None


def _dots(cursor: Cursor) -> bool:
    start = cursor.at
    while cursor.take_any((".", "...", "_", "/", "-")):
        pass
    return cursor.at > start


def _days(cursor: Cursor) -> OnDays | OnNamed | None:
    """Take the numbers of `ngày 15 và 30 (hằng tháng)`, which leave the month open."""
    start = cursor.at
    cursor.take("mùng")
    first = number(cursor, 1, 31)
    if first is None or cursor.key in ("h", "giờ", "g", ":"):
        cursor.back(start)
        return None
    if cursor.key == "-" and cursor.ahead(1) == "#":
        cursor.at += 1
        last = cursor.take_number(1, 31)
        if last is not None:
            return OnDays((first, last), window=True)
    found = [first]
    while cursor.key in (",", "và", "hoặc") and _is_another(cursor):
        cursor.at += 1
        cursor.take("ngày")
        another = cursor.take_number(1, 31)
        if another is None:
            break
        found.append(another)
    return OnDays(tuple(found))


def ordinal_day(cursor: Cursor) -> OnDays | Length | None:
    """Take `ngày thứ 20 (của tháng)`, `ngày thứ mười, kể từ ngày …`; `ngày thứ hai` is a Monday."""
    start = cursor.at
    counted = number(cursor, 1, 99) if cursor.take("ngày", "thứ") else None
    here = cursor.at
    cursor.take(",")
    if counted is not None and cursor.key in ("kể", "tính") and cursor.ahead(1) == "từ":
        return Length(Offset(counted, "days"))
    cursor.back(here)
    if counted is not None and counted <= 31 and cursor.take("của") and cursor.key == "tháng":
        return OnDays((counted,))
    cursor.back(start)
    return None


def bare_day(cursor: Cursor) -> OnDays | None:
    """Take the 10 of `từ 10 đến 15/9`."""
    if cursor.behind() == "từ" and cursor.ahead(1) in ("đến", "-"):
        found = cursor.take_number(1, 31)
        return None if found is None else OnDays((found,))
    return None


def _is_another(cursor: Cursor) -> bool:
    offset = 2 if cursor.ahead(1) == "ngày" else 1
    return cursor.ahead(offset) == "#" and cursor.ahead(offset + 1) not in (
        "/",
        ".",
        "-",
        "tháng",
        "h",
        "giờ",
        "ngày",
        ":",
    )


def first_days(cursor: Cursor) -> Marks | None:
    """Take `mùng 5 Tết`, `mùng 1 tháng 3`."""
    start = cursor.at
    cursor.take("mùng")
    counted = cursor.take_number(1, 30)
    found = FEASTS.take(cursor) if counted else None
    if counted and found and found.kind == "feast":
        return Marks((Mark("feast", TET, found.year or feast_year(cursor), counted - 1),))
    cursor.back(start)
    return _date(cursor)


def feast(cursor: Cursor) -> Marks | None:
    """Take the name of a feast and its year, and the date put after it in figures: `Quốc khánh 2/9`."""
    found = FEASTS.take(cursor)
    if found is None:
        return None
    here = cursor.at
    cursor.take("(")
    dated = _figures(cursor) if found.kind == "day" else None
    if isinstance(dated, Marks) and dated.marks[0].kind == "day":
        cursor.take(")")
        return dated._replace(loose=False)
    cursor.back(here)
    return Marks((Mark(found.kind, found.number, found.year or feast_year(cursor), found.day),))


_SIGNED = Lexicon(
    dict.fromkeys(
        (
            f"{since} {what}"
            for since in ("từ", "kể từ", "từ ngày", "kể từ ngày", "tính từ ngày")
            for what in ("nay", "ký", "ban hành", "ký ban hành", "phê duyệt", "văn bản được ký", "ký kết", "bây giờ")
        ),
        True,
    )
)


def now(cursor: Cursor) -> Marks | None:
    """Take the `từ nay` or `kể từ ngày ký` before an end: the day of the document."""
    start = cursor.at
    if _SIGNED.take(cursor) and (cursor.key in ("đến", "tới", "cho", "-") or cursor.behind() == "nay"):
        return Marks((Mark("now"),))
    cursor.back(start)
    return None


def feast_year(cursor: Cursor) -> int | None:
    """Take the year of a feast, in figures or by its lunar name: `Bính Ngọ 2026`."""
    named = _LUNAR_YEARS.take(cursor)
    here = cursor.at
    cursor.take("(")
    cursor.take("năm")
    named = named or _LUNAR_YEARS.take(cursor)
    counted = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    if counted is None:
        cursor.back(here)
    else:
        cursor.take(")")
    return counted or named
