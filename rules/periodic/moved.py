"""Moved: what became of a deadline in a period: another day in force, or a later one refused."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from rules.obligation import ObligationKey


@dataclass(frozen=True, slots=True)
class Moved:
    """An obligation of which the day was moved from `before` to `after`, by a document ('' where none is named), or
    of which it was refused to move it there, with the reason. The hours are those of the days, where they have one."""

    key: ObligationKey
    number: str
    title: str
    units: tuple[str, ...]
    """The names of those who owe it."""
    kind: Literal["moved", "refused"]
    before: date | None
    after: date | None
    document: str = ""
    reason: str = ""
    hour_before: time | None = None
    hour_after: time | None = None
