"""PDF: ruled tables by their lines, page by page, and the text between them as paragraphs.

A table that goes on over several pages is one table per page. A PDF that holds only images, a scan, is refused.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.table import Table as Ruled
from pdfplumber.utils.exceptions import PdfminerException

from rules.plans.blocks import Block, Notice, Pages, Paragraph, Table, Where
from rules.plans.sources import grid
from rules.plans.sources.characters import one_line
from rules.plans.sources.edges import open_ends
from rules.plans.sources.lines import Line, joined, lines, paragraphs
from rules.plans.sources.printed import Printed, printed_blocks, printed_lines
from rules.plans.sources.progress import Progress, unseen
from rules.plans.sources.refusals import damage_refused, locked, refusal, too_large
from rules.plans.sources.streams import drawing, refuse_bombs, refuse_drawings
from rules.wording import Wording

_MOST_PAGES = 500
_MOST_EDGES = 8_000
_MOST_CROSSINGS = 15_000
"""Places of a page where lines could cross: those upright times those across, each line a few points from others."""
_MOST_CROSSINGS_IN_ALL = 500_000
_MOST_CHARACTERS = 100_000
_SCAN_CHARACTERS = 200
_SAME_BORDER = 3
_FEWEST_COLUMNS = 3
"""Tables with fewer are layout, such as the letterhead."""


def pdf_pages(data: bytes, progress: Progress = unseen) -> Pages:
    """Return what a PDF holds. Raises Unreadable for a scan, and for one that is locked, broken or too large."""
    refuse_bombs(data)
    reader = _Reader()
    blocks: list[Block] = []
    scanned: list[int] = []
    with damage_refused("PDF"), _opened(data) as document:
        total = len(document.pages)
        if total > _MOST_PAGES:
            raise too_large(f"{total} trang, nhiều hơn {_MOST_PAGES}", f"{total} pages, more than {_MOST_PAGES}")
        for number, page in enumerate(document.pages, start=1):
            refuse_drawings((stream_value(each).get_data() for each in page.page_obj.contents), number)
            if _is_scan(page):
                scanned.append(number)
            blocks += reader.blocks(page, number)
            page.close()
            progress(number, total)
    if len(scanned) == total or not blocks:
        raise _SCAN
    return Pages(
        reader.without_rules() or tuple(blocks), tuple(Notice(_SCANNED_PAGE, Where(page=number)) for number in scanned)
    )


def _opened(data: bytes) -> PDF:
    try:
        return pdfplumber.open(BytesIO(data), unicode_norm="NFC")
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise locked("PDF") from error
        raise


def _is_scan(page: Page) -> bool:
    """Say whether a page is one large image: hardly any text, such as that of a signature stamp, stands on it."""
    half = page.width * page.height / 2
    images = ((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return len(page.chars) < _SCAN_CHARACTERS and any(size > half for size in images)


class _Reader:
    """Reads one page after another, counting the tables."""

    def __init__(self) -> None:
        self._tables = 0
        self._borders: list[float] = []
        self._printed: list[Printed] = []
        self._crossings = 0

    def without_rules(self) -> tuple[Block, ...] | None:
        """Return what the PDF holds where it has a table, yet none that is ruled, else None."""
        return None if self._tables else printed_blocks(self._printed)

    def blocks(self, page: Page, number: int) -> Iterator[Block]:
        """Yield the paragraphs and tables of a page from top to bottom."""
        crossings = _crossings(page)
        self._crossings += crossings
        is_drawing = len(page.edges) > _MOST_EDGES or crossings > _MOST_CROSSINGS
        if is_drawing or self._crossings > _MOST_CROSSINGS_IN_ALL or len(page.chars) > _MOST_CHARACTERS:
            raise drawing(number)
        found = [(table, self._columns(table)) for table in _ruled(page)]
        ruled = [(table, borders) for table, borders in found if len(borders) > _FEWEST_COLUMNS]
        outside = page.filter(lambda thing: not any(_is_in(thing, table.bbox) for table, _ in ruled))
        free = _without_page_number(lines(outside.extract_words()))
        for table, borders in ruled:
            above = [line for line in free if line.top < table.bbox[1]]
            free = free[len(above) :]
            yield from _paragraphs(above, number)
            self._tables += 1
            self._borders = borders
            yield _table(table, borders, Where(page=number, table=self._tables))
        yield from _paragraphs(free, number)
        if not self._tables:
            self._printed += printed_lines(outside.extract_words(use_text_flow=True), number)

    def _columns(self, table: Ruled) -> list[float]:
        """Return the borders of a table's columns: those of the table before, when all of its own are among them.

        What is left of a table on its last page may be a single row whose cells span columns.
        """
        own = sorted({cell[0] for cell in table.cells} | {table.bbox[2]})
        goes_on = all(any(abs(border - other) < _SAME_BORDER for other in self._borders) for border in own)
        return self._borders if goes_on else own


def _crossings(page: Page) -> int:
    """Return in how many places lines of a page could cross."""
    upright = {round(edge["x0"] / _SAME_BORDER) for edge in page.edges if edge["orientation"] == "v"}
    across = {round(edge["top"] / _SAME_BORDER) for edge in page.edges if edge["orientation"] == "h"}
    return len(upright) * len(across)


def _ruled(page: Page) -> list[Ruled]:
    """Return the ruled tables of a page from top to bottom, the rows that the page cut without a line among them."""
    finder = page.debug_tablefinder()
    if ends := open_ends(finder.edges):
        finder = page.debug_tablefinder({"explicit_horizontal_lines": ends})
    return sorted(finder.tables, key=lambda table: table.bbox[1])


def _is_in(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Say whether the middle of a character or line is inside `box`."""
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _without_page_number(found: list[Line]) -> list[Line]:
    """Return the lines without a number that stands alone at the head or foot of the page."""
    first = 1 if found and found[0].text.isdigit() else 0
    last = len(found) - 1 if len(found) > first and found[-1].text.isdigit() else len(found)
    return found[first:last]


def _paragraphs(found: list[Line], number: int) -> Iterator[Paragraph]:
    for text in paragraphs(found):
        if said := one_line(text):
            yield Paragraph(said, Where(page=number))


def _table(ruled: Ruled, borders: list[float], at: Where) -> Table:
    """Return a ruled table; a cell spans the rows and columns whose borders lie inside it."""
    tops = sorted({cell[1] for cell in ruled.cells})
    placed = []
    for row, texts in zip(ruled.rows, ruled.extract(), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if cell is None:
                continue
            left, top, right, bottom = cell
            column = sum(border < left - _SAME_BORDER for border in borders)
            width = sum(left - _SAME_BORDER <= border < right - _SAME_BORDER for border in borders)
            height = sum(top <= other < bottom for other in tops)
            placed.append(grid.Placed(tops.index(top), column, joined(text or ""), width, height))
    return grid.table(placed, [at._replace(row=n) for n in range(1, len(tops) + 1)], at)


_SCAN = refusal(
    "PDF chỉ có ảnh (bản scan), không có lớp chữ: hãy dùng bản .docx, hoặc nhận dạng chữ (OCR) rồi kiểm tra lại",
    "the PDF holds only images (a scan) and no text: use the .docx, or recognise its text (OCR) and proofread it",
)
_SCANNED_PAGE = Wording(
    "Trang chỉ có ảnh (bản scan), không đọc được chữ.", "The page is an image (a scan): its text is not read."
)
