"""Recasts: the deadlines that parts of tasks were lived by before a recurrence was edited; append-only."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

_r = t.recast.c


class StoredRecast(NamedTuple):
    """A deadline in the rule language, as JSON, that a part of a task was lived by before the day `until_on`; with the
    words of its document where it has some."""

    programme: str
    task: str
    part: str
    until_on: date
    deadline: str


def record_recasts(connection: Connection, found: Iterable[StoredRecast], *, revision: int, now: datetime) -> None:
    """Store deadlines that the revision replaces."""
    rows = [{**one._asdict(), "revision_id": revision, "recorded_at": now} for one in found]
    if rows:
        connection.execute(sa.insert(t.recast), rows)


def recasts(connection: Connection, *, until: datetime | None = None) -> list[StoredRecast]:
    """Return all deadlines stored, or those stored by an instant, in the order in which they were."""
    query = sa.select(_r.programme, _r.task, _r.part, _r.until_on, _r.deadline).order_by(_r.id)
    if until is not None:
        query = query.where(_r.recorded_at <= until)
    return [StoredRecast(*row) for row in connection.execute(query)]


def recast_instants(connection: Connection) -> list[datetime]:
    """Return, in order, when each of them was stored."""
    return sorted(at for (at,) in connection.execute(sa.select(_r.recorded_at)))
