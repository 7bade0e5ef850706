"""Text: plain text and Markdown as blocks: tab-separated rows, pipe tables, and paragraphs between blank lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from rules.plans.blocks import Block, Notice, Pages, Paragraph, Row, Table, Where
from rules.plans.sources.charset import lines_of, text_of
from rules.plans.sources.flowed import flowed_blocks
from rules.plans.sources.inline import plain, plain_but_handwriting, plain_cell
from rules.plans.sources.long_cells import LONGEST, too_long
from rules.plans.sources.pipes import piped_lines, piped_rows
from rules.plans.sources.refusals import too_large, too_wide
from rules.plans.tables.numbering import labelled, number_of
from rules.wording import Wording

Kind = Literal["blank", "tabs", "pipes", "text"]
Line = tuple[int, str]
"""A line's number, from 1, and its text."""

_MOST_BYTES = 10_000_000
_WIDEST = 200
"""Columns that a table may have."""
_CELL_END = re.compile(r"[\t|]")
_ITEM = re.compile(r"\s*(?:[-–•+*●▪]\s|#{1,6}\s|>\s|\d{1,2}[.)]\s|[a-zđ]\)\s|[IVX]{1,4}\.\s|Điều \d+)")
_HEADING = re.compile(r"\s*#{1,6}\s+|\s*>\s+")
_FOOTNOTE = re.compile(r"\s*(?:[¹²³⁴-⁹]|\[\^\w+\]:)\s*")
_HEAD_LINES = 40
_OF_HEAD = re.compile(r"Số\s*:|[^\W\d_][^,;:]{1,40},\s*ngày\b", re.IGNORECASE)
"""A line with the number of a document, or with its place and date."""
_ENDS = tuple('.;:!?…)”"/')


@dataclass(slots=True)
class _Shelf:
    """What has been gathered of a document."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    tables: int = 0

    def width(self) -> int:
        """Return how many columns the table has that the document may still be in, 0 when it is in none."""
        last = self.blocks[-1] if self.blocks else None
        return len(last.rows[0].cells) if isinstance(last, Table) else 0


def text_pages(data: bytes) -> Pages:
    """Return the blocks of a text or Markdown file; one without tabs or pipes may hold tables flowed out of a PDF.

    Raises Unreadable when the bytes are no text, or too many, when a cell is too long or a table too wide.
    """
    if len(data) > _MOST_BYTES:
        raise too_large(
            f"văn bản có {len(data):,} byte, hơn {_MOST_BYTES:,}",
            f"a text of {len(data):,} bytes, more than {_MOST_BYTES:,}",
        )
    text, mended = text_of(data)
    lines = tuple(lines_of(text))
    _refuse_long_cells(lines)
    notices = (Notice(_MENDED, Where()),) if mended else ()
    if not any("\t" in line.strip() or "|" in line for _, line in lines) and (
        flowed := flowed_blocks([line for _, line in lines])
    ):
        return Pages(flowed, notices)
    shelf = _Shelf()
    for kind, run in groupby(lines, key=_Kinds(lines)):
        _shelve(shelf, kind, list(run))
    return Pages(tuple(_rejoined(shelf.blocks)), notices, tuple(shelf.notes))


def _refuse_long_cells(lines: tuple[Line, ...]) -> None:
    for number, line in lines:
        cells = _CELL_END.split(line) if len(line) > LONGEST else ()
        if len(cells) > 1 and any(len(cell.strip()) > LONGEST for cell in cells):
            raise too_long(Where(line=number))


class _Kinds:
    """Tells what each line is, from itself and its neighbours."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._text = [text for _, text in lines]
        self._piped = piped_lines(self._text)

    def __call__(self, line: Line) -> Kind:
        at = line[0] - 1
        own = self._own(at)
        if own != "text" or at == 0:
            return own
        return "tabs" if self._own(at - 1) == "tabs" and self._stays_in_row(at) else "text"

    def _own(self, at: int) -> Kind:
        text = self._text[at] if at < len(self._text) else ""
        beside = any("\t" in other.strip() for other in self._text[max(0, at - 1) : at + 2])
        if not text.strip():
            return "tabs" if "\t" in text and beside else "blank"
        if "\t" in text.strip() or (beside and text.count("\t") > 1):
            return "tabs"
        return "pipes" if at in self._piped else "text"

    def _stays_in_row(self, at: int) -> bool:
        """Say whether a line without tabs right under a row is still in the table: a heading, or a cell's next line."""
        return self._own(at + 1) == "tabs" or labelled(self._text[at].strip()) is not None


