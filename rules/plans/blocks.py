"""Blocks: what a document holds, in its order, whatever its format: paragraphs and tables of plain text."""

from dataclasses import dataclass, field
from typing import NamedTuple

from rules.wording import Wording


class Where(NamedTuple):
    """A place in a document, as a person would look it up; parts that the format does not know are None."""

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    line: int | None = None

    def __str__(self) -> str:
        """Return `page 3, table 2, row 14`."""
        return self.said().en

    def said(self) -> Wording:
        """Return the place in words: `trang 3, bảng 2, hàng 14`."""
        parts = [(name, value) for name, value in self._asdict().items() if value is not None]
        return Wording(
            ", ".join(f"{_PLACES[name]} {value}" for name, value in parts),
            ", ".join(f"{name} {value}" for name, value in parts),
        )


_PLACES = {"page": "trang", "sheet": "trang tính", "table": "bảng", "row": "hàng", "line": "dòng"}
NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text, its lines joined; blanks are single, Unicode is composed (NFC)."""

    text: str
    at: Where


class OfCell(NamedTuple):
    """What is doubtful about the text of one cell, with the texts it may be instead."""

    column: int
    said: Wording
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, one text per column of the table's widest row.

    Where a cell holds several paragraphs, lines or items of a list, its text has `\\n` between them.
    A cell that spans columns has its text in the first of them and '' in the others, which are in `spanned`; a cell
    that spans rows has its text in each of them, and from the second on its columns are in `continued`. `doubts` are
    about how the row was put together, where its format left that open; `of_cells` are about single cells of it.
    """

    cells: tuple[str, ...]
    at: Where
    spanned: frozenset[int] = frozenset()
    continued: frozenset[int] = frozenset()
    doubts: tuple[Wording, ...] = ()
    of_cells: tuple[OfCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its rows have equally many cells."""

    rows: tuple[Row, ...]
    at: Where


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the document that its reader should know: a hidden sheet, a tracked change, a repaired cell."""

    said: Wording
    at: Where


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole document. `notes` are its footnotes and comments, which belong to no table."""

    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    notes: tuple[Paragraph, ...] = field(default=())


class Unreadable(Exception):
    """The bytes are no document that can be read; the argument says why, and what is accepted."""

    def __init__(self, reason: Wording) -> None:
        super().__init__(reason.en)
        self.reason = reason
