"""Hours: `17h00`, `9h00' sáng`, `16 giờ 30 phút`, `hết giờ làm việc`; and lengths of time: `05 (năm) ngày làm việc`."""

from dataclasses import replace
from datetime import time

from rules.deadline import Offset, OffsetUnit, Unit
from rules.phrases.cursor import Cursor, Lexicon
from rules.phrases.items.nouns import Hour, Length, Marks, OnNamed, OnWeekday, Word
from rules.phrases.items.numbers import number
from rules.phrases.items.periods import month, quarter, year
from rules.phrases.spelling import known
from rules.wording import Wording

known("giờ phút h g sáng trưa chiều tối")

CLOSING = time(17)
"""When offices close where their province has not said otherwise."""

_ASSUMED = Wording("giờ tan sở lấy là 17h00", "offices are taken to close at 17:00")
_WORKING_DAY = Wording(
    "ngày làm việc đầu hoặc cuối kỳ, cần xem lịch", "the first or last working day: see the calendar"
)
_SEVERAL = Wording("khoảng thời gian ước chừng, lấy số lớn", "a rough length of time; the larger number is taken")
_CLOSINGS = Lexicon(
    dict.fromkeys(
        (
            "hết giờ làm việc", "cuối giờ làm việc", "giờ làm việc", "kết thúc giờ làm việc", "hết giờ hành chính",
            "giờ hành chính", "cuối giờ hành chính", "cuối giờ", "hết giờ", "cuối buổi chiều", "cuối ngày làm việc",
            "hết ngày làm việc", "cuối giờ chiều", "hết giờ làm việc buổi chiều",
        ),
        Hour(CLOSING, _ASSUMED),
    )
)  # fmt: skip
_AFTERNOON = Lexicon({"sáng": 0, "buổi sáng": 0, "trưa": 0, "chiều": 12, "buổi chiều": 12, "tối": 12})
_UNITS: Lexicon[OffsetUnit] = Lexicon(
    {
        "giờ làm việc": "hours",
        "giờ": "hours",
        "tiếng": "hours",
        "giờ đồng hồ": "hours",
        "h": "hours",
        "ngày làm việc": "working days",
        "ngày làm": "working days",
        "nlv": "working days",
        "ngày": "days",
        "tuần": "weeks",
        "tuần lễ": "weeks",
        "tháng": "months",
        "năm": "years",
    }
)
_WORKING_HOURS = Wording("giờ làm việc, không phải giờ liên tục", "working hours, not hours on end")
_COUNTED_FROM = frozenset({"kể", "sau", "tính", "từ", "trước", "nếu", "đồng", "làm", "tiếng"})


def clock(cursor: Cursor) -> Hour | None:
    """Take an hour of the day in figures, with its minutes and its part of the day."""
    start = cursor.at
    hours = cursor.take_number(0, 24)
    if hours is None:
        return None
    sign = cursor.take_any(("h", "giờ", "g", ":"))
    minutes_here = cursor.here.glued or sign == "giờ"
    minutes = cursor.take_number(0, 59) if sign and minutes_here else None
    if not sign or (sign == ":" and minutes is None) or (sign == "g" and minutes is None):
        return _back(cursor, start)
    if sign in ("giờ", "h") and minutes is None and cursor.key in _COUNTED_FROM and not _is_clock(cursor):
        return _back(cursor, start)
    cursor.take_any(("phút", "'", '"', "p"))
    cursor.take("'")
    afternoon = _AFTERNOON.take(cursor)
    if afternoon and hours < 12:
        hours += afternoon
    cursor.take("00")
    if hours == 24:
        return Hour(None)
    return Hour(time(hours, minutes or 0))


def _is_clock(cursor: Cursor) -> bool:
    return (cursor.key == "sau" and cursor.ahead(1) == "đó") or cursor.behind(3) in ("trước", "nhất", "lúc", "vào")


def closing(cursor: Cursor) -> Hour | None:
    """Take the end of the working day."""
    return _CLOSINGS.take(cursor)


def length(cursor: Cursor) -> Length | None:
    """Take a number and its unit of time."""
    start = cursor.at
    if cursor.take("nửa", "tháng"):
        return Length(Offset(15, "days"))
    count = number(cursor, 1, 9_999)
    if count is None:
        return None
    doubt = None
    here = cursor.at
    if cursor.take_any(("-", "đến")):
        more = number(cursor, 1, 9_999)
        if more is None or more <= count:
            cursor.back(here)
        else:
            count, doubt = more, _SEVERAL
    unit_at = cursor.at
    unit = _UNITS.take(cursor)
    if unit is None:
        return _back(cursor, start)
    if unit == "hours" and cursor.keys[unit_at + 1 : cursor.at] == ["làm", "việc"]:
        doubt = _WORKING_HOURS
    cursor.take("(")
    if cursor.take("làm", "việc") or cursor.take("ngày", "làm", "việc"):
        unit = "working days" if unit == "days" else unit
        cursor.take(")")
    elif cursor.behind() == "(":
        cursor.at -= 1
    if unit == "weeks":
        count, unit = 7 * count, "days"
    return Length(Offset(count, unit), doubt)


