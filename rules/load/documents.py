"""From the documents of the files to their shapes, by kind and id; duplicates and unknown kinds on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from pydantic import ValidationError

from rules.load.complain import complaints
from rules.load.mistake import did_you_mean, listed, quoted
from rules.load.place import Faults, Place, Step
from rules.load.shapes.base import Shape
from rules.load.shapes.calendar import CalendarShape
from rules.load.shapes.ladder import LadderShape
from rules.load.shapes.people import DirectoryShape
from rules.load.shapes.programme import ProgrammeShape
from rules.load.tree import Tree
from rules.problem import Source

KINDS: dict[str, type[Shape]] = {
    "programme": ProgrammeShape,
    "directory": DirectoryShape,
    "ladder": LadderShape,
    "calendar": CalendarShape,
}
# Where one item is wrong, it is set aside and the rest of the document still checked.
_COLLECTIONS = {"tasks", "events", "indicators", "amend", "routes", "units", "groups"}
_HEADS = re.compile(rf"(?:\A|^---[^\n]*\n)(?:[ \t]*(?:#[^\n]*)?\n)*({'|'.join(KINDS)}):[ \t]+(\S+)", re.MULTILINE)

AnyShape = TypeVar("AnyShape", bound=Shape)


@dataclass(frozen=True, slots=True)
class Document(Generic[AnyShape]):
    """A document whose shape is right, `aside` the ids of its items whose shape is not."""

    id: str
    place: Place
    shape: AnyShape
    aside: frozenset[tuple[str, str]] = frozenset()

    def set_aside(self, collection: str) -> frozenset[str]:
        """Return the ids of items of that collection which exist but could not be read."""
        return frozenset(name for where, name in self.aside if where == collection)


@dataclass(slots=True)
class Documents:
    """All documents of a folder; `declared`: the ids of all there are, readable or not, with their places."""

    programmes: dict[str, Document[ProgrammeShape]] = field(default_factory=dict)
    directories: dict[str, Document[DirectoryShape]] = field(default_factory=dict)
    ladders: dict[str, Document[LadderShape]] = field(default_factory=dict)
    calendars: dict[str, Document[CalendarShape]] = field(default_factory=dict)
    declared: dict[tuple[str, str], Source] = field(default_factory=dict)
    presumed: set[tuple[str, str]] = field(default_factory=set)

    def ids(self, kind: str) -> list[str]:
        """Return the ids of that kind."""
        return [name for known, name in self.declared if known == kind]

    def check(self, kind: str, name: str, place: Place, faults: Faults) -> bool:
        """Return True when such a document exists; add a problem at `place` otherwise."""
        if (kind, name) in self.declared or (kind, name) in self.presumed:
            return True
        known = self.ids(kind)
        shown = listed(known) or "none in these files"
        faults.at(place, f"unknown {kind} {quoted(name)}; known: {shown}{did_you_mean(name, known)}")
        return False

    def presume(self, text: str) -> None:
        """Note the ids in a text that may not be YAML, so that what refers to them is not blamed as well."""
        self.presumed.update((match[1], match[2]) for match in _HEADS.finditer(text))

    def add(self, tree: Tree, faults: Faults) -> None:
        """Read the shape of a document and keep it under its id."""
        place = Place(tree)
        kind = _kind(place, faults)
        if kind is None:
            return
        head = tree.root.parts[kind] if isinstance(tree.root.parts, dict) and kind in tree.root.parts else None
        name = str(head.value) if head else ""
        if (kind, name) in self.declared and name:
            faults.at(place / kind, f"duplicate {kind} {quoted(name)}, first at {self.declared[kind, name]}; keep one")
            name = ""
        self.declared.setdefault((kind, name), (place / kind).source)
        document = _shaped(name, place, KINDS[kind], faults)
        if document and name:
            self._of(kind)[name] = document

    def _of(self, kind: str) -> dict[str, Document[Shape]]:
        stores = {
            "programme": self.programmes,
            "directory": self.directories,
            "ladder": self.ladders,
            "calendar": self.calendars,
        }
        return cast(dict[str, Document[Shape]], stores[kind])


def _kind(place: Place, faults: Faults) -> str | None:
    root = place.tree.root
    if not isinstance(root.parts, dict) or not root.keys:
        found = "the document is empty" if root.value in (None, {}) else f"found {quoted(root.value)}"
        faults.at(place, f"{found}; a document begins with one of the keys {listed(KINDS)}")
        return None
    first = next(iter(root.keys))
    if first in KINDS:
        return first
    elsewhere = next((kind for kind in KINDS if kind in root.keys), None)
    hint = f"; put '{elsewhere}' first" if elsewhere else did_you_mean(first, KINDS)
    faults.at_key(place / first, f"the first key says what a document is: {listed(KINDS)}; found {quoted(first)}{hint}")
    return None


def _shaped(name: str, place: Place, shape: type[Shape], faults: Faults) -> Document[Shape] | None:
    value = place.tree.root.value
    try:
        return Document(name, place, shape.model_validate(value))
    except ValidationError as error:
        faults.problems.extend(complaints(place, error, shape))
        aside = frozenset(_set_aside(place, error))
    try:
        return Document(name, place, shape.model_validate(value), aside) if aside else None
    except ValidationError:
        return None


def _set_aside(place: Place, error: ValidationError) -> Iterator[tuple[str, str]]:
    """Take the items with errors out of the document, and return their ids."""
    items = {detail["loc"][:2] for detail in error.errors(include_url=False, include_input=False)}
    found = [(str(item[0]), item[1]) for item in items if len(item) == 2 and item[0] in _COLLECTIONS]
    # From the last one on, so that the places of those before stay what they are.
    for collection, key in sorted(found, key=lambda item: (item[0], _rank(item[1])), reverse=True):
        yield collection, _take_out(place / collection, key)


def _rank(step: Step) -> tuple[int, str]:
    return (step, "") if isinstance(step, int) else (0, step)


def _take_out(collection: Place, key: Step) -> str:
    item = collection / key
    name = item.path.removeprefix(collection.path).removeprefix(".")
    node = collection.node
    if isinstance(node.parts, dict) and isinstance(node.value, dict) and key in node.parts:
        del node.parts[str(key)], node.value[key]
    elif (
        isinstance(node.parts, list) and isinstance(node.value, list) and isinstance(key, int) and key < len(node.parts)
    ):
        del node.parts[key], node.value[key]
    return name
