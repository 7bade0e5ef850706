"""The deadlines lived by: what a part of a task was lived by before its recurrence was edited, so that what fell due by
it stays."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "recast",
        sa.Column("id", ID, primary_key=True),
        sa.Column("programme", AutoString(), nullable=False),
        sa.Column("task", AutoString(), nullable=False),
        sa.Column("part", AutoString(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("deadline", AutoString(), nullable=False),
        sa.Column("revision_id", ID, sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
    )
