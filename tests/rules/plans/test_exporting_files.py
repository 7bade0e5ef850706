"""The files of a sheet, opened again: what a cell holds, how it prints, and that nothing in it runs."""

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from rules.plans.exporting.palette import FILLS
from rules.plans.exporting.plain import LONGEST, plain
from rules.plans.exporting.sheet import Cell, Column, Grid, Line, Section, Sheet
from rules.plans.exporting.word import word
from rules.plans.exporting.workbook import workbook
from rules.status import Timeliness

COLUMNS = (
    Column("TT", 14, centred=True),
    Column("Nhiệm vụ", 60),
    Column("Ngày đến hạn", 23),
    Column("Tình trạng thời hạn", 17),
)
LATE = Line(
    (Cell("A.1"), Cell("Báo cáo\nquý I"), Cell("31/3/2026", date(2026, 3, 31)), Cell("Quá hạn", tone=Timeliness.LATE))
)
HEADER_ROW = 6
ANY_TEXT = st.text(st.characters(codec="utf-8", categories=None))


def sheet(
    *rows: Section | Line, totals: tuple[str, ...] = ("Tổng số: 1 nhiệm vụ",), grids: tuple[Grid, ...] = ()
) -> Sheet:
    grid = Grid("Nhiệm vụ", "", COLUMNS, rows or (Section("I. Thể chế"), LATE), totals)
    return Sheet(
        date(2026, 4, 2), "BẢN THEO DÕI", "Chương trình", "(kèm theo)", "Bản theo dõi ngày 02/4/2026", (grid, *grids)
    )


def line(text: str) -> Line:
    return Line((Cell("1"), Cell(text), Cell(), Cell()))


def page_of(of: Sheet) -> Worksheet:
    page = load_workbook(BytesIO(workbook(of))).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def cell_at(page: Worksheet, row: int, column: int) -> ExcelCell:
    cell = page.cell(row, column)
    assert isinstance(cell, ExcelCell)
    return cell


def texts_of(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


@pytest.mark.parametrize("write", [workbook, word])
def test_the_same_sheet_gives_the_same_bytes_without_the_hour_of_their_making(write: Any) -> None:
    data = write(sheet())
    assert data == write(sheet())
    with ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-04-02T00:00:00Z") == 2


# --- Excel -------------------------------------------------------------------------------------------------------


def test_a_day_is_a_day_and_a_number_is_text() -> None:
    page = page_of(sheet())
    assert [page.cell(HEADER_ROW, column).value for column in range(1, 5)] == [
        "TT",
        "Nhiệm vụ",
        "Ngày đến hạn",
        "Tình trạng thời hạn",
    ]
    number, title, due = (cell_at(page, HEADER_ROW + 2, column) for column in (1, 2, 3))
    assert (number.value, number.data_type) == ("A.1", "s")
    assert (title.value, title.alignment.wrap_text) == ("Báo cáo\nquý I", True)
    assert (due.value, due.number_format) == (datetime(2026, 3, 31), "dd/mm/yyyy")


def test_a_number_like_text_keeps_its_last_zero() -> None:
    page = page_of(sheet(Line((Cell("1.10"), Cell("Việc"), Cell(), Cell()))))
    assert (page.cell(HEADER_ROW + 1, 1).value, page.cell(HEADER_ROW + 1, 1).data_type) == ("1.10", "s")


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x.example","y")', "+84 123", "-1", "@SUM(A1)", "\t=1"])
def test_nothing_in_a_workbook_is_a_formula(text: str) -> None:
    cell = cell_at(page_of(sheet(line(text))), HEADER_ROW + 1, 2)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_workbook_can_be_filtered_and_printed() -> None:
    page = page_of(sheet())
    assert page.freeze_panes == "C7"
    assert page.auto_filter.ref == "A6:D8"
    assert page.print_title_rows == "$6:$6"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert "A7:D7" in {str(merged) for merged in page.merged_cells.ranges}
    assert isinstance(page.cell(7, 2), MergedCell)
    assert page.cell(10, 1).value == "Tổng số: 1 nhiệm vụ"


def test_lateness_is_coloured_beside_its_words_in_the_letter_of_offices() -> None:
    cell = cell_at(page_of(sheet()), HEADER_ROW + 2, 4)
    assert cell.value == "Quá hạn"
    assert cell.fill.start_color.rgb == f"00{FILLS[Timeliness.LATE]}"
    assert (cell.font.name, cell.font.size) == ("Times New Roman", 12)


def test_every_state_has_a_colour_of_its_own() -> None:
    assert set(FILLS) == set(Timeliness)
    assert len(set(FILLS.values())) == len(FILLS)


def test_a_row_is_high_enough_for_its_longest_cell_and_no_higher_than_excel_allows() -> None:
    page = page_of(sheet(line("Việc"), line("Việc " * 60), line("Việc " * 6_000)))
    heights = [float(page.row_dimensions[HEADER_ROW + number].height or 0) for number in (1, 2, 3)]
    assert heights[0] < heights[1] / 5 < heights[2] / 5
    assert heights[2] == 409


def test_indicators_are_on_a_second_worksheet() -> None:
    more = Grid("Chỉ tiêu", "CÁC CHỈ TIÊU", COLUMNS, (LATE,))
    assert load_workbook(BytesIO(workbook(sheet(grids=(more,))))).sheetnames == ["Nhiệm vụ", "Chỉ tiêu"]


# --- Word --------------------------------------------------------------------------------------------------------


def test_a_text_document_lies_across_with_a_header_row_on_each_page() -> None:
    document = Document(BytesIO(word(sheet())))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    rows = document.tables[0].rows
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "BẢN THEO DÕI", "Chương trình", "(kèm theo)", "Bản theo dõi ngày 02/4/2026", "Tổng số: 1 nhiệm vụ",
    ]  # fmt: skip


