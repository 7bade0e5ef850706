"""Feasts and days of the lunar calendar: `Tết Nguyên đán Bính Ngọ`, `mùng 5 Tết`, `23 tháng Chạp`, `Quốc khánh 2/9`."""

from itertools import product

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.days import date_in_words
from rules.phrases.items.figures import figures, of_lunar
from rules.phrases.items.nouns import Marks
from rules.phrases.items.numbers import number
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.marks import FIRST_YEAR, LAST_YEAR, Mark
from rules.wording import Wording

_HOLIDAYS = Wording(
    "kỳ nghỉ có thể bắt đầu trước ngày lễ: xem lịch nghỉ", "the days off may begin before the feast itself"
)

_NAMES = {
    **meaning(
        Mark("feast", day=1),
        "tết nguyên đán | tết âm lịch | tết cổ truyền | tết | tết cả",
    ),
    "tết ất tỵ": Mark("feast", year=2025, day=1),
    "tết bính ngọ": Mark("feast", year=2026, day=1),
    "tết đinh mùi": Mark("feast", year=2027, day=1),
    **meaning(Mark("lunar", 3, day=10), "giỗ tổ hùng vương | giỗ tổ"),
    **meaning(Mark("lunar", 8, day=15), "tết trung thu | trung thu"),
    **meaning(Mark("day", 1, None, 1), "tết dương lịch | tết tây"),
    **meaning(Mark("day", 9, None, 2), "quốc khánh"),
    **meaning(Mark("day", 5, None, 1), "quốc tế lao động"),
}
_LEADS = ("", "lễ", "ngày", "ngày lễ", "dịp", "dịp lễ")
_LEADS_OFF = ("kỳ nghỉ", "kỳ nghỉ lễ", "đợt nghỉ", "đợt nghỉ lễ", "nghỉ", "nghỉ lễ", "ngày nghỉ", "dịp nghỉ")
FEASTS = Lexicon(
    {f"{lead} {name}".strip(): mark for lead, (name, mark) in product(_LEADS, _NAMES.items())},
    {f"{lead} {name}": mark._replace(doubt=_HOLIDAYS) for lead, (name, mark) in product(_LEADS_OFF, _NAMES.items())},
)
_LUNAR_YEARS = Lexicon(
    {"ất tỵ": 2025, "bính ngọ": 2026, "đinh mùi": 2027, "mậu thân": 2028, "kỷ dậu": 2029, "canh tuất": 2030}
)
_LUNAR_MONTHS = Lexicon({"tháng giêng": 1, "tháng chạp": 12, "chạp": 12})


@or_back
def feast(cursor: Cursor) -> Marks | None:
    """Take the name of a feast and its year, and the date put after it in figures: `Quốc khánh 2/9`."""
    found = FEASTS.take(cursor)
    if found is None:
        return None
    dated = _date_after(cursor) if found.kind == "day" else None
    if dated is not None:
        return Marks((dated._replace(doubt=found.doubt),))
    return Marks((found._replace(year=found.year or _feast_year(cursor)),))


@or_back
def lunar_day(cursor: Cursor) -> Marks | None:
    """Take `mùng 5 Tết`, `28 Tết`, `23 tháng Chạp`, `rằm tháng Giêng`; `mùng 1 tháng 3` is a day like any other."""
    if cursor.take("rằm"):
        return _of_lunar_month(cursor, 15) or _full_moon(cursor)
    first_ten = cursor.take("mùng")
    counted = cursor.take_number(1, 30)
    if counted is None:
        return None
    feast_ = FEASTS.take(cursor) if cursor.key == "tết" else None
    if feast_ is not None and feast_.kind == "feast":
        named = feast_.year or _feast_year(cursor)
        eve = not first_ten and counted > 20
        return Marks((Mark("lunar", 12, named, counted) if eve else Mark("feast", 0, named, counted),))
    return _of_lunar_month(cursor, counted)


@or_back
def first_days(cursor: Cursor) -> Marks | None:
    """Take `mùng 5 tháng 9` without `ngày` before it."""
    return date_in_words(cursor) if cursor.key == "mùng" else None


@or_back
def _full_moon(cursor: Cursor) -> Marks | None:
    """Take the rest of `rằm tháng 7`, `rằm tháng Tám`, which is always a lunar day."""
    month = number(cursor, 1, 12) if cursor.take("tháng") else None
    if month is None:
        return None
    of_lunar(cursor)
    return Marks((Mark("lunar", month, _feast_year(cursor), 15),))


@or_back
def _of_lunar_month(cursor: Cursor, day: int) -> Marks | None:
    month = _LUNAR_MONTHS.take(cursor)
    return None if month is None else Marks((Mark("lunar", month, _feast_year(cursor), day),))


@or_back
def _date_after(cursor: Cursor) -> Mark | None:
    opened = cursor.take("(")
    cursor.take("ngày")
    dated = figures(cursor) if cursor.key == "#" else None
    if not isinstance(dated, Marks) or dated.marks[0].kind != "day":
        return None
    return dated.marks[0] if not opened or cursor.take(")") else None


def _feast_year(cursor: Cursor) -> int | None:
    """Take the year of a feast, in figures or by its lunar name: `Bính Ngọ 2026`."""
    named = _LUNAR_YEARS.take(cursor)
    return _in_figures(cursor) or named or _LUNAR_YEARS.take(cursor)


@or_back
def _in_figures(cursor: Cursor) -> int | None:
    opened = cursor.take("(")
    cursor.take("/")
    cursor.take("năm")
    named = _LUNAR_YEARS.take(cursor)
    counted = cursor.take_number(FIRST_YEAR, LAST_YEAR)
    found = counted or named
    return found if found and (not opened or cursor.take(")")) else None
