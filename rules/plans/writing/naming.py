"""Naming: the ids of tasks and indicators, from the numbers of their headings and their own: `A.I.4`."""

import re

from rules.load.names import LONGEST_ID, without_marks
from rules.plans.writing.clean import unlike

# A letter alone is a number only early in the alphabet or before a mark: `Y tế` is none.
_ENUMERATOR = re.compile(
    r"(?:(?:phan|muc|phu luc|chuong|nhom)\s+)?"
    r"((?:[ivxlc]+|\d{1,2}|[a-h])(?:\.\d{1,2})*(?=[\s.):/-]|$)|[a-z](?=[.)/]))"
)


_ROMAN = frozenset("ivxlc")
_UNNUMBERED = "khong-so"
_BODY = "VB"
"""The section of what stands in the text of the document (`văn bản`), and in none of its tables."""


class Ids:
    """The ids given out so far; each is given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._duties = 0

    def take_duty(self) -> str:
        """Return the id of the next duty that the text gives, and no row of a table."""
        self._duties += 1
        id = unlike(f"{_BODY}.{self._duties}", self._taken)
        self._taken.add(id)
        return id

    def take(self, section: str, no: str) -> tuple[str, bool]:
        """Return the id of a row, and whether its number alone would have been one.

        A row without a number is called `khong-so`.
        """
        path = _path(section)
        own = _letters(no)
        steps = own.split(".") if own else [_UNNUMBERED]
        wanted = ".".join(steps if path and steps[: len(path)] == path else [*path, *steps])[-LONGEST_ID:].lstrip(".")
        id = unlike(wanted, self._taken)
        self._taken.add(id)
        return id, id == wanted and bool(own)


def _path(section: str) -> list[str]:
    """Return the numbers of the headings, one under the other; `I.1` under `I` is one number."""
    path: list[str] = []
    for heading in section.split(" > "):
        steps = enumerator(heading).split(".")
        path = steps if path and steps[: len(path)] == path else path + [step for step in steps if step]
    return path


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
    return ".".join(step.upper() if len(steps) == 1 or not set(step) - _ROMAN else step for step in steps)
