"""Sessions: who is signed in. The cookie's value is never stored, only its hash, under which the session is found."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

_s = t.web_session.c


def begin_session(connection: Connection, hashed: str, *, person: str, at: datetime, until: datetime) -> None:
    """Begin a session that ends by itself at `until`."""
    values = {"hashed": hashed, "person": person, "began_at": at, "expires_at": until}
    connection.execute(sa.insert(t.web_session).values(values))


def session_person(connection: Connection, hashed: str, *, now: datetime) -> str | None:
    """Return whose session it is, None when there is no such session or it has ended."""
    query = sa.select(_s.person).where(_s.hashed == hashed, _s.ended_at.is_(None), _s.expires_at > now)
    return connection.execute(query).scalar_one_or_none()


def end_session(connection: Connection, hashed: str, *, at: datetime) -> bool:
    """End a session; return False when none was going on."""
    statement = sa.update(t.web_session).where(_s.hashed == hashed, _s.ended_at.is_(None)).values(ended_at=at)
    return connection.execute(statement).rowcount > 0


def end_sessions_of(connection: Connection, person: str, *, at: datetime) -> int:
    """End all sessions of a person, and return how many there were."""
    statement = sa.update(t.web_session).where(_s.person == person, _s.ended_at.is_(None), _s.expires_at > at)
    return connection.execute(statement.values(ended_at=at)).rowcount


def forget_sessions(connection: Connection, *, before: datetime) -> int:
    """Forget the sessions that ran out before that instant, and return how many."""
    return connection.execute(sa.delete(t.web_session).where(_s.expires_at < before)).rowcount
