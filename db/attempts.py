"""Attempts: what is limited in number (sign-in, bad links) is counted here; `of` is a condensed address, never an
address."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

_a = t.attempt.c


def note_attempt(connection: Connection, kind: str, of: str, *, at: datetime) -> None:
    """Count one attempt."""
    connection.execute(sa.insert(t.attempt).values(kind=kind, of=of, at=at))


def count_attempts(connection: Connection, kind: str, of: str, *, since: datetime) -> int:
    """Return how many attempts were counted after `since`."""
    query = sa.select(sa.func.count()).where(_a.kind == kind, _a.of == of, _a.at > since)
    return int(connection.execute(query).scalar_one())


def forget_attempts(connection: Connection, *, before: datetime) -> int:
    """Forget the attempts before that instant, and return how many."""
    return connection.execute(sa.delete(t.attempt).where(_a.at < before)).rowcount
