"""The story of an obligation: told from a ledger, or rehearsed by the rules alone, which must come to what simulate does."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from rules.explain import Reader, RungStory, story
from rules.followed import Followed
from rules.obligation import Facts, Notice, ObligationKey, Reason, Slot
from rules.programme import Occurred, Rulebook
from rules.rehearse import BEGINNING, rehearse
from rules.roster import Roster
from rules.simulate import Assumption, simulate
from tests.rules.books import POLICY, STANDARD, book
from tests.rules.calendars import HCM

FACTS = Facts(BEGINNING)
MARCH = "tasks: [{id: A.1, title: Báo cáo, lead: a, deadline: 2026-03}]"
BEFORE = "tasks: [{id: A.1, title: Báo cáo, lead: a, deadline: {before: 2026-05-15}}]"
JOINT = "tasks: [{id: A.1, title: Báo cáo, lead: [a, b], deadline: 2026-04-30}]"
WEEKLY = "tasks: [{id: A.1, title: Báo cáo, lead: a, deadline: {every: week, on: friday}}]"
TET = "tasks: [{id: A.1, title: Báo cáo, lead: a, deadline: 2026-02-18}]"
STEEP = """
ladder: chuan
rungs:
  - {id: late,     at: 1 hour late,         to: [head]}
  - {id: overseer, at: 1 working day late,  to: [overseer], cc: [head]}
  - {id: chair,    at: 2 working days late, to: [chair]}
"""
AT_ONCE = """
ladder: chuan
rungs:
  - {id: late,     at: 5 hours late,       to: [head]}
  - {id: overseer, at: 6 hours late,       to: [overseer]}
  - {id: chair,    at: 1 working day late, to: [chair]}
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HCM)


def follow(rules: Rulebook, on: str, *, unit: str = "a", occurrence: str = "") -> tuple[Followed, Roster]:
    roster = Roster(rules, POLICY)
    key = ObligationKey("ct", "A.1", "", unit, occurrence)
    followed = roster.follow(key, FACTS, today=date.fromisoformat(on[:10]))
    assert followed is not None
    return followed, roster


def told(rules: Rulebook, now: str, **which: str) -> tuple[RungStory, ...]:
    followed, roster = follow(rules, now, **which)
    return story(followed, FACTS, roster, None, now=at(now))


def states(rungs: tuple[RungStory, ...]) -> dict[str, str]:
    return {f"{rung.rung}#{rung.turn}": rung.state for rung in rungs}


@pytest.mark.parametrize("tasks", [MARCH, BEFORE, TET, JOINT])
@pytest.mark.parametrize("ladder", [None, STEEP])
def test_a_rehearsal_comes_to_what_simulate_does(tasks: str, ladder: str | None) -> None:
    rules = book(tasks, ladder=ladder) if ladder else book(tasks)
    found = simulate(rules, POLICY, first=date(2026, 1, 5), last=date(2026, 6, 30))
    simulated = {(message.at, message.to, line.told.rung) for message in found.messages for line in message.lines}
    unit = "a+b" if tasks is JOINT else "a"
    followed, roster = follow(rules, "2026-06-30", unit=unit)
    ledger = rehearse(followed, FACTS, roster, now=at("2026-07-01T00:00"))
    rehearsed = {
        (notice.settled_at, notice.person, notice.slot.rung) for notice in ledger.values() if notice.state == "sent"
    }
    assert rehearsed == simulated


def test_the_latest_rung_that_has_come_is_owed() -> None:
    assert states(told(book(MARCH), "2026-04-02T08:00")) == {
        "heads-up#0": "past",
        "due-soon#0": "past",
        "due-today#0": "past",
        "late#0": "owed",
        "overseer#0": "coming",
        "late#1": "coming",
        "late#2": "coming",
        "chair#0": "coming",
    }


def test_before_anything_has_come_all_is_coming() -> None:
    assert set(states(told(book(MARCH), "2026-01-10T08:00")).values()) == {"coming"}


def test_a_rung_names_its_readers_on_the_day_it_opens() -> None:
    [late] = [rung for rung in told(book(MARCH), "2026-01-10T08:00") if (rung.rung, rung.turn) == ("late", 0)]
    assert [(reader.role, reader.unit, reader.as_, reader.email) for reader in late.readers] == [
        ("head", "a", "to", "gd.a@x.example"),
        ("focal", "a", "cc", "vp.a@x.example"),
        ("standing", "tt", "cc", "vp.tt@x.example"),
    ]


def test_what_the_next_occurrence_takes_over_is_closed() -> None:
    rungs = told(book(WEEKLY), "2026-03-02T08:00", occurrence="2026-03-06")
    assert {rung.rung: rung.reason for rung in rungs if not rung.turn}["chair"] == Reason.CLOSED


