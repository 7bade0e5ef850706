"""Engines: SQLite so that no update is lost and no commit forgotten, PostgreSQL through psycopg 3."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import StaticPool

BUSY = timedelta(seconds=15)
"""How long a writer waits for another one. It blocks its thread: never on the event loop."""


# Without it, SQLAlchemy forgets on PostgreSQL how many rows an INSERT made.
_COUNTED = {"preserve_rowcount": True}


def open_engine(url: str) -> Engine:
    """Return an engine for `sqlite:///path` or `postgresql://…`; nothing is connected or created yet."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed)
        case "postgresql":
            return sa.create_engine(
                parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, execution_options=_COUNTED
            )
        case other:
            raise ValueError(f"database {other!r}: accepted are sqlite:///path and postgresql://…")


def open_reader(url: str) -> Engine:
    """Return an engine as `open_engine` does, through which nothing can be written, whatever is tried.

    A transaction sees a single state of the database.
    """
    engine = open_engine(url)
    if path := sqlite_path(engine):
        engine = sa.create_engine(engine.url, creator=lambda: _connect_for_reading(path))
        event.listen(engine, "begin", _begin)
    return read_only(engine)


def read_only(engine: Engine) -> Engine:
    """Return the same engine for reading, each transaction seeing a single state of the database; on SQLite it takes no
    write lock and waits for no writer."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
    return engine.execution_options(read_only=True)


def sqlite_path(engine: Engine) -> Path | None:
    """Return the file of a SQLite engine, None in memory and on PostgreSQL."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return Path(name)


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    # One connection for all threads: in memory, each connection would have a database of its own.
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = sa.create_engine(url, connect_args={"check_same_thread": False}, execution_options=_COUNTED, **options)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _connect_for_reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=BUSY / timedelta(seconds=1),
        isolation_level=None,
        check_same_thread=False,
    )


def _set_pragmas(dbapi: Any, _record: object) -> None:
    # SQLAlchemy emits BEGIN itself (below): the driver's own comes too late, and updates are lost.
    dbapi.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY // timedelta(milliseconds=1)}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads, then writes fails at once when another wrote; an immediate one waits.
    deferred = connection.get_execution_options().get("read_only")
    connection.exec_driver_sql("BEGIN" if deferred else "BEGIN IMMEDIATE")
