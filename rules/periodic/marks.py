"""Marks: what is remembered of an obligation's state when it is entered in the national system, to tell that it has
changed since."""

from rules.status import Status
from rules.summary import counts_as


def entered(status: Status) -> str:
    """Return the state as it is entered: what it counts as, and how far it has come. That a day comes nearer changes
    nothing of it."""
    return f"{counts_as(status) or 'cancelled'}/{status.progress}/{status.verification}"
