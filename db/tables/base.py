"""What all tables share: names of constraints, ids, closed sets of words, partial indexes."""

from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

METADATA = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite numbers rows by itself only when the key is called INTEGER.
_ID: Any = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Instant(UTCDateTime):
    """An aware instant, in UTC when read. SQLite keeps text, and of many instants few differ: conversions are kept."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what turns a value into what is stored."""
        return _remembering(super().bind_processor(dialect), dialect)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """Return what turns something stored into a value."""
        return _remembering(super().result_processor(dialect, coltype), dialect)


def _remembering(convert: Any, dialect: Dialect) -> Any:
    return lru_cache(maxsize=4096)(convert) if convert is not None and dialect.name == "sqlite" else convert


def key() -> Any:
    """Return the field of a primary key that the database numbers."""
    return Field(default=None, primary_key=True, sa_type=_ID)


def reference(column: str, *, nullable: bool = False, **options: Any) -> Any:
    """Return the field of a foreign key to `table.id`."""
    return Field(foreign_key=column, sa_type=_ID, nullable=nullable, **options)


def one_of(column: str, *words: str) -> sa.CheckConstraint:
    """Return the check that `column` holds one of `words`: enums are plain text, readable in any tool."""
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def check(name: str, condition: str) -> sa.CheckConstraint:
    """Return a named check."""
    return sa.CheckConstraint(condition, name=name)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """Return an index over the rows where `where` holds. SQLite wants queries to say `where` literally."""
    condition = sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def equals(column: sa.Column[Any], word: str) -> sa.ColumnElement[bool]:
    """Return `column = 'word'`, the word written out, so that SQLite sees that a partial index applies."""
    return column == sa.literal_column(f"'{word}'", sa.String())


def table_of(row: type[SQLModel]) -> sa.Table:
    """Return the SQLAlchemy table behind a row class, its instants converted quickly."""
    table = cast(sa.Table, row.__table__)  # type: ignore[attr-defined]
    for column in table.columns:
        if isinstance(column.type, UTCDateTime):
            column.type = Instant()
    return table
