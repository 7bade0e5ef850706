"""Named points at which a test may kill the process, to see that nothing is lost. Without the variable they do
nothing."""

import os
import signal
from collections import Counter

VARIABLE = "DONDOC_CRASH_AT"
POINTS = (
    "before_apply_commit",
    "after_spawn",
    "before_page_commit",
    "after_page",
    "before_enqueue_commit",
    "after_enqueue",
    "after_claim",
    "before_store_commit",
    "after_store",
    "before_send",
    "after_one_send",
    "before_mark_commit",
    "after_mark",
)
_passed: Counter[str] = Counter()


def crashpoint(name: str) -> None:
    """Kill this process at once if it was told to die here; `after_one_send:3` means the third time."""
    wanted = os.environ.get(VARIABLE)
    if not wanted or wanted.partition(":")[0] != name:
        return
    _passed[name] += 1
    if _passed[name] >= int(wanted.partition(":")[2] or 1):
        os.kill(os.getpid(), signal.SIGKILL)
