"""From text to the small values of the language: lengths of time, hours, rhythms and their days, rung times."""

import re
from datetime import time
from typing import get_args

from rules.deadline import MonthDay, Named, Offset, OffsetUnit, OnDay, Unit, Weekday, YearDay
from rules.ladder import RungTime
from rules.load.mistake import Mistake, did_you_mean, is_no, nearest, quoted, suggestion
from rules.load.names import without_marks
from rules.load.periods import days_of_month, not_existing
from rules.wording import NOTHING, Wording, same

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS: tuple[Unit, ...] = get_args(Unit)
# No length reaches further than the years the language knows.
_MOST: dict[OffsetUnit, int] = {
    "hours": 876_000,
    "days": 36_500,
    "working days": 25_000,
    "weeks": 5_200,
    "months": 1_200,
    "years": 100,
}
_SINGULAR: dict[str, OffsetUnit] = {unit.removesuffix("s"): unit for unit in _MOST}
_PLURAL: dict[str, OffsetUnit] = {unit: unit for unit in _MOST}
_FOREIGN_UNITS = {
    "business days": "working days",
    "workdays": "working days",
    "ngày làm việc": "working days",
    "ngày": "days",
    "giờ": "hours",
    "tuần": "weeks",
    "tháng": "months",
    "năm": "years",
    "h": "hours",
    "d": "days",
    "w": "weeks",
}
_VIETNAMESE_WEEKDAYS = {name: n for n, name in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))} | {
    str(n + 2): n for n in range(6)
}
_NAMED = {
    "last": Named("last"),
    "last working day": Named("last working day"),
    "first working day": Named("first working day"),
    "working day": Named("working day"),
}
_FOREIGN_PACES = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_FOREIGN_STAGES = {"before": "before", "ahead": "before", "late": "late", "after": "late", "overdue": "late"}
_LENGTH = Wording("khoảng thời gian", "length of time")
_LENGTHS = Wording(
    "30 days, 15 working days, 24 hours, 2 weeks, 3 months hoặc 1 year",
    "30 days, 15 working days, 24 hours, 2 weeks, 3 months or 1 year",
)
_DAY_OF_A_MONTH = Wording("ngày trong tháng", "day of a month")
_DAYS_OF_A_MONTH = Wording("1 đến 31, hoặc last", "1 to 31, or last")
_ON_FORMS = same("friday, 25, last, last working day, first working day, last friday, working day, 06-20")


def parse_offset(value: object) -> Offset:
    """Return the length of time that a text names; raise Mistake."""
    if type(value) is int:
        near = suggestion(f"{value} days")
        said = Wording(
            f"{quoted(value)} không có đơn vị thời gian; được ghi: {_LENGTHS.vi}{near.vi}",
            f"{quoted(value)} has no unit; accepted: {_LENGTHS.en}{near.en}",
        )
        raise Mistake(said)
    match = re.fullmatch(r"([+-]?\d{1,9}(?:[.,]\d+)?) ?(.+)", value, re.ASCII) if isinstance(value, str) else None
    if match is None:
        raise Mistake(is_no(value, _LENGTH, _LENGTHS))
    number, name = match[1], match[2].lower()
    unit = _PLURAL.get(match[2]) or _SINGULAR.get(match[2])
    if unit is None or value != f"{number} {match[2]}":
        raise Mistake(is_no(value, _LENGTH, _LENGTHS, _near_length(number, _FOREIGN_UNITS.get(name, name))))
    if not number.isdecimal() or not 1 <= int(number) <= _MOST[unit]:
        said = Wording(
            f"{quoted(value)}: số phải là số nguyên từ 1 đến {_MOST[unit]}",
            f"{quoted(value)}: the number is a whole one from 1 to {_MOST[unit]}",
        )
        raise Mistake(said)
    return Offset(int(number), unit)


def parse_short_offset(value: object) -> Offset:
    """Return a length of time in hours, days, working days or weeks; raise Mistake."""
    offset = parse_offset(value)
    if offset.unit in ("months", "years"):
        said = Wording(
            f"{quoted(value)}: ở đây được ghi hours, days, working days và weeks",
            f"{quoted(value)}: accepted here are hours, days, working days and weeks",
        )
        raise Mistake(said)
    return offset


def parse_rung_time(value: object) -> RungTime:
    """Return when a rung is owed; raise Mistake."""
    if value == "due":
        return RungTime("due")
    length, _, stage = value.rpartition(" ") if isinstance(value, str) else ("", "", "")
    if not length.isdecimal() and stage == "before":
        return RungTime("before", parse_short_offset(length))
    if not length.isdecimal() and stage == "late":
        return RungTime("late", parse_short_offset(length))
    accepted = Wording(
        "due, hoặc '14 days before', '1 working day late'", "due, or '14 days before', '1 working day late'"
    )
    what = Wording("thời điểm của một bậc", "time of a rung")
    raise Mistake(is_no(value, what, accepted, _near_rung_time(value, length, stage)))


def _near_rung_time(value: object, length: str, stage: str) -> Wording:
    near = _FOREIGN_STAGES.get(stage.lower())
    if near is None:
        return did_you_mean(value, ["due"])
    return suggestion(f"{length} days {near}" if length.isdecimal() else f"{length} {near}")


