"""Pipes: the tables of Markdown, whose cells are divided by `|`, with or without one at both ends of a row."""

import re
from collections.abc import Iterable, Sequence

_PIPE = re.compile(r"(?<!\\)\|")
_ALIGNMENT = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_LONGEST_ALIGNMENT = 10_000
_FEWEST = 3
"""Pipes that two lines have alike to be rows of a table of which no line `---` says so."""


def piped_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return which lines (from 0) are rows of a table.

    They are those between two pipes, those from the heading above a line `---|---` to the next blank line, and lines
    one under the other with as many pipes.
    """
    pipes = [len(_PIPE.findall(line)) if "|" in line else 0 for line in lines]
    found = {at for at, count in enumerate(pipes) if count and _is_closed(lines[at].strip())}
    found |= {at for at, count in enumerate(pipes) if count >= _FEWEST and count in pipes[at - 1 if at else 0 : at]}
    found |= {at for at, count in enumerate(pipes) if count >= _FEWEST and count in pipes[at + 1 : at + 2]}
    for at, line in enumerate(lines):
        if pipes[at] and _is_alignment(line):
            found |= {each for each in (at - 1, at) if each >= 0 and pipes[each]}
            found |= _below(lines, pipes, at)
    return frozenset(found)


def piped_rows(run: Iterable[tuple[int, str]]) -> list[tuple[int, list[str]]]:
    """Return the rows that numbered lines are, each with its number and its cells."""
    rows = []
    for number, text in run:
        if _is_alignment(text):
            continue
        inner = text.strip().removeprefix("|")
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
        rows.append((number, [cell.replace("\\|", "|") for cell in _PIPE.split(inner)]))
    return rows


def _below(lines: Sequence[str], pipes: Sequence[int], at: int) -> set[int]:
    """Return the rows below a line `---`, up to the next blank line or the next such line."""
    found = set()
    for each in range(at + 1, len(lines)):
        if not lines[each].strip() or (pipes[each] and _is_alignment(lines[each])):
            break
        if pipes[each]:
            found.add(each)
    return found


def _is_closed(text: str) -> bool:
    return text.startswith("|") and text.endswith("|")


def _is_alignment(text: str) -> bool:
    """Say whether a line only parts the headings of a table from its rows."""
    stripped = text.strip()
    return len(stripped) <= _LONGEST_ALIGNMENT and _ALIGNMENT.fullmatch(stripped) is not None
