"""Setbacks: what becomes of a message that did not leave: tried again, put off with the whole transport, or set aside
and reported."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from db.handover import doubt
from db.ledger import give_up
from db.outbox import Claimed, defer, park, postpone
from db.troubles import note_trouble, open_troubles, resolve_troubles
from notifications.backoff import retry_delay
from notifications.envelope import Verdict
from notifications.links import redacted
from rules.obligation import Reason
from scheduler.prompting import UNDELIVERABLE

PAUSE = timedelta(minutes=5)
"""How long nothing is tried when the transport itself is at fault."""
MOST_TRIES = 30
"""After so many failures, about four days, a message is set aside and reported; a server out of reach counts for
none."""
TRANSPORT = "transport"
LETTER = "letter"
"""The kind of trouble a message makes that cannot be put into words."""


def set_aside(connection: Connection, claimed: Claimed, verdict: Verdict, *, worker: str, now: datetime) -> bool:
    """Put off a message that did not leave, or park it for good; return whether it was parked."""
    # A server may say back what it was given, links and all.
    error = redacted(str(verdict))
    match verdict.outcome:
        case "configuration":
            defer(connection, claimed.id, worker=worker, until=now + PAUSE, why=error)
            note_trouble(connection, TRANSPORT, "mail", error, at=now)
            return False
        case "permanent":
            _park(connection, claimed, error, worker=worker, now=now)
            return True
        case "transient" if claimed.attempts >= MOST_TRIES and verdict.stage != "connect":
            _park(connection, claimed, error, worker=worker, now=now)
            return True
    wait = retry_delay(claimed.attempts, claimed.key)
    held = postpone(connection, claimed.id, worker=worker, next_try_at=now + wait, error=error)
    if held and verdict.outcome == "unknown":
        doubt(connection, [claimed.id])
    return False


def resolve_after(connection: Connection, persons: set[str], *, now: datetime) -> None:
    """Note what is right again now that mail to these persons has left."""
    open_ = {(trouble.kind, trouble.subject) for trouble in open_troubles(connection)}
    for kind in (UNDELIVERABLE, LETTER):
        subjects = {subject for of, subject in open_ if of == kind}
        if subjects & persons:
            resolve_troubles(connection, kind, at=now, still=subjects - persons)
    if (TRANSPORT, "mail") in open_:
        resolve_troubles(connection, TRANSPORT, at=now)


def _park(connection: Connection, claimed: Claimed, error: str, *, worker: str, now: datetime) -> None:
    if park(connection, claimed.id, worker=worker, error=error):
        give_up(connection, [claimed.id], reason=Reason.UNDELIVERABLE, at=now)
        note_trouble(connection, UNDELIVERABLE, claimed.person, error, at=now)
