"""The stop switch: while it is on, nothing is sent. Append-only: who threw it, when and why stays known."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

_STOP = "stop"
_s = t.switch.c
_LAST = sa.select(_s.is_on, _s.why, _s.recorded_at, _s.recorded_by).where(_s.name == _STOP)
_LAST = _LAST.order_by(_s.id.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Thrown:
    """One throw of the stop switch."""

    is_on: bool
    why: str | None
    recorded_at: datetime
    recorded_by: str


def throw_stop(
    connection: Connection, *, is_on: bool, recorded_by: str, recorded_at: datetime, why: str | None = None
) -> None:
    """Stop all sending, or let it go on."""
    values = {"is_on": is_on, "why": why, "recorded_at": recorded_at, "recorded_by": recorded_by}
    connection.execute(sa.insert(t.switch).values(values | {"name": _STOP}))


def throws(connection: Connection, *, until: datetime | None = None) -> list[Thrown]:
    """Return every throw of the stop switch, or those recorded by `until`, in the order of recording."""
    query = sa.select(_s.is_on, _s.why, _s.recorded_at, _s.recorded_by).where(_s.name == _STOP).order_by(_s.id)
    if until is not None:
        query = query.where(_s.recorded_at <= until)
    return [Thrown(*row) for row in connection.execute(query)]


def is_stopped(connection: Connection) -> bool:
    """Return True while the stop switch is on."""
    last = last_thrown(connection)
    return last is not None and last.is_on


def last_thrown(connection: Connection) -> Thrown | None:
    """Return how the stop switch was last thrown, None when it never was."""
    row = connection.execute(_LAST).one_or_none()
    return None if row is None else Thrown(*row)
