"""A pass over a million open obligations of which ten thousand have something owed, against bare SQL that selects and
writes the same rows, and against the same pass with nothing else in stock."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.apply_million import applied
from benchmarks.measuring import Row, apart, timed
from benchmarks.synthetic import APPLIED_AT, OWED_AT, Size, config_for
from db.engine import open_engine
from scheduler.office import open_office
from scheduler.passes import evaluate

LARGE, SMALL = Size(units=1_000, tasks=1_000, owed=10), Size(units=1_000, tasks=10, owed=10)
ROUNDS = 5
TIMES_THE_FLOOR, MIB, SHARE = 4.0, 200, 0.7


class Figures(NamedTuple):
    """Of one stock: the pass and its floor in seconds, the memory of the pass."""

    ours: float
    floor: float
    peak_mib: float


class Written(NamedTuple):
    """The rows a pass writes."""

    messages: list[tuple[object, ...]]
    notices: list[tuple[object, ...]]
    wakes: list[tuple[object, ...]]


def rows(folder: Path) -> Iterator[Row]:
    large, small = measure((LARGE, SMALL), folder)
    ratio = large.ours / large.floor
    yield Row(
        f"a pass: {LARGE.obligations:,} open, 10,000 owed, SQLite",
        f"{large.ours:.2f} s",
        f"{large.floor:.2f} s bare sqlite3",
        f"{ratio:.1f} ×",
        f"≤ {TIMES_THE_FLOOR} ×",
        ratio <= TIMES_THE_FLOOR,
    )
    yield Row("its memory", f"{large.peak_mib:.0f} MiB", "", "", f"< {MIB} MiB", large.peak_mib < MIB)
    share = small.ours / large.ours
    yield Row(
        "a pass: 10,000 open, the same owed",
        f"{small.ours:.2f} s",
        f"{small.floor:.2f} s bare sqlite3",
        f"{share:.2f} of the above",
        f"≥ {SHARE}",
        share >= SHARE,
    )


def measure(sizes: Iterable[Size], folder: Path) -> list[Figures]:
    """Return the best figures of each size, measured by turns: a machine is faster at one minute than at the next."""
    stocks = [applied(size, folder) for size in sizes]
    rounds = [[one_round(stock, folder / "copy.db") for stock in stocks] for _ in range(ROUNDS)]
    return [
        Figures(min(f.ours for f in found), min(f.floor for f in found), max(f.peak_mib for f in found))
        for found in zip(*rounds, strict=True)
    ]


def one_round(stock: Path, copy: Path) -> Figures:
    """Measure the pass, and bare SQL that writes the same, each on a copy of its own."""
    shutil.copy(stock, copy)
    seconds, peak = apart(one_pass, copy)
    written = written_by_it(copy)
    shutil.copy(stock, copy)
    floor = timed(partial(bare, copy, written))
    copy.unlink()
    return Figures(seconds, floor, peak)


def one_pass(database: Path) -> float:
    """Make the pass of the morning as a daemon does that has made the ones before."""
    config = config_for(database)
    engine = open_engine(config.database)
    office = open_office(config, engine)
    evaluate(office, now=APPLIED_AT)
    seconds = timed(lambda: evaluate(office, now=OWED_AT))
    engine.dispose()
    return seconds


# --- the floor: no rules, no SQLAlchemy ---

MESSAGE = "id, key, person, kind, created_at, state, not_before, attempts, next_try_at, possible_duplicate"
NOTICE = "obligation_id, rung, turn, unit, role, edition, as_, person, owed_at, decided_at, state, message_id"
WAKING = "SELECT id, kind, programme, task, part, unit, occurrence, state, watched_from, edition, ended_at, wake_at"
OWED = f"'{OWED_AT:%Y-%m-%d %H:%M:%S.%f}'"


def written_by_it(database: Path) -> Written:
    """Return the rows that the pass has written, as they stand in the tables."""
    with sqlite3.connect(database) as db:
        wakes = db.execute(
            "SELECT wake_at, id FROM obligation WHERE id IN (SELECT obligation_id FROM notice)"
        ).fetchall()
        messages = db.execute(f"SELECT {MESSAGE} FROM message").fetchall()
        notices = db.execute(f"SELECT {NOTICE} FROM notice").fetchall()
    db.close()
    return Written(messages, notices, wakes)


def bare(database: Path, written: Written) -> None:
    db = sqlite3.connect(database, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN IMMEDIATE")
    woken = db.execute(f"{WAKING} FROM obligation WHERE wake_at <= {OWED} ORDER BY wake_at, id").fetchall()
    assert len(woken) >= len(written.wakes)
    db.executemany(f"INSERT INTO message ({MESSAGE}) VALUES ({marks(MESSAGE)})", written.messages)
    db.executemany(f"INSERT INTO notice ({NOTICE}) VALUES ({marks(NOTICE)})", written.notices)
    db.executemany("UPDATE obligation SET wake_at = ? WHERE id = ?", written.wakes)
    db.execute("COMMIT")
    db.close()


def marks(columns: str) -> str:
    return ", ".join("?" * len(columns.split(", ")))
