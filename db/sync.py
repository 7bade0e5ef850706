"""Make the stored obligations those that the rule files and events call for, in a handful of set operations.

The wanted ones go into a temporary table; what is new, moved, withdrawn or back again is found by comparing
the tables, so that a million of them cost time but no memory. What is done or closed is never touched.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel.sql.sqltypes import UTCDateTime

from db import tables as t
from db.bulk import among, chunked, copy_in
from db.obligations import FOLLOWED, IS_OPEN, ObligationKind
from db.passing import Choosing, Telling, telling, wake_those_on_their_way
from db.tables.base import equals
from rules.obligation import ObligationKey


class Scope(Enum):
    """What else than whole programmes a sync may withdraw from."""

    GIVEN_TASKS = "the tasks of which at least one obligation is wanted"


class WantedObligation(NamedTuple):
    """An obligation there should be.

    `watched_from` counts for one that is new, moved or back again. `wake_at` is never later than the truth; a
    stored one is only ever moved up to it. `announce`: its units are told when it is new or moved; with `leads`, that
    it moved only if it is the first of its part that does, the others saying the same; with `begins`, that it
    is new or back again. `document` and `why` are kept with that change.
    """

    key: ObligationKey
    kind: ObligationKind
    watched_from: datetime
    due_on: date | None = None
    due_at: datetime | None = None
    late_at: datetime | None = None
    strict_on: date | None = None
    starts_on: date | None = None
    wake_at: datetime | None = None
    announce: bool = False
    leads: bool = False
    begins: bool = False
    document: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class SyncCounts:
    """What a sync did. `touched`: rows written because a hint, the deadline or the state changed."""

    wanted: int
    new: int
    moved: int
    reopened: int
    withdrawn: int
    touched: int


_HINTS = ("due_on", "due_at", "late_at", "strict_on", "starts_on")

_wanted = sa.Table(
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
_o, _w, _c = t.obligation.c, _wanted.c, t.change.c
_SAME_KEY = sa.and_(*(_o[name] == _w[name] for name in t.KEY))
_IS_WITHDRAWN = equals(_o.state, "withdrawn")
_BEGINS_AGAIN = sa.and_(_IS_WITHDRAWN, _w.begins)
_MOVED = sa.or_(_o.due_on.is_distinct_from(_w.due_on), _o.late_at.is_distinct_from(_w.late_at), _BEGINS_AGAIN)


def sync(
    connection: Connection,
    wanted: Iterable[WantedObligation],
    *,
    revision: int,
    now: datetime,
    scope: Collection[str] | Scope | None = None,
    progress: Callable[[int], None] | None = None,
    told_of: Choosing | None = None,
) -> SyncCounts:
    """Add, move, withdraw and reopen obligations until the open ones are those `wanted`, each given once.

    One has moved when its due day or the instant it is late from differs: its edition goes up by one. `scope`
    names the programmes whose other open obligations are withdrawn: None means all, empty means none are. What
    begins anew is looked at at once, whatever its `wake_at`: its units may have to be told.
    `progress` is told, chunk by chunk, how many wanted ones were read. `told_of`: of those that pass to other units
    those whose former units are told so.
    """
    _wanted.create(connection)
    total = _stage(connection, wanted, progress)
    record = {"revision": revision, "now": now}
    told_anyway = sa.and_(_MOVED, _move_is_told())
    told = telling(connection, _wanted, told_anyway, told_of) if told_of else Telling([], [])
    reopened = connection.execute(
        _changes("reopened", _IS_WITHDRAWN, announce=_among(connection, told.back)), record
    ).rowcount
    moved = connection.execute(_changes("moved", sa.and_(_MOVED, _IN_PLAY)), record).rowcount
    touched = connection.execute(_UPDATE, record).rowcount
    withdrawn = _withdraw(connection, record, scope, _among(connection, told.passed))
    new = _add(connection, record)
    if told_of:
        wake_those_on_their_way(connection, now=now)
    _wanted.drop(connection)
    return SyncCounts(total, new, moved, reopened, withdrawn, touched)


def _stage(connection: Connection, wanted: Iterable[WantedObligation], progress: Callable[[int], None] | None) -> int:
    total = 0
    for chunk in chunked(wanted):
        copy_in(connection, _wanted, [(*w.key, *w[1:]) for w in chunk])
        total += len(chunk)
        if progress is not None:
            progress(total)
    # Without figures about the new table PostgreSQL joins it row by row, and SQLite reads all obligations for two.
    connection.exec_driver_sql(f"ANALYZE {_wanted.name}")
    return total


_NOW = sa.bindparam("now", type_=UTCDateTime())
_IN_PLAY = sa.or_(IS_OPEN, _IS_WITHDRAWN)
_WAKES_EARLIER = sa.or_(_w.wake_at < _o.wake_at, sa.and_(_o.wake_at.is_(None), _w.wake_at.is_not(None)))


def _update() -> sa.Update:
    """Return the statement that brings open and withdrawn obligations up to date with the wanted ones."""
    begins_anew = sa.or_(_IS_WITHDRAWN, _MOVED)
    differs = sa.or_(*(_o[name].is_distinct_from(_w[name]) for name in ("kind", *_HINTS)))
    return (
        sa.update(t.obligation)
        .where(_SAME_KEY, _IN_PLAY, sa.or_(_IS_WITHDRAWN, differs, _WAKES_EARLIER))
        .values(
            {name: _w[name] for name in ("kind", *_HINTS)}
            | {
                "edition": _o.edition + sa.case((_MOVED, 1), else_=0),
                "watched_from": sa.case((begins_anew, _NOW), else_=_o.watched_from),
                "wake_at": sa.case((begins_anew, _NOW), (_WAKES_EARLIER, _w.wake_at), else_=_o.wake_at),
                "state": "open",
                "ended_at": None,
                "revision_id": sa.bindparam("revision"),
            }
        )
    )


_UPDATE = _update()


def _changes(
    kind: str, condition: sa.ColumnElement[bool], *, announce: sa.ColumnElement[bool] | None = None
) -> sa.Insert:
    """Return the statement that records a change of `kind` for each wanted obligation that meets `condition`."""
    more = {
        "announce": sa.false() if announce is None else announce,
        "due_after": _w.due_on,
        "document": _w.document,
        "why": _w.why,
    }
    if kind == "moved":
        more |= {"announce": _move_is_told(), "turn": _o.edition + 1}
    return _recorded(kind, more, sa.and_(_SAME_KEY, condition))


def _move_is_told() -> sa.ColumnElement[bool]:
    """Return the condition that the units are told of a move."""
    return sa.or_(_w.announce, _BEGINS_AGAIN, sa.and_(_w.leads, ~_one_before_moves()))


def _among(connection: Connection, ids: Sequence[int]) -> sa.ColumnElement[bool]:
    return among(connection, _o.id, ids) if ids else sa.false()


def _one_before_moves() -> sa.Exists:
    """Return the condition that an earlier obligation of the same part and unit moves as well."""
    wanted, stored = _wanted.alias("wanted_before").c, t.obligation.alias("stored_before").c
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
        .correlate(_wanted)
    )


def _recorded(kind: str, more: dict[str, Any], condition: sa.ColumnElement[bool]) -> sa.Insert:
    earlier = t.change.alias("earlier").c
    turn = sa.select(sa.func.count()).where(earlier.obligation_id == _o.id, earlier.kind == kind)
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


def _withdraw(
    connection: Connection,
    record: dict[str, Any],
    scope: Collection[str] | Scope | None,
    announce: sa.ColumnElement[bool],
) -> int:
    """Withdraw what is not wanted any more, and announce it on that condition."""
    # Prompts belong to no file: they end when they are decided.
    unwanted = sa.and_(IS_OPEN, _o.kind.in_(FOLLOWED), ~sa.exists().where(_SAME_KEY).correlate(t.obligation))
    if isinstance(scope, Scope):
        given = sa.exists().where(_w.programme == _o.programme, _w.task == _o.task).correlate(t.obligation)
        unwanted = sa.and_(unwanted, given)
    elif scope is not None:
        unwanted = sa.and_(unwanted, _o.programme.in_(scope))
    connection.execute(_recorded("withdrawn", {"announce": announce}, unwanted), record)
    statement = sa.update(t.obligation).where(unwanted)
    statement = statement.values(
        state="withdrawn", ended_at=record["now"], wake_at=record["now"], revision_id=record["revision"]
    )
    return connection.execute(statement).rowcount


_IS_TOLD = sa.or_(_w.announce, _w.begins)


def _add(connection: Connection, record: dict[str, Any]) -> int:
    """Insert those that are not stored yet; announce those that ask for it."""
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(_o.id), 0))).scalar_one()
    copied = (*t.KEY, "kind", "watched_from", *_HINTS, "wake_at")
    values = {name: _w[name] for name in copied} | {
        "state": sa.literal_column("'open'"),
        "revision_id": sa.bindparam("revision", type_=_o.id.type),
        "edition": sa.literal_column("0"),
        "missed_before": sa.literal_column("0"),
        "wake_at": sa.case((_IS_TOLD, _NOW), else_=_w.wake_at),
        "recorded_at": _NOW,
    }
    missing = sa.select(*values.values()).where(~sa.exists().where(_SAME_KEY).correlate(_wanted))
    new = connection.execute(sa.insert(t.obligation).from_select(list(values), missing), record).rowcount
    announced = {"announce": sa.true(), "due_after": _w.due_on, "document": _w.document, "why": _w.why}
    silent = dict.fromkeys(("watched_before", "due_before", "due_at_before"), sa.null())
    condition = sa.and_(_SAME_KEY, _IS_TOLD, _o.id > last)
    connection.execute(_recorded("new", announced | silent, condition), record)
    return new