def _shelve(shelf: _Shelf, kind: Kind, run: list[Line]) -> None:
    match kind:
        case "tabs":
            _shelve_rows(shelf, _tabbed(run, shelf.width()), run)
        case "pipes":
            _shelve_rows(shelf, piped_rows(run), run)
        case "text":
            for paragraph in _paragraphs(run):
                _shelve_text(shelf, paragraph)
        case "blank":
            pass


def _shelve_rows(shelf: _Shelf, rows: list[tuple[int, list[str]]], run: list[Line]) -> None:
    width = max((len(cells) for _, cells in rows), default=0)
    if width > _WIDEST:
        raise too_wide(Where(line=next(number for number, cells in rows if len(cells) == width)), _WIDEST)
    if width <= 2 and not (shelf.width() > width and rows and number_of(plain(rows[0][1][0]))):
        for number, cells in rows:
            for cell in filter(None, (cell.strip() for cell in cells)):
                _shelve_text(shelf, [(number, cell)])
        return
    shelf.tables += 1
    width = max(width, shelf.width() if width <= 2 else 0)
    made = tuple(
        Row(
            tuple(plain_cell(cell) for cell in cells) + ("",) * (width - len(cells)),
            _where(number, shelf.tables, count),
        )
        for count, (number, cells) in enumerate(rows, start=1)
    )
    shelf.blocks.append(Table(made, _where(run[0][0], shelf.tables)))


def _where(line: int, table: int, row: int | None = None) -> Where:
    return Where(line=line, table=table, row=row)


def _tabbed(run: list[Line], before: int) -> list[tuple[int, list[str]]]:
    """Return the rows of a run of lines; a row of which a cell held line ends is one row again."""
    width = max([before, *(text.count("\t") + 1 for _, text in run)])
    rows: list[tuple[int, list[str]]] = []
    for number, text in run:
        cells = text.rstrip("\r\n").split("\t")
        if rows and _goes_on(rows[-1][1], cells, width):
            last = rows[-1][1]
            rows[-1] = (rows[-1][0], [*last[:-1], f"{last[-1]} {cells[0]}", *cells[1:]])
        else:
            rows.append((number, cells))
    return rows


def _goes_on(above: list[str], cells: list[str], width: int) -> bool:
    """Say whether `cells` is the rest of the row above, which is too short: its first text bears no number."""
    first = cells[0].strip()
    if not first or len(above) >= width or len(above) + len(cells) - 1 > width:
        return False
    begins_anew = number_of(first) is not None or labelled(plain(first)) is not None
    return (
        not begins_anew
        and (len(above) + len(cells) - 1 == width or len(cells) == 1)
        and number_of(above[0]) is not None
    )


def _paragraphs(run: list[Line]) -> Iterator[list[Line]]:
    """Yield the paragraphs of a run of lines: each item of a list is one, other lines belong together.

    A run that is a whole head, with the number or the date of the document in it, falls into the parts of that.
    """
    is_head = any(_OF_HEAD.match(text.strip()) for number, text in run if number <= _HEAD_LINES)
    held: list[Line] = []
    for line in run:
        if held and (_ITEM.match(line[1]) or _FOOTNOTE.match(line[1]) or (is_head and _parts_head(held[-1], line))):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _parts_head(above: Line, line: Line) -> bool:
    """Say whether two lines are different parts of a document's head: capitals beside none, its number, its date."""
    if line[0] > _HEAD_LINES:
        return False
    said, below = above[1].strip(), line[1].strip()
    return said.isupper() != below.isupper() or any(_OF_HEAD.match(text) for text in (said, below))


def _shelve_text(shelf: _Shelf, lines: list[Line]) -> None:
    at, text = lines[0][0], "\n".join(text for _, text in lines)
    said = plain_but_handwriting(_HEADING.sub("", text, count=1) if _HEADING.match(text) else text)
    if not said or set(said) <= set("-_=*~ "):
        return
    if _FOOTNOTE.match(text):
        shelf.notes.append(Paragraph(said, Where(line=at)))
    else:
        shelf.blocks.append(Paragraph(said, Where(line=at)))


def _rejoined(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, a sentence that a page break cut in two as one paragraph again."""
    held: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            if held:
                yield held
            held = None
            yield block
        elif (
            held
            and block.text[0].islower()
            and len(held.text) > 40
            and not held.text.endswith(_ENDS)
            and not _is_item(block)
        ):
            held = Paragraph(f"{held.text} {block.text}", held.at)
        else:
            if held:
                yield held
            held = block
    if held:
        yield held


def _is_item(paragraph: Paragraph) -> bool:
    return _ITEM.match(paragraph.text) is not None


_MENDED = Wording(
    "Một số ký tự của tệp bị hỏng, được thay bằng dấu �.",
    "Some of the file's characters are damaged; � stands for them.",
)
