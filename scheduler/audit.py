"""Audit: what is stored and can be derived is derived again and must agree: it finds nothing unless all is not well."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from db.facts import facts_for
from db.ledger import notices_for, stranded
from db.obligations import Filter, StoredObligation, listing
from db.roll import first_watched
from rules.calendar import local_day
from rules.decide import decide
from rules.ledger import ledger_of
from rules.obligation import Facts, Notice
from rules.roster import Followed, Roster
from scheduler.office import Office
from scheduler.wanted import wanted_of_all

PAGE = 2_000
PATIENCE = timedelta(minutes=10)
"""A pass may be under way: what came due so recently is not missed yet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement between what is stored and what follows from rules and facts."""

    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}"


def audit(connection: Connection, office: Office, *, now: datetime) -> Iterator[Finding]:
    """Yield what is wrong: deadlines that differ, notices owed and undecided, wakes too late, notices nobody sends."""
    roster = office.roster(connection, now=now)
    after = 0
    while page := listing(connection, Filter(kinds=("task",), states=("open",)), after=after, limit=PAGE):
        after = page[-1].id
        yield from _audit_page(connection, page, roster, now)
    yield from _missing(connection, roster, now)
    for owed in stranded(connection, owed_before=now - PATIENCE):
        yield Finding(str(owed.key), f"{owed.notice.slot.rung} is owed to {owed.notice.person} and in no letter")


def _audit_page(
    connection: Connection, page: list[StoredObligation], roster: Roster, now: datetime
) -> Iterator[Finding]:
    ids = [found.id for found in page]
    facts, ledgers = facts_for(connection, ids), notices_for(connection, ids)
    for found in page:
        followed = roster.follow(found.key, facts[found.id], today=local_day(now, roster.policy.zone))
        if followed is None:
            yield Finding(str(found.key), "is open, and the rules in force do not know it")
            continue
        yield from _days(found, followed)
        yield from _wake(found, followed, facts[found.id], list(ledgers[found.id].values()), roster, now)


def _days(found: StoredObligation, followed: Followed) -> Iterator[Finding]:
    term = followed.term
    derived = {"due_on": term.due, "late_at": term.late_at, "strict_on": term.strict}
    for name, value in derived.items():
        stored = getattr(found, name)
        if stored != value:
            yield Finding(str(found.key), f"{name} is stored as {stored}, and follows as {value}")


def _wake(
    found: StoredObligation, followed: Followed, facts: Facts, notices: list[Notice], roster: Roster, now: datetime
) -> Iterator[Finding]:
    """Yield a finding when something was owed before the stored `wake_at`, or will be before it comes."""
    at = now - PATIENCE
    ledger = ledger_of(notices, edition=facts.edition, late_rungs=followed.table.late_rungs)
    book = roster.book(followed.directory, local_day(at, roster.policy.zone))
    decision = decide(followed.owers, followed.table, facts, ledger, book, now=at)
    overdue = found.wake_at is None or found.wake_at > at
    if decision.notices and overdue:
        rungs = ", ".join(sorted({notice.slot.rung for notice in decision.notices}))
        yield Finding(str(found.key), f"{rungs} was owed by {at} and is not in the ledger")
    elif decision.wake_at and (found.wake_at is None or found.wake_at > max(decision.wake_at, at)):
        yield Finding(str(found.key), f"is looked at {found.wake_at}, too late for what opens at {decision.wake_at}")


def _missing(connection: Connection, roster: Roster, now: datetime) -> Iterator[Finding]:
    """Yield the obligations the rules ask for by now that are not stored at all."""
    watched = first_watched(connection)
    stored: set[object] = set()
    after = 0
    while page := listing(connection, Filter(kinds=("task",)), after=after, limit=PAGE):
        after = page[-1].id
        stored |= {found.key for found in page}
    for wanted in wanted_of_all(roster, watched, now=now):
        if wanted.key not in stored:
            yield Finding(str(wanted.key), "is asked for by the rules in force, and is not followed")
