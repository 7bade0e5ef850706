"""Terms of deadlines that come once: their days, their instants, and what holds for every term."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.days import plus
from rules.deadline import After, AheadOf, Before, Continuous, Deadline, Every, Offset, SetBy, Span, Within
from rules.programme import Occurred
from rules.term import Term
from rules.terms import Single, following, occurrence, occurrences, term
from tests.rules.calendars import HCM, OFFICIAL, PARIS, context, day, keys, period


def within(text: str, at: time | None = None) -> Within:
    return Within(period(text), at)


def before(text: str, at: time | None = None) -> Before:
    return Before(period(text), at)


def days_of(found: Term) -> tuple[str, str, str, str]:
    """Return strict, due, remind_by and grace_until as text."""
    return str(found.strict), str(found.due), str(found.remind_by), str(found.grace_until)


@pytest.mark.parametrize(
    ("text", "due", "remind_by", "grace_until"),
    [
        ("2025-12-15", "2025-12-15", "2025-12-15", "2025-12-15"),  # a Monday
        ("2025-12-20", "2025-12-20", "2025-12-19", "2025-12-22"),  # a Saturday
        ("2026-01-10", "2026-01-10", "2026-01-10", "2026-01-10"),  # a worked Saturday
        ("2026-01-02", "2026-01-02", "2025-12-31", "2026-01-05"),  # a swapped day at the turn of the year
        ("2026-01", "2026-01-31", "2026-01-30", "2026-02-02"),  # ends on a Saturday
        ("2026-02", "2026-02-28", "2026-02-27", "2026-03-02"),  # ends on a Saturday
        ("2026-03", "2026-03-31", "2026-03-31", "2026-03-31"),  # ends on a Tuesday
        ("2026-04", "2026-04-30", "2026-04-29", "2026-05-04"),  # ends on a holiday
        ("2026-05", "2026-05-31", "2026-05-29", "2026-06-01"),  # ends on a Sunday
        ("2026-08", "2026-08-31", "2026-08-28", "2026-09-03"),  # ends on a swapped Monday
        ("2026-10", "2026-10-31", "2026-10-30", "2026-11-02"),  # ends on a Saturday
        ("2026-Q1", "2026-03-31", "2026-03-31", "2026-03-31"),
        ("2026-Q2", "2026-06-30", "2026-06-30", "2026-06-30"),
        ("2026-H1", "2026-06-30", "2026-06-30", "2026-06-30"),
        ("2026-H2", "2026-12-31", "2026-12-31", "2026-12-31"),
        ("2026", "2026-12-31", "2026-12-31", "2026-12-31"),
        ("2028-02", "2028-02-29", "2028-02-29", "2028-02-29"),  # a leap year
        ("2028-02-29", "2028-02-29", "2028-02-29", "2028-02-29"),
    ],
)
def test_a_day_or_a_period_is_due_on_its_last_day(text: str, due: str, remind_by: str, grace_until: str) -> None:
    assert days_of(term(within(text), context())) == (due, due, remind_by, grace_until)


@pytest.mark.parametrize(
    ("deadline", "kind", "starts"),
    [
        (within("2026-02"), "month", "2026-02-01"),
        (within("2026-Q2"), "quarter", "2026-04-01"),
        (within("2026-H2"), "half", "2026-07-01"),
        (within("2026"), "year", "2026-01-01"),
        (within("2026-05-15"), "date", "None"),  # a fixed day says nothing of a beginning
        (before("2026-05-15"), "before", "None"),
        (Span(period("2026-02"), period("2026")), "span", "2026-02-01"),
        (Span(period("2026-02-10"), period("2026-Q2")), "span", "2026-02-10"),
    ],
)
def test_a_period_starts_on_its_first_day(deadline: Single, kind: str, starts: str) -> None:
    found = term(deadline, context())
    assert (found.kind, str(found.starts)) == (kind, starts)


@pytest.mark.parametrize(
    ("text", "at", "means", "strict", "due", "remind_by", "grace_until"),
    [
        # A named day is due that day, reminded for the day before.
        ("2026-05-15", None, "named", "2026-05-14", "2026-05-15", "2026-05-14", "2026-05-15"),
        ("2026-05-16", None, "named", "2026-05-15", "2026-05-16", "2026-05-15", "2026-05-18"),  # a Saturday
        ("2026-05-18", None, "named", "2026-05-17", "2026-05-18", "2026-05-15", "2026-05-18"),  # a Monday
        ("2026-02-23", None, "named", "2026-02-22", "2026-02-23", "2026-02-13", "2026-02-23"),  # after Tết
        # The programme may want the strict reading.
        ("2026-05-15", None, "strict", "2026-05-14", "2026-05-14", "2026-05-14", "2026-05-14"),
        ("2026-05-18", None, "strict", "2026-05-17", "2026-05-17", "2026-05-15", "2026-05-18"),
        # Before the first of a month always means the end of the month before.
        ("2026-07-01", None, "named", "2026-06-30", "2026-06-30", "2026-06-30", "2026-06-30"),
        ("2027-01-01", None, "named", "2026-12-31", "2026-12-31", "2026-12-31", "2026-12-31"),
        # Before a period means before it begins.
        ("2026-07", None, "named", "2026-06-30", "2026-06-30", "2026-06-30", "2026-06-30"),
        ("2026-Q4", None, "named", "2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30"),
        ("2026-H2", None, "strict", "2026-06-30", "2026-06-30", "2026-06-30", "2026-06-30"),
        ("2027", None, "named", "2026-12-31", "2026-12-31", "2026-12-31", "2026-12-31"),
        ("2026-06", None, "named", "2026-05-31", "2026-05-31", "2026-05-29", "2026-06-01"),  # on a Sunday
        # Before a time of day means that instant of that day, whatever the programme says.
        ("2026-05-15", time(17), "named", "2026-05-15", "2026-05-15", "2026-05-15", "2026-05-15"),
        ("2026-05-15", time(17), "strict", "2026-05-15", "2026-05-15", "2026-05-15", "2026-05-15"),
        ("2026-07-01", time(17), "named", "2026-07-01", "2026-07-01", "2026-07-01", "2026-07-01"),
    ],
)
def test_before(
    text: str, at: time | None, means: str, strict: str, due: str, remind_by: str, grace_until: str
) -> None:
    found = term(before(text, at), context(before_means=means))
    assert days_of(found) == (strict, due, remind_by, grace_until)


def test_a_due_day_ends_at_24_00_and_so_do_the_days_beside_it() -> None:
    found = term(within("2026-02"), context())
    assert found.due_at == datetime(2026, 2, 28, 17, tzinfo=UTC)
    assert found.remind_at == datetime(2026, 2, 27, 17, tzinfo=UTC)
    assert found.late_at == datetime(2026, 3, 2, 17, tzinfo=UTC)


def test_a_time_of_day_holds_on_the_days_beside_the_due_day_too() -> None:
    found = term(within("2026-02-28", time(17)), context())
    assert found.at == time(17)
    assert found.due_at == datetime(2026, 2, 28, 10, tzinfo=UTC)
    assert found.remind_at == datetime(2026, 2, 27, 10, tzinfo=UTC)
    assert found.late_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_the_instants_follow_the_zone_of_the_programme() -> None:
    found = term(within("2026-03-28"), context(zone=PARIS))
    assert found.due_at == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert found.late_at == datetime(2026, 3, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (within("2026-02"), ("2026-02-28", "2026-02-28", "2026-02-28", "2026-02-28")),
        (before("2026-05-18"), ("2026-05-17", "2026-05-18", "2026-05-17", "2026-05-18")),
    ],
)
def test_without_roll_days_off_move_nothing(deadline: Single, expected: tuple[str, ...]) -> None:
    assert days_of(term(deadline, context(roll=False))) == expected


@pytest.mark.parametrize(
    ("deadline", "kind"),
    [
        (SetBy("Đề án số 05-ĐA/TU"), "set_elsewhere"),
        (Continuous(), "continuous"),
        (Continuous(Every("quarter")), "continuous"),
    ],
)
def test_what_is_set_elsewhere_or_continuous_is_undated(deadline: Single, kind: str) -> None:
    found = term(deadline, context())
    assert found == Term(kind=found.kind, why=found.why)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("text", "roll", "provisional"),
    [
        ("2026-12-31", True, False),  # the last announced day is a working day
        ("2027-06-30", True, True),
        ("2026-11", True, False),
        ("2027-06-30", False, False),  # nothing is looked up
    ],
)
def test_a_term_is_provisional_when_it_looked_beyond_the_announced_days(
    text: str, roll: bool, provisional: bool
) -> None:
    assert term(within(text), context(roll=roll)).provisional is provisional


def test_lateness_beyond_the_announced_days_is_provisional_already() -> None:
    announced = context(calendar=replace(OFFICIAL, announced_until=day("2026-05-31")))
    assert term(within("2026-05"), announced).provisional


def test_a_working_day_count_beyond_the_announced_days_is_provisional_even_without_roll() -> None:
    known = {"e": (Occurred(day("2026-12-25")),)}
    for count, provisional in ((2, False), (10, True)):
        deadline = After("e", Offset(count, "working days"))
        (found,) = occurrences(deadline, context(events=known, roll=False), first=date.min, last=date.max)
        assert found.term.provisional is provisional


def test_a_single_deadline_has_one_occurrence_whatever_the_range() -> None:
    for deadline in (within("2026-02"), before("2026-07"), SetBy("x"), Continuous()):
        found = occurrences(deadline, context(), first=day("2030-01-01"), last=day("2030-01-02"))
        assert keys(found) == [""]
        assert occurrence(deadline, context(), "") == found[0]
        assert occurrence(deadline, context(), "2026-02-28") is None


def test_a_continuous_task_with_reviews_has_one_occurrence_for_each() -> None:
    reviewed = Continuous(Every("quarter"))
    found = occurrences(reviewed, context(), first=day("2026-01-01"), last=day("2026-07-31"))
    assert keys(found) == ["2026-03-31", "2026-06-30"]
    assert {one.term.kind for one in found} == {"recurring"}
    assert occurrence(reviewed, context(), "2026-06-30") == found[1]
    assert following(reviewed, context(), day("2026-01-01")) == found
    assert following(Continuous(), context(), day("2026-01-01")) == ()


@pytest.mark.parametrize(
    "deadline",
    [
        within("9999-12-31"),  # its 24:00 is in the year 10000
        within("9999-12"),
        Before(period("2026-05-15").__class__("day", date.min, date.min, "0001-01-01")),
        AheadOf("e", Offset(4000, "years")),
        After("e", Offset(9000, "years")),
        After("e", Offset(10**9, "months")),
        After("e", Offset(10**12, "days")),
        After("e", Offset(10**12, "hours")),
    ],
)
def test_arithmetic_that_leaves_the_calendar_is_a_value_error(deadline: Deadline) -> None:
    known = context(events={"e": (Occurred(day("2026-05-10")),)})
    with pytest.raises(ValueError, match="years 1 to 9999"):
        occurrences(deadline, known, first=date.min, last=date.max)


offsets = st.builds(Offset, st.integers(1, 40), st.sampled_from(["days", "working days", "weeks", "months", "years"]))
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
periods = st.one_of(
    days.map(lambda one: period(one.isoformat())),
    days.map(lambda one: period(one.isoformat()[:7])),
    days.map(lambda one: period(f"{one.year}-Q{(one.month + 2) // 3}")),
    days.map(lambda one: period(str(one.year))),
)
times = st.none() | st.times()
deadlines = st.one_of(
    st.builds(Within, periods, times),
    st.builds(Before, periods, times),
    st.builds(Span, periods, periods, times),
    st.builds(After, st.just("e"), offsets, times),
    st.builds(AheadOf, st.just("e"), offsets, times),
    st.builds(Every, st.sampled_from(["day", "week", "month", "quarter", "half", "year"]), st.integers(1, 4)),
)
contexts = st.fixed_dictionaries(
    {
        "before_means": st.sampled_from(["named", "strict"]),
        "zone": st.sampled_from([HCM, PARIS]),
        "events": days.map(lambda one: {"e": (Occurred(one),)}),
    }
)


@given(deadlines, contexts)
def test_reminders_come_before_the_due_day_and_lateness_after_it(deadline: Deadline, changes: dict[str, Any]) -> None:
    known = context(**changes)
    for one in occurrences(deadline, known, first=day("2026-01-01"), last=day("2026-06-30")):
        found = one.term
        assert found.due is not None
        assert found.strict is not None
        assert found.remind_by is not None
        assert found.grace_until is not None
        assert plus(found.due, -1) <= found.strict <= found.due
        assert found.remind_by <= found.strict
        assert found.due <= found.grace_until
        assert OFFICIAL.is_working_day(found.remind_by)
        assert OFFICIAL.is_working_day(found.grace_until)
        assert found.remind_at is not None
        assert found.due_at is not None
        assert found.late_at is not None
        assert found.remind_at <= found.due_at <= found.late_at


@given(deadlines, contexts)
def test_every_occurrence_is_found_again_by_its_key(deadline: Deadline, changes: dict[str, Any]) -> None:
    known = context(**changes)
    found = occurrences(deadline, known, first=day("2026-01-01"), last=day("2026-06-30"))
    assert [occurrence(deadline, known, one.key) for one in found] == list(found)
    assert len(set(keys(found))) == len(found)
