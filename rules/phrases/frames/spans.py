"""Spans: a beginning and an end, in one expression or told apart, and with an open end."""

from datetime import time

from rules.days import day_en, day_vi
from rules.deadline import Span
from rules.phrases.marks import Stretch, period_of_day
from rules.phrases.reading import Reading, impossible, some
from rules.wording import Wording

PAST = Wording("ngày cuối trước ngày đầu", "it ends before it begins")
_ENDLESS = Wording("không ghi thời điểm kết thúc", "its end is not stated")
_TWO_DATES = Wording("có hai mốc thời gian: lấy mốc là hạn", "of two dates the one that is a deadline is taken")
_ENDS = frozenset(("date", "before", "month", "quarter", "half", "year"))


def span(first: Stretch, last: Stretch, at: time | None) -> Reading:
    """Return what lasts from the first day of one stretch to the last day of another."""
    if last.end < first.start:
        return impossible(PAST)
    why = Wording(
        f"từ ngày {day_vi(first.start)} đến hết ngày {day_vi(last.end)}",
        f"from {day_en(first.start)} until {day_en(last.end)}",
    )
    deadline = Span(first.period, last.until or last.period, at)
    return Reading("span", why, first.start, last.end, None, at, deadline=deadline,
                   doubts=some(first.doubt, last.doubt))  # fmt: skip


def endless(reading: Reading) -> Reading:
    """Return the same with the `và những năm tiếp theo` after it: a span keeps its end, a period only its beginning."""
    if (reading.kind == "span" and reading.due) or not reading.start:
        return reading._replace(kind="span").doubting(_ENDLESS)
    return Reading("span", _ENDLESS, reading.start, doubts=(_ENDLESS,))


def span_of(readings: list[Reading]) -> Reading | None:
    """Return the span of a beginning and an end told apart: `đầu tư từ năm 2026; hoàn thành năm 2027`."""
    if len(readings) != 2 or readings[0].due or not readings[0].start or readings[0].kind != "span":
        return None
    start, end = readings[0].start, readings[1].due
    if end is None or end < start or readings[1].kind not in _ENDS:
        return None
    why = Wording(f"{readings[0].why.vi}; {readings[1].why.vi}", f"{readings[0].why.en}; {readings[1].why.en}")
    return Reading("span", why, start, end, deadline=Span(period_of_day(start), period_of_day(end)))


def is_reversed(readings: list[Reading]) -> bool:
    """Say whether a beginning is told before an end that comes earlier: `sau ngày 31/7 và trước ngày 30/6`."""
    if len(readings) != 2:
        return False
    begins, ends = readings[0], readings[1].due
    is_opening = begins.kind == "span" and begins.due is None and begins.start is not None
    return is_opening and ends is not None and begins.start is not None and ends < begins.start


def without_openings(readings: list[Reading]) -> list[Reading]:
    """Leave out what only begins beside a deadline: `hoàn thành trước ngày 30/8 để vận hành từ ngày 01/9`."""
    ends = [one for one in readings if one.kind != "span" or one.due]
    if len(ends) == len(readings) or not any(one.due for one in ends):
        return readings
    return [one.doubting(_TWO_DATES) for one in ends]
