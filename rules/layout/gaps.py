"""Gaps: what stands between two values: a comment behind the first, comments and blanks above the next."""

import re
from typing import NamedTuple

_INDICATOR = re.compile(r"^(\s*)[-?:](?=\s|$)")


class Above(NamedTuple):
    """A comment on a line of its own, '' for a blank line, and the column it stood in."""

    text: str
    column: int


class Gap(NamedTuple):
    """`behind`: the comment on the line of what comes before, with the blanks before it; '' where there is none."""

    behind: str
    above: tuple[Above, ...]


def gap(text: str) -> Gap:
    """Return the comments between two values; dashes, colons and blanks around them mean nothing any more."""
    first, *rest = text.split("\n")
    behind = _comment(first)
    lines = rest[:-1] if rest else []
    if rest and _comment(rest[-1]):
        # Behind a dash or a colon, on the line of the value itself, only comments end a line: this one has more below.
        lines = rest
    return Gap(_spaced(first) if behind else "", tuple(_above(line) for line in lines if _is_kept(line)))


def squeezed(lines: tuple[Above, ...], *, is_first: bool) -> list[Above]:
    """Return the lines with at most one blank in a row, at the beginning of a document none."""
    found: list[Above] = []
    for line in lines:
        if line.text or ((found or not is_first) and not (found and not found[-1].text)):
            found.append(line)
    return found


def _is_kept(line: str) -> bool:
    return bool(_comment(line)) or not line.strip()


def _above(line: str) -> Above:
    comment = _comment(line)
    return Above(comment, line.index("#") if comment else 0)


def _comment(line: str) -> str:
    """Return the comment of a line that holds nothing else but an indicator."""
    while found := _INDICATOR.match(line):
        line = found[1] + " " + line[found.end() :]
    stripped = line.strip()
    return stripped if stripped.startswith("#") else ""


def _spaced(line: str) -> str:
    """Return a comment behind a value with the blanks before it: two at least, more where comments are lined up."""
    comment = _comment(line)
    before = line[: line.index("#")]
    return " " * max(len(before) - len(before.rstrip()), 2) + comment
