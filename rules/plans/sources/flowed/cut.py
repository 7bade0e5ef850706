"""The cut of a row: which of its words are in which column, by what suits each column best and by how lines break."""

from collections.abc import Container, Sequence
from functools import cache
from typing import NamedTuple

from rules.plans.sources.flowed.header import Role
from rules.plans.sources.flowed.lines import joined
from rules.plans.sources.flowed.worth import AFTER_BREAK, can_end, worth

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
    words, breaks = _words(lines)
    torn = {n for n in range(1, len(words)) if goes_on and breaks[n] and not can_end(words[n - 1])}
    marks = [0, *(n for n in range(1, len(words)) if _may_begin(words, n, torn)), len(words)]

    @cache
    def text(start: int, end: int) -> str:
        return joined(words[start:end])

    ways = {0: [_Way(0.0, ())]}
    for role in roles:
        after: dict[int, list[_Way]] = {}
        for start, so_far in ways.items():
            for end in marks:
                if end < start or (end in torn and end > start and role != "title"):
                    continue
                if end - start > _LONGEST.get(role, len(words)):
                    continue
                value = worth(role, text(start, end), begins=not filled)
                if value is None:
                    continue
                if end > start and role in filled and role != "title":
                    value -= _TORN
                if start and end > start:
                    value += AFTER_BREAK[breaks[start]]
                after.setdefault(end, []).extend(_Way(way.worth + value, (*way.ends, end)) for way in so_far)
        ways = {end: sorted(options, reverse=True)[:2] for end, options in after.items()}
    options = ways.get(len(words), [])
    if not options:
        return Cut((text(0, len(words)), *("" for _ in roles[1:])), sure=False)
    ends = options[0].ends
    cells = tuple(text(start, end) for start, end in zip((0, *ends), ends, strict=False))
    return Cut(cells, sure=len(options) < 2 or options[0].worth - options[1].worth >= _MARGIN)


def _words(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the words of the lines, and before each: 0 no break, 1 a new line, 2 a blank line."""
    words: list[str] = []
    breaks: list[int] = []
    blank = False
    for line in lines:
        for n, word in enumerate(line.split()):
            words.append(word)
            breaks.append(0 if n else 2 if blank else 1)
            blank = False
        blank = blank or not line.strip()
    return words, breaks


def _may_begin(words: Sequence[str], n: int, torn: Container[int]) -> bool:
    """Say whether a cell may begin with a word: it has a capital or a digit, and what precedes it may end a cell."""
    return (words[n][0].isupper() or words[n][0].isdigit()) and (n in torn or can_end(words[n - 1]))
