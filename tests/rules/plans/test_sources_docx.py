"""What Word can do to a text: merged, nested, tracked, hidden, noted and boxed."""

from io import BytesIO

import pytest
from docx import Document

from rules.plans.blocks import Block, Pages, Paragraph, Table, Unreadable
from rules.plans.sources.opening import pages
from tests.rules.plans.builders.excel import edited
from tests.rules.plans.builders.word import MACROS, WORD, cell, docx, notes, paragraph, row, run, table


def said(found: Pages) -> list[str | list[list[str]]]:
    return [_said(block) for block in found.blocks]


def _said(block: Block) -> str | list[list[str]]:
    return block.text if isinstance(block, Paragraph) else [list(row.cells) for row in block.rows]


def only_table(*rows: str, **more: str) -> Table:
    (found,) = pages(docx(table(*rows), **more)).blocks
    assert isinstance(found, Table)
    return found


def cells(*rows: str) -> list[list[str]]:
    return [list(row.cells) for row in only_table(*rows).rows]


def first_cell(content: str) -> str:
    return cells(row(cell(content), "b", "c"))[0][0]


def test_paragraphs_and_tables_come_in_the_order_of_the_text() -> None:
    found = pages(docx("KẾ HOẠCH", table(row("1", "2", "3")), "", "Nơi nhận:"))
    assert said(found) == ["KẾ HOẠCH", [["1", "2", "3"]], "Nơi nhận:"]
    assert [str(block.at) for block in found.blocks] == ["line 1", "table 1", "line 3"]


