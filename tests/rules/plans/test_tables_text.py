"""Text and Markdown become blocks: rows of tabs and pipes, paragraphs, in whatever character set."""

import pytest

from rules.plans.blocks import Block, Paragraph, Table, Unreadable
from rules.plans.sources.inline import plain
from rules.plans.sources.text import text_pages
from tests.rules.plans.tabled import tabs

PLAN = tabs("Kế hoạch năm 2026\n\nSTT ¦ Nhiệm vụ ¦ Thời hạn\n1 ¦ Ủy quyền phê duyệt ¦ 30/6/2026\n")


def blocks(text: str) -> list[Block]:
    return list(text_pages(text.encode()).blocks)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_reads_the_same_in_every_form_of_unicode(charset: str) -> None:
    assert text_pages(PLAN.encode(charset)).blocks == text_pages(PLAN.encode()).blocks


def test_windows_1258_is_read_and_composed() -> None:
    bytes_ = "Kê´ hoa\u0323ch số: thời ha\u0323n trước ngày".replace("ê´", "ê\u0301").replace("ố", "ô\u0301")
    bytes_ = bytes_.replace("ờ", "ơ\u0300").replace("ướ", "ươ\u0301")
    (paragraph,) = text_pages(bytes_.encode("cp1258")).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "Kế hoạch số: thời hạn trước ngày"


def test_an_old_font_is_named() -> None:
    with pytest.raises(Unreadable, match="TCVN3"):
        text_pages("KÕ ho¹ch triÓn khai nhiÖm vô träng t©m".encode("cp1252"))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Unreadable, match="not text"):
        text_pages(bytes(range(256)) * 4)


def test_a_damaged_letter_is_shown_and_told() -> None:
    found = text_pages("Kế hoạch triển khai nhiệm vụ trọng tâm ".encode() * 4 + b"\xc3(")
    assert "�" in str(found.blocks)
    assert len(found.notices) == 1


def test_every_kind_of_line_end_ends_a_line() -> None:
    for end in ("\r\n", "\r", "\n"):
        assert text_pages(PLAN.replace("\n", end).encode()).blocks == text_pages(PLAN.encode()).blocks


def test_rows_know_their_line() -> None:
    _, table = text_pages(PLAN.encode()).blocks
    assert isinstance(table, Table)
    assert [row.at.line for row in table.rows] == [3, 4]


def test_a_pipe_table_keeps_escaped_pipes_and_loses_its_alignment_row() -> None:
    (table,) = blocks("| **TT** | Nhiệm vụ | Hạn |\n|:--|:-:|--:|\n| 1 | a \\| b<br>c | *30/6* |")
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [("TT", "Nhiệm vụ", "Hạn"), ("1", "a | b\nc", "30/6")]


@pytest.mark.parametrize("row", ["\t" * 2_000_000, "| 1 | a | b | " + "|" * 1_000_000, "1\ta\t" + "x\t" * 50_000])
def test_a_table_of_more_columns_than_any_plan_has_is_refused_at_once(row: str) -> None:
    header = "| TT | Nhiệm vụ | Hạn |\n|---|---|---|" if "|" in row else "TT\tNhiệm vụ\tHạn"
    with pytest.raises(Unreadable, match=r"line \d has more than 200 columns"):
        blocks(f"{header}\n{row}\n")


def test_a_text_of_more_bytes_than_any_plan_has_is_refused() -> None:
    with pytest.raises(Unreadable, match="a text of 10,000,100 bytes, more than 10,000,000"):
        text_pages(b"a" * 99 + b"\n" + b"b" * 10_000_000)


def test_raised_figures_stay_raised_and_crossed_out_text_stays_crossed_out() -> None:
    assert plain("15/5/2026<sup>1</sup>, 100 m<sup>2</sup>") == "15/5/2026¹, 100 m²"
    assert plain("<del>30/6/2026</del> <b>30/9/2026</b>") == "<del>30/6/2026</del> 30/9/2026"