def test_a_superior_waits_in_the_rehearsal_as_well() -> None:
    rungs = {rung.rung: rung for rung in told(book(MARCH, ladder=STEEP), "2026-05-01T08:00")}
    assert (rungs["overseer"].nominal, rungs["overseer"].opens) == (at("2026-04-01T07:00"), at("2026-04-02T07:00"))
    assert {reader.at for reader in rungs["overseer"].readers if reader.role == "overseer"} == {at("2026-04-02T07:00")}
    assert {reader.at for reader in rungs["chair"].readers} == {at("2026-04-03T07:00")}


@pytest.mark.parametrize("ladder", [STEEP, AT_ONCE])
@pytest.mark.parametrize("now", ["2026-03-31T08:00", "2026-04-01T08:00", "2026-04-02T08:00", "2026-04-03T08:00"])
def test_rungs_open_when_simulate_sends_them(ladder: str, now: str) -> None:
    rules = book(MARCH, ladder=ladder)
    found = simulate(rules, POLICY, first=date(2026, 1, 5), last=date(2026, 6, 30))
    simulated = {(line.told.rung, message.at) for message in found.messages for line in message.lines}
    rungs = told(rules, now)
    assert {(rung.rung, rung.opens) for rung in rungs} == simulated
    assert [rung.rung for rung in rungs if rung.state == "coming"] == [
        rung.rung for rung in rungs if rung.opens > at(now)
    ]


def test_a_superior_waits_in_what_the_ledger_leads_to_as_well() -> None:
    followed, roster = follow(book(MARCH, ladder=STEEP), "2026-04-01")
    rungs = {rung.rung: rung for rung in story(followed, FACTS, roster, [LATE], now=at("2026-04-01T08:00"))}
    assert (rungs["late"].state, rungs["late"].opens) == ("sent", at("2026-04-01T07:00"))
    assert (rungs["overseer"].state, rungs["overseer"].opens) == ("coming", at("2026-04-02T07:00"))
    assert (rungs["chair"].state, rungs["chair"].opens) == ("coming", at("2026-04-03T07:00"))


def test_an_undated_obligation_has_no_rungs() -> None:
    assert told(book("tasks: [{id: A.1, title: x, lead: a, deadline: {set_by: Đề án}}]"), "2026-03-01T08:00") == ()


LATE = Notice(
    Slot("late", 0, "a", "head"), "to", at("2026-04-01T07:00"), "sent", "gd.a@x.example", None, at("2026-04-01T07:02")
)


def test_a_ledger_tells_what_became_of_each_rung() -> None:
    followed, roster = follow(book(MARCH), "2026-04-02")
    rungs = story(followed, FACTS, roster, [LATE], now=at("2026-04-02T08:00"))
    by_rung = {rung.rung: rung for rung in rungs if not rung.turn}
    assert (by_rung["late"].state, by_rung["late"].readers[0].at) == ("sent", at("2026-04-01T07:02"))
    assert by_rung["late"].readers[0].title == "Giám đốc Sở A"
    # Nothing in the ledger, though it has come: the next pass owes it.
    assert (by_rung["due-today"].state, by_rung["overseer"].state) == ("owed", "coming")


def test_what_is_no_rung_of_the_ladder_is_told_too() -> None:
    followed, roster = follow(book(MARCH), "2026-04-02")
    new = replace(LATE, slot=Slot("new", 0, "a", "head"), owed_at=at("2026-02-01T07:00"))
    rungs = story(followed, FACTS, roster, [new], now=at("2026-04-02T08:00"))
    assert (rungs[0].rung, rungs[0].state) == ("new", "sent")


def test_what_is_done_says_so_for_what_was_to_come() -> None:
    followed, roster = follow(book(MARCH), "2026-04-02")
    done = replace(FACTS, done_at=at("2026-04-02T09:00"))
    rungs = story(followed, done, roster, [LATE], now=at("2026-04-03T08:00"))
    assert {rung.rung: (rung.state, rung.reason) for rung in rungs}["chair"] == ("not_sent", Reason.REPORTED)


def test_a_rung_that_reached_nobody_says_why() -> None:
    followed, roster = follow(book(MARCH), "2026-04-02")
    silenced = replace(LATE, state="not_sent", reason=Reason.SILENCED)
    rungs = story(followed, FACTS, roster, [silenced], now=at("2026-04-02T08:00"))
    [late] = [rung for rung in rungs if (rung.rung, rung.turn) == ("late", 0)]
    assert (late.state, late.reason) == ("not_sent", Reason.SILENCED)


WEEK_LATE = "2026-04-02T08:00"
"""A day after `late` went out; its repetition and `again` open together on 8 April."""
AT_THE_SAME_TIME = """
ladder: chuan
rungs:
  - {id: late,  at: 1 working day late, to: [head], cc: [focal], repeat: 7 days}
  - {id: again, at: 8 days late,        to: [head], cc: [standing]}
"""


