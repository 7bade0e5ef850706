"""Marks: that the state of an obligation was entered in the national system; append-only, the last one counts."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.facts.known import known_by

_m = t.national_mark.c


@dataclass(frozen=True, slots=True)
class RecordedMark:
    """One mark; `state` is what was entered, in the words of `rules.periodic.marks`."""

    id: int
    obligation_id: int
    entered_on: date
    state: str
    note: str | None
    recorded_at: datetime
    recorded_by: str


def record_mark(
    connection: Connection,
    obligation_id: int,
    *,
    entered_on: date,
    state: str,
    recorded_by: str,
    recorded_at: datetime,
    note: str | None = None,
) -> int:
    """Record a mark and return its number; IntegrityError when there is no such obligation."""
    values = {
        "obligation_id": obligation_id,
        "entered_on": entered_on,
        "state": state,
        "note": note,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
    }
    return int(connection.execute(sa.insert(t.national_mark).values(values).returning(_m.id)).scalar_one())


def last_marks(connection: Connection, *, until: datetime | None = None) -> dict[int, RecordedMark]:
    """Return the last mark of each obligation that has one, by obligation id."""
    last = sa.select(sa.func.max(_m.id)).where(*known_by(_m.recorded_at, until)).group_by(_m.obligation_id)
    query = sa.select(t.national_mark).where(_m.id.in_(last))
    return {row.obligation_id: RecordedMark(*row) for row in connection.execute(query)}


def mark_of(connection: Connection, obligation_id: int) -> RecordedMark | None:
    """Return the last mark of an obligation, None where it has none."""
    query = sa.select(t.national_mark).where(_m.obligation_id == obligation_id).order_by(_m.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return RecordedMark(*row) if row else None
