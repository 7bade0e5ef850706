"""Rehearse: the ledger of an obligation as it would be if every mail left as soon as it was owed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from rules.calendar import local_day
from rules.decide import decide
from rules.followed import Followed
from rules.ledger import ledger_of
from rules.obligation import Facts, Notice, Slot
from rules.roster import Roster

BEGINNING = datetime.min.replace(tzinfo=UTC)
"""`watched_from` of an obligation that counts as followed all along: it has no baseline."""
_MOST_DECISIONS = 2_000


def rehearse(
    followed: Followed,
    facts: Facts,
    roster: Roster,
    *,
    now: datetime,
    since: datetime | None = None,
    after: Iterable[Notice] | None = None,
    heard_at: datetime | None = None,
) -> dict[Slot, Notice]:
    """Return the ledger as it would be if every mail left once owed, up to `now` and each rung's first turn; none
    before `heard_at`.

    `after` is the ledger up to `since`, or to `now`: the rehearsal goes on from there, what is on its way counted as
    sent.
    """
    table, found = followed.table, dict[Slot, Notice]()
    ledger = ledger_of(after or (), edition=facts.edition, late_rungs=table.late_rungs)
    for notice in list(ledger.owed.values()):
        ledger.note(replace(notice, state="sent", settled_at=since or now))
    at = table.next_after(BEGINNING, {}) if after is None else since or now
    at = max(at, heard_at) if at and heard_at else at
    rungs = {step.rung.id for step in table.steps}
    closes_at = followed.occurrence.closes_at
    for _ in range(_MOST_DECISIONS):
        if at is None or (at > now and rungs <= ledger.decided.keys()):
            break
        book = roster.book(followed.directory, local_day(at, roster.policy.zone))
        known = replace(facts, closed_at=closes_at) if closes_at and closes_at <= at else facts
        decision = decide(followed.owers, table, known, ledger, book, now=at)
        for notice in decision.notices:
            settled = replace(notice, state="sent", settled_at=at) if notice.state == "owed" else notice
            ledger.note(settled)
            found[notice.slot] = settled
        at = decision.wake_at
    return found
