"""The arithmetic day by day: what was counted, what was passed over and by which line, checked by hand on the calendar."""

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from rules.arithmetic import Count, counts, rung_counts, waited
from rules.calendar import Calendar
from rules.deadline import After, AheadOf, Before, Deadline, Every, MonthDay, Named, Offset, OffsetUnit, Within
from rules.ladder import Rung, RungTime
from rules.problem import Source
from rules.programme import Occurred
from rules.term import Occurrence
from rules.terms import occurrences
from tests.rules.books import OFFICIAL as OFFICIAL_FILE
from tests.rules.books import book, task
from tests.rules.calendars import CODE, OFFICIAL, SWAP_2026, TB_2026, context, day, period

RECEIVED = "nhan-ho-so"


def after(count: int, unit: OffsetUnit, on: str, calendar: Calendar = OFFICIAL) -> Count:
    """The count of so long after the event, received on that day."""
    deadline = After(RECEIVED, Offset(count, unit))
    return of(deadline, one_of(deadline, on, calendar), calendar)[0]


def one_of(deadline: Deadline, on: str, calendar: Calendar = OFFICIAL) -> Occurrence:
    known = context(calendar=calendar, events={RECEIVED: (Occurred(day(on)),)}, event_titles={RECEIVED: "Nhận"})
    return occurrences(deadline, known, first=date.min, last=day("2026-12-31"))[0]


def of(deadline: Deadline, occurrence: Occurrence, calendar: Calendar = OFFICIAL) -> tuple[Count, ...]:
    return counts(deadline, occurrence, calendar)


def told(count: Count) -> list[str]:
    """Each day as `04-24 4`, one passed over as `04-25 thứ Bảy`, a worked Saturday as `08-22 3 +source`."""
    found = []
    for one in count.days:
        said = [f"{one.on:%m-%d}", *([str(one.number)] if one.number else []), *([one.name.vi] if one.name else [])]
        found.append(" ".join([*said, *([f"+{one.source}"] if one.source and one.number else [])]))
    return found


def test_fifteen_working_days_over_the_30th_of_april() -> None:
    count = after(15, "working days", "2026-04-20")
    assert (count.start, count.end) == (day("2026-04-20"), day("2026-05-14"))
    assert told(count) == [
        "04-21 1", "04-22 2", "04-23 3", "04-24 4",
        "04-25 thứ Bảy", "04-26 Chủ nhật", "04-27 Nghỉ bù Giỗ Tổ",
        "04-28 5", "04-29 6",
        "04-30 Ngày Chiến thắng", "05-01 Ngày Quốc tế lao động", "05-02 thứ Bảy", "05-03 Chủ nhật",
        "05-04 7", "05-05 8", "05-06 9", "05-07 10", "05-08 11",
        "05-09 thứ Bảy", "05-10 Chủ nhật",
        "05-11 12", "05-12 13", "05-13 14", "05-14 15",
    ]  # fmt: skip


def test_ten_working_days_count_a_worked_saturday() -> None:
    count = after(10, "working days", "2026-08-19")
    assert count.end == day("2026-09-04")
    assert told(count) == [
        "08-20 1", "08-21 2", f"08-22 3 +{TB_2026}", "08-23 Chủ nhật",
        "08-24 4", "08-25 5", "08-26 6", "08-27 7", "08-28 8",
        "08-29 thứ Bảy", "08-30 Chủ nhật", "08-31 Nghỉ hoán đổi", "09-01 Quốc khánh", "09-02 Quốc khánh",
        "09-03 9", "09-04 10",
    ]  # fmt: skip


def test_five_working_days_over_tet() -> None:
    count = after(5, "working days", "2026-02-12")
    assert count.end == day("2026-02-26")
    assert told(count) == [
        "02-13 1", "02-14 thứ Bảy", "02-15 Chủ nhật",
        "02-16 Tết Nguyên đán", "02-17 Tết Nguyên đán", "02-18 Tết Nguyên đán", "02-19 Tết Nguyên đán",
        "02-20 Tết Nguyên đán", "02-21 thứ Bảy", "02-22 Chủ nhật",
        "02-23 2", "02-24 3", "02-25 4", "02-26 5",
    ]  # fmt: skip


def test_the_worked_saturday_of_january_has_its_source() -> None:
    count = after(2, "working days", "2026-01-08")
    assert told(count) == ["01-09 1", f"01-10 2 +{SWAP_2026}"]


def test_before_an_event_the_days_run_backward() -> None:
    deadline = AheadOf(RECEIVED, Offset(3, "working days"))
    [count] = of(deadline, one_of(deadline, "2026-05-05"))
    assert count.is_backward
    assert told(count) == [
        "05-04 1", "05-03 Chủ nhật", "05-02 thứ Bảy", "05-01 Ngày Quốc tế lao động", "04-30 Ngày Chiến thắng",
        "04-29 2", "04-28 3",
    ]  # fmt: skip


