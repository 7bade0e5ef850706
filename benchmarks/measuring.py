"""Measuring: seconds, the memory of a process apart, and the figures as rows of one table."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `limit` is what the machine allows; `met` is None without a target."""

    what: str
    measured: str
    limit: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that it took."""
    started = perf_counter()
    work()
    return perf_counter() - started


def apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, float]:
    """Call the function in a fresh process; return what it returns and that process's peak memory in MiB."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        result = pool.submit(function, *args, **kwargs).result()
        return result, pool.submit(_peak).result()


def _peak() -> float:
    # getrusage would report the parent's size where that is larger; this is the process's own.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise ValueError("no VmHWM: Linux only")
