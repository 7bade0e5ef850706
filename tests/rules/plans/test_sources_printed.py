"""Tables that a PDF has without rules: read by the order in which their lines are written."""

from rules.plans.blocks import Pages, Paragraph, Table, Where
from rules.plans.draft import Draft, DraftTask
from rules.plans.reading import read_plan
from rules.plans.sources.opening import pages
from tests.plans import needs_plans, plan_file
from tests.rules.plans.builders.portable import line, pdf

LEFT, TOP, DOWN = 40, 40, 12
LINES = 45
COLUMNS = {
    LEFT: [["TT"], ["1"], ["2"]],
    80: [["Nhiệm vụ"], ["Rà soát quy trình các dịch vụ công", "trực tuyến toàn trình"], ["Ban hành quy chế"]],
    360: [["Cơ quan chủ trì"], ["Văn phòng UBND", "tỉnh"], ["Sở Nội vụ"]],
    480: [["Thời gian", "hoàn thành"], ["Trước", "31/12/2026"], ["Quý II/2026"]],
    620: [["Kết quả"], ["Báo cáo"], ["Quyết định"]],
}


def stacked(lines: list[str], number: int) -> str:
    """Return what writes a page of lines one under the other, with its number above them."""
    written = [line(text.strip(), LEFT, TOP + DOWN * n) for n, text in enumerate(lines) if text.strip()]
    return "\n".join([line(str(number), 400, 20), *written])


def side_by_side(top: float) -> str:
    """Return what writes a table without rules, cell by cell."""
    drawn = []
    for n in range(3):
        for left, cells in COLUMNS.items():
            drawn += [line(text, left, top + 40 * n + DOWN * k) for k, text in enumerate(cells[n])]
    return "\n".join(drawn)


def broken(lines: list[str], header: str) -> list[list[str]]:
    """Return the lines as pages: each begins with the header of the table where it is repeated, or is full."""
    made: list[list[str]] = [[]]
    for text in lines:
        if len(made[-1]) == LINES or text.strip().startswith(header):
            made.append([])
        made[-1].append(text)
    return made


def test_a_table_whose_columns_have_no_rules_is_read_cell_by_cell() -> None:
    first, table = pages(pdf("\n".join([line("Phụ lục", 300, 30), side_by_side(60)]))).blocks
    assert first == Paragraph("Phụ lục", Where(page=1))
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [
        ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành", "Kết quả"),
        ("1", "Rà soát quy trình các dịch vụ công trực tuyến toàn trình", "Văn phòng UBND tỉnh", "Trước 31/12/2026",
         "Báo cáo"),
        ("2", "Ban hành quy chế", "Sở Nội vụ", "Quý II/2026", "Quyết định"),
    ]  # fmt: skip
    assert [str(row.at) for row in table.rows] == ["page 1, row 1", "page 1, row 2", "page 1, row 3"]


def test_the_number_of_a_page_is_no_row() -> None:
    second = "\n".join([line("2", 400, 20), line("2", 400, 570), side_by_side(60)])
    *_, table = pages(pdf(line("Phụ lục", LEFT, 40), second)).blocks
    assert isinstance(table, Table)
    assert [row.cells[0] for row in table.rows] == ["TT", "1", "2"]
    assert {row.at.page for row in table.rows} == {2}


def test_a_pdf_without_tables_is_paragraphs_as_ever() -> None:
    found = pages(pdf(stacked(["Một.", "", "", "Hai."], 1))).blocks
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["Một.", "Hai."]


def fields(task: DraftTask) -> tuple[object, ...]:
    return (
        task.section, task.no, task.title, task.lead, task.coordinate, task.product, task.stated, task.reading,
        [doubt.said for doubt in task.doubts],
    )  # fmt: skip


@needs_plans
def test_plan_001_on_paper_is_read_as_its_text() -> None:
    path = plan_file("001")
    lines = path.read_text(encoding="utf-8").splitlines()
    on_paper = pdf(*(stacked(page, n) for n, page in enumerate(broken(lines, "TT Tên nhiệm vụ"), 1)))
    text, paper = (drafted(pages(data)) for data in (path.read_bytes(), on_paper))
    assert paper.document == text.document
    assert [fields(task) for task in paper.tasks] == [fields(task) for task in text.tasks]
    assert all(task.at.page for task in paper.tasks)


def drafted(found: Pages) -> Draft:
    return read_plan(found, directory=None, year=None)
