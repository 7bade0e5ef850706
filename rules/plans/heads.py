"""Heads: whether who answers for a task heads one of the agencies that lead it."""

from collections.abc import Iterable

from rules.directory import Directory
from rules.plans.draft import Agency, Doubt, DraftTask
from rules.plans.tables.lines import shown
from rules.wording import Wording


def strangers(task: DraftTask, directory: Directory) -> tuple[Doubt, ...]:
    """Return a doubt for each head of a task who heads none of the agencies in its lead.

    Only what is certain is compared: nothing is asked where a leading agency is itself a question, or open.
    """
    if not task.leads or not all(_is_certain(agency) for agency in task.leads):
        return ()
    leading = _units(task.leads, directory)
    own = [agency for agency in task.heads if agency.role is None and _is_certain(agency)]
    return tuple(
        Doubt(_stranger(agency.text, shown(task.lead)), task.at, "head")
        for agency in own
        if not _units((agency,), directory) & leading
    )


def _is_certain(agency: Agency) -> bool:
    return agency.sure and not agency.open and bool(agency.ids)


def _units(agencies: Iterable[Agency], directory: Directory) -> frozenset[str]:
    """Return the units meant, those of a group one by one."""
    groups = directory.groups
    ids = (id for agency in agencies for id in agency.ids)
    return frozenset(unit for id in ids for unit in (groups[id].members if id in groups else (id,)))


def _stranger(head: str, lead: str) -> Wording:
    return Wording(
        f"«{head}» không phải là người đứng đầu cơ quan chủ trì («{lead}»).",
        f"«{head}» does not head any agency in the lead («{lead}»).",
    )
