"""Located: a programme's rule file as lines, and where in them its tasks and their fields stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

import yaml

from rules.phrases.forms import Form
from rules.plans.writing.signs import plain

Part = Literal["tasks", "indicators"]


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a key, and its lines: from the key's to the one after the value's last, counted from 0."""

    key: str
    value: Form
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A task or an indicator. `above` is where the comments above it begin; one in braces is no block."""

    id: str
    fields: Mapping[str, Field]
    above: int
    start: int
    end: int
    indent: int
    """The column of its keys."""
    is_block: bool

    def value(self, key: str) -> Form | None:
        """Return the value of a key, None where the item has none."""
        return self.fields[key].value if key in self.fields else None


@dataclass(frozen=True, slots=True)
class Located:
    """The lines of a file, and the parts of its programme by their key."""

    lines: tuple[str, ...]
    keys: Mapping[str, Field]
    tasks: tuple[Item, ...]
    indicators: tuple[Item, ...]
    events: Mapping[str, Field]

    def items(self, part: Part) -> tuple[Item, ...]:
        """Return the tasks, or the indicators."""
        return self.tasks if part == "tasks" else self.indicators

    @property
    def end(self) -> int:
        """The line behind the programme's last key."""
        return max(each.end for each in self.keys.values())


def located(text: str) -> Located:
    """Return where everything stands in a rule file that loads and holds one programme; its lines end with `\\n`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lines = text.split("\n")
    documents = (_parts(node) for node in yaml.compose_all(text, loader))
    root = next(parts for parts in documents if "programme" in parts)
    keys = {key: _field(key, *pair, lines) for key, pair in root.items()}
    tasks, indicators = (tuple(_items(root[key][1], lines)) if key in root else () for key in ("tasks", "indicators"))
    events = _parts(root["events"][1]) if "events" in root else {}
    return Located(
        tuple(lines), keys, tasks, indicators, {key: _field(key, *pair, lines) for key, pair in events.items()}
    )


def dashes(field: Field, lines: Sequence[str]) -> int | None:
    """Return the column of the dashes of a list, None where it is written in brackets."""
    if lines[field.start].partition("#")[0].strip() != f"{field.key}:":
        return None
    found = (line for line in lines[field.start + 1 : field.end] if line.lstrip().startswith("-"))
    return next((len(line) - len(line.lstrip()) for line in found), None)


def _parts(node: yaml.Node | None) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    """Return the keys of a mapping with their nodes; of anything else none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): (key, value) for key, value in pairs}


def _items(node: yaml.Node, lines: Sequence[str]) -> Iterator[Item]:
    if not isinstance(node, yaml.SequenceNode):
        return
    for each in node.value:
        fields = {key: _field(key, *pair, lines) for key, pair in _parts(each).items()}
        start = each.start_mark.line
        comments = takewhile(lambda line: line.lstrip().startswith("#"), reversed(lines[:start]))
        yield Item(
            id=str(fields["id"].value),
            fields=fields,
            above=start - sum(1 for _ in comments),
            start=start,
            end=_end(each, lines),
            indent=each.start_mark.column,
            is_block=not (each.flow_style or node.flow_style),
        )


def _field(key: str, at: yaml.Node, node: yaml.Node, lines: Sequence[str]) -> Field:
    return Field(key, plain(_value(node)), at.start_mark.line, _end(node, lines))


def _value(node: yaml.Node) -> Form:
    if isinstance(node, yaml.MappingNode):
        return {key: _value(value) for key, (_, value) in _parts(node).items()}
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in node.value]
    return str(node.value)


def _end(node: yaml.Node, lines: Sequence[str]) -> int:
    """Return the line after a value's last: a block ends with its last part, whatever comments and blanks follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, lines)
    end: int = node.end_mark.line
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        # The parser counts the blank lines behind such a text too.
        while end < len(lines) and node.end_mark.column and lines[end].strip():
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        return end
    return end + 1
