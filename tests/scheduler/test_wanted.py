"""scheduler.wanted: which obligations the rule files ask for, since when each is followed, whether its units are told,
and when a pass must first look at it."""

from datetime import date, datetime, timedelta

import pytest

from db.sync import WantedObligation
from rules.obligation import Facts
from rules.programme import Occurred, Task
from rules.roster import Known, Roster, owing_units
from scheduler.deciding import decide_task
from scheduler.owed import Watched
from scheduler.wanted import changes_by_itself, waits_for_events, wanted_of, wanted_of_all
from tests.rules.books import POLICY, STANDARD, at, book, day, one

NOW = at("2026-03-02 08:00")
"""A Monday; the daily hour is past."""
EARLIER = at("2026-02-09 08:00")
"""Three weeks before."""
MINUTE = timedelta(minutes=1)
WEEKLY = "{every: week, on: friday}"
AMENDED = "amended: [{deadline: 2026-05, until: 339/UBND of 2026-02-20, why: lùi hạn}]"
TO_BE_AMENDED = "amended: [{deadline: 2026-05, until: 340/UBND of 2026-03-20}]"
EVENTS = "events: {hop: {title: Họp}}\n"


ONLY_LATE = "ladder: chuan\nrungs: [{id: late, at: 7 days late, to: [head]}]\n"


def roster_of(*tasks: str, events: Known | None = None, ladder: str = STANDARD) -> Roster:
    return Roster(book(EVENTS + "tasks:\n" + "".join(tasks), ladder=ladder), POLICY, {"ct": events or {}})


def rows_of(
    roster: Roster,
    *,
    since: date | None = None,
    followed: datetime | None = None,
    running: bool = False,
    now: datetime = NOW,
) -> list[WantedObligation]:
    """The obligations of the only task, `followed` being since when it is."""
    programme = roster.rulebook.programmes["ct"]
    (task,) = programme.tasks.values()
    watched = Watched({("ct", task.id): dict.fromkeys(owing_units(task), followed)} if followed else {})
    return list(wanted_of(programme, task, roster, watched, running=running, now=now, since=since))


def task_of(deadline: str, more: str = "") -> Task:
    return roster_of(one(deadline, id="T.1", more=more)).rulebook.programmes["ct"].tasks["T.1"]


def test_each_unit_owes_a_task_of_its_own_or_all_owe_one_together() -> None:
    each, joint = (one("2026-06-30", id="T.1", lead=lead) for lead in ("{each: cac-so}", "[a, b]"))
    assert [row.key.unit for row in rows_of(roster_of(each))] == ["a", "b", "c"]
    assert [row.key.unit for row in rows_of(roster_of(joint))] == ["a+b"]
    assert len({row._replace(key=row.key._replace(unit="")) for row in rows_of(roster_of(each))}) == 1


def test_a_row_holds_the_days_of_the_term() -> None:
    # A Sunday: what arrives on Monday is on time.
    (row,) = rows_of(roster_of(one("{before: 2026-06-28}", id="T.1")))
    assert (row.kind, row.due_on, row.strict_on) == ("task", day("2026-06-28"), day("2026-06-27"))
    assert (row.due_at, row.late_at) == (at("2026-06-29 00:00"), at("2026-06-30 00:00"))


def test_all_tasks_of_all_programmes_are_asked_for() -> None:
    roster = roster_of(one("2026-06-30", id="T.1"), one("2026-07", id="T.2", lead="b"))
    rows = list(wanted_of_all(roster, Watched(), now=NOW))
    assert [row.key.task for row in rows] == ["T.1", "T.2"]
    assert not any(row.announce for row in rows)


@pytest.mark.parametrize(
    ("followed", "running", "told"),
    [
        (None, False, False),  # a first start announces nothing
        (None, True, True),  # new in a programme that is followed
        (EARLIER, True, True),  # if it is new or has moved; the database knows
        (EARLIER, False, False),
    ],
)
def test_what_is_new_in_a_running_programme_is_announced(followed: datetime | None, running: bool, told: bool) -> None:
    (row,) = rows_of(roster_of(one("2026-06-30", id="T.1")), followed=followed, running=running)
    assert row.announce is told
    assert (row.wake_at == NOW) is (running and followed is None)


def test_a_programme_runs_when_one_of_its_tasks_is_followed() -> None:
    roster = roster_of(one("2026-06-30", id="T.1"), one("2026-06-30", id="T.2"))
    rows = wanted_of_all(roster, Watched({("ct", "T.1"): {"a": EARLIER}}), now=NOW)
    assert {row.key.task: row.wake_at == NOW for row in rows} == {"T.1": False, "T.2": True}


def test_the_next_occurrence_of_a_followed_task_is_no_news_and_was_followed_all_along() -> None:
    rows = rows_of(roster_of(one(WEEKLY, id="T.1")), followed=EARLIER, running=True)
    assert [row.key.occurrence for row in rows] == [
        "2026-02-13", "2026-02-20", "2026-02-27", "2026-03-06", "2026-03-13",
    ]  # fmt: skip
    assert [str(row.due_on) for row in rows] == [row.key.occurrence for row in rows]
    assert {row.watched_from for row in rows} == {EARLIER}
    assert not any(row.announce for row in rows)


def test_what_does_not_recur_is_followed_from_now() -> None:
    (row,) = rows_of(roster_of(one("2026-06-30", id="T.1")), followed=EARLIER)
    assert row.watched_from == NOW


