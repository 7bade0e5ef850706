"""Body: the blocks of a Word text in its order.

Tables of one or two columns are layout, such as the letterhead: what is in them counts as if it stood in the text. A
table inside a cell is a block of its own when it has three columns or more, and as many rows as the one around it; a
smaller one is part of the cell's text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rules.plans.blocks import Block, Notice, Paragraph, Where
from rules.plans.sources import grid
from rules.plans.sources.characters import one_line, tidy
from rules.plans.sources.columns import straightened
from rules.plans.sources.refusals import too_large, too_wide
from rules.plans.sources.runs import Story
from rules.plans.sources.struck import struck_out
from rules.plans.sources.wordml import contents, find, is_on, number, value, w
from rules.wording import Wording, together

_MOST_COLUMNS = 63
_MOST_ROWS = 100_000
_WIDEST = 200
"""Columns that a table may have."""
_FEWEST_COLUMNS = 3


Read = tuple[int, str, Sequence[Wording]]
"""A cell that was read: its place among those of the table, its text, and what is doubtful about that."""


@dataclass(slots=True)
class _Growing:
    """A table while its rows are read: its cells, and those of them that cells of the next row may belong to."""

    rows: list[Element]
    cells: list[grid.Placed] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)
    inner: list[Element] = field(default_factory=list)
    flattened: bool = False
    """Whether the cell that is read holds a table of several columns as part of its text."""

    def add(self, cell: grid.Placed, *, is_open: bool) -> None:
        """Add a cell; an open one may go on in the rows below."""
        self.open.pop(cell.column, None)
        if is_open:
            self.open[cell.column] = len(self.cells)
        self.cells.append(cell)

    def lengthen(self, column: int, row: int) -> None:
        """Let the open cell of a column reach down to `row`."""
        above = self.cells[self.open[column]]
        self.cells[self.open[column]] = above._replace(height=row - above.row + 1)

    def widen(self, width: int) -> None:
        """Let the last cell reach `width` columns further."""
        self.cells[-1] = self.cells[-1]._replace(width=self.cells[-1].width + width)


class Body:
    """Goes through a Word text once, from its beginning, counting its paragraphs and tables."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._paragraphs = 0
        self._tables = 0
        self._rows = 0
        self._held = ""
        self.notices: list[Notice] = []

    def blocks(self, child: Element) -> Iterator[Block]:
        """Yield the blocks of the next piece of the text, a paragraph or a table."""
        if child.tag == w("tbl"):
            held, self._held = self._held, ""
            if tidy(held):
                yield Paragraph(one_line(held), Where(line=self._paragraphs))
            yield from self._table(child)
        elif child.tag == w("p"):
            yield from self._paragraph(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        self._paragraphs += 1
        self._story.at = Where(line=self._paragraphs)
        self._story.text_pages = []
        text = self._text(paragraph)
        self.notices += (Notice(said, self._story.at) for said in self._doubts())
        if tidy(text):
            yield Paragraph(one_line(text), Where(page=next(iter(self._story.text_pages), None), line=self._paragraphs))
        for box in self._boxes():
            for child in contents(box):
                yield from self.blocks(child)

    def _text(self, paragraph: Element) -> str:
        """Return the text of a paragraph, '' when its end is deleted: it is then the beginning of the next one."""
        if is_on(paragraph, "pPr/rPr/del"):
            unnumbered = Element(paragraph.tag)
            unnumbered.extend(child for child in paragraph if child.tag != w("pPr"))
            self._held += self._story.words(unnumbered)
            return ""
        held, self._held = self._held, ""
        return held + self._story.words(paragraph)

    def _doubts(self, growing: _Growing | None = None) -> list[Wording]:
        """Return what is doubtful about the paragraph or cell that was just read."""
        struck = self._story.taken_struck()
        found = [struck_out(struck)] if struck else []
        if growing and growing.flattened:
            growing.flattened = False
            found.append(_FLATTENED)
        return found

    def _boxes(self) -> list[Element]:
        boxes, self._story.boxes = self._story.boxes, []
        return boxes

    def _table(self, table: Element) -> Iterator[Block]:
        rows = _rows(table)
        self._rows += len(rows)
        if self._rows > _MOST_ROWS:
            raise too_large(f"hơn {_MOST_ROWS:,} hàng", f"more than {_MOST_ROWS:,} rows")
        width = _width(rows)
        if width > _WIDEST:
            raise too_wide(Where(table=self._tables + 1), _WIDEST)
        if width < _FEWEST_COLUMNS:
            for child in (child for row in rows for cell in _cells(row) for child in contents(cell)):
                yield from self.blocks(child)
            return
        self._tables += 1
        at = Where(page=self._story.page, table=self._tables)
        growing = _Growing(rows)
        places = [self._row(row, n, at._replace(row=n + 1), growing) for n, row in enumerate(rows)]
        widths = [number(column.get(w("w")), 0) for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
        yield grid.table(straightened(growing.cells, widths), places, at)
        for inner in growing.inner:
            yield from self._table(inner)

    def _row(self, row: Element, n: int, at: Where, growing: _Growing) -> Where:
        """Add the cells of a row to `growing` and return where the row begins."""
        story = self._story
        story.at = at
        started = story.page
        begun: list[int] = []
        ended = [started or 0]
        read: list[Read] = []
        column = number(value(row, "trPr/gridBefore"), 0, most=_MOST_COLUMNS)
        for cell in _cells(row):
            width, merged = _span(cell), _merged(cell)
            if merged == "below" and column in growing.open:
                growing.lengthen(column, n)
            elif merged == "beside" and growing.cells:
                growing.widen(width)
            else:
                story.page, story.text_pages = started, []
                text = "" if find(cell, "tcPr/cellDel") is not None else self._cell(cell, growing)
                read.append((len(growing.cells), text, self._doubts(growing)))
                growing.add(grid.Placed(n, column, text, width), is_open=merged == "first")
                begun += story.text_pages[:1]
                ended.append(story.page or 0)
            column += width
        story.page = max(ended) or None
        self._ask(read, at, growing)
        return at._replace(page=begun[0] if begun else started)

    def _ask(self, read: Sequence[Read], at: Where, growing: _Growing) -> None:
        """Ask about the text of cells; where a row has too little text to become one of a plan, about the row."""
        is_row = sum(bool(text) for _, text, _ in read) >= _FEWEST_COLUMNS
        for place, _, doubts in read:
            if doubts and is_row:
                growing.cells[place] = growing.cells[place]._replace(doubt=together(doubts))
            else:
                self.notices += (Notice(said, at) for said in doubts)

    def _cell(self, cell: Element, growing: _Growing) -> str:
        """Return the text of a cell, its paragraphs parted by line breaks; real tables go to `growing.inner`."""
        parts: list[str] = []
        for child in contents(cell):
            if child.tag == w("p"):
                parts.append(self._text(child))
                parts += (self._cell(box, growing) for box in self._boxes())
            elif child.tag == w("tbl"):
                rows = _rows(child)
                if _width(rows) >= _FEWEST_COLUMNS and len(rows) >= max(len(growing.rows), 2):
                    growing.inner.append(child)
                else:
                    growing.flattened = growing.flattened or _width(rows) > 1
                    parts += (" ".join(self._cell(inner, growing) for inner in _cells(row)) for row in rows)
        held, self._held = self._held, ""
        return tidy("\n".join([*parts, held]))


def _rows(table: Element) -> list[Element]:
    """Return the rows of a table that are not deleted."""
    return [row for row in contents(table) if row.tag == w("tr") and find(row, "trPr/del") is None]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in contents(row) if cell.tag == w("tc")]


def _span(cell: Element) -> int:
    return max(1, number(value(cell, "tcPr/gridSpan"), 1, most=_MOST_COLUMNS))


def _width(rows: list[Element]) -> int:
    """Return how many columns the widest row covers."""
    before = (number(value(row, "trPr/gridBefore"), 0, most=_MOST_COLUMNS) for row in rows)
    return max((start + sum(map(_span, _cells(row))) for start, row in zip(before, rows, strict=True)), default=0)


def _merged(cell: Element) -> str:
    """Say how a cell is merged: it is the `first` of several, lies `below` or `beside` another, or '' not at all."""
    if find(cell, "tcPr/vMerge") is not None:
        return "first" if value(cell, "tcPr/vMerge") == "restart" else "below"
    return "beside" if find(cell, "tcPr/hMerge") is not None and value(cell, "tcPr/hMerge") != "restart" else ""


_FLATTENED = Wording(
    "Ô này có bảng lồng bên trong: bảng đó được đọc thành chữ của ô, các dòng của nó không thành nhiệm vụ riêng.",
    "The cell holds a table: it was read as text of the cell, and its rows are no tasks of their own.",
)
