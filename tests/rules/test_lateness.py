"""Until when a report is on time, where a deadline was moved to a day that was past."""

from dataclasses import replace
from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from rules.lateness import days_late, is_late, on_time_until, was_past_when_known
from rules.obligation import Announcement, Facts
from rules.status import UNANSWERED, Timeliness, status
from rules.status import days_late as status_days
from rules.term import Term
from rules.wording import Wording
from tests.rules.books import at, day
from tests.rules.calendars import HCM

FIRST = at("2026-01-05")


def term(due: str) -> Term:
    """Return a deadline of a working day."""
    ends = at(f"{due} 00:00") + timedelta(days=1)
    on = day(due)
    return Term(
        "date", Wording("", ""), due=on, remind_by=on, grace_until=on, due_at=ends, remind_at=ends, late_at=ends
    )


def moved(*moves: tuple[str, str | None]) -> Facts:
    """Return what is known after moves, each with the day it became known and the due day before it."""
    said = tuple(
        Announcement("moved", at(f"{known} 15:00"), number, day(was) if was else None)
        for number, (known, was) in enumerate(moves, 1)
    )
    return Facts(said[-1].at if said else FIRST, len(said), announcements=said)


@pytest.mark.parametrize(
    ("due", "moves", "until"),
    [
        ("2026-09-17", [], "2026-09-17"),
        # Moved ahead of its day.
        ("2026-09-30", [("2026-09-21", "2026-10-15")], "2026-09-30"),
        # Extended while it was late: what was late before is by the days after.
        ("2026-09-30", [("2026-09-21", "2026-09-10")], "2026-09-30"),
        # Moved to a day that was past.
        ("2026-09-17", [("2026-09-21", "2026-09-30")], "2026-09-21"),
        # It had no day: nobody was late.
        ("2026-09-17", [("2026-09-21", None)], "2026-09-21"),
        # Late already, and by the new day less so, or more.
        ("2026-09-12", [("2026-09-21", "2026-09-10")], "2026-09-12"),
        ("2026-09-08", [("2026-09-21", "2026-09-10")], "2026-09-10"),
        # Twice: late from the 21st on, then by a day that is still earlier, or less early.
        ("2026-09-16", [("2026-09-21", "2026-09-30"), ("2026-09-24", "2026-09-17")], "2026-09-21"),
        ("2026-09-23", [("2026-09-21", "2026-09-30"), ("2026-09-24", "2026-09-17")], "2026-09-23"),
        # Extended by mistake and put back on the same day; and after some days, when it had long been late.
        ("2026-09-10", [("2026-09-21", "2026-09-10"), ("2026-09-21", "2026-12-31")], "2026-09-10"),
        ("2026-09-10", [("2026-09-21", "2026-09-10"), ("2026-09-24", "2026-12-31")], "2026-09-10"),
        # And twice so.
        (
            "2026-09-10",
            [("2026-09-21", "2026-09-10"), ("2026-09-24", "2026-12-31"), ("2026-09-25", "2026-09-17")],
            "2026-09-10",
        ),
        # Moved away on its last day, before anybody was late by it, and put back when it was past.
        ("2026-09-10", [("2026-09-10", "2026-09-10"), ("2026-09-24", "2026-12-31")], "2026-09-24"),
    ],
)
def test_a_report_is_on_time_until(due: str, moves: list[tuple[str, str | None]], until: str) -> None:
    found = on_time_until(term(due), moved(*moves), HCM)
    assert found == day(until)
    assert was_past_when_known(term(due), moved(*moves), HCM) == (until != due)


@pytest.mark.parametrize(
    ("now", "late"),
    [("2026-09-21 15:00", 0), ("2026-09-21 23:59", 0), ("2026-09-22 00:00", 1), ("2026-09-28 07:00", 7)],
)
def test_the_day_on_which_a_past_deadline_became_known_is_on_time_everywhere(now: str, late: int) -> None:
    due, facts = term("2026-09-17"), moved(("2026-09-21", "2026-09-30"))
    assert days_late(due, facts, now=at(now), zone=HCM) == late
    assert is_late(due, facts, now=at(now), zone=HCM) == (late > 0)
    assert status_days(due, facts, UNANSWERED, zone=HCM, now=at(now)) == late
    open_ = status(due, facts, UNANSWERED, zone=HCM, now=at(now)).timeliness
    assert open_ == (Timeliness.LATE if late else Timeliness.DUE_TODAY)
    done = status(due, replace(facts, done_at=at(now)), UNANSWERED, zone=HCM, now=at(now)).timeliness
    assert done == (Timeliness.DONE_LATE if late else Timeliness.DONE_IN_TIME)


DAYS = st.integers(0, 60).map(lambda number: date(2026, 9, 1) + timedelta(days=number))


@given(due=DAYS, moves=st.lists(st.tuples(DAYS, DAYS | st.none()), max_size=4))
def test_nobody_is_late_before_the_deadline_nor_by_one_that_was_not_known(
    due: date, moves: list[tuple[date, date | None]]
) -> None:
    in_time = sorted(moves, key=lambda move: move[0])
    facts = moved(*((str(known), str(was) if was else None) for known, was in in_time))
    until = on_time_until(term(str(due)), facts, HCM)
    assert until is not None
    last_known = in_time[-1][0] if in_time else due
    assert due <= until <= max(due, last_known)
