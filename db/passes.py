"""Passes and pulses: which instants were evaluated, by one daemon only, and when things last went well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import insert, insert_of

_e, _p = t.evaluation.c, t.pulse.c


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One pass; `finished_at` is None while it runs, and for ever when it broke off."""

    slot: datetime
    started_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """When something last went well, and what it said."""

    at: datetime
    text: str | None


def begin_slot(connection: Connection, slot: datetime, *, now: datetime) -> bool:
    """Return True to exactly one of all the processes that ask for this slot: the one that makes the pass."""
    statement: Any = insert(connection, t.evaluation).values(slot=slot, started_at=now)
    return bool(connection.execute(statement.on_conflict_do_nothing(index_elements=[_e.slot])).rowcount)


def finish_slot(connection: Connection, slot: datetime, *, now: datetime, counts: Mapping[str, int]) -> None:
    """Note that the pass is through and what it counted."""
    statement = sa.update(t.evaluation).where(_e.slot == slot)
    connection.execute(statement.values(finished_at=now, counts=dict(counts)))


def last_evaluation(connection: Connection) -> Evaluation | None:
    """Return the latest pass begun, None before the first."""
    row = connection.execute(sa.select(t.evaluation).order_by(_e.slot.desc()).limit(1)).one_or_none()
    return None if row is None else Evaluation(*row)


def beat(connection: Connection, name: str, *, at: datetime, text: str | None = None) -> None:
    """Note that what `name` says went well at `at`."""
    connection.execute(_beat(connection.dialect.name), {"name": name, "at": at, "text": text})


@cache
def _beat(dialect: str) -> sa.Insert:
    statement = insert_of(dialect, t.pulse)
    given = statement.excluded
    return statement.on_conflict_do_update(index_elements=[_p.name], set_={"at": given.at, "text": given.text})


def pulses(connection: Connection) -> dict[str, Pulse]:
    """Return the last beat of each name."""
    return {row.name: Pulse(row.at, row.text) for row in connection.execute(sa.select(t.pulse))}
