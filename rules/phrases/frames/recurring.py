"""The recurring frame: paces with the days, hours and bounds beside them: `trước ngày 25 hằng tháng`."""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Literal

from rules import words
from rules.deadline import Every, MonthDay, Named, OnDay, Period, Unit, Weekday, YearDay
from rules.phrases.frames.clause import Clause
from rules.phrases.frames.dated import impossible
from rules.phrases.frames.rrules import nth_weekday, rrules
from rules.phrases.items.nouns import (
    Bound,
    Break,
    Ending,
    Found,
    Hour,
    Item,
    Length,
    Marks,
    OnDays,
    OnNamed,
    OnWeekday,
    Pace,
    Part,
    Standing,
    Trigger,
)
from rules.phrases.marks import Impossible, Mark, has_year, stretch
from rules.phrases.reading import Reading
from rules.wording import Wording

_DAY_OF_QUARTER = Wording("ngày của tháng nào trong kỳ không ghi, lấy tháng cuối kỳ",
                          "which month of the period is not stated; its last is taken")  # fmt: skip
_NO_PACE = Wording("không ghi bao lâu một lần", "how often is not stated")
_WORKING_DAYS_AFTER = Wording("ngày làm việc tính từ cuối kỳ: cần chọn ngày", "working days from the end of a period")
_NOT_EXPRESSED = Wording("quy tắc chưa viết được bằng ngôn ngữ quy tắc", "the rule language cannot say this")
_AND_ON_REQUEST = Wording(", và khi có yêu cầu", ", and on request")
_NINE_MONTHS = (9, "month")


@dataclass(slots=True)
class _Group:
    """One pace and what stands with it."""

    beats: tuple[tuple[int, Unit], ...] = ()
    on: list[OnDays | OnWeekday | OnNamed] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    doubts: list[Wording] = field(default_factory=list)
    working_days: bool = False


def is_recurring(clause: Clause) -> bool:
    """Say whether something in the clause speaks of a recurrence; with a date, a weekday or `báo cáo năm` does not."""
    items = [found.item for found in clause.found]
    paces = [
        item for n, item in enumerate(items) if isinstance(item, Pace) and not (n and isinstance(items[n - 1], Length))
    ]
    has_day = any(isinstance(item, Marks) and item.marks[0].kind == "day" for item in items)
    if any(not pace.weak and pace.beats for pace in paces) or any(isinstance(item, Ending) for item in items):
        return True
    if has_day:
        return False
    in_month = any(isinstance(item, Part) for item in items) and any(
        isinstance(item, OnDays | OnNamed) for item in items
    )
    return bool(paces) or in_month or any(isinstance(item, OnWeekday | OnNamed) for item in items)


def recurring(clause: Clause) -> Reading:
    """Return the recurrence that a clause states; several paces become its parts."""
    until_trigger = clause.first(Trigger)
    ending = next(clause.all(Ending), None)
    on_request = any(item.kind == "request" for item in clause.all(Standing))
    if ending is not None:
        length = next(clause.all(Length), None)
        if length is not None or not any(clause.all(Pace)):
            return _after_ending(ending, length)
    elif until_trigger is not None:
        clause, on_request = clause.part(0, until_trigger), True
    hour = next(clause.all(Hour), None)
    at = hour.at if hour else None
    try:
        from_, until = _bounds(clause)
        found = [one for group in _groups(clause) for one in _everies(group, at, from_, until)]
    except Impossible as fault:
        return impossible(fault.reason)
    if not found:
        return Reading("recurring", _NO_PACE, at=at, doubts=(_NO_PACE,))
    reading = _together(found, at)
    if on_request:
        reading = replace(reading, why=Wording(*map("".join, zip(reading.why, _AND_ON_REQUEST, strict=True))))
    return reading.doubting(hour.doubt if hour else None)


def _together(found: list[Reading], at: time | None) -> Reading:
    if len(found) == 1:
        return found[0]
    return Reading(
        "recurring",
        words.joined([one.why for one in found]),
        at=at,
        rrules=tuple(dict.fromkeys(rule for one in found for rule in one.rrules)),
        parts=tuple(found),
        doubts=tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts)),
    )


def _groups(clause: Clause) -> list[_Group]:
    """Return the paces with what belongs to each: what stands before them when the first pace comes last, else after."""
    items = [found.item for found in clause.found]
    paces = _strongest([(index, item) for index, item in enumerate(items) if isinstance(item, Pace)], items)
    if not paces:
        return [_filled(_Group(), clause.found)]
    first_on = next((n for n, item in enumerate(items) if isinstance(item, OnDays | OnWeekday | OnNamed | Part)
                     or (isinstance(item, Marks) and not has_year(item.marks[0]))), len(items))  # fmt: skip
    if first_on < paces[0]:
        edges = [0, *(pace + 1 for pace in paces[:-1]), len(items)]
    else:
        edges = [0, *paces[1:], len(items)]
    groups = []
    for pace, (begin, end) in zip(paces, zip(edges, edges[1:], strict=False), strict=True):
        item = items[pace]
        assert isinstance(item, Pace)
        group = _Group(item.beats, doubts=[item.doubt] if item.doubt else [], working_days=item.working_days)
        groups.append(_filled(group, clause.found[begin:end]))
    return groups


