"""The first application of rule files that come to a million obligations."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Row, apart, timed
from benchmarks.synthetic import APPLIED_AT, Size, config_for, rule_files, rulebook_of
from db.engine import open_engine
from scheduler.applying import Origin, apply_rules

MILLION = Size(units=1_000, tasks=1_000, owed=10)
SECONDS, MIB = 120, 500


def rows(folder: Path) -> Iterator[Row]:
    database = stock_of(MILLION, folder)
    remove(database)
    (seconds, steps), peak = apart(first_apply, MILLION, database)
    yield Row(
        f"first apply of {MILLION.obligations:,} obligations",
        f"{seconds:.0f} s, {steps} steps of progress",
        target=f"< {SECONDS} s",
        met=seconds < SECONDS,
    )
    yield Row("its memory", f"{peak:.0f} MiB", target=f"< {MIB} MiB", met=peak < MIB)


def applied(size: Size, folder: Path) -> Path:
    """Return a database in which the rules of that size are in force; made once and kept in the folder."""
    database = stock_of(size, folder)
    if not database.exists():
        apart(first_apply, size, database)
    return database


def first_apply(size: Size, database: Path) -> tuple[float, int]:
    """Apply the rules; return the seconds it took and how often progress was told."""
    files = rule_files(size)
    config, rulebook = config_for(database), rulebook_of(files)
    engine = open_engine(config.database)
    told: list[int] = []
    origin = Origin(by="benchmarks", folder="made up")
    seconds = timed(
        lambda: apply_rules(config, engine, rulebook, files, origin=origin, now=APPLIED_AT, progress=told.append)
    )
    engine.dispose()
    return seconds, len(told)


def stock_of(size: Size, folder: Path) -> Path:
    return folder / f"{size.obligations}-{size.recurring}.db"


def remove(database: Path) -> None:
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
