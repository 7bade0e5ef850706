"""Decide, when something was said back: each is told once, to those whom it concerns, whatever else they are told."""

from dataclasses import replace
from datetime import datetime

import pytest

from rules.answered import REMARKS, REQUESTS, settled
from rules.decide import void
from rules.obligation import Announcement, Facts, Notice, Reason, Silence, Slot
from tests.rules.books import at
from tests.rules.decisions import FACTS, LONG_AGO, decided, owed, sent
from tests.rules.test_decide_changes import LATE, ON_TIME

MARCH_9 = at("2026-03-09 10:00")


def said(kind: str, when: datetime = MARCH_9, turn: int = 0) -> Announcement:
    return Announcement(kind, when, turn, said="chờ kinh phí")  # type: ignore[arg-type]


def open_with(*told: Announcement) -> Facts:
    return replace(FACTS, announcements=told)


def done_with(*told: Announcement) -> Facts:
    return Facts(LONG_AGO, done_at=at("2026-03-09 09:00"), announcements=told)


def after(kind: str, happened: str) -> Facts:
    """Return the facts of T.1 when something was said of it one evening, and something else happened before the letter
    left."""
    spoken = said(kind, at("2026-03-09 20:00"))
    night = at("2026-03-09 21:00")
    match happened:
        case "moved":
            return Facts(night, 1, announcements=(spoken,))
        case "withdrawn":
            return replace(FACTS, withdrawn_at=night, announcements=(spoken,))
        case "closed":
            return replace(FACTS, closed_at=night, announcements=(spoken,))
        case "done":
            return replace(FACTS, done_at=night, announcements=(spoken,))
        case "suspended":
            return replace(FACTS, silences=(Silence(night, None, suspends=True),), announcements=(spoken,))
        case "settled":
            return settled(replace(FACTS, announcements=(spoken,)), REQUESTS | REMARKS)
        case "granted":
            return settled(Facts(night, 1, announcements=(spoken,)), REQUESTS | REMARKS)
    raise AssertionError(happened)


HAPPENED = ("moved", "suspended", "withdrawn", "closed", "done", "settled", "granted")
TOLD, SETTLED = "", "superseded"
OUTCOMES = {
    # What a unit says stays true of a moved deadline and of a closed period; its own report takes it back.
    "difficulty": (TOLD, TOLD, "withdrawn", TOLD, "reported", SETTLED, SETTLED),
    "not_ours": (TOLD, TOLD, "withdrawn", TOLD, "reported", SETTLED, SETTLED),
    "focal": (TOLD, TOLD, "withdrawn", TOLD, "reported", SETTLED, SETTLED),
    # A request that waits is told while it can be decided.
    "extension": (TOLD, TOLD, "withdrawn", "closed", "reported", SETTLED, SETTLED),
    "extension_above": (TOLD, TOLD, "withdrawn", "closed", "reported", SETTLED, SETTLED),
    # Nobody takes an answer back: who asked, or reported, is told it.
    "extension_refused": (TOLD, TOLD, "withdrawn", TOLD, "reported", TOLD, TOLD),
    "returned": (TOLD, TOLD, "withdrawn", TOLD, "reported", TOLD, TOLD),
}
READERS = {
    "extension_above": ("pct",),
    "extension_refused": ("gd.a", "vp.a"),
    "returned": ("gd.a", "vp.a"),
}


@pytest.mark.parametrize(
    ("kind", "happened", "reason"),
    [(kind, *each) for kind, reasons in OUTCOMES.items() for each in zip(HAPPENED, reasons, strict=True)],
)
def test_what_was_said_in_the_evening_is_told_or_the_ledger_says_why_not(kind: str, happened: str, reason: str) -> None:
    facts = after(kind, happened)
    why = f": {reason}" if reason else ""
    expected = [f"{kind} {reader}{why}" for reader in READERS.get(kind, ("vp.tt",))]
    assert [text for text in decided("2026-03-10", facts)[0] if text.startswith(kind + " ")] == expected
    # And what was decided before is looked at alike when the letter leaves.
    assert void(Slot(kind, 0, "a", "head", 0), facts, now=at("2026-03-10")) == (reason or None)


