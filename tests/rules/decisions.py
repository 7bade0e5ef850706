"""One decision as texts: what is decided about T.1 of unit `a` at a local time, and when to look again."""

from collections.abc import Iterable
from datetime import UTC, datetime

from rules.decide import Decision, decide
from rules.followed import Followed
from rules.ledger import ledger_of
from rules.obligation import Facts, Notice, Slot
from rules.programme import Rulebook
from rules.roster import Roster
from tests.rules.books import POLICY, at, book, key, task
from tests.rules.calendars import HCM

LONG_AGO = datetime(2025, 12, 1, tzinfo=UTC)
FACTS = Facts(LONG_AGO)
DUE_31_MARCH = book(task("2026-03-31"))

LADDER_OF = """
ladder: chuan
rungs:
  - {{id: first,  at: 10 days before, to: [head], {first}}}
  - {{id: second, at: 5 days before,  to: [head]}}
"""
"""A ladder with a rung of which one says what becomes of it (`first`), and a later one."""


def decided(
    now: str, facts: Facts = FACTS, rows: Iterable[Notice] = (), *, rulebook: Rulebook = DUE_31_MARCH
) -> tuple[list[str], str | None]:
    """Return what is decided about T.1 of unit `a` at that local time, and when to look again."""
    decision = decision_at(now, facts, rows, rulebook=rulebook)
    woken = decision.wake_at
    return texts(decision.notices), f"{woken.astimezone(HCM):%m-%d %H:%M}" if woken else None


def decision_at(now: str, facts: Facts, rows: Iterable[Notice] = (), *, rulebook: Rulebook = DUE_31_MARCH) -> Decision:
    followed, roster = follow(rulebook, facts, now)
    ledger = ledger_of(rows, edition=facts.edition, late_rungs=followed.table.late_rungs)
    book = roster.book(followed.directory, at(now).astimezone(HCM).date())
    return decide(followed.owers, followed.table, facts, ledger, book, now=at(now))


def follow(rulebook: Rulebook, facts: Facts, now: str) -> tuple[Followed, Roster]:
    roster = Roster(rulebook, POLICY)
    followed = roster.follow(key(), facts, today=at(now).astimezone(HCM).date())
    assert followed
    return followed, roster


def texts(notices: Iterable[Notice]) -> list[str]:
    """Return notices as texts: `late gd.a`, `late#1 vp.a cc: superseded`."""
    return [
        f"{n.slot.rung}{f'#{n.slot.turn}' if n.slot.turn else ''} {(n.person or 'nobody').partition('@')[0]}"
        f"{' cc' if n.as_ == 'cc' else ''}{f': {n.reason}' if n.reason else ''}"
        for n in notices
    ]


def sent(rung: str, when: str, *, turn: int = 0, role: str = "head", unit: str = "a", edition: int = 0) -> Notice:
    """Return the row of a notice that was sent."""
    slot = Slot(rung, turn, unit, role, edition)  # type: ignore[arg-type]
    return Notice(slot, "to", at(when), "sent", f"{role}.{unit}@x.example", settled_at=at(when))


def owed(rung: str, when: str, *, turn: int = 0, role: str = "head", edition: int = 0, person: str = "gd.a") -> Notice:
    """Return the row of a notice on its way."""
    slot = Slot(rung, turn, "a", role, edition)  # type: ignore[arg-type]
    return Notice(slot, "to", at(when), "owed", f"{person}@x.example")
