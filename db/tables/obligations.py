"""Revisions of the rule files, the obligations that follow from them, and the changes these went through."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.base import check, key, one_of, partial_index, reference

_DAY = ("programme", "state", "due_on", "id")


class RevisionRow(SQLModel, table=True):
    """One state of all rule files, kept whole so that it can be loaded again when the files are broken."""

    __tablename__ = "revision"

    id: int | None = key()
    digest: str = Field(index=True)
    applied_at: datetime
    applied_by: str
    origin: str
    git_commit: str | None = None
    files: bytes
    reverts: int | None = None
    """The earlier revision whose files were put in force again, if it is that."""


class ProgrammeRevision(SQLModel, table=True):
    """A programme as one revision held it."""

    __tablename__ = "programme_revision"

    revision_id: int = reference("revision.id", primary_key=True)
    programme: str = Field(primary_key=True)
    digest: str
    title: str
    document: str


class RecastRow(SQLModel, table=True):
    """A deadline that a part of a task was lived by before the day `until_on`, in the rule language, as JSON;
    append-only. `revision_id` is the one that replaced it."""

    __tablename__ = "recast"

    id: int | None = key()
    programme: str
    task: str
    part: str
    until_on: date
    deadline: str
    revision_id: int = reference("revision.id")
    recorded_at: datetime


class ObligationRow(SQLModel, table=True):
    """One obligation. The days and `wake_at` can be derived again; state and `ended_at` follow from facts."""

    __tablename__ = "obligation"
    __table_args__ = (
        sa.UniqueConstraint("programme", "task", "part", "unit", "occurrence"),
        one_of("kind", "task", "watch", "statement", "indicator"),
        one_of("state", "open", "done", "withdrawn", "closed"),
        check("ended", "(state = 'open') = (ended_at IS NULL)"),
        check("counts", "missed_before >= 0 AND edition >= 0"),
        partial_index("ix_obligation_waking", "wake_at", "id", where="wake_at IS NOT NULL"),
        partial_index("ix_obligation_withdrawn", "ended_at", where="state = 'withdrawn'"),
        sa.Index("ix_obligation_by_day", "programme", "kind", "state", "due_on", "id"),
        sa.Index("ix_obligation_by_unit", "unit", "programme", "kind", "state", "due_on"),
        partial_index("ix_obligation_late", "late_at", where="state = 'open'"),
        partial_index("ix_obligation_closed", "end_recorded_at", where="state = 'closed'"),
        partial_index("ix_obligation_awaiting", *_DAY, where="was_late IS NOT NULL AND verdict IS NULL"),
        partial_index(
            "ix_obligation_begun", "programme", "kind", "state", "due_on", "id", where="has_begun IS NOT NULL"
        ),
        partial_index(
            "ix_obligation_starting", "programme", "kind", "state", "starts_on", where="starts_on IS NOT NULL"
        ),
        partial_index("ix_obligation_verdict", "verdict", *_DAY, where="verdict IS NOT NULL"),
    )

    id: int | None = key()
    kind: str
    programme: str
    task: str
    part: str
    unit: str
    occurrence: str
    state: str
    watched_from: datetime
    edition: int = 0
    due_on: date | None = None
    due_at: datetime | None = None
    late_at: datetime | None = None
    strict_on: date | None = None
    starts_on: date | None = None
    """The first day of the stretch of time of what recurs."""
    wake_at: datetime | None = None
    revision_id: int = reference("revision.id")
    ended_at: datetime | None = None
    missed_before: int = 0
    recorded_at: datetime | None = None
    """When the row was made: an occurrence may be followed since long before."""
    end_recorded_at: datetime | None = None
    """When a pass found it closed: `ended_at` is the instant the next one fell due, which may lie long before."""
    was_late: bool | None = None
    """Kept from the reports: whether the last one, if it says that this is done, says so of a day too late."""
    verdict: str | None = None
    """Kept from the verifications: the verdict on the last report that said that this is done."""
    has_begun: bool | None = None
    """Kept from the remarks: whether it was ever said to be under way."""


class ChangeRow(SQLModel, table=True):
    """What happened to an obligation; append-only. `turn` is the new edition of one that moved; otherwise it
    counts the earlier changes of the same kind."""

    __tablename__ = "change"
    __table_args__ = (
        sa.UniqueConstraint("obligation_id", "kind", "turn"),
        one_of("kind", "new", "moved", "done", "withdrawn", "reopened"),
    )

    id: int | None = key()
    obligation_id: int = reference("obligation.id")
    kind: str
    turn: int
    at: datetime
    announce: bool
    revision_id: int | None = reference("revision.id", nullable=True, default=None)
    watched_before: datetime | None = None
    due_before: date | None = None
    due_after: date | None = None
    document: str | None = None
    why: str | None = None
    due_at_before: datetime | None = None
