"""Naming: the ids of tasks and indicators, from the numbers of their headings and their own: `A.I.4`."""

import re

from rules.load.names import LONGEST_ID, without_marks
from rules.plans.writing.clean import unlike

# A letter alone is a number only early in the alphabet or before a mark: `Y tế` is none.
_ENUMERATOR = re.compile(
    r"(?:(?:phan|muc|phu luc|chuong|nhom)\s+)?"
    r"((?:[ivxlc]+|\d{1,2}|[a-h])(?:\.\d{1,2})*(?=[\s.):/-]|$)|[a-z](?=[.)/]))"
)


_UNNUMBERED = "x"


class Ids:
    """The ids given out so far; each is given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, section: str, no: str) -> tuple[str, bool]:
        """Return the id of a row, and whether its number alone would have been one.

        A row without number is called `x`.
        """
        path = [found for heading in section.split(" > ") if (found := enumerator(heading))]
        own = _letters(no)
        steps = own.split(".") if own else [_UNNUMBERED]
        wanted = ".".join(steps if path and steps[: len(path)] == path else [*path, *steps])[-LONGEST_ID:].lstrip(".")
        id = unlike(wanted, self._taken)
        self._taken.add(id)
        return id, id == wanted and bool(own)


def enumerator(heading: str) -> str:
    """Return the number a heading begins with, in capitals: `A. Trọng tâm` → `A`; '' where it has none."""
    found = _ENUMERATOR.match(without_marks(heading.strip()))
    return found[1].upper() if found else ""


def without_number(heading: str) -> str:
    """Return a heading without the number it begins with: `I. Hạ tầng số` → `Hạ tầng số`."""
    found = _ENUMERATOR.match(without_marks(heading))
    return heading[found.end() :].lstrip(" .):/-–") if found else heading


def _letters(no: str) -> str:
    """Return a row's number as an id takes it: `14.` → `14`, `2.a)` → `2.a`, `iv` → `IV`."""
    steps = re.findall(r"[a-z0-9]+", without_marks(no))
    return steps[0].upper() if len(steps) == 1 else ".".join(steps)
