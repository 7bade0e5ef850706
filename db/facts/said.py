"""Said: who says something, when, in what words, and by which way."""

from dataclasses import dataclass
from datetime import datetime

from db.facts.remarks import Via


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, when, in what words, and by which way; `origin` is the network address it came from.

    `once` is the number under which it is said once: of two presses of a button the second finds it used up.
    """

    by: str
    at: datetime
    note: str | None = None
    via: Via = "cli"
    origin: str | None = None
    once: str | None = None
