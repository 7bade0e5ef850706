"""What `dondoc read` prints of the changes a new version of a plan makes."""

import pytest

from rules.plans.merging import Change
from scheduler.commands.drafted import print_changes


def renumbered(count: int) -> list[Change]:
    return [Change("renumbered", f"I.{n}", f"Việc {n}", "id", f"I.{n}", f"I.{n + 1}") for n in range(1, count + 1)]


def test_many_rows_with_other_numbers_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_changes([Change("new", "I.1a", "Việc mới"), *renumbered(20), Change("gone", "I.30", "Việc cũ")])
    shown = capsys.readouterr().out
    assert shown.count("renumbered") == 1
    assert "20 rows" in shown
    assert "I.1 … I.20" in shown
    assert "I.2 … I.21" in shown
    assert "I.1a" in shown
    assert "I.30" in shown


def test_a_few_are_printed_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    print_changes(renumbered(3))
    assert capsys.readouterr().out.count("renumbered") == 3
