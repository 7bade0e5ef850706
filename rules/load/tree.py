"""From the text of a file to its YAML documents, as plain values that remember where each of them stands.

Composed from the parser's events: PyYAML's own composer crashes on deep nesting, and is slower.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import yaml

from rules.load import syntax
from rules.load.mistake import Mistake
from rules.load.text import check_characters
from rules.problem import Problem, Source
from rules.wording import Wording

DEEPEST = 30
MOST_VALUES = 1_000_000

_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_WORDS: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}

Plain = object
"""What pydantic gets to see: str, int, bool, None, list, dict with text keys."""


class Mark(Protocol):
    """A place in the text as the parser gives it: all count from 0, in characters."""

    line: int
    column: int
    index: int


_NO_KEYS: Mapping[str, Mark] = {}


@dataclass(slots=True)
class Node:
    """A value with its place; `parts` holds the nodes inside, `keys` the places of a mapping's keys.

    A list has the key '-' when an item of it has no value.
    """

    value: Plain
    mark: Mark
    parts: "dict[str, Node] | list[Node] | None"
    keys: Mapping[str, Mark]

    def part(self, step: str | int) -> "Node | None":
        """Return the value under that key or number, None when there is none."""
        if isinstance(self.parts, dict):
            return self.parts.get(step) if isinstance(step, str) else None
        if isinstance(self.parts, list) and isinstance(step, int) and step < len(self.parts):
            return self.parts[step]
        return None


@dataclass(frozen=True, slots=True)
class Tree:
    """One document of a file: its outermost value and the text it was read from."""

    file: str
    root: Node
    text: str
    begins: int = 0
    """Where in the file it begins, its line `---` included; it ends where the next one begins."""
    unread: set[tuple[str | int, ...]] = field(default_factory=set)
    """The ways to the values that could not be read."""
    around_unread: set[tuple[str | int, ...]] = field(default_factory=set)
    """The ways to what holds such values."""

    def mark_unread(self, steps: tuple[str | int, ...]) -> None:
        """Note that the value at the end of the steps could not be read."""
        self.unread.add(steps)
        self.around_unread.update(steps[:count] for count in range(len(steps)))


def trees(name: str, text: str, problems: list[Problem]) -> list[Tree]:
    """Return the documents of a file, in order; what does not read is added to `problems`; bad syntax ends the list."""
    composer = _Composer(name, text, problems)
    found: list[Tree] = []
    try:
        found.extend(composer.documents())
    except yaml.MarkedYAMLError as error:
        problems.append(syntax.explained(name, text, error))
    except _Stop as stop:
        problems.append(Problem(stop.source, "", stop.said))
    else:
        if not found:
            problems.append(Problem(Source(name), "", syntax.EMPTY_FILE))
    return found


class _Stop(Exception):
    """The file cannot be read any further."""

    def __init__(self, source: Source, said: Wording) -> None:
        super().__init__(said.en)
        self.source, self.said = source, said


class _Anchored(NamedTuple):
    node: Node
    size: int


class _Composer:
    def __init__(self, name: str, text: str, problems: list[Problem]) -> None:
        self.name = name
        self.text = text
        self.problems = problems
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.next_event = loader(text).get_event
        self.anchors: dict[str, _Anchored] = {}
        self.inside_anchor: str | None = None
        self.values = 0

    def documents(self) -> Iterator[Tree]:
        event = self.next_event()
        while not isinstance(event, yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                self.anchors.clear()
                yield self.document(self.next_event(), _mark(event).index)
            event = self.next_event()

    def document(self, event: yaml.Event, begins: int) -> Tree:
        root = self.node(event, 1)
        end = _end(self.next_event())
        return Tree(self.name, root, self.text[root.mark.index : end].rstrip(), begins)

    def node(self, event: yaml.Event, depth: int) -> Node:
        mark = _mark(event)
        self.values += 1
        if self.values > MOST_VALUES:
            raise _Stop(self.source(mark), syntax.TOO_MANY)
        if isinstance(event, yaml.ScalarEvent):
            return self.anchored(event, Node(self.scalar(event, mark), mark, None, _NO_KEYS))
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, mark)
        if depth > DEEPEST:
            raise _Stop(self.source(mark), syntax.too_deep(DEEPEST))
        return self.collection(event, mark, depth)

    def collection(self, event: yaml.Event, mark: Mark, depth: int) -> Node:
        assert isinstance(event, yaml.CollectionStartEvent)
        self.refuse_tag(event, mark)
        outermost_anchor = self.inside_anchor is None and event.anchor is not None
        if outermost_anchor:
            self.inside_anchor = event.anchor
        before = self.values
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        node = self.mapping(mark, depth) if is_mapping else self.sequence(mark, depth)
        if outermost_anchor:
            self.inside_anchor = None
        return self.anchored(event, node, size=self.values - before + 1)

    def sequence(self, mark: Mark, depth: int) -> Node:
        parts: list[Node] = []
        keys: dict[str, Mark] = {}
        while type(event := self.next_event()) is not yaml.SequenceEndEvent:
            part = self.node(event, depth + 1)
            if _has_tag(event):
                keys["-"] = part.mark
            elif part.value is None:
                keys["-"] = part.mark
                self.problem(part.mark, syntax.NO_ITEM)
            else:
                parts.append(part)
        return Node([part.value for part in parts], mark, parts, keys or _NO_KEYS)

    def mapping(self, mark: Mark, depth: int) -> Node:
        parts: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        merged: list[Node] = []
        while type(event := self.next_event()) is not yaml.MappingEndEvent:
            key_mark, key = _mark(event), self.key(event, depth)
            event = self.next_event()
            part = self.node(event, depth + 1)
            if key is None:
                # Kept among the keys, so that what it stood for is not called missing.
                keys["<<"] = key_mark
                merged.append(part)
                continue
            if key in keys:
                self.problem(key_mark, syntax.twice(key, keys[key].line + 1))
                if key in parts:
                    parts[key] = _joined(parts[key], part)
                continue
            keys[key] = key_mark
            if _has_tag(event):
                # Refused already: from here on it is a key without a value.
                continue
            if part.value is None:
                self.problem(key_mark, syntax.without_value(key))
            else:
                parts[key] = part
        node = Node({key: part.value for key, part in parts.items()}, mark, parts, keys)
        for part in merged:
            node = _joined(node, part)
        return node

    def key(self, event: yaml.Event, depth: int) -> str | None:
        if not isinstance(event, yaml.ScalarEvent):
            node = self.node(event, depth + 1)
            self.problem(node.mark, syntax.NO_WORD)
            return None
        mark = _mark(event)
        if event.value == "<<" and event.implicit[0]:
            self.problem(mark, syntax.NO_MERGING)
            return None
        self.refuse_tag(event, mark)
        return unicodedata.normalize("NFC", event.value)

    def scalar(self, event: yaml.ScalarEvent, mark: Mark) -> str | int | bool | None:
        self.refuse_tag(event, mark)
        text = event.value
        if event.implicit[0]:
            if text in _WORDS:
                return _WORDS[text]
            if _NUMBER.fullmatch(text):
                return int(text)
        elif event.style == '"' and "\\" in self.text[mark.index : _end(event)]:
            self.check_escapes(text, mark)
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    def check_escapes(self, text: str, mark: Mark) -> None:
        try:
            check_characters(text)
        except Mistake as mistake:
            self.problem(mark, mistake.said)

    def alias(self, event: yaml.AliasEvent, mark: Mark) -> Node:
        name = str(event.anchor)
        if self.inside_anchor is not None:
            raise _Stop(self.source(mark), syntax.alias_inside(name, self.inside_anchor))
        if name not in self.anchors:
            raise _Stop(self.source(mark), syntax.alias_of_nothing(name))
        node, size = self.anchors[name]
        self.values += size
        return node

    def anchored(self, event: yaml.NodeEvent, node: Node, size: int = 1) -> Node:
        if event.anchor is not None:
            self.anchors[event.anchor] = _Anchored(node, size)
        return node

    def refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, mark: Mark) -> None:
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problem(mark, syntax.tagged(shown))

    def source(self, mark: Mark) -> Source:
        return Source(self.name, mark.line + 1, mark.column + 1)

    def problem(self, mark: Mark, said: Wording) -> None:
        self.problems.append(Problem(self.source(mark), "", said))


def _has_tag(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None


def _joined(first: Node, other: Node) -> Node:
    """Return the mapping with the keys that only the other one has, so that what refers to them is not blamed."""
    if not isinstance(first.parts, dict) or not isinstance(other.parts, dict):
        return first
    parts = first.parts | {key: part for key, part in other.parts.items() if key not in first.keys}
    keys = {**first.keys, **{key: mark for key, mark in other.keys.items() if key not in first.keys}}
    return Node({key: part.value for key, part in parts.items()}, first.mark, parts, keys)


def _end(event: yaml.Event) -> int:
    assert event.end_mark is not None
    return event.end_mark.index


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    assert mark is not None
    return mark