def _strongest(paces: list[tuple[int, Pace]], items: list[Item]) -> list[int]:
    """Return where the paces stand that count: `định kỳ` adds nothing to `hằng tháng`, nor `báo cáo năm` to a day."""
    stated = [(index, pace) for index, pace in paces if pace.beats] or paces
    has_day = any(isinstance(item, OnDays | OnWeekday | OnNamed) for item in items) or any(
        isinstance(item, Marks) and not has_year(item.marks[0]) for item in items
    )
    strong = [(index, pace) for index, pace in stated if not pace.weak]
    chosen = strong if strong and has_day else stated
    unique: dict[tuple[tuple[int, Unit], ...], int] = {}
    for index, pace in chosen:
        unique[pace.beats] = index
    return sorted(unique.values())


def _filled(group: _Group, found: tuple[Found, ...]) -> _Group:
    for at, one in enumerate(found):
        match one.item:
            case OnDays() as on if at and found[at - 1].item in (Bound("to"), Break("-")) and group.on:
                group.on[-1] = on
            case OnDays() | OnWeekday() | OnNamed() as on:
                group.on.append(on)
            case Part() as part:
                group.parts.append(part)
            case Marks(marks=marks) if not has_year(marks[0]):
                group.marks += marks if not one.item.is_range else marks[-1:]
            case _:
                pass
    return group


def _bounds(clause: Clause) -> tuple[Period | None, Period | None]:
    """Return the first and last period of a recurrence, from the marks that have a year."""
    from_: Period | None = None
    until: Period | None = None
    bound = None
    for found in clause.found:
        item = found.item
        if isinstance(item, Bound):
            bound = item.kind
        elif isinstance(item, Marks) and has_year(item.marks[0]):
            first = stretch(item.marks[0], clause.context.year)
            last = stretch(item.marks[-1], clause.context.year)
            if bound not in ("by", "to", "before") and from_ is None:
                from_ = first.period
            if bound != "from":
                until = last.until or last.period
            bound = None
    return from_, until


def _everies(group: _Group, at: time | None, from_: Period | None, until: Period | None) -> list[Reading]:
    beats = group.beats
    doubts = list(group.doubts)
    if not beats and not group.doubts:
        beat = _implied(group)
        if beat is None:
            return []
        beats = (beat,)
        doubts += [] if group.parts or (group.on and getattr(group.on[0], "unit", None)) else [_NO_PACE]
    if not beats:
        return [Reading("recurring", doubts[0], at=at, doubts=tuple(doubts))]
    found = []
    for count, unit in beats:
        nth = [on for on in group.on if isinstance(on, OnWeekday) and on.nth > 0]
        if nth and unit == "month":
            found.append(_nth(nth[0], at, doubts))
            continue
        if (count, unit) == _NINE_MONTHS:
            every = Every("year", 1, (YearDay(9, 30),), at, from_, until)
        else:
            unit_, on, unclear = _on(group, unit)
            every = Every(
                unit_, count if unit_ == unit else 1, on, at, from_, until, _unreported(unit_), _rounds(on, unit_)
            )
            doubts = [*doubts, *unclear]
        reading = _reading(every, doubts)
        found.append(replace(reading, rrules=_of_months_only(group, every) or reading.rrules))
    return found


def _of_months_only(group: _Group, every: Every) -> tuple[str, ...]:
    """Return the rule of months without a day: `tháng 6 và tháng 12 hằng năm`, `9 tháng`."""
    if every.on == (YearDay(9, 30),) and _NINE_MONTHS in group.beats:
        return ("FREQ=YEARLY;BYMONTH=9",)
    months = [mark.number for mark in group.marks if mark.kind == "month" and not mark.edge]
    if not months or len(months) < len(group.marks) or any(isinstance(on, OnDays) for on in group.on):
        return ()
    return (f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(months)))}",)


def _unreported(unit: Unit) -> Literal["close", "carry"]:
    return "close" if unit in ("day", "week") else "carry"


def _rounds(on: tuple[OnDay, ...], unit: Unit) -> bool:
    most = {"month": 28, "quarter": 30, "half": 30}.get(unit, 31)
    return any(isinstance(day, MonthDay) and day.day > most for day in on)