def test_rows_since_a_day_are_those_due_from_it_but_none_from_before_it_is_followed() -> None:
    roster = roster_of(one(WEEKLY, id="T.1"))
    rows = rows_of(roster, followed=EARLIER, since=day("2026-02-26"))
    assert [row.key.occurrence for row in rows] == ["2026-02-27", "2026-03-06", "2026-03-13"]
    assert rows_of(roster, followed=EARLIER, since=day("2026-01-01")) == rows_of(roster, followed=EARLIER)


def test_a_first_start_makes_up_no_past() -> None:
    assert [row.key.occurrence for row in rows_of(roster_of(one(WEEKLY, id="T.1")))] == ["2026-03-06", "2026-03-13"]


def test_an_amended_deadline_says_which_document_moved_it() -> None:
    (row,) = rows_of(roster_of(one("2026-06-30", id="T.1", more=AMENDED)))
    assert (row.due_on, row.document, row.why) == (day("2026-06-30"), "339/UBND", "lùi hạn")
    (row,) = rows_of(roster_of(one("2026-06-30", id="T.1", more=TO_BE_AMENDED)))
    assert (row.due_on, row.document, row.why) == (day("2026-05-31"), None, None)


def test_what_waits_for_an_event_is_asked_for_without_a_day() -> None:
    after = one("{after: hop, within: 5 days}", id="T.1")
    (row,) = rows_of(roster_of(after))
    assert (row.key.occurrence, row.due_on, row.wake_at) == ("", None, None)
    (row,) = rows_of(roster_of(after, events={"hop": (Occurred(day("2026-03-02")),)}))
    assert (row.key.occurrence, row.due_on) == ("2026-03-02", day("2026-03-07"))
    assert row.wake_at is not None


@pytest.mark.parametrize(
    ("deadline", "followed", "wakes"),
    [
        ("2026-06-30", None, at("2026-06-16")),  # 14 days before
        ("2026-03-10", None, NOW),  # its first rung is past: looked at now, never earlier
        ("2026-02-10", None, NOW),  # late at first sight
        ("{every: year, on: 12-31}", None, at("2026-12-17")),
        ("continuous", None, None),  # no rung ever
    ],
)
def test_a_pass_first_looks_when_the_first_rung_opens(
    deadline: str, followed: datetime | None, wakes: datetime | None
) -> None:
    rows = rows_of(roster_of(one(deadline, id="T.1")), followed=followed)
    assert rows[0].wake_at == wakes


def test_what_was_late_before_it_was_followed_differs_from_what_was_late_after() -> None:
    roster = roster_of(one(WEEKLY, id="T.1"), ladder=ONLY_LATE)
    wakes = {row.key.occurrence: row.wake_at for row in rows_of(roster, followed=EARLIER)}
    assert wakes["2026-02-27"] == at("2026-03-06 07:00")
    (row,) = rows_of(roster_of(one("2026-02-27", id="T.1"), ladder=ONLY_LATE), followed=EARLIER)
    assert row.wake_at == NOW


def test_one_that_the_next_takes_over_is_looked_at_then_though_no_rung_has_opened() -> None:
    roster = roster_of(one("{every: week, on: friday, at: '16:00', if_unreported: close}", id="T.1"), ladder=ONLY_LATE)
    wakes = {row.key.occurrence: row.wake_at for row in rows_of(roster)}
    assert wakes["2026-03-06"] == at("2026-03-13 07:00")
    roster = roster_of(one("{every: day, at: '16:00', if_unreported: close}", id="T.1"), ladder=ONLY_LATE)
    wakes = {row.key.occurrence: row.wake_at for row in rows_of(roster)}
    assert wakes["2026-03-03"] == at("2026-03-04 16:00")


@pytest.mark.parametrize(
    "deadline",
    [
        "2026-06-30",
        "2026-03-10",
        "2026-02-10",
        "{before: 2026-04}",
        "{continuous: true, review: month}",
        WEEKLY,
        "{every: day, at: '16:00', if_unreported: close}",
        "{every: month, on: last, if_unreported: close}",
    ],
)
@pytest.mark.parametrize("followed", [None, EARLIER])
def test_nothing_is_owed_or_closed_before_the_first_look(deadline: str, followed: datetime | None) -> None:
    roster = roster_of(one(deadline, id="T.1"))
    for row in rows_of(roster, followed=followed):
        assert row.wake_at is not None
        assert row.wake_at >= NOW
        facts = Facts(row.watched_from)
        if row.wake_at > NOW:
            before = decide_task(1, row.key, facts, {}, roster, now=row.wake_at - MINUTE)
            assert (before.notices, before.closing, before.wake_at) == ((), None, row.wake_at)
        then = decide_task(1, row.key, facts, {}, roster, now=row.wake_at)
        assert then.notices or then.closing or then.wake_at


# What its obligations do without an edit: change, and wait for an event.
KINDS = {
    "2026-06-30": (False, False),
    "{before: 2026-04}": (False, False),
    "continuous": (False, False),
    "{continuous: true, review: month}": (True, False),
    WEEKLY: (True, False),
    "{after: hop, within: 5 days}": (True, True),
    "{ahead_of: hop, by: 1 working day}": (True, True),
}


@pytest.mark.parametrize("deadline", KINDS)
def test_what_changes_without_an_edit_is_told_by_the_deadline(deadline: str) -> None:
    task = task_of(deadline)
    assert (changes_by_itself(task), waits_for_events(task)) == KINDS[deadline]


def test_an_amendment_changes_a_task_on_its_day() -> None:
    assert changes_by_itself(task_of("2026-06-30", TO_BE_AMENDED))
    once_waited = "amended: [{deadline: {after: hop, within: 5 days}, until: 340/UBND of 2026-03-20}]"
    assert waits_for_events(task_of("2026-06-30", once_waited))
