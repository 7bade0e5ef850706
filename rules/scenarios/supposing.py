"""Supposing: the rules as a scenario sees them: cut down to the tasks it looks at and what they depend on, with the
deadlines and posts it is given."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from rules.days import plus
from rules.deadline import After, AheadOf, Deadline
from rules.directory import Acting, Directory, Post
from rules.inforce import in_force
from rules.programme import Amendment, Event, Programme, Rulebook, Task
from rules.scenario import DeadlineGiven, PostGiven, Scenario


def supposed(rulebook: Rulebook, scenario: Scenario) -> Rulebook:
    """Return the rulebook of the scenario's programme alone, with what the scenario looks at and supposes."""
    programme = rulebook.programmes[scenario.programme]
    tasks = dict(programme.tasks)
    for given in scenario.given:
        if isinstance(given, DeadlineGiven):
            tasks |= {id: _dated(tasks[id], given) for id in given.tasks}
    directory = rulebook.directories[programme.directory]
    for given in scenario.given:
        if isinstance(given, PostGiven):
            directory = _staffed(directory, given)
    return Rulebook(
        {programme.id: _cut(replace(programme, tasks=tasks), scenario)},
        {directory.id: directory},
        rulebook.ladders,
        rulebook.calendars,
        rulebook.digest,
        rulebook.recast,
    )


def _cut(programme: Programme, scenario: Scenario) -> Programme:
    """Return the programme with the tasks and events looked at, and those that they wait for."""
    if not scenario.tasks:
        return programme
    tasks: dict[str, Task] = {}
    events: dict[str, Event] = {}
    left: list[tuple[str, str]] = [*(("task", id) for id in scenario.tasks), *(("event", id) for id in scenario.events)]
    while left:
        kind, id = left.pop()
        if kind == "task" and id not in tasks:
            tasks[id] = programme.tasks[id]
            left += (("event", event) for event in waits_for(tasks[id]))
        elif kind == "event" and id not in events:
            event = events[id] = programme.events[id]
            left += [("event", event.after[0])] if event.after else []
            left += [("task", event.when_done)] if event.when_done else []
    return replace(
        programme,
        tasks={id: task for id, task in programme.tasks.items() if id in tasks},
        measuring={},
        events={id: event for id, event in programme.events.items() if id in events},
    )


def waits_for(task: Task) -> Iterable[str]:
    """Yield the events that the task's deadlines, past ones too, wait for."""
    for deadline in (*task.deadlines.values(), *(amendment.deadline for amendment in task.amended)):
        if isinstance(deadline, After | AheadOf):
            yield deadline.event


def _dated(task: Task, given: DeadlineGiven) -> Task:
    part = given.part or ""
    deadlines = {**task.deadlines, part: given.deadline}
    if given.on is None:
        return replace(task, deadlines=deadlines, amended=tuple(each for each in task.amended if each.part != part))
    earlier = tuple(each for each in task.amended if each.part != part or each.until_on < given.on)
    was = Amendment(_in_force(task, part, given.on), given.on, None, given.why, part)
    return replace(task, deadlines=deadlines, amended=(*earlier, was))


def _in_force(task: Task, part: str, on: date) -> Deadline:
    """Return the deadline that the new one replaces: the one in force on the eve."""
    return in_force(task, part, plus(on, -1)).deadline


def _staffed(directory: Directory, given: PostGiven) -> Directory:
    unit = directory.units[given.unit]
    if given.role == "overseer" and unit.overseer is None:
        return replace(directory, overseer=_held(directory.overseer, given))
    match given.role:
        case "head":
            unit = replace(unit, head=_held(unit.head, given))
        case "focal":
            unit = replace(unit, focal=_held(unit.focal, given))
        case _:
            unit = replace(unit, overseer=_held(unit.overseer, given))
    return replace(directory, units={**directory.units, unit.id: unit})


def _held(post: Post | None, given: PostGiven) -> Post | None:
    if post is None:
        return None
    if given.title:
        assert given.until is not None
        stand_in = Acting(given.on, given.until, given.title, given.email)
        return replace(post, acting=(stand_in, *post.acting))
    return replace(post, until=plus(given.on, -1), acting=())
