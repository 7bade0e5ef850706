"""When it begins: the first day of the stretch of time of what recurs, so that what has not begun can be counted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("obligation", sa.Column("starts_on", sa.Date()))
    condition = sa.text("starts_on IS NOT NULL")
    columns = ["programme", "kind", "state", "starts_on"]
    op.create_index("ix_obligation_starting", "obligation", columns, sqlite_where=condition, postgresql_where=condition)
    # The next pass then works out anew whatever changes by itself, and fills the days in.
    op.execute("DELETE FROM pulse WHERE name = 'spawned'")
