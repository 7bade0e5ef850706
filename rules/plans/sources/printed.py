"""Printed tables: those of a PDF that were set without rules, by the order in which the PDF writes its lines.

A word processor writes a table cell by cell, so that the lines flow as those of a text that was taken out of a PDF.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from rules.plans.blocks import Block, Paragraph, Row, Table, Where
from rules.plans.sources.characters import one_line
from rules.plans.sources.flowed import flowed_blocks
from rules.plans.sources.lines import Line, in_order

_NEXT = 1.6
"""Heights of a line up to which the line below goes on in the same cell or paragraph."""
_INDENT = 12


class Printed(NamedTuple):
    """A line as it is written, and its page; '' is a blank between two lines that are apart."""

    text: str
    page: int


def printed_lines(words: Iterable[dict[str, Any]], page: int) -> Iterator[Printed]:
    """Yield the lines of a page in the order the PDF writes its words, blanks between them, without the page number."""
    above: Line | None = None
    for line in _without_page_number(in_order(words)):
        if above is None or not _is_below(line, above):
            yield Printed("", page)
        yield Printed(one_line(line.text), page)
        above = line


def printed_blocks(lines: list[Printed]) -> tuple[Block, ...] | None:
    """Return the paragraphs and tables of a whole PDF, each with its page; None where it holds no such table."""
    found = flowed_blocks([line.text for line in lines])
    return tuple(_placed(block, lines) for block in found) if found else None


def _placed(block: Block, lines: list[Printed]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, at=_page(block.at, lines))
    return Table(tuple(_row(row, n, lines) for n, row in enumerate(block.rows, 1)), _page(block.at, lines))


def _row(row: Row, number: int, lines: list[Printed]) -> Row:
    return replace(row, at=_page(row.at, lines)._replace(row=number))


def _page(at: Where, lines: list[Printed]) -> Where:
    return Where(page=lines[at.line - 1].page if at.line else None)


def _is_below(line: Line, above: Line) -> bool:
    return 0 < line.bottom - above.bottom < _NEXT * (above.bottom - above.top)


def _without_page_number(lines: list[Line]) -> list[Line]:
    """Return the lines without a number that stands alone above or below all others, not at their left."""
    if len(lines) < 2:
        return lines
    left = min(line.left for line in lines)
    ends = {min(lines, key=lambda line: line.top), max(lines, key=lambda line: line.top)}
    alone = {
        end
        for end in ends
        if end.text.isdigit()
        and end.left > left + _INDENT
        and not any(end.is_beside(line) for line in lines if line is not end)
    }
    return [line for line in lines if line not in alone]
