"""Flowed tables: a ruled table that lost its rules when a PDF became text, its rows found and its cells cut again."""

from collections.abc import Sequence
from typing import NamedTuple

from rules.plans.blocks import Block, Row, Table, Where
from rules.plans.sources.flowed.cut import Cut, cut
from rules.plans.sources.flowed.header import Header, header_at
from rules.plans.sources.flowed.lines import joined, paragraphs
from rules.plans.sources.flowed.rows import Chunk, chunks
from rules.wording import Wording

_OPEN = Wording(
    "bảng trong PDF không còn đường kẻ, cách chia ô của dòng này chưa chắc chắn",
    "the table lost its rules in the PDF: how this row divides into cells is not certain",
)
_OVER_A_PAGE = Wording(
    "ô bị ngắt giữa hai trang, phần sau có thể thuộc cột khác",
    "cells are cut by a page break, what follows may belong to another column",
)
_SWALLOWS = Wording(
    "hàng kế tiếp có thể đã bị gộp vào dòng này: một dòng chữ trong đó mở đầu bằng số thứ tự tiếp theo",
    "the next row may have become part of this one: a line in it begins with the next number",
)


class Flowed(NamedTuple):
    """A table, and the lines (from 0, the last one excluded) that it was made of."""

    first: int
    end: int
    table: Table


def flowed_tables(lines: Sequence[str]) -> tuple[Table, ...] | None:
    """Return the tables flowed into the lines of a text, None where it holds none; places count lines from 1."""
    found = flowed(lines)
    return tuple(one.table for one in found) or None


def flowed_blocks(lines: Sequence[str]) -> tuple[Block, ...] | None:
    """Return a whole text that flowed out of a PDF as paragraphs and tables, None where it holds no such table."""
    found = flowed(lines)
    blocks: list[Block] = []
    at = 0
    for one in found:
        blocks += [*paragraphs(lines[at : one.first], at + 1), one.table]
        at = one.end
    return (*blocks, *paragraphs(lines[at:], at + 1)) if found else None


def flowed(lines: Sequence[str]) -> tuple[Flowed, ...]:
    """Return the tables flowed into the lines of a text, each with the lines it takes up."""
    found: list[Flowed] = []
    at = 0
    while at < len(lines):
        header = header_at(lines, at)
        one = header and _table(lines, at, header)
        if one:
            found.append(one)
        at = one.end if one else at + 1
    return tuple(found)


def _table(lines: Sequence[str], first: int, header: Header) -> Flowed | None:
    parts, end = chunks(lines, header)
    if not any(part.number for part in parts):
        return None
    rows = [Row(header.cells, Where(line=first + 1))]
    rows += [_row(part, header) for part in parts]
    return Flowed(first, end, Table(tuple(rows), Where(line=first + 1)))


def _row(part: Chunk, header: Header) -> Row:
    """Return a row of the table: a section row has its heading in the column of titles."""
    at = Where(line=part.line + 1)
    if part.section:
        cells = {"no": part.number, "title": joined(line for page in part.pages for line in page)}
        return Row(tuple(cells.get(role, "") for role in header.roles), at)
    cuts: list[Cut] = []
    for n, page in enumerate(part.pages, 1):
        filled = frozenset(role for one in cuts for role, text in zip(header.roles[1:], one.cells, strict=True) if text)
        cuts.append(cut(page, header.roles[1:], filled=filled, goes_on=n < len(part.pages)))
    is_open = not all(one.sure for one in cuts)
    asked = ((_OPEN, is_open), (_OVER_A_PAGE, _is_torn(cuts)), (_SWALLOWS, part.swallows))
    doubts = tuple(said for said, is_so in asked if is_so)
    texts = (joined(one.cells[n] for one in cuts if one.cells[n]) for n in range(len(header.roles) - 1))
    return Row((part.number, *texts), at, doubts=doubts)


def _is_torn(cuts: Sequence[Cut]) -> bool:
    """Say whether a later page holds more of a cell, other than the first, that an earlier one holds as well."""
    return any(one.cells[n] and cuts[0].cells[n] for one in cuts[1:] for n in range(1, len(one.cells)))


__all__ = ["Flowed", "flowed", "flowed_blocks", "flowed_tables"]
