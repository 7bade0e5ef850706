"""scheduler.deciding: obligations decided together come to what each comes to alone."""

from dataclasses import replace
from typing import Any

import pytest

from rules.obligation import Announcement, Facts, Notice, Reason, Slot
from rules.roster import Roster
from scheduler.deciding import Deciding, decide_task
from tests.rules.books import POLICY, at, book, key, one

WATCHED = at("2026-01-05 08:00")
DUE = at("2026-02-13")
TASKS = "tasks:\n" + one("2026-02-13", id="T.1", lead="{each: cac-so}") + one("2026-02-13", id="T.2", lead="[a, b]")
WEEKLY = "tasks:\n" + one("{every: week, on: friday, if_unreported: close}", id="T.1", lead="{each: cac-so}")
OPEN = Facts(WATCHED)
FACTS = (OPEN, Facts(WATCHED, announcements=(Announcement("new", DUE),)), Facts(WATCHED, done_at=at("2026-02-16")))
LEDGERS = ("nothing", "late owed", "late silenced", "late sent", "overseer told", "overseer silenced", "moved since")


def rows(unit: str, what: str) -> dict[Slot, Notice]:
    """The ledger of an obligation of that unit as it stands in one of a few cases."""
    late = Notice(Slot("late", 0, unit, "head"), "to", DUE, "owed", f"gd.{unit}@x.example")
    sent = replace(late, state="sent", settled_at=at("2026-02-16"))
    overseer = Notice(Slot("overseer", 0, unit, "overseer"), "to", DUE, "sent", "pct@x.example", None, at("2026-02-23"))
    silenced: dict[str, Any] = {"state": "not_sent", "reason": Reason.SILENCED, "settled_at": at("2026-02-16")}
    gone = replace(late, slot=late.slot._replace(edition=7))
    found = {
        "nothing": [],
        "late owed": [late],
        "late sent": [sent],
        "late silenced": [replace(late, **silenced)],
        "overseer told": [sent, overseer],
        "overseer silenced": [sent, replace(overseer, **silenced)],
        "moved since": [gone, Notice(late.slot, "to", DUE, "not_sent", None, Reason.NOBODY, at("2026-02-16"))],
    }[what]
    return {notice.slot: notice for notice in found}


@pytest.mark.parametrize("day", ["2026-01-30", "2026-02-10", "2026-02-16", "2026-02-23", "2026-03-02", "2026-03-09"])
def test_together_they_come_to_what_each_comes_to_alone(day: str) -> None:
    roster, now = Roster(book(TASKS), POLICY), at(day)
    together = Deciding(roster, now=now)
    keys = [key(unit=unit) for unit in ("a", "b", "c", "nobody")] + [key("T.2", unit="a+b"), key("gone")]
    cases = [(name, facts, what) for what in LEDGERS for facts in FACTS for name in keys]
    for id_, (name, facts, what) in enumerate(cases):
        held = rows(name.units[0], what)
        alone = decide_task(id_, name, facts, held, Roster(book(TASKS), POLICY) if id_ % 30 == 0 else roster, now=now)
        assert together.task(id_, name, facts, held) == alone, (name, what, facts)


def test_each_owes_to_its_own_posts() -> None:
    deciding = Deciding(Roster(book(TASKS), POLICY), now=at("2026-02-10"))
    for unit in ("a", "b", "c"):
        notices = deciding.task(1, key(unit=unit), OPEN, {}).notices
        assert {notice.slot.unit for notice in notices} == {unit}


def test_one_whose_head_was_told_is_not_decided_as_one_whose_head_was_not() -> None:
    deciding = Deciding(Roster(book(TASKS), POLICY), now=at("2026-02-24"))
    told, untold = (
        {notice.slot.rung for notice in deciding.task(1, key(unit=unit), OPEN, held).notices if notice.state == "owed"}
        for unit, held in (("a", rows("a", "late sent")), ("b", {}))
    )
    assert "overseer" in told
    assert "overseer" not in untold


def test_all_that_close_name_the_occurrence_that_takes_over_from_each() -> None:
    deciding = Deciding(Roster(book(WEEKLY), POLICY), now=at("2026-02-23"))
    for id_, unit in enumerate("abc"):
        closing = deciding.task(id_, key(unit=unit, occurrence="2026-02-13"), OPEN, {}).closing
        assert closing is not None
        assert (closing.id, closing.next) == (id_, key(unit=unit, occurrence="2026-02-20"))