def test_a_heading_is_one_cell_over_all_columns() -> None:
    document = Document(BytesIO(word(sheet())))
    assert texts_of(document)[1:] == [["I. Thể chế"] * 4, ["A.1", "Báo cáo\nquý I", "31/3/2026", "Quá hạn"]]
    assert len(document.tables[0].rows[1]._tr.tc_lst) == 1


def test_the_widths_of_a_table_fill_the_page() -> None:
    table = Document(BytesIO(word(sheet()))).tables[0]
    widths = [column.width for column in table.columns]
    assert None not in widths
    assert sum(width.mm for width in widths if width) == pytest.approx(267, abs=1)


def test_a_text_document_has_the_letter_of_offices_and_colours_lateness() -> None:
    document = Document(BytesIO(word(sheet())))
    assert document.styles["Normal"].font.name == "Times New Roman"
    shade = document.tables[0].rows[2].cells[3]._tc.find(f".//{qn('w:shd')}")
    assert shade is not None
    assert shade.get(qn("w:fill")) == FILLS[Timeliness.LATE]


def test_indicators_are_in_a_second_table_under_their_title() -> None:
    document = Document(BytesIO(word(sheet(grids=(Grid("Chỉ tiêu", "CÁC CHỈ TIÊU", COLUMNS, (LATE,)),)))))
    assert len(document.tables) == 2
    assert [paragraph.text for paragraph in document.paragraphs[-2:]] == ["CÁC CHỈ TIÊU", ""]


def test_a_page_has_its_number_in_the_middle_except_the_first() -> None:
    section = Document(BytesIO(word(sheet()))).sections[0]
    [paragraph] = section.header.paragraphs
    assert [child.tag for child in paragraph._p] == [qn("w:pPr"), qn("w:fldSimple")]
    assert section.different_first_page_header_footer


# --- any text ----------------------------------------------------------------------------------------------------


@given(ANY_TEXT)
@settings(max_examples=40)
def test_any_text_can_be_written_and_comes_back(text: str) -> None:
    of = sheet(line(text))
    wanted = plain(text)
    shown = page_of(of).cell(HEADER_ROW + 1, 2).value
    assert (shown or "") == wanted
    assert texts_of(Document(BytesIO(word(of))))[1][1] == wanted


def test_what_no_file_can_hold_is_left_out() -> None:
    assert plain("a\x00b\x0bc\ud800d￾e\x85f") == "abcdef"
    assert plain("x" * (LONGEST + 5)) == "x" * (LONGEST - 1) + "…"


def test_a_column_is_wide_enough_for_its_longest_day() -> None:
    """A day that does not fit is shown as `###`."""
    columns = (Column("TT", 10, centred=True), *(Column(name, 22, centred=True) for name in "ABC"))
    days = (
        Cell("1"),
        Cell(day=date(2026, 8, 28)),
        Cell(day=datetime(2026, 8, 28, 17, 30)),
        Cell(day=date(2026, 8, 28), before="trước "),
    )
    grid = Grid("N", "", columns, (Section("I"), Line(days), Line((Cell("2"),) * 4)))
    sheet = Sheet(on=date(2026, 8, 1), kind="", title="", reference="", state="", grids=(grid,), language="vi")
    page = load_workbook(BytesIO(workbook(sheet))).worksheets[0]
    widths = [page.column_dimensions[letter].width for letter in "BCD"]
    assert all(width > needed for width, needed in zip(widths, (11, 17, 17), strict=True)), widths
