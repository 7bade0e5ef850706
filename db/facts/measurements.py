"""Measurements: values of indicators as their owners record them; append-only, one recorded by mistake is retracted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.facts.known import known_by
from db.facts.remarks import Via

_m = t.measurement.c


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value as it was recorded for the day `measured_on`; `unit` is on whose behalf. `retracted_at`: it was recorded
    by mistake, as was said then."""

    id: int
    programme: str
    indicator: str
    measured_on: date
    value: str
    source: str | None
    note: str | None
    unit: str
    recorded_at: datetime
    recorded_by: str
    via: Via
    retracted_at: datetime | None = None
    retracted_by: str | None = None

    @property
    def is_retracted(self) -> bool:
        """Say whether it no longer stands."""
        return self.retracted_at is not None


def record_measurement(
    connection: Connection,
    *,
    programme: str,
    indicator: str,
    measured_on: date,
    value: str,
    unit: str,
    recorded_by: str,
    recorded_at: datetime,
    via: Via = "cli",
    source: str | None = None,
    note: str | None = None,
) -> int:
    """Record a value and return its number."""
    values = {
        "programme": programme,
        "indicator": indicator,
        "measured_on": measured_on,
        "value": value,
        "source": source,
        "note": note,
        "unit": unit,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        "via": via,
        "retracts": None,
    }
    return int(connection.execute(sa.insert(t.measurement).values(values).returning(_m.id)).scalar_one())


def retract_measurement(
    connection: Connection,
    number: int,
    *,
    recorded_by: str,
    recorded_at: datetime,
    via: Via = "cli",
    note: str | None = None,
) -> Measurement:
    """Note that a value was recorded by mistake, and return it; LookupError when no such value stands."""
    found = measurement(connection, number)
    if found is None or found.is_retracted:
        raise LookupError(number)
    values = {
        "programme": found.programme,
        "indicator": found.indicator,
        "measured_on": found.measured_on,
        "value": found.value,
        "source": None,
        "note": note,
        "unit": found.unit,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        "via": via,
        "retracts": number,
    }
    connection.execute(sa.insert(t.measurement).values(values))
    return found


def measurement(connection: Connection, number: int) -> Measurement | None:
    """Return the value of that number, None when there is none."""
    return next(iter(_found(connection, [_m.id == number], until=None)), None)


def of_indicator(
    connection: Connection, programme: str, indicator: str, *, until: datetime | None = None
) -> list[Measurement]:
    """Return all values of an indicator in the order of their days, the retracted ones too; of several for one day the
    one recorded last comes last."""
    found = _found(connection, [_m.programme == programme, _m.indicator == indicator], until=until)
    return sorted(found, key=lambda one: (one.measured_on, one.id))


def measurements(
    connection: Connection, programmes: Iterable[str] | None = None, *, until: datetime | None = None
) -> dict[tuple[str, str], list[Measurement]]:
    """Return the values that stand, as known at `until`, by programme and indicator, in the order of their days."""
    which = [] if programmes is None else [_m.programme.in_(list(programmes))]
    found: dict[tuple[str, str], list[Measurement]] = {}
    for one in sorted(_found(connection, which, until=until), key=lambda one: (one.measured_on, one.id)):
        if not one.is_retracted:
            found.setdefault((one.programme, one.indicator), []).append(one)
    return found


def _found(
    connection: Connection, which: Sequence[sa.ColumnElement[bool]], *, until: datetime | None
) -> list[Measurement]:
    back = t.measurement.alias("back")
    known = [back.c.recorded_at <= until] if until is not None else []
    query = (
        sa.select(*(column for column in _m if column.name != "retracts"), back.c.recorded_at, back.c.recorded_by)
        .select_from(t.measurement.outerjoin(back, sa.and_(back.c.retracts == _m.id, *known)))
        .where(_m.retracts.is_(None), *which, *known_by(_m.recorded_at, until))
        .order_by(_m.id)
    )
    return [Measurement(*row) for row in connection.execute(query)]
