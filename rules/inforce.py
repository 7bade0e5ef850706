"""Which deadline of a task is in force on a day: amendments keep the earlier ones, each with the document that replaced it."""

from datetime import date
from typing import NamedTuple

from rules.deadline import Deadline
from rules.programme import Amendment, Task


class InForce(NamedTuple):
    """A deadline and its edition: how many amendments went before it."""

    deadline: Deadline
    edition: int


def in_force(task: Task, part: str, on: date) -> InForce:
    """Return the deadline of that part of the task on that day. Amendments concern tasks with a single deadline."""
    if part == "":
        for edition, amendment in enumerate(task.amended):
            if on < amendment.until_on:
                return InForce(amendment.deadline, edition)
    return InForce(task.deadlines[part], len(task.amended) if part == "" else 0)


def replaced_by(task: Task, on: date) -> tuple[Amendment, ...]:
    """Return the amendments already made on that day, oldest first."""
    return tuple(amendment for amendment in task.amended if amendment.until_on <= on)


def next_change(task: Task, on: date) -> date | None:
    """Return the first day after `on` on which another deadline comes into force, or None."""
    return min((a.until_on for a in task.amended if a.until_on > on), default=None)
