"""When it became known: obligations note when they came to be and when they were found closed, reports by which deadline
they were judged, revisions what they revert to."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("obligation", sa.Column("recorded_at", UTCDateTime()))
    op.add_column("obligation", sa.Column("end_recorded_at", UTCDateTime()))
    op.add_column("report", sa.Column("due_on", sa.Date()))
    op.add_column("report", sa.Column("late_at", UTCDateTime()))
    op.add_column("revision", sa.Column("reverts", sa.Integer()))
