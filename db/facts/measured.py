"""Measured: which indicators got a value in a stretch of time, with the value they had before."""

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

_m = t.measurement.c


class MeasuredValue(NamedTuple):
    """The latest value of an indicator, as written, and the one before it, None where it is the first."""

    programme: str
    indicator: str
    measured_on: date
    value: str
    before: str | None


def measured_between(connection: Connection, since: datetime, until: datetime) -> list[MeasuredValue]:
    """Return the indicators for which a value was recorded after `since` and up to `until`; what was retracted by then
    counts for nothing."""
    retracted = sa.select(_m.retracts).where(_m.retracts.is_not(None), _m.recorded_at <= until)
    held = sa.and_(_m.retracts.is_(None), _m.recorded_at <= until, _m.id.not_in(retracted))
    fresh = sa.select(_m.programme, _m.indicator).where(held, _m.recorded_at > since).distinct()
    query = sa.select(_m.programme, _m.indicator, _m.measured_on, _m.value, _m.recorded_at).where(held)
    query = query.where(sa.tuple_(_m.programme, _m.indicator).in_(fresh))
    values: dict[tuple[str, str], list[tuple[date, str]]] = {}
    old: dict[tuple[str, str], str] = {}
    for programme, indicator, on, value, recorded_at in connection.execute(query.order_by(_m.measured_on, _m.id)):
        values.setdefault((programme, indicator), []).append((on, value))
        if recorded_at <= since:
            old[programme, indicator] = value
    return [MeasuredValue(*key, *found[-1], old.get(key)) for key, found in values.items()]
