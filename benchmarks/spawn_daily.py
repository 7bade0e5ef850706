"""The first pass of a day that brings nothing new, with many obligations that recur every month in stock."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.apply_million import applied
from benchmarks.measuring import Row, apart, timed
from benchmarks.synthetic import APPLIED_AT, Size, config_for
from db.engine import open_engine
from scheduler.office import open_office
from scheduler.passes import evaluate

SIZE = Size(units=1_000, tasks=1, owed=0, recurring=100)
ROUNDS, MIB = 3, 200


def rows(folder: Path) -> Iterator[Row]:
    stock, copy = applied(SIZE, folder), folder / "copy.db"
    seconds, peaks = [], []
    for _ in range(ROUNDS):
        shutil.copy(stock, copy)
        took, peak = apart(one_day, copy)
        seconds.append(took)
        peaks.append(peak)
    copy.unlink()
    what = f"a day's first pass, {SIZE.units * SIZE.recurring:,} obligations recur monthly"
    yield Row(what, f"{min(seconds):.2f} s")
    yield Row("its memory", f"{max(peaks):.0f} MiB", target=f"< {MIB} MiB", met=max(peaks) < MIB)


def one_day(database: Path) -> float:
    """Make the pass of the day after the rules were applied."""
    config = config_for(database)
    engine = open_engine(config.database)
    office = open_office(config, engine)
    evaluate(office, now=APPLIED_AT)
    seconds = timed(lambda: evaluate(office, now=APPLIED_AT + timedelta(days=1)))
    engine.dispose()
    return seconds
