"""Deliver: claim → re-check → render → store → send → mark. Intent is committed before sending and the mark after it: a
crash in between may repeat the few messages that were on their way, under the same Message-ID, and loses none."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from db.ledger import settle_sent
from db.outbox import Claimed, Sent, mark_sent
from db.switches import is_stopped
from notifications.envelope import Envelope, Verdict
from notifications.links import redacted
from notifications.transport import Send
from scheduler.clock import Clock
from scheduler.crash import crashpoint
from scheduler.letters import Prepared, give_back, prepare
from scheduler.office import Office
from scheduler.setbacks import resolve_after, set_aside
from scheduler.worker import LEASE, worker_name

BATCH = 100
FRESH = 30.0
"""Seconds after which a letter not yet handed over is given back, to be checked and written anew."""
LONGEST_SEND = LEASE / timedelta(seconds=1) - 2 * FRESH
"""Seconds after which a send is broken off: before its claim runs out, and another worker takes the message up."""
DRAIN = 10.0
"""Seconds that what is being sent is given to end, once the process is to stop."""
FOLDERS = 4
"""How many letters are written to a Maildir at once."""
MOST_UNMARKED = 16
"""How many messages may have left without being marked; a crash repeats no more than these and those on the
connections."""
MARKED_TOGETHER = 12
"""How many results are waited for, so that one transaction marks them, while the connections have others to send."""
MARKED_WITHIN = 0.05
"""Seconds after which results are marked, however few they are."""
MARK_AGAIN = (0.2, 1.0, 3.0, 10.0, 30.0, 60.0, 120.0)
"""Seconds between the attempts at marking what was sent, when the database is busy or away."""

log = logging.getLogger("dondoc.deliver")


@dataclass(slots=True)
class Delivered:
    """What a delivery did. `paused`: the transport itself is at fault, and nothing is tried until somebody repairs
    it."""

    sent: int = 0
    failed: int = 0
    parked: int = 0
    paused: str = ""


class _Result(NamedTuple):
    claimed: Claimed
    envelope: Envelope
    verdict: Verdict


class _Fresh(NamedTuple):
    """A batch, and until when (monotonic) its letters may be handed over as they are."""

    batch: Prepared
    until: float


async def deliver_due(office: Office, send: Send, clock: Clock, *, stop: asyncio.Event | None = None) -> Delivered:
    """Send all messages whose time has come; the next batch is prepared while one is being sent.

    When `stop` is set, what is being sent is given a while to end, and the rest goes back to the outbox.
    """
    return await _Delivery(office, send, clock, stop or asyncio.Event()).run()


@dataclass
class _Delivery:
    """One delivery. `held` are the messages this process has claimed and not concluded."""

    office: Office
    send: Send
    clock: Clock
    stop: asyncio.Event
    done: Delivered = field(default_factory=Delivered)
    held: set[int] = field(default_factory=set)
    sending: set[asyncio.Task[Verdict]] = field(default_factory=set)
    results: list[_Result] = field(default_factory=list)
    unmarked: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_UNMARKED))
    news: asyncio.Event = field(default_factory=asyncio.Event)
    """There are results to be marked."""
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    """There are so many that they are to be marked at once, or no more will come."""
    is_stopped: bool = False
    """The stop switch was thrown meanwhile."""

    async def run(self) -> Delivered:
        upcoming: asyncio.Task[_Fresh] | None = asyncio.create_task(self._prepare())
        drain = asyncio.create_task(self._drain())
        gave_back = False
        try:
            while upcoming is not None:
                found, upcoming = await upcoming, None
                if (found.batch.claimed or gave_back) and not self._halts():
                    upcoming = asyncio.create_task(self._prepare())
                gave_back = await self._send_all(found)
        finally:
            drain.cancel()
            if upcoming is not None:
                await self._return(upcoming)
        return self.done

    def _halts(self) -> bool:
        return self.stop.is_set() or self.is_stopped or bool(self.done.paused)

    async def _prepare(self) -> _Fresh:
        batch = await asyncio.to_thread(prepare, self.office, now=self.clock(), limit=BATCH, held=frozenset(self.held))
        self.held |= {claimed.id for claimed, _ in batch.letters}
        return _Fresh(batch, monotonic() + FRESH)

    async def _return(self, upcoming: asyncio.Task[_Fresh]) -> None:
        """Give back what was being prepared when the delivery broke off."""
        try:
            found = await upcoming
            await asyncio.to_thread(give_back, self.office, [claimed for claimed, _ in found.batch.letters])
        except Exception:
            log.exception("what was claimed could not be given back; it is tried again when its claim runs out")

    async def _drain(self) -> None:
        await self.stop.wait()
        await asyncio.sleep(DRAIN)
        for task in self.sending:
            task.cancel()

    async def _send_all(self, found: _Fresh) -> bool:
        """Send a batch over as many connections as there are, each result marked as soon as it is known; return whether
        some of it was given back."""
        batch, letters, over = found.batch, iter(found.batch.letters), asyncio.Event()
        marking = asyncio.create_task(self._mark_as_they_come(over))
        width = min(_width(self.office), len(batch.letters))
        returned = await asyncio.gather(*(self._send_some(letters, found.until) for _ in range(width)))
        rest = [*(claimed for left in returned for claimed in left), *(claimed for claimed, _ in letters)]
        over.set()
        self.news.set()
        self.enough.set()
        await marking
        await asyncio.to_thread(give_back, self.office, rest)
        self.held -= {claimed.id for claimed in rest}
        return bool(rest)

    async def _send_some(self, letters: Iterator[tuple[Claimed, Envelope]], until: float) -> list[Claimed]:
        """Send one letter after the other while they are fresh; return the one taken and not sent, if there is one."""
        for claimed, envelope in letters:
            if self._halts() or monotonic() > until:
                return [claimed]
            await self.unmarked.acquire()
            crashpoint("before_send")
            verdict = await self._send_one(envelope)
            crashpoint("after_one_send")
            if verdict.outcome == "configuration":
                self.done.paused = str(verdict)
            self.results.append(_Result(claimed, envelope, verdict))
            self.news.set()
            if len(self.results) >= MARKED_TOGETHER:
                self.enough.set()
        return []

    async def _send_one(self, envelope: Envelope) -> Verdict:
        task = asyncio.ensure_future(self.send(envelope))
        self.sending.add(task)
        try:
            await asyncio.wait({task}, timeout=LONGEST_SEND)
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        finally:
            self.sending.discard(task)
        if task.cancelled():
            return Verdict("unknown", "broken off before the server had answered")
        fault = task.exception()
        return task.result() if fault is None else Verdict("unknown", f"{type(fault).__name__}: {fault}")

    async def _mark_as_they_come(self, over: asyncio.Event) -> None:
        """Mark results, a few in one transaction, which takes as long as marking one."""
        while not (over.is_set() and not self.results):
            await self.news.wait()
            self.news.clear()
            if len(self.results) < MARKED_TOGETHER and not over.is_set():
                await self._more()
            self.enough.clear()
            results, self.results = self.results, []
            if results:
                await self._conclude(results)

    async def _more(self) -> None:
        """Wait a moment for more results."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.enough.wait(), MARKED_WITHIN)

    async def _conclude(self, results: list[_Result]) -> None:
        """Mark what became of messages; a database that is busy is asked again, for what was sent cannot be unsent."""
        for wait in MARK_AGAIN:
            try:
                await asyncio.to_thread(self._mark, results, self.clock())
            except SQLAlchemyError as fault:
                log.warning("%s messages could not be marked yet: %s", len(results), fault)
                await asyncio.sleep(min(wait, 1.0) if self.stop.is_set() else wait)
            else:
                break
        else:
            await asyncio.to_thread(self._mark, results, self.clock())
        self.held -= {result.claimed.id for result in results}
        for _ in results:
            self.unmarked.release()

    def _mark(self, results: list[_Result], now: datetime) -> None:
        """Mark what was sent, and put off or set aside what was not, in one transaction."""
        sent = [
            Sent(c.id, now, e.message_id, e.subject, redacted(str(v))) for c, e, v in results if v.outcome == "sent"
        ]
        failed = [result for result in results if result.verdict.outcome != "sent"]
        with self.office.engine.begin() as connection:
            mark_sent(connection, sent)
            settle_sent(connection, [mark.id for mark in sent], at=now)
            parked = [
                set_aside(connection, claimed, verdict, worker=worker_name(), now=now) for claimed, _, verdict in failed
            ]
            if sent:
                persons = {result.claimed.person for result in results} - {failure.claimed.person for failure in failed}
                resolve_after(connection, persons, now=now)
            self.is_stopped = is_stopped(connection)
            crashpoint("before_mark_commit")
        crashpoint("after_mark")
        self._count(len(sent), failed, sum(parked))

    def _count(self, sent: int, failed: list[_Result], parked: int) -> None:
        self.done.sent += sent
        self.done.failed += len(failed)
        self.done.parked += parked
        for claimed, _, verdict in failed:
            log.warning("message %s: %s", claimed.id, verdict)


def _width(office: Office) -> int:
    """Return how many letters are handed over at once."""
    mail = office.config.mail
    return mail.smtp.connections if mail.transport == "smtp" else FOLDERS
