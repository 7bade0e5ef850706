"""scheduler.passes: what a pass costs follows what has changed, not what there is. Counted, never timed."""

from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.synthetic import APPLIED_AT, OWED_AT, Size, config_for, rule_files, rulebook_of
from db.engine import open_engine
from scheduler.applying import Origin, apply_rules
from scheduler.office import Office, open_office
from scheduler.passes import PassCounts, evaluate
from tests.db.samples import statements

UNITS, OWED = 4, 2


def office_with(tasks: int, folder: Path) -> Office:
    """An office in which tasks are followed that each unit owes; a few of them are due soon."""
    files = rule_files(Size(UNITS, tasks, OWED, recurring=2))
    config = config_for(folder / f"{tasks}.db")
    engine = open_engine(config.database)
    apply_rules(config, engine, rulebook_of(files), files, origin=Origin("tests", ""), now=APPLIED_AT)
    office = open_office(config, engine)
    # What every week begins with: the statement to the standing office.
    evaluate(office, now=OWED_AT - timedelta(days=1))
    return office


def one_pass(office: Office) -> tuple[PassCounts, list[str]]:
    with statements(office.engine) as seen:
        counts = evaluate(office, now=OWED_AT)
    office.engine.dispose()
    assert counts is not None
    return counts, seen


def test_a_pass_runs_as_many_statements_for_a_large_stock_as_for_a_small_one(tmp_path: Path) -> None:
    (_, small), (_, large) = (one_pass(office_with(tasks, tmp_path)) for tasks in (OWED, 20 * OWED))
    assert small == large


@pytest.mark.parametrize("tasks", [OWED, 20 * OWED])
def test_a_pass_looks_at_what_wakes_and_at_nothing_else(tasks: int, tmp_path: Path) -> None:
    counts, _ = one_pass(office_with(tasks, tmp_path))
    assert (counts.looked_at, counts.owed, counts.messages) == (UNITS * OWED, UNITS * OWED, UNITS)


def test_a_pass_with_nothing_to_do_writes_no_obligation_and_no_notice(tmp_path: Path) -> None:
    office = office_with(OWED, tmp_path)
    one_pass(office)
    with statements(office.engine) as seen:
        counts = evaluate(office, now=OWED_AT + timedelta(minutes=1))
    office.engine.dispose()
    assert counts == PassCounts()
    assert not [text for text in seen if "obligation" in text and not text.startswith("SELECT")]
    assert not [
        text for text in seen if text.startswith(("INSERT INTO notice", "UPDATE notice", "INSERT INTO message"))
    ]
