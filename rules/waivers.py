"""Waivers: comments of a rule file that say why something the lint finds may stand: `# lint: D401 vì …`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.problem import Source

_COMMENT = re.compile(r"(?:^|(?<=\s))#+\s*lint\s*:\s*(?P<said>.*)$", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*\d[A-Za-z0-9]*")
_CODES = re.compile(rf"{_CODE.pattern}(?:\s*[,;+]?\s*(?:và\s|and\s)?\s*{_CODE.pattern})*")
_BECAUSE = re.compile(r"^[\s:,;–—-]*(?:vì|do|because|since|as)?\b[\s:,;–—-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Waiver:
    """A comment at `source` about what stands in line `line`: its codes, '' where it names none, and its reason."""

    source: Source
    line: int
    codes: tuple[str, ...]
    reason: str

    @property
    def is_reasoned(self) -> bool:
        """Whether it says why: in a word at least."""
        return any(map(str.isalpha, self.reason))


def waivers(file: str, text: str) -> tuple[Waiver, ...]:
    """Return the waivers of a text, in order.

    One behind a value is about its line, one on a line of its own about the line below it and the comments there.
    """
    lines = text.split("\n")
    found = ((number, _COMMENT.search(line)) for number, line in enumerate(lines, 1) if "lint" in line.lower())
    return tuple(
        _waiver(Source(file, number, match.start() + 1), match["said"], _meant(lines, number))
        for number, match in found
        if match
    )


def _waiver(source: Source, said: str, line: int) -> Waiver:
    codes = _CODES.match(said)
    reason = said[codes.end() if codes else 0 :]
    return Waiver(
        source,
        line,
        tuple(code.upper() for code in _CODE.findall(codes[0])) if codes else (),
        _BECAUSE.sub("", reason, count=1).strip(),
    )


def _meant(lines: Sequence[str], number: int) -> int:
    """Return the line that a comment in line `number` is about."""
    while number < len(lines) and lines[number - 1].lstrip().startswith("#"):
        number += 1
    return number
