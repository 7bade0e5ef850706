"""Succession: what fell due before a recurrence was replaced stays; what comes then is owed once a period, whenever and
however often it is replaced."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from rules.deadline import Every, MonthDay, Named, Weekday
from rules.obligation import Facts, ObligationKey
from rules.programme import Recast, Rulebook
from rules.roster import Roster
from rules.succession import chain, succeeded
from tests.rules.books import POLICY, at, book, day, key, task

FRIDAY, THURSDAY = "{every: week, on: friday}", "{every: week, on: thursday}"


def edited(*steps: tuple[str, str], followed: bool = True) -> Rulebook:
    """Return the rulebook after edits, each a deadline and the day on which it came into force (the first: '')."""
    (first, _), *rest = steps
    found = book(task(first))
    for deadline, on in rest:
        places = {("ct", "T.1")} if followed else set()
        found = succeeded(found, book(task(deadline)), places, today=day(on))
    return found


def owed(rulebook: Rulebook, since: str, today: str) -> list[str]:
    """Return what exists on a day: `2026-09-25>09-24` for one that is not due on the day it is named by."""
    return [name if name[5:] == f"{due:%m-%d}" else f"{name}>{due:%m-%d}" for name, due in days(rulebook, since, today)]


def days(rulebook: Rulebook, since: str, today: str) -> list[tuple[str, date]]:
    programme = rulebook.programmes["ct"]
    found = Roster(rulebook, POLICY).existing(programme, programme.tasks["T.1"], since=day(since), today=day(today))
    return [(one.occurrence.key, one.occurrence.term.due or date.max) for one in found]


@pytest.mark.parametrize(
    ("steps", "today", "expected"),
    [
        # The current one and the next move, under their old names; what comes later is named by its own day.
        (
            [(FRIDAY, ""), (THURSDAY, "2026-09-21")],
            "2026-09-21",
            ["2026-09-11", "2026-09-18", "2026-09-25>09-24", "2026-10-02>10-01"],
        ),
        (
            [(FRIDAY, ""), (THURSDAY, "2026-09-21")],
            "2026-10-02",
            ["2026-09-11", "2026-09-18", "2026-09-25>09-24", "2026-10-02>10-01", "2026-10-08", "2026-10-15"],
        ),
        # The new day of this week is over already: it stays where it was, and the change holds from the next one on.
        (
            [(FRIDAY, ""), (THURSDAY, "2026-09-18")],
            "2026-09-18",
            ["2026-09-11", "2026-09-18", "2026-09-25>09-24", "2026-10-02>10-01"],
        ),
        # September was due already: there is no second one on the 28th.
        (
            [("{every: month, on: 25}", ""), ("{every: month, on: 28}", "2026-09-26")],
            "2026-09-28",
            ["2026-09-25", "2026-10-25>10-28", "2026-11-25>11-28"],
        ),
        (
            [("{every: month, on: 28}", ""), ("{every: month, on: 25}", "2026-09-26")],
            "2026-09-26",
            ["2026-09-28", "2026-10-28>10-25"],
        ),
        # The first of a month stands for the last day of the one before.
        (
            [("{every: month, on: 1}", ""), ("{every: month, on: last}", "2026-09-21")],
            "2026-09-21",
            ["2026-10-01>09-30", "2026-11-01>10-31"],
        ),
        # Another rhythm: what is to come ends, the new one begins; nothing of it lies before.
        (
            [(FRIDAY, ""), ("{every: month, on: 28}", "2026-09-21")],
            "2026-09-21",
            ["2026-09-11", "2026-09-18", "2026-09-28", "2026-10-28"],
        ),
        (
            [("{every: month, on: 25}", ""), (FRIDAY, "2026-09-21")],
            "2026-09-21",
            ["2026-09-25", "2026-10-02"],
        ),
        # Twice a week in place of once: the day that both have stays the same one.
        (
            [(FRIDAY, ""), ("{every: week, on: [tuesday, friday]}", "2026-09-21")],
            "2026-09-21",
            ["2026-09-11", "2026-09-18", "2026-09-22", "2026-09-25"],
        ),
        # A day in place of a recurrence, and the other way round.
        ([(FRIDAY, ""), ("2026-12-31", "2026-09-21")], "2026-09-21", [">12-31", "2026-09-11", "2026-09-18"]),
        (
            [("2026-09-10", ""), (FRIDAY, "2026-09-21")],
            "2026-09-21",
            [">09-10", "2026-09-25", "2026-10-02"],
        ),
        ([("2026-12-31", ""), (FRIDAY, "2026-09-21")], "2026-09-21", ["2026-09-25", "2026-10-02"]),
        # Taken back on the same day: as if nothing had happened.
        (
            [(FRIDAY, ""), (THURSDAY, "2026-09-21"), (FRIDAY, "2026-09-21")],
            "2026-10-03",
            ["2026-09-11", "2026-09-18", "2026-09-25", "2026-10-02", "2026-10-09", "2026-10-16"],
        ),
        # Taken back later: the same obligations move back.
        (
            [(FRIDAY, ""), (THURSDAY, "2026-09-21"), (FRIDAY, "2026-09-23")],
            "2026-10-03",
            ["2026-09-11", "2026-09-18", "2026-09-25", "2026-10-02", "2026-10-09", "2026-10-16"],
        ),
        # Taken back when the moved one was due: it stays as it was owed, and what there was by then moves back.
        (
            [(FRIDAY, ""), (THURSDAY, "2026-09-21"), (FRIDAY, "2026-09-25")],
            "2026-09-28",
            ["2026-09-11", "2026-09-18", "2026-09-25>09-24", "2026-10-02", "2026-10-08>10-09"],
        ),
        # Another rhythm, and back on the same day.
        (
            [(FRIDAY, ""), ("{every: month, on: 28}", "2026-09-21"), (FRIDAY, "2026-09-21")],
            "2026-09-21",
            ["2026-09-11", "2026-09-18", "2026-09-25", "2026-10-02"],
        ),
        # A recurrence is ended, or goes on longer.
        (
            [(FRIDAY, ""), ("{every: week, on: friday, until: 2026-09-25}", "2026-09-21")],
            "2026-09-21",
            ["2026-09-11", "2026-09-18", "2026-09-25"],
        ),
        (
            [("{every: week, on: friday, until: 2026-09-18}", ""), (THURSDAY, "2026-09-21")],
            "2026-09-21",
            ["2026-09-11", "2026-09-18", "2026-09-24", "2026-10-01"],
        ),
    ],
)
def test_what_is_owed_after_an_edit(steps: list[tuple[str, str]], today: str, expected: list[str]) -> None:
    assert owed(edited(*steps), "2026-09-10", today) == expected


def test_an_amendment_in_the_rule_file_does_the_same_on_its_day() -> None:
    amended = f"amended: [{{deadline: {FRIDAY}, until: 12/CV of 2026-09-21}}]"
    rulebook = book(task(THURSDAY, more=amended))
    assert owed(rulebook, "2026-09-10", "2026-09-18") == ["2026-09-11", "2026-09-18", "2026-09-25", "2026-10-02"]
    moved = ["2026-09-11", "2026-09-18", "2026-09-25>09-24", "2026-10-02>10-01"]
    assert owed(rulebook, "2026-09-10", "2026-09-21") == moved


def test_an_amendment_that_becomes_known_late_counts_from_the_day_it_is_known() -> None:
    amended = f"amended: [{{deadline: {FRIDAY}, until: 12/CV of 2026-09-02}}]"
    later = book(task(THURSDAY, more=amended))
    rulebook = succeeded(book(task(FRIDAY)), later, {("ct", "T.1")}, today=day("2026-09-21"))
    assert owed(rulebook, "2026-09-04", "2026-09-21")[:3] == ["2026-09-04", "2026-09-11", "2026-09-18"]


def test_of_a_task_not_followed_yet_nothing_was_lived_by() -> None:
    assert edited((FRIDAY, ""), (THURSDAY, "2026-09-21"), followed=False).recast == {}


def test_what_is_edited_beside_the_deadline_leaves_no_trace() -> None:
    after = book(task(FRIDAY, more="product: Báo cáo"))
    assert succeeded(book(task(FRIDAY)), after, {("ct", "T.1")}, today=day("2026-09-21")).recast == {}
    moved = succeeded(book(task("2026-09-30")), book(task("2026-10-30")), {("ct", "T.1")}, today=day("2026-09-21"))
    assert moved.recast == {}


def test_the_last_of_the_old_ones_closes_when_the_next_falls_due() -> None:
    rulebook = edited((FRIDAY, ""), (THURSDAY, "2026-09-21"))
    roster = Roster(rulebook, POLICY)

    def closes(occurrence: str) -> object:
        followed = roster.follow(key(occurrence=occurrence), Facts(at("2026-09-01")), today=day("2026-09-21"))
        assert followed is not None
        return followed.occurrence.closes_at

    assert closes("2026-09-11") == at("2026-09-19 00:00")
    assert closes("2026-09-18") == at("2026-09-25 00:00")
    assert closes("2026-09-25") == at("2026-10-02 00:00")
    assert closes("2026-10-02") == at("2026-10-09 00:00")
    assert closes("2026-10-08") == at("2026-10-16 00:00")


@pytest.mark.parametrize(
    ("deadline", "occurrence", "begins"),
    [
        (THURSDAY, "2026-09-25", "2026-09-19"),
        (THURSDAY, "2026-10-02", "2026-09-25"),
        ("{every: week, on: saturday}", "2026-09-25", "2026-09-19"),
        ("{every: month, on: 28}", "2026-09-28", "2026-09-19"),
        ("{every: month, on: 28}", "2026-10-28", "2026-09-29"),
    ],
)
def test_an_occurrence_begins_on_the_day_after_the_one_before(deadline: str, occurrence: str, begins: str) -> None:
    roster = Roster(edited((FRIDAY, ""), (deadline, "2026-09-21")), POLICY)
    followed = roster.follow(key(occurrence=occurrence), Facts(at("2026-09-01")), today=day("2026-09-21"))
    assert followed is not None
    assert followed.term.starts == day(begins)


def test_what_fell_due_before_is_followed_by_the_deadline_it_fell_due_by() -> None:
    rulebook = edited((FRIDAY, ""), (THURSDAY, "2026-09-21"))
    followed = Roster(rulebook, POLICY).follow(
        key(occurrence="2026-09-18"), Facts(at("2026-09-01")), today=day("2026-09-21")
    )
    assert followed is not None
    assert followed.deadline == book(task(FRIDAY)).programmes["ct"].tasks["T.1"].deadlines[""]
    assert followed.term.due == day("2026-09-18")


def test_what_neither_recurrence_has_is_unknown() -> None:
    roster = Roster(edited((FRIDAY, ""), (THURSDAY, "2026-09-21")), POLICY)
    facts = Facts(at("2026-09-01"))
    for gone in ("2026-09-17", "2026-09-24", "2026-10-09", ""):
        assert roster.follow(key(occurrence=gone), facts, today=day("2026-09-21")) is None


# --- Whatever is edited, in whatever order ----------------------------------------------------------------------------

DAY = timedelta(days=1)
START = date(2026, 3, 2)
WEEKDAYS = st.builds(Weekday, st.integers(0, 6))
ONE_RHYTHM = [
    st.builds(Every, st.just("week"), st.just(1), st.tuples(WEEKDAYS), if_unreported=st.just("close")),
    st.builds(
        Every,
        st.just("month"),
        st.just(1),
        st.tuples(
            st.builds(MonthDay, st.integers(1, 28)) | st.sampled_from([Named("last working day"), Named("last")])
        ),
    ),
]
ANY = st.one_of(
    *ONE_RHYTHM,
    st.builds(Every, st.sampled_from(["day", "week", "quarter"]), st.integers(1, 3)),
    st.builds(
        Every,
        st.just("week"),
        st.just(1),
        st.lists(WEEKDAYS, min_size=2, max_size=4, unique=True).map(tuple),
        if_unreported=st.just("close"),
    ),
)
BLANK = book(task(FRIDAY))


def lived(steps: list[tuple[Every, int]]) -> list[tuple[date, Rulebook]]:
    """Return the rulebooks as they followed one another, each with the day it came into force."""
    found: list[tuple[date, Rulebook]] = []
    today = START
    for deadline, later in steps:
        programme = BLANK.programmes["ct"]
        changed = replace(programme.tasks["T.1"], deadlines={"": deadline})
        after = replace(BLANK, programmes={"ct": replace(programme, tasks={"T.1": changed})})
        today += later * DAY
        if found:
            after = succeeded(found[-1][1], after, {("ct", "T.1")}, today=today)
        found.append((today, after))
    return found


def there(rulebook: Rulebook, today: date) -> dict[str, date]:
    programme = rulebook.programmes["ct"]
    found = Roster(rulebook, POLICY).existing(programme, programme.tasks["T.1"], since=START, today=today)
    return {one.occurrence.key: one.occurrence.term.due or date.max for one in found}


@given(steps=st.lists(st.tuples(ANY, st.integers(0, 40)), min_size=2, max_size=4), after=st.integers(0, 60))
def test_what_fell_due_before_an_edit_is_the_same_after_it_and_nothing_is_added_there(
    steps: list[tuple[Every, int]], after: int
) -> None:
    books = lived(steps)
    for (_, was), (on, is_) in pairwise(books):
        before, then = there(was, on), there(is_, on + after * DAY)
        assert {name: due for name, due in before.items() if due < on} == {
            name: due for name, due in then.items() if due < on
        }


@given(steps=st.lists(st.tuples(ANY, st.integers(0, 40)), min_size=1, max_size=4), after=st.integers(0, 60))
def test_the_occurrences_come_in_order_each_by_one_name_and_are_found_by_it(
    steps: list[tuple[Every, int]], after: int
) -> None:
    on, rulebook = lived(steps)[-1]
    today = on + after * DAY
    programme = rulebook.programmes["ct"]
    found = list(Roster(rulebook, POLICY).existing(programme, programme.tasks["T.1"], since=START, today=today))
    names = [one.occurrence.key for one in found]
    dues = [one.occurrence.term.due for one in found]
    assert names == sorted(set(names))
    assert dues == sorted(set(dues))  # type: ignore[type-var]
    for one in found:
        name = ObligationKey("ct", "T.1", "", "a", one.occurrence.key)
        followed = Roster(rulebook, POLICY).follow(name, Facts(at("2026-03-02")), today=today)
        assert followed is not None
        assert followed.occurrence == one.occurrence


@pytest.mark.parametrize("rhythm", ONE_RHYTHM)
def test_in_one_rhythm_no_period_is_owed_twice_and_none_is_left_out(rhythm: st.SearchStrategy[Every]) -> None:
    @given(steps=st.lists(st.tuples(rhythm, st.integers(0, 40)), min_size=2, max_size=4))
    def holds(steps: list[tuple[Every, int]]) -> None:
        on, rulebook = lived(steps)[-1]
        weekly = steps[0][0].unit == "week"
        dues = sorted(there(rulebook, on + 90 * DAY).values())
        # Each edit moves a period by half of one at the most; where it stays, the next one moves instead.
        edits = len(steps) - 1
        shortest, longest = (7 - 4 * edits, 7 + 4 * edits) if weekly else (28 - 15 * edits, 31 + 17 * edits)
        shortest = max(shortest, 1)
        assert all(shortest <= (after - one).days <= longest for one, after in pairwise(dues))

    holds()


@given(steps=st.lists(st.tuples(ANY, st.integers(0, 40)), min_size=2, max_size=4), looks=st.lists(st.integers(0, 60)))
def test_what_exists_does_not_hang_on_when_one_looked(steps: list[tuple[Every, int]], looks: list[int]) -> None:
    on, rulebook = lived(steps)[-1]
    programme = rulebook.programmes["ct"]
    roster = Roster(rulebook, POLICY)
    for days in looks:
        today = on + days * DAY
        found = roster.existing(programme, programme.tasks["T.1"], since=START, today=today)
        assert {one.occurrence.key: one.occurrence.term.due for one in found} == there(rulebook, today)


@given(deadline=ANY, other=ANY, later=st.integers(0, 30), after=st.integers(0, 60))
def test_an_edit_that_is_taken_back_on_its_day_is_none(deadline: Every, other: Every, later: int, after: int) -> None:
    (_, was), *_, (on, is_) = lived([(deadline, 0), (other, later), (deadline, 0)])
    assert there(was, on + after * DAY) == there(is_, on + after * DAY)


def test_of_several_edits_on_one_day_only_what_was_lived_by_counts() -> None:
    rulebook = edited((FRIDAY, ""), (THURSDAY, "2026-09-21"), ("{every: week, on: monday}", "2026-09-21"))
    friday = book(task(FRIDAY)).programmes["ct"].tasks["T.1"].deadlines[""]
    assert rulebook.recast == {("ct", "T.1", ""): (Recast(friday, day("2026-09-21")),)}


def test_before_the_day_of_the_edit_the_earlier_deadline_was_in_force() -> None:
    rulebook = edited((FRIDAY, ""), (THURSDAY, "2026-09-21"))
    of_task = rulebook.programmes["ct"].tasks["T.1"]
    friday = book(task(FRIDAY)).programmes["ct"].tasks["T.1"].deadlines[""]
    assert chain(of_task, "", rulebook.recast[("ct", "T.1", "")], day("2026-09-20")).deadline == friday


def test_a_review_in_place_of_a_recurrence_of_its_rhythm_moves_it() -> None:
    review = "{continuous: true, review: {every: week, on: thursday}}"
    assert owed(edited((FRIDAY, ""), (review, "2026-09-21")), "2026-09-21", "2026-09-21") == [
        "2026-09-25>09-24",
        "2026-10-02>10-01",
    ]


def test_a_recurrence_that_begins_anew_owes_what_comes_before_the_current_one_only_where_nothing_was_due() -> None:
    coming = "{every: month, on: 25, from: 2026-10-01}"
    at_once = "{every: month, on: 25, from: 2026-09-01}"
    assert owed(edited((coming, ""), (at_once, "2026-09-21")), "2026-09-10", "2026-09-21") == [
        "2026-09-25",
        "2026-10-25",
        "2026-11-25",  # it was there, and stays
    ]
