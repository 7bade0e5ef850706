"""No superior before the head: what waits at the gate, for whom, and until when."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from rules.followed import Followed
from rules.gate import gate, held_back_until, opened, read_above
from rules.ledger import Ledger
from rules.obligation import Facts, Notice, Slot
from rules.recipients import Owers
from rules.roster import Roster
from rules.timetable import Timetable
from tests.rules.books import DIRECTORY, POLICY, STANDARD, at, book, day, key, task
from tests.rules.calendars import HCM

OF_A = Owers(("a",), ("a",), "tt")


def followed(ladder: str = STANDARD, deadline: str = "2026-03-31") -> Followed:
    """Return a task due on 31 March: late on 1 April, to the overseer on the 7th, to the chair on the 15th."""
    roster = Roster(book(task(deadline), ladder=ladder), POLICY)
    found = roster.follow(key(), Facts(at("2026-01-05")), today=at("2026-01-05").date())
    assert found
    return found


TABLE = followed().table


def ledger(
    table: Timetable = TABLE,
    *,
    decided: Mapping[str, int] | None = None,
    head: str = "",
    overseer: str = "",
    owed: tuple[tuple[str, str], ...] = (),
) -> Ledger:
    """Return a ledger: which rungs are decided, since when the head and the overseer know, which notices are on their way."""
    made = Ledger(table.late_rungs, dict(decided or {}))
    if head:
        made.note_known(["a"], [], at(head))
    if overseer:
        made.note_known([], ["a"], at(overseer))
    for rung, role in owed:
        slot = Slot(rung, 0, "a", role)  # type: ignore[arg-type]
        made.owed[slot] = Notice(slot, "to", at("2026-04-01"), "owed", "somebody@x.example")
    return made


def passed(now: str, known: Ledger, owers: Owers = OF_A, table: Timetable = TABLE) -> tuple[list[str], str | None]:
    """Return the rungs that may be taken, and until when the others wait."""
    ready, until = gate(table.due(known.decided, at(now)), owers, table, known, now=at(now))
    return [step.rung.id for step in ready], local(until)


def local(moment: datetime | None) -> str | None:
    return f"{moment.astimezone(HCM):%m-%d %H:%M}" if moment else None


BEFORE = {"heads-up": 0, "due-soon": 0, "due-today": 0}


@pytest.mark.parametrize(
    ("now", "known", "expected"),
    [
        # Nothing reaches a superior: nothing waits.
        ("2026-04-01", ledger(decided=BEFORE), (["late"], None)),
        # The head was told on 1 April: the overseer hears on the day of the rung.
        ("2026-04-07", ledger(decided=BEFORE | {"late": 0}, head="2026-04-01"), (["overseer"], None)),
        # Down until 7 April: the head first, the overseer when the next working day opens.
        ("2026-04-07", ledger(decided=BEFORE), (["late"], "04-08 07:00")),
        ("2026-04-08", ledger(decided=BEFORE | {"late": 1}, head="2026-04-07"), (["overseer"], None)),
        # Told in the evening of the 7th, the 8th is a working day begun since.
        ("2026-04-08", ledger(decided=BEFORE | {"late": 1}, head="2026-04-07 17:30"), (["overseer"], None)),
        ("2026-04-08", ledger(decided=BEFORE | {"late": 1}, head="2026-04-08 07:00"), ([], "04-09 07:00")),
        # Down for a month: head, overseer and chair on three working days.
        ("2026-05-04", ledger(decided=BEFORE), (["late"] * 5, "05-05 07:00")),
        ("2026-05-05", ledger(decided=BEFORE | {"late": 4}, head="2026-05-04"), (["overseer"], "05-06 07:00")),
        (
            "2026-05-06",
            ledger(decided=BEFORE | {"late": 4, "overseer": 0}, head="2026-05-04", overseer="2026-05-05"),
            (["chair", "late"], None),
        ),
        # Friday: the weekend is no working day.
        ("2026-05-08", ledger(decided=BEFORE | {"late": 9}, head="2026-05-08"), ([], "05-11 07:00")),
        # The head's mail is still on its way: no second one, and the overseer waits.
        ("2026-04-07", ledger(decided=BEFORE | {"late": 0}, owed=(("late", "head"),)), ([], "04-08 07:00")),
        # No rung told the head (silenced, say): a warning does.
        ("2026-04-07", ledger(decided=BEFORE | {"late": 0}), (["warning"], "04-08 07:00")),
        # The overseer's mail is still on its way: the chair waits.
        (
            "2026-04-15",
            ledger(decided=BEFORE | {"late": 2, "overseer": 0}, head="2026-04-01", owed=(("overseer", "overseer"),)),
            ([], "04-16 07:00"),
        ),
        # The overseer's rung was refused: the chair does not wait for it.
        ("2026-04-15", ledger(decided=BEFORE | {"late": 2, "overseer": 0}, head="2026-04-01"), (["chair"], None)),
        # The overseer heard today: the chair tomorrow.
        (
            "2026-04-15",
            ledger(decided=BEFORE | {"late": 2, "overseer": 0}, head="2026-04-01", overseer="2026-04-15"),
            ([], "04-16 07:00"),
        ),
    ],
)
def test_who_may_hear_now(now: str, known: Ledger, expected: tuple[list[str], str | None]) -> None:
    assert passed(now, known) == expected


def test_every_head_of_a_joint_task_has_to_know() -> None:
    joint = Owers(("a", "b"), ("a", "b"), "tt")
    known = ledger(decided=BEFORE | {"late": 0}, head="2026-04-01")
    assert passed("2026-04-07", known, joint) == (["warning"], "04-08 07:00")
    known.note_known(["b"], [], at("2026-04-06"))
    assert passed("2026-04-07", known, joint) == (["overseer"], None)


NO_HEAD = DIRECTORY.replace("title: Giám đốc Sở A, email: gd.a@x.example", "title: Giám đốc Sở A, vacant: true")
NOBODY = NO_HEAD.replace("overseer: {title: Phó Chủ tịch, email: pct@x.example}", "")
REFUSED = ledger(decided=BEFORE | {"late": 1, "overseer": 0}, head="2026-04-01")
"""The overseer's own rung was refused (silenced, say); on 15 April the head hears again, and the chair."""


