"""Days of the week, and first or last days of a period: `thứ Sáu`, `thứ Hai đầu tiên của tháng`, `ngày cuối quý`."""

from rules.phrases.cursor import Cursor, or_back
from rules.phrases.items.edges import PERIODS, UNITS
from rules.phrases.items.nouns import Marks, OnNamed, OnWeekday, Word
from rules.phrases.lexicon import Lexicon, meaning
from rules.phrases.marks import Mark
from rules.phrases.spelling import known
from rules.wording import Wording

known("thứ chủ nhật lần của tuần tháng")

_WORKING_DAY = Wording(
    "ngày làm việc đầu hoặc cuối kỳ, cần xem lịch", "the first or last working day: see the calendar"
)
_NUMBERS = {name: n for n, names in enumerate(("hai", "ba", "tư bốn", "năm", "sáu", "bảy")) for name in names.split()}
WEEKDAYS = Lexicon(
    {f"{lead}thứ {name}": n for name, n in _NUMBERS.items() for lead in ("", "ngày ")},
    meaning(6, "chủ nhật | ngày chủ nhật"),
)
_ORDINALS = {1: "nhất", 2: "hai", 3: "ba", 4: "tư"}
_NTH = Lexicon(
    meaning(1, "đầu tiên | đầu | tuần đầu | tuần đầu tiên | của tuần đầu | của tuần đầu tiên | thứ nhất"),
    meaning(
        -1,
        """cuối cùng | cuối | tuần cuối | tuần cuối cùng | của tuần cuối | của tuần cuối cùng
            | của tuần lễ cuối | của tuần lễ cuối cùng | tuần lễ cuối""",
    ),
    {f"{lead} thứ {name}": n for n, name in _ORDINALS.items() for lead in ("tuần", "của tuần", "của tuần lễ")},
    {"thứ hai": 2},
)
_OF_MONTH = Lexicon(
    meaning("month", "của tháng | trong tháng | của mỗi tháng | mỗi tháng | hằng tháng | tháng | của hằng tháng")
)
_NAMED = Lexicon(
    meaning(OnNamed("last", working=True), "ngày làm việc cuối cùng | ngày làm việc cuối"),
    meaning(OnNamed("first", working=True), "ngày làm việc đầu tiên | ngày làm việc đầu"),
    meaning(OnNamed("last"), "ngày cuối cùng | ngày cuối"),
    meaning(OnNamed("first"), "ngày đầu tiên | ngày đầu"),
)
_PART_FOLLOWS = ("đầu", "cuối", "sau", "tiếp", "kế", "liền", "thứ", "giữa")


@or_back
def weekday(cursor: Cursor) -> OnWeekday | Word | None:
    """Take `thứ Sáu`, `thứ 6`, `thứ Hai đầu tiên của tháng`; `lần thứ hai` is none."""
    counts = cursor.behind() == "lần"
    found = WEEKDAYS.take(cursor)
    if found is None:
        found = _in_figures(cursor)
    if found is None:
        return None
    counts = counts or (cursor.key == "#" and len(cursor.here.text) == 4)
    return Word(known=False) if counts else OnWeekday(found, _of_month(cursor) or 0)


@or_back
def _in_figures(cursor: Cursor) -> int | None:
    cursor.take("ngày")
    counted = cursor.take_number(2, 7) if cursor.take("thứ") else None
    return None if counted is None else counted - 2


@or_back
def _of_month(cursor: Cursor) -> int | None:
    """Take which such day of the month it is; the `hằng tháng` at its end is left, being an item of its own."""
    nth = _NTH.take(cursor) or _nth_week(cursor)
    start = cursor.at
    if nth is None or _OF_MONTH.take(cursor) is None:
        return None
    if cursor.behind(2) in ("hằng", "mỗi"):
        cursor.back(start + (cursor.keys[start] == "của"))
    return nth


@or_back
def _nth_week(cursor: Cursor) -> int | None:
    cursor.take("của")
    if not cursor.take("tuần"):
        return None
    cursor.take("thứ")
    return cursor.take_number(1, 4)


@or_back
def named_day(cursor: Cursor) -> OnNamed | Marks | None:
    """Take `ngày làm việc cuối cùng`, `ngày cuối tháng`; of a named period a day: `ngày cuối của tháng 9/2026`."""
    found = _NAMED.take(cursor)
    if found is None:
        return None
    of = _of_period(cursor)
    if of is not None:
        doubt = _WORKING_DAY if found.working else of.doubt
        return Marks((_month_at(of, found)._replace(edge=found.edge, doubt=doubt),))
    unit_at = cursor.at
    cursor.take("của")
    cursor.take_any(("mỗi", "từng"))
    unit = UNITS.get(cursor.key)
    if unit and cursor.ahead(1) not in _PART_FOLLOWS:
        cursor.at += 1
        return found._replace(unit=unit)
    cursor.back(unit_at)
    return found


@or_back
def _of_period(cursor: Cursor) -> Mark | None:
    cursor.take("của")
    of = PERIODS[cursor.key](cursor) if cursor.key in PERIODS else None
    return of.marks[-1] if of is not None and of.marks[0].number else None


def _month_at(of: Mark, named: OnNamed) -> Mark:
    """Return the month in which the first or last day of a period lies."""
    if of.kind != "quarter":
        return of
    return Mark("month", 3 * of.number - (2 if named.edge == "first" else 0), of.year)
