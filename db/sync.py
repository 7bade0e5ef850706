"""Make the stored obligations those that the rule files and events call for, in a handful of set operations.

The wanted ones go into a temporary table; what is new, moved, withdrawn or back again is found by comparing
the tables, so that a million of them cost time but no memory. What is done or closed is never touched.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import syncing
from db.bulk import chunked, copy_in
from db.obligations import ObligationKind
from db.passing import Choosing, Telling, telling, wake_those_on_their_way
from db.syncing import WANTED, Scope
from rules.obligation import ObligationKey


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
    chunks = chunked(wanted)
    first = next(chunks, None)
    if first is None and told_of is None and _spares_all_but_wanted(scope):
        return SyncCounts(0, 0, 0, 0, 0, 0)
    WANTED.create(connection, checkfirst=False)
    total = _stage(connection, chain([first] if first else [], chunks), progress)
    record = {"revision": revision, "now": now}
    told_anyway = sa.and_(syncing.MOVED, syncing.move_is_told())
    told = telling(connection, WANTED, told_anyway, told_of) if told_of else Telling([], [])
    reopened = connection.execute(syncing.reopened(connection, told.back), record).rowcount
    moved = connection.execute(syncing.moved(), record).rowcount
    touched = connection.execute(syncing.UPDATE, record).rowcount
    withdrawn = _withdraw(connection, record, scope, told.passed)
    new = _add(connection, record)
    if told_of:
        wake_those_on_their_way(connection, now=now)
    WANTED.drop(connection, checkfirst=False)
    return SyncCounts(total, new, moved, reopened, withdrawn, touched)


def _spares_all_but_wanted(scope: Collection[str] | Scope | None) -> bool:
    """Say whether nothing is withdrawn where nothing is wanted."""
    return isinstance(scope, Scope) or (scope is not None and not scope)


def _stage(
    connection: Connection, chunks: Iterable[list[WantedObligation]], progress: Callable[[int], None] | None
) -> int:
    total = 0
    for chunk in chunks:
        copy_in(connection, WANTED, [(*w.key, *w[1:]) for w in chunk])
        total += len(chunk)
        if progress is not None:
            progress(total)
    # Without figures about the new table PostgreSQL joins it row by row, and SQLite reads all obligations for two.
    connection.exec_driver_sql(f"ANALYZE {WANTED.name}")
    return total


def _withdraw(
    connection: Connection, record: dict[str, Any], scope: Collection[str] | Scope | None, told: Sequence[int]
) -> int:
    """Withdraw what is not wanted any more, and announce those that are `told`."""
    if scope is not None and not scope:
        return 0
    within = scope if scope is None or isinstance(scope, Scope) else frozenset(scope)
    noted, made = syncing.withdrawn(connection, within, told)
    connection.execute(noted, record)
    return connection.execute(made, record).rowcount


def _add(connection: Connection, record: dict[str, Any]) -> int:
    """Insert those that are not stored yet; announce those that ask for it."""
    last = connection.execute(syncing.LAST).scalar_one()
    added, announced = syncing.added()
    new = connection.execute(added, record).rowcount
    connection.execute(announced, record | {"last": last})
    return new
