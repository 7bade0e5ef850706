"""What all tables share: names of constraints, ids, closed sets of words, partial indexes."""

from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

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
    """Return the SQLAlchemy table behind a row class."""
    return cast(sa.Table, row.__table__)  # type: ignore[attr-defined]
