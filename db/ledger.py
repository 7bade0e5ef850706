"""The ledger: what was owed to whom, what became of it. A slot is written once; only what is owed can be settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db import tables as t
from db.bulk import among, chunked, execute_many, insert_of
from db.tables.base import equals
from rules.obligation import Notice, ObligationKey, Reason, Slot

_n, _o, _m = t.notice.c, t.obligation.c, t.message.c
_SLOT = (_n.rung, _n.turn, _n.unit, _n.role, _n.edition)
_REST = (_n.as_, _n.owed_at, _n.state, _n.person, _n.reason, _n.settled_at)
_WRITTEN = ("obligation_id", *(column.key for column in (*_SLOT, *_REST)), "decided_at")
_OWED = equals(_n.state, "owed")
_FREE = sa.and_(_OWED, _n.message_id.is_(None))
# Built once: a few messages are marked at a time, many times a second.
_SETTLE_SENT = sa.update(t.notice).where(_OWED, _n.message_id.in_(sa.bindparam("of", expanding=True)))
_SETTLE_SENT = _SETTLE_SENT.values(state="sent", settled_at=sa.bindparam("at"))


class Owed(NamedTuple):
    """A notice still to be sent, with the obligation it is about."""

    id: int
    obligation_id: int
    key: ObligationKey
    notice: Notice


class Settlement(NamedTuple):
    """An owed notice that is not sent, and why."""

    notice_id: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a notice: with the e-mail it went out in, if it did."""

    notice: Notice
    decided_at: datetime
    message_id: int | None
    smtp_id: str | None
    sent_at: datetime | None


def notices_for(connection: Connection, ids: Iterable[int]) -> dict[int, dict[Slot, Notice]]:
    """Return the ledger of each of these obligations, by slot; an obligation without notices has an empty one."""
    found: dict[int, dict[Slot, Notice]] = {}
    query = sa.select(_n.obligation_id, *_SLOT, *_REST)
    for chunk in chunked(ids):
        found |= {id_: {} for id_ in chunk}
        for of, *rest in connection.execute(query.where(among(connection, _n.obligation_id, chunk))):
            notice = _notice(rest)
            found[of][notice.slot] = notice
    return found


def record(connection: Connection, notices: Iterable[tuple[int, Notice]], *, decided_at: datetime) -> int:
    """Write notices, each with the id of its obligation, and return how many rows that made or settled.

    A slot that is taken stays as it is, except that a notice owed there is settled by one that says it is not sent.
    """
    statement = _recording(connection.dialect.name)
    written = 0
    for chunk in chunked(notices):
        rows = [_row(id_, notice, decided_at) for id_, notice in chunk]
        written += execute_many(connection, statement, _WRITTEN, rows)
    return written


@cache
def _recording(dialect: str) -> sa.Insert:
    statement: Any = insert_of(dialect, t.notice)
    given = statement.excluded
    written: sa.Insert = statement.on_conflict_do_update(
        index_elements=[_n.obligation_id, *_SLOT],
        set_={"state": given.state, "reason": given.reason, "settled_at": given.settled_at},
        where=sa.and_(_OWED, equals(given.state, "not_sent")),
    )
    return written


def first_free(connection: Connection) -> dict[str, int]:
    """Return, for each person who is owed notices that are in no message yet, the lowest id of these."""
    query = sa.select(_n.person, sa.func.min(_n.id)).where(_FREE, _n.person.is_not(None))
    return dict(connection.execute(query.group_by(_n.person)).all())


def attach(connection: Connection, message_ids: Iterable[int]) -> int:
    """Put into each of these messages, one a person, what is owed to its person and in no message yet; return how many
    notices that are."""
    statement = sa.update(t.notice).where(_n.person == _m.person, _FREE).values(message_id=_m.id)
    return sum(
        connection.execute(statement.where(among(connection, _m.id, chunk))).rowcount for chunk in chunked(message_ids)
    )


def owed_in(connection: Connection, message_ids: Iterable[int]) -> dict[int, list[Owed]]:
    """Return the notices still owed in each message, in the order they became owed; a message may have none left."""
    found: dict[int, list[Owed]] = {}
    for chunk in chunked(message_ids):
        found |= {id_: [] for id_ in chunk}
        query = _owed_rows(_n.message_id).where(_OWED, among(connection, _n.message_id, chunk))
        for row in connection.execute(query.order_by(_n.owed_at, _n.id)):
            found[row[0]].append(_owed(row[1:]))
    return found


def settle_sent(connection: Connection, message_ids: Iterable[int], *, at: datetime) -> int:
    """Note that what was owed in these messages was sent, and return how many notices that are."""
    return sum(connection.execute(_SETTLE_SENT, {"of": chunk, "at": at}).rowcount for chunk in chunked(message_ids))


def settle_unsent(connection: Connection, settlements: Iterable[Settlement], *, at: datetime) -> int:
    """Note that owed notices are not sent, each with its reason, and return how many were still owed."""
    statement = sa.update(t.notice).where(_n.id == sa.bindparam("of"), _OWED)
    statement = statement.values(state="not_sent", reason=sa.bindparam("why"), settled_at=at)
    return sum(
        connection.execute(statement, [{"of": s.notice_id, "why": s.reason.value} for s in chunk]).rowcount
        for chunk in chunked(settlements)
    )


