"""Recurrences of a group: its days put into the form that the rule language and RFC 5545 have for them."""

from datetime import time
from typing import Literal, NamedTuple

from rules import words
from rules.deadline import Every, MonthDay, Named, OnDay, Period, Unit, Weekday, YearDay
from rules.phrases.frames.groups import Group, On
from rules.phrases.frames.rrules import ending, nth_weekday, rrules
from rules.phrases.items.nouns import OnDays, OnNamed, OnWeekday, Part
from rules.phrases.marks import Impossible, Mark, Stretch, stretch
from rules.phrases.reading import Reading
from rules.wording import Wording

NO_PACE = Wording("không ghi bao lâu một lần", "how often is not stated")
_DAY_OF_QUARTER = Wording("ngày của tháng nào trong kỳ không ghi, lấy tháng cuối kỳ",
                          "which month of the period is not stated; its last is taken")  # fmt: skip
_WEEK_EDGE = Wording(
    "ngày đầu hoặc cuối tuần: chưa rõ là thứ mấy", "the first or last day of a week: which is not said"
)
_SHORT_MONTHS = Wording("có tháng không có ngày này", "some months have no such day")
_NO_DAY = Wording("chỉ ghi tháng hoặc quý trong năm, không ghi ngày", "a month or quarter of the year without a day")
_NOT_EXPRESSED = Wording("quy tắc chưa viết được bằng ngôn ngữ quy tắc", "the rule language cannot say this")
_NINE = Wording("kỳ 9 tháng: hiểu là tháng 9 hằng năm", "nine months, taken as every September")
_NINE_MONTHS = (9, "month")
_SEPTEMBER = YearDay(9, 30)
_LONGEST = {"month": 28, "quarter": 30, "half": 30}
_A_YEAR = 2023
"""Any year without a leap day, in which days of every year are worked out."""
_A_LEAP_YEAR = 2024


class Course(NamedTuple):
    """What all recurrences of a phrase share: the hour, the first and the last period."""

    at: time | None = None
    from_: Period | None = None
    until: Period | None = None


class _Days(NamedTuple):
    """The days of a recurrence, and the unit that can carry them: days of a month of the year need `year`."""

    unit: Unit
    on: tuple[OnDay, ...] = ()
    doubt: Wording | None = None
    rule: str = ""
    """How RFC 5545 says it, where that is plainer than the days."""


def everies(group: Group, course: Course) -> list[Reading]:
    """Return one recurrence for each period that the pace of a group names."""
    beats, doubts = group.beats, list(group.doubts)
    beat = None if beats else _implied(group)
    if not beats and beat is None and not doubts:
        return []
    if beat is not None:
        beats, doubts = (beat,), []
        doubts += [] if group.parts or any(_names_period(on) for on in group.on) else [NO_PACE]
    if not beats:
        return [Reading("recurring", doubts[0], at=course.at, doubts=tuple(doubts))]
    return [_every(group, beat, course, doubts) for beat in beats]


def recurrence(every: Every, *doubts: Wording) -> Reading:
    """Return the reading of a recurrence."""
    hour = f"{every.at:%H:%M} " if every.at else ""
    said = words.recurrence(every)
    why = Wording(f"{hour}{said.vi}", f"{hour}{said.en}")
    return Reading("recurring", why, at=every.at, rrules=rrules(every), deadline=every, doubts=doubts)


def _every(group: Group, beat: tuple[int, Unit], course: Course, doubts: list[Wording]) -> Reading:
    count, unit = beat
    nth = next((on for on in group.on if isinstance(on, OnWeekday) and on.nth > 0), None)
    if nth is not None and unit == "month":
        return _nth(nth, course.at, doubts)
    if beat == _NINE_MONTHS:
        nine = recurrence(Every("year", 1, (_SEPTEMBER,), *course), *doubts)
        return nine._replace(rrules=("FREQ=YEARLY;BYMONTH=9",)).doubting(_NINE)
    days = _days(group, unit)
    unclear = [days.doubt] if days.doubt else []
    every = Every(days.unit, count if days.unit == unit else 1, days.on, *course,
                  _unreported(days.unit), _rounds(days.on, days.unit))  # fmt: skip
    reading = recurrence(every, *doubts, *unclear)
    plainer = _months_only(group) or days.rule
    reading = reading._replace(rrules=(plainer + ending(every),)) if plainer else reading
    return reading.doubting(_NO_DAY if _is_period_only(group) else None)


def _is_period_only(group: Group) -> bool:
    """Say whether only months or quarters of the year are named: `quý IV hằng năm`."""
    return not group.on and any(mark.kind != "day" and not mark.edge for mark in group.marks)


def _months_only(group: Group) -> str:
    """Return the rule of months without a day: `tháng 6 và tháng 12 hằng năm`."""
    months = [mark.number for mark in group.marks if mark.kind == "month" and not mark.edge]
    if not months or len(months) < len(group.marks) or any(isinstance(on, OnDays) for on in group.on):
        return ""
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(set(months))))}"


def _unreported(unit: Unit) -> Literal["close", "carry"]:
    return "close" if unit in ("day", "week") else "carry"


def _rounds(on: tuple[OnDay, ...], unit: Unit) -> bool:
    return any(isinstance(day, MonthDay) and day.day > _LONGEST.get(unit, 31) for day in on)


