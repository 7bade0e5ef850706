"""Many rows in few statements, on either database: lists cut into chunks, inserts that mind conflicts, a quick copy."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from types import NoneType
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

CHUNK = 5_000
"""How many rows or ids go into one statement; SQLite takes at most 32,766 values, PostgreSQL 65,535."""

T = TypeVar("T")


def chunked(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield `items` in lists of at most `size`; a generator is drawn from as needed."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def insert(connection: Connection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT of the connection's dialect, which has ON CONFLICT; both dialects write it alike."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """Return `insert` for a statement that is written once for a dialect."""
    if dialect == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def among(connection: Connection, column: sa.Column[Any], ids: Sequence[int]) -> sa.ColumnElement[bool]:
    """Return `column IN ids`, the ids as one value: a list of thousands would take longer to write than to look up."""
    return _among(connection.dialect.name, column, value=as_one_value(connection, ids), unique=True)


def among_those(dialect: str, column: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """Return `column IN ids` for a statement made once; whoever runs it gives it `ids` by `as_one_value`."""
    return _among(dialect, column)


def as_one_value(connection: Connection, ids: Sequence[int]) -> list[int] | str:
    """Return ids as one value of a statement."""
    return list(ids) if connection.dialect.name == "postgresql" else json.dumps(list(ids))


def _among(dialect: str, column: sa.Column[Any], **given: Any) -> sa.ColumnElement[bool]:
    if dialect == "postgresql":
        return column == sa.any_(sa.bindparam("ids", type_=postgresql.ARRAY(sa.BigInteger), **given))
    # As text: SQLAlchemy would need longer to put a function with its columns together than SQLite to look them up.
    return column.in_(sa.text("SELECT value FROM json_each(:ids)").bindparams(sa.bindparam("ids", **given)))


def execute_many(
    connection: Connection, statement: sa.Insert | sa.Update, names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> int:
    """Run a statement once for each row, its values in the order of `names`, and return how many rows it wrote.

    On SQLite it goes around SQLAlchemy, which needs longer to prepare a row than SQLite to write it: values as in
    `copy_in`.
    """
    if not rows:
        return 0
    if connection.dialect.name == "postgresql":
        return connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows]).rowcount
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
    columns = _as_columns(rows)
    values = list(zip(*(columns[names.index(name)] for name in compiled.positiontup or ()), strict=True))
    return connection.exec_driver_sql(str(compiled), values).rowcount


def copy_in(connection: Connection, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows, each in the order of the table's columns, three times as fast as by INSERT; for millions of them.

    Goes around SQLAlchemy, so it takes text, numbers, days and instants only; naive instants raise ValueError.
    """
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
        return
    marks = ", ".join("?" for _ in table.columns)
    values = list(zip(*_as_columns(rows), strict=True))
    connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", values)


def _copy(connection: Connection, table: sa.Table, rows: Sequence[Sequence[Any]]) -> None:
    statement = f"COPY {table.name} FROM STDIN"
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(tuple(map(_aware, row)))
    except connection.dialect.loaded_dbapi.IntegrityError as taken:
        raise IntegrityError(statement, None, taken) from taken
    finally:
        cursor.close()


def _aware(value: Any) -> Any:
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise ValueError(f"{value}: an instant without its zone")
    return value


_PLAIN = frozenset({str, int, bool, NoneType})


def _as_columns(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Return the columns of the rows, their values as SQLAlchemy's types store them in SQLite."""
    return [
        column if _PLAIN.issuperset(map(type, column)) else list(map(_as_stored, column))
        for column in zip(*rows, strict=True)
    ]


def _as_stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return _instant_as_stored(value)
    return value.isoformat() if isinstance(value, date) else value


# Among many rows, few instants differ.
@lru_cache(maxsize=4096)
def _instant_as_stored(value: datetime) -> str:
    return str(_aware(value).astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds"))
