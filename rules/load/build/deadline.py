"""From the shape of a deadline to the Deadline, with the checks that need more than one of its values."""

from datetime import date, time
from typing import Literal

from rules.deadline import (
    After,
    AheadOf,
    Before,
    Continuous,
    Deadline,
    Every,
    MonthDay,
    Named,
    Offset,
    OnDay,
    Period,
    SetBy,
    Span,
    Unit,
    Weekday,
    Within,
    YearDay,
    unreported_by_default,
)
from rules.load.mistake import quoted, shown
from rules.load.place import Faults, Place
from rules.load.shapes.deadline import (
    AfterShape,
    AheadShape,
    BeforeShape,
    ByShape,
    ContinuousShape,
    DeadlineShape,
    EveryShape,
    SetByShape,
    SpanShape,
)
from rules.recurrence import following
from rules.steps import steps_of, walk
from rules.term import TermContext
from rules.wording import Wording

RHYTHM_UNITS: dict[Unit, str] = {
    "day": "ngày",
    "week": "tuần",
    "month": "tháng",
    "quarter": "quý",
    "half": "nửa năm",
    "year": "năm",
}
"""What the units of a rhythm are called in Vietnamese."""
_DAYS = "last, last working day, first working day, last friday"
_OF_A_MONTH = Wording(f"1 đến 31, {_DAYS}", f"1 to 31, {_DAYS}")
_FITTING: dict[Unit, Wording] = {
    "day": Wording("working day, hoặc bỏ khóa on", "nothing, or working day"),
    "week": Wording("thứ trong tuần, như friday hoặc [monday, friday]", "weekdays, as in friday or [monday, friday]"),
    "month": _OF_A_MONTH,
    "quarter": _OF_A_MONTH,
    "half": _OF_A_MONTH,
    "year": Wording(f"06-20, {_OF_A_MONTH.vi}", f"06-20, {_OF_A_MONTH.en}"),
}
END_OF_CENTURY = date(2099, 12, 31)
# The days that every month has on which such a recurrence can fall: of the quarters' last months June is the shortest.
_EVERY_MONTH_HAS: dict[Unit, int] = {"month": 28, "quarter": 30, "half": 30, "year": 31}


def deadline(shape: DeadlineShape, place: Place, faults: Faults) -> Deadline:
    """Return the deadline; whether its event exists is checked by the caller."""
    match shape:
        case Period():
            return Within(shape)
        case ByShape(by=period, at=at):
            return Within(period, at)
        case "continuous":
            return Continuous()
        case ContinuousShape(review=review):
            return Continuous(_review(review, place / "review", faults))
        case EveryShape():
            return every(shape, place, faults)
        case SetByShape(set_by=text):
            return SetBy(text)
        case _:
            return _bounded(shape, place, faults)


def _bounded(shape: BeforeShape | SpanShape | AfterShape | AheadShape, place: Place, faults: Faults) -> Deadline:
    match shape:
        case BeforeShape(before=period, at=at):
            if at and period.kind != "day":
                said = Wording(
                    f"giờ đi với một ngày, không đi với {quoted(period.text)}; ghi rõ ngày",
                    f"an hour goes with a day, not with {quoted(period.text)}; name the day",
                )
                faults.at(place / "at", said)
            return Before(period, at)
        case SpanShape(from_=start, by=end, at=at):
            _check_span(start, end, place / "by", faults)
            return Span(start, end, at)
        case AfterShape(after=event, within=length, at=at):
            _check_hour(length, at, place / "at", faults)
            return After(event, length, at)
        case AheadShape(ahead_of=event, by=length, at=at):
            _check_hour(length, at, place / "at", faults)
            return AheadOf(event, length, at)


def event_of(found: Deadline) -> tuple[str, Literal["after", "ahead_of"]] | None:
    """Return the event that a deadline waits for, with the key it stands under."""
    match found:
        case After(event=event):
            return event, "after"
        case AheadOf(event=event):
            return event, "ahead_of"
        case _:
            return None


def every(shape: EveryShape, place: Place, faults: Faults) -> Every:
    """Return the recurrence."""
    count, unit = shape.every
    is_rounded = shape.rounding is not None or place.incomplete("rounding", "from", "until")
    for index, day in enumerate(shape.on):
        _check_on(day, shape, place / "on" / index, faults, is_rounded=is_rounded)
    if shape.from_ and shape.until and shape.until.end < shape.from_.start:
        said = Wording(
            f"{quoted(shape.until.text)} kết thúc trước khi from: {shape.from_.text} bắt đầu",
            f"{quoted(shape.until.text)} ends before from: {shape.from_.text} begins",
        )
        faults.at(place / "until", said)
    return Every(
        unit=unit,
        count=count,
        on=shape.on,
        at=shape.at,
        from_=shape.from_,
        until=shape.until,
        if_unreported=shape.if_unreported or unreported_by_default(unit),
        rounding=shape.rounding is not None,
    )


