"""Heading rows are recognised by what they say, in any order, over one row or two, and through a scan's slips."""

import pytest

from rules.plans.blocks import Row, Where
from rules.plans.tables.headings import Header, header_at
from rules.plans.tables.words import scores

AT = Where(row=1)

MEANT = [
    ("no", ["STT", "TT", "Số TT", "Số thứ tự"]),
    ("title", ["Nhiệm vụ", "Nội dung công việc", "Tên nhiệm vụ", "Nhiệm vụ cụ thể", "Nội dung, nhiệm vụ và giải pháp"]),
    ("lead", ["Cơ quan chủ trì", "Chủ trì thực hiện", "Đơn vị chủ trì", "Chủ trì", "Cơ quan chủ trì /tham mưu", "Đơn vị thực hiện"]),
    ("head", ["Người đứng đầu chịu trách nhiệm", "Lãnh đạo phụ trách", "Lãnh đạo UBND tỉnh chỉ đạo"]),
    ("coordinate", ["Cơ quan phối hợp", "Phối hợp thực hiện", "Cơ quan thực hiện/phối hợp"]),
    ("product", ["Sản phẩm", "Kết quả", "Mô tả kết quả, sản phẩm đầu ra", "Sản phẩm dự kiến", "Kết quả thực hiện"]),
    ("stated", ["Thời gian hoàn thành", "Thời hạn", "Thời gian thực hiện", "Tiến độ", "Hoàn thành trước", "Hạn",
                "Thời hạn hoàn thành (Trung ương giao)", "Thời\u00a0gian"]),
    ("basis", ["Căn cứ", "Căn cứ giao", "Cơ sở pháp lý", "Văn bản giao nhiệm vụ", "Văn bản nguồn"]),
    ("note", ["Ghi chú"]),
    ("change", ["Nội dung điều chỉnh"]),
    ("indicator", ["Chỉ tiêu"]),
    ("unit", ["Đơn vị tính", "ĐVT"]),
    ("target", ["Kết quả đạt được năm 2026", "Phấn đấu đến năm 2030", "Năm 2026"]),
    ("other", ["Kinh phí thực hiện", "Tình hình thực hiện"]),
    # as other offices write them
    ("no", ["#", "№", "Mã NV", "Mã số nhiệm vụ"]),
    ("title", ["Công việc", "Nội dung thực hiện", "Đầu việc", "Hạng mục công việc", "Hoạt động", "Việc phải làm",
               "Nhiệm vụ được giao", "Tên dự án", "Danh mục nhiệm vụ", "Phần việc"]),
    ("lead", ["Cơ quan thực hiện nhiệm vụ", "Đơn vị được giao nhiệm vụ", "Cơ quan, đơn vị", "CQCT", "Bộ phận phụ trách",
              "Đơn vị trình", "Phụ trách", "Đơn vị triển khai", "Chủ đầu tư"]),
    ("head", ["Cá nhân phụ trách", "Ủy viên Ban Chỉ đạo phụ trách", "Chức danh người đứng đầu"]),
    ("coordinate", ["Đơn vị cùng thực hiện", "Đơn vị liên quan", "Các cơ quan, đơn vị liên quan", "ĐVPH",
                    "Cơ quan phối kết hợp", "Đơn vị hỗ trợ"]),
    ("product", ["Chỉ tiêu đầu ra", "Kết quả thực hiện nhiệm vụ", "Sản phẩm của nhiệm vụ", "Yêu cầu cần đạt"]),
    ("stated", ["Tiến độ thực hiện nhiệm vụ", "Lịch thực hiện", "Thời gian thực hiện nhiệm vụ", "Thời gian ban hành"]),
    ("basis", ["Cơ sở giao nhiệm vụ", "Nguồn giao nhiệm vụ", "Căn cứ giao nhiệm vụ", "Cơ sở", "Xuất xứ nhiệm vụ"]),
    ("group", ["Nhóm", "Trụ cột", "Nhóm chỉ tiêu"]),
    ("owner", ["Cơ quan theo dõi, đánh giá", "Đơn vị theo dõi", "Cơ quan tổng hợp", "Cơ quan báo cáo"]),
    ("target", ["Chỉ tiêu năm 2026", "2030", "Đến hết năm 2026"]),
    ("other", ["Hiện trạng năm 2025", "Thực hiện 2025", "Ước TH năm 2025", "Mức độ ưu tiên", "Loại nhiệm vụ", "Cơ quan giao nhiệm vụ"]),
    # as scans write them
    ("stated", ["Thòi gian hoàn thánh", "Thờigian hoàn thành", "THỜI  HẠN"]),
    ("lead", ["Cơ quan chù tri"]),
    ("target", ["Phần đầu đến năm 2030"]),
]  # fmt: skip


