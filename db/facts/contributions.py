"""What units write for a period's summary; append-only, the last of a section counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.facts.known import known_by
from db.facts.remarks import Via

ContributionSection = Literal["results", "difficulties", "next"]

LONGEST_CONTRIBUTION = 20_000
"""So many characters a unit may write for one section."""

_c = t.contribution.c


class TooLong(Exception):
    """What was written is longer than a summary has room for."""


@dataclass(frozen=True, slots=True)
class RecordedContribution:
    """What a unit wrote for one section of a period."""

    id: int
    period: str
    directory: str
    unit: str
    section: ContributionSection
    content: str
    recorded_at: datetime
    recorded_by: str
    via: Via


def record_contribution(
    connection: Connection,
    *,
    period: str,
    directory: str,
    unit: str,
    section: ContributionSection,
    content: str,
    recorded_by: str,
    recorded_at: datetime,
    via: Via,
) -> int:
    """Record what a unit writes, in place of what it wrote for that section before, and return its number; an empty
    text takes that back."""
    values = {
        "period": period,
        "directory": directory,
        "unit": unit,
        "section": section,
        "content": content,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        "via": via,
    }
    return int(connection.execute(sa.insert(t.contribution).values(values).returning(_c.id)).scalar_one())


def contributions(
    connection: Connection, period: str, directory: str, *, unit: str | None = None, until: datetime | None = None
) -> list[RecordedContribution]:
    """Return what the units of a directory wrote for a period, in the order of recording: the last of each section."""
    where = [_c.period == period, _c.directory == directory, *known_by(_c.recorded_at, until)]
    if unit is not None:
        where.append(_c.unit == unit)
    last = sa.select(sa.func.max(_c.id)).where(*where).group_by(_c.unit, _c.section)
    query = sa.select(t.contribution).where(_c.id.in_(last), _c.content != "").order_by(_c.id)
    return [RecordedContribution(*row) for row in connection.execute(query)]


def wrote_first(
    connection: Connection, period: str, directory: str, *, until: datetime | None = None
) -> dict[str, datetime]:
    """Return when each unit first wrote something for a period."""
    where = (_c.period == period, _c.directory == directory, _c.content != "", *known_by(_c.recorded_at, until))
    first = sa.select(sa.func.min(_c.id)).where(*where).group_by(_c.unit)
    query = sa.select(_c.unit, _c.recorded_at).where(_c.id.in_(first))
    return dict(connection.execute(query).all())