def parse_time(value: object) -> time:
    """Return the hour of the day; raise Mistake."""
    text = str(value)
    match = re.fullmatch(r"(\d{2}):(\d{2})", text, re.ASCII) if isinstance(value, str) else None
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    loose = re.fullmatch(r"(\d{1,2})(?:[:hH.]?(\d{2})?)", text, re.ASCII)
    near = f"{loose[1]:0>2}:{loose[2] or '00'}" if loose and int(loose[1]) < 24 else None
    hint = suggestion(near if near != text else None)
    if text == "24:00":
        hint = Wording("; không ghi `at` thì ngày đến hạn kết thúc lúc 24:00", "; a due day ends at 24:00 without `at`")
    accepted = Wording('"00:00" đến "23:59"', '"00:00" to "23:59"')
    raise Mistake(is_no(value, Wording("giờ trong ngày", "hour of the day"), accepted, hint))


def parse_pace(value: object) -> tuple[int, Unit]:
    """Return how many of which unit lie between two occurrences; raise Mistake."""
    match = re.fullmatch(r"(?:(\d{1,4}) )?([a-z]+)", value, re.ASCII) if isinstance(value, str) else None
    if match:
        count = int(match[1] or 1)
        name = match[2].removesuffix("s") if match[1] else match[2]
        unit = _unit(name)
        if unit and count >= 1:
            return count, unit
    accepted = Wording(
        "day, week, month, quarter, half, year, hoặc có con số đứng trước, như '2 weeks'",
        "day, week, month, quarter, half, year, or a number of them ('2 weeks')",
    )
    raise Mistake(is_no(value, Wording("nhịp định kỳ", "rhythm"), accepted, _near_pace(str(value).lower())))


def parse_on(value: object) -> OnDay:
    """Return the day of a rhythm, without looking at the rhythm; raise Mistake."""
    if type(value) is int:
        if 1 <= value <= 31:
            return MonthDay(value)
        raise Mistake(is_no(value, _DAY_OF_A_MONTH, _DAYS_OF_A_MONTH))
    if isinstance(value, str):
        if value in _NAMED:
            return _NAMED[value]
        last, _, weekday = value.rpartition(" ")
        if weekday in WEEKDAYS and last in ("", "last"):
            return Weekday(WEEKDAYS.index(weekday), last=last == "last")
        if match := re.fullmatch(r"(\d{2})-(\d{2})", value, re.ASCII):
            return _year_day(value, int(match[1]), int(match[2]))
        if re.fullmatch(r"\d+", value, re.ASCII):
            raise Mistake(is_no(value, _DAY_OF_A_MONTH, _DAYS_OF_A_MONTH, _near_number(value)))
    raise Mistake(is_no(value, Wording("ngày của một kỳ", "day of a rhythm"), _ON_FORMS, _near_on(value)))


def parse_weekday(value: object) -> int:
    """Return the number of the weekday, 0 is Monday; raise Mistake."""
    if isinstance(value, str) and value in WEEKDAYS:
        return WEEKDAYS.index(value)
    near = suggestion(_in_english(value) or nearest(value, WEEKDAYS))
    raise Mistake(is_no(value, Wording("thứ trong tuần", "weekday"), same(", ".join(WEEKDAYS)), near))


def _in_english(value: object) -> str | None:
    """Return the weekday that a text names in Vietnamese, with or without marks: `thứ sáu`, `thu 6`, `T6`, `CN`."""
    plain = without_marks(str(value))
    if plain in ("chu nhat", "chunhat", "cn"):
        return "sunday"
    match = re.fullmatch(r"(?:thu|t)[ .-]*(\w+)", plain)
    number = _VIETNAMESE_WEEKDAYS.get(match[1]) if match else None
    return None if number is None else WEEKDAYS[number]


def _unit(name: str) -> Unit | None:
    singular = "half" if name == "halve" else name
    return next((unit for unit in UNITS if unit == singular), None)


def _near_pace(text: str) -> Wording:
    number = re.match(r"\d{0,4}", text, re.ASCII)
    count = number[0] if number else ""
    near = _FOREIGN_PACES.get(text) or nearest(text.removeprefix(count), UNITS)
    if near is None or int(count or 1) < 2:
        return suggestion(near)
    return suggestion(f"{count} {'halves' if near == 'half' else near + 's'}")


def _near_length(number: str, unit: str) -> Wording:
    digits = number if number.isdecimal() else None
    near = nearest(unit, _MOST)
    return suggestion(f"{int(digits)} {near}") if digits and near else NOTHING


def _year_day(text: str, month: int, day: int) -> YearDay:
    if not 1 <= month <= 12:
        said = Wording(
            f"{quoted(text)}: không có tháng {month:02}; được ghi: tháng-ngày, như 06-20",
            f"{quoted(text)}: there is no month {month:02}; accepted: month-day, as in 06-20",
        )
        raise Mistake(said)
    # 2024 is a leap year: 02-29 exists in some years, and `rounding` says what the others do.
    most = days_of_month(2024, month)
    if not 1 <= day <= most:
        raise Mistake(not_existing(text, Wording(f"tháng {month:02}", f"month {month:02}"), most))
    return YearDay(month, day)


def _near_number(digits: str) -> Wording:
    number = digits.lstrip("0")
    if len(number) > 2 or not 1 <= int(number or 0) <= 31:
        return NOTHING
    if digits != number:
        return Wording(f"; hãy ghi {number}", f"; write {number}")
    return Wording(f"; hãy ghi {number}, không có dấu ngoặc", f"; write {number} without quotes")


def _near_on(value: object) -> Wording:
    text = str(value).lower()
    if match := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})", text, re.ASCII):
        # With a hyphen the month comes first, as in a date; 20/6 is written the day first.
        month, day = (match[1], match[3]) if match[2] == "-" else (match[3], match[1])
        return suggestion(f"{month:0>2}-{day:0>2}")
    known = [*_NAMED, *WEEKDAYS, *(f"last {day}" for day in WEEKDAYS)]
    return suggestion(_in_english(value) or nearest(text, known))
