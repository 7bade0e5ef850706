"""Copying: all that passes and letters depend on, out of the database in use into a SQLite file to try things on."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from db import tables as t
from db.engine import open_engine, read_only, sqlite_path

CHUNK = 10_000


def copy_database(source: Engine, path: Path) -> Engine:
    """Return an engine over a new SQLite file at `path`, which holds the database as it stands at this moment.

    From PostgreSQL the texts of letters already written stay behind: nothing reads them again.
    """
    if sqlite_path(source) is not None:
        _copy_file(source, path)
        return open_engine(f"sqlite:///{path}")
    target = open_engine(f"sqlite:///{path}")
    t.METADATA.create_all(target)
    with read_only(source).connect() as reader, target.begin() as writer:
        for table in t.METADATA.sorted_tables:
            if table is not t.message_body:
                _copy_rows(reader, writer, table)
    return target


def _copy_file(source: Engine, path: Path) -> None:
    with source.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        target = sqlite3.connect(path)
        try:
            driver.backup(target)
        finally:
            target.close()


def _copy_rows(reader: Connection, writer: Connection, table: sa.Table) -> None:
    # In the order of the keys: a row may refer to an earlier one of its table.
    rows = reader.execution_options(yield_per=CHUNK).execute(sa.select(table).order_by(*table.primary_key))
    for chunk in rows.mappings().partitions():
        writer.execute(sa.insert(table), [dict(row) for row in chunk])
