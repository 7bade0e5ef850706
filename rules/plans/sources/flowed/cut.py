"""The cut of a row: which of its words are in which column, by what suits each column best and by how lines break."""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from rules.plans.sources.flowed.header import Role
from rules.plans.sources.flowed.lines import whole
from rules.plans.sources.flowed.worth import AFTER_BREAK, can_end, is_typical, worth

_MARGIN = 2.0
"""By how much the best cut must be better than the next one to be certain."""
_TORN = 8.0
"""What it costs that a cell, other than the title, goes on after a page break."""
_LONGEST: dict[Role, int] = {
    "lead": 60,
    "head": 60,
    "coordinate": 60,
    "stated": 40,
    "product": 90,
    "note": 60,
    "basis": 60,
}


class Cut(NamedTuple):
    """The text of each column, and whether no other cut comes near."""

    cells: tuple[str, ...]
    sure: bool


class _Way(NamedTuple):
    """One way to divide the words read so far: its worth and where each column ends."""

    worth: float
    ends: tuple[int, ...]


def cut(lines: Sequence[str], roles: Sequence[Role], *, filled: frozenset[Role], goes_on: bool) -> Cut:
    """Return the cells of one row's lines on one page.

    `filled` are the columns that an earlier page holds something of; `goes_on` says whether there is a later page, so
    that the title may end within a sentence on this one.
    """
    page = _page(lines, filled, goes_on=goes_on)
    ways = {0: [_Way(0.0, ())]}
    for role in roles:
        after: dict[int, list[_Way]] = {}
        for start, so_far in ways.items():
            for end in page.ends:
                value = page.value(role, start, end)
                if value is not None:
                    after.setdefault(end, []).extend(_Way(way.worth + value, (*way.ends, end)) for way in so_far)
        ways = {end: sorted(options, reverse=True)[:2] for end, options in after.items()}
    options = ways.get(len(page.words), [])
    if not options:
        return Cut((page.text(0, len(page.words)), *("" for _ in roles[1:])), sure=False)
    ends = options[0].ends
    cells = tuple(page.text(start, end) for start, end in zip((0, *ends), ends, strict=False))
    clear = len(options) < 2 or options[0].worth - options[1].worth >= _MARGIN
    usual = bool(filled) or all(is_typical(role, cell) for role, cell in zip(roles, cells, strict=True))
    return Cut(cells, sure=clear and usual)


class _Page(NamedTuple):
    """The words of a row on one page, what break is before each (0 none, 1 a new line, 2 a blank line), where a cell
    may end, and where only the title may."""

    words: tuple[str, ...]
    breaks: tuple[int, ...]
    ends: tuple[int, ...]
    torn: frozenset[int]
    filled: frozenset[Role]

    def text(self, start: int, end: int) -> str:
        """Return the words from one on, up to another."""
        return whole(self.words[start:end])

    def value(self, role: Role, start: int, end: int) -> float | None:
        """Return what it is worth that a column has these words, None where it cannot."""
        if start == end:
            return worth(role, "", begins=not self.filled)
        if end < start or end - start > _LONGEST.get(role, len(self.words)) or (end in self.torn and role != "title"):
            return None
        value = worth(role, self.text(start, end), begins=not self.filled)
        if value is None:
            return None
        again = _TORN if role in self.filled and role != "title" else 0.0
        return value - again + (AFTER_BREAK[self.breaks[start]] if start else 0.0)


def _page(lines: Sequence[str], filled: frozenset[Role], *, goes_on: bool) -> _Page:
    """Return the words of the lines, and where cells may end."""
    words: list[str] = []
    breaks: list[int] = []
    blank = False
    for line in lines:
        for n, word in enumerate(normalize("NFC", line).split()):
            words.append(word)
            breaks.append(0 if n else 2 if blank else 1)
            blank = False
        blank = blank or not line.strip()
    begins = [n for n in range(1, len(words)) if words[n][0].isupper() or words[n][0].isdigit()]
    torn = frozenset(n for n in begins if goes_on and breaks[n] and not can_end(words[n - 1]))
    ends = (0, *(n for n in begins if n in torn or can_end(words[n - 1])), len(words))
    return _Page(tuple(words), tuple(breaks), ends, torn, filled)
