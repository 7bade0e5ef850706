"""Coverage: which rungs, routes and deadlines the scenarios touch, and how many scenarios each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rules.deadline import DeadlineKind, kind_of
from rules.programme import Programme, Route, Rulebook
from rules.routing import route_taken
from rules.scenarios.outcome import Outcome


class RungCovered(NamedTuple):
    """A rung of a ladder that tasks climb."""

    ladder: str
    rung: str
    scenarios: int


class RouteCovered(NamedTuple):
    """A route of a programme, counted from 1, and how many tasks take it."""

    programme: str
    number: int
    match: str
    ladder: str
    tasks: int
    scenarios: int


class DeadlineCovered(NamedTuple):
    """A deadline of a task."""

    programme: str
    task: str
    part: str
    kind: DeadlineKind
    scenarios: int


class KindCovered(NamedTuple):
    """A kind of deadline: how many there are, and how many of them some scenario touches."""

    kind: DeadlineKind
    deadlines: int
    touched: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything there is to touch, with the number of scenarios that do."""

    rungs: tuple[RungCovered, ...]
    routes: tuple[RouteCovered, ...]
    deadlines: tuple[DeadlineCovered, ...]

    @property
    def kinds(self) -> tuple[KindCovered, ...]:
        """Return the kinds of deadline there are."""
        there = Counter(one.kind for one in self.deadlines)
        touched = Counter(one.kind for one in self.deadlines if one.scenarios)
        return tuple(KindCovered(kind, count, touched[kind]) for kind, count in sorted(there.items()))


def coverage(rulebook: Rulebook, outcomes: Iterable[Outcome]) -> Coverage:
    """Return what these scenarios touch of a rulebook."""
    touched = [outcome.touched for outcome in outcomes]
    rungs = Counter(rung for each in touched for rung in each.rungs)
    deadlines = Counter(deadline for each in touched for deadline in each.deadlines)
    programmes = rulebook.programmes.values()
    climbed = {task.ladder for programme in programmes for task in programme.tasks.values()}
    return Coverage(
        tuple(
            RungCovered(ladder.id, rung.id, rungs[ladder.id, rung.id])
            for ladder in rulebook.ladders.values()
            if ladder.id in climbed
            for rung in ladder.rungs
        ),
        tuple(found for programme in programmes for found in _routes(programme, [each.deadlines for each in touched])),
        tuple(
            DeadlineCovered(programme.id, task.id, part, kind_of(deadline), deadlines[programme.id, task.id, part])
            for programme in programmes
            for task in programme.tasks.values()
            for part, deadline in task.deadlines.items()
        ),
    )


def _routes(programme: Programme, touched: list[frozenset[tuple[str, str, str]]]) -> Iterable[RouteCovered]:
    for number, route in enumerate(programme.routes):
        tasks = {task.id for task in programme.tasks.values() if route_taken(task, programme) == number}
        count = sum(any(one[0] == programme.id and one[1] in tasks for one in each) for each in touched)
        yield RouteCovered(programme.id, number + 1, _match(route), route.ladder, len(tasks), count)


def _match(route: Route) -> str:
    conditions = {"section": route.section, "task": route.task, "lead": route.lead, "kind": route.kind}
    return ", ".join(f"{key}: {', '.join(values)}" for key, values in conditions.items() if values)
