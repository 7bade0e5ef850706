"""scheduler.passes: what a pass costs follows what has changed, not what there is. Counted, never timed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection

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


def test_a_pass_reads_no_obligation_but_by_an_index(tmp_path: Path) -> None:
    office = office_with(OWED, tmp_path)
    read: list[str] = []

    def explain(connection: Connection, _: object, statement: str, values: Any, _context: object, many: bool) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE")):
            cursor = connection.connection.cursor()
            rows = cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values[0] if many else values).fetchall()
            read.extend(f"{row[3]}: {statement}" for row in rows)

    event.listen(office.engine, "before_cursor_execute", explain)
    one_pass(office)
    event.remove(office.engine, "before_cursor_execute", explain)
    assert any(line.startswith("SEARCH obligation") for line in read)
    assert not [line for line in read if line.startswith("SCAN obligation") and "ix_obligation_waking" not in line]


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