@pytest.mark.parametrize(
    ("directory", "known", "expected"),
    [
        # The head hears again: nothing tells the overseer before the chair, nothing waits.
        (DIRECTORY, REFUSED, (["late", "chair"], None)),
        # Nobody is head any more, the overseer reads it instead, for the first time: the chair hears a day later.
        (NO_HEAD, REFUSED, (["late"], "04-16 07:00")),
        # The overseer has known before.
        (
            NO_HEAD,
            ledger(decided=REFUSED.decided, head="2026-04-01", overseer="2026-04-08"),
            (["late", "chair"], None),
        ),
        # Nobody is overseer either: it is the chair who reads it.
        (NOBODY, REFUSED, (["late", "chair"], None)),
    ],
)
def test_an_overseer_who_reads_for_a_vacant_head_hears_a_day_before_the_chair(
    directory: str, known: Ledger, expected: tuple[list[str], str | None]
) -> None:
    roster = Roster(book(task("2026-03-31"), directory=directory), POLICY)
    reads = read_above(OF_A, known, roster.book(roster.rulebook.directories["tinh"], day("2026-04-15")))
    now = at("2026-04-15")
    ready, until = gate(TABLE.due(known.decided, now), OF_A, TABLE, known, now=now, overseer_reads=reads)
    assert ([step.rung.id for step in ready], local(until)) == expected


def test_a_warning_that_was_dropped_is_given_again() -> None:
    known = ledger(decided=BEFORE | {"late": 0, "warning": 0})
    ready, _ = gate(TABLE.due(known.decided, at("2026-04-07")), OF_A, TABLE, known, now=at("2026-04-07"))
    assert [(step.rung.id, step.turn) for step in ready] == [("warning", 1)]


HOURLY = """
ladder: chuan
rungs:
  - {id: late,     at: 1 working day late, to: [head]}
  - {id: overseer, at: 34 hours late,      to: [overseer]}
  - {id: chair,    at: 38 hours late,      to: [chair]}
"""


