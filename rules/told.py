"""Told: what simulated messages say of one obligation, a contract of `simulate`; letters have more to say."""

from datetime import date
from typing import Literal, NamedTuple

from rules.digest import Section
from rules.term import Term


class Told(NamedTuple):
    """What a message says of an obligation: the same for all units that took the same decision."""

    order: tuple[int, int, date, str, str]
    """The most pressing come first."""
    programme: str
    task: str
    part: str
    occurrence: str
    rung: str
    as_: Literal["to", "cc"]
    section: Section
    term: Term
    days_left: int
    days_late: int

    @property
    def obligation(self) -> tuple[str, str, str, str]:
        """Return the obligation's name, but for the unit."""
        return self.programme, self.task, self.part, self.occurrence
