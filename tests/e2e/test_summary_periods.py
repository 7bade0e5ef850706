"""`dondoc summary --period`, `summary confirm`, `contribute`, `mark`: as a standing office uses them."""

import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from rules.summary import Count
from tests.e2e.conftest import After, put_in_force
from tests.e2e.console import at, good, refused, run

WEEK = "2026-W14"


def come_to_thursday() -> None:
    put_in_force()
    with Path("config.toml").open("a", encoding="utf-8") as file:
        file.write('\n[summary]\nweekly = "friday"\nplace = "Tỉnh lỵ"\n')
    with at("2026-04-02T08:00"):
        good("tick")


@pytest.fixture
def office(office_after: After) -> Path:
    """The small office, closing its weeks on Friday, on a Thursday."""
    return office_after(come_to_thursday)


def counts(text: str) -> dict[str, int]:
    """The counts in the JSON of a command."""
    told = json.loads(text)
    return {name: told[name] for name in ("total", "due_soon", "awaiting", *map(str, Count))}


@pytest.mark.usefixtures("office")
def test_a_week_is_written_drafted_confirmed_and_sent() -> None:
    with at("2026-04-02T10:00"):
        said = good(
            "contribute", "so-b", "--section", "results", "--text", "Đã họp các bên", "--by", "vp.b@tinh.example"
        )
        assert said.out == "written: results of so-b for 2026-W14\n"
        good("report", "done", "A.1", "--on", "2026-03-30")
        assert good("mark", "A.1", "--entered-on", "2026-04-02").out == (
            "entered on 2026-04-02: chuong-trinh/A.1 (so-a)\n"
        )
    with at("2026-04-03T15:00"):
        good("tick")
        assert good("summary", "--period", WEEK).out.partition("\n")[0].endswith("dự thảo")
    with at("2026-04-03T16:30"):
        assert good("summary", "confirm", WEEK).out == "confirmed: 2026-W14 of tinh/so-a, as of 2026-04-03 15:00\n"
        good("tick")
    with at("2026-04-20T09:00"):
        anew = good("summary", "--period", WEEK, "--anew", "--format", "json").json
        assert (anew["step"], anew["at"]) == ("live", "2026-04-20T02:00:00+00:00")
        assert good("summary", "--period", WEEK, "--anew").out.splitlines()[0].endswith("; theo số liệu lúc này")
    with at("2026-05-20T09:00"):
        good("report", "reopen", "A.1")
        told = good("summary", "--period", WEEK, "--format", "json").json
        assert refused("summary", "confirm", WEEK) == "the summary of 2026-W14 was sent already"
        late = refused("contribute", "so-b", "--period", WEEK, "--section", "next", "--text", "x")
    assert late == "the summary of 2026-W14 was sent already; write for 2026-W15"
    assert (told["step"], told["at"], told["standing"]) == ("sent", "2026-04-03T08:00:00+00:00", "so-a")
    assert [one["task"] for one in told["results"]] == ["A.1"]
    assert told["contributions"][0]["content"] == "Đã họp các bên"
    entered = {one["task"]: one["entered_on"] for one in told["obligations"] if one["entered_on"]}
    assert entered == {"A.1": "2026-04-02"}
    assert "- Sở B: Đã họp các bên" in told["sections"][0]["text"]


@pytest.mark.usefixtures("office")
def test_a_summary_of_a_past_day_has_the_counts_of_that_day_but_for_what_has_not_begun() -> None:
    on = ("--on", "2026-04-02", "--format", "json")
    with at("2026-04-08T09:00"):
        all_, begun = good("summary", *on).out, good("summary", "--period", WEEK, *on).out
    ahead = [one for one in json.loads(begun)["obligations"] if one["ahead"]]
    assert len(ahead) == json.loads(begun)["ahead"] == 2
    fewer = {name: number - len(ahead) * (name in ("total", "open_in_time")) for name, number in counts(all_).items()}
    assert fewer == counts(begun)


