"""The statements of `db.sync`, which compare what is stored with the table of what is wanted. Those that are always the
same are written once: that takes longer than to carry them out."""

from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel.sql.sqltypes import UTCDateTime

from db import tables as t
from db.bulk import among
from db.obligations import FOLLOWED, IS_OPEN
from db.tables.base import equals


class Scope(Enum):
    """What else than whole programmes a sync may withdraw from."""

    GIVEN_TASKS = "the tasks of which at least one obligation is wanted"


Withdrawing = frozenset[str] | Scope | None
"""The programmes that a sync withdraws from, None being all; or what else."""
_HINTS = ("due_on", "due_at", "late_at", "strict_on", "starts_on")

WANTED = sa.Table(
    "wanted_obligation",
    sa.MetaData(),
    *(sa.Column(name, sa.String(), primary_key=True) for name in t.KEY),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("watched_from", UTCDateTime(), nullable=False),
    sa.Column("due_on", sa.Date()),
    sa.Column("due_at", UTCDateTime()),
    sa.Column("late_at", UTCDateTime()),
    sa.Column("strict_on", sa.Date()),
    sa.Column("starts_on", sa.Date()),
    sa.Column("wake_at", UTCDateTime()),
    sa.Column("announce", sa.Boolean(), nullable=False),
    sa.Column("leads", sa.Boolean(), nullable=False),
    sa.Column("begins", sa.Boolean(), nullable=False),
    sa.Column("document", sa.String()),
    sa.Column("why", sa.String()),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)
_o, _w = t.obligation.c, WANTED.c
_earlier = t.change.alias("earlier").c
_SAME_KEY = sa.and_(*(_o[name] == _w[name] for name in t.KEY))
_IS_WITHDRAWN = equals(_o.state, "withdrawn")
_BEGINS_AGAIN = sa.and_(_IS_WITHDRAWN, _w.begins)
MOVED = sa.or_(_o.due_on.is_distinct_from(_w.due_on), _o.late_at.is_distinct_from(_w.late_at), _BEGINS_AGAIN)
_IS_TOLD = sa.or_(_w.announce, _w.begins)
_NOW = sa.bindparam("now", type_=UTCDateTime())
_IN_PLAY = sa.or_(IS_OPEN, _IS_WITHDRAWN)
_WAKES_EARLIER = sa.or_(_w.wake_at < _o.wake_at, sa.and_(_o.wake_at.is_(None), _w.wake_at.is_not(None)))


def _update() -> sa.Update:
    """Return the statement that brings open and withdrawn obligations up to date with the wanted ones."""
    begins_anew = sa.or_(_IS_WITHDRAWN, MOVED)
    differs = sa.or_(*(_o[name].is_distinct_from(_w[name]) for name in ("kind", *_HINTS)))
    return (
        sa.update(t.obligation)
        .where(_SAME_KEY, _IN_PLAY, sa.or_(_IS_WITHDRAWN, differs, _WAKES_EARLIER))
        .values(
            {name: _w[name] for name in ("kind", *_HINTS)}
            | {
                "edition": _o.edition + sa.case((MOVED, 1), else_=0),
                "watched_from": sa.case((begins_anew, _NOW), else_=_o.watched_from),
                "wake_at": sa.case((begins_anew, _NOW), (_WAKES_EARLIER, _w.wake_at), else_=_o.wake_at),
                "state": "open",
                "ended_at": None,
                "revision_id": sa.bindparam("revision"),
            }
        )
    )


UPDATE = _update()
LAST = sa.select(sa.func.coalesce(sa.func.max(_o.id), 0))
"""The number of the obligation that was stored last."""


def _changes(kind: str, condition: sa.ColumnElement[bool], more: dict[str, Any]) -> sa.Insert:
    """Return the statement that records a change of `kind` for each wanted obligation that meets `condition`."""
    same = {"due_after": _w.due_on, "document": _w.document, "why": _w.why}
    return _recorded(kind, same | more, sa.and_(_SAME_KEY, condition))


@cache
def moved() -> sa.Insert:
    """Return the statement that records what moves."""
    more = {"announce": move_is_told(), "turn": _o.edition + 1}
    return _changes("moved", sa.and_(MOVED, _IN_PLAY), more)


def reopened(connection: Connection, told: Sequence[int]) -> sa.Insert:
    """Return the statement that records what is open again, and announces those that are `told`."""
    if not told:
        return _reopened_untold()
    return _changes("reopened", _IS_WITHDRAWN, {"announce": among(connection, _o.id, told)})


