"""Audit: everything a pass is trusted to have done is derived again from rules, facts and ledger. On a sound database
it finds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from db.evidence_store import EvidenceStore
from db.facts import facts_for, files_kept
from db.handover import left_behind
from db.ledger import notices_for, stranded
from db.obligations import FOLLOWED, Filter, StoredObligation, listing
from db.passes import pulses
from rules.calendar import local_day
from rules.called import called
from rules.obligation import ObligationKey
from rules.roster import Roster, Wanted
from scheduler.deciding import decide_task
from scheduler.office import Office
from scheduler.owed import watched
from scheduler.passes import LAST_OK_TICK
from scheduler.spawning import SPAWNED
from scheduler.wanted import owed_by_units

PAGE = 2_000
A_PASS = timedelta(minutes=10)
"""How long what is owed may wait for the pass that puts it into a message, and an obligation for the one that looks at
it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: `subject` is an obligation or a pulse, `message` says what is wrong.

    A warning is about what no pass has come to since it was time: only what is wrong in spite of a pass is more.
    """

    subject: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}{' (warning)' if self.is_warning else ''}"


def audit(connection: Connection, office: Office, *, now: datetime) -> Iterator[Finding]:
    """Yield what is wrong at `now`, each obligation under the present id of its task; nothing is written. The
    connection should be one that sees a single state of the database."""
    roster = office.roster(connection, now=now)
    beats = pulses(connection)
    passed = beats[LAST_OK_TICK].at if LAST_OK_TICK in beats else None
    yield from _pulse(passed, now)
    brought_up = [beats[name].at for name in (LAST_OK_TICK, SPAWNED) if name in beats]
    yield from _roll(connection, roster, min(now, max(brought_up, default=now)))
    after = 0
    while page := listing(connection, after=after, limit=PAGE):
        after = page[-1].id
        yield from _page(connection, page, roster, passed, now)
    for owed in stranded(connection, owed_before=now - A_PASS):
        message = f"{owed.notice.slot.rung} is owed to {owed.notice.person} and in no message"
        yield _of(owed.key, roster, message, is_warning=_is_overdue(owed.notice.owed_at, passed))
    for key, state in left_behind(connection):
        yield _of(key, roster, f"a notice is still owed in a message that is {state}")
    yield from _evidence(connection, office)


def _of(key: ObligationKey, roster: Roster, message: str, *, is_warning: bool = False) -> Finding:
    programme = roster.rulebook.programmes.get(key.programme)
    return Finding(str(called(key, programme.task(key.task) if programme else None)), message, is_warning)


def _evidence(connection: Connection, office: Office) -> Iterator[Finding]:
    """Yield the files that prove something and are not in their folder: it was not backed up with the database."""
    folder = office.config.web.evidence
    for hashed in EvidenceStore(folder).missing(files_kept(connection)):
        yield Finding(f"evidence {hashed[:12]}", f"the file is not in {folder}, or not as it was recorded")


def _pulse(passed: datetime | None, now: datetime) -> Iterator[Finding]:
    if passed is None:
        yield Finding(LAST_OK_TICK, "no pass has been made yet", is_warning=True)
    elif now - passed > A_PASS:
        yield Finding(LAST_OK_TICK, f"the last pass that went well was at {passed.isoformat()}", is_warning=True)


def _is_overdue(at: datetime, passed: datetime | None) -> bool:
    """Say whether no pass has gone well since."""
    return passed is None or passed < at


def _roll(connection: Connection, roster: Roster, brought_up: datetime) -> Iterator[Finding]:
    """Compare the obligations there are with those the rules and events asked for when they were last brought up."""
    wanted = _wanted(connection, roster, brought_up)
    after = 0
    while page := listing(connection, Filter(kinds=FOLLOWED), after=after, limit=PAGE):
        after = page[-1].id
        for stored in page:
            asked = wanted.pop(stored.key, None)
            if asked is None and stored.state == "open":
                yield _of(stored.key, roster, "is open, and nothing asks for it")
            elif asked is not None:
                yield from _compare(stored, asked, roster)
    for key in wanted:
        yield _of(key, roster, "is asked for and does not exist")


def _wanted(connection: Connection, roster: Roster, at: datetime) -> dict[ObligationKey, Wanted]:
    today = local_day(at, roster.policy.zone)
    followed = watched(connection, roster, now=at)
    found: dict[ObligationKey, Wanted] = {}
    for programme in roster.rulebook.programmes.values():
        for task in programme.followed():
            found |= {one.key: one for one in owed_by_units(programme, task, roster, followed, today=today)}
    return found


def _compare(stored: StoredObligation, asked: Wanted, roster: Roster) -> Iterator[Finding]:
    if stored.state == "withdrawn":
        yield _of(stored.key, roster, "is withdrawn, though it is asked for")
    term = asked.occurrence.term
    days = (stored.due_on, stored.due_at, stored.late_at, stored.strict_on)
    if stored.state == "open" and days != (term.due, term.due_at, term.late_at, term.strict):
        yield _of(stored.key, roster, f"is stored as due {stored.due_on}, late at {stored.late_at}; it is {term.due}")


def _page(
    connection: Connection, page: list[StoredObligation], roster: Roster, passed: datetime | None, now: datetime
) -> Iterator[Finding]:
    """Decide every obligation anew: what comes of it must be in the ledger, and looked at again in time."""
    ids = [stored.id for stored in page if stored.kind in FOLLOWED]
    facts, ledgers = facts_for(connection, ids), notices_for(connection, ids)
    for stored in page:
        if stored.wake_at is not None and stored.wake_at <= now:
            if now - stored.wake_at > A_PASS:
                message = f"should have been looked at at {stored.wake_at.isoformat()}"
                yield _of(stored.key, roster, message, is_warning=_is_overdue(stored.wake_at, passed))
        elif stored.kind not in FOLLOWED:
            if stored.state == "open" and stored.wake_at is None:
                yield _of(stored.key, roster, "is open and never looked at")
        elif stored.state == "open":  # what is over was judged by the rules of its day
            key = stored.key
            decided = decide_task(stored.id, key, facts[stored.id], ledgers[stored.id], roster, now=now)
            for notice in decided.notices:
                yield _of(key, roster, f"{notice.slot.rung} ({notice.state}) is missing from the ledger")
            if decided.closing:
                yield _of(key, roster, "should have been closed")
            if decided.wake_at and (stored.wake_at is None or stored.wake_at > decided.wake_at):
                yield _of(key, roster, f"is looked at at {stored.wake_at}, after {decided.wake_at.isoformat()}")
