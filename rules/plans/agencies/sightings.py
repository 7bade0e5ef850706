"""Sightings: the agencies a plan names, found without its directory: the standard ones, and whoever begins like one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rules.directory import Directory, Group, OrgUnit, Post
from rules.plans.agencies import endings as said
from rules.plans.agencies.cell import Cell, Piece
from rules.plans.agencies.endings import Endings
from rules.plans.agencies.names import Names
from rules.plans.agencies.questions import TAIL, UNKNOWN, looks_like, suggestions
from rules.plans.agencies.resolve import LONGEST_CELL
from rules.plans.agencies.standard import standard
from rules.plans.agencies.words import Token, composed, fold, key, tokens
from rules.plans.writing.clean import clean, slug

_ALL = fold("các")
_LONGEST_NAME = 150


@dataclass
class Sighting:
    """What a plan calls one unit or group, and how often; the titles of its head; whether it leads anything."""

    names: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    leads: bool = False


@dataclass(frozen=True)
class Sightings:
    """The agencies of a plan: a directory without addresses, what it calls those it names, and what could not be told.

    `unclear` are words that may be a slip, a former name or no agency at all, with the ids they may mean.
    """

    directory: Directory
    seen: Mapping[str, Sighting]
    unclear: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Cut:
    """A piece of a cell with its words."""

    piece: Piece
    cell: str
    tokens: tuple[Token, ...]
    count: int

    def text(self, start: int | None = None) -> str:
        """Return its text, or that from a word on."""
        first = self.tokens[self.piece.start if start is None else start]
        return clean(self.cell[first.start : self.tokens[self.piece.end - 1].end])


def sightings(leading: Iterable[str], coordinating: Iterable[str], *, id: str) -> Sightings:
    """Return the agencies that cells of leads and heads, and of coordinating units, name; `id` is the directory's."""
    leads = Counter(composed(cell) for cell in leading if len(cell) <= LONGEST_CELL)
    counted = leads + Counter(composed(cell) for cell in coordinating if len(cell) <= LONGEST_CELL)
    names = Names(_widened(Names(standard(id)), counted))
    seen: defaultdict[str, Sighting] = defaultdict(Sighting)
    unclear: dict[str, tuple[str, ...]] = {}
    for cut in _cuts(names, counted):
        if cut.piece.question is not None:
            near = suggestions(names, cut.tokens[cut.piece.start : cut.piece.end])
            unclear[cut.text()] = tuple(dict.fromkeys((*cut.piece.ids, *near)))
        for owner in () if cut.piece.question else cut.piece.ids:
            _note(cut, names, seen[owner])
            seen[owner].leads |= cut.cell in leads and cut.piece.role != "coordinate"
    return Sightings(names.directory, seen, unclear)


def _cuts(names: Names, counted: Mapping[str, int]) -> Iterator[_Cut]:
    for cell, count in counted.items():
        words = tokens(cell)
        for piece in Cell(names, words).read():
            yield _Cut(piece, cell, words, count)


def _note(cut: _Cut, names: Names, sighting: Sighting) -> None:
    """Note what a piece calls somebody, unless a remark or a borrowed beginning is part of it."""
    start = _untitled(Endings(names, cut.tokens), cut.piece.start)
    addressed = Endings(names, cut.tokens).phrase(cut.piece.start, said.HONORIFICS)
    if start > addressed:
        sighting.titles[cut.text(addressed)] += cut.count
    elif not cut.piece.remark and key(cut.text(start)) == cut.piece.words:
        sighting.names[cut.text(start)] += cut.count


def _untitled(endings: Endings, at: int) -> int:
    """Return the place after a form of address and a title."""
    addressed = endings.phrase(at, said.HONORIFICS)
    return endings.phrase(addressed, said.TITLES)


def _widened(names: Names, counted: Mapping[str, int]) -> Directory:
    """Return the directory with the units and groups that are not in it but begin as such do."""
    units: defaultdict[tuple[str, ...], Sighting] = defaultdict(Sighting)
    groups: defaultdict[tuple[str, ...], Sighting] = defaultdict(Sighting)
    open_groups: set[tuple[str, ...]] = set()
    for cut in _cuts(names, counted):
        endings = Endings(names, cut.tokens)
        start = _untitled(endings, cut.piece.start)
        if start >= cut.piece.end or not _is_new(cut, names, start):
            continue
        name, found = key(cut.text(start)), groups if _is_collective(cut, names, start) else units
        found[name].names[cut.text(start)] += cut.count
        if start > cut.piece.start and found is units:
            found[name].titles[cut.text(endings.phrase(cut.piece.start, said.HONORIFICS))] += cut.count
        if cut.piece.relevant:
            open_groups.add(name)
    return _with(names.directory, units, groups, open_groups)


def _is_new(cut: _Cut, names: Names, start: int) -> bool:
    """Say whether a piece names somebody who is not in the directory, and it is no slip or former name."""
    piece, words = cut.piece, cut.tokens[start : cut.piece.end]
    if not key(cut.text(start)) or len(cut.text(start)) > _LONGEST_NAME:
        return False
    if piece.relevant:
        return not piece.ids and piece.question is None
    if piece.question not in (UNKNOWN, TAIL) or looks_like(names, words):
        return False
    if piece.question is TAIL:
        return _is_collective(cut, names, start)
    return _is_collective(cut, names, start) or start < Endings(names, cut.tokens).phrase(start, said.AGENCIES)


def _is_collective(cut: _Cut, names: Names, start: int) -> bool:
    begun = [match for match in names.matches(cut.tokens, start) if match.end <= cut.piece.end]
    is_group = any(id in names.directory.groups for match in begun for id in match.ids)
    return cut.piece.relevant or cut.tokens[start].text == _ALL or is_group


def _with(
    directory: Directory,
    units: Mapping[tuple[str, ...], Sighting],
    groups: Mapping[tuple[str, ...], Sighting],
    open_groups: set[tuple[str, ...]],
) -> Directory:
    all_units, all_groups = dict(directory.units), dict(directory.groups)
    taken = {*all_units, *all_groups}
    for found in units.values():
        name = _first(found.names)
        id = slug(name, taken)
        taken.add(id)
        all_units[id] = OrgUnit(id, name, head=Post(_first(found.titles), None) if found.titles else None)
    for words, found in groups.items():
        name = _first(found.names)
        id = slug(name, taken)
        taken.add(id)
        all_groups[id] = Group(id, name, (), open=words in open_groups)
    return replace(directory, units=all_units, groups=all_groups)


def _first(names: Counter[str]) -> str:
    """Return the most frequent text, beginning with a capital."""
    text = names.most_common(1)[0][0]
    return text[0].upper() + text[1:]
