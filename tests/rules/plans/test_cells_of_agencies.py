"""Cells of agencies: several parted by nothing but lines, and leading agencies with their heads in one cell."""

from collections.abc import Sequence

import pytest

from rules.directory import Directory, Group, OrgUnit, Post
from rules.plans.draft import Agency, DraftTask
from rules.plans.headed import names_both, parted
from rules.plans.reading import read_plan
from rules.plans.sources.opening import pages
from rules.plans.tables.lines import of_agencies
from tests.rules.plans.builders import excel, word

NAMES = {"khcn": "Sở Khoa học và Công nghệ", "noi-vu": "Sở Nội vụ", "cong-an": "Công an tỉnh"}
UNITS = {id: OrgUnit(id, name, head=Post(f"Giám đốc {name}", None)) for id, name in NAMES.items()}
GROUPS = {
    "cac-so": Group("cac-so", "Các sở, ban, ngành", ("khcn", "noi-vu")),
    "cap-xa": Group("cap-xa", "UBND cấp xã", ("cong-an",)),
}
DIRECTORY = Directory("tinh", None, None, units=UNITS, groups=GROUPS)
HEADINGS = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")


def as_docx(rows: Sequence[tuple[str, ...]]) -> bytes:
    made = [
        word.row(*(word.cell("".join(word.paragraph(line) for line in text.split("\n"))) for text in row))
        for row in rows
    ]
    return word.docx(word.table(*made))


def as_xlsx(rows: Sequence[tuple[str, ...]]) -> bytes:
    return excel.xlsx(("Kế hoạch", rows))


def as_markdown(rows: Sequence[tuple[str, ...]]) -> bytes:
    lines = ["| " + " | ".join(text.replace("\n", "<br>") for text in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]).encode()


FORMATS = {"docx": as_docx, "xlsx": as_xlsx, "md": as_markdown}


def only(lead: str, coordinate: str = "", *, heading: str = HEADINGS[2], form: str = "docx") -> DraftTask:
    headings = (*HEADINGS[:2], heading, *HEADINGS[3:])
    data = FORMATS[form]([headings, ("1", "Rà soát thủ tục", lead, coordinate, "30/6/2026")])
    (task,) = read_plan(pages(data, f"a.{form}"), directory=DIRECTORY, year=2026).tasks
    return task


def ids(agencies: tuple[Agency, ...]) -> list[str]:
    return [id if agency.sure else "?" for agency in agencies for id in agency.ids or ("?",)]


@pytest.mark.parametrize("form", FORMATS)
def test_agencies_on_lines_of_their_own_are_several(form: str) -> None:
    task = only("Sở Khoa học và Công nghệ\nCông an tỉnh", "Sở Nội vụ\ncác sở, ban, ngành", form=form)
    assert ids(task.leads) == ["khcn", "cong-an"]
    assert ids(task.coordinates) == ["noi-vu", "cac-so"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Sở Khoa học\nvà Công nghệ", "Sở Khoa học và Công nghệ"),
        ("Sở Khoa học và\nCông nghệ", "Sở Khoa học và Công nghệ"),
        ("Sở Nội vụ;\nCông an tỉnh", "Sở Nội vụ; Công an tỉnh"),
        ("Sở Nội vụ (cơ quan\nThường trực)", "Sở Nội vụ (cơ quan Thường trực)"),
        ("- Sở Nội vụ\n- Công an tỉnh", "- Sở Nội vụ\n- Công an tỉnh"),
        ("UBND cấp xã\ncác sở, ban, ngành", "UBND cấp xã\ncác sở, ban, ngành"),
    ],
)
def test_a_line_that_breaks_within_a_name_is_joined(cell: str, text: str) -> None:
    assert of_agencies(cell) == text


def test_a_name_on_two_lines_is_one_agency() -> None:
    assert ids(only("Công an\nTỉnh").leads) == ["cong-an"]
    assert ids(only("Sở Khoa học\nCông nghệ").leads) == ["khcn"]


