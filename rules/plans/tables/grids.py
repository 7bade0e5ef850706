"""Grids: the tables of a document put together again: one grid for a table, over however many pages it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from rules.plans.blocks import Block, Paragraph, Row, Table, Where
from rules.plans.tables.beside import set_right
from rules.plans.tables.headings import Header, header_at
from rules.plans.tables.lines import of_agencies, one_text
from rules.plans.tables.numbering import labelled, number_of
from rules.plans.tables.words import bare

_TITLE_LENGTH = 400
_TITLE_ROWS = 6
_LETTERS = "ABCDEFGHIKLMN"
_AGENCIES = ("lead", "head", "coordinate")
_ANNEX = ("phu luc", "bieu so", "bieu mau", "phu bieu", "danh muc kem")


@dataclass(frozen=True, slots=True)
class Line:
    """A row under a header. `cut`: a page or the table was broken above it, so it may go on with the row before."""

    row: Row
    cut: bool


@dataclass(slots=True)
class Grid:
    """A table with its header, its rows from all pages, headings that stand between its parts among them."""

    header: Header
    at: Where
    lines: list[Line] = field(default_factory=list)
    title: str = ""
    """The paragraph above it."""
    above: list[Row] = field(default_factory=list)
    """Rows above its heading rows that are no titles."""


@dataclass(frozen=True, slots=True)
class Headless:
    """A table in which no heading row was recognised and that continues none."""

    table: Table


def grids(blocks: Iterable[Block]) -> tuple[tuple[Grid, ...], tuple[Headless, ...]]:
    """Return the tables under recognised headers, pages joined, and those where no header was recognised."""
    joining = _Joining()
    for block in set_right(blocks):
        if isinstance(block, Table):
            joining.table(block)
        else:
            joining.paragraph(block)
    return tuple(joining.grids), tuple(joining.headless)


class _Joining:
    """The grid a document is in, and what stood since its last row."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.headless: list[Headless] = []
        self._between: list[Paragraph] = []

    def paragraph(self, paragraph: Paragraph) -> None:
        self._between.append(paragraph)

    def table(self, table: Table) -> None:
        joined, cut, index = self._goes_on(table) and not _opens_with_titles(table), True, 0
        above: list[Row] = []
        while index < len(table.rows):
            row = table.rows[index]
            if header := header_at(table.rows, index):
                self._between += [Paragraph(text, one.at) for one in above if (text := _title(one))]
                self._header(header, row.at)
                self.grids[-1].above += [one for one in above if not _title(one) and any(one.cells)]
                joined, cut, index, above = True, True, index + header.height, []
                continue
            if joined:
                self._row(row, cut=cut)
            else:
                above.append(row)
            cut, index = False, index + 1
        if not joined:
            self.headless.append(Headless(table))
        self._between = []

    def _header(self, header: Header, at: Where) -> None:
        grid = self.grids[-1] if self.grids else None
        if not grid or not header.names_same(grid.header) or any(_opens_annex(p.text) for p in self._between):
            title = self._between[-1].text if self._between else ""
            self.grids.append(Grid(header, at, title=title))
        self._headings()

    def _row(self, row: Row, *, cut: bool) -> None:
        self._headings()
        grid = self.grids[-1]
        grid.lines.append(Line(_fitted(row, grid.header), cut))

    def _goes_on(self, table: Table) -> bool:
        """Say whether a table without a header is the next part of the grid: as wide, no other text in between."""
        if not self.grids or len(table.rows[0].cells) != len(self.grids[-1].header.columns):
            return False
        return not any(
            _opens_annex(p.text) or (len(p.text) > _TITLE_LENGTH and not labelled(p.text)) for p in self._between
        )

    def _headings(self) -> None:
        """Make the numbered headings right above a table's part rows of it."""
        found: list[Paragraph] = []
        for paragraph in reversed(self._between):
            named = labelled(paragraph.text)
            if named is None or named[0].style in ("small", "arabic") or len(paragraph.text) > _TITLE_LENGTH:
                break
            found.append(paragraph)
        grid = self.grids[-1]
        width = len(grid.header.columns)
        grid.lines.extend(Line(_across(paragraph, width), cut=False) for paragraph in reversed(found))
        self._between = []


def _title(row: Row) -> str:
    """Return the only text of a row, '' of a row that has several or none, or only a figure."""
    said = {" ".join(cell.split()) for cell in row.cells if cell}
    text = said.pop() if len(said) == 1 else ""
    return text if any(letter.isalpha() for letter in text) else ""


def _opens_with_titles(table: Table) -> bool:
    """Say whether a table has titles above its first heading row, and nothing else there."""
    for index, row in enumerate(table.rows[:_TITLE_ROWS]):
        if header_at(table.rows, index):
            return index > 0
        if any(row.cells) and not _title(row):
            return False
    return False


def _across(paragraph: Paragraph, width: int) -> Row:
    return Row((paragraph.text, *[""] * (width - 1)), paragraph.at, spanned=frozenset(range(1, width)))


def _fitted(row: Row, header: Header) -> Row:
    """Return the row as wide as its header, the lines of each cell joined; what is over goes into the last cell.

    Agencies that stand each on a line of their own stay so: nothing else parts them.
    """
    width = len(header.columns)
    cells = row.cells
    if len(cells) > width:
        cells = (*cells[: width - 1], " ".join(filter(None, cells[width - 1 :])))
    cells += ("",) * (width - len(cells))
    held = (column.holds in _AGENCIES for column in header.columns)
    texts = tuple(
        of_agencies(cell) if is_agency else one_text(cell) for cell, is_agency in zip(cells, held, strict=True)
    )
    return replace(row, cells=texts)


def _opens_annex(text: str) -> bool:
    return bare(text[:40]).startswith(_ANNEX)


def is_blank(row: Row) -> bool:
    """Say whether a row says nothing: empty cells, dashes, or the numbers of the columns `(1) (2) (3)`."""
    said = [cell for cell in row.cells if cell]
    if all(not cell.strip("-–—_=.… ") for cell in said):
        return True
    return len(said) >= 3 and _counts([cell.partition("=")[0] for cell in said])


def _counts(said: Sequence[str]) -> bool:
    """Say whether texts number the columns: `1 2 3`, `A B C`, `A B 1 2`."""
    labels = [label.text for cell in said if (label := number_of(cell))]
    letters = list(takewhile(str.isalpha, labels))
    return labels == [*_LETTERS[: len(letters)], *(str(n) for n in range(1, len(said) - len(letters) + 1))]
