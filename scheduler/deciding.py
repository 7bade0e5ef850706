"""Deciding: what one obligation comes to at an instant, from rules, facts and ledger: notices, its closing, and when to
look again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from db.obligations import Closing
from rules.calendar import local_day
from rules.days import plus
from rules.deadline import Continuous, Every
from rules.decide import Plan, decide, plan
from rules.ledger import Ledger, ledger_of
from rules.obligation import Facts, Notice, ObligationKey, Reason, Slot
from rules.roster import Followed, Roster
from rules.terms import following


@dataclass(frozen=True, slots=True)
class Decided:
    """`notices` go into the ledger; `wake_at` is when to look again, None: not before something changes."""

    notices: tuple[Notice, ...] = ()
    wake_at: datetime | None = None
    closing: Closing | None = None


class Plans:
    """The plans made on one page: obligations that differ in their units only, and to which the same happened, share
    theirs."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Plan] = {}

    def of(self, followed: Followed, facts: Facts, ledger: Ledger, *, now: datetime) -> Plan:
        """Return the plan of an obligation at `now`, which must be the same for the whole page, as the roster."""
        if ledger.owed or ledger.outdated:
            return plan(followed.owers, followed.table, facts, ledger, now=now)
        told = tuple(map(ledger.told.get, followed.owers.heads))
        happened = (id(followed.table), facts, tuple(ledger.decided.items()), told, ledger.overseer_told)
        known = self._known.get(happened)
        if known is None:
            known = plan(followed.owers, followed.table, facts, ledger, now=now)
            self._known[happened] = known
        return known


def decide_task(
    id_: int,
    key: ObligationKey,
    facts: Facts,
    rows: Mapping[Slot, Notice],
    roster: Roster,
    *,
    now: datetime,
    plans: Plans | None = None,
) -> Decided:
    """Return what an obligation comes to at `now`; `rows` is its ledger. One that the rules no longer know owes
    nothing."""
    today = local_day(now, roster.policy.zone)
    followed = follow(key, facts, roster, today=today)
    if followed is None:
        return Decided(tuple(_withdrawn(rows, now)))
    is_open = not (facts.done_at or facts.withdrawn_at or facts.closed_at)
    closes_at, closing = followed.occurrence.closes_at if is_open else None, None
    if closes_at and closes_at <= now:
        facts = replace(facts, closed_at=closes_at)
        closing = Closing(id_, closes_at, successor(followed, roster))
    ledger = ledger_of(rows.values(), edition=facts.edition, late_rungs=followed.table.late_rungs)
    planned = plans.of(followed, facts, ledger, now=now) if plans else None
    book = roster.book(followed.directory, today)
    decision = decide(followed.owers, followed.table, facts, ledger, book, now=now, planned=planned)
    wakes = [at for at in (decision.wake_at, None if closing else closes_at) if at]
    return Decided(decision.notices, min(wakes, default=None), closing)


def follow(key: ObligationKey, facts: Facts, roster: Roster, *, today: date) -> Followed | None:
    """Return the obligation with its rules; None when the rules no longer know it or a unit that owes it."""
    followed = roster.follow(key, facts, today=today)
    if followed is None or not followed.directory.units.keys() >= set(key.units):
        return None
    return followed


def successor(followed: Followed, roster: Roster) -> ObligationKey | None:
    """Return the name of the occurrence that takes over from this one, None when it is the last."""
    deadline, due = followed.task.deadlines[followed.key.part], followed.term.due
    if due is None or not isinstance(deadline, Every | Continuous):
        return None
    found = following(deadline, roster.context(followed.programme), plus(due, 1), n=1)
    return followed.key._replace(occurrence=found[0].key) if found else None


def _withdrawn(rows: Mapping[Slot, Notice], now: datetime) -> list[Notice]:
    owed = (notice for notice in rows.values() if notice.state == "owed")
    return [replace(notice, state="not_sent", reason=Reason.WITHDRAWN, settled_at=now) for notice in owed]
