"""Names: the units and groups of a directory by everything they are called, for the longest match at a place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import NamedTuple

from rules.directory import Directory, Group, OrgUnit
from rules.plans.agencies.vocabulary import SAME_COLLECTIVES
from rules.plans.agencies.words import AND, PASSED_OVER, Token, bare, fold, key, words

_OWN, _TITLE, _DERIVED = range(3)
"""How a name came about: it stands in the directory, is its head's title, or follows from it. The first one wins."""
_PROVINCES = (key("tỉnh"), key("thành phố"))
_DEPARTMENT = key("sở")


class Match(NamedTuple):
    """A name found: the ids it may mean (more than one is ambiguous), the place after it, the words it was found by.

    `is_derived` when nobody is called so in the directory itself.
    """

    ids: tuple[str, ...]
    end: int
    words: tuple[str, ...]
    is_derived: bool


@dataclass(slots=True)
class _Node:
    after: dict[str, "_Node"] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(owner for owner, rank in self.owners.items() if rank == self.rank)

    @property
    def rank(self) -> int:
        return min(self.owners.values(), default=_OWN)

    def match(self, end: int, words: Sequence[str]) -> "Match":
        return Match(self.ids, end, tuple(words), self.rank == _DERIVED)


@dataclass(frozen=True)
class Names:
    """All names of a directory."""

    directory: Directory
    _root: _Node = field(default_factory=_Node)

    def __post_init__(self) -> None:
        for name, owner, rank in _all_names(self.directory):
            node = self._root
            for word in name:
                node = node.after.setdefault(word, _Node())
            node.owners[owner] = min(rank, node.owners.get(owner, rank))
        for wordings in SAME_COLLECTIVES:
            self._share(tuple(map(key, wordings)))

    def _share(self, wordings: Sequence[tuple[str, ...]]) -> None:
        """Let a collective that has one of these names have the others too, where they are nobody else's."""
        found = [match.ids for name in wordings if (match := self.exactly(name))]
        groups = {each[0] for each in found if len(each) == 1 and each[0] in self.directory.groups}
        if len(groups) != 1:
            return
        for name in wordings:
            node = self._root
            for word in name:
                node = node.after.setdefault(word, _Node())
            if not node.owners:
                node.owners[next(iter(groups))] = _DERIVED

    def matches(self, tokens: Sequence[Token], at: int, *, after: Sequence[str] = ()) -> Iterator[Match]:
        """Return the names that begin at a place, from the shortest on; `after` are words to put in front of it.

        Marks, and the words that names are compared without, are passed over.
        """
        node: _Node | None = self._root
        for word in after:
            node = node.after.get(word) if node else None
        read = list(after)
        while node and at < len(tokens):
            token = tokens[at]
            at += 1
            if token.is_word and token.text not in PASSED_OVER:
                read.append(token.text)
                node = node.after.get(token.text)
                if node and node.owners:
                    yield node.match(at, read)

    def exactly(self, name: Sequence[str]) -> Match | None:
        """Return what is called exactly so."""
        node: _Node | None = self._root
        for word in name:
            node = node.after.get(word) if node else None
        return node.match(len(name), name) if node and node.owners else None

    @cached_property
    def province(self) -> str:
        """Return the id of the directory as the name of its province is compared with it."""
        return "-".join(map(fold, self.directory.id.split("-")))

    @cached_property
    def by_letters(self) -> dict[str, tuple[str, ...]]:
        """Return the ids by every name and title of the directory, without marks, its words joined by blanks."""
        found: dict[str, dict[str, None]] = {}
        for name, owner, rank in _all_names(self.directory):
            if rank != _DERIVED:
                found.setdefault(bare(" ".join(name)), {})[owner] = None
        return {name: tuple(owners) for name, owners in found.items()}


def _all_names(directory: Directory) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Return each name's words with the id that has it and how it came about; a name without words is left out."""
    named: Iterable[OrgUnit | Group] = (*directory.units.values(), *directory.groups.values())
    for each in named:
        for text in (each.name, *each.aliases):
            if name := key(text):
                yield name, each.id, _OWN
                if isinstance(each, OrgUnit):
                    yield from ((variant, each.id, _DERIVED) for variant in _variants(text))
        if isinstance(each, OrgUnit) and each.head and (title := key(each.head.title)):
            yield title, each.id, _TITLE


def _variants(text: str) -> Iterator[tuple[str, ...]]:
    """Return what a unit is called as well: without its closing `tỉnh`, by the initials of a department."""
    name = key(text)
    for province in _PROVINCES:
        stem = name[: -len(province)]
        if len(stem) > 1 and name[-len(province) :] == province:
            yield stem
    if name[:1] == _DEPARTMENT and len(name) > 2:
        yield from _initials(text)


def _initials(text: str) -> Iterator[tuple[str, ...]]:
    """Return the abbreviations of a department: `Sở VHTTDL`, `Sở VH,TT&DL`, `SVHTTDL` ….

    Its parts are what stands between commas, hyphens and `và`; neighbouring parts may be joined.
    """
    parts = _parts(text.replace("-", ","))
    if not parts:
        return
    for joined in product((True, False), repeat=len(parts) - 1):
        written = [parts[0]]
        for part, is_joined in zip(parts[1:], joined, strict=True):
            written[-1:] = [written[-1] + part] if is_joined else [written[-1], part]
        yield (*_DEPARTMENT, *written)
        yield (_DEPARTMENT[0][0] + written[0], *written[1:])


def _parts(text: str) -> list[str]:
    """Return the initials of each part of a department's name after `Sở`."""
    listed = text.split(maxsplit=1)[-1].split(",")
    parts: list[str] = []
    for piece in listed:
        part = ""
        for word in words(piece):
            if word == AND:
                parts.append(part)
                part = ""
            else:
                part += word[0]
        parts.append(part)
    return [part for part in parts if part]
