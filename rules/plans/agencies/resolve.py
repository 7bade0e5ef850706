"""Resolving: the text of a cell → its agencies. What is not certain is a question with suggestions, never an answer."""

from dataclasses import dataclass, field
from functools import cached_property

from rules.directory import Directory
from rules.plans.agencies.cell import Cell, Piece, Role
from rules.plans.agencies.names import Names
from rules.plans.agencies.questions import OPEN_LEAD, TOO_LONG, about, suggestions
from rules.plans.agencies.words import Token, composed, tokens
from rules.plans.draft import Agency

LONGEST_CELL = 4_000


def resolve(text: str, directory: Directory, *, role: Role) -> tuple[Agency, ...]:
    """Return the agencies of one cell. For many cells of one directory, make one Resolver."""
    return Resolver(directory).resolve(text, role=role)


@dataclass(frozen=True)
class Resolver:
    """A directory prepared for many cells; each distinct cell is read once."""

    directory: Directory
    _known: dict[tuple[str, Role], tuple[Agency, ...]] = field(default_factory=dict)

    @cached_property
    def names(self) -> Names:
        """Return all that the directory's units and groups are called."""
        return Names(self.directory)

    def resolve(self, text: str, *, role: Role) -> tuple[Agency, ...]:
        """Return the agencies of a cell in its order; every word of it is in the text of one of them, or joins them."""
        known = self._known.get((text, role))
        if known is None:
            known = self._known[text, role] = self._read(composed(text), role)
        return known

    def _read(self, text: str, role: Role) -> tuple[Agency, ...]:
        if len(text) > LONGEST_CELL:
            return (Agency(text, (), sure=False, why=about(text, TOO_LONG)),)
        words = tokens(text)
        pieces = Cell(self.names, words).read()
        return tuple(self._agency(piece, text, words, role) for piece in pieces)

    def _agency(self, piece: Piece, text: str, words: tuple[Token, ...], column: Role) -> Agency:
        role = piece.role or column
        said = " ".join(text[words[piece.start].start : words[piece.end - 1].end].split())
        own_role = role if role != column and not (role == "lead" and column == "head") else None
        group = self.directory.groups.get(piece.ids[0]) if piece.ids else None
        is_open = piece.relevant or (group is not None and group.open)
        question = piece.question or (OPEN_LEAD if is_open and role != "coordinate" else None)
        if question is not None:
            near = tuple(dict.fromkeys((*piece.ids, *suggestions(self.names, words[piece.start : piece.end]))))
            if question is OPEN_LEAD:
                near = tuple(id for id in near if not self._is_open(id))
            return Agency(
                said, (), sure=False, suggestions=near, open=is_open, role=own_role, why=about(said, question)
            )
        ids = () if piece.relevant and not (group and group.open) else piece.ids
        each = group is not None and not is_open and role != "coordinate"
        return Agency(said, ids, each=each, open=is_open, role=own_role)

    def _is_open(self, id: str) -> bool:
        group = self.directory.groups.get(id)
        return group is not None and group.open
