"""What the tests run in processes of their own, which they may kill. Time stands still at an instant, or runs from there.

The processes are forked from one that has imported all this and done nothing else: most of the time of a start is that
of its imports.
"""

import asyncio
import logging
import os
import signal
import sys
import time
from contextlib import chdir
from datetime import datetime, timedelta
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import TimeoutExpired
from threading import Thread
from typing import IO

from db.engine import open_engine
from notifications.transport import open_transport
from scheduler.applying import Origin, apply_rules
from scheduler.clock import Clock
from scheduler.commands.run import follow_up, log_discreetly
from scheduler.config import Config, load_config
from scheduler.crash import VARIABLE
from scheduler.daemon import Pace, run_daemon
from scheduler.deliver import Delivered, deliver_due
from scheduler.folder import load_rules, read_rules
from scheduler.office import open_office
from scheduler.passes import PassCounts, evaluate
from scheduler.reload import Watcher

ROOT = Path(__file__).parent.parent.parent


def tick(config: Config, clock: Clock) -> None:
    """One pass and one delivery."""
    office = open_office(config, open_engine(config.database))
    evaluate(office, now=clock())

    async def deliver() -> None:
        async with open_transport(config.transport()) as send:
            await deliver_due(office, send, clock)

    asyncio.run(deliver())


def apply(config: Config, clock: Clock) -> None:
    """Put the rule files in force."""
    read = read_rules(config.rules, config.folder)
    rulebook = load_rules(read).rulebook
    assert rulebook is not None
    apply_rules(config, open_engine(config.database), rulebook, read.files, origin=Origin("an", "rules"), now=clock())


def daemon(config: Config, clock: Clock) -> None:
    """The daemon, with a clock that runs; it says when it has made a pass."""
    _daemon(config, clock, Pace())


def brisk(config: Config, clock: Clock) -> None:
    """The same, with a pass every other second."""
    _daemon(config, clock, Pace(reconcile=2.0, flush=0.5))


def _daemon(config: Config, clock: Clock, pace: Pace) -> None:
    begun, base = clock(), time.monotonic()

    async def told(counts: PassCounts | None, done: Delivered | None) -> None:
        print("pass" if done is None else f"sent {done.sent}", flush=True)

    run_daemon(
        open_office(config, open_engine(config.database)),
        lambda: begun + timedelta(seconds=time.monotonic() - base),
        Watcher(Origin("an", "rules"), settle=0.1),
        told,
        pace,
    )


def run(config: Config, clock: Clock) -> None:
    """What `dondoc run` does, with a clock that runs."""
    begun, base = clock(), time.monotonic()
    follow_up(
        open_office(config, open_engine(config.database)),
        lambda: begun + timedelta(seconds=time.monotonic() - base),
    )


JOBS = {job.__name__: job for job in (tick, apply, daemon, brisk, run)}
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


class Started:
    """A process that was started, as `subprocess.Popen` shows one."""

    def __init__(self, job: str, config: Path, now: datetime, environ: dict[str, str]) -> None:
        streams = [FORKS.Pipe(duplex=False) for _ in range(2)]
        # Ended with the tests, should it outlive them.
        self._process = FORKS.Process(
            target=_begin, args=(job, config, now, environ, *(theirs for _, theirs in streams)), daemon=True
        )
        with chdir(ROOT):
            forkserver.ensure_running()
        self._process.start()
        self.stdout, self.stderr = (_opened(*stream) for stream in streams)

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self.returncode is None:
            raise TimeoutExpired(self._process.name, timeout or 0)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait until it has ended, and return what it wrote meanwhile."""
        written = ["", ""]

        def read(number: int, stream: IO[str]) -> None:
            with stream:
                written[number] = stream.read()

        readers = [Thread(target=read, args=each, daemon=True) for each in enumerate((self.stdout, self.stderr))]
        for reader in readers:
            reader.start()
        self.wait(timeout)
        for reader in readers:
            reader.join(timeout)
        return written[0], written[1]

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            assert self._process.pid is not None
            os.kill(self._process.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _opened(ours: Connection, theirs: Connection) -> IO[str]:
    """Return our end of a stream, the other having been handed over."""
    theirs.close()
    with ours:
        return open(os.dup(ours.fileno()), encoding="utf-8")  # noqa: PTH123 - no path, but a descriptor


def _begin(job: str, config: Path, now: datetime, environ: dict[str, str], *streams: Connection) -> None:
    """Do a job, in its process."""
    for standard, stream in zip((sys.stdout, sys.stderr), streams, strict=True):
        os.dup2(stream.fileno(), standard.fileno())
        stream.close()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environ)
    log_discreetly() if job == "run" else logging.basicConfig(level=logging.INFO)
    configured = load_config(config, os.environ)
    assert configured.config is not None, configured.problems
    JOBS[job](configured.config, lambda: now)


def start(job: str, folder: Path, now: datetime, *, crash_at: str = "", **environ: str) -> Started:
    """Start a job in a process of its own."""
    more = {VARIABLE: crash_at} if crash_at else {}
    return Started(job, folder / "config.toml", now, {**os.environ, **environ, **more})
