"""Days counted from the end of every period: `20 ngày kể từ ngày kết thúc quý`."""

from datetime import date, timedelta

from rules import words
from rules.deadline import After, Every, MonthDay, Named, Offset, Unit, YearDay
from rules.phrases.frames.everies import recurrence
from rules.phrases.items.nouns import Ending, Length
from rules.phrases.reading import Reading
from rules.wording import Wording

_WORKING_DAYS = Wording("ngày làm việc tính từ cuối kỳ: cần chọn ngày", "working days from the end of a period")
_NO_LENGTH = Wording("không ghi sau bao nhiêu ngày", "how many days after is not stated")
_ONCE_OR_YEARLY = Wording("kết thúc năm: một lần hay hằng năm chưa rõ", "the end of the year: once, or every year")
_FAR_ON = Wording("hạn rơi vào gần cuối kỳ sau", "it falls due late in the next period")
_LONGEST = 45
_ENDS: dict[Unit, tuple[int, ...]] = {
    "month": tuple(range(1, 13)),
    "quarter": (3, 6, 9, 12),
    "half": (6, 12),
    "year": (12,),
}
_NAMES: dict[Unit, str] = {"week": "tuần", "month": "tháng", "quarter": "quý", "half": "6 tháng", "year": "năm"}


def after_ending(ending: Ending, length: Length | None, *, is_repeated: bool) -> Reading:
    """Return what falls due so long after the end of every period; that of a year may be an event that comes once."""
    if length is None:
        return recurrence(Every(ending.unit, on=(Named("last"),)), _NO_LENGTH)
    if ending.unit == "year" and not is_repeated:
        return _once(length)
    if ending.unit == "week" or length.offset.unit in ("hours", "months", "years"):
        return _as_event(ending, length)
    return _counted(ending.unit, length.offset)


def _once(length: Length) -> Reading:
    reading = _as_event(Ending("year"), length)
    return reading.doubting(_ONCE_OR_YEARLY)


def _as_event(ending: Ending, length: Length) -> Reading:
    event = f"kết thúc {_NAMES[ending.unit]}"
    term = words.offset(length.offset)
    why = Wording(f"{term.vi} kể từ: {event}", f"{term.en} after: {event}")
    reading = Reading("event", why, event=event, offset=str(length.offset), deadline=After(event, length.offset))
    return reading.doubting(length.doubt)


def _counted(unit: Unit, offset: Offset) -> Reading:
    days = offset.count
    if unit == "month" and days <= 28:
        every = Every("month", on=(MonthDay(days),))
    else:
        due = [_end_of_month(month) + timedelta(days=days) for month in _ENDS[unit]]
        every = Every("year", on=tuple(YearDay(day.month, day.day) for day in sorted(due, key=lambda day: day.month)))
    doubts = [_WORKING_DAYS] if offset.unit == "working days" else []
    doubts += [_FAR_ON] if days > _LONGEST else []
    reading = recurrence(every, *doubts)
    term = words.offset(offset)
    said = Wording(
        f"{term.vi} sau khi kết thúc kỳ: {reading.why.vi}", f"{term.en} after the period ends: {reading.why.en}"
    )
    return reading._replace(why=said)


def _end_of_month(month: int) -> date:
    return date(2023 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
