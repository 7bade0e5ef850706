"""Workbook: a sheet → the bytes of an Excel file, one worksheet for each table, ready to filter and to print."""

from datetime import date, datetime
from functools import cache
from io import BytesIO
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from rules.plans.exporting.packing import repacked
from rules.plans.exporting.palette import FILLS, FONT, HEADER, TEXT_SIZE, TITLE_SIZE
from rules.plans.exporting.plain import plain
from rules.plans.exporting.sheet import Cell, Grid, Line, Section, Sheet

DAY_FORMAT = "dd/mm/yyyy"
HOUR_FORMAT = "hh:mm dd/mm/yyyy"
_A4 = 9
_EDGE = Side(style="thin")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_LEFT = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="top", horizontal="center")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_FORMULA = ("=", "+", "-", "@", "\t")
"""What a cell begins with that a spreadsheet would work out once someone edits it."""
_LEADING = 1.32
"""How high a line is, in sizes of its letters."""
_TALLEST = 409.0
"""How high a row may be, in points."""
_LETTERS_PER_MM = 0.52
"""How many letters of the text fit on a millimetre."""
_WIDTHS_PER_MM = 0.54
"""Excel measures columns in digits of its own letter."""
_WIDTHS_PER_LETTER = 1.1


def workbook(sheet: Sheet) -> bytes:
    """Return the file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in sheet.grids:
        _Page(book.create_sheet(grid.name), grid).write(sheet)
    book.properties.title, book.properties.creator = plain(sheet.title), "dondoc"
    book.properties.language = sheet.language
    written = BytesIO()
    book.save(written)
    return repacked(written.getvalue(), sheet.on)


class _Page:
    """A worksheet being written, from the top."""

    def __init__(self, page: Worksheet, grid: Grid) -> None:
        self.page, self.grid, self.row = page, grid, 0
        self.width = len(grid.columns)

    def write(self, sheet: Sheet) -> None:
        self._set_up()
        for text, font in self._head(sheet):
            self._across(text, font, _MIDDLE)
        self.row += 1
        header = self._header()
        for row in self.grid.rows:
            self._section(row) if isinstance(row, Section) else self._line(row)
        last = self.row
        self.page.freeze_panes = f"C{header + 1}"
        self.page.auto_filter.ref = f"A{header}:{get_column_letter(self.width)}{last}"
        self.page.print_title_rows = f"{header}:{header}"
        self.row += 1
        for total in self.grid.totals:
            self._across(total, _font(bold=True), _LEFT)

    def _set_up(self) -> None:
        setup, margins = self.page.page_setup, self.page.page_margins
        setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", _A4, 1, 0
        self.page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins.left = margins.right = margins.bottom = 15 / 25.4
        margins.top = 20 / 25.4
        margins.header = 10 / 25.4
        assert self.page.oddHeader is not None
        # The number of the page, in the middle; Nghị định 30/2020/NĐ-CP leaves it out on the first.
        self.page.oddHeader.center.text, self.page.HeaderFooter.differentFirst = "&P", True
        self.page.print_options.horizontalCentered = True
        for number, column in enumerate(self.grid.columns, start=1):
            width = max(column.width * _WIDTHS_PER_MM, self._longest_day(number) * _WIDTHS_PER_LETTER + 1)
            self.page.column_dimensions[get_column_letter(number)].width = width

    def _longest_day(self, number: int) -> int:
        """Return the letters of the longest day in a column: one that does not fit is shown as `###`, and not cut."""
        cells = [row.cells[number - 1] for row in self.grid.rows if isinstance(row, Line)]
        return max((len(_form(cell)) for cell in cells if cell.day), default=0)

    def _head(self, sheet: Sheet) -> list[tuple[str, Font]]:
        title = _font(TITLE_SIZE, bold=True)
        first = [(sheet.kind, title), (sheet.title, title)]
        first += [(self.grid.title, title)] if self.grid.title else []
        return [*first, (sheet.reference, _font(TITLE_SIZE, italic=True)), (sheet.state, _font(TITLE_SIZE))]

    def _across(self, text: str, font: Font, alignment: Alignment) -> None:
        """Write a text over all columns."""
        self.row += 1
        cell = self._cell(1)
        _put(cell, text, alignment)
        cell.font = font
        self.page.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=self.width)
        self._make_room(_lines(text, sum(column.width for column in self.grid.columns)), float(font.size or TEXT_SIZE))

    def _make_room(self, lines: int, size: float = TEXT_SIZE) -> None:
        """Make the row high enough for so many lines; not every program works the height out when it opens a file."""
        self.page.row_dimensions[self.row].height = min(lines * size * _LEADING + 2, _TALLEST)

    def _header(self) -> int:
        self.row += 1
        for number, column in enumerate(self.grid.columns, start=1):
            cell = self._cell(number)
            _put(cell, column.heading, _MIDDLE)
            cell.font, cell.border, cell.fill = _font(bold=True), _BORDER, _fill(HEADER)
        # The arrow of the filter takes the end of the last line.
        self._make_room(1 + max(_lines(column.heading, column.width) for column in self.grid.columns))
        return self.row

    def _section(self, section: Section) -> None:
        self._across(section.text, _font(bold=True, italic=section.level > 0), _LEFT)
        for number in range(1, self.width + 1):
            self.page.cell(self.row, number).border = _BORDER

    def _cell(self, number: int) -> ExcelCell:
        cell = self.page.cell(self.row, number)
        assert isinstance(cell, ExcelCell)
        return cell

    def _line(self, line: Line) -> None:
        self.row += 1
        for number, (column, shown) in enumerate(zip(self.grid.columns, line.cells, strict=True), start=1):
            cell = self._cell(number)
            _fill_in(cell, shown, _CENTRED if column.centred else _LEFT)
        cells = zip(self.grid.columns, line.cells, strict=True)
        self._make_room(max(_lines(shown.text, column.width) for column, shown in cells))


def _fill_in(cell: ExcelCell, shown: Cell, alignment: Alignment) -> None:
    _put(cell, shown.day or (shown.text if shown.number is None else shown.number), alignment)
    if shown.day and shown.before:
        cell.number_format = f'"{shown.before}"{cell.number_format}'
    cell.font, cell.border = _font(), _BORDER
    if shown.tone:
        cell.fill = _fill(FILLS[shown.tone])


def _form(shown: Cell) -> str:
    """Return the form in which the day of a cell is shown, as long as the day."""
    return shown.before + (HOUR_FORMAT if isinstance(shown.day, datetime) else DAY_FORMAT)


def _put(cell: ExcelCell, value: str | int | date, alignment: Alignment) -> None:
    """Write a day as a day, a number as a number and everything else as text, whatever it begins with."""
    if isinstance(value, date):
        cell.value, cell.number_format = value, HOUR_FORMAT if isinstance(value, datetime) else DAY_FORMAT
    elif isinstance(value, int):
        cell.value = value
    elif text := plain(value):
        cell.value = text
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = text.startswith(_FORMULA)
    cell.alignment = alignment


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes on so many millimetres."""
    letters = max(int(width * _LETTERS_PER_MM), 1)
    return sum(1 if len(part) <= letters else len(wrap(part, letters)) for part in text.split("\n"))


@cache
def _font(size: int = TEXT_SIZE, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name=FONT, size=size, bold=bold, italic=italic)


@cache
def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)