@cache
def _reopened_untold() -> sa.Insert:
    return _changes("reopened", _IS_WITHDRAWN, {"announce": sa.false()})


@cache
def move_is_told() -> sa.ColumnElement[bool]:
    """Return the condition that the units are told of a move."""
    return sa.or_(_w.announce, _BEGINS_AGAIN, sa.and_(_w.leads, ~_one_before_moves()))


def _one_before_moves() -> sa.Exists:
    """Return the condition that an earlier obligation of the same part and unit moves as well."""
    wanted, stored = WANTED.alias("wanted_before").c, t.obligation.alias("stored_before").c
    return (
        sa.exists()
        .where(
            *(wanted[name] == _w[name] for name in t.KEY if name != "occurrence"),
            *(wanted[name] == stored[name] for name in t.KEY),
            wanted.leads,
            wanted.due_on < _w.due_on,
            stored.state.in_(("open", "withdrawn")),
            sa.or_(stored.due_on.is_distinct_from(wanted.due_on), stored.late_at.is_distinct_from(wanted.late_at)),
        )
        .correlate(WANTED)
    )


def _recorded(kind: str, more: dict[str, Any], condition: sa.ColumnElement[bool]) -> sa.Insert:
    turn = sa.select(sa.func.count()).where(_earlier.obligation_id == _o.id, _earlier.kind == kind)
    values = {
        "obligation_id": _o.id,
        "kind": sa.literal_column(f"'{kind}'"),
        "turn": turn.scalar_subquery(),
        "at": _NOW,
        "revision_id": sa.bindparam("revision", type_=_o.id.type),
        "watched_before": _o.watched_from,
        "due_before": _o.due_on,
        "due_at_before": _o.due_at,
        **more,
    }
    return sa.insert(t.change).from_select(list(values), sa.select(*values.values()).where(condition))


def withdrawn(connection: Connection, scope: Withdrawing, told: Sequence[int]) -> tuple[sa.Insert, sa.Update]:
    """Return the statements that record the withdrawals, announcing those that are `told`, and make them."""
    noted, made = _withdrawn_untold(scope)
    if told:
        noted = _recorded("withdrawn", {"announce": among(connection, _o.id, told)}, _unwanted(scope))
    return noted, made


@lru_cache(maxsize=16)
def _withdrawn_untold(scope: Withdrawing) -> tuple[sa.Insert, sa.Update]:
    unwanted = _unwanted(scope)
    statement = sa.update(t.obligation).where(unwanted)
    statement = statement.values(
        state="withdrawn", ended_at=_NOW, wake_at=_NOW, revision_id=sa.bindparam("revision", type_=_o.id.type)
    )
    return _recorded("withdrawn", {"announce": sa.false()}, unwanted), statement


def _unwanted(scope: Withdrawing) -> sa.ColumnElement[bool]:
    # Prompts belong to no file: they end when they are decided.
    unwanted = sa.and_(IS_OPEN, _o.kind.in_(FOLLOWED), ~sa.exists().where(_SAME_KEY).correlate(t.obligation))
    if isinstance(scope, Scope):
        given = sa.exists().where(_w.programme == _o.programme, _w.task == _o.task).correlate(t.obligation)
        return sa.and_(unwanted, given)
    return unwanted if scope is None else sa.and_(unwanted, _o.programme.in_(scope))


@cache
def added() -> tuple[sa.Insert, sa.Insert]:
    """Return the statements that insert what is not stored yet, and announce what came after the `last` one."""
    copied = (*t.KEY, "kind", "watched_from", *_HINTS, "wake_at")
    values = {name: _w[name] for name in copied} | {
        "state": sa.literal_column("'open'"),
        "revision_id": sa.bindparam("revision", type_=_o.id.type),
        "edition": sa.literal_column("0"),
        "missed_before": sa.literal_column("0"),
        "wake_at": sa.case((_IS_TOLD, _NOW), else_=_w.wake_at),
        "recorded_at": _NOW,
    }
    missing = sa.select(*values.values()).where(~sa.exists().where(_SAME_KEY).correlate(WANTED))
    announced = {"announce": sa.true(), "due_after": _w.due_on, "document": _w.document, "why": _w.why}
    silent = dict.fromkeys(("watched_before", "due_before", "due_at_before"), sa.null())
    condition = sa.and_(_SAME_KEY, _IS_TOLD, _o.id > sa.bindparam("last", type_=_o.id.type))
    return sa.insert(t.obligation).from_select(list(values), missing), _recorded("new", announced | silent, condition)