def check_occurs(every: Every, context: TermContext, place: Place, faults: Faults) -> None:
    """Add a problem for a recurrence that ends before it falls due for the first time."""
    start, period = every.from_ or context.period, every.until or context.period
    first, last = start.start if start else context.issued, period.end if period else None
    if not every.from_ and first and context.issued:
        first = max(first, context.issued)
    if first is None or last is None or following(every, context, first, n=1):
        return
    said = Wording(
        f"không có kỳ nào đến hạn từ {first} đến {last}; sửa on:, from: hoặc until:",
        f"the recurrence has no occurrence between {first} and {last}; change on:, from: or until:",
    )
    faults.at(place, said)


def _review(review: tuple[int, Unit] | EveryShape | None, place: Place, faults: Faults) -> Every | None:
    if review is None:
        return None
    if isinstance(review, EveryShape):
        return every(review, place, faults)
    count, unit = review
    return Every(unit, count, if_unreported=unreported_by_default(unit))


def _check_hour(length: Offset | None, at: time | None, place: Place, faults: Faults) -> None:
    if at and length and length.unit == "hours":
        said = Wording(
            f"'{length}' đã kết thúc vào một giờ nhất định; bỏ at:",
            f"'{length}' already ends at an hour; leave out at:",
        )
        faults.at(place, said)


def _check_span(start: Period, end: Period, place: Place, faults: Faults) -> None:
    if end.end < start.start:
        faults.at(place, ends_before(end, start))


def ends_before(end: Period, start: Period) -> Wording:
    """Return that of a span the end lies before the beginning."""
    return Wording(
        f"{quoted(end.text)} kết thúc trước khi {quoted(start.text)} bắt đầu",
        f"{quoted(end.text)} ends before {quoted(start.text)} begins",
    )


def _check_on(day: OnDay, shape: EveryShape, place: Place, faults: Faults, *, is_rounded: bool) -> None:
    count, unit = shape.every
    if not _fits(day, unit):
        found, fitting = shown(place.node.value), _FITTING[unit]
        said = Wording(
            f"{found.vi} không hợp với every: {unit}; được ghi: {fitting.vi}",
            f"{found.en} does not fit every: {unit}; accepted: {fitting.en}",
        )
        faults.at(place, said)
    elif day == Named("working day") and count > 1:
        said = Wording(
            "'working day' chỉ đi với every: day, không đi với nhiều ngày một lần",
            "'working day' goes with every: day alone, not with a number of days",
        )
        faults.at(place, said)
    elif not is_rounded and _some_lack(day, unit) and not _all_have(day, shape):
        faults.at(place, _lacking(day, shown(place.node.value)))


def _lacking(day: OnDay, found: Wording) -> Wording:
    is_of_year = isinstance(day, YearDay)
    what, other = (Wording("năm", "year"), "02-28") if is_of_year else (Wording("tháng", "month"), "last")
    return Wording(
        f"không phải {what.vi} nào cũng có ngày {found.vi}; thêm rounding: last day, hoặc ghi on: {other}",
        f"not every {what.en} has the day {found.en}; add rounding: last day, or write on: {other}",
    )


def _fits(day: OnDay, unit: Unit) -> bool:
    match day:
        case Named(name="working day"):
            return unit == "day"
        case Weekday(last=False):
            return unit == "week"
        case YearDay():
            return unit == "year"
        case _:
            return unit not in ("day", "week")


def _all_have(day: OnDay, shape: EveryShape) -> bool:
    """Say whether all occurrences fall on a day as written; unknown, and so False, where no `from` says which they are.

    Without an end they are looked at to the end of the century.
    """
    if shape.from_ is None or not isinstance(day, MonthDay | YearDay):
        return False
    (count, unit), first = shape.every, shape.from_.start
    steps = steps_of(Every(unit, count, (day,), from_=shape.from_), first)
    last = shape.until.end if shape.until else END_OF_CENTURY
    return all(nominal.day == day.day for _, nominal in walk(steps, first, last))


def _some_lack(day: OnDay, unit: Unit) -> bool:
    match day:
        case MonthDay(day=number):
            return number > _EVERY_MONTH_HAS[unit]
        case YearDay(month=2, day=29):
            return True
        case _:
            return False
