"""Saying: a Deadline → the phrase an office would write for it. `rules.phrases.read` understands every one of them."""

from datetime import time

from rules import words
from rules.days import day_vi, month_vi
from rules.deadline import (
    After,
    AheadOf,
    Before,
    Continuous,
    Deadline,
    Every,
    MonthDay,
    Named,
    OnDay,
    Period,
    SetBy,
    Span,
    Unit,
    Weekday,
    Within,
    YearDay,
)

_MONTHS_LAST: dict[Unit, str] = {"quarter": "tháng cuối quý", "half": "tháng cuối kỳ", "year": "tháng 12"}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def say(deadline: Deadline) -> str:
    """Return the phrase in Vietnamese, without a capital at its beginning; an event stands in it by its text."""
    match deadline:
        case Within(period=period, at=at):
            return f"{_hour(at)}{_period(period)}"
        case Before(period=period, at=at):
            return f"trước {_hour(at)}{_period(period)}"
        case Span(start=start, end=end, at=at):
            return f"từ {_period(start)} đến hết {_hour(at)}{_period(end)}"
        case After(event=event, within=None):
            return f"sau khi {event}"
        case After(event=event, within=within, at=at) if within:
            return f"{_hour(at)}trong {words.offset(within).vi} kể từ khi {event}"
        case AheadOf(event=event, by=by, at=at):
            return f"{_hour(at)}chậm nhất {words.offset(by).vi} trước khi {event}"
        case Every():
            return _every(deadline)
        case Continuous():
            return "thường xuyên"
        case SetBy(text=text):
            return text
        case _:
            raise AssertionError(deadline)


def _hour(at: time | None) -> str:
    return f"{at.hour}h{at.minute:02} " if at else ""


def _period(period: Period) -> str:
    start = period.start
    match period.kind:
        case "day":
            return f"ngày {day_vi(start)}"
        case "month":
            return f"tháng {month_vi(start)}"
        case _:
            return words.period(period).vi


def _every(every: Every) -> str:
    often = words.EACH[every.unit].vi
    if every.on == (Named("working day"),):
        often = words.EACH_WORKING_DAY.vi
    elif every.count > 1:
        count = 6 * every.count if every.unit == "half" else every.count
        often = f"{count} {words.UNITS[every.unit].vi}/lần"
    on = " và ".join(_on(day, every.unit) for day in every.on if day != Named("working day"))
    bounds = f" từ {_period(every.from_)}" if every.from_ else ""
    bounds += f" đến hết {_period(every.until)}" if every.until else ""
    hour = _hour(every.at)
    return f"{hour}{on} {often}{bounds}" if on else f"{hour}{often}{bounds}"


def _on(day: OnDay, unit: Unit) -> str:
    of_period = f" {_MONTHS_LAST[unit]}" if unit in _MONTHS_LAST else ""
    match day:
        case MonthDay(day=number):
            return f"ngày {number:02}{of_period}"
        case YearDay(month=month, day=number):
            return f"ngày {number:02}/{month:02}"
        case Weekday(number=number, last=False):
            return _WEEKDAYS[number]
        case Weekday(number=number):
            return f"{_WEEKDAYS[number]} cuối cùng của{of_period or ' tháng'}"
        case Named(name="last"):
            return f"ngày cuối cùng của {words.WHOLE[unit].vi}"
        case Named(name="last working day"):
            return f"ngày làm việc cuối cùng của {words.WHOLE[unit].vi}"
        case Named():
            return f"ngày làm việc đầu tiên của {words.WHOLE[unit].vi}"