def test_a_document_of_python_docx_is_read() -> None:
    document = Document()
    document.add_paragraph("KẾ HOẠCH")
    made = document.add_table(rows=2, cols=4)
    for n, text in enumerate(["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]):
        made.cell(0, n).text = text
    made.cell(1, 0).merge(made.cell(1, 3)).text = "I. MỤC"
    data = BytesIO()
    document.save(data)
    assert said(pages(data.getvalue())) == [
        "KẾ HOẠCH",
        [["STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["I. MỤC", "", "", ""]],
    ]


def test_a_letterhead_is_text_cell_by_cell() -> None:
    letterhead = table(row(cell(paragraph("UBND TỈNH") + paragraph("Số: 12/KH-UBND")), "CỘNG HÒA"))
    assert said(pages(docx(letterhead))) == ["UBND TỈNH", "Số: 12/KH-UBND", "CỘNG HÒA"]


def test_a_cell_over_several_rows_has_its_text_in_each() -> None:
    found = only_table(
        row(cell("1", down="restart"), "a", cell("Sở A", down="restart")),
        row(cell("", down="continue"), "b", cell("", down="continue")),
        row("2", "c", cell("", down="continue")),
        row("3", "d", "Sở B"),
    )
    assert [row.cells for row in found.rows] == [
        ("1", "a", "Sở A"),
        ("1", "b", "Sở A"),
        ("2", "c", "Sở A"),
        ("3", "d", "Sở B"),
    ]
    assert [set(row.continued) for row in found.rows] == [set(), {0, 2}, {2}, set()]


def test_a_cell_that_goes_on_from_nothing_is_a_cell() -> None:
    assert cells(row(cell("x", down="continue"), "a", "b")) == [["x", "a", "b"]]


def test_cells_merged_sideways_the_old_way_are_one() -> None:
    first, second = cell("A", extra='<w:hMerge w:val="restart"/>'), cell("", extra="<w:hMerge/>")
    (found,) = only_table(row(first, second, "c")).rows
    assert found.cells == ("A", "", "c")
    assert set(found.spanned) == {1}


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    assert cells(row("1", "2", "3"), row("b", "c", properties='<w:gridBefore w:val="1"/>')) == [
        ["1", "2", "3"],
        ["", "b", "c"],
    ]


def test_borders_that_are_not_quite_aligned_make_no_columns() -> None:
    widths = (600, 2000, 60, 1940, 2000)
    rows = (
        row("STT", cell("Nhiệm vụ", span=2), "Chủ trì", "Hạn"),
        row("1", "Một", cell("Sở A", span=2), "2026"),
    )
    (found,) = pages(docx(table(*rows, widths=widths))).blocks
    assert isinstance(found, Table)
    assert [row.cells for row in found.rows] == [("STT", "Nhiệm vụ", "Chủ trì", "Hạn"), ("1", "Một", "Sở A", "2026")]
    assert not any(row.spanned for row in found.rows)


def test_a_narrow_column_with_text_is_a_column() -> None:
    (found,) = pages(docx(table(row("1", "a", "b", "c"), widths=(100, 2000, 2000, 2000)))).blocks
    assert isinstance(found, Table)
    assert found.rows[0].cells == ("1", "a", "b", "c")


def test_a_plan_inside_a_layout_table_is_found_in_its_place() -> None:
    plan = table(row("STT", "Nhiệm vụ", "Hạn"), row("1", "Một", "2026"))
    found = pages(docx(table(row(cell(paragraph("Phụ lục") + plan + paragraph("Hết"))))))
    assert said(found) == ["Phụ lục", [["STT", "Nhiệm vụ", "Hạn"], ["1", "Một", "2026"]], "Hết"]


def test_a_plan_inside_a_wide_table_of_one_row_follows_it() -> None:
    plan = table(row("STT", "Nhiệm vụ", "Hạn"), row("1", "Một", "2026"))
    found = pages(docx(table(row("a", "b", cell(plan + paragraph("Ghi chú"))))))
    assert said(found) == [[["a", "b", "Ghi chú"]], [["STT", "Nhiệm vụ", "Hạn"], ["1", "Một", "2026"]]]


def test_a_small_table_inside_a_cell_is_part_of_its_text() -> None:
    small = table(row("Quý I", "2 xã"), row("Quý II", "3 xã"))
    assert first_cell(paragraph("Lộ trình:") + small) == "Lộ trình:\nQuý I 2 xã\nQuý II 3 xã"


def test_a_cell_keeps_its_lines_and_a_paragraph_does_not() -> None:
    broken = "<w:r><w:t>Trước ngày</w:t><w:br/><w:t>30/6/2026</w:t></w:r>"
    assert first_cell(paragraph(broken) + paragraph("Hằng quý")) == "Trước ngày\n30/6/2026\nHằng quý"
    assert said(pages(docx(paragraph(broken)))) == ["Trước ngày 30/6/2026"]


def test_signs_that_only_place_text_are_not_in_it() -> None:
    signs = "<w:r><w:t>\u200bkhoa\u00ad</w:t><w:softHyphen/><w:t>học</w:t><w:tab/><w:t>5</w:t><w:noBreakHyphen/><w:t>7\u00a0 %</w:t></w:r>"
    assert first_cell(paragraph(signs)) == "khoahọc 5-7 %"


def test_decomposed_letters_are_composed() -> None:
    assert first_cell("Sở Y te\u0302\u0301") == "Sở Y tế"


def test_symbols_and_formulas_are_read() -> None:
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 70</w:t></w:r>'
    assert first_cell(paragraph(symbol)) == "≥ 70"
    assert first_cell(paragraph("<m:oMath><m:r><m:t>≥ 14,5</m:t></m:r></m:oMath>")) == "≥ 14,5"


def test_tracked_changes_are_taken_as_accepted_and_counted() -> None:
    changed = (
        run("Trước ngày ")
        + f'<w:del w:id="1"><w:r><w:delText>30/6/2026</w:delText><w:br/></w:r></w:del><w:ins w:id="2">{run("15/7/2026")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run("đi")}</w:moveFrom><w:moveTo w:id="4">{run(" đến")}</w:moveTo>'
    )
    found = pages(
        docx(table(row(cell(paragraph(changed)), "b", "c"), row("x", "y", "z", properties='<w:del w:id="5"/>')))
    )
    assert said(found) == [[["Trước ngày 15/7/2026 đến", "b", "c"]]]
    (notice,) = found.notices
    assert "2 insertions" in notice.said.en
    assert "3 deletions" in notice.said.en
    assert "2 chỗ thêm" in notice.said.vi


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    ended = paragraph(run("Sở Khoa học "), '<w:rPr><w:del w:id="1"/></w:rPr>')
    assert first_cell(ended + paragraph("và Công nghệ")) == "Sở Khoa học và Công nghệ"


def test_a_deleted_paragraph_end_does_not_reach_into_a_table() -> None:
    ended = paragraph(run("Phụ lục"), '<w:rPr><w:del w:id="1"/></w:rPr>')
    assert said(pages(docx(ended, table(row("1", "2", "3"))))) == ["Phụ lục", [["1", "2", "3"]]]


def test_hidden_text_is_left_out_and_said() -> None:
    found = pages(docx(paragraph(run("Thấy") + run(" ẩn", "<w:vanish/>") + run(" rõ", '<w:vanish w:val="0"/>'))))
    assert said(found) == ["Thấy rõ"]
    assert [notice.said.en for notice in found.notices] == ["1 pieces of hidden text are not read."]


def test_content_controls_links_and_fields_are_read_but_not_prompts_and_codes() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert said(pages(docx(control.format("", paragraph("Có"))))) == ["Có"]
    assert said(pages(docx(control.format("<w:showingPlcHdr/>", paragraph("Bấm vào đây"))))) == []
    inner = run("Sở ") + control.format("", run("Nội vụ")) + control.format("<w:showingPlcHdr/>", run("Chọn"))
    assert first_cell(paragraph(inner)) == "Sở Nội vụ"
    held = (
        control.format("", row("1", "a", "b")) + f"<w:tr>{control.format('', cell('2'))}{cell('c')}{cell('d')}</w:tr>"
    )
    assert said(pages(docx(f"<w:tbl>{held}</w:tbl>"))) == [[["1", "a", "b"], ["2", "c", "d"]]]
    linked = f"<w:hyperlink>{run('Quyết định')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
    assert first_cell(paragraph(linked)) == "Quyết định"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Hộp')}</w:txbxContent>"
    boxed = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    assert said(pages(docx(paragraph(run("Trước") + boxed), "Sau"))) == ["Trước", "Hộp", "Sau"]
    assert first_cell(paragraph(run("Ô") + boxed)) == "Ô\nHộp"


def test_notes_are_beside_the_text_with_their_place() -> None:
    noted = run("Sở A") + '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r>'
    found = pages(
        docx(
            table(row("1", cell(paragraph(noted)), "c")),
            footnotes=notes("footnote", {0: "", 2: "Tờ trình số 115", 3: "không ai nhắc"}),
            comments=notes("comment", {0: "Hỏi lại"}),
        )
    )
    assert said(found) == [[["1", "Sở A", "c"]]]
    assert [(note.text, str(note.at)) for note in found.notes] == [
        ("Tờ trình số 115", "table 1, row 1"),
        ("Hỏi lại", "table 1, row 1"),
    ]


def test_raised_figures_stay_raised() -> None:
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    assert first_cell(paragraph(run("Trước ngày 15/5/2026") + raised)) == "Trước ngày 15/5/2026²"
    assert first_cell(paragraph(run("100 m") + raised)) == "100 m²"


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_struck_text_is_not_read_and_asked_about_at_its_cell(mark: str) -> None:
    dates = run("30/6", mark) + run("/2026 ", mark) + run("30/9/2026")
    (found,) = only_table(row("1", cell(paragraph(dates)), "c")).rows
    assert found.cells == ("1", "30/9/2026", "c")
    [asked] = found.of_cells
    assert (asked.column, asked.said.en) == (1, "Text that is struck through is not read: «30/6/2026».")


def test_text_that_is_not_struck_after_all_is_read() -> None:
    assert first_cell(paragraph(run("Tháng 4", '<w:strike w:val="0"/>'))) == "Tháng 4"


def test_a_struck_row_and_a_struck_paragraph_are_named_with_their_place() -> None:
    def struck(text: str) -> str:
        return paragraph(run(text, "<w:strike/>"))

    found = pages(
        docx(struck("Bỏ"), table(row("1", cell(struck("Việc")), cell(struck("Tháng 4"))), row("2", "a", "b")))
    )
    assert [(str(notice.at), notice.said.en.partition(": ")[2]) for notice in found.notices] == [
        ("line 1", "«Bỏ»."),
        ("table 1, row 1", "«Việc»."),
        ("table 1, row 1", "«Tháng 4»."),
    ]


def test_a_table_in_a_cell_that_becomes_its_text_is_asked_about() -> None:
    inner = table(row("a)", "Khảo sát", "Tháng 4"))
    (found,) = only_table(row("1", cell(paragraph("Rà soát") + inner), "c")).rows
    assert found.cells[1] == "Rà soát\na) Khảo sát Tháng 4"
    assert ["The cell holds a table" in one.said.en for one in found.of_cells] == [True]


def test_pages_are_known_where_word_left_them() -> None:
    broken = "<w:r><w:lastRenderedPageBreak/></w:r>"
    found = pages(
        docx(
            "Một",
            table(row("1", "a", "b"), row("2", cell(paragraph(run("c") + broken + run("d"))), "e"), row("3", "f", "g")),
            paragraph(broken + run("Ba")),
        )
    )
    assert [str(block.at) for block in found.blocks] == ["page 1, line 1", "page 1, table 1", "page 3, line 2"]
    assert isinstance(found.blocks[1], Table)
    assert [row.at.page for row in found.blocks[1].rows] == [1, 1, 2]


def test_macros_are_left_alone_and_said() -> None:
    found = pages(docx("Chữ", main_type=MACROS))
    assert said(found) == ["Chữ"]
    assert ["macro" in notice.said.vi for notice in found.notices] == [True]


def test_the_strict_form_of_the_format_is_read() -> None:
    strict = edited(docx("Chữ"), "word/document.xml", WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert said(pages(strict)) == ["Chữ"]


def test_a_table_of_more_columns_than_any_plan_has_is_refused() -> None:
    with pytest.raises(Unreadable, match="table 1 has more than 200 columns"):
        pages(docx(table(row(*(cell("x", span=20) for _ in range(11))))))


def test_ten_thousand_rows_are_one_table() -> None:
    found = only_table(*(row(str(n), "Nhiệm vụ", "Sở A", "2026") for n in range(10_000)))
    assert len(found.rows) == 10_000
    assert found.rows[-1].cells == ("9999", "Nhiệm vụ", "Sở A", "2026")
