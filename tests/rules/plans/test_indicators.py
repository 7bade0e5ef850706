"""Indicators: targets by year as written, units, owners, and rows that a page break cut."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from rules.load import load
from rules.plans.blocks import NOWHERE, Row, Table
from rules.plans.draft import DraftIndicator
from rules.plans.indicators import indicators, left
from rules.plans.indicators.targets import legible, unit_within, year_of
from rules.plans.sources.text import text_pages
from rules.plans.tables.grids import grids
from tests.plans import needs_plans, plan_file

ROOT = Path(__file__).parents[3]
HEADER = (
    "STT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Kết quả đạt được năm 2026",
    "Phấn đấu đến năm 2030",
    "Cơ quan chủ trì",
    "Văn bản nguồn",
)


def read(*tables: Sequence[tuple[str, ...]], year: int | None = 2026) -> tuple[DraftIndicator, ...]:
    blocks = [Table(tuple(Row(cells, NOWHERE) for cells in rows), NOWHERE) for rows in tables]
    (grid,) = grids(blocks)[0]
    assert grid.header.kind == "indicators"
    return indicators(grid, year=year)


def test_an_indicator_has_its_targets_by_year_as_written() -> None:
    rows = [
        HEADER,
        ("I", "Phát triển hạ tầng", "", "", "", "", ""),
        ("1", "Phủ sóng 5G", "%", "≥ 70", "100", "Sở Khoa học và Công nghệ", "Kế hoạch số 5039/KH-UBND"),
        ("2", "Trung tâm giám sát", "-", "Có", "Có", "Công an tỉnh", ""),
    ]
    first, second = read(rows)
    assert (first.no, first.section, first.title, first.unit) == ("1", "I Phát triển hạ tầng", "Phủ sóng 5G", "%")
    assert first.targets == {2026: "≥ 70", 2030: "100"}
    assert (first.owner, first.source, first.doubts) == ("Sở Khoa học và Công nghệ", "Kế hoạch số 5039/KH-UBND", ())
    assert second.targets == {2026: "Có", 2030: "Có"}


def test_a_dash_is_no_target() -> None:
    (found,) = read([HEADER, ("1", "Chữ ký số", "%", "≥ 5", "-", "Sở Nội vụ", "")])
    assert found.targets == {2026: "≥ 5"}
    assert found.doubts == ()


def test_a_row_cut_by_a_page_break_is_one_again_and_numbers_restart_under_a_heading() -> None:
    first = [
        HEADER,
        ("I", "Hạ tầng", "", "", "", "", ""),
        ("1", "Tỷ lệ người dân có tài khoản", "%", "≥ 80", "100", "Công an", "Kế hoạch số 5039"),
    ]
    second = [
        HEADER,
        ("", "định danh", "", "", "", "tỉnh", ""),
        ("II", "Nguồn lực", "", "", "", "", ""),
        ("1", "Chi", "%", "≥ 1", "≥ 1,5", "Sở Tài chính", ""),
    ]
    one, other = read(first, second)
    assert (one.title, one.owner, one.targets[2026]) == (
        "Tỷ lệ người dân có tài khoản định danh",
        "Công an tỉnh",
        "≥ 80",
    )
    assert (other.section, other.no, other.targets) == ("II Nguồn lực", "1", {2026: "≥ 1", 2030: "≥ 1,5"})


def test_a_unit_that_stands_in_the_targets_is_taken_with_a_doubt() -> None:
    (found,) = read([HEADER, ("1", "Kinh tế số", "", "≥ 14,5 %GRDP", "≥ 30 %GRDP", "Thống kê tỉnh", "")])
    assert (found.unit, [doubt.field for doubt in found.doubts]) == ("%GRDP", ["unit"])


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("", "Phủ sóng 5G", "%", "≥ 70", "100", "Sở Nội vụ", ""), "no"),
        (("1", "Phủ sóng 5G", "%", "", "", "Sở Nội vụ", ""), "targets"),
        (("1", "Phủ sóng 5G", "%", "$\\mystery 70$", "100", "Sở Nội vụ", ""), "targets"),
    ],
)
def test_what_is_missing_or_cannot_be_read_is_doubted(row: tuple[str, ...], field: str) -> None:
    found = read([HEADER, ("9", "Chi ngân sách", "%", "1", "2", "Sở Tài chính", ""), row])[-1]
    assert field in [doubt.field for doubt in found.doubts]


def test_a_target_without_a_year_is_the_plans_with_a_doubt() -> None:
    rows = [
        ("STT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu kế hoạch giao phấn đấu", "Cơ quan chủ trì"),
        ("1", "Phủ sóng", "%", "≥ 70", "Sở Nội vụ"),
    ]
    (found,) = read(rows)
    assert found.targets == {2026: "≥ 70"}
    assert [doubt.field for doubt in found.doubts] == ["targets"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("$\\geq 70\\%$", "≥ 70%"),
        ("$\\geq 0,65$", "≥ 0,65"),
        ("$\\ge$ 12", "≥ 12"),
        ("$\\leq 5\\%$ GRDP", "≤ 5% GRDP"),
        ("$\\geq 14{,}5$", "≥ 14,5"),
        ("$\\text{Đạt } 2\\%$ GRDP", "Đạt 2% GRDP"),
        ("Đạt 2% GRDP", "Đạt 2% GRDP"),
        ("≥ 14,5", "≥ 14,5"),
        ("$\\mystery 7$", "\\mystery 7"),  # what is not known stays to be seen
        ("", ""),
    ],
)
def test_formulas_left_by_a_scan_become_plain_signs(written: str, plain: str) -> None:
    assert legible(written) == plain


@pytest.mark.parametrize(
    ("targets", "unit"),
    [
        (("70%", "100%"), "%"),
        (("≥ 12 tổ chức", "≥ 70 tổ chức"), "tổ chức"),
        (("Có", "Có"), ""),
        (("70%", "12 tổ chức"), ""),
        (("Đạt 2% GRDP",), ""),
        ((), ""),
    ],
)
def test_a_unit_is_what_all_targets_state(targets: tuple[str, ...], unit: str) -> None:
    assert unit_within(targets) == unit


def test_the_year_of_a_heading_is_the_last_it_names() -> None:
    assert year_of("Giai đoạn 2026 - 2030") == 2030
    assert year_of("Chỉ tiêu giao") is None


@needs_plans
def test_the_annex_of_plan_003_is_the_one_encoded_by_hand() -> None:
    path = plan_file("003")
    found = [
        one
        for grid in grids(text_pages(path.read_bytes()).blocks)[0]
        if grid.header.kind == "indicators"
        for one in indicators(grid, year=2026)
    ]
    loaded = load({path.name: path.read_bytes() for path in (ROOT / "programmes").glob("*.yaml")})
    assert loaded.rulebook is not None
    by_hand = loaded.rulebook.programmes["lam-dong-nq57"].indicators
    assert len(found) == len(by_hand) == 55
    for one, other in zip(found, by_hand, strict=True):
        assert f"{one.section.split()[0]}.{one.no}" == other.id
        assert one.targets == dict(other.targets)
        assert one.unit == (other.unit or "")
        assert one.owner
        assert one.source
    # the document leaves out V.7
    assert [(one.no, [doubt.field for doubt in one.doubts]) for one in found if one.doubts] == [("8", ["no"])]


def test_a_number_that_is_missing_is_asked_about() -> None:
    cells = ("Phủ sóng 5G", "%", "1", "2", "Sở A", "")
    rows = [HEADER, ("I", "A", *[""] * 5), ("1", *cells), ("3", *cells), ("II", "B", *[""] * 5), ("1", *cells)]
    assert [[doubt.field for doubt in one.doubts] for one in read(rows)] == [[], ["no"], []]


def test_an_unnumbered_heading_that_the_table_begins_with_is_no_indicator() -> None:
    rows = [HEADER, ("Phát triển hạ tầng", *[""] * 6), ("TC.1", "Phủ sóng 5G", "%", "≥ 70", "100", "Sở A", "")]
    (found,) = read(rows)
    assert (found.no, found.section, found.title) == ("TC.1", "Phát triển hạ tầng", "Phủ sóng 5G")


@pytest.mark.parametrize(
    ("title", "rest", "titles"),
    [
        ("Tỷ lệ người dân có", "tài khoản định danh", ["Tỷ lệ người dân có tài khoản định danh"]),
        ("Tỷ lệ người dân", "KINH TẾ SỐ", ["Tỷ lệ người dân", "Trung tâm giám sát"]),
    ],
)
def test_a_text_alone_after_a_page_break_is_the_rest_of_a_title_or_a_heading(
    title: str, rest: str, titles: list[str]
) -> None:
    first = [HEADER, ("1", title, "%", "≥ 80", "100", "Công an", "")]
    second = [HEADER, ("", rest, *[""] * 5)]
    if len(titles) > 1:
        second.append(("2", titles[1], "%", "1", "2", "Công an", ""))
    found = read(first, second)
    assert [one.title for one in found] == titles
    assert [one.section for one in found] == ["", rest][: len(titles)]


def test_what_is_no_indicator_in_their_table_is_told() -> None:
    rows = [
        (*HEADER, "Cơ quan phối hợp"),
        ("1", "Phủ sóng 5G", "%", "≥ 70", "100", "Sở A", "", "Sở B"),
        ("II", "Kinh tế số", *[""] * 6),
        ("Ghi chú: số liệu ước tính", *[""] * 7),
    ]
    blocks = [Table(tuple(Row(cells, NOWHERE) for cells in rows), NOWHERE)]
    (grid,) = grids(blocks)[0]
    assert [doubt.said.en for doubt in left(grid)] == [
        "Row «Ghi chú: số liệu ước tính» of the table was not read as a task or an indicator.",
        "No row stands under the heading «II Kinh tế số»; if it is a task, it was not read.",
        "Column «Cơ quan phối hợp» of indicators is not read.",
    ]


def test_a_column_of_groups_is_the_section_of_the_rows_below_as_well() -> None:
    header = ("Nhóm", *HEADER)
    rows = [
        header,
        ("I. Hạ tầng", "1", "Phủ sóng 5G", "%", "≥ 70", "100", "Sở A", ""),
        ("", "2", "Trung tâm dữ liệu", "%", "1", "2", "Sở A", ""),
        ("II. Nguồn lực", "1", "Chi ngân sách", "%", "1", "2", "Sở B", ""),
    ]
    assert [one.section for one in read(rows)] == ["I. Hạ tầng", "I. Hạ tầng", "II. Nguồn lực"]
