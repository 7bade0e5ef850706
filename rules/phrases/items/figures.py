"""Figures: days and months written in figures alone: `15/12/2025`, `15.12`, `2026-06-30`, `6/2026`, `10-15/6/2026`."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.nouns import Fault, Marks, Trap
from rules.phrases.items.years import year_in
from rules.phrases.lexicon import words
from rules.phrases.marks import FIRST_YEAR, LAST_YEAR, Mark
from rules.wording import Wording

_ROUND_THE_CLOCK = Trap(Wording("“24/7” là suốt ngày đêm", "“24/7” means round the clock"))
_SO_MANY_OF = Trap(Wording("số lượng, không phải ngày", "so many of so many, no day"))
_COUNTED = words("""nhiệm xã phường sở chỉ đơn địa hồ người cơ tiêu nội dự huyện thôn trường mục văn tỉnh bộ ngành đại
    số hộ công thủ chương đề cán phiếu đảng hội thành cử học khu lớp bệnh giường % diện""")
"""The words with which begins what is counted: `02/9 xã`, `3/5 nhiệm vụ`."""
_TWO_DIGITS = Wording("năm chỉ ghi hai chữ số", "a year of two digits")
_DAYS_OR_MONTHS = Wording("có thể là hai tháng, hoặc một ngày và tháng của ngày đó",
                          "two months, or a day and its month")  # fmt: skip
_ROMAN = Wording("tháng ghi bằng chữ số La Mã", "a month in Roman figures")
_SCALE = Trap(Wording("tỷ lệ bản đồ", "the scale of a map"))
_FRACTIONS = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4))
_OF_A_WHOLE = words("ngày giờ tháng năm số tổng thời quân đường buổi lương")
_SCALES = (500, 1000, 2000, 5000)
_ROMAN_MONTHS = {
    text: n for n, text in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)
}
_SLASHES = ("/", "-", ".")
_BEFORE_A_DAY = words("trước đến hết nhất từ")
_LEADS_TO_A_DAY = words(
    "ngày trước đến tới hết nhất quá hơn từ sau là vào và , - ( hạn sáng chiều h giờ phút ' xong bằng"
)


class _Figure:
    """One of the figures joined by slashes: its value, how it is written, and the sign before it."""

    __slots__ = ("digits", "sign", "value")

    def __init__(self, value: int, digits: int, sign: str) -> None:
        self.value, self.digits, self.sign = value, digits, sign


@or_back
def roman_month(cursor: Cursor) -> Marks | None:
    """Take a day whose month is written in Roman figures: `15/XI/2026`."""
    of_month = cursor.take_number(1, 31)
    sign = cursor.take_any(_SLASHES)
    month = _ROMAN_MONTHS.get(cursor.key)
    if of_month is None or not sign or month is None or not cursor.here.glued:
        return None
    cursor.at += 1
    year = cursor.take_number(FIRST_YEAR, LAST_YEAR) if cursor.take(sign) else None
    return None if year is None else Marks((Mark("day", month, year, of_month, doubt=_ROMAN),))


@or_back
def figures(cursor: Cursor) -> Marks | Trap | Fault | None:
    """Take a day or month in figures; what letters are joined to is no date but the number of a document."""
    before = cursor.behind()
    found = _joined(cursor)
    if len(found) < 2:
        return None
    marks = _marks(cursor, found, before)
    return None if marks is None or _runs_on(cursor) else marks


def _joined(cursor: Cursor) -> list[_Figure]:
    """Take two figures or more with slashes, dots or dashes between them; a dash with blanks joins no more than two."""
    found = [_figure(cursor, "")]
    while cursor.key in _SLASHES and cursor.ahead(1) == "#" and len(found) < 4:
        if cursor.key == "-" and (not cursor.here.glued or (len(found) > 1 and not _is_year_ahead(cursor, found))):
            break
        if found[-1].digits == 4 and len(found) > 1:
            break
        cursor.at += 1
        found.append(_figure(cursor, cursor.behind()))
    return found


def _is_year_ahead(cursor: Cursor, found: list[_Figure]) -> bool:
    """Say whether a dash may go on after two figures: the year of `28.6-2017`, a third figure of `15-12-2025`."""
    return found[1].sign == "-" or (len(found) == 2 and len(cursor.tokens[cursor.at + 1].text) == 4)


def _figure(cursor: Cursor, sign: str) -> _Figure:
    token = cursor.here
    cursor.at += 1
    return _Figure(token.number, len(token.text), sign)


def _runs_on(cursor: Cursor) -> bool:
    """Say whether letters are joined to the figures, as in the number of a document."""
    follows = cursor.tokens[cursor.at + 1]
    return cursor.here.glued and cursor.key in ("/", "-") and follows.glued and follows.key[:1].isalpha()


def _marks(cursor: Cursor, found: list[_Figure], before: str) -> Marks | Trap | Fault | None:
    if found[0].digits == 4:
        return _iso(found)
    match found:
        case [_, _]:
            return _two(cursor, found, before)
        case [_, _, _]:
            return _three(found)
        case _:
            return _days_of_month(found)


def _iso(found: list[_Figure]) -> Marks | None:
    """Return the day of `2026-06-30`."""
    if len(found) != 3 or not FIRST_YEAR <= found[0].value <= LAST_YEAR or found[1].digits > 2:
        return None
    return Marks((Mark("day", found[1].value, found[0].value, found[2].value),))


def _two(cursor: Cursor, found: list[_Figure], before: str) -> Marks | Trap | Fault | None:
    first, second = found[0].value, found[1].value
    if found[1].digits == 4:
        if first == 1 and second in _SCALES and before != "tháng":
            return _SCALE
        in_range = FIRST_YEAR <= second <= LAST_YEAR and first <= 99
        return Marks((Mark("month", first, second),)) if in_range else None
    introduced = before in _LEADS_TO_A_DAY and (first, second) not in _FRACTIONS
    introduced = introduced or (before in _LEADS_TO_A_DAY and cursor.key not in _OF_A_WHOLE)
    if (first, second) in ((24, 7), (24, 24)) and not introduced and before != ":":
        return _ROUND_THE_CLOCK
    sign = found[1].sign
    if (sign != "/" and not introduced and not (sign == "-" and before == "")) or first > 31 or second > 31:
        return None
    is_alone = before == "" and cursor.is_over
    if sign == "-" and (not (before in _BEFORE_A_DAY or is_alone) or not first > 12 or not 1 <= second <= 12):
        return None
    if (first, second) in _FRACTIONS and not introduced and cursor.key in _OF_A_WHOLE:
        return _SO_MANY_OF
    named = _year_in_words(cursor)
    if before == "lệ" or (not introduced and cursor.key in _COUNTED):
        return _SO_MANY_OF
    if named is None and of_lunar(cursor):
        return Marks((Mark("lunar", second, _year_in_words(cursor), first),))
    loose = named is None and before not in ("ngày", "trước")
    return Marks((Mark("day", second, named, first),), loose=loose)


@or_back
def of_lunar(cursor: Cursor) -> bool | None:
    """Take the `âm lịch`, `(ÂL)` after a day and its month."""
    opened = cursor.take("(")
    is_lunar = cursor.take("âm", "lịch") or cursor.take_any(("âl", "al"))
    return True if is_lunar and (not opened or cursor.take(")")) else None


@or_back
def _year_in_words(cursor: Cursor) -> int | None:
    cursor.take("của")
    return year_in(cursor) if cursor.take("năm") else None


def _three(found: list[_Figure]) -> Marks | Fault | None:
    first, second, third = found
    if second.sign == "-" and third.sign == "/":
        return _dash_then_slash(first.value, second.value, third)
    if third.digits == 2:
        return Marks((Mark("day", second.value, 2000 + third.value, first.value, doubt=_TWO_DIGITS),))
    if third.digits == 4:
        return Marks((Mark("day", second.value, third.value, first.value),))
    is_slip = second.sign == third.sign == "/" and third.digits in (3, 5) and first.value <= 31 and second.value <= 12
    return Fault(_no_year(third.value)) if is_slip else None


def _no_year(value: int) -> Wording:
    return Wording(f"năm {value} không hợp lệ", f"{value} is no year")


def _dash_then_slash(first: int, second: int, third: _Figure) -> Marks | None:
    """Return the months of `11-12/2026`, which could be a day, or the days of `10-15/6`."""
    if third.digits == 4 and first <= 12 and second <= 12:
        months = Mark("month", first, third.value), Mark("month", second, third.value, doubt=_DAYS_OR_MONTHS)
        return Marks(months, is_range=True)
    if third.digits <= 2:
        return Marks(tuple(Mark("day", third.value, None, day) for day in (first, second)), is_range=True)
    return Marks((Mark("day", second, third.value, first),))


def _days_of_month(found: list[_Figure]) -> Marks | None:
    """Return the days of `10-15/6/2026`."""
    first, second, month, year = found
    if second.sign != "-" or month.sign != "/" or year.digits != 4:
        return None
    return Marks(tuple(Mark("day", month.value, year.value, day) for day in (first.value, second.value)), is_range=True)
