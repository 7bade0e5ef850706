"""Clause: the items between two semicolons, and what the frames ask of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from rules.phrases.items.nouns import Break, Found, Item, Word
from rules.phrases.marks import Context
from rules.phrases.tokens import Token

Wanted = TypeVar("Wanted", bound=Item)
_EDGES = " \t\n,;.:-–()[]\"'“”*/…"


@dataclass(frozen=True, slots=True)
class Clause:
    """Some items in a row, the text and the tokens they were cut from, and what the phrase leaves unsaid."""

    found: tuple[Found, ...]
    text: str
    tokens: tuple[Token, ...]
    context: Context

    def first(self, kind: type[Wanted]) -> int | None:
        """Return the index of the first item of a kind."""
        return next((index for index, found in enumerate(self.found) if isinstance(found.item, kind)), None)

    def all(self, kind: type[Wanted]) -> Iterator[Wanted]:
        """Return the items of a kind."""
        return (found.item for found in self.found if isinstance(found.item, kind))

    def part(self, first: int, last: int | None = None) -> "Clause":
        """Return the items from index `first` on, before index `last`."""
        return Clause(self.found[first:last], self.text, self.tokens, self.context)

    def words(self, first: int, last: int | None = None) -> str:
        """Return the phrase's own words for the items from index `first` on, without the signs around them."""
        found = self.found[first:last]
        if not found:
            return ""
        said = self.text[self.tokens[found[0].first].start : self.tokens[found[-1].last - 1].end]
        return " ".join(said.strip(_EDGES).split())

    @property
    def has_other_words(self) -> bool:
        """Say whether it has words that are no part of a deadline."""
        return any(isinstance(found.item, Word) and not found.item.known for found in self.found)

    def split(self, sign: str) -> "list[Clause]":
        """Return the clauses between the breaks of that sign, those with nothing in them left out."""
        parts, begin = [], 0
        for index, found in enumerate(self.found):
            if isinstance(found.item, Break) and found.item.sign == sign:
                parts.append(self.part(begin, index))
                begin = index + 1
        return [part for part in (*parts, self.part(begin)) if part.found]
