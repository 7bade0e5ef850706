"""Looks: what a look at a task goes by: its deadlines, when it is to be looked at again, and who was told in it that a
recurrence moves."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rules.cohort import Cohort
from rules.deadline import After, AheadOf, Deadline, SetBy, recurs
from rules.followed import Existing
from rules.inforce import in_force, next_change
from rules.programme import Task
from rules.term import Occurrence


@dataclass(slots=True)
class LedOver:
    """Who is told, in one look at a task, that its recurrence moves: each unit once, of the first one that does; those
    after it say the same."""

    _told: set[tuple[str, str]] = field(default_factory=set)

    def parted(self, cohort: Cohort, part: str) -> Iterator[tuple[Cohort, bool]]:
        """Yield a cohort that moves, with whether its units are to be told; in two where some know already."""
        untold = [entry for entry in cohort.members if (part, entry.key.unit) not in self._told]
        self._told |= {(part, entry.key.unit) for entry in untold}
        if untold and len(untold) < len(cohort.members):
            yield cohort.split(*untold), True
            yield cohort, False
        else:
            yield cohort, bool(untold)


def deadlines_of(task: Task) -> Iterable[Deadline]:
    """Return all deadlines that the file names for a task, in force or not."""
    return [*task.deadlines.values(), *(amendment.deadline for amendment in task.amended)]


def is_undated(deadline: Deadline) -> bool:
    """Say whether a deadline gives no day even when it has begun."""
    return isinstance(deadline, SetBy) or (isinstance(deadline, After) and deadline.within is None)


def waits(deadline: Deadline) -> bool:
    """Say whether a deadline waits for an event."""
    return isinstance(deadline, After | AheadOf)


def look_again(task: Task, found: Iterable[Existing], today: date) -> date | None:
    """Return the next day on which other obligations of the task may be wanted, or None."""
    days = [change] if (change := next_change(task, today)) else []
    repeating = {part for part in task.deadlines if recurs(in_force(task, part, today).deadline)}
    for existing in found:
        due = existing.occurrence.term.due
        if existing.part in repeating and due and due > today:
            days.append(due)
    return min(days, default=None)


def moves(cohort: Cohort, occurrence: Occurrence) -> bool:
    """Say whether obligations that are not over have another deadline than they had."""
    before, now = cohort.followed.term, occurrence.term
    is_over = cohort.facts.done_at or cohort.facts.closed_at
    return not is_over and (before.due, before.late_at) != (now.due, now.late_at)
