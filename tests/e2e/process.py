"""What the tests run in processes of their own: `python -m tests.e2e.process JOB CONFIG INSTANT`. Time stands still, or
runs from there."""

import asyncio
import logging
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

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


def start(job: str, folder: Path, now: datetime, *, crash_at: str = "", **environ: str) -> subprocess.Popen[str]:
    """Start a job in a process of its own."""
    more = {VARIABLE: crash_at} if crash_at else {}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.process", job, str(folder / "config.toml"), now.isoformat()],
        env={**os.environ, **environ, **more},
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


if __name__ == "__main__":
    log_discreetly() if sys.argv[1] == "run" else logging.basicConfig(level=logging.INFO)
    configured = load_config(Path(sys.argv[2]), os.environ)
    assert configured.config is not None, configured.problems
    instant = datetime.fromisoformat(sys.argv[3])
    jobs = {"tick": tick, "apply": apply, "daemon": daemon, "brisk": brisk, "run": run}
    jobs[sys.argv[1]](configured.config, lambda: instant)
