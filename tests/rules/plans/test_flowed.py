"""Tables that flowed out of a PDF: their header, their rows, and where the cut of a row is not certain."""

import csv
from collections.abc import Sequence
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.plans.blocks import Paragraph, Row, Table
from rules.plans.sources.flowed import flowed, flowed_blocks, flowed_tables
from rules.plans.sources.flowed.lines import joined, paragraphs
from tests.plans import PLANS, needs_plans, plan_file

HEADER = ["TT Tên nhiệm vụ Cơ quan chủ trì Cơ quan phối ", "hợp", "", "Thời gian ", "hoàn thành", "", "Kết quả"]
ROWS = [
    "I VỀ CHUYỂN ĐỔI SỐ",
    "",
    "1.",
    "Rà soát, cấu trúc lại quy trình các dịch vụ công ",
    "trực tuyến theo Nghị định số 118/2025/NĐ-CP.",
    "",
    "Văn phòng UBND ",
    "Tỉnh; Sở Nội vụ",
    "",
    "Các sở, ban, ",
    "ngành",
    "",
    "Trước ",
    "31/12/2025 Báo cáo",
]


def cells(lines: Sequence[str]) -> list[tuple[str, ...]]:
    tables = flowed_tables(lines)
    assert tables is not None
    return [row.cells for row in tables[0].rows]


def only_row(*lines: str) -> Row:
    tables = flowed_tables([*HEADER, "1.", *lines])
    assert tables is not None
    return tables[0].rows[1]


def test_a_row_is_cut_into_its_columns() -> None:
    assert cells([*HEADER, *ROWS]) == [
        ("TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Kết quả"),
        ("I", "VỀ CHUYỂN ĐỔI SỐ", "", "", "", ""),
        (
            "1.",
            "Rà soát, cấu trúc lại quy trình các dịch vụ công trực tuyến theo Nghị định số 118/2025/NĐ-CP.",
            "Văn phòng UBND Tỉnh; Sở Nội vụ",
            "Các sở, ban, ngành",
            "Trước 31/12/2025",
            "Báo cáo",
        ),
    ]


def test_places_count_lines_from_one() -> None:
    tables = flowed_tables(["Phụ lục", *HEADER, *ROWS])
    assert tables is not None
    assert tables[0].at.line == 2
    assert [row.at.line for row in tables[0].rows] == [2, 9, 11]


def test_a_title_that_a_page_break_cuts_goes_on_after_the_repeated_header() -> None:
    cut = [
        *ROWS[:4],
        "",
        "Sở Nội vụ",
        "",
        "Quý I/2026 Báo cáo",
        " " + HEADER[0],
        *HEADER[1:],
        "",
        "trực tuyến trong Tỉnh.",
    ]
    row = cells([*HEADER, *cut])[-1]
    assert row[1:] == (
        "Rà soát, cấu trúc lại quy trình các dịch vụ công trực tuyến trong Tỉnh.",
        "Sở Nội vụ",
        "",
        "Quý I/2026",
        "Báo cáo",
    )


def test_a_number_within_the_text_begins_no_row() -> None:
    row = only_row(
        "Thực hiện Chương trình giai đoạn 2026–",
        "2030. Ưu tiên công nghệ chiến lược.",
        "",
        "Sở Nội vụ",
        "",
        "Thường xuyên",
    )
    assert row.cells[1] == "Thực hiện Chương trình giai đoạn 2026–2030. Ưu tiên công nghệ chiến lược."


def numbered(number: str) -> list[str]:
    return [f"{number} Rà soát quy trình", "", "Sở Nội vụ", "", "Các sở, ban, ngành", "", "Quý I/2026", "", "Báo cáo"]


def test_a_number_without_a_dot_before_the_words_of_its_row_begins_the_row() -> None:
    found = cells([*HEADER, *(line for number in range(1, 15) for line in numbered(str(number)))])
    assert [row[0] for row in found[1:]] == [str(number) for number in range(1, 15)]
    assert {row[1:] for row in found[1:]} == {
        ("Rà soát quy trình", "Sở Nội vụ", "Các sở, ban, ngành", "Quý I/2026", "Báo cáo")
    }


