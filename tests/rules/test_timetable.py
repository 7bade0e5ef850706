"""A ladder on the calendar: the instant of each rung, its repetitions, its age, and where a baseline puts the late ones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.obligation import Facts
from rules.roster import Roster
from rules.timetable import Timetable, is_too_old
from rules.window import opening
from tests.rules.books import POLICY, STANDARD, at, book, key, task
from tests.rules.calendars import HCM, OFFICIAL

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def rungs(*written: str) -> str:
    """Return a ladder with these rungs; each is told the head first where it must be."""
    return "ladder: chuan\nrungs:\n" + "".join(f"  - {{{rung}}}\n" for rung in written)


def table(deadline: str, ladder: str = STANDARD, *, more: str = "", watched_from: datetime = LONG_AGO) -> Timetable:
    """Return the timetable of a task with that deadline, followed since that instant."""
    rulebook = book(task(deadline, more=more), ladder=ladder)
    programme = rulebook.programmes["ct"]
    roster = Roster(rulebook, POLICY)
    since = at("2026-01-05").date()
    found = next(roster.wanted(programme, programme.tasks["T.1"], since=since, today=since))
    followed = roster.follow(found.key, Facts(watched_from), today=since)
    assert followed
    return followed.table


def opens(found: Timetable, rung: str = "r") -> str:
    """Return when mail about a rung may first leave, in local time."""
    return local(next(step for step in found.steps if step.rung.id == rung).opens)


def local(moment: datetime) -> str:
    return f"{moment.astimezone(HCM):%Y-%m-%d %H:%M}"


def test_due_never_comes_after_the_hour_that_is_due() -> None:
    found = table(
        '{by: 2026-05-14, at: "03:00"}', rungs("id: r, at: due, to: [head]", "id: l, at: 1 hour late, to: [head]")
    )
    assert [(step.rung.id, local(step.nominal)) for step in found.steps] == [
        ("r", "2026-05-14 03:00"),
        ("l", "2026-05-14 04:00"),
    ]


@pytest.mark.parametrize(
    ("deadline", "rung", "expected"),
    [
        # Before and on the due day: from the last working day up to it.
        ("2026-03-31", "due", "2026-03-31 07:00"),
        ("2026-02", "due", "2026-02-27 07:00"),  # 28 February is a Saturday
        ("2026-01-02", "due", "2025-12-31 07:00"),  # a swapped day off, back over the turn of the year
        ("2026-03-31", "3 days before", "2026-03-30 07:00"),  # 28 March is a Saturday: the next opening
        ("2026-02", "3 working days before", "2026-02-24 07:00"),  # 27, back over 26, 25, 24
        ("2026-02-23", "1 working day before", "2026-02-13 07:00"),  # back over Tết
        ("2026-01-12", "1 working day before", "2026-01-10 07:00"),  # onto a worked Saturday
        ("2026-03-31", "2 weeks before", "2026-03-17 07:00"),
        ("2028-03-14", "14 days before", "2028-02-29 07:00"),  # a leap year
        # Strict before: reminders count to the day before the named one.
        ("{before: 2026-05-15}", "due", "2026-05-14 07:00"),
        ("{before: 2026-05-15}", "1 day before", "2026-05-13 07:00"),
        ("{before: 2026-05-18}", "due", "2026-05-15 07:00"),  # a Monday: strict is Sunday, reminded on Friday
        ("{before: 2026-04-01}", "due", "2026-03-31 07:00"),
        # Late: from the first working day from the due day on, the named one for `before`.
        ("2026-03-31", "1 working day late", "2026-04-01 07:00"),
        ("2026-03-31", "7 days late", "2026-04-07 07:00"),
        ("2026-02", "1 working day late", "2026-03-03 07:00"),  # on time until Monday 2 March
        ("2026-02", "7 days late", "2026-03-09 07:00"),
        ("2026-04", "1 working day late", "2026-05-05 07:00"),  # 30 April, 1 May and a weekend off
        ("2026-12", "1 working day late", "2027-01-04 07:00"),  # over the turn of the year
        ("{before: 2026-05-15}", "1 working day late", "2026-05-18 07:00"),
        ("{before: 2026-05-18}", "1 working day late", "2026-05-19 07:00"),
        ("2026-03-31", "4 days late", "2026-04-06 07:00"),  # 4 April is a Saturday
        # Hours: from the instant.
        ('{by: 2026-03-31, at: "17:00"}', "3 hours before", "2026-03-31 14:00"),
        ('{by: 2026-03-31, at: "09:00"}', "3 hours before", "2026-03-31 07:00"),  # 06:00 waits for the opening
        ('{by: 2026-03-31, at: "17:00"}', "2 hours late", "2026-04-01 07:00"),  # 19:00 waits for the next day
        ('{by: 2026-03-31, at: "09:00"}', "2 hours late", "2026-03-31 11:00"),
        ("2026-03-31", "2 hours late", "2026-04-01 07:00"),  # the day ends at 24:00
        ("2026-03-31", "6 hours before", "2026-04-01 07:00"),  # 18:00 is past the window
        ('{by: 2026-03-28, at: "09:00"}', "2 hours before", "2026-03-27 07:00"),  # a Saturday: back from Friday 09:00
        ('{by: 2026-03-28, at: "09:00"}', "2 hours late", "2026-03-30 11:00"),  # and on from Monday 09:00
    ],
)
def test_a_rung_opens_at_the_daily_hour_of_its_day_or_at_its_instant(deadline: str, rung: str, expected: str) -> None:
    assert opens(table(deadline, rungs(f"id: r, at: {rung}, to: [head]"))) == expected


def test_roll_none_counts_from_the_named_day_itself() -> None:
    head = """
