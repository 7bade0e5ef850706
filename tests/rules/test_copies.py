"""Copies: a notice that one is only copied on is a reminder for whoever belongs to the unit that owes it."""

from datetime import date

import pytest

from rules.ladder import Role
from rules.ledger import Ledger
from rules.lines import Lines
from rules.obligation import Facts, Notice, Slot
from rules.roster import Roster
from tests.rules.books import POLICY, at, book, key, task


@pytest.mark.parametrize(
    ("unit", "role", "section", "owes_as"),
    [
        ("a", "focal", "overdue", "focal"),
        ("a", "standing", "overdue", "standing"),
        # A unit that only works with it, and whoever follows the programme, are told of it.
        ("b", "focal", "information", ""),
        ("b", "standing", "information", ""),
        ("b", "head", "information", ""),
        ("a", "overseer", "information", ""),
        # A head is copied on what goes up to a superior, and owes it as before.
        ("a", "head", "overdue", "head"),
    ],
)
def test_a_copy_to_those_who_belong_to_the_unit_is_a_reminder(
    unit: str, role: Role, section: str, owes_as: str
) -> None:
    since = Facts(at("2026-01-05"))
    roster = Roster(book(task("2026-03-31")), POLICY)
    followed = roster.follow(key(), since, today=date(2026, 4, 15))
    assert followed
    notice = Notice(Slot("late", 0, unit, role), "cc", at("2026-04-15"), "owed", "x@x.example")
    ledger = Ledger(followed.table.late_rungs, {})
    found = Lines(roster, now=at("2026-04-15")).line(followed, notice, since, ledger)
    assert (found.section, found.owes_as) == (section, owes_as)
