"""Deadlines that hang on events: counting from and to one, events that recur, chains of them, what is known of them."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deadline import After, AheadOf, Offset, OffsetUnit
from rules.events import events_known
from rules.programme import Document, Event, Occurred, Programme
from rules.term import Occurrence, Term
from rules.terms import occurrence, occurrences
from tests.rules.calendars import HCM, OFFICIAL, PARIS, context, day, keys


def on(text: str, at: datetime | None = None) -> Occurred:
    return Occurred(day(text), at)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def found(deadline: After | AheadOf, *happened: Occurred, **changes: Any) -> tuple[Occurrence, ...]:
    known = context(events={"e": happened}, **changes)
    return occurrences(deadline, known, first=date.min, last=date.min)


def only(deadline: After | AheadOf, happened: Occurred, **changes: Any) -> Term:
    (one,) = found(deadline, happened, **changes)
    return one.term


@pytest.mark.parametrize(
    ("happened", "count", "unit", "due", "grace_until"),
    [
        # The day of the event is not counted (Điều 147).
        ("2026-05-11", 1, "days", "2026-05-12", "2026-05-12"),
        ("2026-05-10", 30, "days", "2026-06-09", "2026-06-09"),
        ("2026-04-25", 5, "days", "2026-04-30", "2026-05-04"),  # ends on a holiday (Điều 148.5)
        ("2026-05-11", 2, "weeks", "2026-05-25", "2026-05-25"),
        # Working days.
        ("2026-04-20", 15, "working days", "2026-05-14", "2026-05-14"),
        ("2026-08-19", 10, "working days", "2026-09-04", "2026-09-04"),
        ("2026-02-14", 1, "working days", "2026-02-23", "2026-02-23"),  # happened on the Saturday before Tết
        # The corresponding day of the month, or its last (Điều 148.3).
        ("2026-01-31", 1, "months", "2026-02-28", "2026-03-02"),
        ("2028-01-31", 1, "months", "2028-02-29", "2028-02-29"),
        ("2026-03-31", 3, "months", "2026-06-30", "2026-06-30"),
        ("2026-05-15", 2, "months", "2026-07-15", "2026-07-15"),
        ("2026-11-30", 3, "months", "2027-02-28", "2027-03-01"),
        ("2028-02-29", 1, "years", "2029-02-28", "2029-02-28"),
        ("2026-05-15", 2, "years", "2028-05-15", "2028-05-15"),
    ],
)
def test_time_after_an_event(happened: str, count: int, unit: OffsetUnit, due: str, grace_until: str) -> None:
    term = only(After("e", Offset(count, unit)), on(happened))
    assert (term.kind, str(term.due), str(term.grace_until)) == ("event", due, grace_until)


def test_what_follows_an_event_starts_the_day_after_it() -> None:
    assert only(After("e", Offset(30, "days")), on("2026-05-10")).starts == day("2026-05-11")


def test_a_time_of_day_holds_on_the_last_day() -> None:
    term = only(After("e", Offset(1, "days"), time(17)), on("2026-05-11"))
    assert term.due_at == utc("2026-05-12T10:00")


@pytest.mark.parametrize(
    ("happened", "hours", "due", "at", "due_at"),
    [
        (on("2026-05-11", utc("2026-05-11T02:30")), 24, "2026-05-12", time(9, 30), "2026-05-12T02:30"),
        (on("2026-05-11", utc("2026-05-11T02:30")), 4, "2026-05-11", time(13, 30), "2026-05-11T06:30"),
        # Clock hours: they run through the weekend and nothing is rolled.
        (on("2026-05-15", utc("2026-05-15T09:00")), 24, "2026-05-16", time(16), "2026-05-16T09:00"),
        # Only the day is known: from the end of that day, to the end of the next.
        (on("2026-05-11"), 24, "2026-05-12", None, "2026-05-12T17:00"),
        (on("2026-05-11"), 8, "2026-05-12", time(8), "2026-05-12T01:00"),
    ],
)
def test_hours_after_an_event(happened: Occurred, hours: int, due: str, at: time | None, due_at: str) -> None:
    term = only(After("e", Offset(hours, "hours")), happened)
    assert (str(term.due), term.at) == (due, at)
    assert term.starts == happened.on
    assert term.due == term.strict == term.remind_by == term.grace_until
    assert term.due_at == term.remind_at == term.late_at == utc(due_at)


def test_hours_are_hours_when_the_clocks_change() -> None:
    before_the_gap = on("2026-03-28", utc("2026-03-28T08:00"))  # 09:00 in Paris
    term = only(After("e", Offset(24, "hours")), before_the_gap, zone=PARIS)
    assert (str(term.due), term.at, term.due_at) == ("2026-03-29", time(10), utc("2026-03-29T08:00"))


@pytest.mark.parametrize(
    ("happens", "count", "unit", "due"),
    [
        ("2026-04-10", 1, "working days", "2026-04-09"),
        ("2026-05-04", 1, "working days", "2026-04-29"),  # back over two holidays and a weekend
        ("2026-01-12", 1, "working days", "2026-01-10"),  # onto a worked Saturday
        ("2026-05-03", 2, "working days", "2026-04-28"),  # from a day off
        ("2026-04-10", 3, "days", "2026-04-07"),
        ("2026-04-10", 2, "weeks", "2026-03-27"),
        ("2026-03-31", 1, "months", "2026-02-28"),
    ],
)
def test_time_ahead_of_an_event(happens: str, count: int, unit: OffsetUnit, due: str) -> None:
    term = only(AheadOf("e", Offset(count, unit)), on(happens))
    assert (term.kind, str(term.due), term.starts) == ("before_event", due, None)


@pytest.mark.parametrize(
    ("happens", "hours", "due", "due_at"),
    [
        (on("2026-04-10", utc("2026-04-10T01:00")), 24, "2026-04-09", "2026-04-09T01:00"),
        # Only the day is known: back from its beginning, so the end of the day before the day before.
        (on("2026-04-10"), 24, "2026-04-08", "2026-04-08T17:00"),
    ],
)
def test_hours_ahead_of_an_event(happens: Occurred, hours: int, due: str, due_at: str) -> None:
    term = only(AheadOf("e", Offset(hours, "hours")), happens)
    assert (str(term.due), term.due_at) == (due, utc(due_at))


def test_working_days_back_from_beyond_the_announced_days_are_provisional() -> None:
    term = only(AheadOf("e", Offset(1, "working days")), on("2027-01-04"))
    assert str(term.due) == "2026-12-31"
    assert term.provisional


def test_without_a_length_it_is_undated_once_triggered() -> None:
    term = only(After("e"), on("2026-05-10"))
    assert (term.kind, term.starts, term.due, term.due_at) == ("event", day("2026-05-11"), None, None)


@pytest.mark.parametrize("deadline", [After("e"), After("e", Offset(3, "days")), AheadOf("e", Offset(3, "days"))])
def test_nothing_is_owed_before_the_event_is_known(deadline: After | AheadOf) -> None:
    assert found(deadline) == ()
    assert occurrences(deadline, context(), first=date.min, last=date.max) == ()
    assert occurrence(deadline, context(), "2026-05-10") is None


def test_each_time_of_an_event_is_an_obligation_of_its_own() -> None:
    ones = found(After("e", Offset(3, "days")), on("2026-05-10"), on("2026-06-10"))
    assert [(one.key, str(one.term.due)) for one in ones] == [
        ("2026-05-10", "2026-05-13"),
        ("2026-06-10", "2026-06-13"),
    ]


def test_two_times_on_one_day_are_told_apart() -> None:
    morning, noon = on("2026-05-10", utc("2026-05-10T01:00")), on("2026-05-10", utc("2026-05-10T05:00"))
    deadline = After("e", Offset(24, "hours"))
    assert keys(found(deadline, morning, noon, on("2026-05-11"))) == ["2026-05-10", "2026-05-10#2", "2026-05-11"]
    second = occurrence(deadline, context(events={"e": (morning, noon)}), "2026-05-10#2")
    assert second is not None
    assert second.term.due_at == utc("2026-05-11T05:00")


def test_a_key_finds_only_what_is_known() -> None:
    known = context(events={"e": (on("2026-05-10"),)})
    assert occurrence(After("e"), known, "2026-05-10") is not None
    for key in ("", "2026-05-10#1", "2026-05-10#2", "2026-05-11"):
        assert occurrence(After("e"), known, key) is None


def known_of(
    *events: Event,
    recorded: dict[str, tuple[Occurred, ...]] | None = None,
    done: dict[str, tuple[Occurred, ...]] | None = None,
) -> dict[str, tuple[Occurred, ...]]:
    programme = Programme(
        "p", "P", Document("1"), "d", "viet-nam", "l", "so-khcn", events={one.id: one for one in events}
    )
    return events_known(programme, recorded or {}, done or {}, calendar=OFFICIAL, zone=HCM)


def test_an_event_is_known_from_the_file_from_a_record_and_from_a_task() -> None:
    meeting = Event("meeting", "Họp", dates=(day("2026-04-10"), day("2026-01-10")))
    issued = Event("issued", "Ban hành")
    planned = Event("planned", "Có kế hoạch", when_done="A.4")
    silent = Event("silent", "Chưa xảy ra")
    known = known_of(
        meeting,
        issued,
        planned,
        silent,
        recorded={"issued": (on("2026-05-10"),), "unheard-of": (on("2026-05-10"),)},
        done={"A.4": (on("2026-06-01"),), "A.5": (on("2026-06-02"),)},
    )
    assert known == {
        "meeting": (on("2026-01-10"), on("2026-04-10")),
        "issued": (on("2026-05-10"),),
        "planned": (on("2026-06-01"),),
    }


def test_a_record_of_a_day_that_the_file_names_adds_the_hour_not_a_second_time() -> None:
    at_nine = on("2026-04-10", utc("2026-04-10T02:00"))
    meeting = Event("meeting", "Họp", dates=(day("2026-04-10"), day("2026-07-10")))
    assert known_of(meeting, recorded={"meeting": (at_nine,)})["meeting"] == (at_nine, on("2026-07-10"))


def test_two_records_of_one_day_stay_two_in_the_order_of_recording() -> None:
    later, earlier = on("2026-05-10", utc("2026-05-10T05:00")), on("2026-05-10", utc("2026-05-10T01:00"))
    known = known_of(Event("e", "E"), recorded={"e": (later, on("2026-05-01"), earlier)})
    assert known["e"] == (on("2026-05-01"), later, earlier)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (Offset(10, "days"), on("2026-04-20")),
        (Offset(5, "working days"), on("2026-04-17")),
        (Offset(1, "months"), on("2026-05-10")),
        (Offset(24, "hours"), on("2026-04-11", utc("2026-04-11T17:00"))),  # from the end of the day
    ],
)
def test_an_event_follows_from_another_without_being_rolled(offset: Offset, expected: Occurred) -> None:
    base = Event("base", "Họp", dates=(day("2026-04-10"),))
    assert known_of(Event("next", "Công bố", after=("base", offset)), base)["next"] == (expected,)


def test_chains_are_followed_in_whatever_order_they_are_written() -> None:
    links = [Event(f"e{n}", "E", after=(f"e{n + 1}", Offset(1, "days"))) for n in range(2000)]
    base = Event("e2000", "E", dates=(day("2026-01-01"),))
    assert known_of(*links, base)["e0"] == (on("2031-06-24"),)
    assert known_of(base, *links)["e0"] == (on("2031-06-24"),)


def test_an_event_that_recurs_makes_what_follows_recur() -> None:
    base = Event("base", "Họp", dates=(day("2026-01-05"), day("2026-04-06")))
    known = known_of(base, Event("next", "Công bố", after=("base", Offset(1, "weeks"))))
    assert known["next"] == (on("2026-01-12"), on("2026-04-13"))


def test_events_that_wait_for_each_other_start_nothing() -> None:
    one = Event("one", "1", after=("other", Offset(1, "days")))
    other = Event("other", "2", after=("one", Offset(1, "days")))
    itself = Event("itself", "3", after=("itself", Offset(1, "days")))
    orphan = Event("orphan", "4", after=("nowhere", Offset(1, "days")))
    assert known_of(one, other, itself, orphan) == {}


@given(
    st.dates(date(2025, 1, 1), date(2026, 10, 1)),
    st.integers(1, 40),
    st.sampled_from(["days", "weeks", "working days"]),
)
def test_back_from_the_end_of_a_count_is_where_it_began(start: date, count: int, unit: OffsetUnit) -> None:
    start = OFFICIAL.on_or_after(start)
    end = only(After("e", Offset(count, unit)), Occurred(start)).due
    assert end is not None
    assert only(AheadOf("e", Offset(count, unit)), Occurred(end)).due == start