def test_numbers_without_a_dot_begin_again_under_a_section() -> None:
    sections = [*["I VỀ CHUYỂN ĐỔI SỐ", *numbered("1"), *numbered("2")], *["II VỀ DỮ LIỆU", *numbered("1")]]
    assert [row[0] for row in cells([*HEADER, *sections])[1:]] == ["I", "1", "2", "II", "1"]


def test_a_row_that_may_hold_the_next_one_is_doubted() -> None:
    tables = flowed_tables([*HEADER, *numbered("1"), *numbered("2 rà"), *numbered("3 lập")])
    assert tables is not None
    assert any("the next row may have become part of this one" in said.en for said in tables[0].rows[1].doubts)


def test_an_empty_deadline_stays_empty() -> None:
    row = only_row("Hướng dẫn doanh nghiệp áp dụng tiêu chuẩn.", "", "Sở Nội vụ", "", "Các sở, ban, ngành", "Hướng dẫn")
    assert row.cells[2:] == ("Sở Nội vụ", "Các sở, ban, ngành", "", "Hướng dẫn")


@pytest.mark.parametrize(
    "lines",
    [
        # Nothing tells the agencies apart from the sentence: there is no deadline, no product, no blank line.
        ("Phối hợp Sở Nội vụ Sở Tài chính Công an Tỉnh",),
        # Cells go on after the page break in two columns at once.
        ("Rà soát hồ sơ.", "", "Sở Nội vụ", "", "Quý I/2026", "", "Báo cáo", *HEADER, "Sở Tài chính", "", "Kế hoạch"),
    ],
)
def test_a_cut_that_is_not_certain_is_doubted(lines: tuple[str, ...]) -> None:
    assert only_row(*lines).doubts


def test_a_line_that_speaks_of_an_annex_does_not_end_the_table() -> None:
    row = only_row(
        "Hoàn thành các nhiệm vụ quá hạn (theo", "Phụ lục kèm theo).", "", "Sở Nội vụ", "", "Quý I/2026", "", "Báo cáo"
    )
    assert row.cells[1] == "Hoàn thành các nhiệm vụ quá hạn (theo Phụ lục kèm theo)."
    assert len(cells([*HEADER, *ROWS, "Phụ lục II:", "1.", "Rà soát"])) == 3


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Đề án số 05-", "ĐA/TU"], "Đề án số 05-ĐA/TU"),
        (["giai đoạn 2026–", "2030"], "giai đoạn 2026–2030"),
        (["Nghị định số 118/2025/", "NĐ-CP"], "Nghị định số 118/2025/NĐ-CP"),
        (["công nghệ - ", "thiết bị"], "công nghệ - thiết bị"),
        (["Chương trình/ Kế hoạch"], "Chương trình/ Kế hoạch"),
    ],
)
def test_a_word_torn_at_the_end_of_a_line_is_whole_again(lines: list[str], text: str) -> None:
    assert joined(lines) == text


def test_text_without_such_a_header_holds_no_table() -> None:
    assert flowed_tables(["TT là viết tắt.", "1. Mục đích", "Rà soát"]) is None
    assert flowed_tables(["STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian", "1\tRà soát\tSở Nội vụ\tQuý I"]) is None
    assert flowed_tables([]) is None


def test_the_text_around_a_table_is_paragraphs() -> None:
    before = ["1. Mục đích", "Triển khai thực hiện nghiêm, hiệu quả Kế hoạch số 05-", "", "KH/TU của Tỉnh ủy."]
    blocks = flowed_blocks([*before, *HEADER, *ROWS, "Nơi nhận:", "- Lưu: VT."])
    assert blocks is not None
    assert [block.text if isinstance(block, Paragraph) else type(block) for block in blocks] == [
        "1. Mục đích",
        "Triển khai thực hiện nghiêm, hiệu quả Kế hoạch số 05-KH/TU của Tỉnh ủy.",
        Table,
        "Nơi nhận:",
        "- Lưu: VT.",
    ]


def test_a_range_over_two_lines_is_no_list() -> None:
    found = paragraphs(["- Xây dựng chương trình phát triển giai đoạn 2026", " - 2030 của tỉnh."])
    assert [one.text for one in found] == ["- Xây dựng chương trình phát triển giai đoạn 2026 - 2030 của tỉnh."]


