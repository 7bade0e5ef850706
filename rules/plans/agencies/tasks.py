"""Agencies of a task: its lead, head and coordinating cells resolved together, and what a person should look at."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rules.plans.agencies.cell import Role
from rules.plans.agencies.resolve import Resolver
from rules.plans.draft import Agency, Doubt, DraftTask
from rules.wording import Wording

NO_LEAD = Wording("không có cơ quan chủ trì", "no agency leads the task")
OTHER_HEAD = Wording(
    "người đứng đầu không thuộc (các) cơ quan chủ trì", "the head named is not that of the agencies that lead the task"
)


def with_agencies(task: DraftTask, resolver: Resolver) -> DraftTask:
    """Return the task with its agencies, and a doubt for each that is not sure.

    An agency whose cell gives it another role than its column counts there. Without a lead, the heads' units lead.
    """
    cells: tuple[tuple[Role, str], ...] = (("lead", task.lead), ("head", task.head), ("coordinate", task.coordinate))
    found = [(column, agency) for column, text in cells for agency in resolver.resolve(text, role=column)]
    leads = _of("lead", found)
    heads = _of("head", found)
    coordinates = _of("coordinate", found)
    doubts = tuple(_doubts(task, found, leads or heads, heads, resolver))
    return replace(task, leads=leads or heads, heads=heads, coordinates=coordinates, doubts=(*task.doubts, *doubts))


def _of(role: Role, found: Iterable[tuple[Role, Agency]]) -> tuple[Agency, ...]:
    return tuple(agency for column, agency in found if (agency.role or column) == role)


def _doubts(
    task: DraftTask,
    found: Iterable[tuple[Role, Agency]],
    leads: tuple[Agency, ...],
    heads: tuple[Agency, ...],
    resolver: Resolver,
) -> Iterator[Doubt]:
    for column, agency in found:
        if agency.why is not None:
            said = Wording(f"“{agency.text}”: {agency.why.vi}", f"“{agency.text}”: {agency.why.en}")
            yield Doubt(said, task.at, column, agency.suggestions)
    if not leads:
        yield Doubt(NO_LEAD, task.at, "lead")
    elif all(agency.sure for agency in (*leads, *heads)) and heads:
        led = _units(leads, resolver)
        if not _units(heads, resolver) & led:
            yield Doubt(OTHER_HEAD, task.at, "head", tuple(id for agency in heads for id in agency.ids))


def _units(agencies: Iterable[Agency], resolver: Resolver) -> set[str]:
    """Return the units of these agencies, those of groups expanded."""
    groups = resolver.directory.groups
    return {unit for each in agencies for id in each.ids for unit in (groups[id].members if id in groups else (id,))}
