"""Papers: the documents of a folder as they stand in their files, so that every finding has its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rules.load.documents import KINDS, is_scenario
from rules.load.parsed import Parser
from rules.load.place import Place
from rules.load.tree import Node, Tree
from rules.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents by kind and id, and the comments that waive findings."""

    documents: Mapping[tuple[str, str], Place]
    waivers: tuple[Waiver, ...]
    marked: frozenset[tuple[str, int]] = frozenset()
    """The lines, by file, that look like markings of classified matter; those that load are waived."""
    _numbers: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict, repr=False)

    def of(self, kind: str, id: str) -> Place:
        """Return the place of a document."""
        return self.documents[kind, id]

    def item(self, programme: str, part: str, id: str) -> Place:
        """Return the place of a task or an indicator of a programme."""
        place = self.of("programme", programme) / part
        numbers = self._numbers.get((programme, part))
        if numbers is None:
            numbers = {name: number for number, name in reversed(list(enumerate(place.ids)))}
            self._numbers[programme, part] = numbers
        return place / numbers[id]


def papers(files: Mapping[str, bytes], parser: Parser | None = None) -> Papers:
    """Return the documents of rule files that load; a parser that has read them already spares it."""
    parser = parser or Parser()
    documents: dict[tuple[str, str], Place] = {}
    comments: list[Waiver] = []
    marked: set[tuple[str, int]] = set()
    for name, data in files.items():
        remarks = parser.remarks(name, data)
        comments += remarks.waivers
        marked |= {(name, line) for line in remarks.marked}
        for tree in parser.parsed(name, data).trees:
            if is_scenario(tree):
                continue
            documents |= dict(_named(tree))
    return Papers(documents, tuple(comments), frozenset(marked))


def has(place: Place, key: str) -> bool:
    """Say whether a mapping has that key."""
    return place.node.part(key) is not None


def items(place: Place, key: str) -> list[Node]:
    """Return the items of the list under that key, none where there is no such list."""
    found = place.node.part(key)
    return found.parts if found is not None and isinstance(found.parts, list) else []


def text_of(node: Node, key: str) -> str:
    """Return the text under that key of a mapping, '' where there is none."""
    found = node.part(key)
    return str(found.value) if found is not None else ""


def lines_of(place: Place) -> set[int]:
    """Return the lines of a value, of its key and of all that it lies in: a waiver on any of them covers it."""
    found: set[int] = set()
    for count in range(len(place.steps) + 1):
        around = Place(place.tree, place.steps[:count])
        found |= {around.source.line, around.key_source.line}
    return found


def _named(tree: Tree) -> Iterator[tuple[tuple[str, str], Place]]:
    for kind in KINDS:
        head: Node | None = tree.root.part(kind)
        if head is not None and head.parts is None:
            yield (kind, str(head.value)), Place(tree)
            return
