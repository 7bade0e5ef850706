"""Splicing: edits of some lines of a file, all other lines left as they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Splices:
    """What takes the place of lines: from `start` to before `end`, counted from 0; an insertion where both are one."""

    _found: list[tuple[int, int, list[str]]] = field(default_factory=list)

    def replace(self, start: int, end: int, lines: Iterable[str]) -> None:
        """Put `lines` in the place of those from `start` to before `end`."""
        self._found.append((start, end, list(lines)))

    def insert(self, at: int, lines: Iterable[str]) -> None:
        """Put `lines` before that line, behind what was put there before."""
        self._found.append((at, at, list(lines)))

    def applied(self, lines: Sequence[str]) -> list[str]:
        """Return the lines with everything in its place."""
        result: list[str] = []
        done = 0
        # At one place insertions come before what replaces the lines there.
        for start, end, new in sorted(self._found, key=lambda each: (each[0], each[1] > each[0])):
            result += [*lines[done:start], *new]
            done = max(done, end)
        return result + list(lines[done:])


def indented(lines: Iterable[str], by: int) -> list[str]:
    """Return the lines moved to the right, or to the left where `by` is negative."""
    return [" " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip())) :] for line in lines]
