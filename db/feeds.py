"""Feeds: whose private calendars are in force, which obligations stand in one, and whether anything changed since."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked, insert
from db.obligations import StoredObligation, by_ids
from db.tables.base import equals
from rules.feeds import Owed

_f, _o, _c, _e = t.feed.c, t.obligation.c, t.change.c, t.evaluation.c
_TOGETHER = 200


class Feed(NamedTuple):
    """The number that the addresses of a person's calendars bear, and since when."""

    number: str
    begun_at: datetime


class State(NamedTuple):
    """How all that calendars show stands: what says so (equal when nothing changed), and when it last changed."""

    mark: str
    changed_at: datetime | None


def feed_of(connection: Connection, person: str) -> Feed | None:
    """Return a person's feed, None when there is none in force."""
    row = connection.execute(sa.select(_f.number, _f.begun_at).where(_f.person == person)).one_or_none()
    return Feed(*row) if row else None


def begin_feed(connection: Connection, person: str, feed: Feed) -> None:
    """Have a person's calendars bear this number from now on; addresses with another one are void."""
    values = {"person": person, **feed._asdict()}
    statement: Any = insert(connection, t.feed).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=[_f.person], set_=feed._asdict()))


def end_feed(connection: Connection, person: str) -> bool:
    """Make all addresses of a person's calendars void; False when there were none."""
    return connection.execute(sa.delete(t.feed).where(_f.person == person)).rowcount > 0


def state_now(connection: Connection) -> State:
    """Return how things stand, by the last rows of what bears on calendars: no table is read."""
    sources = (
        (_c.id, _c.at),
        (t.report.c.id, t.report.c.recorded_at),
        (t.verification.c.id, t.verification.c.recorded_at),
        (t.event_record.c.id, t.event_record.c.recorded_at),
        (t.silence.c.id, t.silence.c.recorded_at),
        (t.revision.c.id, t.revision.c.applied_at),
        (_o.id, _o.recorded_at),
    )
    marks, instants = [], []
    for id_, at in sources:
        row = connection.execute(sa.select(id_, at).order_by(id_.desc()).limit(1)).one_or_none()
        marks.append(str(row[0]) if row else "0")
        if row and row[1]:
            instants.append(row[1])
    passed = connection.execute(sa.select(sa.func.max(_e.slot)).where(_e.finished_at.is_not(None))).scalar_one()
    if passed is not None:
        instants.append(passed)
    return State("-".join([*marks, str(passed)]), max(instants, default=None))


def in_calendar(
    connection: Connection, owed: Owed, *, from_: date, until: date, withdrawn_since: datetime, most: int
) -> list[StoredObligation]:
    """Return the obligations in the places of `owed` that are due from `from_` to `until`, and those withdrawn since an
    instant in the programmes seen, whose ever they were, by their day; of more than `most` those of the last days are
    left out."""
    found: dict[int, date] = {}
    for state in ("open", "done", "closed"):
        dated = (equals(_o.kind, "task"), _o.state == state, _o.due_on >= from_, _o.due_on <= until)
        for programme in sorted(owed.programmes):
            # In the order of an index: of a million, no more are read than are wanted.
            query = sa.select(_o.id, _o.due_on).where(_o.programme == programme, *dated)
            found |= dict(connection.execute(query.order_by(_o.due_on, _o.id).limit(most)).all())
        for programme, units in _by_programme(owed.units):
            query = sa.select(_o.id, _o.due_on).where(_o.programme == programme, _o.unit.in_(units), *dated)
            found |= dict(connection.execute(query).all())
        for programme, tasks in _by_programme(owed.tasks):
            query = sa.select(_o.id, _o.due_on).where(_o.programme == programme, _o.task.in_(tasks), *dated)
            found |= dict(connection.execute(query).all())
    withdrawn = (equals(_o.kind, "task"), equals(_o.state, "withdrawn"), _o.due_on.is_not(None))
    query = sa.select(_o.id, _o.due_on).where(*withdrawn, _o.ended_at >= withdrawn_since)
    found |= dict(connection.execute(query.where(_o.programme.in_(sorted(owed.seen)))).all())
    chosen = sorted(found, key=lambda id_: (found[id_], id_))[:most]
    stored = by_ids(connection, chosen)
    return [stored[id_] for id_ in chosen]


def sequences(connection: Connection, found: Iterable[StoredObligation]) -> dict[int, int]:
    """Return, by id, how often each obligation changed its day, was withdrawn or came back."""
    found = list(found)
    counts = {one.id: one.edition for one in found}
    for chunk in chunked(counts):
        query = sa.select(_c.obligation_id, sa.func.count()).where(
            among(connection, _c.obligation_id, chunk), _c.kind.in_(["withdrawn", "reopened"])
        )
        for id_, times in connection.execute(query.group_by(_c.obligation_id)):
            counts[id_] += times
    return counts


def _by_programme(of: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield each programme with what is named of it, some hundreds at a time."""
    named: dict[str, list[str]] = {}
    for programme, one in sorted(of):
        named.setdefault(programme, []).append(one)
    for programme, found in named.items():
        for chunk in chunked(found, _TOGETHER):
            yield programme, chunk