@pytest.mark.parametrize("kind", OUTCOMES)
def test_what_was_told_under_an_earlier_deadline_is_not_told_again(kind: str) -> None:
    roles = {"pct": "overseer", "gd.a": "head", "vp.a": "focal", "vp.tt": "standing"}
    told = [sent(kind, "2026-03-09 20:00", role=roles[reader]) for reader in READERS.get(kind, ("vp.tt",))]
    assert not [text for text in decided("2026-03-10", after(kind, "moved"), told)[0] if text.startswith(kind)]


TO_STANDING = ["difficulty", "not_ours", "focal"]


@pytest.mark.parametrize("kind", TO_STANDING)
def test_what_a_unit_tells_goes_to_the_standing_office_alone(kind: str) -> None:
    assert decided("2026-03-09 10:00", open_with(said(kind)))[0] == [f"{kind} vp.tt"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (open_with(said("returned")), ["returned gd.a", "returned vp.a"]),
        (done_with(said("accepted")), ["accepted gd.a cc", "accepted vp.a cc"]),
        # What came to nothing meanwhile is not told, and the ledger says why: done again, opened again, withdrawn.
        (done_with(said("returned", at("2026-03-09 08:00"))), ["returned gd.a: reported", "returned vp.a: reported"]),
        (open_with(said("accepted")), ["accepted gd.a cc: superseded", "accepted vp.a cc: superseded"]),
        (replace(open_with(said("difficulty")), withdrawn_at=at("2026-03-09 10:00")), ["difficulty vp.tt: withdrawn"]),
        (replace(done_with(said("difficulty", at("2026-03-09 08:00")))), ["difficulty vp.tt: reported"]),
    ],
)
def test_a_verdict_is_told_to_the_unit_while_it_holds(facts: Facts, expected: list[str]) -> None:
    assert decided("2026-03-10", facts)[0] == expected


def test_it_is_told_once_and_the_next_one_of_its_kind_anew() -> None:
    facts = open_with(said("difficulty"), said("difficulty", at("2026-03-10 10:00"), 1))
    told = sent("difficulty", "2026-03-09 10:00", role="standing", unit="tt")
    assert decided("2026-03-10 10:00", facts, [told])[0] == ["difficulty#1 vp.tt"]
    again = sent("difficulty", "2026-03-10 10:00", turn=1, role="standing", unit="tt")
    assert decided("2026-03-10 11:00", facts, [told, again])[0] == []


def test_outside_the_send_window_it_waits() -> None:
    assert decided("2026-03-09 20:00", open_with(said("difficulty", at("2026-03-09 20:00")))) == ([], "03-10 07:00")


def test_a_rung_owed_at_the_same_instant_takes_nothing_away() -> None:
    at_once = at("2026-04-01")
    told = decided("2026-04-01", open_with(said("returned", at_once), said("difficulty", at_once)), ON_TIME)[0]
    for expected in ("returned gd.a", "returned vp.a", "difficulty vp.tt", "late gd.a", "late vp.tt cc"):
        assert expected in told


def test_a_later_rung_takes_nothing_away_that_is_on_its_way() -> None:
    facts = open_with(said("returned", at("2026-04-01 08:00")))
    on_its_way = owed("returned", "2026-04-01 08:00")
    assert "returned gd.a: superseded" not in decided("2026-04-08", facts, [*LATE, on_its_way])[0]


def test_a_silence_hides_no_answer() -> None:
    facts = replace(open_with(said("difficulty")), silences=(Silence(at("2026-03-01"), None),))
    assert decided("2026-03-09 10:00", facts)[0] == ["difficulty vp.tt"]


@pytest.mark.parametrize(
    ("rung", "facts", "reason"),
    [
        ("returned", FACTS, None),
        ("returned", done_with(), Reason.REPORTED),
        ("accepted", done_with(), None),
        ("accepted", FACTS, Reason.SUPERSEDED),
        ("difficulty", FACTS, None),
        ("difficulty", replace(FACTS, withdrawn_at=MARCH_9), Reason.WITHDRAWN),
    ],
)
def test_what_is_on_its_way_is_looked_at_again(rung: str, facts: Facts, reason: Reason | None) -> None:
    assert void(Slot(rung, 0, "a", "head"), facts, now=MARCH_9) == reason


def test_what_was_owed_of_an_acceptance_is_not_settled_by_the_end_it_tells_of() -> None:
    on_its_way: Notice = owed("accepted", "2026-03-09 10:00")
    assert "accepted gd.a: reported" not in decided("2026-03-09 11:00", done_with(said("accepted")), [on_its_way])[0]
