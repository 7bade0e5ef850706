"""What the daemons leave behind: passes, pulses, the stop switch, and troubles that somebody must look at."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.base import check, key, partial_index


class EvaluationRow(SQLModel, table=True):
    """One pass. The slot is the key, so that of several daemons one makes the pass."""

    __tablename__ = "evaluation"

    slot: datetime = Field(primary_key=True)
    started_at: datetime
    finished_at: datetime | None = None
    counts: dict[str, int] | None = Field(default=None, sa_type=sa.JSON)


class PulseRow(SQLModel, table=True):
    """When something last went well."""

    __tablename__ = "pulse"

    name: str = Field(primary_key=True)
    at: datetime
    text: str | None = None


class SwitchRow(SQLModel, table=True):
    """The stop switch thrown one way or the other; append-only, the last row counts."""

    __tablename__ = "switch"

    id: int | None = key()
    name: str
    is_on: bool
    why: str | None = None
    recorded_at: datetime
    recorded_by: str


class TroubleRow(SQLModel, table=True):
    """Something wrong until resolved: a broken rule file, an address that refuses mail. Open once per subject."""

    __tablename__ = "trouble"
    __table_args__ = (
        check("span", "last_at >= first_at"),
        partial_index("uq_trouble_open", "kind", "subject", where="resolved_at IS NULL", unique=True),
    )

    id: int | None = key()
    kind: str
    subject: str
    text: str
    first_at: datetime
    last_at: datetime
    times: int = 1
    told_at: datetime | None = None
    resolved_at: datetime | None = None
