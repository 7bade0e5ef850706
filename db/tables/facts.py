"""What people say: events, reports, silences. Append-only: a mistake is retracted by a further row."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.tables.base import check, key, one_of, partial_index, reference


class EventRecord(SQLModel, table=True):
    """An event that happened, or the retraction of one recorded by mistake."""

    __tablename__ = "event_record"
    __table_args__ = (
        sa.Index(None, "programme", "event"),
        partial_index("uq_event_record_retracts", "retracts", where="retracts IS NOT NULL", unique=True),
        check("retracts", "retracts <> id"),
    )

    id: int | None = key()
    programme: str
    event: str
    occurred_on: date
    occurred_at: datetime | None = None
    recorded_at: datetime
    recorded_by: str
    document: str | None = None
    note: str | None = None
    retracts: int | None = reference("event_record.id", nullable=True, default=None)


class Report(SQLModel, table=True):
    """What a unit says about its obligation; `said_on` is the day the work was done."""

    __tablename__ = "report"
    __table_args__ = (one_of("kind", "done", "reopened"),)

    id: int | None = key()
    obligation_id: int = reference("obligation.id", index=True)
    kind: str
    said_on: date
    recorded_at: datetime
    recorded_by: str
    unit: str
    note: str | None = None
    evidence: str | None = None
    due_on: date | None = None
    """The deadline by which it was judged when it was recorded, with `late_at`."""
    late_at: datetime | None = None
    document: str | None = None
    """Number and date of the document that is the product."""
    via: str | None = None


class SilenceRecord(SQLModel, table=True):
    """A stretch in which reminders about what matches are not sent; a field that is null matches all."""

    __tablename__ = "silence"
    __table_args__ = (
        check("span", "until_at IS NULL OR until_at > from_at"),
        sa.Index(None, "programme"),
    )

    id: int | None = key()
    programme: str | None = None
    task: str | None = None
    unit: str | None = None
    person: str | None = None
    from_at: datetime
    until_at: datetime | None = None
    reason: str
    recorded_by: str
    recorded_at: datetime
    suspends: bool | None = None
    """The work itself rests as long, not only its reminders."""


class SilenceLift(SQLModel, table=True):
    """The early end of a silence, at `recorded_at`."""

    __tablename__ = "silence_lift"

    silence_id: int = reference("silence.id", primary_key=True)
    recorded_by: str
    recorded_at: datetime
    reason: str | None = None
