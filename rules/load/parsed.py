"""Parsed: the files of a folder as documents, each parsed once for as long as its bytes stay the same."""

from dataclasses import dataclass, field

from rules.classified import CODE, MEND, Marking, markings
from rules.load.text import LARGEST_FILE, decode
from rules.load.tree import Tree, trees
from rules.problem import Problem
from rules.waivers import Waiver, waivers
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file: its text, its documents, what is wrong with it by itself, and what is `marked` as classified."""

    text: str
    trees: tuple[Tree, ...]
    problems: tuple[Problem, ...]
    marked: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the comments of a file say to the lint, and the lines that look like markings of classified matter."""

    waivers: tuple[Waiver, ...]
    marked: frozenset[int]


@dataclass(slots=True)
class Parser:
    """Parses files and remembers, by name, what the last bytes of each came to."""

    _known: dict[str, tuple[bytes, Parsed]] = field(default_factory=dict)
    _remarks: dict[str, tuple[bytes, Remarks]] = field(default_factory=dict)

    def parsed(self, name: str, data: bytes) -> Parsed:
        """Return a file as documents."""
        known = self._known.get(name)
        if known is None or known[0] != data:
            known = self._known[name] = (data, parse(name, data))
        return known[1]

    def remarks(self, name: str, data: bytes) -> Remarks:
        """Return what a file says beside its documents."""
        known = self._remarks.get(name)
        if known is None or known[0] != data:
            text = self.parsed(name, data).text
            marked = frozenset(each.source.line for each in markings(name, text))
            known = self._remarks[name] = (data, Remarks(waivers(name, text), marked))
        return known[1]


def parse(name: str, data: bytes) -> Parsed:
    """Return a file as documents, with what is wrong with its text and its syntax."""
    text = decode(name, data)
    if isinstance(text, Problem):
        return Parsed(data[:LARGEST_FILE].decode("utf-8", "replace"), (), (text,))
    marked = tuple(Problem(each.source, "", _refusal(each)) for each in classified(name, text))
    problems: list[Problem] = []
    read = tuple(trees(name, text, problems))
    return Parsed(text, read, tuple(problems), marked)


def _refusal(marking: Marking) -> Wording:
    said = marking.said
    return Wording(f"{CODE} {said.vi}; sửa: {MEND.vi} (lỗi)", f"{CODE}: {said.en}; {MEND.en}")


def classified(name: str, text: str) -> list[Marking]:
    """Return the markings of classified matter in a file, but for those that a waiver says are none."""
    found = list(markings(name, text))
    if not found:
        return []
    waived = [waiver for waiver in waivers(name, text) if CODE in waiver.codes and waiver.is_reasoned]
    lines = {line for waiver in waived for line in (waiver.line, waiver.source.line)}
    return [marking for marking in found if marking.source.line not in lines]
