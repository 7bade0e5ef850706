"""A renamed task goes by its present id wherever facts are printed; its first id, under which they are kept, stands beside."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import After, put_in_force
from tests.e2e.console import at, edit, good, run

ADDRESS, STAND_IN = "gd.a@tinh.example", "pgd.a@tinh.example"


def rename() -> None:
    put_in_force()
    with at("2026-03-26T07:00"):
        good("tick")
    edit("- id: A.1\n", "- id: A.9\n    renamed_from: A.1\n")
    with at("2026-03-30T10:00"):
        good("apply", "--yes")
    with at("2026-04-01T07:00"):
        good("tick")


@pytest.fixture
def renamed(office_after: After) -> Path:
    """The small office in which A.1, late and told of, has become A.9."""
    return office_after(rename)


def only(found: list[dict[str, Any]], unit: str = "so-a") -> dict[str, Any]:
    [one] = [one for one in found if one.get("title") == "Báo cáo quý I" and one["unit"] == unit]
    return one


def newest() -> int:
    """Return the number of the last letter to who stands in for the head of Sở A in April."""
    letters = good("outbox", "list", "--to", STAND_IN, "--format", "json").lines
    return max(int(one["number"]) for one in letters)


FACTS: dict[str, Callable[[], dict[str, Any]]] = {
    "status": lambda: only(good("status", "--format", "json").lines),
    "summary": lambda: only(good("summary", "--format", "json").json["late"]),
    "explain": lambda: good("explain", "A.9", "--format", "json").json,
    "explain by rules": lambda: good("explain", "A.9", "--rules", "rules", "--format", "json").json,
    "a mail": lambda: only(good("explain", "--message", str(newest()), "--format", "json").json["lines"]),
    "history": lambda: good("history", "A.9", "--format", "json").json,
}


@pytest.mark.parametrize("what", FACTS)
def test_facts_for_programs_have_the_present_id_with_the_first_one_beside_it(renamed: Path, what: str) -> None:
    with at("2026-04-02T09:00"):
        found = FACTS[what]()
    assert (found["programme"], found["task"], found["renamed_from"]) == ("chuong-trinh", "A.9", "A.1")


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("summary",),
        ("explain", "A.9"),
        ("explain", "--to", STAND_IN),
        ("history", "A.9"),
    ],
    ids=" ".join,
)
def test_facts_for_people_have_the_present_id(renamed: Path, command: tuple[str, ...]) -> None:
    with at("2026-04-02T09:00"):
        out = good(*command).out
    assert "chuong-trinh/A.9" in out
    assert "chuong-trinh/A.1" not in out


def test_the_first_id_is_named_where_a_task_is_told_of(renamed: Path) -> None:
    with at("2026-04-02T09:00"):
        assert "Mã đầu tiên: A.1" in good("explain", "A.9").out
        assert good("history", "A.9").out.startswith("chuong-trinh/A.9 (mã đầu tiên: A.1): ")


def test_a_task_that_kept_its_id_has_none_beside_it(office: Path) -> None:
    with at("2026-04-02T09:00"):
        assert only(good("status", "--format", "json").lines)["renamed_from"] is None
        assert "Mã đầu tiên" not in good("explain", "A.1").out


def test_a_report_goes_by_the_present_id(renamed: Path) -> None:
    with at("2026-04-02T09:00"):
        assert good("report", "done", "A.9", "--on", "2026-04-02").out == "done: chuong-trinh/A.9 (so-a)\n"


def test_a_mail_calls_the_task_as_it_was_called_then(renamed: Path) -> None:
    with at("2026-04-02T09:00"):
        assert only(good("explain", "--message", "1", "--format", "json").json["lines"])["task"] == "A.1"
        assert "chuong-trinh/A.9" in good("explain", "--message", str(newest())).out


def test_a_past_day_has_the_id_of_that_day(renamed: Path) -> None:
    with at("2026-04-02T09:00"):
        found = only(good("status", "--on", "2026-03-28", "--format", "json").lines)
    assert (found["task"], found["renamed_from"]) == ("A.1", None)


SIMULATED = ("simulate", "--from", "2026-03-20", "--to", "2026-04-10")


def test_a_plan_calls_a_renamed_task_by_its_present_id(renamed: Path) -> None:
    edit("deadline: 2026-03\n", "deadline: 2026-04-15\n")
    with at("2026-04-02T09:00"):
        shown, found = run("plan", "-v"), run("plan", "--format", "json").json
    assert "chuong-trinh/A.9" in shown.out
    assert "chuong-trinh/A.1" not in shown.out
    assert {move["line"]["task"] for move in found["moves"]} == {"A.9"}
    assert {said["task"] for letter in found["letters"] for said in letter["gained"]} >= {"A.9"}


def test_a_simulation_calls_a_renamed_task_by_its_present_id(renamed: Path) -> None:
    found = good(*SIMULATED, "--format", "json").json
    lines = [line for message in found["messages"] for line in message["lines"] if line.get("renamed_from")]
    assert {(line["task"], line["renamed_from"]) for line in lines} == {("A.9", "A.1")}
    assert "A.1" not in {one["task"] for one in found["not_sent"]}
    calendar = good(*SIMULATED, "--format", "ics").out.replace("\r\n ", "")
    assert "chuong-trinh/A.9" in calendar
    assert "chuong-trinh/A.1 " not in calendar


def test_simulations_before_and_after_a_renaming_are_the_same(office: Path) -> None:
    good(*SIMULATED, "--format", "json", "-o", "before.json")
    edit("- id: A.1\n", "- id: A.9\n    renamed_from: A.1\n")
    good(*SIMULATED, "--format", "json", "-o", "after.json")
    for saved in ("before.json", "after.json"):
        assert good(*SIMULATED, "--against", saved).out == "no difference\n"


def test_an_audit_calls_a_renamed_task_by_its_present_id(renamed: Path) -> None:
    with sqlite3.connect("var/dondoc.db") as connection:
        connection.execute("UPDATE obligation SET due_on = '2026-01-01' WHERE task = 'A.1' AND state = 'open'")
    with at("2026-04-02T09:00"):
        found = run("audit").out
    assert "chuong-trinh/A.9 (so-a): is stored as due 2026-01-01" in found
    assert "A.1" not in found