def test_thirty_days_need_no_list_but_the_days_off_at_their_end_do() -> None:
    deadline = After(RECEIVED, Offset(30, "days"))
    term, back, forth = of(deadline, one_of(deadline, "2026-04-01"))
    assert (term.purpose, term.end, term.days) == ("term", day("2026-05-01"), ())
    assert (back.purpose, told(back)) == (
        "remind_by",
        ["05-01 Ngày Quốc tế lao động", "04-30 Ngày Chiến thắng", "04-29 1"],
    )
    assert (forth.purpose, told(forth)) == (
        "grace_until",
        ["05-01 Ngày Quốc tế lao động", "05-02 thứ Bảy", "05-03 Chủ nhật", "05-04 1"],
    )
    assert back.days[0].source == CODE


def test_before_a_day_reminders_are_sought_from_the_strict_day() -> None:
    deadline = Before(period("2026-06-15"))
    [count] = of(deadline, one_of(deadline, "2026-01-01"))
    assert told(count) == ["06-14 Chủ nhật", "06-13 thứ Bảy", "06-12 1"]


def test_an_occurrence_that_falls_on_a_day_off_is_sought() -> None:
    deadline = Every("month", on=(Named("last working day"),), from_=period("2026-08"))
    found = occurrences(deadline, context(), first=day("2026-08-01"), last=day("2026-09-03"))[0]
    [count] = of(deadline, found)
    assert (count.purpose, count.start, count.end) == ("occurrence", day("2026-08-31"), day("2026-08-28"))
    assert told(count) == ["08-31 Nghỉ hoán đổi", "08-30 Chủ nhật", "08-29 thứ Bảy", "08-28 1"]


@pytest.mark.parametrize(
    "deadline", [Within(period("2026-03-31")), Every("month", on=(MonthDay(25),), from_=period("2026-03"))]
)
def test_a_day_that_is_worked_needs_no_count(deadline: Deadline) -> None:
    assert of(deadline, one_of(deadline, "2026-01-01")) == ()


def test_a_rung_in_working_days_is_counted_from_the_day_reminders_count_to() -> None:
    term = one_of(Within(period("2026-05-03")), "2026-01-01").term
    soon = Rung("due-soon", RungTime("before", Offset(3, "working days")), ("head",))
    late = Rung("late", RungTime("late", Offset(1, "working days")), ("head",))
    before, behind = rung_counts(soon, term, OFFICIAL), rung_counts(late, term, OFFICIAL)
    assert before is not None
    assert behind is not None
    assert (before.start, told(before)) == (
        day("2026-04-29"),
        ["04-28 1", "04-27 Nghỉ bù Giỗ Tổ", "04-26 Chủ nhật", "04-25 thứ Bảy", "04-24 2", "04-23 3"],
    )
    assert (behind.start, told(behind)) == (day("2026-05-04"), ["05-05 1"])


def test_a_rung_in_days_needs_no_count() -> None:
    term = one_of(Within(period("2026-05-03")), "2026-01-01").term
    assert rung_counts(Rung("heads-up", RungTime("before", Offset(14, "days")), ("head",)), term, OFFICIAL) is None
    assert rung_counts(Rung("due", RungTime("due"), ("head",)), term, OFFICIAL) is None


def test_what_falls_on_days_off_waits_for_the_next_working_day() -> None:
    names = [one.name.vi for one in waited(day("2026-04-30"), day("2026-05-04"), OFFICIAL) if one.name]
    assert names == ["Ngày Chiến thắng", "Ngày Quốc tế lao động", "thứ Bảy", "Chủ nhật"]


def test_each_day_off_names_the_line_of_the_calendar_file() -> None:
    calendar = book(task("2026-03")).calendars["viet-nam"]
    lines = {one.on: one.line for one in after(15, "working days", "2026-04-20", calendar).days}
    written = OFFICIAL_FILE.read_text(encoding="utf-8").splitlines()
    holiday = lines[day("2026-04-27")]
    assert isinstance(holiday, Source)
    assert "2026-04-27" in written[holiday.line - 1]
    assert lines[day("2026-04-25")] is None
    assert lines[day("2026-04-21")] is None


def test_days_that_are_not_announced_yet_say_so() -> None:
    count = after(3, "working days", "2026-12-30")
    assert [one.announced for one in count.days] == [True, False, False, False, False, False]


@given(start=st.dates(date(2025, 1, 1), date(2026, 12, 1)), count=st.integers(1, 40))
def test_a_count_numbers_every_working_day_and_no_other(start: date, count: int) -> None:
    found = after(count, "working days", str(start))
    assert [one.number for one in found.days if one.number] == list(range(1, count + 1))
    assert [one.on for one in found.days] == [start + timedelta(n) for n in range(1, len(found.days) + 1)]
    assert all(one.is_counted == OFFICIAL.is_working_day(one.on) for one in found.days)
    assert found.end == OFFICIAL.shift(start, count)
