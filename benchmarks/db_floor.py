"""One pass over a million open obligations: through `db`, and in bare sqlite3 on the same file; side by side.

Both do the same: select what wakes, read its facts and its ledger, write back when to wake next, insert notices, put
them into the outbox, commit.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy.engine import Engine

from benchmarks.measuring import Row
from db import ledger, obligations, outbox
from db.engine import open_engine
from db.facts import facts_of
from db.migrate import migrate
from rules.ladder import Role
from rules.obligation import Notice, Slot

START = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 3
OBLIGATIONS, WAKING = 1_000_000, 10_000
MOST = 2.5
REQUIRED = ("select what wakes", "write back wake_at", "insert notices", "commit")
PEOPLE = 1_000
PAGE = 5_000
ROLES: tuple[Role, ...] = ("head", "focal")
Times = dict[str, list[float]]

FILL = """
INSERT INTO obligation (kind, programme, task, part, unit, occurrence, state, watched_from, edition, due_on, due_at,
    late_at, wake_at, revision_id, missed_before)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
SELECT 'task', 'programme-' || (i % 20), 'A.' || (i / 2000), '', 'unit-' || (i / 20 % 100), '', 'open',
    '2026-01-01 00:00:00.000000', 0, '2026-06-30', '2026-06-30 17:00:00.000000', '2026-06-30 17:00:00.000000',
    strftime('%Y-%m-%d 00:00:00.000000', '2026-01-01', '+' || (i / :waking) || ' days'), 1, 0
FROM n
"""


@contextmanager
def timed(times: Times, step: str) -> Iterator[None]:
    started = perf_counter()
    yield
    times.setdefault(step, []).append(perf_counter() - started)


def fill(engine: Engine, count: int, waking: int) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO revision (id, digest, applied_at, applied_by, origin, files) VALUES (1, '', '', '', '', '')"
        )
        connection.exec_driver_sql(FILL, {"count": count, "waking": waking})
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def people(id_: int, role: str) -> str:
    return f"{role}-{id_ % PEOPLE}@dongthap.example"


# --- bare sqlite3 ---


def stored(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def bare_pass(path: Path, now: datetime, times: Times) -> int:
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN IMMEDIATE")
    at, later = stored(now), stored(now + timedelta(days=400))
    with timed(times, "select what wakes"):
        rows = db.execute(
            "SELECT id, kind, programme, task, part, unit, occurrence, state, watched_from, edition, ended_at,"
            " wake_at FROM obligation WHERE wake_at <= ? ORDER BY wake_at, id",
            (at,),
        ).fetchall()
    ids = [row[0] for row in rows]
    with timed(times, "read facts"):
        bare_in(db, "SELECT obligation_id, kind, turn, at FROM change WHERE announce AND obligation_id IN", ids)
        db.execute("SELECT * FROM silence").fetchall()
    with timed(times, "read ledger"):
        bare_in(db, "SELECT * FROM notice WHERE obligation_id IN", ids)
    with timed(times, "write back wake_at"):
        db.executemany("UPDATE obligation SET wake_at = ? WHERE id = ?", [(later, id_) for id_ in ids])
    with timed(times, "insert notices"):
        db.executemany(
            "INSERT INTO notice (obligation_id, rung, turn, unit, role, edition, as_, person, owed_at, decided_at,"
            " state) VALUES (?, 'late', 0, 'u', ?, 0, 'to', ?, ?, ?, 'owed') ON CONFLICT DO NOTHING",
            [(id_, role, people(id_, role), at, at) for id_ in ids for role in ROLES],
        )
    with timed(times, "into the outbox"):
        bare_outbox(db, at)
    with timed(times, "commit"):
        db.execute("COMMIT")
    db.close()
    return len(ids)


def bare_in(db: sqlite3.Connection, query: str, ids: list[int]) -> list[Any]:
    found: list[Any] = []
    for first in range(0, len(ids), PAGE):
        some = ids[first : first + PAGE]
        found += db.execute(f"{query} ({', '.join('?' * len(some))})", some)
    return found


def bare_outbox(db: sqlite3.Connection, at: str) -> None:
    owed = db.execute(
        "SELECT person, id FROM notice WHERE state = 'owed' AND message_id IS NULL ORDER BY person, owed_at, id"
    ).fetchall()
    persons = sorted({person for person, _ in owed})
    db.executemany(
        "INSERT INTO message (key, person, kind, created_at, state, not_before, attempts, next_try_at,"
        " possible_duplicate) VALUES (?, ?, 'digest', ?, 'pending', ?, 0, ?, 0)",
        [(f"{person}/{at}", person, at, at, at) for person in persons],
    )
    messages = dict(db.execute("SELECT person, id FROM message WHERE created_at = ?", (at,)).fetchall())
    db.executemany("UPDATE notice SET message_id = ? WHERE id = ?", [(messages[person], id_) for person, id_ in owed])


# --- through db ---


def our_pass(engine: Engine, now: datetime, times: Times) -> int:
    later = now + timedelta(days=400)
    with engine.connect() as db, db.begin() as transaction:
        with timed(times, "select what wakes"):
            woken: list[obligations.Waking] = []
            after = None
            while page := obligations.waking(db, now=now, after=after, limit=PAGE):
                woken += page
                after = (page[-1].wake_at, page[-1].id)
        ids = [w.id for w in woken]
        with timed(times, "read facts"):
            assert len(facts_of(db, woken)) == len(ids)
        with timed(times, "read ledger"):
            assert len(ledger.notices_for(db, ids)) == len(ids)
        with timed(times, "write back wake_at"):
            obligations.set_wake(db, ((id_, later) for id_ in ids))
        with timed(times, "insert notices"):
            notices = (
                (id_, Notice(Slot("late", 0, "u", role), "to", now, "owed", people(id_, role)))
                for id_ in ids
                for role in ROLES
            )
            ledger.record(db, notices, decided_at=now)
        with timed(times, "into the outbox"):
            our_outbox(db, now)
        with timed(times, "commit"):
            transaction.commit()
    return len(ids)


def our_outbox(db: Any, now: datetime) -> None:
    free = ledger.first_free(db)
    new = (outbox.NewMessage(f"{person}/{now:%s}", person, "digest", now, now) for person in free)
    ledger.attach(db, outbox.enqueue(db, new).values())


# --- the table ---


def compare(path: Path, engine: Engine) -> tuple[Times, Times]:
    bare: Times = {}
    ours: Times = {}
    passes: list[Callable[[datetime], int]] = [
        lambda now: bare_pass(path, now, bare),
        lambda now: our_pass(engine, now, ours),
    ]
    for day in range(2 * ROUNDS):
        passes[day % 2](START + timedelta(days=day))
    return bare, ours


def rows(folder: Path) -> Iterator[Row]:
    path = folder / "floor.db"
    engine = open_engine(f"sqlite:///{path}")
    fill(engine, OBLIGATIONS, WAKING)
    bare, ours = compare(path, engine)
    engine.dispose()
    path.unlink()
    yield from (_row(f"db alone: {step}", (step,), bare, ours) for step in bare)
    yield _row("db alone: what any pass must do", REQUIRED, bare, ours, most=MOST)


def _row(what: str, steps: tuple[str, ...], bare: Times, ours: Times, *, most: float | None = None) -> Row:
    floor, took = (min(map(sum, zip(*(times[step] for step in steps), strict=True))) for times in (bare, ours))
    ratio = took / floor
    target, met = ("", None) if most is None else (f"≤ {most} ×", ratio <= most)
    return Row(what, f"{took:.3f} s", f"{floor:.3f} s bare sqlite3", f"{ratio:.1f} ×", target, met)
