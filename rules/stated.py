"""The words for a task's deadline: those of its document or, where it has none for what is in force, an office's."""

from collections.abc import Sequence
from dataclasses import replace

from rules.deadline import After, AheadOf, Deadline, Within
from rules.programme import Programme, Recast, Task
from rules.words import sentence


def stated(task: Task, part: str, deadline: Deadline, lived: Sequence[Recast] = ()) -> str | None:
    """Return the document's words for a deadline of a part, None where it has none or they are those of another one;
    `lived` are the deadlines that the part was lived by before, with their words."""
    if deadline == task.deadlines[part]:
        return task.stated
    return next((one.stated for one in reversed(lived) if one.deadline == deadline), None)


def phrase(programme: Programme, deadline: Deadline) -> str:
    """Return a deadline as an office would write it, in Vietnamese: `Trước ngày 15/5/2026`.

    '' for a plain day, of which the day it comes to says all."""
    if isinstance(deadline, Within) and deadline.period.kind == "day":
        return ""
    return sentence(said(programme, deadline))


def said(programme: Programme, deadline: Deadline) -> str:
    """Return a deadline as an office would write it, the titles of events in place of their ids."""
    # All that is known of phrases takes as long to import as a week to simulate, and most commands say none.
    from rules.phrases.saying import say

    if isinstance(deadline, After | AheadOf):
        deadline = replace(deadline, event=programme.events[deadline.event].title)
    return say(deadline)
