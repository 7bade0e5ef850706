"""With many obligations in stock that recur every month: the first pass after the rules were applied, and the first of
a day that brings nothing new."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.apply_million import applied
from benchmarks.measuring import Row, apart, timed
from benchmarks.synthetic import APPLIED_AT, Size, config_for
from db.engine import open_engine
from scheduler.office import open_office
from scheduler.passes import evaluate

SIZE = Size(units=1_000, tasks=1, owed=0, recurring=100)
ROUNDS, MIB = 3, 200
DAY = timedelta(days=1)


def rows(folder: Path) -> Iterator[Row]:
    stock, copy = applied(SIZE, folder), folder / "copy.db"
    after_apply, next_day, peaks = [], [], []
    for _ in range(ROUNDS):
        shutil.copy(stock, copy)
        (first, second), peak = apart(two_days, copy)
        after_apply.append(first)
        next_day.append(second)
        peaks.append(peak)
    copy.unlink()
    stock_size = f"{SIZE.units * SIZE.recurring:,} obligations recur monthly"
    yield Row(f"the first pass after an apply, {stock_size}", f"{min(after_apply):.2f} s")
    yield Row(f"a day's first pass, {stock_size}", f"{min(next_day):.2f} s")
    yield Row("its memory", f"{max(peaks):.0f} MiB", target=f"< {MIB} MiB", met=max(peaks) < MIB)


def two_days(database: Path) -> tuple[float, float]:
    """Make a pass right after the rules were applied, and one on the day after; return the seconds of each."""
    config = config_for(database)
    engine = open_engine(config.database)
    office = open_office(config, engine)
    first, second = (timed(partial(evaluate, office, now=APPLIED_AT + day)) for day in (timedelta(), DAY))
    engine.dispose()
    return first, second