@pytest.mark.parametrize("notices", [None, [LATE]])
def test_who_is_told_by_another_rung_of_the_same_instant_is_not_told_twice(notices: list[Notice] | None) -> None:
    followed, roster = follow(book(MARCH, ladder=AT_THE_SAME_TIME), WEEK_LATE)
    rungs = {(rung.rung, rung.turn): rung for rung in story(followed, FACTS, roster, notices, now=at(WEEK_LATE))}
    again, repeated = rungs["again", 0], rungs["late", 1]
    assert again.opens == repeated.opens == at("2026-04-08T07:00")
    states = {(reader.role, reader.state, reader.reason) for reader in (*repeated.readers, *again.readers)}
    assert states == {
        ("head", "not_sent", Reason.SUPERSEDED),
        ("focal", "coming", None),
        ("head", "coming", None),
        ("standing", "coming", None),
    }


def test_before_it_is_known_that_it_is_owed_no_rung_opens() -> None:
    tasks = (
        "events: {e: {title: x}}\ntasks: [{id: A.1, title: x, lead: a, deadline: {after: e, within: 5 working days}}]"
    )
    rules, recorded = book(tasks), date(2026, 4, 23)
    found = simulate(
        rules, POLICY, first=date(2026, 4, 20), last=date(2026, 6, 30), assumed=[Assumption("ct", "e", recorded)]
    )
    simulated = {
        (message.at, message.to, line.told.rung)
        for message in found.messages
        for line in message.lines
        if line.told.rung != "new"
    }
    roster = Roster(rules, POLICY, {"ct": {"e": (Occurred(recorded),)}})
    followed = roster.follow(ObligationKey("ct", "A.1", "", "a", "2026-04-23"), FACTS, today=recorded)
    assert followed is not None
    heard_at, now = at("2026-04-23T00:00"), at("2026-04-20T07:00")
    rungs = story(followed, FACTS, roster, None, now=now, heard_at=heard_at)
    assert min(rung.opens for rung in rungs) == at("2026-04-23T07:00")
    ledger = rehearse(followed, FACTS, roster, now=at("2026-07-01T00:00"), heard_at=heard_at)
    assert {
        (notice.settled_at, notice.person, notice.slot.rung) for notice in ledger.values() if notice.state == "sent"
    } == simulated


@pytest.mark.parametrize("ladder", [STANDARD, AT_THE_SAME_TIME, STEEP])
@pytest.mark.parametrize("due", ["2026-03-31", "2026-03-30"])
def test_what_is_owed_at_an_instant_is_so_by_the_rules_alone_and_by_the_ledger_up_to_then(
    ladder: str, due: str
) -> None:
    rules = book(MARCH.replace("2026-03", due), ladder=ladder)
    followed, roster = follow(rules, "2026-04-30")
    all_sent = rehearse(followed, FACTS, roster, now=at("2026-05-05T00:00")).values()
    instants = {notice.settled_at for notice in all_sent if notice.settled_at}
    for now in sorted(instants):
        before = [notice for notice in all_sent if notice.settled_at and notice.settled_at < now]
        by_rules = story(followed, FACTS, roster, None, now=now)
        by_ledger = story(followed, FACTS, roster, before, now=now)
        assert _owed(by_rules) == _owed(by_ledger), now
        assert {rung.rung for rung in by_rules if rung.state == "owed"} == {
            rung.rung for rung in by_ledger if rung.state == "owed"
        }


def _owed(rungs: tuple[RungStory, ...]) -> set[tuple[str, int, str]]:
    return {(rung.rung, rung.turn, one.role) for rung in rungs for one in rung.readers if one.state == "owed"}


def test_an_escalation_and_a_repetition_of_one_instant_are_both_owed() -> None:
    # Late from 1 April; a week after that mail is eight days after 31 March.
    ladder = STANDARD.replace("at: 7 days late", "at: 8 days late")
    rungs = {(rung.rung, rung.turn): rung.state for rung in told(book(MARCH, ladder=ladder), "2026-04-08T07:00")}
    assert (rungs["overseer", 0], rungs["late", 1], rungs["late", 0]) == ("owed", "owed", "past")


def test_who_is_above_several_units_of_a_joint_task_is_named_once() -> None:
    over = Reader("overseer", "a", "Phó Chủ tịch", "over@x.example", "to", "sent", None, at("2026-04-30T07:00"))
    rung = RungStory("overseer", "", 0, at("2026-04-30"), at("2026-04-30"), "sent", (over, replace(over, unit="b")))
    assert len(rung.persons) == 1
    assert rung.sent_at == over.at
