"""Back-off: how long to wait before a message is tried again. Pure; the same key and attempt always wait the
same."""

from datetime import timedelta
from hashlib import sha256

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=4)
SPREAD = 0.25


def retry_delay(attempt: int, key: str) -> timedelta:
    """Return the wait after the `attempt`-th failure (1, 2, …): doubling from one minute to four hours, a
    quarter more or less.

    The spread comes from `key`, so that messages that failed together do not all return together.
    """
    if attempt < 1:
        raise ValueError(f"attempts count from 1, not {attempt}")
    doubled = LONGEST if attempt > 16 else min(FIRST * 2 ** (attempt - 1), LONGEST)
    digest = sha256(f"{key}#{attempt}".encode("utf-8", "surrogatepass")).digest()
    fraction = int.from_bytes(digest[:8], "big") / 2**64
    return doubled * (1 - SPREAD + 2 * SPREAD * fraction)
