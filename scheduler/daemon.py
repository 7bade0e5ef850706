"""Daemon: APScheduler gives the ticks, nothing more; what is owed is decided by the ledger. Several daemons may run side by side."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from notifications.transport import Send, open_transport
from scheduler.clock import Clock
from scheduler.deliver import Delivered, deliver_due
from scheduler.office import Office
from scheduler.passes import PassCounts, evaluate
from scheduler.reload import Watcher
from scheduler.systemd import notify

FLUSH_EVERY = 5.0
STALLED_AFTER = 90.0
"""Seconds without a reconcile after which the interval job is taken to be stuck, as it is when the clock was set back."""
DRAIN = 15.0

log = logging.getLogger("dondoc.daemon")

Told = Callable[[PassCounts | None, Delivered | None], Awaitable[None]]


@dataclass
class Daemon:
    """One running process. `told` hears of every pass and delivery, for the screen."""

    office: Office
    clock: Clock
    watcher: Watcher
    told: Told
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _reconciled: float = field(default_factory=time.monotonic)
    _passing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _in_flight: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Run until told to stop; a delivery under way is finished first."""
        self._listen()
        ticks = self._ticks()
        ticks.start()
        notify("READY=1")
        try:
            async with open_transport(self.office.config.transport()) as send:
                await self._flush_until_stopped(send, ticks)
        finally:
            notify("STOPPING=1")
            ticks.pause()
            if self._in_flight:
                await asyncio.wait(self._in_flight, timeout=DRAIN)
            ticks.shutdown(wait=False)
            await asyncio.sleep(0)

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        loop.add_signal_handler(signal.SIGHUP, self._reload)

    def _stop(self) -> None:
        self.stop.set()
        self.wake.set()

    def _reload(self) -> None:
        self.watcher.look_again()
        self._track(self._reconcile())

    def _ticks(self) -> AsyncIOScheduler:
        """Return the scheduler with its two jobs: the evaluation at the daily hour, and the reconcile every minute, the first at once."""
        policy = self.office.config.policy
        ticks = AsyncIOScheduler(
            timezone=policy.zone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        daily = CronTrigger(hour=policy.daily.hour, minute=policy.daily.minute, timezone=policy.zone)
        ticks.add_job(self._tracked, daily, id="daily")
        every_minute = IntervalTrigger(minutes=1, timezone=policy.zone)
        ticks.add_job(self._tracked, every_minute, id="reconcile", next_run_time=self.clock())
        return ticks

    async def _tracked(self) -> None:
        # Shielded, since APScheduler cancels running jobs when it shuts down.
        await asyncio.shield(self._track(self._reconcile()))

    def _track(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)
        return task

    async def _reconcile(self) -> None:
        """Take up changed rule files and make one pass; a fault is logged, and the next minute tries again."""
        if self._passing.locked():
            return
        async with self._passing:
            self._reconciled = time.monotonic()
            try:
                now = self.clock()
                await asyncio.to_thread(self.watcher.look, self.office, now)
                counts = await asyncio.to_thread(evaluate, self.office, now=now)
            except Exception:
                log.exception("the pass failed; it is tried again within a minute")
                return
        await self.told(counts, None)
        notify("WATCHDOG=1")
        self.wake.set()

    async def _flush_until_stopped(self, send: Send, ticks: AsyncIOScheduler) -> None:
        """Deliver whenever a pass may have put something into the outbox, and every few seconds for what was put off."""
        while not self.stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), FLUSH_EVERY)
            self.wake.clear()
            if self.stop.is_set():
                return
            await self._deliver(send)
            self._restart_if_stalled(ticks)

    async def _deliver(self, send: Send) -> None:
        try:
            done = await deliver_due(self.office, send, self.clock, stopping=self.stop.is_set)
        except Exception:
            log.exception("the delivery failed; what was claimed is tried again when its lease ends")
            return
        if done.sent or done.failed:
            await self.told(None, done)

    def _restart_if_stalled(self, ticks: AsyncIOScheduler) -> None:
        # APScheduler waits for the wall clock; set back by an hour, it would be silent for an hour.
        if time.monotonic() - self._reconciled > STALLED_AFTER:
            log.warning("the clock was set; the ticks start anew")
            for job in ticks.get_jobs():
                job.reschedule(job.trigger)
            self._track(self._reconcile())


def run_daemon(office: Office, clock: Clock, watcher: Watcher, told: Told) -> None:
    """Run a daemon in the foreground until SIGTERM or SIGINT."""
    asyncio.run(Daemon(office, clock, watcher, told).run())
