"""Which deadline of a task is in force on a day: amendments keep the earlier ones, each with the document that
replaced it."""

from datetime import date
from typing import NamedTuple

from rules.deadline import Deadline
from rules.programme import Amendment, Task


class InForce(NamedTuple):
    """A deadline and its edition: how many amendments went before it."""

    deadline: Deadline
    edition: int


def in_force(task: Task, part: str, on: date) -> InForce:
    """Return the deadline of that part of the task on that day; from the day of the amending document on it is the
    new one."""
    if not task.amended:
        return InForce(task.deadlines[part], 0)
    of_part = [amendment for amendment in task.amended if amendment.part == part]
    for edition, amendment in enumerate(of_part):
        if on < amendment.until_on:
            return InForce(amendment.deadline, edition)
    return InForce(task.deadlines[part], len(of_part))


def replaced_by(task: Task, on: date, part: str | None = None) -> tuple[Amendment, ...]:
    """Return the amendments already made on that day, oldest first; of one part or of all."""
    return tuple(a for a in task.amended if a.until_on <= on and part in (None, a.part))


def next_change(task: Task, on: date) -> date | None:
    """Return the first day after `on` on which another deadline comes into force, or None."""
    return min((a.until_on for a in task.amended if a.until_on > on), default=None)


def in_force_since(task: Task, part: str, on: date) -> date | None:
    """Return the first day of the deadline in force on that day, None when it is the first one."""
    return max((a.until_on for a in replaced_by(task, on, part)), default=None)
