"""Which occurrences of a recurring deadline exist on a day; and when a task of many counts as done."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.joint import Plain
from rules.obligation import ObligationKey
from rules.programme import Occurred, Programme
from rules.roster import Roster
from rules.series import Series
from rules.starters import tasks_done
from tests.rules.books import POLICY, book, day, key, one, task


def series(deadline: str) -> Series:
    rulebook = book(task(deadline))
    programme = rulebook.programmes["ct"]
    roster = Roster(rulebook, POLICY)
    found = programme.tasks["T.1"].deadlines[""]
    return Series(Plain(found, roster.context(programme)), roster.context(programme))  # type: ignore[arg-type]


def existing(found: Series, since: str, today: str) -> list[str]:
    """Return the due days, without the year."""
    return [f"{one.due:%m-%d}" for one in found.existing(since=day(since), today=day(today))]


@pytest.mark.parametrize(
    ("deadline", "since", "today", "expected"),
    [
        # The current one and the next.
        ("{every: week, on: friday}", "2026-03-02", "2026-03-02", ["03-06", "03-13"]),
        # On a due day the current one is still owed, and the two after it exist.
        ("{every: week, on: friday}", "2026-03-06", "2026-03-06", ["03-06", "03-13", "03-20"]),
        # All that fell due since it is followed, whenever one looks.
        ("{every: week, on: friday}", "2026-03-02", "2026-03-18", ["03-06", "03-13", "03-20", "03-27"]),
        ("{every: month, on: 25}", "2026-03-02", "2026-03-02", ["03-25", "04-25"]),
        # First followed on the Sunday after a Saturday's due day: what comes on Monday is still on time.
        ("{every: month, on: 28}", "2026-03-01", "2026-03-01", ["02-28", "03-28", "04-28"]),
        ("{every: month, on: 28}", "2026-03-02", "2026-03-02", ["02-28", "03-28", "04-28"]),
        ("{every: month, on: 28}", "2026-03-03", "2026-03-03", ["03-28", "04-28"]),
        # A recurrence that ends.
        ("{every: month, on: 25, until: 2026-04}", "2026-03-26", "2026-03-26", ["04-25"]),
        ("{every: month, on: 25, until: 2026-04}", "2026-04-29", "2026-04-29", []),
        # Working days, over Tết.
        ("{every: day, on: working day}", "2026-02-13", "2026-02-13", ["02-13", "02-23", "02-24"]),
        # The reviews of something continuous.
        ("{continuous: true, review: quarter}", "2026-03-02", "2026-03-02", ["03-31", "06-30"]),
    ],
)
def test_the_current_and_the_next_one_exist(deadline: str, since: str, today: str, expected: list[str]) -> None:
    assert existing(series(deadline), since, today) == expected


@given(
    deadline=st.sampled_from(
        [
            "{every: day, on: working day}",
            "{every: week, on: [monday, friday]}",
            "{every: month, on: 25}",
            "{every: 2 weeks, on: friday}",
        ]
    ),
    looks=st.lists(st.integers(0, 300), min_size=1, max_size=6),
)
def test_the_order_of_looking_changes_nothing(deadline: str, looks: list[int]) -> None:
    """However often it was asked before, and about which days: a fresh one says the same."""
    used = series(deadline)
    for number in looks:
        today = (day("2026-01-05") + timedelta(days=number)).isoformat()
        since = (day("2026-01-05") + timedelta(days=number // 2)).isoformat()
        assert existing(used, since, today) == existing(series(deadline), since, today)


def test_reviews_say_that_they_are_reviews() -> None:
    found = next(
        series("{continuous: true, review: quarter}").existing(since=day("2026-03-02"), today=day("2026-03-02"))
    )
    assert found.occurrence.term.why.en.startswith("Continuous, reviewed")


# --- When a task of many is done -------------------------------------------------------------------------------------


def programme(tasks: str) -> Programme:
    return book("events:\n  xong: {title: Xong, when_done: T.1}\n" + tasks).programmes["ct"]


def on(text: str) -> Occurred:
    return Occurred(date.fromisoformat(text))


EACH = programme("tasks:\n" + one("2026-06-30", id="T.1", lead="{each: [a, b]}"))
MONTHLY = programme("tasks:\n" + one("{every: month, on: 25}", id="T.1", lead="{each: [a, b]}"))
PARTS = programme("tasks:\n  - {id: T.1, title: Việc, lead: a, deadlines: {phát động: 2026-04, báo cáo: 2026-06}}\n")


@pytest.mark.parametrize(
    ("of", "done", "expected"),
    [
        (EACH, {}, {}),
        (EACH, {key(unit="a"): on("2026-03-02")}, {}),
        (EACH, {key(unit="a"): on("2026-03-02"), key(unit="b"): on("2026-03-05")}, {"T.1": (on("2026-03-05"),)}),
        # Each occurrence of a recurring one is a time of its own.
        (
            MONTHLY,
            {
                key(unit="a", occurrence="2026-03-25"): on("2026-03-24"),
                key(unit="b", occurrence="2026-03-25"): on("2026-03-20"),
                key(unit="a", occurrence="2026-04-25"): on("2026-04-24"),
            },
            {"T.1": (on("2026-03-24"),)},
        ),
        # Each of several deadlines has to be met.
        (PARTS, {key(part="phát động"): on("2026-04-01")}, {}),
        (
            PARTS,
            {key(part="phát động"): on("2026-04-01"), key(part="báo cáo"): on("2026-06-01")},
            {"T.1": (on("2026-06-01"),)},
        ),
        # Other tasks start nothing.
        (EACH, {key("T.9", unit="a"): on("2026-03-02")}, {}),
    ],
)
def test_a_task_is_done_when_all_who_owe_it_have_reported(
    of: Programme, done: dict[ObligationKey, Occurred], expected: dict[str, tuple[Occurred, ...]]
) -> None:
    assert tasks_done(of, done) == expected
