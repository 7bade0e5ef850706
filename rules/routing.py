"""Routing: which route of a programme a task takes; the first that matches, as in an alert router."""

from rules.deadline import kind_of
from rules.programme import Programme, Route, Task


def matches(task: Task, route: Route) -> bool:
    """Say whether all conditions that a route gives hold for a task."""
    kinds = {kind_of(each) for each in task.deadlines.values()}
    return (
        (not route.section or any(_lies_in(task.section, section) for section in route.section))
        and (not route.task or task.id in route.task)
        and (not route.lead or not set(route.lead).isdisjoint(task.lead.named))
        and (not route.kind or not kinds.isdisjoint(route.kind))
    )


def route_taken(task: Task, programme: Programme) -> int | None:
    """Return the number of the route by which a task came to its ladder, None for its own or the programme's."""
    found = next((number for number, route in enumerate(programme.routes) if matches(task, route)), None)
    return found if found is not None and programme.routes[found].ladder == task.ladder else None


def _lies_in(section: str, wanted: str) -> bool:
    return section == wanted or section.startswith(f"{wanted}.")
