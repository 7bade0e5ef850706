"""Partners: a cell that names who leads and who coordinates, taken apart: `Chủ trì: Sở X; phối hợp: Sở Y`."""

import re
from collections.abc import Iterable
from dataclasses import replace

from rules.plans.draft import DraftTask
from rules.plans.tables.headings import Header
from rules.plans.tables.words import scores

_LABEL = re.compile(
    r"(?:^|(?<=[\n;.,]))\s*[-–+•*]?\s*(?:cơ quan|đơn vị)?\s*(?P<role>chủ trì|phối hợp)(?: thực hiện| với)?\s*:\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?P<lead>[^()]+?)\s*\((?P<coordinate>[^()]+)\)\s*")


def with_partners(tasks: Iterable[DraftTask], header: Header) -> list[DraftTask]:
    """Return the tasks of a table, the lead's cell of each taken apart where no column names who coordinates."""
    heading = next((column.heading for column in header.columns if column.holds == "lead"), "")
    if not heading or header.at("coordinate") is not None:
        return list(tasks)
    inside = re.search(r"\(([^()]+)\)", heading)
    is_bracketed = bool(inside and any(score.holds == "coordinate" for score in scores(inside[1])[:1]))
    return [_parted(task, is_bracketed=is_bracketed) for task in tasks]


def _parted(task: DraftTask, *, is_bracketed: bool) -> DraftTask:
    """Return the task with its lead and its partners; `is_bracketed` where the heading has the partners in brackets."""
    if is_bracketed and (found := _BRACKETED.fullmatch(task.lead)):
        return replace(task, lead=found["lead"].strip(), coordinate=found["coordinate"].strip())
    labels = list(_LABEL.finditer(task.lead))
    roles = [label["role"].casefold() for label in labels]
    if not labels or labels[0].start() > 0 or sorted(roles) != ["chủ trì", "phối hợp"]:
        return task
    ends = [*(label.start() for label in labels[1:]), len(task.lead)]
    texts = (task.lead[label.end() : end].strip(" \n;,.") for label, end in zip(labels, ends, strict=True))
    said = dict(zip(roles, texts, strict=True))
    return replace(task, lead=said["chủ trì"], coordinate=said["phối hợp"])
