"""From the documents of the files to their shapes, by kind and id; duplicates and unknown kinds on the way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar, cast

from pydantic import ValidationError

from rules.load.complain import complaints
from rules.load.mistake import IN_FILES, did_you_mean, listed, nearest, quoted, shown, suggestion, unknown
from rules.load.place import Faults, Place
from rules.load.salvage import salvaged
from rules.load.shapes.base import Shape
from rules.load.shapes.calendar import CalendarShape
from rules.load.shapes.ladder import LadderShape
from rules.load.shapes.people import DirectoryShape
from rules.load.shapes.programme import ProgrammeShape
from rules.load.shapes.scenario import ScenarioShape
from rules.load.tree import Node, Tree
from rules.problem import Source
from rules.wording import Wording

KINDS: dict[str, type[Shape]] = {
    "programme": ProgrammeShape,
    "directory": DirectoryShape,
    "ladder": LadderShape,
    "calendar": CalendarShape,
    "scenario": ScenarioShape,
}
CALLED: dict[str, Wording] = {
    "programme": Wording("chương trình", "programme"),
    "directory": Wording("danh bạ", "directory"),
    "ladder": Wording("thang nhắc", "ladder"),
    "calendar": Wording("lịch", "calendar"),
    "scenario": Wording("kịch bản", "scenario"),
}
_HEADS = re.compile(r"(?:\A|^---[^\n]*\n)(?:[ \t]*(?:#[^\n]*)?\n)*(\w+):[ \t]+(\S+)", re.MULTILINE)

_BEGINS = Wording(
    f"mỗi văn bản mở đầu bằng một trong các khóa {listed(KINDS)}",
    f"a document begins with one of the keys {listed(KINDS)}",
)

AnyShape = TypeVar("AnyShape", bound=Shape)
AnyValue = TypeVar("AnyValue")


@dataclass(frozen=True, slots=True)
class Document(Generic[AnyShape]):
    """A document as far as it could be read; its tree knows what could not."""

    id: str
    place: Place
    shape: AnyShape


@dataclass(slots=True)
class Documents:
    """All documents of a folder; `declared`: the ids of all there are, readable or not, with their places."""

    programmes: dict[str, Document[ProgrammeShape]] = field(default_factory=dict)
    directories: dict[str, Document[DirectoryShape]] = field(default_factory=dict)
    ladders: dict[str, Document[LadderShape]] = field(default_factory=dict)
    calendars: dict[str, Document[CalendarShape]] = field(default_factory=dict)
    scenarios: dict[str, Document[ScenarioShape]] = field(default_factory=dict)
    declared: dict[tuple[str, str], Source] = field(default_factory=dict)
    presumed: set[tuple[str, str]] = field(default_factory=set)

    def ids(self, kind: str) -> list[str]:
        """Return the ids of that kind."""
        return [name for known, name in self.declared if known == kind]

    def check(self, kind: str, name: str, place: Place, faults: Faults) -> bool:
        """Return True when such a document exists; add a problem at `place` otherwise."""
        if (kind, name) in self.declared or (kind, name) in self.presumed:
            return True
        faults.at(place, unknown(CALLED[kind], name, self.ids(kind), searched=IN_FILES))
        return False

    def presume(self, text: str) -> None:
        """Note the ids in a text that may not be YAML, so that what refers to them is not blamed as well."""
        self.presumed.update((nearest(match[1], KINDS) or "", match[2]) for match in _HEADS.finditer(text))

    def add(self, tree: Tree, faults: Faults) -> None:
        """Read the shape of a document and keep it under its id."""
        tree = _meant(tree, faults)
        place = Place(tree)
        kind = _kind(place, faults)
        if kind is None:
            return
        head = tree.root.part(kind)
        name = str(head.value) if head and head.parts is None else ""
        is_first = name != "" and (kind, name) not in self.declared
        if is_first:
            self.declared[kind, name] = (place / kind).source
        elif name:
            faults.at(place / kind, _duplicate(kind, name, self.declared[kind, name]))
        document = _shaped(name, place, KINDS[kind], faults)
        if document:
            # One that nothing can refer to is checked all the same, under a key that is no id.
            self._of(kind)[name if is_first else str(place.source)] = document

    def _of(self, kind: str) -> dict[str, Document[Shape]]:
        stores = {
            "programme": self.programmes,
            "directory": self.directories,
            "ladder": self.ladders,
            "calendar": self.calendars,
            "scenario": self.scenarios,
        }
        return cast(dict[str, Document[Shape]], stores[kind])


def _duplicate(kind: str, name: str, first: Source) -> Wording:
    return Wording(
        f"trùng {CALLED[kind].vi} {quoted(name)}, đã có ở {first}; giữ lại một",
        f"duplicate {CALLED[kind].en} {quoted(name)}, first at {first}; keep one",
    )


def is_scenario(tree: Tree) -> bool:
    """Say whether a document is a scenario, a test of the rules: what is wrong with it is wrong with no rule."""
    keys = tree.root.keys if isinstance(tree.root.parts, dict) else {}
    first = next(iter(keys), None)
    # No other document has that key; a scenario has the key programme.
    return first is not None and ("scenario" in keys or (first not in KINDS and nearest(first, KINDS) == "scenario"))


def kind_at(text: str, line: int) -> str:
    """Return of which kind the document at that line seems to be, in a text that may not be YAML; '' if none."""
    kind = ""
    for match in _HEADS.finditer(text):
        if text.count("\n", 0, match.start()) + 1 > line:
            break
        kind = nearest(match[1], KINDS) or ""
    return kind


def _meant(tree: Tree, faults: Faults) -> Tree:
    """Return the tree with a misspelt first key read as the kind it is near to, so that it alone is reported."""
    root = tree.root
    first = next(iter(root.keys), None) if isinstance(root.parts, dict) else None
    kind = nearest(first, KINDS) if first is not None else None
    if first is None or kind is None or kind in root.keys:
        return tree
    meant = suggestion(kind)
    said = Wording(
        f"không có khóa {quoted(first)}; {_BEGINS.vi}{meant.vi}", f"unknown key {quoted(first)}; {_BEGINS.en}{meant.en}"
    )
    faults.at_key(Place(tree) / first, said)
    assert isinstance(root.value, dict)
    assert isinstance(root.parts, dict)
    return replace(
        tree,
        root=replace(
            root,
            value=_renamed(root.value, first, kind),
            parts=_renamed(root.parts, first, kind),
            keys=_renamed(root.keys, first, kind),
        ),
    )


def _renamed(mapping: Mapping[str, AnyValue], key: str, new: str) -> dict[str, AnyValue]:
    return {new if each == key else each: value for each, value in mapping.items()}


def _kind(place: Place, faults: Faults) -> str | None:
    root = place.tree.root
    if not isinstance(root.parts, dict) or not root.keys:
        faults.at(place, _no_kind(root.value))
        return None
    first = next(iter(root.keys))
    if first in KINDS and not (first == "programme" and "scenario" in root.keys):
        return first
    elsewhere = (
        "scenario"
        if "scenario" in root.keys
        else next((kind for kind in KINDS if kind in root.keys and _fits(root, kind)), None)
    )
    moved = Wording(f"; đưa '{elsewhere}' lên đầu", f"; put '{elsewhere}' first")
    hint = moved if elsewhere else did_you_mean(first, KINDS)
    said = Wording(
        f"khóa đầu tiên cho biết đây là văn bản gì: {listed(KINDS)}; gặp {quoted(first)}{hint.vi}",
        f"the first key says what a document is: {listed(KINDS)}; found {quoted(first)}{hint.en}",
    )
    faults.at_key(place / first, said)
    return elsewhere


def _no_kind(value: object) -> Wording:
    if value in (None, {}):
        return Wording(f"văn bản trống; {_BEGINS.vi}", f"the document is empty; {_BEGINS.en}")
    found = shown(value)
    return Wording(f"gặp {found.vi}; {_BEGINS.vi}", f"found {found.en}; {_BEGINS.en}")


def _fits(root: Node, kind: str) -> bool:
    """Say whether most keys are ones of that kind: a programme has the keys directory, ladder and calendar too."""
    accepted = {field.alias or name for name, field in KINDS[kind].model_fields.items()}
    return 2 * len(accepted & root.keys.keys()) > len(root.keys)


def _shaped(name: str, place: Place, shape: type[Shape], faults: Faults) -> Document[Shape] | None:
    try:
        return Document(name, place, shape.model_validate(place.tree.root.value))
    except ValidationError as error:
        faults.problems.extend(complaints(place, error, shape))
        rest = salvaged(place.tree, error, shape)
        return Document(name, place, rest) if rest else None
