"""The audit trail: who did what, when, from where. Written in the transaction of what was done, never changed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

_a = t.audit.c


@dataclass(frozen=True, slots=True)
class Audited:
    """One action. `origin` is the network address it came from, None for a command."""

    id: int
    at: datetime
    person: str
    action: str
    subject: str
    via: str
    origin: str | None
    detail: str | None


def note_action(
    connection: Connection,
    *,
    at: datetime,
    person: str,
    action: str,
    subject: str,
    via: str,
    origin: str | None = None,
    detail: str | None = None,
) -> None:
    """Add a line to the trail."""
    values = {
        "at": at,
        "person": person,
        "action": action,
        "subject": subject,
        "via": via,
        "origin": origin,
        "detail": detail,
    }
    connection.execute(sa.insert(t.audit).values(values))


def trail(
    connection: Connection, *, person: str | None = None, subject: str | None = None, limit: int = 200
) -> list[Audited]:
    """Return the last actions, the latest first: of one person, on one subject, or all."""
    query = sa.select(t.audit).order_by(_a.id.desc()).limit(limit)
    if person is not None:
        query = query.where(_a.person == person)
    if subject is not None:
        query = query.where(_a.subject == subject)
    return [Audited(*row) for row in connection.execute(query)]
