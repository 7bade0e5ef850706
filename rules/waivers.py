"""Waivers: comments of a rule file that say why something the lint finds may stand: `# lint: D401 vì …`."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import yaml

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

    One behind a value is about its line, one on a line of its own about the line below it and the comments there. What
    reads like one inside a string is none.
    """
    lines = text.split("\n")
    found = [number for number, line in enumerate(lines, 1) if "lint" in line.lower() and _COMMENT.search(line)]
    if not found:
        return ()
    begins = [0, *accumulate(len(line) + 1 for line in lines)]
    strings = _strings(text)
    matches = ((number, _comment(lines[number - 1], begins[number - 1], strings)) for number in found)
    return tuple(
        _waiver(Source(file, number, match.start() + 1), match["said"], _meant(lines, number))
        for number, match in matches
        if match
    )


def _comment(line: str, begins: int, strings: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """Return what is said in a line outside the strings, None where nothing is."""
    match = _COMMENT.search(line)
    while match:
        index = begins + match.start()
        around = bisect_right(strings, (index, len(line) + begins)) - 1
        if around < 0 or strings[around][1] <= index:
            return match
        match = _COMMENT.search(line, match.start() + 1)
    return None


def _strings(text: str) -> list[tuple[int, int]]:
    """Return from where to where the strings reach that may hold a #, in order; where the syntax breaks they end."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    found: list[tuple[int, int]] = []
    try:
        while token := loader.get_token():
            # A plain string ends before a comment.
            if isinstance(token, yaml.ScalarToken) and token.style:
                begins, ends = token.start_mark.index, token.end_mark.index
                # Behind the sign that opens a block a comment may stand.
                found.append((text.find("\n", begins, ends) if token.style in "|>" else begins, ends))
    except yaml.YAMLError:
        pass
    return found


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
