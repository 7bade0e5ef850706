"""Summaries of periods as they were drawn up, confirmed and sent. What was sent once is never sent again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import insert

Step = Literal["draft", "confirmed", "sent"]

_s = t.summary.c


class AlreadySent(Exception):
    """The summary of the period has been sent: nothing can be added to it or changed in it."""


@dataclass(frozen=True, slots=True)
class StoredSummary:
    """One summary at one step; `snapshot` is its JSON."""

    id: int
    office: str
    period: str
    kind: str
    step: Step
    snapshot: str
    drawn_at: datetime
    """The instant it tells of."""
    recorded_at: datetime
    recorded_by: str


def add_summary(
    connection: Connection,
    *,
    office: str,
    period: str,
    kind: str,
    step: Step,
    snapshot: str,
    drawn_at: datetime,
    recorded_at: datetime,
    recorded_by: str,
) -> int | None:
    """Keep a summary and return its number; None where the period was sent already and this would be once more."""
    values = {
        "office": office,
        "period": period,
        "kind": kind,
        "step": step,
        "snapshot": snapshot,
        "drawn_at": drawn_at,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
    }
    statement = insert(connection, t.summary).values(values).on_conflict_do_nothing()
    return connection.execute(statement.returning(_s.id)).scalar_one_or_none()


def steps_of(connection: Connection, office: str, period: str) -> dict[Step, int]:
    """Return the number of the last summary of a period at each step it has come to."""
    query = sa.select(_s.step, sa.func.max(_s.id)).where(_s.office == office, _s.period == period)
    return dict(connection.execute(query.group_by(_s.step)).all())


def summary_of(connection: Connection, id_: int) -> StoredSummary | None:
    """Return the summary with that number."""
    row = connection.execute(sa.select(t.summary).where(_s.id == id_)).one_or_none()
    return StoredSummary(*row) if row else None


def last_sent(
    connection: Connection, office: str, kind: str, *, but: str = "", until: datetime | None = None
) -> StoredSummary | None:
    """Return the last summary of that kind that was sent and tells of an instant up to `until`, whatever its period
    but that one."""
    query = sa.select(t.summary).where(_s.office == office, _s.kind == kind, _s.step == "sent", _s.period != but)
    if until is not None:
        query = query.where(_s.drawn_at <= until)
    row = connection.execute(query.order_by(_s.drawn_at.desc(), _s.id.desc()).limit(1)).one_or_none()
    return StoredSummary(*row) if row else None


def confirmed_unsent(connection: Connection, offices: Collection[str]) -> list[tuple[str, str, int]]:
    """Return (office, period, number) of what was confirmed and has not been sent, the last confirmation of each."""
    rows = connection.execute(_confirmed_unsent(), {"offices": tuple(offices)})
    return [(office, period, id_) for office, period, id_ in rows]


@cache
def _confirmed_unsent() -> sa.Select[str, str, int]:
    sent = sa.alias(t.summary)
    is_sent = sa.exists().where(sent.c.office == _s.office, sent.c.period == _s.period, sent.c.step == "sent")
    query = sa.select(_s.office, _s.period, sa.func.max(_s.id)).where(_s.step == "confirmed", sa.not_(is_sent))
    query = query.where(_s.office.in_(sa.bindparam("offices", expanding=True)))
    return query.group_by(_s.office, _s.period)


def drafts_waiting(connection: Connection, office: str) -> list[tuple[str, datetime]]:
    """Return (period, when it was drawn up) of the drafts of a standing office that nobody has confirmed, the last one
    of each kind: a later draft takes the place of those before, and so does a later summary that was confirmed."""
    other = sa.alias(t.summary)
    replaced = sa.exists().where(
        other.c.office == _s.office,
        other.c.kind == _s.kind,
        sa.or_(other.c.period > _s.period, sa.and_(other.c.period == _s.period, other.c.step != "draft")),
    )
    query = sa.select(_s.period, sa.func.max(_s.recorded_at)).where(_s.office == office, _s.step == "draft")
    rows = connection.execute(query.where(sa.not_(replaced)).group_by(_s.period).order_by(_s.period))
    return [(period, at) for period, at in rows]


def sent_by_all(connection: Connection, offices: Collection[str], period: str) -> bool:
    """Say whether each of these standing offices has sent the summary of a period; of none, that it has not been."""
    where = (_s.office.in_(tuple(offices)), _s.period == period, _s.step == "sent")
    count = connection.execute(sa.select(sa.func.count(_s.office.distinct())).where(*where)).scalar_one()
    return bool(offices) and count == len(set(offices))


def kept_periods(connection: Connection, office: str, *, limit: int = 60) -> list[tuple[str, Step, datetime]]:
    """Return (period, how far it has come, when it came so far) of what was drawn up, the last ones first."""
    order = sa.case({"sent": 3, "confirmed": 2}, value=_s.step, else_=1)
    at = sa.func.max(_s.recorded_at)
    query = sa.select(_s.period, _s.step, at).where(_s.office == office).group_by(_s.period, _s.step)
    rows = connection.execute(query.order_by(sa.desc(at), order.desc()).limit(3 * limit)).all()
    found: dict[str, tuple[str, Step, datetime]] = {}
    for period, step, recorded_at in rows:
        found.setdefault(period, (period, step, recorded_at))
    return list(found.values())[:limit]
