"""Reading as of an instant: only what was recorded by then counts."""

from datetime import datetime

import sqlalchemy as sa


def known_by(
    recorded_at: sa.ColumnElement[datetime], until: datetime | sa.BindParameter[datetime] | None
) -> list[sa.ColumnElement[bool]]:
    """Return the condition under which a record counts: none, or that it was recorded by `until`."""
    return [] if until is None else [recorded_at <= until]
