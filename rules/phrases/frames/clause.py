"""Clause: the items between two semicolons, and what the frames ask of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from rules.phrases.items.nouns import Break, Found, Item, Word
from rules.phrases.marks import Context
from rules.phrases.tokens import Token

Wanted = TypeVar("Wanted", bound=Item)
_EDGES = " \t\n,;.:-–()[]\"'“”*/…"


@dataclass(slots=True)
class Clause:
    """Some items in a row, the text and the tokens they were cut from, and what the phrase leaves unsaid."""

    found: tuple[Found, ...]
    text: str
    tokens: tuple[Token, ...]
    context: Context
    said: frozenset[str]
    """The keys of the whole phrase, by which most questions about its words are answered at once."""
    items: list[Item] = field(init=False)
    kinds: list[type[object]] = field(init=False)
    """The kind of each item."""

    def __post_init__(self) -> None:
        self.items = [found.item for found in self.found]
        self.kinds = [*map(type, self.items)]

    def first(self, kind: type[Wanted]) -> int | None:
        """Return the index of the first item of a kind."""
        return self.kinds.index(kind) if kind in self.kinds else None

    def has(self, *kinds: type[Item]) -> bool:
        """Say whether there is an item of one of these kinds."""
        return not set(self.kinds).isdisjoint(kinds)

    def all(self, kind: type[Wanted]) -> Iterator[Wanted]:
        """Return the items of a kind."""
        if kind not in self.kinds:
            return iter(())
        return (item for item in self.items if isinstance(item, kind))

    def part(self, first: int, last: int | None = None) -> "Clause":
        """Return the items from index `first` on, before index `last`."""
        return Clause(self.found[first:last], self.text, self.tokens, self.context, self.said)

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
        return Word in self.kinds and any(not word.known for word in self.all(Word))

    def says_or(self, at: int) -> bool:
        """Say whether the item at an index holds one thing or another: `tháng 5 hoặc 6`."""
        if "hoặc" not in self.said:
            return False
        found = self.found[at]
        return any(token.key == "hoặc" for token in self.tokens[found.first : found.last])

    def split(self, sign: str) -> "list[Clause]":
        """Return the clauses between the breaks of that sign, those with nothing in them left out."""
        if Break(sign) not in self.items:
            return [self] if self.found else []
        parts, begin = [], 0
        for index, item in enumerate(self.items):
            if isinstance(item, Break) and item.sign == sign:
                parts.append(self.part(begin, index))
                begin = index + 1
        return [part for part in (*parts, self.part(begin)) if part.found]
