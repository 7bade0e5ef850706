"""The roll: what is followed since when, and what has no day. Aggregates over the obligations that passes and
statements need."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import chunked
from db.obligations import FOLLOWED, IS_OPEN

_o = t.obligation.c
_IS_FOLLOWED = _o.kind.in_(FOLLOWED)


def first_watched(
    connection: Connection, tasks: Collection[tuple[str, str]] | None = None
) -> dict[tuple[str, str], datetime]:
    """Return since when each task (programme, task) is followed: all of them, or those given."""
    query = sa.select(_o.programme, _o.task, sa.func.min(_o.watched_from)).where(_IS_FOLLOWED)
    query = query.group_by(_o.programme, _o.task)
    if tasks is None:
        return {(programme, task): since for programme, task, since in connection.execute(query)}
    found: dict[tuple[str, str], datetime] = {}
    for chunk in chunked(tasks):
        rows = connection.execute(query.where(sa.tuple_(_o.programme, _o.task).in_(chunk)))
        found |= {(programme, task): since for programme, task, since in rows}
    return found


def undated_parts(connection: Connection, programme: str, tasks: Collection[str]) -> set[tuple[str, str]]:
    """Return the deadlines of these tasks of a programme, by task and part, that are open somewhere without a day."""
    query = sa.select(_o.task, _o.part).where(IS_OPEN, _IS_FOLLOWED, _o.programme == programme, _o.due_on.is_(None))
    rows = (row for chunk in chunked(tasks) for row in connection.execute(query.where(_o.task.in_(chunk)).distinct()))
    return {(row.task, row.part) for row in rows}