@pytest.mark.parametrize(
    "written",
    [
        "TT | Nhiệm vụ | Chủ trì | Hạn\n---|---|---|---\n1 | a | b | 30/6\n2 | c | d | 31/7\n3 | e | f | 31/8",
        # Only the first of two pipes at the margins.
        "| TT | Nhiệm vụ | Chủ trì | Hạn\n|---|---|---|---\n| 1 | a | b | 30/6\n| 2 | c | d | 31/7\n| 3 | e | f | 31/8",
        # No line that parts the headings from the rows.
        "TT | Nhiệm vụ | Chủ trì | Hạn\n1 | a | b | 30/6\n2 | c | d | 31/7\n3 | e | f | 31/8",
    ],
)
def test_all_rows_of_a_pipe_table_without_closing_pipes_are_rows(written: str) -> None:
    (table,) = blocks(written)
    assert isinstance(table, Table)
    assert [row.cells[0] for row in table.rows] == ["TT", "1", "2", "3"]


def test_a_pipe_in_a_sentence_makes_no_table() -> None:
    assert [type(block) for block in blocks("Đơn vị A | B chủ trì.\n\nĐơn vị C | D phối hợp.")] == [Paragraph] * 2


def test_a_pipe_table_needs_no_pipes_at_its_margins() -> None:
    (table,) = blocks("TT | Nhiệm vụ | Hạn\n---|---|---\n1 | a | 30/6")
    assert isinstance(table, Table)
    assert table.rows[1].cells == ("1", "a", "30/6")


def test_a_row_whose_cell_held_a_line_end_is_one_row() -> None:
    (table,) = blocks(tabs("TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Hạn\n1 ¦ Việc dài\nsang dòng ¦ Sở A ¦ 30/6\n2 ¦ b ¦ Sở B ¦ 30/7"))
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows][1:] == [
        ("1", "Việc dài sang dòng", "Sở A", "30/6"),
        ("2", "b", "Sở B", "30/7"),
    ]


def test_rows_without_their_last_tabs_stay_rows() -> None:
    (table,) = blocks(tabs("TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Hạn\nA ¦ TRỌNG TÂM\nI. Quý I\n1 ¦ b ¦ Sở B ¦ 30/7"))
    assert isinstance(table, Table)
    assert [row.cells[:2] for row in table.rows][1:] == [("A", "TRỌNG TÂM"), ("I. Quý I", ""), ("1", "b")]


def test_paragraphs_are_joined_and_items_stay_apart() -> None:
    found = blocks("KẾ HOẠCH\nnăm 2026\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n# Phần I")
    assert [block.text for block in found if isinstance(block, Paragraph)] == [
        "KẾ HOẠCH năm 2026",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "Phần I",
    ]


def test_a_sentence_cut_by_a_page_and_a_footnote_is_whole_and_the_footnote_apart() -> None:
    found = text_pages(
        "Tiếp tục quán triệt, triển khai các nhiệm vụ đúng tiến độ\n\n¹ Tờ trình số 115.\n\nyêu cầu.".encode()
    )
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == [
        "Tiếp tục quán triệt, triển khai các nhiệm vụ đúng tiến độ yêu cầu."
    ]
    assert [note.text for note in found.notes] == ["¹ Tờ trình số 115."]


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("<p>a <i>b</i></p>", "a b"),
        ("**KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH**", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH"),
        ("(*qua Sở A*)", "(qua Sở A)"),
        ("a<br/>b\u00a0 c\u00ad", "a b c"),
        ("KH&amp;CN &lt; 5%", "KH&CN < 5%"),
        ("Sở KH&CN", "Sở KH&CN"),
        ("5*3*2 < 40 > 3", "5*3*2 < 40 > 3"),
        ("u\u0309y", "ủy"),
    ],
)
def test_marks_of_print_are_taken_out_and_signs_stay(marked: str, said: str) -> None:
    assert plain(marked) == said


def test_a_number_set_apart_as_handwriting_stays_marked_in_the_text() -> None:
    (paragraph,) = blocks("(Kèm theo Kế hoạch số *44*/KH-UBND ngày *15*/11/2025)")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "(Kèm theo Kế hoạch số *44*/KH-UBND ngày *15*/11/2025)"
