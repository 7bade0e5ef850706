"""The daemon and the clock: whatever the clock does, and however long a pass takes, passes go on, one at a time."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from apscheduler import events
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.applying import Origin
from scheduler.clock import system_clock
from scheduler.daemon import Daemon, Pace
from scheduler.deliver import Delivered
from scheduler.office import Office
from scheduler.passes import PassCounts
from scheduler.reload import Watcher
from tests.offices import DAY, HOUR, MONDAY, ONE_TASK, Desk

QUICK = Pace(reconcile=0.1, flush=0.05, stalled_after=0.5)
ENOUGH = 60
"""Seconds after which what should happen within one is taken not to happen."""


@dataclass
class Hesitant(Watcher):
    """A watcher of rule files that takes as long as a test wants, and a pass with it."""

    may_go_on: threading.Event = field(default_factory=threading.Event)

    def look(self, office: Office, now: datetime) -> None:
        self.may_go_on.wait(ENOUGH)
        super().look(office, now)


@dataclass
class Observed(Daemon):
    """A daemon that keeps what its scheduler did."""

    submitted: list[int] = field(default_factory=list)
    """How many run times each run of a job stood for."""
    missed: list[str] = field(default_factory=list)

    def _ticks(self) -> AsyncIOScheduler:
        ticks = super()._ticks()
        ticks.add_listener(self._note)
        return ticks

    def _note(self, event: events.SchedulerEvent) -> None:
        if event.code == events.EVENT_JOB_SUBMITTED:
            self.submitted.append(len(event.scheduled_run_times))
        elif event.code == events.EVENT_JOB_MISSED:
            self.missed.append(event.job_id)


class Trial:
    """A daemon at work; a test waits for what it should do next."""

    def __init__(self, desk: Desk, pace: Pace) -> None:
        self.passes = 0
        watcher = Hesitant(Origin("an", "rules"), settle=0.1)
        self.may_go_on = watcher.may_go_on
        self.may_go_on.set()
        self.daemon = Observed(desk.office, system_clock, watcher, self._told, pace=pace)

    async def _told(self, counts: PassCounts | None, _done: Delivered | None) -> None:
        self.passes += counts is not None

    async def more_passes(self, number: int) -> None:
        wanted = self.passes + number
        await self.until(lambda: self.passes >= wanted)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(ENOUGH):
            while not holds():
                await asyncio.sleep(0.01)


def try_out(desk: Desk, scenario: Callable[[Trial], Awaitable[None]], pace: Pace = QUICK) -> Observed:
    """Run a daemon while something happens, and return what was seen of it."""

    async def live() -> Observed:
        trial = Trial(desk, pace)
        running = asyncio.create_task(trial.daemon.run())
        try:
            await trial.more_passes(1)
            await scenario(trial)
        finally:
            trial.may_go_on.set()
            trial.daemon.stop.set()
            trial.daemon.wake.set()
            await running
        return trial.daemon

    return asyncio.run(live())


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The machine's clock, at the beginning of the office's Monday and running; monotonic time is left alone."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def busy(small: Desk) -> Desk:
    small.apply(ONE_TASK)
    return small


def test_passes_go_on_when_the_clock_is_set_back(
    busy: Desk, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    async def set_back(trial: Trial) -> None:
        clock.move_to(MONDAY - HOUR, tick=True)
        await trial.more_passes(5)
        clock.move_to(MONDAY - 3 * DAY, tick=True)
        await trial.more_passes(5)

    try_out(busy, set_back)
    assert "the ticks start anew" in caplog.text
    [(last,)] = busy.run("SELECT at FROM pulse WHERE name = 'last_ok_tick'")
    assert datetime.fromisoformat(str(last)).replace(tzinfo=UTC) < MONDAY - 2 * DAY


def test_passes_go_on_when_the_clock_runs_ahead_and_is_put_right(
    busy: Desk, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    async def run_ahead(trial: Trial) -> None:
        clock.move_to(MONDAY + 9_000 * DAY, tick=True)
        await trial.more_passes(3)
        clock.move_to(MONDAY + HOUR, tick=True)
        await trial.more_passes(5)

    try_out(busy, run_ahead)
    [(last,)] = busy.run("SELECT at FROM pulse WHERE name = 'last_ok_tick'")
    assert datetime.fromisoformat(str(last)).replace(tzinfo=UTC) < MONDAY + DAY


def test_a_machine_that_slept_for_days_makes_up_for_them_in_one_pass(busy: Desk, clock: time_machine.Traveller) -> None:
    async def sleep(trial: Trial) -> None:
        # Asleep, the machine's monotonic clock stands still.
        clock.move_to(MONDAY + 3 * DAY + HOUR, tick=True)
        await trial.more_passes(3)

    seen = try_out(busy, sleep, Pace(reconcile=1, flush=0.05, stalled_after=ENOUGH))
    assert seen.missed == []
    assert set(seen.submitted) == {1}
    slots = [str(slot)[:10] for (slot,) in busy.run("SELECT slot FROM evaluation ORDER BY slot")]
    assert slots == ["2026-03-30", "2026-04-02"]
    assert {rung for _, _, rung, *_ in busy.notices()} == {"due-soon"}


def test_the_daily_hour_has_its_evaluation_the_regular_reconcile_or_not(
    busy: Desk, clock: time_machine.Traveller
) -> None:
    clock.move_to(MONDAY + DAY - timedelta(seconds=5), tick=True)

    async def wait(trial: Trial) -> None:
        await trial.more_passes(1)

    try_out(busy, wait, Pace(reconcile=3600, flush=0.05, stalled_after=3600))
    slots = [str(slot)[:19] for (slot,) in busy.run("SELECT slot FROM evaluation ORDER BY slot")]
    assert slots == ["2026-03-30 00:00:00", "2026-03-31 00:00:00"]


def test_a_slow_pass_has_no_other_one_beside_it_and_is_not_taken_for_a_stall(
    busy: Desk, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    async def be_slow(trial: Trial) -> None:
        loop = asyncio.get_running_loop()
        trial.may_go_on.clear()
        await trial.until(trial.daemon._passing.locked)
        begun, before = loop.time(), trial.passes
        await trial.until(lambda: loop.time() - begun > 4 * QUICK.stalled_after)
        # The one that may have been at its end.
        assert trial.passes <= before + 1
        trial.may_go_on.set()
        await trial.more_passes(5)

    seen = try_out(busy, be_slow)
    assert "the ticks start anew" not in caplog.text
    assert seen.missed == []


def test_asked_again_in_the_middle_of_a_pass_it_makes_one_more(busy: Desk, clock: time_machine.Traveller) -> None:
    async def ask(trial: Trial) -> None:
        before = trial.passes
        trial.may_go_on.clear()
        for _ in range(6):
            trial.daemon._reload()
            await trial.until(trial.daemon._passing.locked)
        trial.may_go_on.set()
        await trial.until(lambda: not trial.daemon._in_flight)
        assert trial.passes - before == 2

    try_out(busy, ask, Pace(reconcile=3600, flush=0.05, stalled_after=3600))