programme: ct
title: Chương trình
document: {number: 01/CTr, date: 2025-12-01}
directory: tinh
calendar: viet-nam
ladder: chuan
standing: tt
roll: none
"""
    rulebook = book(task("2026-02-28"), head=head)
    programme = rulebook.programmes["ct"]
    followed = Roster(rulebook, POLICY).follow(key(), Facts(LONG_AGO), today=at("2026-01-05").date())
    assert programme.roll is False
    assert followed
    # Saturday 28 February: the due morning and one working day late both wait for Monday, 7 days late is Saturday 7 March.
    assert opens(followed.table, "due-today") == "2026-03-02 07:00"
    assert opens(followed.table, "late") == "2026-03-02 07:00"
    assert opens(followed.table, "overseer") == "2026-03-09 07:00"


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        # Each repetition is counted from the first, never from the last one: a day off puts off one, not those after it.
        ("7 days", ["2026-04-01", "2026-04-08", "2026-04-15", "2026-04-22", "2026-04-29", "2026-05-06"]),
        ("1 week", ["2026-04-01", "2026-04-08", "2026-04-15", "2026-04-22", "2026-04-29", "2026-05-06"]),
        ("10 days", ["2026-04-01", "2026-04-13", "2026-04-21", "2026-05-04", "2026-05-11", "2026-05-21"]),
        ("5 working days", ["2026-04-01", "2026-04-08", "2026-04-15", "2026-04-22", "2026-05-04", "2026-05-11"]),
    ],
)
def test_repetitions_are_anchored(repeat: str, expected: list[str]) -> None:
    found = table("2026-03-31", rungs(f"id: r, at: 1 working day late, to: [head], repeat: {repeat}"))
    assert [local(step.opens) for step in found.due({}, at("2026-05-22"))][:6] == [f"{day} 07:00" for day in expected]


def test_repetitions_by_the_hour_keep_to_the_hour() -> None:
    found = table('{by: 2026-03-31, at: "09:00"}', rungs("id: r, at: 2 hours late, to: [head], repeat: 3 hours"))
    assert [local(step.opens) for step in found.due({}, at("2026-04-01 07:00"))] == [
        "2026-03-31 11:00",
        "2026-03-31 14:00",
        "2026-03-31 17:00",
        "2026-04-01 07:00",  # 20:00, 23:00, 02:00 and 05:00 wait for the morning
        "2026-04-01 07:00",
        "2026-04-01 07:00",
        "2026-04-01 07:00",
    ]


def test_what_is_decided_is_behind_and_the_rest_stands_in_order_of_time() -> None:
    found = table("2026-03-31")
    ids = [step.rung.id for step in found.due({}, at("2026-04-15"))]
    assert ids == ["heads-up", "due-soon", "due-today", "late", "overseer", "late", "late", "chair"]
    left = found.due({"heads-up": 0, "due-soon": 0, "due-today": 0, "late": 1}, at("2026-04-15"))
    assert [(step.rung.id, step.turn) for step in left] == [("overseer", 0), ("late", 2), ("chair", 0)]


@pytest.mark.parametrize(
    ("now", "decided", "expected"),
    [
        ("2026-01-05", {}, "2026-03-17 07:00"),
        ("2026-03-17", {"heads-up": 0}, "2026-03-26 07:00"),
        ("2026-03-17", {}, "2026-03-26 07:00"),  # what is open already is not ahead
        ("2026-04-01", {"late": 0}, "2026-04-07 07:00"),
        ("2026-04-08", {"late": 1}, "2026-04-15 07:00"),
        ("2026-06-30", {"late": 3}, "2026-07-01 07:00"),  # turns that were missed are not counted one by one
    ],
)
def test_the_next_instant_is_the_next_opening(now: str, decided: dict[str, int], expected: str) -> None:
    found = table("2026-03-31").next_after(at(now), decided)
    assert found is not None
    assert local(found) == expected


def test_an_undated_task_has_no_rungs() -> None:
    found = table("continuous")
    assert found.steps == ()
    assert found.next_after(LONG_AGO, {}) is None
    assert found.due({}, at("2030-01-01")) == []


def test_a_baseline_comes_first_and_late_rungs_count_from_its_day() -> None:
    """First seen on a Saturday: the sum-up waits for Monday, and the ladder is climbed from there."""
    found = table("2026-02-10", watched_from=at("2026-03-07 15:00"))
    assert opens(found, "baseline") == "2026-03-09 07:00"
    assert opens(found, "late") == "2026-03-10 07:00"
    assert opens(found, "overseer") == "2026-03-16 07:00"
    assert opens(found, "chair") == "2026-03-24 07:00"
    assert opens(found, "due-today") == "2026-02-10 07:00"  # what is before the deadline stays where it was


@pytest.mark.parametrize(
    ("watched_from", "is_baseline"),
    [
        ("2026-03-02 23:59", False),  # Saturday 28 February may be answered until the end of Monday
        ("2026-03-03 00:00", True),
    ],
)
def test_a_baseline_begins_where_lateness_does(watched_from: str, is_baseline: bool) -> None:
    assert bool(table("2026-02", watched_from=at(watched_from)).baseline) is is_baseline


@pytest.mark.parametrize(
    ("expires", "now", "too_old"),
    [
        ("3 days", "2026-04-04 07:00", False),  # counted from Wednesday 1 April
        ("3 days", "2026-04-04 23:59", False),
        ("3 days", "2026-04-05 00:00", True),
        ("1 week", "2026-04-08 07:00", False),
        ("1 week", "2026-04-09 07:00", True),
        ("3 working days", "2026-04-06 07:00", False),  # the weekend does not count
        ("3 working days", "2026-04-07 07:00", True),
        ("5 hours", "2026-04-01 12:00", False),
        ("5 hours", "2026-04-01 12:01", True),
    ],
)
def test_a_rung_expires_past_its_age(expires: str, now: str, too_old: bool) -> None:
    found = table("2026-03-31", rungs(f"id: r, at: 1 working day late, to: [head], expires: {expires}"))
    assert is_too_old(found.steps[0], at(now), found) is too_old


def test_days_off_age_nothing() -> None:
    """A rung on the first day of Tết opens nine days later; its age counts from there."""
    found = table("2026-02-13", rungs("id: r, at: 1 day late, to: [head], expires: 1 day"))
    assert opens(found) == "2026-02-23 07:00"
    assert not is_too_old(found.steps[0], at("2026-02-24 07:00"), found)
    assert is_too_old(found.steps[0], at("2026-02-25 07:00"), found)


@given(
    decided=st.dictionaries(st.sampled_from(["heads-up", "due-soon", "late", "chair"]), st.integers(0, 9)),
    days=st.integers(0, 120),
)
def test_nothing_lies_between_what_is_due_and_what_is_next(decided: dict[str, int], days: int) -> None:
    found = table("2026-03-31")
    now = at("2026-03-01") + timedelta(days=days, hours=3)
    due = found.due(decided, now)
    coming = found.next_after(now, decided)
    assert all(step.opens <= now and step.turn > decided.get(step.rung.id, -1) for step in due)
    assert all(step.opens == opening(step.nominal, POLICY, OFFICIAL) for step in due)
    if coming is not None:
        assert coming > now
        until = found.due(decided, coming - timedelta(microseconds=1))
        assert until == due
    ahead = [step.opens for step in found.ahead(decided) if step.opens > now]
    assert coming is None or not ahead or coming <= min(ahead)


def test_all_units_share_one_timetable() -> None:
    rulebook = book(task("2026-03-31", lead="{each: cac-so}"))
    roster, facts = Roster(rulebook, POLICY), Facts(LONG_AGO)
    found = [roster.follow(key(unit=unit), facts, today=at("2026-01-05").date()) for unit in "abc"]
    assert len({id(followed.table) for followed in found if followed}) == 1


def test_a_rung_tells_whether_it_is_late_and_whom_above_it_reaches() -> None:
    by_id = {step.rung.id: step for step in table("2026-03-31").steps}
    assert [id for id, step in by_id.items() if step.is_late] == ["late", "overseer", "chair"]
    assert [id for id, step in by_id.items() if step.is_rising] == ["overseer", "chair"]
    assert by_id["chair"].superiors == {"overseer", "chair"}
