"""The rows of a flowed table: where each begins by its number, where a page breaks it, where the table ends."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rules.plans.sources.flowed.header import Header, is_repeated
from rules.plans.sources.flowed.worth import can_end

_NUMBER = re.compile(r"(\d{1,3})(\.?)(?:\s+(.*))?$")
_ROMAN = re.compile(r"([IVX]{1,5})\.?(?:\s+(.*))?$")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_END = re.compile(
    r"(?:Nơi nhận:|Ghi chú:|TM\. |KT\. |TL\. |PHỤ LỤC\b|Phụ lục(?:\s+(?:số\s+)?[IVX\d]+)?\s*(?:[:.]|$)|_{3,})"
)
_GAP = 3
"""How many numbers a table may leave out; more, and a number that begins a line is part of the text."""


class Chunk(NamedTuple):
    """The lines of one row, page by page, without its number. `line` counts from 0.

    `swallows`: one of its lines begins with the number that no row after it has, so that it may hold that row too.
    """

    number: str
    line: int
    section: bool
    pages: list[list[str]]
    swallows: bool = False


def chunks(lines: Sequence[str], header: Header) -> tuple[list[Chunk], int]:
    """Return the rows that follow a header, and the line after the table."""
    found: list[Chunk] = []
    at = header.end
    while at < len(lines) and not _END.match(lines[at].strip()):
        again = is_repeated(lines, at, header)
        if again is not None:
            if found:
                found[-1].pages.append([])
            at = again
            continue
        started = _start(lines, at, found)
        if started:
            found.append(started)
        elif found:
            found[-1].pages[-1].append(lines[at])
        elif lines[at].strip():
            break
        at += 1
    return [_trimmed(one) for one in _told(found)], at


def _start(lines: Sequence[str], at: int, before: Sequence[Chunk]) -> Chunk | None:
    """Return the row that begins in a line: a task by its number, a section by its Roman one."""
    text = lines[at].strip()
    section = _ROMAN.match(text)
    if section and _follows(_arabic(section[1]), [_arabic(one.number.rstrip(".")) for one in before if one.section]):
        rest = section[2] or next((line.strip() for line in lines[at + 1 :] if line.strip()), "")
        if rest.isupper():
            return Chunk(text.split()[0], at, True, [[section[2] or ""]])
    number = _NUMBER.match(text)
    if not number or (number[3] and not number[3][0].isupper()):
        return None
    rows = [one for one in before if not one.section]
    restarts = bool(before and before[-1].section and int(number[1]) == 1)
    if not restarts and not _follows(int(number[1]), [_value(one) for one in rows]):
        return None
    if number[3] and not number[2] and not (restarts or _is_next(int(number[1]), rows)):
        return None
    return Chunk(number[1] + number[2], at, False, [[number[3] or ""]])


def _is_next(number: int, rows: Sequence[Chunk]) -> bool:
    """Say whether a number without a dot before words of its line is that of the next row, and no part of a sentence.

    It is where the rows above are numbered without dots, none is left out, and the cell above it may end there.
    """
    if not rows:
        return number == 1
    said = [line for page in rows[-1].pages for line in page if line.strip()]
    is_between_cells = not said or can_end(said[-1].split()[-1])
    return not rows[-1].number.endswith(".") and number == _value(rows[-1]) + 1 and is_between_cells


def _value(one: Chunk) -> int:
    return int(one.number.rstrip("."))


def _told(found: Sequence[Chunk]) -> Iterator[Chunk]:
    """Yield the rows, those that may hold the next one told from the others."""
    for one, after in zip(found, [*found[1:], None], strict=False):
        if one.section or (after and not after.section and _value(after) == _value(one) + 1):
            yield one
            continue
        begins = re.compile(rf"{_value(one) + 1}\.?\s+(?=[^\W\d_])")
        lines = [line for page in one.pages for line in page][1:]
        yield one._replace(swallows=any(begins.match(line.strip()) for line in lines))


def _follows(number: int, before: Sequence[int]) -> bool:
    """Say whether a number may be the next one."""
    last = before[-1] if before else 0
    return last < number <= last + _GAP


def _arabic(roman: str) -> int:
    """Return the number of a Roman numeral."""
    digits = [_ROMAN_DIGITS[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))


def _trimmed(one: Chunk) -> Chunk:
    """Return the row without pages that hold nothing of it."""
    return one._replace(pages=[page for page in one.pages if any(line.strip() for line in page)] or [[""]])
