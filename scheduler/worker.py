"""Worker: the name under which a process claims messages, for how long, and how to tell that a claimant on this machine
has died."""

import os
import secrets
import socket
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path

LEASE = timedelta(minutes=10)
"""How long a claim holds: longer than any letter is kept (`scheduler.deliver`), so that no two workers send the same
one."""


@cache
def worker_name() -> str:
    """Return the name of this process: unlike that of any other, also of one that had the same number before it."""
    return f"{_machine()}:{os.getpid()}:{secrets.token_hex(4)}"


def the_dead(workers: Iterable[str]) -> list[str]:
    """Return those of the workers that ran on this machine and are no more; of others nothing is known but their
    lease."""
    return [worker for worker in workers if _is_dead(worker)]


def _is_dead(worker: str) -> bool:
    machine, _, rest = worker.rpartition(":")[0].rpartition(":")
    if machine != _machine() or not rest.isdecimal():
        return False
    if int(rest) == os.getpid():
        return worker != worker_name()
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


@cache
def _machine() -> str:
    """Return the host and what processes can see each other on it: a container has numbers of its own."""
    try:
        space = Path("/proc/self/ns/pid").readlink().name
    except OSError:
        space = ""
    return f"{socket.gethostname()}/{space}"
