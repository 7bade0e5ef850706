"""What the tests run in processes of their own: `python -m tests.db.workers JOB URL WORKER`."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from db import outbox
from db.engine import open_engine
from db.migrate import migrate
from tests.db.samples import NOW


def claim_all(url: str, worker: str) -> None:
    """Claim in small bites until nothing is left, and print each id."""
    engine = open_engine(url)
    while True:
        with engine.begin() as connection:
            claimed = outbox.claim(connection, now=NOW, worker=worker, limit=7, lease=timedelta(minutes=5))
        if not claimed:
            return
        print(*(message.id for message in claimed), sep="\n")


def bring_up(url: str, _worker: str) -> None:
    """Migrate."""
    migrate(open_engine(url))


def run(job: str, url: str, count: int) -> list[str]:
    """Run a job in `count` processes at once and return what each printed; raise when one failed."""
    root = Path(__file__).parent.parent.parent
    commands = [[sys.executable, "-m", "tests.db.workers", job, url, f"worker-{n}"] for n in range(count)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for command in commands]
    printed = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0] * count
    return printed


if __name__ == "__main__":
    {"claim": claim_all, "migrate": bring_up}[sys.argv[1]](sys.argv[2], sys.argv[3])