def _nth(on: OnWeekday, at: time | None, doubts: list[Wording]) -> Reading:
    name_vi = "Chủ nhật" if on.number == 6 else f"thứ {on.number + 2}"
    why = Wording(
        f"{name_vi} lần thứ {on.nth} trong mỗi tháng", f"weekday {on.number + 1}, number {on.nth} of each month"
    )
    return Reading("recurring", why, at=at, rrules=(nth_weekday(on.number, on.nth),), doubts=(*doubts, _NOT_EXPRESSED))


def _names_period(on: On) -> bool:
    return bool(on.unit) if isinstance(on, OnNamed) else isinstance(on, OnWeekday) and on.nth != 0


def _implied(group: Group) -> tuple[int, Unit] | None:
    """Return the pace that the days themselves imply: `ngày 15 tháng cuối quý`, `thứ Sáu`, `ngày cuối tháng`."""
    for part in group.parts:
        return 1, part.unit
    for on in group.on:
        if isinstance(on, OnWeekday):
            return 1, "month" if on.nth else "week"
        if isinstance(on, OnNamed) and on.unit:
            return 1, on.unit
    return None


def _days(group: Group, unit: Unit) -> _Days:
    days = [day for on in group.on if isinstance(on, OnDays) for day in (on.days[-1:] if on.window else on.days)]
    if unit == "week":
        unnamed = any(isinstance(on, OnNamed) for on in group.on)
        weekdays = tuple(Weekday(on.number) for on in group.on if isinstance(on, OnWeekday))
        return _Days(unit, weekdays, _WEEK_EDGE if unnamed else None)
    if unit == "day":
        return _Days(unit, (Named("working day"),) if group.working_days else ())
    yearly = _of_the_year(group.marks, days)
    if yearly:
        return _Days("year", yearly)
    months = _months_of(group.parts, unit)
    if months and days:
        return _Days("year", tuple(_year_day(month, day) for month in months for day in days))
    if days:
        unclear = unit in ("quarter", "half", "year") and not group.parts
        short = unit == "month" and max(days) > _LONGEST[unit]
        doubt = _DAY_OF_QUARTER if unclear else (_SHORT_MONTHS if short else None)
        return _Days(unit, (*(MonthDay(day) for day in days), *_last_too(group, unit)), doubt)
    return _named(group, unit, months)


def _last_too(group: Group, unit: Unit) -> tuple[OnDay, ...]:
    """Return the last day where it stands beside others: `ngày 10, 20 và ngày cuối tháng`."""
    is_last = any(isinstance(on, OnNamed) and on.edge == "last" and on.unit in (None, unit) for on in group.on)
    return (Named("last"),) if is_last else ()


def _of_the_year(marks: list[Mark], days: list[int]) -> tuple[OnDay, ...]:
    found: list[OnDay] = []
    for mark in marks:
        whole = stretch(mark, _A_YEAR) if mark.kind != "day" else _day_of_years(mark, _A_YEAR)
        if mark.kind == "month" and days:
            found += [_year_day(mark.number, day) for day in days]
        else:
            found.append(YearDay(whole.end.month, whole.end.day))
    return tuple(dict.fromkeys(found))


def _year_day(month: int, day: int) -> YearDay:
    """Return a day of every year. Raise Impossible where no year has it (30/02)."""
    _day_of_years(Mark("day", month, day=day), _A_LEAP_YEAR)
    return YearDay(month, day)


def _day_of_years(mark: Mark, year: int) -> Stretch:
    """Return a day of every year as it is in one of them. Raise Impossible, which names no year."""
    try:
        return stretch(mark, year)
    except Impossible:
        if not 1 <= mark.number <= 12:
            raise
        said = f"{mark.day}/{mark.number}"
        raise Impossible(Wording(f"không phải năm nào cũng có ngày {said}", f"not every year has a {said}")) from None


def _months_of(parts: list[Part], unit: Unit) -> tuple[int, ...]:
    """Return the months in which a day lies that is not in the last month of its period."""
    for part in parts:
        if part.which in ("last", "this") or (part.unit == "month" and unit == "month"):
            continue
        if unit == "quarter" or part.unit == "quarter":
            return (2, 5, 8, 11) if part.which == "middle" else (1, 4, 7, 10)
        if unit == "half":
            return (1, 7)
        if unit == "year":
            return (1,)
    return ()


def _named(group: Group, unit: Unit, months: tuple[int, ...]) -> _Days:
    for on in group.on:
        if isinstance(on, OnWeekday) and on.nth == -1:
            return _Days(unit, (Weekday(on.number, last=True),))
        if isinstance(on, OnNamed):
            return _named_day(on, unit, months)
    return _Days(unit)


def _named_day(on: OnNamed, unit: Unit, months: tuple[int, ...]) -> _Days:
    if on.working:
        return _Days(unit, (Named("first working day" if on.edge == "first" else "last working day"),))
    if on.edge == "last" and months:
        ends = tuple(YearDay(month, stretch(Mark("month", month), _A_YEAR).end.day) for month in months)
        return _Days("year", ends, rule=f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY=-1")
    if on.edge == "last":
        return _Days(unit, (Named("last"),))
    if unit in ("month", "quarter", "half"):
        return _Days(unit, (MonthDay(1 if on.edge == "first" else 15),))
    return _Days(unit)
