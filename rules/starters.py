"""Starters: tasks whose completion is an event (`when_done`), and when they were done as a whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rules.deadline import After, AheadOf, recurs
from rules.obligation import ObligationKey
from rules.programme import Occurred, Programme, Task
from rules.roster import owing_units


def tasks_done(programme: Programme, done: Mapping[ObligationKey, Occurred]) -> dict[str, tuple[Occurred, ...]]:
    """Return when each task that starts an event of the programme was done, oldest first; others are left out.

    A task is done once all units that owe it have reported, each of its deadlines; one that recurs, each time anew.
    """
    starters = {event.when_done for event in programme.events.values() if event.when_done}
    found = {}
    for id in sorted(starters & programme.tasks.keys()):
        reported = {key: at for key, at in done.items() if key.programme == programme.id and key.task == id}
        times = sorted(_times(programme.tasks[id], reported), key=lambda one: one.on)
        if times:
            found[id] = tuple(times)
    return found


def _times(task: Task, reported: Mapping[ObligationKey, Occurred]) -> Iterator[Occurred]:
    by_occurrence: dict[str, dict[tuple[str, str], Occurred]] = defaultdict(dict)
    for key, at in reported.items():
        by_occurrence[key.occurrence][(key.part, key.unit)] = at
    for occurrence, said in by_occurrence.items():
        parts = {part for part, _ in said} if occurrence else _single(task)
        if all((part, unit) in said for part in parts for unit in owing_units(task)):
            yield max(said.values(), key=lambda one: one.on)


def _single(task: Task) -> set[str]:
    """Return the parts that are owed once."""
    return {
        part
        for part, deadline in task.deadlines.items()
        if not (recurs(deadline) or isinstance(deadline, After | AheadOf))
    }