HEADINGS = {
    "title": "Nhiệm vụ",
    "lead": "Cơ quan chủ trì",
    "coordinate": "Cơ quan phối hợp",
    "stated": "Thời gian hoàn thành",
    "product": "Sản phẩm",
}
WIDTHS = {"title": 50, "lead": 18, "coordinate": 18, "stated": 12, "product": 16}
WRITTEN = [
    (
        "Phát triển mạng lưới đổi mới sáng tạo.",
        "Giám đốc Sở Y tế",
        "Ủy viên Ban Chỉ đạo",
        "Tháng 02",
        "Kế hoạch của UBND Tỉnh",
    ),
    ("Triển khai Đề án an ninh mạng", "Công an Tỉnh", "", "Sau khi Trung ương ban hành Đề án", "Kế hoạch"),
    (
        "Hoàn thành chuyển đổi số",
        "Sở Y tế; Công an Tỉnh",
        "Các sở, ban, ngành",
        "Trước 31/12/2025",
        "Kế hoạch, báo cáo",
    ),
    ("Thí điểm gói mua sắm công", "Chủ đầu tư", "Sở Tài chính", "Tháng 9", "Quyết định phê duyệt"),
    ("Số hóa tài liệu lưu trữ.", "Văn phòng UBND Tỉnh", "", "Thường xuyên", "Kho dữ liệu số"),
    ("Tham mưu Nghị quyết", "Sở Tài chính", "Sở Y tế", "Trong năm 2026", "Nghị quyết về chuyển đổi số"),
]


@pytest.mark.parametrize(
    "order",
    [
        ("title", "lead", "coordinate", "stated", "product"),
        ("title", "stated", "lead", "coordinate", "product"),
        ("title", "product", "lead", "coordinate", "stated"),
        ("title", "product", "stated", "lead", "coordinate"),
    ],
)
@pytest.mark.parametrize("blank", [True, False])
def test_a_row_is_right_or_doubted_whatever_the_order_of_columns(order: tuple[str, ...], blank: bool) -> None:
    lines = ["STT " + " ".join(HEADINGS[name] for name in order)]
    wanted = [tuple(dict(zip(HEADINGS, row, strict=True))[name] for name in order) for row in WRITTEN]
    for number, row in enumerate(wanted, 1):
        lines.append(f"{number}.")
        for name, cell in zip(order, row, strict=True):
            lines += [*wrap(cell, WIDTHS[name]), *([""] if blank and cell else [])]
    tables = flowed_tables(lines)
    assert tables is not None
    read = [(row.cells[1:], bool(row.doubts)) for row in tables[0].rows[1:]]
    assert len(read) == len(wanted)
    wrong = [(row, want) for (row, doubted), want in zip(read, wanted, strict=True) if row != want and not doubted]
    assert wrong == []
    assert sum(not doubted for _, doubted in read) >= 3


@given(st.lists(st.sampled_from([*HEADER, *ROWS, "", "2.", "II", "Sở Tài chính", "TT", "Quý I/2026"]), max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_or_made_up(lines: list[str]) -> None:
    found = flowed([*HEADER, "1.", *lines])
    for one in found:
        said = joined(cell for row in one.table.rows[1:] for cell in row.cells)
        lines_of = [*HEADER, "1.", *lines][one.first : one.end]
        assert set(said.split()) <= set(joined(lines_of).split())


def _expected() -> list[dict[str, str]]:
    with (PLANS / "expected" / "001.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@needs_plans
@pytest.mark.parametrize("blank", [True, False], ids=["as it is", "without its blank lines"])
def test_the_annex_of_plan_001_is_read_whole(blank: bool) -> None:
    path = plan_file("001")
    lines = [line for line in path.read_text("utf-8").split("\n") if blank or line.strip()]
    tables = flowed_tables(lines)
    assert tables is not None
    (table,) = tables
    section, read = "", []
    for row in table.rows[1:]:
        no, title, lead, coordinate, stated, product = row.cells
        if lead or stated:
            read.append((section, no.rstrip("."), title, lead, coordinate, product, stated))
        else:
            section = f"{no} {title}"
    assert len(read) == 21
    for one, row_expected in zip(read, _expected(), strict=True):
        assert one[0].startswith(row_expected["section"])
        assert one[2].startswith(row_expected["title"])
        assert one[1:2] + one[3:] == tuple(row_expected[name] for name in ("no", "lead", "coop", "product", "time"))
    if blank:
        assert not any(row.doubts for row in table.rows)
