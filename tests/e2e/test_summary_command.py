"""`dondoc summary`: counts by programme and unit as official reports have them, and the same ones for a past day for
ever."""

from pathlib import Path

import pytest

from tests.e2e.conftest import After, put_in_force
from tests.e2e.console import at, good, refused, run

ON = ("--on", "2026-04-02", "--format", "json")


def report_in_time() -> None:
    put_in_force()
    with at("2026-03-27T08:00"):
        good("tick")
        good("report", "done", "A.3", "--unit", "so-a", "--occurrence", "2026-03-27", "--on", "2026-03-27")
    with at("2026-04-02T17:00"):
        good("tick")


@pytest.fixture
def office(office_after: After) -> Path:
    """A copy of the small office with its rules in force since 20 March 2026, and one of its reports given in time."""
    return office_after(report_in_time)


@pytest.mark.usefixtures("office")
def test_a_summary_counts_each_obligation_once_and_joint_ones_with_each_unit() -> None:
    with at("2026-04-03T08:00"):
        found = good("summary", *ON).json
    assert (found["on"], found["at"], found["revision"]) == ("2026-04-02", "2026-04-02T23:59:59+07:00", 1)
    counts = ("done_in_time", "done_late", "done_undated", "open_in_time", "open_late", "open_undated", "closed")
    assert found["total"] == sum(found[name] for name in counts)
    assert found["done_in_time"] == 1
    assert next((one["task"], one["unit"], one["days_late"]) for one in found["late"]) == ("A.3", "so-b", 6)
    [programme] = found["programmes"]
    assert {name: programme[name] for name in counts} == {name: found[name] for name in counts}
    units = {unit["unit"]: unit for unit in programme["units"]}
    assert list(units) == ["so-a", "so-b"]
    # B.1 is owed by both: it counts with each of them.
    assert sum(unit["open_undated"] for unit in units.values()) == found["open_undated"] + 1
    assert (units["so-a"]["done_in_time"], units["so-b"]["done_in_time"]) == (1, 0)


@pytest.mark.usefixtures("office")
def test_the_table_says_why_units_add_up_to_more_and_what_is_near() -> None:
    with at("2026-04-03T08:00"):
        lines, facts = good("summary").out.splitlines(), good("summary", "--format", "json").json
    total = next(number for number, line in enumerate(lines) if line.startswith("Cộng"))
    assert lines[total + 1] == "(lượt chung tính cho từng đơn vị)"
    near = f"đến hạn hôm nay: {facts['due_today']}; sắp đến hạn: {facts['due_soon']}"
    assert facts["due_today"] + facts["due_soon"] > 0
    assert lines.count(near) == 1


@pytest.mark.usefixtures("office")
def test_a_summary_and_a_status_of_a_past_day_are_the_same_bytes_after_everything() -> None:
    with at("2026-04-03T00:00"):
        before = told_of_the_day()
    file = Path("rules/office.yaml")
    text = file.read_text()
    with at("2026-04-06T09:00"):
        good("report", "done", "A.1", "--on", "2026-03-30")
        good("report", "reopen", "A.3", "--unit", "so-a", "--occurrence", "2026-03-27")
        good("event", "record", "de-an", "--on", "2026-03-01")
        good("stop", "--note", "nhầm danh bạ")
        edited = text.replace("deadline: 2026-03\n", "deadline: 2026-06\n").replace("on: friday", "on: monday")
        edited = edited.replace('targets: {2026: "≥ 70"}', 'targets: {2026: "≥ 90"}')
        file.write_text(edited.replace("title: Quy chế phối hợp", "title: Quy chế"))
        good("apply", "--yes")
        good("tick")
    with at("2026-04-20T09:00"):
        good("apply", "--revert", "1", "--yes")
        good("tick")
    with at("2026-05-20T09:00"):
        assert told_of_the_day() == before


def told_of_the_day() -> list[str]:
    """What the commands print of the day; beside it, they may say that the switch is thrown."""
    asked = (
        ("summary", *ON),
        ("summary", *ON[:2]),
        ("status", *ON, "--all"),
        ("status", *ON, "--late"),
        ("status", *ON[:2]),
    )
    ran = [run(*arguments) for arguments in asked]
    assert {each.code for each in ran} == {0}
    return [each.out for each in ran]


@pytest.mark.usefixtures("office")
def test_what_cannot_be_summed_up_is_one_line() -> None:
    assert refused("summary", "--on", "2026-03-01") == "no rule files were in force on 2026-03-01"
    assert refused("status", "--on", "2026-03-01") == "no rule files were in force on 2026-03-01"
    assert refused("summary", "--programme", "x").startswith("Invalid value for --programme: unknown programme 'x'")
    assert good("summary", "--programme", "chuong-trinh", *ON).json["programmes"][0]["programme"] == "chuong-trinh"