@pytest.mark.usefixtures("office")
def test_every_form_is_written_to_a_file_or_the_output(tmp_path: Path) -> None:
    with at("2026-04-02T10:00"):
        for ending in ("docx", "xlsx", "html", "json"):
            path = tmp_path / f"bao-cao.{ending}"
            assert good("summary", "--period", WEEK, "--out", str(path)).out == f"{path}\n"
        total = json.loads((tmp_path / "bao-cao.json").read_text())["total"]
        page = good("summary", "--period", WEEK, "--format", "html").out
    document = Document(str(tmp_path / "bao-cao.docx"))
    assert document.tables[0].rows[0].cells[1].text.endswith("Tỉnh lỵ, ngày 02 tháng 4 năm 2026")
    assert [cell.text for cell in document.tables[1].rows[-1].cells][:2] == ["Tổng số", str(total)]
    book = load_workbook(BytesIO((tmp_path / "bao-cao.xlsx").read_bytes()))
    assert book.sheetnames == ["Nhiệm vụ", "Tổng hợp", "Theo đơn vị", "Đơn vị báo cáo"]
    assert page == (tmp_path / "bao-cao.html").read_text()
    assert "Dự thảo báo cáo tuần 14 năm 2026" in page


@pytest.mark.usefixtures("office")
def test_what_it_says_of_one_unit_is_that_unit_alone() -> None:
    with at("2026-04-02T10:00"):
        told = good("summary", "--period", WEEK, "--unit", "so-b", "--format", "json").json
    assert all("so-b" in one["unit"].split("+") for one in told["obligations"])
    assert told["total"] + told["ahead"] == len(told["obligations"])
    assert [told[name] for name in ("total", "tasks", "ahead")] == [
        told["units"][0][name] for name in ("total", "tasks", "ahead")
    ]


@pytest.mark.usefixtures("office")
def test_a_text_is_read_from_the_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("Dòng một\nDòng hai\n"))
    with at("2026-04-02T10:00"):
        good("contribute", "tinh/so-b", "--period", WEEK, "--section", "difficulties", "--text", "-")
        out = good("summary", "--period", WEEK).out
    assert "- Sở B:\n  + Dòng một\n  + Dòng hai\n" in out


@pytest.mark.usefixtures("office")
def test_wrong_usage_is_one_line_that_says_what_is_accepted(tmp_path: Path) -> None:
    with at("2026-04-02T10:00"):
        wrong = {
            ("summary", "--period", "tuần 14"): "accepted: a week, month or quarter, as in 2026-W14",
            ("summary", "--period", "2026-W20"): "2026-W20 has not begun",
            ("summary", "--period", WEEK, "--out", str(tmp_path / "x.pdf")): "ends in none of .docx, .xlsx",
            ("summary", "--out", str(tmp_path / "x.docx"), "--format", "json"): "would be no docx",
            ("summary", "--period", WEEK, "--unit", "so-x"): "unknown unit 'so-x'",
            ("summary", "--period", WEEK, "--office", "so-b"): "unknown standing office 'so-b'; known: tinh/so-a",
            ("summary", "--period", WEEK, "--out", str(tmp_path / "no" / "x.docx")): "No such file or directory",
            ("summary", "confirm", "2026-W30"): "2026-W30 has not begun",
            ("contribute", "so-x", "--section", "next", "--text", "x"): "unknown unit 'so-x'",
            ("contribute", "so-b", "--section", "next", "--text", "a" * 20_001): "20001 characters; at most 20000",
            ("mark", "A.1", "--entered-on", "2026-04-03"): "2026-04-03 has not come yet",
            ("mark", "A.3", "--entered-on", "2026-04-01"): "narrow it down",
            ("mark", "A.9", "--entered-on", "2026-04-01"): "unknown task 'A.9'",
        }
        for arguments, said in wrong.items():
            assert said in refused(*arguments), arguments
        assert run("contribute", "so-b", "--section", "x", "--text", "x").code == 2
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("language", "said"), [("en", "; not drawn up"), ("vi", "; chưa lập")])
def test_how_far_a_summary_is_stands_in_the_language_of_the_office(
    monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("DONDOC_LANGUAGE", language)
    with at("2026-04-03T08:00"):
        assert said in good("summary", "--period", "2026-W14").out.splitlines()[0]
