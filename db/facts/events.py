"""The register of events: what happened when, and what was recorded by mistake."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.facts.known import known_by
from rules.programme import Occurred


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One entry of the register of events; `retracted` when it was taken back."""

    id: int
    programme: str
    event: str
    occurred: Occurred
    recorded_at: datetime
    recorded_by: str
    document: str | None
    note: str | None
    retracted: bool
    retracted_at: datetime | None = None
    retracted_by: str | None = None


def record_event(
    connection: Connection,
    *,
    programme: str,
    event: str,
    occurred: Occurred,
    recorded_by: str,
    recorded_at: datetime,
    document: str | None = None,
    note: str | None = None,
) -> int:
    """Record that an event happened and return the id of the record."""
    values = {
        "programme": programme,
        "event": event,
        "occurred_on": occurred.on,
        "occurred_at": occurred.at,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        "document": document,
        "note": note,
    }
    statement = sa.insert(t.event_record).values(values).returning(t.event_record.c.id)
    return int(connection.execute(statement).scalar_one())


def retract_event(
    connection: Connection, record: int, *, recorded_by: str, recorded_at: datetime, note: str | None = None
) -> int:
    """Take back a record made by mistake, by a further record; IntegrityError when that was done before."""
    e = t.event_record.c
    query = sa.select(e.programme, e.event, e.occurred_on, e.occurred_at)
    row = connection.execute(query.where(e.id == record, e.retracts.is_(None))).one_or_none()
    if row is None:
        raise LookupError(f"no record of an event has the number {record}")
    values = {**row._mapping, "recorded_at": recorded_at, "recorded_by": recorded_by, "note": note}
    statement = sa.insert(t.event_record).values(values | {"retracts": record}).returning(e.id)
    return int(connection.execute(statement).scalar_one())


def event_records(
    connection: Connection, programme: str | None = None, *, until: datetime | None = None
) -> list[RecordedEvent]:
    """Return the register of events in the order of recording, retracted ones included."""
    query = _records(of_one=programme is not None, is_past=until is not None)
    return [
        RecordedEvent(
            id=row.id,
            programme=row.programme,
            event=row.event,
            occurred=Occurred(row.occurred_on, row.occurred_at),
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
            document=row.document,
            note=row.note,
            retracted=row.retracted_at is not None,
            retracted_at=row.retracted_at,
            retracted_by=row.retracted_by,
        )
        for row in connection.execute(query, {"programme": programme, "until": until})
    ]


@cache
def _records(*, of_one: bool, is_past: bool) -> sa.Select[*tuple[Any, ...]]:
    """Return the query for the register, of one `programme` or of all, by `until` or by now: made once."""
    until: sa.BindParameter[datetime] | None = sa.bindparam("until") if is_past else None
    back_ = t.event_record.alias("back")
    e, back = t.event_record.c, back_.c
    columns = (t.event_record, back.recorded_at.label("retracted_at"), back.recorded_by.label("retracted_by"))
    taken_back = sa.and_(back.retracts == e.id, *known_by(back.recorded_at, until))
    query = sa.select(*columns).outerjoin(back_, taken_back)
    query = query.where(e.retracts.is_(None), *known_by(e.recorded_at, until)).order_by(e.id)
    return query.where(e.programme == sa.bindparam("programme")) if of_one else query


def events(
    connection: Connection, programme: str, *, until: datetime | None = None
) -> Mapping[str, tuple[Occurred, ...]]:
    """Return when each recorded event of a programme happened, oldest first; retracted records do not count."""
    found: dict[str, list[Occurred]] = {}
    for record in event_records(connection, programme, until=until):
        if not record.retracted:
            found.setdefault(record.event, []).append(record.occurred)
    # Sorting keeps the order of recording for two on one day whose hours are not known.
    return {event: tuple(sorted(times, key=_when)) for event, times in found.items()}


def _when(occurred: Occurred) -> tuple[date, datetime]:
    return occurred.on, occurred.at or datetime.max.replace(tzinfo=UTC)
