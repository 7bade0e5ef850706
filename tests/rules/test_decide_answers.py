"""Decide, when something was said back: each is told once, to those whom it concerns, whatever else they are told."""

from dataclasses import replace
from datetime import datetime

import pytest

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


TO_STANDING = ["difficulty", "not_ours", "focal"]


@pytest.mark.parametrize("kind", TO_STANDING)
def test_what_a_unit_tells_goes_to_the_standing_office_alone(kind: str) -> None:
    assert decided("2026-03-09 10:00", open_with(said(kind)))[0] == [f"{kind} vp.tt"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (open_with(said("returned")), ["returned gd.a", "returned vp.a"]),
        (done_with(said("accepted")), ["accepted gd.a cc", "accepted vp.a cc"]),
        # What came to nothing meanwhile is not told: done again, opened again, withdrawn.
        (done_with(said("returned", at("2026-03-09 08:00"))), []),
        (open_with(said("accepted")), []),
        (replace(open_with(said("difficulty")), withdrawn_at=at("2026-03-09 10:00")), ["difficulty vp.tt: withdrawn"]),
        (replace(done_with(said("difficulty", at("2026-03-09 08:00")))), ["difficulty vp.tt: reported"]),
        # Said under an earlier deadline: its edition told it.
        (Facts(at("2026-03-10"), 1, announcements=(said("difficulty"),)), []),
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
        ("accepted", FACTS, Reason.MOVED),
        ("difficulty", FACTS, None),
        ("difficulty", replace(FACTS, withdrawn_at=MARCH_9), Reason.WITHDRAWN),
    ],
)
def test_what_is_on_its_way_is_looked_at_again(rung: str, facts: Facts, reason: Reason | None) -> None:
    assert void(Slot(rung, 0, "a", "head"), facts, now=MARCH_9) == reason


def test_what_was_owed_of_an_acceptance_is_not_settled_by_the_end_it_tells_of() -> None:
    on_its_way: Notice = owed("accepted", "2026-03-09 10:00")
    assert "accepted gd.a: reported" not in decided("2026-03-09 11:00", done_with(said("accepted")), [on_its_way])[0]
