"""Passes: what is owed by now goes into the ledger and the outbox. Level-triggered and idempotent: run it every minute,
at start-up, after a month, in several processes; each notice is owed once."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.facts import facts_of
from db.handover import hold_waiting, set_back
from db.leader import lead, leads
from db.ledger import attach, first_free, notices_for, record
from db.obligations import FOLLOWED, Waking, close, set_wake, waking
from db.outbox import NewMessage, enqueue
from db.passes import beat, begin_slot, finish_slot, last_evaluation, pulses
from db.troubles import note_trouble, open_troubles, resolve_troubles
from rules.calendar import local_day
from rules.obligation import Notice
from rules.roster import Roster
from rules.window import Policy, morning
from scheduler.crash import crashpoint
from scheduler.deciding import Decided, Deciding
from scheduler.garbage import collected_later
from scheduler.office import Office
from scheduler.past import Withdrawing
from scheduler.periodic.sending import sum_up
from scheduler.prompting import decide_prompt
from scheduler.spawning import spawn_what_changed
from scheduler.sweeping import sweep_proofs
from scheduler.tidying import tidy
from scheduler.worker import LEASE

PAGE = 5_000
LAST_OK_TICK = "last_ok_tick"
UNDECIDED = "undecided"
"""The kind of trouble that an obligation makes which cannot be decided."""
LOOK_AGAIN = timedelta(hours=1)
"""When an obligation that could not be decided is looked at again."""
NOT_BEFORE = timedelta(minutes=1)
"""No obligation is looked at again sooner, so that every pass comes to its end."""
CLOCK_SET_BACK = timedelta(minutes=5)
"""If the last pass lies so far ahead, the clock was set, and what was put off by the old one is looked at anew."""

log = logging.getLogger("dondoc.passes")


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


@dataclass(slots=True)
class _Page:
    """What was decided on the obligations of a page; `faults` are those that could not be, with what went wrong."""

    decided: list[tuple[Waking, Decided]] = field(default_factory=list)
    faults: list[tuple[Waking, str]] = field(default_factory=list)

    def notices(self) -> list[tuple[int, Notice]]:
        return [(found.id, notice) for found, decided in self.decided for notice in decided.notices]


@collected_later()
def evaluate(office: Office, *, now: datetime, stopping: Callable[[], bool] = lambda: False) -> PassCounts | None:
    """Make one pass at `now`; return None when another process is making one. Told to stop, it ends after the present
    page."""
    counts = PassCounts()
    slot = last_slot(now, office.config.policy)
    with office.engine.begin() as connection:
        if not leads(connection):
            return None
        office.renew(connection)
        _mind_the_clock(connection, now)
        counts.daily = begin_slot(connection, slot, now=now)
        if counts.daily:
            tidy(connection, now=now)
        spawn_what_changed(connection, office, now=now)
    crashpoint("after_spawn")
    withdrawing = Withdrawing(office.config)
    while _look_at_a_page(office, counts, withdrawing, now):
        crashpoint("after_page")
        if stopping():
            return counts
    with office.engine.begin() as connection:
        lead(connection)
        counts.messages = put_in_outbox(connection, now=now)
        crashpoint("before_enqueue_commit")
        _finish(connection, slot, counts, now)
    crashpoint("after_enqueue")
    counts.messages += sum_up(office, now=now)
    if counts.daily:
        sweep_proofs(office, now=now)
    return counts


def last_slot(now: datetime, policy: Policy) -> datetime:
    """Return the latest daily hour at or before `now`."""
    today = local_day(now, policy.zone)
    slot = morning(today, policy)
    return slot if slot <= now else morning(today - timedelta(days=1), policy)


def put_in_outbox(connection: Connection, *, now: datetime) -> int:
    """Put what is owed and in no message yet into one message per person, into one still waiting if there is one."""
    first = first_free(connection)
    waiting = hold_waiting(connection, first)
    # The first notice is part of the name: at the same instant there may have been a message before, already sent.
    fresh = {person: f"{person}|{now.isoformat()}|{first[person]}" for person in first if person not in waiting}
    ids = enqueue(connection, (NewMessage(key, person, "digest", now, now) for person, key in fresh.items()))
    attach(connection, [*waiting.values(), *ids.values()])
    return len(fresh)


def _mind_the_clock(connection: Connection, now: datetime) -> None:
    """If the clock was set back since the last pass, do not wait until it has caught up."""
    last = pulses(connection).get(LAST_OK_TICK)
    if last is not None and last.at - now > CLOCK_SET_BACK:
        log.warning("the clock was set back from %s to %s: everything is looked at anew", last.at, now)
        set_back(connection, now=now, lease=LEASE)
        beat(connection, LAST_OK_TICK, at=now)


def _finish(connection: Connection, slot: datetime, counts: PassCounts, now: datetime) -> None:
    """Note that all was looked at: for the slot, too, whose evaluation another process began and did not live to
    end."""
    begun = last_evaluation(connection)
    if counts.daily or (begun is not None and begun.slot == slot and begun.finished_at is None):
        finish_slot(connection, slot, now=now, counts=counts.as_mapping())
    beat(connection, LAST_OK_TICK, at=now)


def _look_at_a_page(office: Office, counts: PassCounts, withdrawing: Withdrawing, now: datetime) -> bool:
    """Look at some of the obligations whose time has come, in a transaction of their own; return False when none is
    left."""
    with office.engine.begin() as connection:
        lead(connection)
        found = waking(connection, now=now, limit=PAGE)
        if not found:
            return False
        # Obligations may be those of a revision that was applied since the last page.
        office.renew(connection)
        page = _decide_page(connection, found, office.roster(connection, now=now), withdrawing, now)
        notices = page.notices()
        record(connection, notices, decided_at=now)
        close(connection, [decided.closing for _, decided in page.decided if decided.closing], recorded_at=now)
        set_wake(connection, _wakes(page, now))
        _note_faults(connection, page, now)
        crashpoint("before_page_commit")
    counts.looked_at += len(found)
    owed = sum(notice.state == "owed" for _, notice in notices)
    counts.owed += owed
    counts.not_sent += len(notices) - owed
    return True


def _decide_page(
    connection: Connection, found: list[Waking], roster: Roster, withdrawing: Withdrawing, now: datetime
) -> _Page:
    facts, ledgers = facts_of(connection, found), notices_for(connection, [one.id for one in found])
    page, by_rules = _Page(), dict[datetime | None, Deciding]()
    for one in found:
        try:
            if one.kind in FOLLOWED:
                # What was withdrawn owes what it owed by then, by the rules that it was withdrawn from.
                at = facts[one.id].withdrawn_at
                if at not in by_rules:
                    then = withdrawing.roster(connection, at) if at else None
                    by_rules[at] = Deciding(then or roster, now=now, present=roster)
                decided = by_rules[at].task(one.id, one.key, facts[one.id], ledgers[one.id])
            else:
                decided = decide_prompt(connection, one, roster, withdrawing.config, now=now)
        except SQLAlchemyError:
            raise
        # A fault of ours in one obligation must not keep the others waiting.
        except Exception as fault:
            log.exception("%s cannot be decided", one.key)
            page.faults.append((one, f"{type(fault).__name__}: {fault}"))
        else:
            page.decided.append((one, decided))
    return page


def _wakes(page: _Page, now: datetime) -> Iterable[tuple[int, datetime | None]]:
    soonest = now + NOT_BEFORE
    for found, decided in page.decided:
        at = decided.wake_at
        yield found.id, at if at is None or at > now else soonest
    for found, _ in page.faults:
        yield found.id, now + LOOK_AGAIN


def _note_faults(connection: Connection, page: _Page, now: datetime) -> None:
    for found, text in page.faults:
        note_trouble(connection, UNDECIDED, str(found.key), text, at=now)
    troubled = {trouble.subject for trouble in open_troubles(connection) if trouble.kind == UNDECIDED}
    over = troubled & {str(found.key) for found, _ in page.decided} if troubled else set()
    if over:
        resolve_troubles(connection, UNDECIDED, at=now, still=troubled - over)