def give_up(connection: Connection, message_ids: Iterable[int], *, reason: Reason, at: datetime) -> int:
    """Note that what was owed in these messages is not sent, and return how many notices that are."""
    statement = sa.update(t.notice).where(_OWED)
    statement = statement.values(state="not_sent", reason=reason.value, settled_at=at)
    return sum(
        connection.execute(statement.where(among(connection, _n.message_id, chunk))).rowcount
        for chunk in chunked(message_ids)
    )


def outcomes(connection: Connection, obligation_id: int, *, until: datetime | None = None) -> list[Outcome]:
    """Return what became of every notice of an obligation, or how it stood at `until`, oldest first."""
    query = sa.select(*_SLOT, *_REST, _n.decided_at, _n.message_id, _m.smtp_id, _m.sent_at)
    query = query.outerjoin(t.message, _m.id == _n.message_id).where(_n.obligation_id == obligation_id)
    if until is not None:
        query = query.where(_n.decided_at <= until)
    return [_outcome(row, until) for row in connection.execute(query.order_by(_n.owed_at, _n.id))]


def told_in(connection: Connection, message_ids: Iterable[int]) -> dict[int, list[Owed]]:
    """Return the notices put into each message, whatever became of them, in the order they became owed."""
    found: dict[int, list[Owed]] = {}
    for chunk in chunked(message_ids):
        found |= {id_: [] for id_ in chunk}
        query = _owed_rows(_n.message_id).where(among(connection, _n.message_id, chunk))
        for row in connection.execute(query.order_by(_n.owed_at, _n.id)):
            found[row[0]].append(_owed(row[1:]))
    return found


def given_up(connection: Connection, person: str, *, at: datetime) -> list[Owed]:
    """Return what a person was owed and was given up at that instant, in no message: a pass settled it."""
    query = _owed_rows().where(_n.person == person, _n.settled_at == at, _n.message_id.is_(None))
    query = query.where(equals(_n.state, "not_sent"))
    return [_owed(row) for row in connection.execute(query.order_by(_n.owed_at, _n.id))]


def stranded(connection: Connection, *, owed_before: datetime, limit: int = 1_000) -> list[Owed]:
    """Return notices owed since before that instant and still in no message: an audit must find none."""
    query = _owed_rows().where(_FREE, _n.owed_at < owed_before)
    return [_owed(row) for row in connection.execute(query.order_by(_n.owed_at, _n.id).limit(limit))]


def set_aside(connection: Connection) -> dict[int, frozenset[Slot]]:
    """Return what is owed in letters that were set aside, by obligation id."""
    found: dict[int, set[Slot]] = {}
    query = sa.select(_n.obligation_id, *_SLOT).join(t.message, _m.id == _n.message_id)
    for id_, *slot in connection.execute(query.where(_OWED, equals(_m.state, "parked"))):
        found.setdefault(id_, set()).add(Slot(*slot))
    return {id_: frozenset(slots) for id_, slots in found.items()}


def _owed_rows(*first: sa.Column[Any]) -> sa.Select[*tuple[Any, ...]]:
    columns = (*first, _n.id, _n.obligation_id, *(_o[name] for name in t.KEY), *_SLOT, *_REST)
    return sa.select(*columns).join(t.obligation, _o.id == _n.obligation_id)


def _owed(row: Row[*tuple[Any, ...]] | tuple[Any, ...]) -> Owed:
    id_, obligation_id, programme, task, part, unit, occurrence, *rest = row
    return Owed(id_, obligation_id, ObligationKey(programme, task, part, unit, occurrence), _notice(rest))


def _notice(values: Iterable[Any]) -> Notice:
    rung, turn, unit, role, edition, as_, owed_at, state, person, reason, settled_at = values
    why = None if reason is None else Reason(reason)
    return Notice(Slot(rung, turn, unit, role, edition), as_, owed_at, state, person, why, settled_at)


def _outcome(row: Row[*tuple[Any, ...]], until: datetime | None) -> Outcome:
    *values, decided_at, message_id, smtp_id, sent_at = row
    notice = _notice(values)
    if until is not None and notice.settled_at is not None and notice.settled_at > until:
        notice = Notice(notice.slot, notice.as_, notice.owed_at, "owed", notice.person)
        return Outcome(notice, decided_at, message_id, None, None)
    return Outcome(notice, decided_at, message_id, smtp_id, sent_at)


def _row(obligation_id: int, notice: Notice, decided_at: datetime) -> tuple[Any, ...]:
    if notice.state == "sent":
        raise ValueError(f"{notice.slot}: a notice is owed before it is sent")
    reason = None if notice.reason is None else notice.reason.value
    rest = (notice.as_, notice.owed_at, notice.state, notice.person, reason, notice.settled_at)
    return (obligation_id, *notice.slot, *rest, decided_at)
