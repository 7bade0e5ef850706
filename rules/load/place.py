"""Place: a spot in a document, by the way that leads to it; and Faults, where everything found wrong is collected."""

from dataclasses import dataclass, field

from rules.load.mistake import Mistake
from rules.load.names import slug
from rules.load.tree import Mark, Node, Tree
from rules.problem import Problem, Source
from rules.wording import Wording

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
        return self._source(self.node.mark)

    @property
    def key_source(self) -> Source:
        """The place of the key the value stands under; the value's own where there is none."""
        parent = Place(self.tree, self.steps[:-1]).node
        key = self.steps[-1] if self.steps else None
        mark = parent.keys.get(key) if isinstance(key, str) else None
        return self.source if mark is None else self._source(mark)

    @property
    def path(self) -> str:
        """The way in words, ids instead of numbers: `dong-thap-2026.tasks.A.14.deadline`, `units.so-khcn.head`.

        What belongs to a programme stands under its id; items without an id are counted from 1.
        """
        return ".".join((*_programme_of(self.tree), *self._walk()[1]))

    @property
    def is_unread(self) -> bool:
        """Whether the value, or one it lies in, could not be read: what is said of it was said already."""
        node: Node | None = self.tree.root
        for count, step in enumerate(self.steps):
            if self.steps[: count + 1] in self.tree.unread:
                return True
            if node is not None:
                part = node.part(step)
                # A key without value, or one that a merge key may have stood for.
                if part is None and (step in node.keys or "<<" in node.keys):
                    return True
                node = part
        return False

    def incomplete(self, *keys: str) -> bool:
        """Say whether of these keys of a mapping one has a value that could not be read, wholly or in part."""
        return any((self / key)._is_in_part() for key in keys)

    def _is_in_part(self) -> bool:
        node = self.node
        return (
            self.is_unread
            or self.steps in self.tree.around_unread
            or (isinstance(node.parts, list) and "-" in node.keys)
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the items of a mapping or a list, in order, those that were not read too; '' for one without."""
        node, names = self._walk()
        if len(names) < len(self.steps) or node.parts is None:
            return ()
        if isinstance(node.parts, dict):
            return tuple(node.keys)
        return (*map(_id_of, node.parts), *("" for _ in node.keys))

    @property
    def node(self) -> Node:
        """The deepest known value."""
        node = self.tree.root
        for step in self.steps:
            node = node.part(step) or node
        return node

    def _source(self, mark: Mark) -> Source:
        return Source(self.tree.file, mark.line + 1, mark.column + 1)

    def _walk(self) -> tuple[Node, list[str]]:
        node, names = self.tree.root, list[str]()
        for step in self.steps:
            part = node.part(step)
            if part is not None:
                node = part
                names.append(_name_of(node, step) if isinstance(step, int) else _shown(step))
        return node, names


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything found wrong so far; of a value that could not be read nothing more is said."""

    problems: list[Problem] = field(default_factory=list)

    def at(self, place: Place, said: Wording) -> None:
        """Add a problem at a value."""
        if not place.is_unread:
            self.problems.append(Problem(place.source, place.path, said))

    def at_key(self, place: Place, said: Wording) -> None:
        """Add a problem at the key a value stands under."""
        if not place.is_unread:
            self.problems.append(Problem(place.key_source, place.path, said))


def _programme_of(tree: Tree) -> tuple[str, ...]:
    """Return the id of the programme that the document is, nothing for other documents and for what is no id."""
    named = tree.root.part("programme") if tree.root.part("scenario") is None else None
    try:
        return (slug(str(named.value)),) if named and named.parts is None else ()
    except Mistake:
        return ()


def _id_of(item: Node) -> str:
    named = item.part("id")
    return str(named.value) if named and isinstance(named.value, (str, int)) and named.value is not True else ""


def _name_of(item: Node, index: int) -> str:
    return _shown(_id_of(item)) or str(index + 1)


def _shown(step: str) -> str:
    return " ".join(step.split())[:60]
