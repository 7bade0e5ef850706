"""Clock: the only file that reads the time. Everything else is handed a Clock, or the instant itself."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present instant, in UTC."""


def system_clock() -> datetime:
    """Return what the machine's clock says, in UTC."""
    return datetime.now(UTC)
