"""The roll: what is followed since when and by whom, what fell due unowed, and what has no day. Aggregates over the
obligations that passes and statements need."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import chunked
from db.obligations import FOLLOWED, IS_OPEN
from db.tables.base import equals
from rules.calendar import local_day
from rules.obligation import ObligationKey

_o = t.obligation.c
_KEY = (_o.programme, _o.task, _o.part, _o.unit, _o.occurrence)
_IS_FOLLOWED = _o.kind.in_(FOLLOWED)


def first_watched(
    connection: Connection, tasks: Collection[tuple[str, str]] | None = None
) -> dict[tuple[str, str], dict[str, datetime]]:
    """Return since when each task (programme, task) is followed, by the units that owe it or did: all tasks, or those
    given."""
    query = sa.select(_o.programme, _o.task, _o.unit, sa.func.min(_o.watched_from)).where(_IS_FOLLOWED)
    query = query.group_by(_o.programme, _o.task, _o.unit)
    found: dict[tuple[str, str], dict[str, datetime]] = defaultdict(dict)
    for each in _narrowed(query, tasks):
        for programme, task, unit, since in connection.execute(each):
            found[programme, task][unit] = since
    return dict(found)


def lapsed(
    connection: Connection, tasks: Collection[tuple[str, str]] | None = None, *, today: date, zone: ZoneInfo
) -> dict[ObligationKey, date]:
    """Return the occurrences that fell due before `today` while they were withdrawn, each with its due day: of all
    tasks, or of those given."""
    query = sa.select(*_KEY, _o.due_on, _o.ended_at)
    query = query.where(equals(_o.state, "withdrawn"), _IS_FOLLOWED, _o.occurrence != "", _o.due_on < today)
    rows = (row for each in _narrowed(query, tasks) for row in connection.execute(each))
    return {ObligationKey(*key): due for *key, due, ended_at in rows if local_day(ended_at, zone) <= due}


def occurrences_of(
    connection: Connection, units: Collection[tuple[str, str, str]]
) -> Iterator[tuple[ObligationKey, bool]]:
    """Yield the occurrences of these tasks that the units (programme, task, unit) owe or owed, and whether each is
    open."""
    query = sa.select(*_KEY, IS_OPEN).where(_IS_FOLLOWED, _o.occurrence != "")
    for chunk in chunked(units):
        rows = connection.execute(query.where(sa.tuple_(_o.programme, _o.task, _o.unit).in_(chunk)))
        yield from ((ObligationKey(*key), bool(is_open)) for *key, is_open in rows)


def _narrowed(query: sa.Select[Any], tasks: Collection[tuple[str, str]] | None) -> Iterator[sa.Select[Any]]:
    """Yield the query for all tasks, or for so many of those given at a time."""
    if tasks is None:
        yield query
        return
    for chunk in chunked(tasks):
        yield query.where(sa.tuple_(_o.programme, _o.task).in_(chunk))


def undated_parts(connection: Connection, programme: str, tasks: Collection[str]) -> set[tuple[str, str]]:
    """Return the deadlines of these tasks of a programme, by task and part, that are open somewhere without a day."""
    query = sa.select(_o.task, _o.part).where(IS_OPEN, _IS_FOLLOWED, _o.programme == programme, _o.due_on.is_(None))
    rows = (row for chunk in chunked(tasks) for row in connection.execute(query.where(_o.task.in_(chunk)).distinct()))
    return {(row.task, row.part) for row in rows}
