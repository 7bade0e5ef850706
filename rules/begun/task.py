"""A new task in a rule file there is: at the end of its section, under the next free id, every other line untouched."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rules.load.shapes.programme import ProgrammeShape
from rules.phrases.forms import Form
from rules.plans.merging.located import Item, Located, located
from rules.plans.merging.splicing import Splices
from rules.plans.writing.layout import Entry, comment, lines_of

_NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d+)$")


class Unplaceable(Exception):
    """The task cannot be put into the file as it is written; the argument says why, and what to do."""


class Placed(NamedTuple):
    """The text of the file with the task, and the task's own lines."""

    text: str
    lines: tuple[str, ...]


def sections(text: str) -> list[str]:
    """Return the sections that the tasks of a file have, in order, each once."""
    return list(dict.fromkeys(map(_section, located(text).tasks)))


def next_id(text: str, section: str) -> str:
    """Return the next free id of a section: counted on from the ids that its tasks have, or from its own name."""
    found = located(text)
    of_section = [item.id for item in found.tasks if _section(item) == section]
    numbered = _NUMBERED.fullmatch(of_section[-1]) if of_section else None
    stem = numbered["stem"] if numbered else f"{section}." if section else ""
    taken = {item.id for item in found.tasks}
    numbers = (_NUMBERED.fullmatch(id) for id in taken)
    highest = max((int(each["number"]) for each in numbers if each and each["stem"] == stem), default=0)
    return f"{stem}{highest + 1}"


def task_added(text: str, fields: Mapping[str, Form], *, section: str, doubts: Iterable[str] = ()) -> Placed:
    """Return the text of a rule file with a task at the end of its section, of the whole where the section is new.

    `doubts` become questions above its deadline. Unplaceable where the tasks stand in brackets.
    """
    found = located(text)
    field = found.keys.get("tasks")
    splices = Splices()
    if field is None or not found.tasks:
        if field is not None and "[" in found.lines[field.start]:
            splices.replace(field.start, field.end, [])
        lines = _lines(fields, 2, doubts)
        splices.insert(_place_of_tasks(found), ["tasks:", *lines])
        return _placed(found, splices, lines)
    if not all(item.is_block or "- " in found.lines[item.start] for item in found.tasks):
        raise Unplaceable("its tasks stand in brackets; write `tasks:` as a list with a dash for each task")
    last = next((item for item in reversed(found.tasks) if _section(item) == section), found.tasks[-1])
    lines = _lines(fields, _dash_of(last, found.lines), doubts)
    splices.insert(last.end, lines)
    return _placed(found, splices, lines)


def _placed(found: Located, splices: Splices, lines: list[str]) -> Placed:
    return Placed("\n".join(splices.applied(found.lines)), tuple(lines))


def _section(item: Item) -> str:
    written = item.value("section")
    return str(written) if written is not None else item.id.rpartition(".")[0]


def _dash_of(item: Item, lines: Sequence[str]) -> int:
    line = lines[item.start]
    # A dash on a line of its own stands above the keys.
    return line.index("-") if line.lstrip().startswith("-") else max(item.indent - 2, 0)


def _lines(fields: Mapping[str, Form], dash: int, doubts: Iterable[str]) -> list[str]:
    lines: list[str] = []
    for key, value in fields.items():
        if key in ("deadline", "deadlines"):
            lines += [line for doubt in doubts for line in comment(f"CHECK: {doubt}", dash + 2)]
        lines += lines_of(Entry(key, value), dash + 2)
    return [f"{' ' * dash}- {lines[0].lstrip()}", *lines[1:]]


def _place_of_tasks(found: Located) -> int:
    """Return the line where `tasks:` goes: behind the last key that stands before it in the order of the language."""
    order = list(ProgrammeShape.model_fields)
    before = order[: order.index("tasks")]
    return max(each.end for key, each in found.keys.items() if key in before)
