"""Passes: what is owed by now goes into the ledger and the outbox. Level-triggered and idempotent: run it every minute, at start-up,
after a month, in several processes; each notice is owed once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.engine import Connection

from db.facts import facts_for
from db.leader import leads
from db.ledger import attach, notices_for, owed_by_person, record
from db.obligations import Closing, Waking, close, set_wake, waking
from db.handover import pending_by_person
from db.outbox import NewMessage, enqueue
from db.passes import beat, begin_slot, finish_slot
from rules.calendar import local_day
from rules.days import plus
from rules.deadline import Continuous, Every
from rules.decide import decide
from rules.ledger import ledger_of
from rules.obligation import Facts, Notice, ObligationKey, Slot
from rules.roster import Followed, Roster
from rules.terms import following
from rules.window import Policy, morning
from scheduler.crash import crashpoint
from scheduler.office import Office
from scheduler.prompting import decide_prompt
from scheduler.spawning import spawn

PAGE = 2_000
LAST_OK_TICK = "last_ok_tick"


@dataclass(slots=True)
class PassCounts:
    """What a pass did. `daily`: it was the evaluation of a slot, not one of the reconciles in between."""

    daily: bool = False
    looked_at: int = 0
    owed: int = 0
    not_sent: int = 0
    messages: int = 0

    def as_mapping(self) -> dict[str, int]:
        """Return the counts as they are kept with the slot."""
        return {"looked_at": self.looked_at, "owed": self.owed, "not_sent": self.not_sent, "messages": self.messages}


def evaluate(office: Office, *, now: datetime) -> PassCounts | None:
    """Make one pass at `now`; return None when another process is making one."""
    counts = PassCounts()
    slot = last_slot(now, office.config.policy)
    with office.engine.begin() as connection:
        if not leads(connection):
            return None
        office.renew(connection)
        counts.daily = begin_slot(connection, slot, now=now)
        if counts.daily:
            spawn(connection, office, now=now)
    crashpoint("after_spawn")
    while _look_at_a_page(office, counts, now):
        crashpoint("after_page")
    with office.engine.begin() as connection:
        counts.messages = put_in_outbox(connection, now=now)
        crashpoint("before_enqueue_commit")
        if counts.daily:
            finish_slot(connection, slot, now=now, counts=counts.as_mapping())
        beat(connection, LAST_OK_TICK, at=now)
    crashpoint("after_enqueue")
    return counts


def last_slot(now: datetime, policy: Policy) -> datetime:
    """Return the latest daily hour at or before `now`."""
    today = local_day(now, policy.zone)
    slot = morning(today, policy)
    return slot if slot <= now else morning(today - timedelta(days=1), policy)


def put_in_outbox(connection: Connection, *, now: datetime) -> int:
    """Put what is owed and in no message yet into one message per person, into one still waiting if there is one."""
    owed = owed_by_person(connection)
    waiting = pending_by_person(connection, owed)
    fresh = {person: f"{person}|{now.isoformat()}" for person in owed if person not in waiting}
    ids = enqueue(connection, (NewMessage(key, person, "digest", now, now) for person, key in fresh.items()))
    messages = waiting | {person: ids[key] for person, key in fresh.items()}
    attach(connection, ((messages[person], notice) for person, notices in owed.items() for notice in notices))
    return len(fresh)


def _look_at_a_page(office: Office, counts: PassCounts, now: datetime) -> bool:
    """Look at some of the obligations whose time has come, in a transaction of their own; return False when none is left."""
    with office.engine.begin() as connection:
        if not leads(connection):
            return False
        page = waking(connection, now=now, limit=PAGE)
        if not page:
            return False
        roster = office.roster(connection, now=now)
        notices, wakes = _decide_page(connection, page, roster, now)
        record(connection, notices, decided_at=now)
        set_wake(connection, wakes)
        crashpoint("before_page_commit")
    counts.looked_at += len(page)
    owed = sum(notice.state == "owed" for _, notice in notices)
    counts.owed += owed
    counts.not_sent += len(notices) - owed
    return True


def _decide_page(
    connection: Connection, page: list[Waking], roster: Roster, now: datetime
) -> tuple[list[tuple[int, Notice]], list[tuple[int, datetime | None]]]:
    ids = [found.id for found in page]
    facts, ledgers = facts_for(connection, ids), notices_for(connection, ids)
    today = local_day(now, roster.policy.zone)
    notices: list[tuple[int, Notice]] = []
    wakes: list[tuple[int, datetime | None]] = []
    closings: list[Closing] = []
    for found in page:
        if found.kind != "task":
            owed, wake_at = decide_prompt(connection, found, roster, now=now)
        else:
            owed, wake_at, closing = _decide_one(found, facts[found.id], ledgers[found.id], roster, today, now)
            closings += closing
        notices += ((found.id, notice) for notice in owed)
        wakes.append((found.id, wake_at))
    close(connection, closings)
    return notices, wakes


def _decide_one(
    found: Waking, facts: Facts, ledger: Mapping[Slot, Notice], roster: Roster, today: date, now: datetime
) -> tuple[tuple[Notice, ...], datetime | None, list[Closing]]:
    followed = roster.follow(found.key, facts, today=today)
    if followed is None:
        return (), None, []
    closing: list[Closing] = []
    closes_at = followed.occurrence.closes_at
    if closes_at and closes_at <= now and found.state == "open":
        facts = replace(facts, closed_at=closes_at)
        closing.append(Closing(found.id, closes_at, successor(followed, roster)))
    condensed = ledger_of(ledger.values(), edition=facts.edition, late_rungs=followed.table.late_rungs)
    book = roster.book(followed.directory, today)
    decision = decide(followed.owers, followed.table, facts, condensed, book, now=now)
    wake_at = decision.wake_at
    if closes_at and closes_at > now and found.state == "open":
        wake_at = min(closes_at, wake_at or closes_at)
    return decision.notices, wake_at, closing


def successor(followed: Followed, roster: Roster) -> ObligationKey | None:
    """Return the name of the occurrence that takes over from this one, None when it is the last."""
    deadline, due = followed.task.deadlines[followed.key.part], followed.term.due
    if due is None or not isinstance(deadline, Every | Continuous):
        return None
    found = following(deadline, roster.context(followed.programme), plus(due, 1), n=1)
    return followed.key._replace(occurrence=found[0].key) if found else None
