"""Backdated: which days a report of completion may name, and by how much it came after the day it names."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.days import day_en, day_vi
from rules.lateness import is_past
from rules.term import Term
from rules.wording import Wording


def first_day(document: date | None, term: Term, *, today: date) -> date:
    """Return the first day on which a task can have been done: that of the document that assigns it; of an occurrence,
    the day it begins. Where that is still to come, today: work may be done ahead of it."""
    starts = term.starts if term.kind == "recurring" else None
    return min(max(document or date.min, starts or date.min), today)


def day_fault(on: date, first: date, *, today: date) -> Wording | None:
    """Return why a report made `today` cannot say that the work was done on that day, None when it can."""
    from_vi, from_en = ("", "") if first == date.min else (f"từ {day_vi(first)} ", f"{day_en(first)} ")
    accepted = Wording(f"chấp nhận {from_vi}đến {day_vi(today)}.", f"accepted: {from_en}to {day_en(today)}.")
    if on > today:
        return Wording(f"Ngày {day_vi(on)} chưa tới: {accepted.vi}", f"{day_en(on)} has not come yet; {accepted.en}")
    if on < first:
        return Wording(
            f"Ngày {day_vi(on)} là trước khi nhiệm vụ được giao, hoặc trước khi kỳ này bắt đầu: {accepted.vi}",
            f"{day_en(on)} is before the task was assigned, or before this occurrence began; {accepted.en}",
        )
    return None


def days_backdated(said_on: date, recorded_at: datetime, late_at: datetime | None, zone: ZoneInfo) -> int:
    """Return how many days after the day it names a report was made, where that day makes late work count as in time;
    else 0. `late_at` is the instant from which it was late by the deadline in force then; days are local to `zone`."""
    if late_at is None or not is_past(late_at, now=recorded_at, zone=zone):
        return 0
    last_in_time = local_day(late_at - timedelta(microseconds=1), zone)
    return (local_day(recorded_at, zone) - said_on).days if said_on <= last_in_time else 0


def backdated_words(days: int) -> Wording | None:
    """Return what whoever verifies a report reads beside its day; None of one that was not backdated."""
    if not days:
        return None
    return Wording(
        f"báo sau hạn, muộn hơn ngày hoàn thành {days} ngày",
        f"reported when it was late, {days} day{'s' if days > 1 else ''} after the day it names",
    )
