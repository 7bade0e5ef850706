"""Deliver: claim → re-check → render → store → send → mark. Intent is committed before sending and the mark after it: a crash in between
may repeat a message under the same Message-ID, and loses none."""

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.ledger import give_up, settle_sent
from db.outbox import Claimed, Sent, defer, mark_sent, park, postpone, release
from db.troubles import note_trouble, resolve_troubles
from notifications.backoff import retry_delay
from notifications.envelope import Envelope, Verdict
from notifications.transport import Send
from rules.obligation import Reason
from scheduler.clock import Clock
from scheduler.crash import crashpoint
from scheduler.letters import Prepared, prepare
from scheduler.office import Office

BATCH = 100
LEASE = timedelta(minutes=10)
PAUSE = timedelta(minutes=5)
MOST_TRIES = 30
"""After so many failures, about four days, a message is set aside and reported."""

log = logging.getLogger("dondoc.deliver")


@dataclass(slots=True)
class Delivered:
    """What a delivery did. `paused`: the transport itself is at fault, and nothing is tried until somebody repairs it."""

    sent: int = 0
    failed: int = 0
    parked: int = 0
    paused: str = ""


def worker_name() -> str:
    """Return the name under which this process claims messages."""
    return f"{socket.gethostname()}:{os.getpid()}"


async def deliver_due(
    office: Office, send: Send, clock: Clock, *, stopping: Callable[[], bool] = lambda: False
) -> Delivered:
    """Send all messages whose time has come; the next batch is prepared while one is being sent."""
    done = Delivered()
    worker = worker_name()
    upcoming = asyncio.create_task(asyncio.to_thread(_prepare, office, worker, clock()))
    while True:
        batch = await upcoming
        if not batch.claimed:
            return done
        if stopping() or done.paused:
            await asyncio.to_thread(_give_back, office, worker, batch.claimed)
            return done
        upcoming = asyncio.create_task(asyncio.to_thread(_prepare, office, worker, clock()))
        results = await asyncio.gather(*(_send_one(send, claimed, envelope) for claimed, envelope in batch.letters))
        crashpoint("after_send")
        await asyncio.to_thread(_conclude, office, worker, results, done, clock())


def _prepare(office: Office, worker: str, now: datetime) -> Prepared:
    return prepare(office, worker=worker, now=now, limit=BATCH, lease=LEASE)


async def _send_one(send: Send, claimed: Claimed, envelope: Envelope) -> tuple[Claimed, Envelope, Verdict]:
    crashpoint("before_send")
    verdict = await send(envelope)
    crashpoint("after_one_send")
    return claimed, envelope, verdict


def _give_back(office: Office, worker: str, claimed: list[Claimed]) -> None:
    with office.engine.begin() as connection:
        release(connection, worker=worker, ids=[found.id for found in claimed])


def _conclude(
    office: Office, worker: str, results: list[tuple[Claimed, Envelope, Verdict]], done: Delivered, now: datetime
) -> None:
    """Mark what was sent, and put off or set aside what was not, each in one transaction."""
    sent = [(claimed, envelope, verdict) for claimed, envelope, verdict in results if verdict.outcome == "sent"]
    with office.engine.begin() as connection:
        marks = [Sent(c.id, now, e.message_id, e.subject, str(v)) for c, e, v in sent]
        mark_sent(connection, marks)
        settle_sent(connection, [mark.id for mark in marks], at=now)
        crashpoint("before_mark_commit")
        if sent:
            resolve_troubles(connection, "transport", at=now)
    done.sent += len(sent)
    for claimed, envelope, verdict in results:
        if verdict.outcome != "sent":
            _fail(office, worker, claimed, envelope, verdict, done, now)


def _fail(
    office: Office, worker: str, claimed: Claimed, envelope: Envelope, verdict: Verdict, done: Delivered, now: datetime
) -> None:
    log.warning("message %s to %s: %s", claimed.id, claimed.person, verdict)
    done.failed += 1
    with office.engine.begin() as connection:
        if verdict.outcome == "configuration":
            done.paused = str(verdict)
            defer(connection, claimed.id, worker=worker, until=now + PAUSE, why=str(verdict))
            note_trouble(connection, "transport", "mail", str(verdict), at=now)
        elif verdict.outcome == "permanent" or claimed.attempts >= MOST_TRIES:
            done.parked += 1
            park(connection, claimed.id, worker=worker, error=str(verdict))
            give_up(connection, [claimed.id], reason=Reason.UNDELIVERABLE, at=now)
            note_trouble(connection, "undeliverable", claimed.person, str(verdict), at=now)
        else:
            wait = retry_delay(claimed.attempts, claimed.key)
            postpone(connection, claimed.id, worker=worker, next_try_at=now + wait, error=str(verdict))
