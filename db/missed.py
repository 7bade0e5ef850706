"""Missed: how many occurrences of a recurring deadline, just before one, went by without a report."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from db import tables as t
from db.bulk import among, chunked
from db.tables.base import equals
from rules.lateness import ends_a_day
from rules.obligation import ObligationKey

_Columns = ReadOnlyColumnCollection[str, sa.Column[Any]]

_o = t.obligation.c


def count_missed(connection: Connection, taken_over: Iterable[tuple[int, ObligationKey]]) -> None:
    """Count for each occurrence that takes over from a closed one, and for those after it, how many went unreported
    before it; give the closed ones oldest first."""
    rows = [
        {"of": id_} | {f"next_{name}": value for name, value in zip(t.KEY, next_, strict=True)}
        for id_, next_ in taken_over
    ]
    if rows:
        connection.execute(_COUNT, rows)
        connection.execute(_COUNT_LATER, rows)


def missed_before(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    """Return how many occurrences just before each of these obligations went unreported, where any did."""
    query = sa.select(_o.id, _o.missed_before).where(_o.missed_before > 0)
    found: dict[int, int] = {}
    for chunk in chunked(ids):
        found |= dict(connection.execute(query.where(among(connection, _o.id, chunk))).all())
    return found


def missed_when_due(connection: Connection, ids: Iterable[int], *, now: datetime, zone: ZoneInfo) -> dict[int, int]:
    """Return how many occurrences just before each of these will have gone unreported once the one just before, open
    and late at `now`, is closed; those without such a one are left out."""
    query = _missed_when_due(ends_a_day(now, zone))
    found: dict[int, int] = {}
    for chunk in chunked(ids):
        found |= dict(connection.execute(query.where(among(connection, _o.id, chunk)), {"now": now}).all())
    return found


@cache
def _missed_when_due(is_late_by_now: bool) -> sa.Select[int, int]:
    before, between = t.obligation.alias("before"), t.obligation.alias("between")
    last = sa.select(sa.func.max(between.c.occurrence)).where(*_earlier_in_series(between.c, _o))
    last = last.correlate(t.obligation)
    now: sa.BindParameter[datetime] = sa.bindparam("now")
    return sa.select(_o.id, before.c.missed_before + 1).where(
        *_same_series(before.c, _o),
        before.c.occurrence == last.scalar_subquery(),
        before.c.occurrence != "",
        equals(before.c.state, "open"),
        before.c.late_at <= now if is_late_by_now else before.c.late_at < now,
    )


def _same_series(one: _Columns, other: _Columns) -> list[sa.ColumnElement[bool]]:
    return [one[name] == other[name] for name in t.KEY if name != "occurrence"]


def _earlier_in_series(one: _Columns, other: _Columns) -> list[sa.ColumnElement[bool]]:
    return [*_same_series(one, other), one.occurrence < other.occurrence]


def _count() -> sa.Update:
    """Return the statement that counts for `next` one more than for the closed one it takes over from."""
    before = t.obligation.alias("before")
    missed = sa.select(before.c.missed_before + 1).where(before.c.id == sa.bindparam("of"))
    closed = sa.exists().where(before.c.id == sa.bindparam("of"), equals(before.c.state, "closed"))
    next_ = (_o[name] == sa.bindparam(f"next_{name}") for name in t.KEY)
    return sa.update(t.obligation).where(closed, *next_).values(missed_before=missed.scalar_subquery())


def _count_later() -> sa.Update:
    """Return the statement that counts anew for those after `next`, where that one was closed before its turn."""
    before, between, taken_over = (t.obligation.alias(name) for name in ("before", "between", "taken_over"))
    not_missed = sa.select(sa.func.coalesce(sa.func.max(between.c.occurrence), ""))
    not_missed = not_missed.where(*_earlier_in_series(between.c, _o), sa.not_(equals(between.c.state, "closed")))
    since = not_missed.correlate(t.obligation).scalar_subquery()
    missed = sa.select(sa.func.count()).where(*_earlier_in_series(before.c, _o), before.c.occurrence > since)
    next_: dict[str, sa.BindParameter[str]] = {name: sa.bindparam(f"next_{name}") for name in t.KEY}
    is_closed = sa.exists().where(
        *(taken_over.c[name] == value for name, value in next_.items()), equals(taken_over.c.state, "closed")
    )
    later = (_o[name] > value if name == "occurrence" else _o[name] == value for name, value in next_.items())
    return (
        sa.update(t.obligation)
        .where(*later, is_closed)
        .values(missed_before=missed.correlate(t.obligation).scalar_subquery())
    )


_COUNT, _COUNT_LATER = _count(), _count_later()
