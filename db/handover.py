"""Handover: between ledger and outbox, where what is owed joins a message still waiting, or changes hands before it is
sent; and between one worker and the next, when a claim outlives whoever made it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import chunked
from db.tables.base import equals
from rules.obligation import ObligationKey

_n, _m, _o = t.notice.c, t.message.c, t.obligation.c
_PENDING, _SENDING, _OWED = equals(_m.state, "pending"), equals(_m.state, "sending"), equals(_n.state, "owed")


def hold_waiting(connection: Connection, persons: Collection[str]) -> dict[str, int]:
    """Return the id of a digest still waiting for each of these persons that has one, and keep it from being claimed
    until the transaction ends. One that may have been delivered already is none: its copy is dropped unread, with all
    that joined it."""
    query = sa.select(_m.person, _m.id).where(_PENDING, _m.kind == "digest", _m.possible_duplicate == 0)
    found: dict[str, int] = {}
    for chunk in chunked(persons):
        # Skipping those that are being claimed at this moment: what joined them would not be in the letter.
        rows = query.where(_m.person.in_(chunk)).order_by(_m.id).with_for_update(skip_locked=True)
        found |= dict(connection.execute(rows).all())
    return found


def readdress(connection: Connection, notices: Iterable[tuple[int, str]]) -> None:
    """Take owed notices out of their message and owe them to another person: pairs (notice id, address)."""
    statement = sa.update(t.notice).where(_n.id == sa.bindparam("of"), _OWED)
    statement = statement.values(person=sa.bindparam("to"), message_id=None)
    for chunk in chunked(notices):
        connection.execute(statement, [{"of": id_, "to": person} for id_, person in chunk])


def doubt(connection: Connection, ids: Collection[int]) -> None:
    """Note that these messages may have been delivered, though nobody said so."""
    statement = sa.update(t.message).where(_m.id.in_(ids))
    connection.execute(statement.values(possible_duplicate=_m.possible_duplicate + 1))


def under_way(
    connection: Connection, persons: Collection[str], *, but: Collection[int], but_kinds: Collection[str] = ()
) -> dict[str, int]:
    """Return how many messages to each of these persons are claimed at this moment, not counting those named, nor any
    of the kinds named."""
    counts = (_m.id.not_in(but), _m.kind.not_in(but_kinds), _m.person.in_(persons))
    query = sa.select(_m.person, sa.func.count()).where(_SENDING, *counts)
    return dict(connection.execute(query.group_by(_m.person)).all())


def claimants(connection: Connection) -> set[str]:
    """Return the names of all workers that hold a claim."""
    return {name for name in connection.execute(sa.select(_m.claimed_by).where(_SENDING).distinct()).scalars() if name}


def end_claims(connection: Connection, workers: Collection[str], *, at: datetime) -> int:
    """Let the claims of workers that are no more run out at `at`, and return how many there were."""
    statement = sa.update(t.message).where(_SENDING, _m.claimed_by.in_(workers))
    return connection.execute(statement.values(locked_until=at)).rowcount


def renew(connection: Connection, worker: str, ids: Collection[int], *, now: datetime, until: datetime) -> None:
    """Let those of a worker's claims last until `until` that would have run out by `now`."""
    if ids:
        statement = sa.update(t.message).where(_SENDING, _m.claimed_by == worker, _m.id.in_(ids))
        connection.execute(statement.where(_m.locked_until <= now).values(locked_until=until))


def set_back(connection: Connection, *, now: datetime, lease: timedelta) -> None:
    """Have everything looked at and tried anew that was put off to an hour read from a clock which has since been set
    back."""
    connection.execute(sa.update(t.obligation).where(_o.wake_at > now).values(wake_at=now))
    connection.execute(sa.update(t.message).where(_PENDING, _m.next_try_at > now).values(next_try_at=now))
    ends = now + lease
    connection.execute(sa.update(t.message).where(_SENDING, _m.locked_until > ends).values(locked_until=ends))


def left_behind(connection: Connection, *, limit: int = 1_000) -> list[tuple[ObligationKey, str]]:
    """Return notices still owed in a message that is over, with its state: an audit must find none."""
    over = _m.state.in_(["sent", "empty", "dropped", "parked"])
    query = sa.select(*(_o[name] for name in t.KEY), _m.state).join(t.notice, _n.obligation_id == _o.id)
    query = query.join(t.message, _m.id == _n.message_id).where(_OWED, over).order_by(_n.id).limit(limit)
    return [(ObligationKey(*key), state) for *key, state in connection.execute(query)]
