"""Recurring deadlines: which days they fall on, counted from the anchor, and within which bounds."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from rules.calendar import DayOff
from rules.deadline import Every, MonthDay, Named, OnDay, Unit, Weekday, YearDay
from rules.terms import following, occurrence, occurrences
from rules.wording import Wording
from tests.rules.calendars import HOLIDAYS, OFFICIAL, context, day, due_days, keys, period

FRIDAY = Weekday(4)
LAST = Named("last")
LAST_WORKING = Named("last working day")
FIRST_WORKING = Named("first working day")


def every(
    unit: Unit, *on: OnDay, count: int = 1, start: str | None = None, until: str | None = None, **more: Any
) -> Every:
    from_ = None if start is None else period(start)
    return Every(unit, count, on, from_=from_, until=None if until is None else period(until), **more)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        # Days.
        (every("day", start="2026-01-01", until="2026-01-03"), "01-01 01-02 01-03"),
        (every("day", Named("working day"), start="2026-02-12", until="2026-02-25"), "02-12 02-13 02-23 02-24 02-25"),
        (every("day", Named("working day"), start="2026-01-09", until="2026-01-12"), "01-09 01-10 01-12"),
        (every("day", count=15, start="2026-01-05", until="2026-03-01"), "01-05 01-20 02-04 02-19"),
        # Weeks: nothing said means the Sunday that ends the week.
        (every("week", until="2026-01-20"), "01-04 01-11 01-18"),
        (every("week", FRIDAY, start="2026-04-20", until="2026-05-10"), "04-24 05-01 05-08"),
        (every("week", Weekday(0), FRIDAY, start="2026-03-01", until="2026-03-10"), "03-02 03-06 03-09"),
        (every("week", start="2026-03-04", until="2026-03-20"), "03-04 03-11 03-18"),
        # Every second week: the first such day on or after `from`, then every second one.
        (every("week", FRIDAY, count=2, start="2026-03-06", until="2026-04-10"), "03-06 03-20 04-03"),
        (every("week", FRIDAY, count=2, start="2026-03-07", until="2026-04-10"), "03-13 03-27 04-10"),
        (every("week", Weekday(0), FRIDAY, count=2, start="2026-03-04", until="2026-04-01"), "03-06 03-09 03-20 03-23"),
        (every("week", count=2, start="2026-03-04", until="2026-04-10"), "03-04 03-18 04-01"),
        # Months.
        (every("month", until="2026-03"), "01-31 02-28 03-31"),
        (every("month", MonthDay(25), until="2026-03"), "01-25 02-25 03-25"),
        (every("month", MonthDay(10), MonthDay(25), until="2026-02"), "01-10 01-25 02-10 02-25"),
        (every("month", MonthDay(30), rounding=True, until="2026-03"), "01-30 02-28 03-30"),
        (every("month", MonthDay(29), MonthDay(30), rounding=True, until="2026-02"), "01-29 01-30 02-28"),
        (every("month", LAST_WORKING, until="2026-05"), "01-30 02-27 03-31 04-29 05-29"),
        (every("month", FIRST_WORKING, until="2026-05"), "01-05 02-02 03-02 04-01 05-04"),
        (every("month", Weekday(4, last=True), until="2026-03"), "01-30 02-27 03-27"),
        (every("month", MonthDay(25), count=2, start="2026-02", until="2026-08"), "02-25 04-25 06-25 08-25"),
        (every("month", MonthDay(25), count=2, start="2026-02-26", until="2026-08"), "04-25 06-25 08-25"),
        # Months from a day: the anchor, and never step by step.
        (every("month", start="2026-01-31", until="2026-05"), "01-31 02-28 03-31 04-30 05-31"),
        (every("month", start="2026-01-15", until="2026-03"), "01-15 02-15 03-15"),
        (every("month", count=2, start="2026-01-30", until="2026-07"), "01-30 03-30 05-30 07-30"),
        (every("quarter", start="2026-01-31", until="2026"), "01-31 04-30 07-31 10-31"),
        # The first day of a month is only a bound: each period is due on its last day.
        (every("month", start="2026-02-01", until="2026-04"), "02-28 03-31 04-30"),
        (every("quarter", start="2026-04-01", until="2026"), "06-30 09-30 12-31"),
        (every("quarter", start="2026-02-01", until="2026-H1"), "03-31 06-30"),
        (every("month", start="2026-Q2", until="2026-06"), "04-30 05-31 06-30"),
        # Quarters, halves, years.
        (every("quarter", until="2026"), "03-31 06-30 09-30 12-31"),
        (every("quarter", MonthDay(15), until="2026"), "03-15 06-15 09-15 12-15"),
        (every("quarter", LAST_WORKING, until="2026"), "03-31 06-30 09-30 12-31"),
        (every("quarter", FIRST_WORKING, until="2026"), "03-02 06-01 09-03 12-01"),
        (every("quarter", count=2, start="2026-Q1", until="2026"), "03-31 09-30"),
        (every("half", until="2026"), "06-30 12-31"),
        (every("half", MonthDay(20), until="2026"), "06-20 12-20"),
        (every("year", until="2026"), "12-31"),
        (every("year", MonthDay(25), until="2026"), "12-25"),
        (every("year", YearDay(6, 20), YearDay(12, 20), until="2026"), "06-20 12-20"),
        (every("year", YearDay(2, 29), rounding=True, until="2026"), "02-28"),
        (every("year", start="2026-03-15", until="2026"), "03-15"),
    ],
)
def test_the_days_a_recurrence_falls_due(deadline: Every, expected: str) -> None:
    assert due_days(deadline, "2026-01-01", "2026-12-31") == [f"2026-{one}" for one in expected.split()]


@pytest.mark.parametrize(
    ("deadline", "first", "expected"),
    [
        (every("year", YearDay(2, 29), rounding=True), "2027-01-01", "2027-02-28 2028-02-29 2029-02-28"),
        (every("year", start="2028-02-29"), "2027-01-01", "2028-02-29 2029-02-28 2030-02-28"),
        (every("month", start="2027-12-31"), "2028-01-01", "2028-01-31 2028-02-29 2028-03-31"),
        (every("month"), "2000-02-01", "2000-02-29 2000-03-31 2000-04-30"),  # a leap year of a full century
        (every("month"), "2100-02-01", "2100-02-28 2100-03-31 2100-04-30"),  # and none
        (every("month"), "2026-12-15", "2026-12-31 2027-01-31 2027-02-28"),
        (every("week", FRIDAY), "2025-12-27", "2026-01-02 2026-01-09 2026-01-16"),
        (every("year", count=5, start="2026"), "2026-01-01", "2026-12-31 2031-12-31 2036-12-31"),
        (every("quarter", LAST_WORKING), "2028-12-01", "2028-12-29 2029-03-30 2029-06-29"),
    ],
)
def test_recurrences_run_over_the_turn_of_years(deadline: Every, first: str, expected: str) -> None:
    found = following(deadline, context(), day(first), 3)
    assert [str(one.term.due) for one in found] == expected.split()


def test_friday_at_nine_when_the_friday_is_a_holiday() -> None:
    weekly = every("week", FRIDAY, at=time(9), if_unreported="close")
    (found,) = occurrences(weekly, context(), first=day("2026-05-01"), last=day("2026-05-01"))
    assert (found.key, str(found.term.due)) == ("2026-05-01", "2026-05-01")
    assert (str(found.term.remind_by), str(found.term.grace_until)) == ("2026-04-29", "2026-05-04")
    assert found.term.due_at == datetime(2026, 5, 1, 2, tzinfo=UTC)
    assert found.term.remind_at == datetime(2026, 4, 29, 2, tzinfo=UTC)
    assert found.term.late_at == datetime(2026, 5, 4, 2, tzinfo=UTC)
    assert found.closes_at == datetime(2026, 5, 8, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "changes", "expected"),
    [
        # Without from and until: the programme's period, no earlier than the document's date.
        (every("quarter"), {"period": period("2026")}, "03-31 06-30 09-30 12-31"),
        (every("quarter"), {"period": period("2026"), "issued": day("2026-04-01")}, "06-30 09-30 12-31"),
        (every("quarter"), {"period": period("2026"), "issued": day("2025-11-01")}, "03-31 06-30 09-30 12-31"),
        (every("quarter"), {"period": period("2026-H1")}, "03-31 06-30"),
        (every("quarter"), {"issued": day("2026-07-01")}, "09-30 12-31"),
        # A bound of its own replaces that end alone.
        (
            every("quarter", start="2026-01-01"),
            {"period": period("2026-H1"), "issued": day("2026-04-01")},
            "03-31 06-30",
        ),
        (
            every("quarter", until="2026"),
            {"period": period("2026-H1"), "issued": day("2026-04-01")},
            "06-30 09-30 12-31",
        ),
        # A bound in the middle of a period leaves that period in.
        (every("month"), {"period": period("2026-Q1"), "issued": day("2026-02-10")}, "02-28 03-31"),
        # A working day that falls outside the bounds is out, though the month's last day is inside.
        (every("month", LAST_WORKING), {"period": period("2026-Q1"), "issued": day("2026-01-31")}, "02-27 03-31"),
        (every("month", FIRST_WORKING, until="2026-02-01"), {}, "01-05"),
    ],
)
def test_the_bounds_of_a_recurrence(deadline: Every, changes: dict[str, Any], expected: str) -> None:
    found = due_days(deadline, "2026-01-01", "2026-12-31", **changes)
    assert found == [f"2026-{one}" for one in expected.split()]


@pytest.mark.parametrize(
    ("deadline", "key", "starts"),
    [
        (every("month", start="2026"), "2026-02-28", "2026-02-01"),  # a whole month
        (every("month", MonthDay(25), start="2026"), "2026-02-25", "2026-01-26"),  # since the one before
        (every("month", MonthDay(10), MonthDay(25)), "2026-02-25", "2026-02-11"),
        (every("week", FRIDAY), "2026-05-08", "2026-05-02"),
        (every("week", FRIDAY, count=2, start="2026-05-01"), "2026-05-15", "2026-05-02"),
        (every("quarter", start="2026-02"), "2026-03-31", "2026-02-01"),  # the first: since the bound
        (every("month", LAST_WORKING), "2026-02-28", "2026-02-01"),
        (every("day", Named("working day")), "2026-05-04", "2026-05-04"),
    ],
)
def test_an_occurrence_starts_the_day_after_the_one_before(deadline: Every, key: str, starts: str) -> None:
    found = occurrence(deadline, context(), key)
    assert found is not None
    assert str(found.term.starts) == starts


def test_an_occurrence_closes_when_the_next_falls_due() -> None:
    weekly = every("week", start="2026-03-01", until="2026-03-15", if_unreported="close")
    found = occurrences(weekly, context(), first=day("2026-03-01"), last=day("2026-03-31"))
    assert keys(found) == ["2026-03-01", "2026-03-08", "2026-03-15"]
    assert [one.closes_at for one in found] == [found[1].term.due_at, found[2].term.due_at, None]


def test_what_is_carried_never_closes() -> None:
    found = following(every("week", if_unreported="carry"), context(), day("2026-03-01"), 3)
    assert {one.closes_at for one in found} == {None}


def test_a_day_that_only_working_days_count_closes_with_the_next_working_day() -> None:
    daily = every("day", Named("working day"), if_unreported="close")
    found = occurrence(daily, context(), "2026-02-13")
    assert found is not None
    assert found.closes_at == datetime(2026, 2, 23, 17, tzinfo=UTC)


def test_a_working_day_looked_up_beyond_the_announced_days_is_provisional_even_without_roll() -> None:
    announced = context(calendar=replace(OFFICIAL, announced_until=day("2026-05-30")), roll=False)
    for on, provisional in ((LAST_WORKING, True), (LAST, False)):
        found = occurrence(every("month", on), announced, "2026-05-31")
        assert found is not None
        assert found.term.provisional is provisional


def test_the_key_of_a_last_working_day_outlives_a_change_of_the_calendar() -> None:
    monthly = every("month", LAST_WORKING)
    off = day("2026-06-30")
    changed = replace(OFFICIAL, holidays={**HOLIDAYS, off: DayOff(off, Wording("Nghỉ", "Off"), "x")})
    for calendar, due in ((OFFICIAL, "2026-06-30"), (changed, "2026-06-29")):
        found = occurrence(monthly, context(calendar=calendar), "2026-06-30")
        assert found is not None
        assert str(found.term.due) == due


@pytest.mark.parametrize(
    "key",
    ["", "2026-03-24", "2026-13-01", "20260325", "2026-W13-3", "2026-03-25#2", "25/3/2026", "2025-12-25", "2027-01-25"],
)
def test_a_key_that_the_recurrence_does_not_have_finds_nothing(key: str) -> None:
    monthly = every("month", MonthDay(25))
    assert occurrence(monthly, context(period=period("2026")), "2026-03-25") is not None
    assert occurrence(monthly, context(period=period("2026")), key) is None


def test_a_day_off_is_no_occurrence_where_working_days_count() -> None:
    assert occurrence(every("day", Named("working day")), context(), "2026-05-01") is None


@pytest.mark.parametrize(
    "deadline",
    [
        every("week", MonthDay(5)),
        every("week", Weekday(4, last=True)),
        every("month", FRIDAY),
        every("month", Named("working day")),
    ],
)
def test_a_day_that_the_unit_does_not_have_falls_nowhere_and_is_refused(deadline: Every) -> None:
    with pytest.raises(ValueError, match="has no"):
        following(deadline, context(), day("2026-01-01"))


def test_the_following_ones_begin_with_the_one_due_on_the_day_itself() -> None:
    assert keys(following(every("month", MonthDay(25)), context(), day("2026-03-25"))) == ["2026-03-25", "2026-04-25"]
    assert keys(following(every("month", MonthDay(25)), context(), day("2026-03-26"), 1)) == ["2026-04-25"]


def test_a_working_day_already_past_does_not_follow_though_its_month_goes_on() -> None:
    assert keys(following(every("month", LAST_WORKING), context(), day("2026-05-30"), 1)) == ["2026-06-30"]
    assert keys(following(every("month", FIRST_WORKING), context(), day("2026-05-03"), 1)) == ["2026-05-01"]


def test_a_recurrence_ends_with_its_bound_and_with_the_calendar() -> None:
    assert following(every("month", until="2026-03"), context(), day("2026-04-01")) == ()
    assert len(following(every("month", until="2026-03"), context(), day("2026-03-01"), 5)) == 1
    assert len(following(every("year", YearDay(6, 1)), context(), day("9998-01-01"), 5)) == 2
    assert keys(following(every("year", count=3), context(), date.min, 1)) == ["0003-12-31"]