@pytest.mark.parametrize(
    ("cell", "leads", "heads"),
    [
        ("Sở Nội vụ (Giám đốc Sở Nội vụ)", ["noi-vu"], ["noi-vu"]),
        ("Sở Nội vụ; Công an tỉnh (Giám đốc Sở Nội vụ; Giám đốc Công an tỉnh)", ["noi-vu", "cong-an"],
         ["noi-vu", "cong-an"]),
        ("Sở Nội vụ (Giám đốc Sở Nội vụ); Công an tỉnh (Giám đốc Công an tỉnh)", ["noi-vu", "cong-an"],
         ["noi-vu", "cong-an"]),
        ("Các sở, ban, ngành; UBND cấp xã (Thủ trưởng các sở, ban, ngành; Chủ tịch UBND cấp xã)",
         ["cac-so", "cap-xa"], ["cac-so", "cap-xa"]),
        ("Sở Nội vụ\nGiám đốc Sở Nội vụ", ["noi-vu"], ["noi-vu"]),
        ("Sở Nội vụ\nSở Khoa học và Công nghệ\nGiám đốc Sở Nội vụ\nGiám đốc Sở Khoa học và Công nghệ",
         ["noi-vu", "khcn"], ["noi-vu", "khcn"]),
        # of two leads one may be called by its head's title
        ("Sở Nội vụ\nGiám đốc Công an tỉnh", ["noi-vu", "cong-an"], []),
        ("Giám đốc Sở Nội vụ", ["noi-vu"], []),
        ("Giám đốc Sở Nội vụ; Giám đốc Công an tỉnh", ["noi-vu", "cong-an"], []),
        ("Sở Nội vụ (cơ quan thường trực)", ["noi-vu"], []),
    ],
)  # fmt: skip
def test_heads_in_the_cell_of_the_lead_are_told_apart(cell: str, leads: list[str], heads: list[str]) -> None:
    task = only(cell)
    assert (ids(task.leads), ids(task.heads)) == (leads, heads)


@pytest.mark.parametrize(
    "cell",
    [
        "Sở Nội vụ\nGiám đốc Công an tỉnh",
        "Sở Nội vụ; Giám đốc Công an tỉnh",
        "Sở Nội vụ/Giám đốc Công an tỉnh",
        "Sở Nội vụ - Giám đốc Công an tỉnh",
    ],
)
def test_a_heading_that_names_both_says_that_titles_are_heads(cell: str) -> None:
    for heading in ("Cơ quan chủ trì/Người đứng đầu chịu trách nhiệm", "Cơ quan chủ trì (người đứng đầu)"):
        task = only(cell, heading=heading)
        assert (task.lead, task.head) == ("Sở Nội vụ", "Giám đốc Công an tỉnh")


def test_a_heading_of_one_of_them_names_not_both() -> None:
    assert not any(map(names_both, ("Cơ quan chủ trì", "Người đứng đầu", "Lãnh đạo phụ trách")))


def test_a_person_in_brackets_is_the_head_as_written() -> None:
    assert parted("Sở Nội vụ (đ/c Nguyễn Văn A)", is_said=False) == ("Sở Nội vụ", "đ/c Nguyễn Văn A")


def unpartnered(lead: str, heading: str) -> DraftTask:
    rows = [("STT", "Nhiệm vụ", heading, "Thời hạn"), ("1", "Rà soát thủ tục", lead, "30/6/2026")]
    (task,) = read_plan(pages(as_docx(rows), "a.docx"), directory=DIRECTORY, year=2026).tasks
    return task


@pytest.mark.parametrize(
    ("lead", "heading", "expected"),
    [
        ("Chủ trì: Sở Nội vụ\nPhối hợp: Công an tỉnh", "Cơ quan thực hiện", ("Sở Nội vụ", "Công an tỉnh")),
        ("- Chủ trì: Sở Nội vụ; - Phối hợp: các sở", "Phân công thực hiện", ("Sở Nội vụ", "các sở")),
        ("Phối hợp: Công an tỉnh. Chủ trì: Sở Nội vụ", "Cơ quan thực hiện", ("Sở Nội vụ", "Công an tỉnh")),
        ("Sở Nội vụ\n(Công an tỉnh)", "Đơn vị chủ trì (đơn vị phối hợp)", ("Sở Nội vụ", "Công an tỉnh")),
        # no heading says that the bracket coordinates
        ("Sở Nội vụ (Công an tỉnh)", "Đơn vị chủ trì", ("Sở Nội vụ (Công an tỉnh)", "")),
        ("Chủ trì: Sở Nội vụ", "Cơ quan thực hiện", ("Chủ trì: Sở Nội vụ", "")),
    ],
)
def test_a_cell_of_who_leads_and_who_coordinates_is_taken_apart(
    lead: str, heading: str, expected: tuple[str, str]
) -> None:
    task = unpartnered(lead, heading)
    assert (task.lead, task.coordinate) == expected
    assert "noi-vu" in ids(task.leads) or "?" in ids(task.leads)
