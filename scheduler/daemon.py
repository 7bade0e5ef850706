"""Daemon: APScheduler gives the ticks, nothing more; what is owed is decided by the ledger. Several daemons may run
side by side."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from notifications.transport import Send, open_transport
from scheduler.clock import Clock
from scheduler.deliver import Delivered, deliver_due
from scheduler.fetching import fetch_replies
from scheduler.office import Office
from scheduler.passes import PassCounts, evaluate
from scheduler.reload import Watcher
from scheduler.serving import LAST, serve_pages
from scheduler.setbacks import PAUSE
from scheduler.steady import SteadyLoop
from scheduler.systemd import notify
from scheduler.watching import saved

PATIENCE = 15.0
"""Seconds that a pass and a delivery are given to end, once the daemon is to stop."""
LAST_STRAW = 18.0
"""Seconds after which a daemon that is to stop does so whatever it is doing: as after a crash, nothing is lost."""

log = logging.getLogger("dondoc.daemon")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from one reconcile to the next and from one look at the outbox to the next, until rule files that were
    being written are looked at again, and without a reconcile after which the interval job is taken to be stuck, as it
    is when the clock was set back."""

    reconcile: float = 60.0
    flush: float = 5.0
    unsettled: float = 3.0
    stalled_after: float = 90.0


