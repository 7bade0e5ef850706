"""Routing: which tasks a route of a programme takes."""

from rules.deadline import kind_of
from rules.programme import Route, Task


def matches(task: Task, route: Route) -> bool:
    """Say whether a task meets every condition of a route."""
    kinds = {kind_of(each) for each in task.deadlines.values()}
    return (
        (not route.section or any(_lies_in(task.section, section) for section in route.section))
        and (not route.task or task.id in route.task)
        and (not route.lead or not set(route.lead).isdisjoint(task.lead.named))
        and (not route.kind or not kinds.isdisjoint(route.kind))
    )


def _lies_in(section: str, wanted: str) -> bool:
    return section == wanted or section.startswith(f"{wanted}.")