def _reading(every: Every, doubts: list[Wording]) -> Reading:
    hour = f"{every.at:%H:%M} " if every.at else ""
    said = words.recurrence(every)
    why = Wording(f"{hour}{said.vi}", f"{hour}{said.en}")
    return Reading("recurring", why, at=every.at, rrules=rrules(every), deadline=every, doubts=tuple(doubts))


def _nth(on: OnWeekday, at: time | None, doubts: list[Wording]) -> Reading:
    why = Wording(
        f"thứ {on.number + 2} lần {on.nth} trong tháng", f"weekday {on.number + 1}, number {on.nth} of the month"
    )
    return Reading("recurring", why, at=at, rrules=(nth_weekday(on.number, on.nth),), doubts=(*doubts, _NOT_EXPRESSED))


def _implied(group: _Group) -> tuple[int, Unit] | None:
    """Return the pace that the days themselves imply: `ngày 15 tháng cuối quý`, `thứ Sáu`, `ngày cuối tháng`."""
    for part in group.parts:
        return 1, part.unit
    for on in group.on:
        if isinstance(on, OnWeekday):
            return 1, "month" if on.nth else "week"
        if isinstance(on, OnNamed) and on.unit:
            return 1, on.unit
    return None


def _on(group: _Group, unit: Unit) -> tuple[Unit, tuple[OnDay, ...], list[Wording]]:
    """Return the days of a recurrence, and the unit that can carry them: days of a month of the year need `year`."""
    days = [day for on in group.on if isinstance(on, OnDays) for day in (on.days[-1:] if on.window else on.days)]
    if unit == "week":
        return unit, tuple(Weekday(on.number) for on in group.on if isinstance(on, OnWeekday)), []
    if unit == "day":
        return unit, (Named("working day"),) if group.working_days else (), []
    yearly = _of_the_year(group.marks, days)
    if yearly:
        return "year", yearly, []
    months = _months_of(group.parts, unit)
    if months and days:
        return "year", tuple(YearDay(month, day) for month in months for day in days), []
    if days:
        unclear = unit in ("quarter", "year") and not group.parts
        return unit, tuple(MonthDay(day) for day in days), [_DAY_OF_QUARTER] if unclear else []
    return unit, _named(group, unit, months), []


def _of_the_year(marks: list[Mark], days: list[int]) -> tuple[OnDay, ...]:
    found: list[OnDay] = []
    for mark in marks:
        whole = stretch(mark, 2023)
        if mark.kind == "month" and days:
            found += [YearDay(mark.number, day) for day in days]
        else:
            found.append(YearDay(whole.end.month, whole.end.day))
    return tuple(dict.fromkeys(found))


def _months_of(parts: list[Part], unit: Unit) -> tuple[int, ...]:
    """Return the months in which a day lies that is not in the last month of its period."""
    for part in parts:
        if part.which in ("last", "this") or (part.unit == "month" and unit == "month"):
            continue
        if unit == "quarter" or part.unit == "quarter":
            return (2, 5, 8, 11) if part.which == "middle" else (1, 4, 7, 10)
        if unit == "half":
            return (1, 7)
    return ()


def _named(group: _Group, unit: Unit, months: tuple[int, ...]) -> tuple[OnDay, ...]:
    for on in group.on:
        if isinstance(on, OnNamed):
            if on.working:
                return (Named("first working day" if on.edge == "first" else "last working day"),)
            if on.edge == "last":
                return (Named("last"),)
            if unit in ("month", "quarter", "half"):
                return (MonthDay(1 if on.edge == "first" else 15),)
        if isinstance(on, OnWeekday) and on.nth == -1:
            return (Weekday(on.number, last=True),)
    return ()


def _after_ending(ending: Ending, length: Length | None) -> Reading:
    """Return what falls due so many days after the end of every period."""
    unit = ending.unit
    if length is None:
        return _reading(Every(unit, on=(Named("last"),)), [])
    offset = length.offset
    days = offset.count * {"days": 1, "working days": 1, "weeks": 7}.get(offset.unit, 30)
    ends = {"month": range(1, 13), "quarter": (3, 6, 9, 12), "half": (6, 12), "year": (12,)}.get(unit, (12,))
    if unit == "month" and days <= 28:
        every = Every("month", on=(MonthDay(days),))
    else:
        due = [_end_of_month(month) + timedelta(days=days) for month in ends]
        every = Every("year", on=tuple(YearDay(day.month, day.day) for day in sorted(due, key=lambda day: day.month)))
    reading = _reading(every, [_WORKING_DAYS_AFTER] if offset.unit != "days" else [])
    said = Wording(f"{words.offset(offset).vi} sau khi kết thúc kỳ: {reading.why.vi}",
                   f"{words.offset(offset).en} after the period ends: {reading.why.en}")  # fmt: skip
    return replace(reading, why=said, offset=None)


def _end_of_month(month: int) -> date:
    return date(2023 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