class _Regularly(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Fires once for all the times that a clock set ahead by years has leapt over, and not after counting them up."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """Return when it fires next."""
        found: datetime | None = super().get_next_fire_time(previous_fire_time and now, now)
        return found


Told = Callable[[PassCounts | None, Delivered | None], Awaitable[None]]


@dataclass
class Daemon:
    """One running process. `told` hears of every pass and delivery, for the screen."""

    office: Office
    clock: Clock
    watcher: Watcher
    told: Told
    pace: Pace = field(default_factory=Pace)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _reconciled: float = 0.0
    _paused_until: float = 0.0
    _passing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _once_more: bool = False
    _soon: asyncio.TimerHandle | None = None
    _in_flight: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Run until told to stop; what is being sent is finished first, if it takes no longer than a few seconds."""
        self._listen()
        self._reconciled = _seconds()
        ticks = self._ticks()
        watching = asyncio.create_task(self._watch())
        serving = asyncio.create_task(serve_pages(self.office, self.clock, self.stop))
        fetching = asyncio.create_task(fetch_replies(self.office, self.clock, self.stop, self.wake))
        async with open_transport(self.office.config.transport()) as send:
            ticks.start()
            self._track(self._reconcile())
            notify("READY=1")
            try:
                await self._flush_until_stopped(send, ticks)
            finally:
                notify("STOPPING=1")
                ticks.pause()
                if self._in_flight:
                    await asyncio.wait(self._in_flight, timeout=PATIENCE)
                ticks.shutdown(wait=False)
                watching.cancel()
                await asyncio.wait([watching, serving, fetching], timeout=LAST + 1)
                await asyncio.sleep(0)

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        loop.add_signal_handler(signal.SIGHUP, self._reload)

    def _stop(self) -> None:
        if not self.stop.is_set():
            # A thread of its own: the loop, or the end of it, may wait for a pass in the middle of a long transaction.
            timer = threading.Timer(LAST_STRAW, _leave)
            timer.daemon = True
            timer.start()
        self.stop.set()
        self.wake.set()

    def _reload(self) -> None:
        self.watcher.look_again()
        self._track(self._reconcile())

    async def _watch(self) -> None:
        """Look at the rule files as soon as one is saved; where files tell nothing, every reconcile looks anyway."""
        config = self.office.config
        if config.reload == "off":
            return
        try:
            async for _ in saved(config.rules, config.folder, self.stop):
                self._track(self._reconcile())
        except Exception:
            log.exception("the rule files are not watched any more, only looked at regularly")

    def _ticks(self) -> AsyncIOScheduler:
        """Return the scheduler with its two jobs: the evaluation at the daily hour, and the regular reconcile."""
        policy = self.office.config.policy
        ticks = AsyncIOScheduler(
            timezone=policy.zone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        daily = CronTrigger(hour=policy.daily.hour, minute=policy.daily.minute, timezone=policy.zone)
        ticks.add_job(self._tracked, daily, id="daily")
        ticks.add_job(self._tracked, self._regularly(), id="reconcile")
        return ticks

    def _regularly(self) -> "_Regularly":
        return _Regularly(seconds=self.pace.reconcile, timezone=self.office.config.policy.zone)

    async def _tracked(self) -> None:
        # Shielded, since APScheduler cancels running jobs when it shuts down.
        await asyncio.shield(self._track(self._reconcile()))

    def _track(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)
        return task

    async def _reconcile(self) -> None:
        """Take up changed rule files and make one pass. Asked again while one is being made, it makes one more."""
        if self._passing.locked():
            self._once_more = True
            return
        async with self._passing:
            self._once_more = True
            while self._once_more and not self.stop.is_set():
                self._once_more = False
                await self._pass()
                self._reconciled = _seconds()

    async def _pass(self) -> None:
        """Look at the rule files, then make a pass; a fault of either is logged, and the next minute tries again."""
        now = self.clock()
        try:
            await asyncio.to_thread(self.watcher.look, self.office, now)
        except Exception:
            log.exception("the rule files could not be looked at; revision %s stays in force", self.office.revision)
        if self.watcher.is_unsettled:
            self._look_soon()
        try:
            counts = await asyncio.to_thread(evaluate, self.office, now=now, stopping=self.stop.is_set)
            await self.told(counts, None)
        except Exception:
            log.exception("the pass failed; it is tried again within a minute")
            return
        notify("WATCHDOG=1")
        self.wake.set()

    def _look_soon(self) -> None:
        """Reconcile again in a moment, since the rule files were being written."""
        loop = asyncio.get_running_loop()
        if self._soon is None or self._soon.when() <= loop.time():
            self._soon = loop.call_later(self.pace.unsettled, lambda: self._track(self._reconcile()))

    async def _flush_until_stopped(self, send: Send, ticks: AsyncIOScheduler) -> None:
        """Deliver whenever a pass may have put something into the outbox, and every few seconds for what was put
        off."""
        while not self.stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), self.pace.flush)
            self.wake.clear()
            if self.stop.is_set():
                return
            if _seconds() >= self._paused_until:
                await self._deliver(send)
            self._restart_if_stalled(ticks)

    async def _deliver(self, send: Send) -> None:
        try:
            done = await deliver_due(self.office, send, self.clock, stop=self.stop)
            if done.paused:
                log.error("no mail leaves for a while: %s", done.paused)
                self._paused_until = _seconds() + PAUSE.total_seconds()
            if done.sent or done.failed:
                await self.told(None, done)
        except Exception:
            log.exception("the delivery failed; it is tried again in a few seconds")

    def _restart_if_stalled(self, ticks: AsyncIOScheduler) -> None:
        # APScheduler waits for the wall clock; set back by an hour, it would be silent for an hour.
        if _seconds() - self._reconciled > self.pace.stalled_after and not self._passing.locked():
            log.warning("no tick came for a while, as when the clock is set back: the ticks start anew")
            ticks.reschedule_job("reconcile", trigger=self._regularly())
            self._track(self._reconcile())


def run_daemon(office: Office, clock: Clock, watcher: Watcher, told: Told, pace: Pace | None = None) -> None:
    """Run a daemon in the foreground until SIGTERM or SIGINT."""
    with asyncio.Runner(loop_factory=SteadyLoop) as runner:
        runner.run(Daemon(office, clock, watcher, told, pace or Pace()).run())


def _seconds() -> float:
    """Return what the loop's clock says, which nobody sets."""
    return asyncio.get_running_loop().time()


def _leave() -> None:
    log.warning("what is still under way is cut off: the next start takes it up again")
    logging.shutdown()
    os._exit(0)
