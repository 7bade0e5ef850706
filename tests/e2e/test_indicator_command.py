"""`dondoc indicator`: values recorded, taken back and imported; what they answer, who is reminded, and the past as it
was known."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.e2e.conftest import After, put_in_force
from tests.e2e.console import at, good, refused, run

QUARTERLY = "owner: so-a, measure: {every: quarter, on: last}}"


def measure_quarterly() -> None:
    put_in_force()
    file = Path("rules/office.yaml")
    file.write_text(file.read_text().replace("owner: so-a}", QUARTERLY))
    with at("2026-03-20T08:00"):
        good("apply", "--yes")
        good("tick")


@pytest.fixture
def office(office_after: After) -> Path:
    """A copy of the small office whose indicator is measured each quarter, in force since 20 March 2026."""
    return office_after(measure_quarterly)


def states() -> list[tuple[str, str]]:
    """The occurrences of what is asked of the indicator, and how they stand."""
    return [
        (row["occurrence"], row["said"]) for row in good("report", "list", "indicator:I.1", "--format", "json").lines
    ]


def indicator_line(*arguments: str) -> dict[str, object]:
    [found] = [row for row in good("status", "--format", "json", *arguments).lines if row["kind"] == "indicator"]
    return {name: found[name] for name in ("value", "measured_on", "attained", "target", "forecast")}


@pytest.mark.usefixtures("office")
def test_a_value_answers_its_quarter_and_no_other() -> None:
    with at("2026-04-02T09:00"):
        ran = good("indicator", "record", "I.1", "61,5%", "--on", "2026-03-31", "--source", "15/BC")
        assert ran.out.splitlines() == [
            "recorded as number 1: chuong-trinh/I.1, 2026-03-31: 61,5%",
            "done: chuong-trinh/indicator:I.1[2026-03-31] (so-a)",
        ]
        assert states() == [("2026-03-31", "done")]
        assert "done:" not in good("indicator", "record", "I.1", "60", "--on", "2026-01-02").out
        # Recorded for a day of the quarter that has begun: it answers that one.
        assert "[2026-06-30]" in good("indicator", "record", "I.1", "72", "--on", "2026-04-01").out
        good("tick")
        assert good("audit").out == "nothing found\n"


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(("language", "told"), [("vi", "Số liệu ngày 31/3/2026: "), ("en", "Value of 31 March 2026: ")])
def test_what_a_value_reports_is_in_the_language_of_the_office(
    monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    monkeypatch.setenv("DONDOC_LANGUAGE", language)
    with at("2026-04-02T09:00"):
        good("indicator", "record", "I.1", "61,5%", "--on", "2026-03-31")
        assert told + "61,5%" in good("history", "indicator:I.1").out


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("written", ["-5", "-3,2%", "-1.200", "-5 %"])
def test_a_value_below_zero_is_no_option(written: str) -> None:
    with at("2026-04-02T09:00"):
        ran = run("indicator", "record", "I.1", written, "--on", "2026-03-31", "--note", "-5 so với kỳ trước")
        assert ran.code == 0, ran
        [row] = good("indicator", "list", "I.1", "--format", "json").lines
        assert (row["value"], row["note"]) == (written, "-5 so với kỳ trước")
        assert "No such option" in run("indicator", "record", "I.1", "5", "--sorce", "x").err


@pytest.mark.usefixtures("office")
def test_a_value_that_looks_mistaken_is_recorded_with_a_warning() -> None:
    with at("2026-04-02T09:00"):
        ran = run("indicator", "record", "I.1", "150 %", "--on", "2026-03-31")
        assert ran.code == 0
        assert ran.out.startswith("recorded as number 1: chuong-trinh/I.1, 2026-03-31: 150%")
        assert "150% lies outside of 0–100%" in ran.err
        assert good("indicator", "record", "I.1", "99", "--on", "2026-03-31").err == ""


@pytest.mark.usefixtures("office")
def test_a_value_taken_back_opens_what_it_alone_had_answered() -> None:
    with at("2026-04-02T09:00"):
        good("indicator", "record", "I.1", "61,5", "--on", "2026-03-30")
        good("indicator", "record", "I.1", "62", "--on", "2026-03-31")
    with at("2026-04-02T10:00"):
        assert "open again" not in good("indicator", "retract", "2").out
        assert "open again" in good("indicator", "retract", "1", "--note", "nhầm kỳ").out
        assert states() == [("2026-03-31", "done"), ("2026-03-31", "reopened")]
        assert "was taken back before" in refused("indicator", "retract", "1")
        assert "does not exist" in refused("indicator", "retract", "9")
        rows = good("indicator", "list", "I.1", "--format", "json").lines
        assert [(row["value"], row["retracted"]) for row in rows] == [("61,5", True), ("62", True)]
        assert indicator_line()["attained"] == "not_measured"


@pytest.mark.usefixtures("office")
def test_status_of_a_past_day_tells_what_was_known_then() -> None:
    with at("2026-04-02T09:00"):
        good("indicator", "record", "I.1", "60", "--on", "2026-01-01")
    with at("2026-07-10T09:00"):
        good("indicator", "record", "I.1", "72,5", "--on", "2026-07-02")
        assert indicator_line() == {
            "value": "72,5", "measured_on": "2026-07-02", "attained": "reached", "target": "≥ 70", "forecast": "85",
        }  # fmt: skip
        assert indicator_line("--on", "2026-07-09") == {
            "value": "60", "measured_on": "2026-01-01", "attained": "on_the_way", "target": "≥ 70", "forecast": None,
        }  # fmt: skip
        assert indicator_line("--on", "2026-03-31")["attained"] == "not_measured"
        table = good("status").out
        assert "72,5" in table
        assert "Đạt" in table
    with at("2026-07-11T09:00"):
        good("indicator", "retract", "2")
        assert indicator_line("--on", "2026-07-10")["value"] == "72,5"
        assert indicator_line()["value"] == "60"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("I.1", "nhiều"), "is no value"),
        (("I.1", "72.5"), "did you mean '72,5'"),
        (("I.1", "Có"), "this indicator is a number"),
        (("I.1", "70", "--on", "2027-01-01"), "has not come yet"),
        (("I.1", "70", "--on", "1999-01-01"), "look at the year"),
        (("I.1", "70", "--unit", "so-b"), "does not own"),
        (("I.9", "70"), "unknown indicator 'I.9'"),
        (("I.1", "70", "--evidence", "nowhere.pdf"), "nowhere.pdf"),
        (("I.1", "70", "--evidence", "javascript:1"), "javascript:1"),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_cannot_be_recorded_is_refused_and_nothing_is_kept(arguments: tuple[str, ...], said: str) -> None:
    with at("2026-04-02T09:00"):
        assert said in refused("indicator", "record", *arguments)
        assert good("indicator", "list", "I.1", "--format", "json").out == ""


@pytest.mark.usefixtures("office")
def test_the_owner_is_reminded_and_what_asks_counts_among_no_tasks() -> None:
    with at("2026-03-26T08:00"):
        total = good("summary", "--format", "json").json["total"]
        tasks = [row for row in good("status", "--format", "json").lines if row["kind"] == "task"]
        assert (total, [row for row in tasks if row["task"].startswith("indicator:")]) == (len(tasks), [])
        good("tick")
        shown = good("explain", "indicator:I.1", "--occurrence", "2026-03-31").out
        assert "Số liệu chỉ tiêu: Phủ sóng 5G (%)" in shown
        assert "đã gửi" in shown


def sheet(file: str) -> Worksheet:
    """The first sheet of a workbook."""
    return load_workbook(file).worksheets[0]


def filled(value: str | float, on: str, *, more: tuple[str, ...] = ()) -> Path:
    """The template with a value filled in."""
    good("indicator", "template", "--out", "mau.xlsx", "--force")
    book = load_workbook("mau.xlsx")
    page = book.worksheets[0]
    rows = list(enumerate(page.iter_rows(values_only=True), 1))
    [(head, names)] = [(number, row) for number, row in rows if "Mã chỉ tiêu" in row]
    columns = {str(name): at_ for at_, name in enumerate(names, 1)}
    page.cell(head + 1, columns["Giá trị"]).value = value
    page.cell(head + 1, columns["Ngày số liệu"]).value = on
    for name, text in zip(("Chương trình", "Mã chỉ tiêu", "Ngày số liệu", "Giá trị"), more, strict=False):
        page.cell(head + 2, columns[name]).value = text
    book.save("so-lieu.xlsx")
    return Path("so-lieu.xlsx")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("value", "on", "recorded"),
    [
        ("72,5", "31/03/2026", "72,5"),
        (72.5, "2026-03-31", "72,5"),
        ("72,5 %", "31-03-2026", "72,5 %"),
        (72, "31.03.2026", "72"),
    ],
)
def test_a_filled_in_sheet_is_recorded(value: str | float, on: str, recorded: str) -> None:
    with at("2026-04-02T09:00"):
        file = filled(value, on)
        assert "1 value would be recorded" in good("indicator", "import", str(file), "--dry-run").out
        assert "1 value recorded" in good("indicator", "import", str(file)).out
        rows = good("indicator", "list", "I.1", "--format", "json").lines
        assert [(row["value"], row["measured_on"]) for row in rows] == [(recorded, "2026-03-31")]
        assert states() == [("2026-03-31", "done")]
        good("indicator", "template", "--out", "mau.xlsx", "--force")
        cells = [str(cell.value) for row in sheet("mau.xlsx").iter_rows() for cell in row]
        assert f"{recorded} (31/3/2026)" in cells


@pytest.mark.usefixtures("office")
def test_a_sheet_that_is_sent_twice_is_recorded_once() -> None:
    with at("2026-04-02T09:00"):
        good("indicator", "import", str(filled("72,5", "31/03/2026")))
    with at("2026-04-02T10:00"):
        file = filled("72,5", "31/03/2026")
        for options in (("--dry-run",), ()):
            again = good("indicator", "import", str(file), *options).out
            assert "stands already as number 1: chuong-trinh/I.1, 2026-03-31: 72,5%" in again
            assert "\n0 values" in again
        good("indicator", "import", str(filled("72,6", "31/03/2026")))
        rows = good("indicator", "list", "I.1", "--format", "json").lines
        assert [row["value"] for row in rows] == ["72,5", "72,6"]
        good("indicator", "retract", "1", "--note", "nhầm")
        assert "recorded as number" in good("indicator", "import", str(filled("72,5", "31/03/2026"))).out


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("value", "on", "said"),
    [
        ("nhiều", "31/03/2026", "is no value"),
        ("72", "", "is no day"),
        ("72", "31/02/2026", "is no day"),
        ("72", "01/01/2027", "has not come yet"),
        ("=1+1", "31/03/2026", "a formula without a result"),
    ],
)
def test_one_wrong_cell_and_nothing_is_recorded(value: str, on: str, said: str) -> None:
    with at("2026-04-02T09:00"):
        file = filled(value, on)
        ran = run("indicator", "import", str(file))
        assert ran.code == 1
        assert said in ran.err
        assert "so-lieu.xlsx: Số liệu!" in ran.err
        assert "1 problem; nothing was recorded" in ran.err
        assert good("indicator", "list", "I.1", "--format", "json").out == ""


@pytest.mark.usefixtures("office")
def test_a_second_row_that_is_wrong_keeps_the_first_from_being_recorded() -> None:
    with at("2026-04-02T09:00"):
        programme = good("indicator", "list", "--format", "json").lines[0]["programme"]
        for row, said in (
            ((programme, "I.9", "31/03/2026", "5"), "has no indicator 'I.9'"),
            (("q", "I.1", "31/03/2026", "5"), "there is no programme 'q'"),
            ((programme, "I.1", "31/03/2026", "5"), "a second value for that day"),
        ):
            ran = run("indicator", "import", str(filled("72", "31/03/2026", more=row)))
            assert (ran.code, said in ran.err) == (1, True), ran.err
        assert good("indicator", "list", "I.1", "--format", "json").out == ""


@pytest.mark.usefixtures("office")
def test_what_is_no_sheet_is_refused() -> None:
    with at("2026-04-02T09:00"):
        Path("a.xlsx").write_bytes(b"PK\x03\x04 broken")
        assert run("indicator", "import", "a.xlsx").code == 1
        Path("b.xlsx").write_text("no zip")
        assert run("indicator", "import", "b.xlsx").code == 1
        good("indicator", "template", "--out", "mau.xlsx")
        assert "no value is filled in" in run("indicator", "import", "mau.xlsx").err
        book = load_workbook(BytesIO(Path("mau.xlsx").read_bytes()))
        page = book.worksheets[0]
        page.delete_rows(1, 30)
        book.save("c.xlsx")
        assert "no table with the columns" in run("indicator", "import", "c.xlsx").err


@pytest.mark.usefixtures("office")
def test_what_asks_for_a_value_is_not_reported_done_without_one() -> None:
    with at("2026-04-02T09:00"):
        told = refused("report", "done", "indicator:I.1", "--occurrence", "2026-03-31")
        assert "dondoc indicator record chuong-trinh/I.1 VALUE" in told
        assert states() == []
