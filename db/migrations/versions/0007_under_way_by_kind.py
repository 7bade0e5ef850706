"""Under way, by kind: the index of what has begun names the kind too, so that SQLite takes it even while it is empty."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    condition = sa.text("has_begun IS NOT NULL")
    op.drop_index("ix_obligation_begun", "obligation")
    op.create_index(
        "ix_obligation_begun",
        "obligation",
        ["programme", "kind", "state", "due_on", "id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
