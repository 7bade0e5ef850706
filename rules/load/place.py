"""Place: a spot in a document, by the way that leads to it; and Faults, where everything found wrong is collected."""

from dataclasses import dataclass, field

from rules.load.tree import Mark, Node, Tree
from rules.problem import Problem, Source

Step = str | int


@dataclass(frozen=True, slots=True)
class Place:
    """A value in a document; steps that the document does not have are passed over."""

    tree: Tree
    steps: tuple[Step, ...] = ()

    def __truediv__(self, step: Step) -> "Place":
        return Place(self.tree, (*self.steps, step))

    @property
    def source(self) -> Source:
        """The deepest known place of the value."""
        return self._source(self._walk()[0].mark)

    @property
    def key_source(self) -> Source:
        """The place of the key the value stands under; the value's own where there is none."""
        parent = Place(self.tree, self.steps[:-1])._walk()[0]
        key = self.steps[-1] if self.steps else None
        mark = parent.keys.get(key) if isinstance(key, str) else None
        return self.source if mark is None else self._source(mark)

    @property
    def path(self) -> str:
        """The way in words, ids instead of numbers: `tasks.A.14.deadline`; items without an id are counted from 1."""
        return ".".join(self._walk()[1])

    @property
    def node(self) -> Node:
        """The deepest known value."""
        return self._walk()[0]

    def _source(self, mark: Mark) -> Source:
        return Source(self.tree.file, mark.line + 1, mark.column + 1)

    def _walk(self) -> tuple[Node, list[str]]:
        node, names = self.tree.root, list[str]()
        for step in self.steps:
            parts = node.parts
            if isinstance(parts, dict) and isinstance(step, str) and step in parts:
                node = parts[step]
                names.append(_shown(step))
            elif isinstance(parts, list) and isinstance(step, int) and step < len(parts):
                node = parts[step]
                names.append(_name_of(node, step))
        return node, names


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything found wrong so far."""

    problems: list[Problem] = field(default_factory=list)

    def at(self, place: Place, message: str) -> None:
        """Add a problem at a value."""
        self.problems.append(Problem(place.source, place.path, message))

    def at_key(self, place: Place, message: str) -> None:
        """Add a problem at the key a value stands under."""
        self.problems.append(Problem(place.key_source, place.path, message))


def _name_of(item: Node, index: int) -> str:
    named = item.parts.get("id") if isinstance(item.parts, dict) else None
    return _shown(str(named.value)) if named and named.parts is None else str(index + 1)


def _shown(step: str) -> str:
    return " ".join(step.split())[:60]