@pytest.mark.parametrize(("holds", "heading"), [(holds, heading) for holds, all_of in MEANT for heading in all_of])
def test_a_heading_says_what_its_column_holds(holds: str, heading: str) -> None:
    assert scores(heading)[0].holds == holds


@pytest.mark.parametrize(
    "text", ["Quý I", "Mục tiêu", "Sở Tài chính", "Tháng 6", "Báo cáo", "Tổng hợp", "Cơ quan ban hành", ""]
)
def test_other_words_are_no_heading(text: str) -> None:
    assert scores(text) == ()


def header(*rows: str) -> Header | None:
    return header_at([Row(tuple(cell.strip() for cell in row.split("¦")), AT) for row in rows], 0)


def held(found: Header | None) -> list[str | None]:
    assert found is not None
    return [column.holds for column in found.columns]


def test_columns_stand_in_any_order() -> None:
    assert held(header("Thời hạn ¦ Ghi chú ¦ Đơn vị chủ trì ¦ Nhiệm vụ ¦ TT")) == [
        "stated",
        "note",
        "lead",
        "title",
        "no",
    ]


def test_headings_of_two_rows_are_read_together() -> None:
    found = header(
        "TT ¦ Nội dung ¦ Phân công ¦         ¦ Thời gian ¦        ¦ Sản phẩm",
        "   ¦          ¦ Chủ trì   ¦ Phối hợp ¦ Bắt đầu  ¦ Kết thúc ¦",
        "1  ¦ Việc một ¦ Sở A      ¦ Sở B     ¦ Tháng 2  ¦ Tháng 6 ¦ Báo cáo",
    )  # fmt: skip
    assert held(found) == ["no", "title", "lead", "coordinate", "start", "stated", "product"]
    assert found is not None
    assert found.height == 2
    assert found.columns[2].heading == "Phân công - Chủ trì"


def test_cells_that_span_two_rows_are_one_heading() -> None:
    upper = Row(("STT", "Nhiệm vụ", "Phân công", "", "Thời hạn"), AT, spanned=frozenset({3}))
    lower = Row(("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"), AT, continued=frozenset({0, 1, 4}))
    found = header_at([upper, lower], 0)
    assert held(found) == ["no", "title", "lead", "coordinate", "stated"]
    assert found is not None
    assert [column.heading for column in found.columns][1:3] == ["Nhiệm vụ", "Phân công - Chủ trì"]


def test_a_row_after_the_headings_is_none() -> None:
    found = header("STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời hạn", "¦¦ Sở Khoa học và Công nghệ ¦ Chỉ đạo")
    assert found is not None
    assert found.height == 1


def test_the_rest_of_a_row_before_repeated_headings_is_not_their_first_row() -> None:
    rows = "¦¦ Sở Khoa học và Công nghệ ¦ Chỉ đạo", "STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời hạn"
    assert header(*rows) is None


@pytest.mark.parametrize(
    "row",
    [
        "1 ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời hạn",
        "¦ Kết quả thực hiện nhiệm vụ của các cơ quan, đơn vị được tổng hợp trong báo cáo ¦ Đơn vị tỉnh Đoàn ¦ Tiến độ Đề án số 05",
        "A ¦ NHỮNG NỘI DUNG TRỌNG TÂM ¦¦",
        "Nơi nhận ¦¦¦ CHỦ TỊCH",
    ],
)
def test_a_row_of_data_is_no_heading(row: str) -> None:
    assert header(row) is None


