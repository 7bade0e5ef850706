"""Counters: how far facts and ledger have come, in a few figures that any further record changes."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.tables.base import equals


@dataclass(frozen=True, slots=True)
class Counters:
    """The number of the last record of each kind; how many silences were lifted; when the last letter left."""

    events: int = 0
    reports: int = 0
    silences: int = 0
    lifts: int = 0
    changes: int = 0
    notices: int = 0
    letters: str = ""


def counters(connection: Connection) -> Counters:
    """Return the figures as they stand."""
    last = {
        name: sa.select(sa.func.coalesce(sa.func.max(column), 0)).scalar_subquery()
        for name, column in {
            "events": t.event_record.c.id,
            "reports": t.report.c.id,
            "silences": t.silence.c.id,
            "changes": t.change.c.id,
            "notices": t.notice.c.id,
        }.items()
    }
    lifts = sa.select(sa.func.count()).select_from(t.silence_lift).scalar_subquery()
    sent = sa.select(sa.func.max(t.message.c.sent_at)).where(equals(t.message.c.state, "sent")).scalar_subquery()
    row = connection.execute(sa.select(*(query.label(name) for name, query in last.items()), lifts, sent)).one()
    *known, lifted, left = row
    return Counters(
        **dict(zip(last, map(int, known), strict=True)), lifts=int(lifted), letters=left.isoformat() if left else ""
    )
