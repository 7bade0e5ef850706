"""Leader: one process makes passes and changes obligations at a time. On PostgreSQL by an advisory lock that ends with
the transaction; SQLite has one writer at a time anyway."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

_PASSES = 0x646F6E  # "don"


def leads(connection: Connection) -> bool:
    """Return True when this transaction leads; False when that of another process does."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(_PASSES))).scalar_one())


def lead(connection: Connection) -> None:
    """Wait until this transaction leads."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_PASSES)))
