"""`dondoc export` as a user runs it: what it writes, from what, and what it refuses."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.e2e.console import at, good, refused

HEADER_ROW = 6


@pytest.fixture
def office(bare_office: Path) -> Path:
    """A copy of the small office, without a database, as the working directory."""
    return bare_office


def page(file: str) -> Worksheet:
    found = load_workbook(BytesIO(Path(file).read_bytes())).worksheets[0]
    assert isinstance(found, Worksheet)
    return found


def states(file: str, task: str) -> list[object]:
    """The progress, timeliness and verification of a task."""
    rows = page(file).iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    return next([*row[8:11]] for row in rows if row[0] == task)


def test_the_only_programme_is_written_from_the_rule_files_alone(office: Path) -> None:
    with at("2026-04-02T08:00"):
        assert good("export", "-o", "theo-doi.xlsx").out == "theo-doi.xlsx: chuong-trinh, 5 tasks, 1 indicator\n"
    assert page("theo-doi.xlsx").cell(4, 1).value == (
        "Bản theo dõi ngày 02/4/2026 (tính theo thời hạn của văn bản, chưa có báo cáo của các đơn vị)"
    )
    assert states("theo-doi.xlsx", "A.1") == ["Chưa thực hiện", "Quá hạn 2 ngày", "Chưa báo cáo"]
    assert not (office / "var").exists()


def test_with_a_database_the_reports_are_known(office: Path) -> None:
    with at("2026-03-20T10:00"):
        good("apply", "--yes")
        good("report", "done", "chuong-trinh/A.1", "--on", "2026-03-19")
    with at("2026-04-02T08:00"):
        good("export", "chuong-trinh", "-o", "theo-doi.xlsx")
        good("export", "chuong-trinh", "-o", "truoc.xlsx", "--rules", "rules")
    assert page("theo-doi.xlsx").cell(4, 1).value == "Bản theo dõi ngày 02/4/2026"
    assert states("theo-doi.xlsx", "A.1") == ["Đã báo cáo hoàn thành ngày 19/3/2026", "Đúng hạn", "Chờ xác nhận"]
    assert states("truoc.xlsx", "A.1") == ["Chưa thực hiện", "Quá hạn 2 ngày", "Chưa báo cáo"]


def test_a_past_day_is_shown_as_it_stood_then(office: Path) -> None:
    with at("2026-03-20T10:00"):
        good("apply", "--yes")
    with at("2026-04-05T08:00"):
        good("report", "done", "chuong-trinh/A.1")
        good("export", "-o", "truoc.xlsx", "--on", "2026-04-02")
        good("export", "-o", "sau.xlsx")
        too_early = refused("export", "-o", "som.xlsx", "--on", "2026-03-01")
    assert states("truoc.xlsx", "A.1") == ["Chưa thực hiện", "Quá hạn 2 ngày", "Chưa báo cáo"]
    assert states("sau.xlsx", "A.1") == [
        "Đã báo cáo hoàn thành ngày 05/4/2026",
        "Hoàn thành quá hạn 5 ngày",
        "Chờ xác nhận",
    ]
    assert too_early == "no rule files were in force on that day; write it from the rule files with --rules"


def test_a_text_document_in_english(office: Path) -> None:
    good("export", "-o", "follow-up.docx", "--lang", "en", "--on", "2026-04-02")
    document = Document(BytesIO(Path("follow-up.docx").read_bytes()))
    assert document.paragraphs[0].text == "FOLLOW-UP OF TASKS"
    assert [cell.text for cell in document.tables[0].rows[0].cells][:3] == ["No", "Task", "Lead"]


def test_the_same_day_gives_the_same_file(office: Path) -> None:
    for name in ("a.xlsx", "b.xlsx", "a.docx", "b.docx"):
        good("export", "-o", name, "--on", "2026-04-02")
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()


def test_a_file_is_replaced_only_when_told_to(office: Path) -> None:
    Path("theo-doi.xlsx").write_text("notes of a colleague")
    told = refused("export", "-o", "theo-doi.xlsx")
    assert told.startswith("Invalid value for -o: theo-doi.xlsx exists already; replace it with --force")
    assert Path("theo-doi.xlsx").read_text() == "notes of a colleague"
    good("export", "-o", "theo-doi.xlsx", "--force")
    assert page("theo-doi.xlsx").title == "Nhiệm vụ"
    assert [path.name for path in office.iterdir() if path.suffix == ".part"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-o", "theo-doi.pdf"), "Invalid value for -o: 'theo-doi.pdf' ends in neither .xlsx nor .docx"),
        (("-o", "nowhere/theo-doi.xlsx"), "Invalid value for -o: nowhere/theo-doi.xlsx lies in a folder that does not exist: nowhere"),
        (("chuong-trin", "-o", "a.xlsx"), "Invalid value for PROGRAMME: unknown programme 'chuong-trin'; known: chuong-trinh; did you mean 'chuong-trinh'?"),
        ((), "Missing option '-o' / '--output'"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_one_line(office: Path, arguments: tuple[str, ...], told: str) -> None:
    assert refused("export", *arguments).startswith(told)
    assert not list(office.glob("*.xlsx"))


def test_one_of_several_programmes_must_be_named(office: Path) -> None:
    rules = office / "rules/office.yaml"
    first = rules.read_text().split("---")[0]
    (office / "rules/second.yaml").write_text(first.replace("programme: chuong-trinh", "programme: khac"))
    told = refused("export", "-o", "a.xlsx")
    assert told.startswith("Invalid value for PROGRAMME: say which programme: chuong-trinh, khac")


def test_the_help_loads_no_office_formats() -> None:
    code = (
        "import sys; from scheduler.commands import main; main(['export', '--help']);"
        "print([name for name in ('openpyxl', 'docx', 'sqlalchemy') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
