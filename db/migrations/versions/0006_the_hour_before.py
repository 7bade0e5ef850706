"""The hour before: at which instant an obligation was due until it moved, so that a letter can name the earlier hour."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("change", sa.Column("due_at_before", UTCDateTime()))