def test_what_both_kinds_of_agencies_share_leads() -> None:
    found = header("TT ¦ Nhiệm vụ ¦ Cơ quan chủ trì, phối hợp ¦ Thời hạn")
    assert held(found) == ["no", "title", "lead", "stated"]
    assert found is not None
    assert found.columns[2].both


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời hạn", "tasks"),
        ("STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Sản phẩm", "undated"),
        ("STT ¦ Chỉ tiêu ¦ Đơn vị tính ¦ Năm 2026 ¦ Đến năm 2030 ¦ Cơ quan chủ trì", "indicators"),
        ("STT ¦ Chỉ tiêu ¦ Cơ quan chủ trì ¦ Thời gian hoàn thành", "tasks"),
    ],
)
def test_the_columns_tell_what_a_table_lists(row: str, kind: str) -> None:
    found = header(row)
    assert found is not None
    assert found.kind == kind


def titled(found: Header | None) -> tuple[str, bool]:
    assert found is not None
    (column,) = [column for column in found.columns if column.holds == "title"]
    return column.heading, column.guessed


@pytest.mark.parametrize(
    ("row", "heading", "guessed"),
    [
        ("STT ¦ Công việc ¦ Chủ trì ¦ Thời hạn ¦ Cơ sở giao nhiệm vụ", "Công việc", False),
        ("STT ¦ Nhiệm vụ ¦ Việc ưu tiên ¦ Chủ trì ¦ Thời hạn", "Nhiệm vụ", False),
        # the column behind the numbers was not recognised
        ("STT ¦ Trọng tâm ¦ Chủ trì ¦ Thời hạn ¦ Nhiệm vụ", "Nhiệm vụ", True),
        ("STT ¦ Trọng tâm ¦ Chủ trì ¦ Phối hợp ¦ Thời hạn", "Trọng tâm", True),
        # two columns may have the titles
        ("STT ¦ Nhiệm vụ ¦ Nội dung công việc ¦ Chủ trì ¦ Thời hạn", "Nội dung công việc", True),
        ("STT ¦ Căn cứ pháp lý ¦ Căn cứ giao nhiệm vụ ¦ Chủ trì ¦ Thời hạn", "Căn cứ giao nhiệm vụ", True),
    ],
)
def test_titles_in_a_column_that_was_guessed_are_known_as_such(row: str, heading: str, guessed: bool) -> None:
    assert titled(header(row)) == (heading, guessed)


@pytest.mark.parametrize("row", ["STT ¦ Trọng tâm ¦ Ghi chú ¦ Căn cứ", "Trọng tâm ¦ Chủ trì ¦ Phối hợp ¦ Thời hạn"])
def test_without_numbers_leads_and_deadlines_no_title_is_guessed(row: str) -> None:
    assert header(row) is None


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ("TT ¦ Mục tiêu ¦ ĐVT ¦ Năm 2026 ¦ Cơ quan theo dõi", ["no", "indicator", "unit", "target", "lead"]),
        ("TT ¦ Chỉ tiêu ¦ Đơn vị ¦ Năm 2026 ¦ Cơ quan chủ trì theo dõi, đánh giá",
         ["no", "indicator", "unit", "target", "lead"]),
        ("TT ¦ Chỉ tiêu ¦ ĐVT ¦ Năm 2026 ¦ Đơn vị chủ trì ¦ Đơn vị theo dõi",
         ["no", "indicator", "unit", "target", "lead", None]),
        ("TT ¦ Nhiệm vụ ¦ Đơn vị theo dõi ¦ Thời hạn", ["no", "title", None, "stated"]),
        ("TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Kết quả đạt được ¦ Thời hạn", ["no", "title", "lead", "product", "stated"]),
    ],
)  # fmt: skip
def test_what_a_heading_means_beside_the_others(row: str, meant: list[str | None]) -> None:
    assert held(header(row)) == meant
