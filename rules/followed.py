"""Followed: an occurrence that ought to exist, what a unit owes by it, and that with the rules that bear on it."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from rules.deadline import Deadline
from rules.directory import Directory
from rules.extended import Granted, day_given
from rules.ladder import Ladder
from rules.obligation import ObligationKey
from rules.programme import Programme, Task
from rules.recipients import Owers
from rules.term import Occurrence, Term
from rules.timetable import Timetable


class Existing(NamedTuple):
    """An occurrence of one part of a task that ought to exist, under the deadline in force (`edition`: how many went
    before it). `is_led_over`: another recurrence had it fall due before this one took its place; `begins`: it is the
    first after one of which nothing is led over."""

    part: str
    occurrence: Occurrence
    edition: int
    is_led_over: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An obligation that ought to exist on a day, with its term under the deadline then in force."""

    key: ObligationKey
    occurrence: Occurrence
    edition: int
    is_led_over: bool = False
    begins: bool = False
    extended: Granted = ()
    """The extensions its term has by then."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One obligation with the rules that bear on it."""

    key: ObligationKey
    programme: Programme
    task: Task
    directory: Directory
    ladder: Ladder
    occurrence: Occurrence
    table: Timetable
    owers: Owers
    deadline: Deadline
    """By what it falls due: the deadline in force, or an earlier one that it has stayed with; not an extension."""
    extended: Granted = ()
    """The extensions its term has."""

    @property
    def dated_by(self) -> Deadline:
        """Return what its day comes from: an extension or the deadline."""
        return day_given(self.extended) if self.extended else self.deadline

    @property
    def term(self) -> Term:
        """Return its term."""
        return self.occurrence.term

    def owed_by(self, owers: Owers, key: ObligationKey) -> "Followed":
        """Return the obligation of that key, which differs from this one in its unit only."""
        return replace(self, key=key, owers=owers)
