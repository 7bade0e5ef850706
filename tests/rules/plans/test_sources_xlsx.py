"""What Excel can do to a plan: merges, hidden parts, formulas, dates and numbers as they are shown."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from rules.plans.blocks import Pages, Paragraph, Table
from rules.plans.sources.opening import pages
from rules.plans.sources.values import is_month_first, shown
from tests.rules.plans.builders.excel import edited, plan_xlsx, shared, xlsx
from tests.rules.plans.builders.layout import PLAN

HEADER = ["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]
SHEET = "xl/worksheets/sheet1.xml"


def said(found: Pages) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, Paragraph) else [list(row.cells) for row in block.rows]
        for block in found.blocks
    ]


def notices(found: Pages) -> list[str]:
    return [notice.said.en for notice in found.notices]


def made(rows: list[list[Any]], then: Callable[[Worksheet], object] | None = None) -> Pages:
    return pages(xlsx(("Phụ lục", rows), then=then))


def only_table(found: Pages) -> Table:
    (table,) = (block for block in found.blocks if isinstance(block, Table))
    return table


def test_lines_above_and_below_the_table_are_text() -> None:
    found = made(
        [
            ["UBND TỈNH", None, "CỘNG HÒA"],
            [],
            ["KẾ HOẠCH"],
            HEADER,
            [1, "Một", "Sở A", "2026"],
            ["II", "HẠ TẦNG"],
            [],
            ["Nơi nhận:"],
        ]
    )
    assert said(found) == [
        "UBND TỈNH",
        "CỘNG HÒA",
        "KẾ HOẠCH",
        [HEADER, ["1", "Một", "Sở A", "2026"], ["II", "HẠ TẦNG", "", ""]],
        "Nơi nhận:",
    ]
    assert str(found.blocks[2].at) == "sheet Phụ lục, row 3"


def test_every_sheet_is_a_table_of_its_own() -> None:
    found = pages(xlsx(("Một", [HEADER]), ("Hai", [HEADER, ["1", "a", "b", "c"]]), ("Trống", [])))
    assert [str(block.at) for block in found.blocks] == ["sheet Một", "sheet Hai"]


def test_empty_rows_and_columns_are_left_out() -> None:
    found = made([[], [None, "STT", None, "Nhiệm vụ", "Hạn"], [], [None, 1, None, "Một", "2026"]])
    assert said(found) == [[["STT", "Nhiệm vụ", "Hạn"], ["1", "Một", "2026"]]]
    assert [row.at.row for row in only_table(found).rows] == [2, 4]


def test_a_merged_cell_has_its_text_in_every_row() -> None:
    table = only_table(
        made([HEADER, [1, "a", "Sở A", "x"], [2, "b", None, "y"]], lambda sheet: sheet.merge_cells("C2:C3"))
    )
    assert [row.cells[2] for row in table.rows] == ["Chủ trì", "Sở A", "Sở A"]
    assert [set(row.continued) for row in table.rows] == [set(), set(), {2}]


def test_hidden_parts_are_left_out_and_named() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    found = made([["STT", "Mã", "Nhiệm vụ", "Hạn"], [1, "x", "a", "b"], [2, "y", "c", "d"]], hide)
    assert said(found) == [[["STT", "Nhiệm vụ", "Hạn"], ["1", "a", "b"]]]
    assert notices(found) == ["Hidden rows are not read: 3.", "Hidden columns are not read: B."]


def test_a_hidden_sheet_is_named() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "veryHidden"

    found = pages(xlsx(("Nháp", [HEADER]), ("Phụ lục", [HEADER]), then=hide))
    assert [str(block.at) for block in found.blocks] == ["sheet Phụ lục"]
    assert notices(found) == ["The hidden sheet «Nháp» is not read."]


def test_a_merged_cell_that_begins_in_a_hidden_column_is_still_read() -> None:
    def arrange(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:D2")
        sheet.column_dimensions["C"].hidden = True

    found = made([["STT", "Nhiệm vụ", "Mã", "Chủ trì", "Hạn"], [1, "a", "Sở A", None, "x"]], arrange)
    assert said(found) == [[["STT", "Nhiệm vụ", "Chủ trì", "Hạn"], ["1", "a", "Sở A", "x"]]]


def test_a_merged_cell_that_begins_in_a_hidden_row_is_still_read() -> None:
    def arrange(sheet: Worksheet) -> None:
        sheet.merge_cells("C2:C3")
        sheet.row_dimensions[2].hidden = True

    assert said(made([HEADER, [1, "a", "Sở A", "x"], [2, "b", None, "y"]], arrange)) == [
        [HEADER, ["2", "b", "Sở A", "y"]]
    ]


def test_a_formula_is_its_saved_value_and_an_empty_one_is_named() -> None:
    data = xlsx(("Phụ lục", [HEADER, ["=1+1", "a", '=HYPERLINK("http://x","Sở A")', "x"]]))
    found = pages(data)
    assert said(found) == [[HEADER, ["", "a", "", "x"]]]
    assert "their cells count as empty: A2, C2." in notices(found)[0]
    saved = edited(data, SHEET, "<f>1+1</f>", "<f>1+1</f><v>2</v>")
    assert said(pages(saved)) == [[HEADER, ["2", "a", "", "x"]]]


def test_texts_kept_apart_from_the_sheet_are_read() -> None:
    assert "sharedStrings" in str(shared(plan_xlsx(PLAN)))
    assert said(pages(shared(plan_xlsx(PLAN)))) == said(pages(plan_xlsx(PLAN)))


def test_text_that_looks_like_a_formula_is_text() -> None:
    texts = ["=cmd|'/c calc'!A0", "+84", "-5", "@SUM(A1)"]

    def as_text(sheet: Worksheet) -> None:
        for cell in sheet[2]:
            cell.data_type = "s"

    assert said(made([HEADER, texts], as_text)) == [[HEADER, texts]]


def test_cells_keep_their_lines() -> None:
    assert said(made([HEADER, [1, "a\nb", "c", " x  y "]])) == [[HEADER, ["1", "a\nb", "c", "x y"]]]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        (1, "General", "1"),
        (1.0, "General", "1"),
        (14.5, "General", "14,5"),
        (0.1 + 0.2, "General", "0,3"),
        (1e-7, "General", "0,0000001"),
        (1, "00", "01"),
        (2.0, "0.0", "2,0"),
        (2.25, "0.0", "2,3"),
        (2.5, "0.##", "2,5"),
        (-3.5, "0.0;[Red]-0.0", "-3,5"),
        (1500000, "#,##0", "1.500.000"),
        (1234.5, "#,##0.00", "1.234,50"),
        (0.7, "0%", "70%"),
        (0.145, "0.0%", "14,5%"),
        (70, '0" %"', "70"),
        (True, "General", "TRUE"),
        ("#REF!", "General", "#REF!"),
        (dt.datetime(2026, 6, 30), "mm-dd-yy", "30/06/2026"),
        (dt.datetime(2026, 6, 30), "dd/mm/yyyy", "30/06/2026"),
        (dt.datetime(2026, 6, 30), "yyyy\\-mm\\-dd", "30/06/2026"),
        (dt.datetime(2026, 6, 1), "mmm-yy", "06/2026"),
        (dt.datetime(2026, 6, 1), "m/yyyy", "6/2026"),
        (dt.datetime(2026, 6, 1), "mm/yyyy", "06/2026"),
        (dt.datetime(2026, 6, 15), "d-mmm", "15/06"),
        (dt.datetime(2026, 1, 1), "yyyy", "2026"),
        (dt.datetime(2026, 6, 30, 17, 0), "dd/mm/yyyy h:mm", "17:00 30/06/2026"),
        (dt.datetime(2026, 6, 30, 17, 0), "dd/mm/yyyy", "30/06/2026"),
        (dt.datetime(2026, 6, 30), '"ngày" dd "tháng" mm "năm" yyyy', "ngày 30 tháng 06 năm 2026"),
        (dt.datetime(2026, 6, 30), '"Trước ngày "dd/mm/yyyy', "Trước ngày 30/06/2026"),
        (dt.datetime(2026, 6, 30), '"Trước ngày "mm/dd/yyyy', "Trước ngày 30/06/2026"),
        (dt.datetime(2026, 6, 1), '"Tháng "m', "Tháng 6"),
        (dt.datetime(2026, 6, 30), '"Trong ngày "dd/mm', "Trong ngày 30/06"),
        (dt.datetime(2026, 6, 30), 'dd/mm/yyyy" (dự kiến)";@', "30/06/2026 (dự kiến)"),
        (2, '"Quý "0', "Quý 2"),
        (2, '"Quý "General', "Quý 2"),
        (dt.date(2026, 6, 30), "General", "30/06/2026"),
        (dt.time(9, 5), "h:mm", "09:05"),
        (dt.timedelta(hours=26, minutes=30), "[h]:mm", "26:30"),
    ],
)
def test_values_are_written_as_the_cell_shows_them(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_dates_of_cells_are_dates_whatever_their_format() -> None:
    def form(sheet: Worksheet) -> None:
        sheet["D2"].number_format = "mmm-yy"

    assert said(made([HEADER, [1, "a", dt.datetime(2026, 3, 5), dt.datetime(2026, 6, 1)]], form)) == [
        [HEADER, ["1", "a", "05/03/2026", "06/2026"]]
    ]


def test_a_date_shown_month_first_is_named() -> None:
    def form(sheet: Worksheet) -> None:
        sheet["D2"].number_format = "mm/dd/yyyy"

    found = made([HEADER, [1, "a", "b", dt.datetime(2026, 6, 5)]], form)
    assert notices(found) == ["Dates are shown month first, compare them: D2."]
    assert not is_month_first(dt.datetime(2026, 6, 30), "mm/dd/yyyy")
    assert not is_month_first(dt.datetime(2026, 6, 5), "dd/mm/yyyy")
    assert not is_month_first(dt.datetime(2026, 6, 5), "mm-dd-yy")


def test_struck_text_is_not_read_and_asked_about_at_its_cell() -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["D2"].font = Font(strike=True)
        for column in "ABCD":
            sheet[f"{column}3"].font = Font(strike=True)

    found = made([HEADER, [1, "a", "b", "30/6/2026"], [2, "c", "d", "Tháng 4"], [3, "e", "f", "Tháng 5"]], strike)
    table = only_table(found)
    assert [row.cells for row in table.rows[1:]] == [("1", "a", "b", ""), ("3", "e", "f", "Tháng 5")]
    assert [(one.column, one.said.en) for one in table.rows[1].of_cells] == [
        (3, "Text that is struck through is not read: «30/6/2026».")
    ]
    assert [str(notice.at) for notice in found.notices] == ["sheet Phụ lục, row 3"] * 4


def test_parts_of_a_cell_that_are_struck_or_raised_are_told_from_the_others() -> None:
    data = shared(xlsx(("Phụ lục", [HEADER, [1, "a", "b", "X 30/9/2026"], [2, "c", "d", "15/5/2026 Y"]])))
    part = "xl/sharedStrings.xml"
    struck = "<r><rPr><strike/></rPr><t>30/6/2026</t></r>"
    data = edited(data, part, "<r><t>X</t></r>", struck)
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    data = edited(data, part, '<r><t xml:space="preserve"> Y</t></r>', raised)
    first, second = only_table(pages(data)).rows[1:]
    assert (first.cells[3], second.cells[3]) == ("30/9/2026", "15/5/2026¹")
    assert [one.said.en for one in first.of_cells] == ["Text that is struck through is not read: «30/6/2026»."]


def test_remarks_beside_cells_are_notes_with_their_place() -> None:
    def remark(sheet: Worksheet) -> None:
        sheet["D2"].comment = Comment("Đề nghị lùi đến 30/9/2026", "LĐ")

    found = made([HEADER, [1, "a", "b", "30/6/2026"]], remark)
    assert [(note.text, str(note.at)) for note in found.notes] == [
        ("Đề nghị lùi đến 30/9/2026", "sheet Phụ lục, row 2")
    ]


def test_rows_far_below_with_only_a_format_cost_nothing() -> None:
    far = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(1_000_000, 1_000_500))
    data = xlsx(("Phụ lục", [HEADER, [1, "a", "b", "c"]]))
    seen: list[tuple[int, int]] = []
    found = pages(edited(data, SHEET, "</sheetData>", f"{far}</sheetData>"), "", lambda *at: seen.append(at))
    assert said(found) == [[HEADER, ["1", "a", "b", "c"]]]
    assert seen == [(2, 2)]


def test_merges_without_end_stay_within_the_table() -> None:
    data = xlsx(("Phụ lục", [HEADER, [1, "a", "b", "c"]]), then=lambda sheet: sheet.merge_cells("A9:B9"))
    found = pages(edited(data, SHEET, 'ref="A9:B9"', 'ref="C2:XFD1048576"'))
    assert only_table(found).rows[1].cells == ("1", "a", "b", "")
    overlapping = "".join(f'<mergeCell ref="A{n}:D1000"/>' for n in range(2, 900))
    rows: list[list[Any]] = [HEADER, *([n, "a", "b", "c"] for n in range(999))]
    data = xlsx(("Phụ lục", rows), then=lambda sheet: sheet.merge_cells("A1:B1"))
    assert len(only_table(pages(edited(data, SHEET, "</mergeCells>", f"{overlapping}</mergeCells>"))).rows) == 1000


def test_columns_beyond_any_plan_are_left_out_and_said() -> None:
    found = made([HEADER, [1, "a", "b", "c", *[None] * 300, "lạc"]])
    assert said(found) == [[HEADER, ["1", "a", "b", "c"]]]
    assert notices(found) == ["Columns after GR are not read."]


@pytest.mark.slow
def test_ten_thousand_rows_are_one_table() -> None:
    found = made([HEADER, *([n, "Nhiệm vụ", "Sở A", dt.datetime(2026, 6, 30)] for n in range(1, 10_001))])
    assert len(only_table(found).rows) == 10_001
    assert only_table(found).rows[-1].cells == ("10000", "Nhiệm vụ", "Sở A", "30/06/2026")
