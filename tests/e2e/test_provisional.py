"""Deadlines beyond the announced days off are marked as provisional wherever they are told."""

from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.console import at, good


@pytest.fixture
def office(bare_office: Path) -> Path:
    """The small office, whose days off are announced until 29 March only; its rules in force since 20 March."""
    file = Path("rules/office.yaml")
    text = file.read_text()
    assert "announced_until: 2026-12-31" in text
    file.write_text(text.replace("announced_until: 2026-12-31", "announced_until: 2026-03-29"))
    with at("2026-03-20T10:00"):
        good("apply", "--yes")
    return bare_office


@pytest.mark.usefixtures("office")
def test_status_summary_explain_and_simulate_mark_it() -> None:
    with at("2026-04-06T10:00"):
        rows = [row for row in good("status", "--format", "json").lines if row["kind"] == "task"]
        assert {row["task"] for row in rows if row["provisional"]} >= {"A.1", "B.2"}
        assert "2026-03-31 (tạm tính)" in good("status").out
        summed = good("summary", "--format", "json").json
        assert summed["provisional"] >= 3
        assert [one["provisional"] for one in summed["late"] if one["task"] == "A.1"] == [True]
        told = good("summary").out
        assert "2026-03-31 (tạm tính)" in told
        assert "tạm tính (lịch nghỉ chưa được công bố): " in told
        assert good("explain", "A.1", "--format", "json").json["term"]["provisional"] is True
        assert "(provisional)" in good("explain", "A.1").out
        simulated = good("simulate", "--from", "2026-03-20", "--to", "2026-04-10", "--format", "json").json
        lines = [line for message in simulated["messages"] for line in message["lines"] if line["task"] == "A.1"]
        assert lines
        assert all(line["provisional"] for line in lines)


def test_letters_and_sheets_mark_it(office: Path) -> None:
    with at("2026-03-26T07:00"):
        good("tick")
        good("export", "chuong-trinh", "-o", "so.xlsx")
    found = (
        message_from_bytes(file.read_bytes(), policy=policy.default) for file in (office / "var/mail/new").iterdir()
    )
    [letter] = [letter for letter in found if "gd.a@tinh.example" in str(letter["To"])]
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Tạm tính: lịch nghỉ của thời gian này chưa được công bố." in str(body.get_content())
    sheet = openpyxl.load_workbook("so.xlsx").worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any("Tạm tính: lịch nghỉ của thời gian này chưa được công bố" in cell for cell in cells)
