"""Steady: an event loop whose time never goes back, whatever becomes of the machine's clocks."""

import asyncio
import time
from collections.abc import Callable


class SteadyLoop(asyncio.SelectorEventLoop):
    """Where the clock that loops go by is set back, which a virtual machine or a shifted clock can do to a process,
    timers that were set before would wait until it has caught up: here it goes on from where it was."""

    def __init__(self, raw: Callable[[], float] = time.monotonic) -> None:
        self._raw, self._last, self._lost = raw, raw(), 0.0
        self._told = self._last
        super().__init__()

    def time(self) -> float:
        """Return the seconds of this loop's own clock."""
        now = self._raw()
        self._lost += max(self._last - now, 0.0)
        self._last = now
        self._told = max(self._told, now + self._lost)
        return self._told