@pytest.mark.parametrize(
    ("now", "known", "expected"),
    [
        # Late on 1 April; 34 hours late is 10:00 on the 2nd, 38 hours 14:00. Told before its time: on schedule.
        ("2026-04-02 10:00", {"head": "2026-04-02 09:00"}, (["overseer"], None)),
        # Told at its time or after it: the next working day.
        ("2026-04-02 10:00", {"head": "2026-04-02 10:00"}, ([], "04-03 07:00")),
        ("2026-04-02 11:00", {"head": "2026-04-02 10:30"}, ([], "04-03 07:00")),
        # The overseer heard at ten, the chair hears at two; an overseer who hears at two is a day before the chair.
        ("2026-04-02 14:00", {"head": "2026-04-01", "overseer": "2026-04-02 10:00"}, (["overseer", "chair"], None)),
        ("2026-04-02 14:00", {"head": "2026-04-01"}, (["overseer"], "04-03 07:00")),
    ],
)
def test_by_the_hour_a_superior_hears_on_schedule_when_the_head_knew_before(
    now: str, known: dict[str, str], expected: tuple[list[str], str | None]
) -> None:
    table = followed(HOURLY).table
    made = ledger(table, decided={"late": 0}, head=known["head"], overseer=known.get("overseer", ""))
    assert passed(now, made, table=table) == expected


def test_a_repeated_overseer_rung_does_not_hold_up_the_chair() -> None:
    """The overseer has known since 7 April; the repetition on the chair's day makes no difference."""
    repeated = STANDARD.replace("cc: [head, standing]}", "cc: [head, standing], repeat: 8 days}")
    table = followed(repeated).table
    known = ledger(table, decided=BEFORE | {"late": 1, "overseer": 0}, head="2026-04-01", overseer="2026-04-07")
    assert passed("2026-04-15", known, table=table) == (["late", "overseer", "chair"], None)


@pytest.mark.parametrize(
    ("rung", "known", "expected"),
    [
        ("overseer", ledger(), "05-05 07:00"),  # the head's mail leaves now: the next working day
        ("overseer", ledger(head="2026-04-01"), "04-07 07:00"),  # told in time: on schedule
        ("chair", ledger(head="2026-04-01"), "04-15 07:00"),
        ("overseer", ledger(head="2026-04-07"), "04-08 07:00"),  # told on that very day: too late for it
        ("chair", ledger(head="2026-04-01", overseer="2026-05-04"), "05-05 07:00"),
    ],
)
def test_the_head_is_told_when_it_goes_up(rung: str, known: Ledger, expected: str) -> None:
    step = next(step for step in TABLE.steps if step.rung.id == rung)
    assert local(held_back_until(step, OF_A, TABLE, known, now=at("2026-05-04"))) == expected


@pytest.mark.parametrize(
    ("rung", "known", "expected"),
    [
        ("late", ledger(), "04-01 07:00"),  # no gate for the head
        ("overseer", ledger(head="2026-04-01"), "04-07 07:00"),
        ("overseer", ledger(head="2026-05-04"), "05-05 07:00"),  # it could not pass before
        ("overseer", ledger(owed=(("late", "head"),)), None),  # it cannot pass yet
        ("overseer", ledger(), "04-07 07:00"),  # nothing is on its way: its own day counts
        ("chair", ledger(head="2026-04-01", overseer="2026-04-15"), "04-16 07:00"),
        ("chair", ledger(head="2026-04-01", owed=(("overseer", "overseer"),)), None),
    ],
)
def test_what_waits_at_the_gate_does_not_age(rung: str, known: Ledger, expected: str | None) -> None:
    step = next(step for step in TABLE.steps if step.rung.id == rung)
    assert local(opened(step, OF_A, TABLE, known)) == expected


def test_a_rung_in_hours_keeps_its_instant_when_the_head_was_told_before() -> None:
    """The head is told at 10:00 that it goes up at 13:00, and at 13:00 it goes up."""
    ladder = """
ladder: chuan
rungs:
  - {id: late, at: 1 hour late, to: [head]}
  - {id: up, at: 4 hours late, to: [overseer], cc: [head]}
"""
    table = followed(ladder, deadline='{by: 2026-03-31, at: "09:00"}').table
    known = ledger(table, decided={"late": 0}, head="2026-03-31 10:00")
    assert passed("2026-03-31 13:00", known, table=table) == (["up"], None)
