"""Obligations: which are to be looked at now, and the listings. How they come about is in `db.sync`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db import tables as t
from db.bulk import CHUNK, among, chunked, execute_many
from db.missed import count_missed
from db.tables.base import equals
from rules.obligation import ObligationKey

ObligationKind = Literal["task", "indicator", "watch", "statement"]
ObligationState = Literal["open", "done", "withdrawn", "closed"]

_o = t.obligation.c
_KEY = (_o.programme, _o.task, _o.part, _o.unit, _o.occurrence)
FOLLOWED: tuple[ObligationKind, ...] = ("task", "indicator")
"""The kinds that are followed along a ladder; tasks are those of the documents, which official counts are of."""
_IS_FOLLOWED = _o.kind.in_(FOLLOWED)
IS_OPEN = equals(_o.state, "open")

_TASKS = 500
"""How many tasks one statement asks for."""
_MANY = 100
"""From how many rows on one statement for all is quicker than the values of each."""


class Waking(NamedTuple):
    """An obligation whose `wake_at` has come; one that has ended is looked at once more, to settle what it owes."""

    id: int
    kind: ObligationKind
    key: ObligationKey
    state: ObligationState
    watched_from: datetime
    edition: int
    ended_at: datetime | None
    wake_at: datetime


@dataclass(frozen=True, slots=True)
class StoredObligation:
    """An obligation as stored. The days and instants are hints for listings: the Term is what counts."""

    id: int
    kind: ObligationKind
    key: ObligationKey
    state: ObligationState
    watched_from: datetime
    edition: int
    due_on: date | None
    due_at: datetime | None
    late_at: datetime | None
    strict_on: date | None
    wake_at: datetime | None
    revision: int
    ended_at: datetime | None
    missed_before: int
    recorded_at: datetime | None = None
    """When it came to be; None where a database was begun by a version that did not note it."""
    end_recorded_at: datetime | None = None
    """When a pass found it closed."""


class Closing(NamedTuple):
    """An unreported obligation that the next occurrence takes over at `at`; `next` is that one's name, if it exists."""

    id: int
    at: datetime
    next: ObligationKey | None


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """How many obligations are open, how many of them late, how many of the others due soon."""

    total: int
    late: int
    due_soon: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which obligations are meant; a field that is None lets all through. `unit` finds joint ones too."""

    programme: str | None = None
    task: str | None = None
    unit: str | None = None
    kinds: tuple[ObligationKind, ...] | None = None
    states: tuple[ObligationState, ...] | None = None
    late_by: datetime | None = None
    """Only those that are late at this instant."""
    due_by: date | None = None
    """Only those due on or before this day."""
    undated: bool = False
    """Only those that have no day."""


def waking(
    connection: Connection, *, now: datetime, after: tuple[datetime, int] | None = None, limit: int = 1_000
) -> list[Waking]:
    """Return the obligations to be looked at, earliest `wake_at` first, from the one after `(wake_at, id)`. Until the
    transaction ends, nobody else changes them: a report made meanwhile would not be seen, and the next wake-up would
    overwrite its own.

    The order is that of the index, so a page costs what it returns, even when a million wake at once.
    """
    query = sa.select(_o.id, _o.kind, *_KEY, _o.state, _o.watched_from, _o.edition, _o.ended_at, _o.wake_at)
    query = query.where(_o.wake_at <= now).order_by(_o.wake_at, _o.id).limit(limit).with_for_update()
    if after is not None:
        seen = sa.tuple_(*after, types=[_o.wake_at.type, _o.id.type])
        query = query.where(sa.tuple_(_o.wake_at, _o.id) > seen)
    return [
        Waking(id_, kind, ObligationKey(programme, task, part, unit, occurrence), *rest)
        for id_, kind, programme, task, part, unit, occurrence, *rest in connection.execute(query).all()
    ]


def set_wake(connection: Connection, wakes: Iterable[tuple[int, datetime | None]]) -> None:
    """Store for each id when it is to be looked at next; None: not before something changes."""
    one_by_one = sa.update(t.obligation).where(_o.id == sa.bindparam("of")).values(wake_at=sa.bindparam("next"))
    for chunk in chunked(wakes):
        at_once: dict[datetime | None, list[int]] = defaultdict(list)
        for id_, at in chunk:
            at_once[at].append(id_)
        few = {at: ids for at, ids in at_once.items() if len(ids) < _MANY}
        for at in at_once.keys() - few.keys():
            statement = sa.update(t.obligation).where(among(connection, _o.id, at_once[at])).values(wake_at=at)
            connection.execute(statement)
        execute_many(connection, one_by_one, ("of", "next"), [(id_, at) for at, ids in few.items() for id_ in ids])


def wake(connection: Connection, *, at: datetime, which: Filter | None = None, ids: Iterable[int] | None = None) -> int:
    """Have open obligations looked at by `at` at the latest, since a fact about them was recorded.

    Returns how many were moved up.
    """
    conditions = [IS_OPEN, sa.or_(_o.wake_at.is_(None), _o.wake_at > at), *_conditions(which)]
    statement = sa.update(t.obligation).where(*conditions).values(wake_at=at)
    if ids is None:
        return connection.execute(statement).rowcount
    return sum(connection.execute(statement.where(among(connection, _o.id, chunk))).rowcount for chunk in chunked(ids))


def close(connection: Connection, closings: Iterable[Closing], *, recorded_at: datetime) -> int:
    """Close obligations that are open, and return how many were; `recorded_at` is when that was found.

    The one that takes over counts how many went unreported before it, in whatever order they are closed.
    """
    statement = sa.update(t.obligation).where(_o.id == sa.bindparam("of"), IS_OPEN)
    statement = statement.values(state="closed", ended_at=sa.bindparam("at"), end_recorded_at=recorded_at)
    closed = 0
    for chunk in chunked(sorted(closings, key=lambda closing: closing.at)):
        closed += connection.execute(statement, [{"of": c.id, "at": c.at} for c in chunk]).rowcount
        count_missed(connection, ((c.id, c.next) for c in chunk if c.next is not None))
    return closed


def by_key(connection: Connection, key: ObligationKey) -> StoredObligation | None:
    """Return the obligation with that name, None when there is none."""
    query = _all_columns().where(sa.and_(*(column == value for column, value in zip(_KEY, key, strict=True))))
    row = connection.execute(query).one_or_none()
    return None if row is None else _stored(row)


def by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, StoredObligation]:
    """Return the obligations with these ids, by id."""
    return {
        row.id: _stored(row)
        for chunk in chunked(ids)
        for row in connection.execute(_all_columns().where(among(connection, _o.id, chunk)))
    }


def listing(
    connection: Connection, which: Filter | None = None, *, after: int = 0, limit: int | None = None
) -> list[StoredObligation]:
    """Return the obligations that pass the filter, by id, from the one after id `after`."""
    query = _all_columns().where(_o.id > after, *_conditions(which)).order_by(_o.id).limit(limit)
    return [_stored(row) for row in connection.execute(query)]


def of_tasks(
    connection: Connection, tasks: Collection[tuple[str, str]] | None = None
) -> Iterator[list[StoredObligation]]:
    """Yield the obligations of all tasks, or of those given (programme, task), some thousands at a time."""
    query = _all_columns().where(_IS_FOLLOWED)
    for chunk in [None] if tasks is None else chunked(tasks, _TASKS):
        rows = query if chunk is None else query.where(sa.tuple_(_o.programme, _o.task).in_(chunk))
        for page in connection.execute(rows).partitions(CHUNK):
            yield [_stored(row) for row in page]


def count_of_tasks(connection: Connection, limit: int) -> int:
    """Return how many obligations of tasks there are, counted no further than `limit`."""
    some = sa.select(_o.id).where(_IS_FOLLOWED).limit(limit).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())


def programmes_followed(connection: Connection, programmes: Iterable[str]) -> set[str]:
    """Return which of these programmes have obligations stored."""
    query = sa.select(_o.id).where(_IS_FOLLOWED, _o.programme == sa.bindparam("of")).limit(1)
    return {of for of in set(programmes) if connection.execute(query, {"of": of}).first() is not None}


def prompts_over(connection: Connection, tasks: Collection[tuple[str, str]]) -> list[ObligationKey]:
    """Return the questions asked and the statements made so far, of those named (programme, task); not those that are
    still on their way."""
    on_its_way = sa.exists().where(t.notice.c.obligation_id == _o.id, equals(t.notice.c.state, "owed"))
    query = sa.select(*_KEY).where(_o.kind.not_in(FOLLOWED), _o.state != "open", sa.not_(on_its_way))
    return [
        ObligationKey(*row)
        for chunk in chunked(tasks, _TASKS)
        for row in connection.execute(query.where(sa.tuple_(_o.programme, _o.task).in_(chunk)))
    ]


def count_open(
    connection: Connection, *, now: datetime, soon_until: datetime, which: Filter | None = None
) -> OpenCounts:
    """Count the open obligations: all, late at `now`, and due between `now` and `soon_until`."""
    late = sa.and_(_o.late_at.is_not(None), _o.late_at <= now)
    soon = sa.and_(_o.due_at > now, _o.due_at <= soon_until, sa.not_(late))
    query = sa.select(sa.func.count(), sa.func.count(sa.case((late, 1))), sa.func.count(sa.case((soon, 1)))).where(
        IS_OPEN, *_conditions(which)
    )
    return OpenCounts(*connection.execute(query).one())


def _conditions(which: Filter | None) -> list[sa.ColumnElement[bool]]:
    if which is None:
        return []
    found: list[sa.ColumnElement[bool]] = []
    if which.kinds is not None:
        found.append(_o.kind.in_(which.kinds))
    if which.programme is not None:
        found.append(_o.programme == which.programme)
    if which.task is not None:
        found.append(_o.task == which.task)
    if which.unit is not None:
        found.append(("+" + _o.unit + "+").contains(f"+{which.unit}+", autoescape=True))
    if which.states is not None:
        found.append(_o.state.in_(which.states))
    if which.late_by is not None:
        found.append(_o.late_at <= which.late_by)
    if which.due_by is not None:
        found.append(_o.due_on <= which.due_by)
    if which.undated:
        found.append(_o.due_on.is_(None))
    return found


def _all_columns() -> sa.Select[*tuple[object, ...]]:
    return sa.select(t.obligation)


def _stored(row: Row[*tuple[object, ...]]) -> StoredObligation:
    return StoredObligation(
        id=row.id,
        kind=row.kind,
        key=ObligationKey(row.programme, row.task, row.part, row.unit, row.occurrence),
        state=row.state,
        watched_from=row.watched_from,
        edition=row.edition,
        due_on=row.due_on,
        due_at=row.due_at,
        late_at=row.late_at,
        strict_on=row.strict_on,
        wake_at=row.wake_at,
        revision=row.revision_id,
        ended_at=row.ended_at,
        missed_before=row.missed_before,
        recorded_at=row.recorded_at,
        end_recorded_at=row.end_recorded_at,
    )
