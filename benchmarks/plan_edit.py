"""Plans of edits to rule files of half a million obligations: a changed day of the calendar, one changed task."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.apply_million import applied
from benchmarks.measuring import Row, apart, timed
from benchmarks.synthetic import APPLIED_AT, Size, config_for, rule_files
from db.engine import open_reader
from rules.load import Loaded
from scheduler.folder import RuleFiles, load_rules
from scheduler.planning import Planned, plan_edit

HALF_A_MILLION = Size(units=100, tasks=5_000, owed=50)
AT = APPLIED_AT + timedelta(hours=1)
CALENDAR_SECONDS, TASK_SECONDS = 10, 1


def rows(folder: Path) -> Iterator[Row]:
    database = applied(HALF_A_MILLION, folder)
    for what, old, new, target in (
        (
            "a changed day of the calendar",
            "holidays: [",
            "holidays: [{date: 2026-06-15, name: x, source: y}, ",
            CALENDAR_SECONDS,
        ),
        ("one changed task", "số 777 về", "số 777 mới về", TASK_SECONDS),
        ("one moved deadline", "đợt 778\n    deadline: 2026-", "đợt 778\n    deadline: 2027-", TASK_SECONDS),
        ("a comment", "tasks:\n", "# ghi chú\ntasks:\n", TASK_SECONDS),
    ):
        (reading, planning, found), peak = apart(plan, database, old, new)
        seconds = reading + planning
        yield Row(
            f"plan of {what}, {HALF_A_MILLION.obligations:,} obligations",
            f"{seconds:.2f} s ({reading:.2f} s to read the files), {peak:.0f} MiB: {found}",
            target=f"< {target} s",
            met=seconds < target,
        )


def plan(database: Path, old: str, new: str) -> tuple[float, float, str]:
    """Return the seconds that reading the files and planning took, and what was found."""
    files = {name: data.decode() for name, data in rule_files(HALF_A_MILLION).items()}
    edited = {name: text.replace(old, new, 1).encode() for name, text in files.items()}
    config = config_for(database)
    engine = open_reader(config.database)
    made: list[Planned] = []
    loaded: list[Loaded] = []
    reading = timed(lambda: loaded.append(load_rules(RuleFiles(edited, ()))))
    rulebook = loaded[-1].rulebook
    assert rulebook is not None, loaded[-1].problems[:3]
    planning = timed(lambda: made.append(plan_edit(config, engine, rulebook, edited, now=AT)))
    engine.dispose()
    return reading, planning, made[0].summary.en
