"""The outbox: which e-mails are to go out, who is sending them, how each ended. Claims are leases, which run out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked, insert
from db.tables.base import equals

MessageState = Literal["pending", "sending", "sent", "parked", "dropped", "empty"]

_m, _b = t.message.c, t.message_body.c
_PENDING, _SENDING, _SENT = (equals(_m.state, word) for word in ("pending", "sending", "sent"))
_UNCLAIMED = {"locked_until": None, "claimed_by": None}


class NewMessage(NamedTuple):
    """A message to be sent from `not_before` on. `key` (person and pass) makes it exist once."""

    key: str
    person: str
    kind: str
    created_at: datetime
    not_before: datetime


class Claimed(NamedTuple):
    """A message taken for sending. `possible_duplicate`: how often an earlier claim on it ran out."""

    id: int
    key: str
    person: str
    kind: str
    created_at: datetime
    attempts: int
    possible_duplicate: int


class Sent(NamedTuple):
    """A message the server took: when, under which Message-ID and subject, and what the server answered."""

    id: int
    sent_at: datetime
    smtp_id: str
    subject: str
    verdict: str


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as the outbox holds it."""

    id: int
    key: str
    person: str
    kind: str
    created_at: datetime
    state: MessageState
    not_before: datetime
    attempts: int
    next_try_at: datetime
    locked_until: datetime | None
    claimed_by: str | None
    verdict: str | None
    last_error: str | None
    sent_at: datetime | None
    smtp_id: str | None
    subject: str | None
    possible_duplicate: int


_MARKS = tuple(f"the_{name}" for name in Sent._fields)
_MARK_SENT = (
    sa.update(t.message)
    .where(_m.id == sa.bindparam("the_id"), sa.or_(_SENDING, _PENDING))
    .values({name: sa.bindparam(f"the_{name}") for name in Sent._fields if name != "id"})
    .values(_UNCLAIMED | {"state": "sent", "last_error": None})
)
"""Built once: a few messages are marked at a time, many times a second."""


def enqueue(connection: Connection, messages: Iterable[NewMessage]) -> dict[str, int]:
    """Put messages into the outbox, those whose key exists already left as they are, and return the ids by key."""
    ids: dict[str, int] = {}
    statement: Any = insert(connection, t.message).on_conflict_do_nothing(index_elements=[_m.key])
    for chunk in chunked(messages):
        rows = [m._asdict() | {"state": "pending", "next_try_at": m.not_before} for m in chunk]
        connection.execute(statement, rows)
        query = sa.select(_m.key, _m.id).where(_m.key.in_([m.key for m in chunk]))
        ids |= dict(connection.execute(query).all())
    return ids


def claim(connection: Connection, *, now: datetime, worker: str, limit: int, lease: timedelta) -> list[Claimed]:
    """Take up to `limit` messages whose time has come, those first whose claim ran out, for the time of `lease`."""
    expired = sa.select(_m.id).where(_SENDING, _m.locked_until <= now).order_by(_m.locked_until, _m.id)
    due = sa.select(_m.id).where(_PENDING, _m.next_try_at <= now).order_by(_m.next_try_at, _m.id)
    ids = _lock(connection, expired, limit)
    ids += _lock(connection, due, limit - len(ids))
    if not ids:
        return []
    statement = (
        sa.update(t.message)
        .where(_m.id.in_(ids))
        .values(
            possible_duplicate=_m.possible_duplicate + sa.case((_SENDING, 1), else_=0),
            state="sending",
            attempts=_m.attempts + 1,
            locked_until=now + lease,
            claimed_by=worker,
        )
    )
    returned = statement.returning(*(_m[name] for name in Claimed._fields))
    taken = {row.id: Claimed(*row) for row in connection.execute(returned)}
    return [taken[id_] for id_ in ids]


def store_bodies(connection: Connection, bodies: Iterable[tuple[int, bytes]], *, rendered_at: datetime) -> None:
    """Keep the rendered text of messages; a later rendering of the same one replaces it."""
    statement: Any = insert(connection, t.message_body)
    statement = statement.on_conflict_do_update(
        index_elements=[_b.message_id],
        set_={"content": statement.excluded.content, "rendered_at": statement.excluded.rendered_at},
    )
    for chunk in chunked(bodies, 500):
        rows = [{"message_id": id_, "content": content, "rendered_at": rendered_at} for id_, content in chunk]
        connection.execute(statement, rows)


def body_of(connection: Connection, message_id: int) -> bytes | None:
    """Return the rendered text of a message, None when it was not rendered yet."""
    return connection.execute(sa.select(_b.content).where(_b.message_id == message_id)).scalar_one_or_none()


def mark_sent(connection: Connection, sent: Iterable[Sent]) -> int:
    """Mark messages as sent and return how many were not marked before.

    It does not ask whose claim it was: when a lease ran out in mid-sending, the message was sent all the same.
    """
    return sum(
        connection.execute(_MARK_SENT, [dict(zip(_MARKS, each, strict=True)) for each in chunk]).rowcount
        for chunk in chunked(sent)
    )


def postpone(connection: Connection, message_id: int, *, worker: str, next_try_at: datetime, error: str) -> bool:
    """Give a claimed message another try later; False when the claim was lost to another worker meanwhile."""
    return _end_claim(
        connection, message_id, worker, {"state": "pending", "next_try_at": next_try_at, "last_error": error}
    )


def park(connection: Connection, message_id: int, *, worker: str, error: str) -> bool:
    """Set a claimed message aside for good, until somebody retries it; False when the claim was lost meanwhile."""
    return _end_claim(connection, message_id, worker, {"state": "parked", "last_error": error})