_NEXT_DAY = Lexicon(
    {
        "ngày làm việc tiếp theo": Length(Offset(1, "working days")),
        "ngày làm việc kế tiếp": Length(Offset(1, "working days")),
        "ngày làm việc sau": Length(Offset(1, "working days")),
    }
)


def next_day(cursor: Cursor) -> Length | None:
    """Take `ngày làm việc tiếp theo`."""
    return _NEXT_DAY.take(cursor)


WEEKDAYS = Lexicon(
    {
        f"{intro}{name}": n
        for n, names in enumerate((("hai",), ("ba",), ("tư", "bốn"), ("năm",), ("sáu",), ("bảy",)))
        for name in names
        for intro in ("thứ ", "ngày thứ ")
    }
    | {"chủ nhật": 6, "ngày chủ nhật": 6}
)
_NTH = Lexicon(
    {
        "đầu tiên": 1, "đầu": 1, "tuần đầu": 1, "tuần đầu tiên": 1, "cuối cùng": -1, "cuối": -1, "tuần cuối": -1,
        "tuần cuối cùng": -1, "tuần thứ nhất": 1, "tuần thứ hai": 2, "tuần thứ ba": 3, "tuần thứ tư": 4,
        "của tuần đầu": 1, "của tuần đầu tiên": 1, "của tuần cuối": -1, "của tuần cuối cùng": -1, "tuần thứ hai": 2,
        "thứ nhất": 1, "thứ hai": 2,
    }
)  # fmt: skip
_OF_MONTH = Lexicon(dict.fromkeys(("của tháng", "trong tháng", "của mỗi tháng", "mỗi tháng", "hằng tháng", "tháng",
                                   "của hằng tháng"), "month"))  # fmt: skip


def weekday(cursor: Cursor) -> OnWeekday | Word | None:
    """Take `thứ Sáu`, `thứ 6`, `thứ Hai đầu tiên của tháng`; `lần thứ hai` is none."""
    start = cursor.at
    found = WEEKDAYS.take(cursor)
    if found is None:
        cursor.take("ngày")
        if not cursor.take("thứ"):
            return _back(cursor, start)
        counted = cursor.take_number(2, 7)
        if counted is None:
            return _back(cursor, start)
        found = counted - 2
    if cursor.tokens[start - 1 if start else 0].key == "lần" and start:
        return Word(known=False)
    here = cursor.at
    nth = _NTH.take(cursor) or _nth_week(cursor)
    if nth is None:
        return OnWeekday(found)
    of_month = cursor.at
    if _OF_MONTH.take(cursor) is None:
        cursor.back(here)
        return OnWeekday(found)
    if cursor.keys[cursor.at - 2] in ("hằng", "mỗi") or cursor.keys[of_month] in ("hằng", "mỗi"):
        # The pace is an item of its own.
        cursor.back(of_month + (cursor.keys[of_month] == "của"))
    return OnWeekday(found, nth)


def _nth_week(cursor: Cursor) -> int | None:
    here = cursor.at
    cursor.take("của")
    if cursor.take("tuần"):
        cursor.take("thứ")
        found = cursor.take_number(1, 4)
        if found is not None:
            return found
    cursor.back(here)
    return None


_NAMED = Lexicon(
    {
        "ngày làm việc cuối cùng": OnNamed("last", working=True),
        "ngày làm việc cuối": OnNamed("last", working=True),
        "ngày làm việc đầu tiên": OnNamed("first", working=True),
        "ngày làm việc đầu": OnNamed("first", working=True),
        "ngày cuối cùng": OnNamed("last"),
        "ngày cuối": OnNamed("last"),
        "ngày đầu tiên": OnNamed("first"),
        "ngày đầu": OnNamed("first"),
        "ngày cuối tháng": OnNamed("last", unit="month"),
        "ngày cuối quý": OnNamed("last", unit="quarter"),
        "ngày cuối cùng tháng": OnNamed("last", unit="month"),
        "ngày đầu tháng": OnNamed("first", unit="month"),
    }
)


_PERIODS = {"tháng": month, "quý": quarter, "năm": year}
_UNITS_OF_PERIODS: dict[str, Unit] = {"tháng": "month", "quý": "quarter", "năm": "year", "tuần": "week"}


def named_day(cursor: Cursor) -> OnNamed | Marks | None:
    """Take `ngày làm việc cuối cùng`, `ngày cuối tháng`; of a named period it is a day: `ngày cuối của tháng 9/2026`."""
    found = _NAMED.take(cursor)
    if found is None or found.unit is not None:
        return found
    here = cursor.at
    cursor.take("của")
    of = _PERIODS[cursor.key](cursor) if cursor.key in _PERIODS else None
    if isinstance(of, Marks) and of.marks[0].number:
        mark = replace(of.marks[-1], edge=found.edge, doubt=_WORKING_DAY if found.working else None)
        return Marks((mark,))
    cursor.back(here)
    cursor.take("của")
    unit = _UNITS_OF_PERIODS.get(cursor.key)
    if unit and cursor.ahead(1) not in ("đầu", "cuối", "sau", "tiếp", "kế", "liền", "thứ"):
        cursor.at += 1
        return found._replace(unit=unit)
    cursor.back(here)
    return found


def _back(cursor: Cursor, at: int) -> None:
    cursor.back(at)
