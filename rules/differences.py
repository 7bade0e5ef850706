"""Differences: what one simulation tells otherwise than another: mails only in one, other days, other readers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Matter(NamedTuple):
    """What a line of a mail is about, whoever reads it and whenever; `turn` numbers the repetitions of a rung."""

    programme: str
    task: str
    part: str
    occurrence: str
    unit: str
    rung: str
    as_: str
    turn: int = 0


class Letter(NamedTuple):
    """One mail of a simulation: when, to whom, what about; of a repeated rung the turns in order of time."""

    at: datetime
    to: str
    subject: str
    matters: tuple[Matter, ...]


class Moved(NamedTuple):
    """The same line for the same reader at another time."""

    matter: Matter
    to: str
    before: datetime
    after: datetime


class Readdressed(NamedTuple):
    """The same line for another reader; the times may differ as well."""

    matter: Matter
    before: tuple[datetime, str]
    after: tuple[datetime, str]


class Load(NamedTuple):
    """How many mails and lines a person gets in either."""

    person: str
    mails_before: int
    mails_after: int
    lines_before: int
    lines_after: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs. A line is `gone` or `added` where the other simulation has nothing like it.

    `only_before` and `only_after` are the mails to a person at a time at which the other has none.
    """

    only_before: tuple[Letter, ...]
    only_after: tuple[Letter, ...]
    moved: tuple[Moved, ...]
    readdressed: tuple[Readdressed, ...]
    gone: tuple[tuple[Matter, datetime, str], ...]
    added: tuple[tuple[Matter, datetime, str], ...]
    persons: tuple[Load, ...]

    @property
    def are_none(self) -> bool:
        """Say whether both tell the same."""
        return not (self.moved or self.readdressed or self.gone or self.added or self.only_before or self.only_after)


_Told = tuple[datetime, str]
_Likeness = Callable[[_Told, _Told], bool]


def differences(before: Iterable[Letter], after: Iterable[Letter]) -> Differences:
    """Return what `after` tells otherwise than `before`."""
    before, after = list(before), list(after)
    old, new = _by_matter(before), _by_matter(after)
    pairs = [_Pairing(matter, old.get(matter, []), new.get(matter, [])) for matter in sorted(old.keys() | new.keys())]
    at_before, at_after = {(one.at, one.to) for one in before}, {(one.at, one.to) for one in after}
    return Differences(
        only_before=tuple(one for one in before if (one.at, one.to) not in at_after),
        only_after=tuple(one for one in after if (one.at, one.to) not in at_before),
        moved=tuple(found for pair in pairs for found in pair.moved()),
        readdressed=tuple(found for pair in pairs for found in pair.readdressed()),
        gone=tuple((pair.matter, *told) for pair in pairs for told in pair.rest()[0]),
        added=tuple((pair.matter, *told) for pair in pairs for told in pair.rest()[1]),
        persons=tuple(_loads(before, after)),
    )


def numbered(letters: Iterable[tuple[datetime, str, str, Iterable[Matter]]]) -> Iterator[Letter]:
    """Yield letters in order of time, the turns of what they repeat to one person counted."""
    turns: Counter[tuple[str, Matter]] = Counter()
    for at, to, subject, matters in sorted(letters, key=lambda letter: (letter[0], letter[1])):
        found = []
        for matter in matters:
            found.append(matter._replace(turn=turns[to, matter]))
            turns[to, matter] += 1
        yield Letter(at, to, subject, tuple(found))


class _Pairing:
    """One line as either simulation tells it, what is the same left out."""

    def __init__(self, matter: Matter, before: list[_Told], after: list[_Told]) -> None:
        self.matter = matter
        same = Counter(before) & Counter(after)
        self._before = sorted((Counter(before) - same).elements())
        self._after = sorted((Counter(after) - same).elements())
        self._moved = list(self._take(lambda old, new: old[1] == new[1]))
        self._readdressed = list(self._take(lambda old, new: old[0].date() == new[0].date()))

    def moved(self) -> Iterator[Moved]:
        for (at, to), (then, _) in self._moved:
            yield Moved(self.matter, to, at, then)

    def readdressed(self) -> Iterator[Readdressed]:
        for old, new in self._readdressed:
            yield Readdressed(self.matter, old, new)

    def rest(self) -> tuple[list[_Told], list[_Told]]:
        return self._before, self._after

    def _take(self, are_pair: _Likeness) -> Iterator[tuple[_Told, _Told]]:
        for old in list(self._before):
            new = next((new for new in self._after if are_pair(old, new)), None)
            if new is not None:
                self._before.remove(old)
                self._after.remove(new)
                yield old, new


def _by_matter(letters: Iterable[Letter]) -> Mapping[Matter, list[_Told]]:
    found: dict[Matter, list[_Told]] = defaultdict(list)
    for letter in letters:
        for matter in letter.matters:
            found[matter].append((letter.at, letter.to))
    return found


def _loads(before: list[Letter], after: list[Letter]) -> Iterator[Load]:
    """Yield the persons whose counts differ, the greatest change in mails first."""
    counted = []
    for letters in (before, after):
        mails, lines = Counter(one.to for one in letters), Counter[str]()
        for one in letters:
            lines[one.to] += len(one.matters)
        counted.append((mails, lines))
    (mails, lines), (new_mails, new_lines) = counted
    persons = mails.keys() | new_mails.keys()
    loads = [Load(one, mails[one], new_mails[one], lines[one], new_lines[one]) for one in persons]
    differing = (one for one in loads if (one.mails_before, one.lines_before) != (one.mails_after, one.lines_after))
    yield from sorted(differing, key=lambda one: (-abs(one.mails_after - one.mails_before), one.person))