def mark_empty(connection: Connection, message_id: int, *, worker: str) -> bool:
    """Note that nothing was left to say in a claimed message; False when the claim was lost meanwhile."""
    return _end_claim(connection, message_id, worker, {"state": "empty"})


def defer(connection: Connection, message_id: int, *, worker: str, until: datetime, why: str) -> bool:
    """Put a claimed message back untried until its window or cap allows it; False when the claim was lost meanwhile."""
    values = {"state": "pending", "next_try_at": until, "verdict": why, "attempts": _m.attempts - 1}
    return _end_claim(connection, message_id, worker, values)


def release(connection: Connection, *, worker: str, ids: Collection[int] | None = None) -> int:
    """Give back what a worker has claimed and not tried, all of it or only `ids`, and return how many that are."""
    statement = sa.update(t.message).where(_SENDING, _m.claimed_by == worker)
    if ids is not None:
        statement = statement.where(_m.id.in_(ids))
    values = _UNCLAIMED | {"state": "pending", "attempts": _m.attempts - 1}
    return connection.execute(statement.values(values)).rowcount


def drop(connection: Connection, ids: Collection[int], *, reason: str) -> int:
    """Drop messages that wait, and return how many. Their notices are the ledger's to settle."""
    statement = sa.update(t.message).where(_m.id.in_(ids), _m.state.in_(["pending", "parked"]))
    return connection.execute(statement.values(state="dropped", verdict=reason)).rowcount


def retry(connection: Connection, ids: Collection[int], *, at: datetime) -> int:
    """Have parked messages, and pending ones that wait, tried at `at`; return how many."""
    statement = sa.update(t.message).where(_m.id.in_(ids), _m.state.in_(["pending", "parked"]))
    return connection.execute(statement.values(state="pending", next_try_at=at, attempts=0)).rowcount


def count_sent(
    connection: Connection,
    *,
    from_: datetime,
    until: datetime,
    persons: Collection[str] | None = None,
    but: Collection[str] = (),
) -> dict[str, int]:
    """Return how many messages, but of the kinds named, each person was sent from `from_` on and before `until`; nobody
    with none is named."""
    query = sa.select(_m.person, sa.func.count()).where(_SENT, _m.sent_at >= from_, _m.sent_at < until)
    if but:
        query = query.where(_m.kind.not_in(but))
    if persons is None:
        return dict(connection.execute(query.group_by(_m.person)).all())
    found: dict[str, int] = {}
    for chunk in chunked(persons):
        rows = connection.execute(query.where(_m.person.in_(chunk)).group_by(_m.person))
        found |= dict(rows.all())
    return found


def by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, StoredMessage]:
    """Return the messages with these ids, by id."""
    return {
        row.id: StoredMessage(*row)
        for chunk in chunked(ids)
        for row in connection.execute(sa.select(t.message).where(among(connection, _m.id, chunk)))
    }


def named(connection: Connection, name: str) -> list[StoredMessage]:
    """Return the messages that a number, a key or a Message-ID, in angle brackets or not, names: one, or none."""
    same = [_m.key == name, _m.smtp_id == name, _m.smtp_id == f"<{name}>"]
    if name.isascii() and name.isdigit() and len(name) < 19:
        same.append(_m.id == int(name))
    return [StoredMessage(*row) for row in connection.execute(sa.select(t.message).where(sa.or_(*same)))]


def to_person(connection: Connection, person: str, *, from_: datetime, until: datetime) -> list[StoredMessage]:
    """Return the messages to a person that were sent from `from_` on and before `until`, or wait since before it."""
    at = sa.func.coalesce(_m.sent_at, _m.created_at)
    query = sa.select(t.message).where(_m.person == person, at >= from_, at < until).order_by(_m.id)
    return [StoredMessage(*row) for row in connection.execute(query)]


def listing(
    connection: Connection,
    *,
    states: Collection[MessageState] | None = None,
    person: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[StoredMessage]:
    """Return the messages in these states, newest first, from the one before number `before`."""
    query = sa.select(t.message).order_by(_m.id.desc()).limit(limit)
    if states is not None and len(states) == 1:
        query = query.where(equals(_m.state, next(iter(states))))
    elif states is not None:
        query = query.where(_m.state.in_(states))
    if person is not None:
        query = query.where(_m.person == person)
    if before is not None:
        query = query.where(_m.id < before)
    return [StoredMessage(*row) for row in connection.execute(query)]


def count_messages(connection: Connection) -> dict[MessageState, int]:
    """Return how many messages are in each state."""
    query = sa.select(_m.state, sa.func.count()).group_by(_m.state)
    return dict(connection.execute(query).all())


def count_waiting(connection: Connection) -> dict[MessageState, int]:
    """Return how many messages wait, and how many were set aside."""
    states: tuple[MessageState, ...] = ("pending", "parked")
    return {
        state: int(connection.execute(sa.select(sa.func.count()).where(equals(_m.state, state))).scalar_one())
        for state in states
    }


def next_due(connection: Connection) -> datetime | None:
    """Return the instant at which the next pending message is to be tried, None when there is none."""
    query = sa.select(_m.next_try_at).where(_PENDING).order_by(_m.next_try_at).limit(1)
    return connection.execute(query).scalar_one_or_none()


def _lock(connection: Connection, query: sa.Select[Any], limit: int) -> list[int]:
    # SQLite has no row locks and leaves this out: its transaction is the only writer.
    return list(connection.execute(query.limit(limit).with_for_update(skip_locked=True)).scalars())


def _end_claim(connection: Connection, message_id: int, worker: str, values: dict[str, Any]) -> bool:
    statement = sa.update(t.message).where(_m.id == message_id, _SENDING, _m.claimed_by == worker)
    return connection.execute(statement.values(values | _UNCLAIMED)).rowcount > 0
