"""What is said back: remarks on the way, evidence, the standing office's verdicts, extensions, and what units write for
the weekly summary. Append-only."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.tables.base import check, key, one_of, partial_index, reference


class RemarkRow(SQLModel, table=True):
    """What a unit says of its obligation without ending it: how far it is, what is difficult, whose it is."""

    __tablename__ = "remark"
    __table_args__ = (
        one_of("kind", "progress", "difficulty", "resolved", "focal", "not_ours"),
        check("percent", "percent IS NULL OR (kind = 'progress' AND percent BETWEEN 0 AND 100)"),
        sa.Index(None, "recorded_at"),
    )

    id: int | None = key()
    obligation_id: int = reference("obligation.id", index=True)
    kind: str
    percent: int | None = None
    note: str | None = None
    unit: str
    recorded_at: datetime
    recorded_by: str
    via: str = "cli"


class EvidenceRow(SQLModel, table=True):
    """A proof attached to a report or a measured value: a file kept by the hash of its bytes, or a link."""

    __tablename__ = "evidence"
    __table_args__ = (
        check("file_or_link", "(sha256 IS NULL) = (link IS NOT NULL)"),
        check("of_one", "(report_id IS NULL) <> (measurement_id IS NULL)"),
    )

    id: int | None = key()
    report_id: int | None = reference("report.id", nullable=True, default=None, index=True)
    measurement_id: int | None = reference("measurement.id", nullable=True, default=None, index=True)
    sha256: str | None = None
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    link: str | None = None
    recorded_at: datetime
    recorded_by: str


class VerificationRow(SQLModel, table=True):
    """What the standing office says of a report: accepted, or returned with the reason. A report has one verdict."""

    __tablename__ = "verification"
    __table_args__ = (
        sa.UniqueConstraint("report_id"),
        one_of("verdict", "accepted", "returned"),
        check("reason_given", "verdict = 'accepted' OR reason IS NOT NULL"),
    )

    id: int | None = key()
    report_id: int = reference("report.id")
    verdict: str
    reason: str | None = None
    document: str | None = None
    recorded_at: datetime
    recorded_by: str
    via: str = "cli"


class ExtensionRow(SQLModel, table=True):
    """A request to move the deadline of one obligation. `is_exception`: asked for after the due day."""

    __tablename__ = "extension"
    __table_args__ = (
        sa.Index(None, "obligation_id"),
        check("later", "due_before IS NULL OR due_wanted > due_before"),
    )

    id: int | None = key()
    obligation_id: int = reference("obligation.id")
    unit: str
    due_before: date | None = None
    due_wanted: date
    reason: str
    is_exception: bool = False
    number: int = 1
    """The how many-th request of this obligation it is."""
    recorded_at: datetime
    recorded_by: str
    via: str = "cli"


class ExtensionDecisionRow(SQLModel, table=True):
    """What became of a request: granted until a day, refused, or withdrawn by the asker; decided once."""

    __tablename__ = "extension_decision"
    __table_args__ = (
        one_of("verdict", "granted", "refused", "withdrawn"),
        check("granted_until", "(verdict = 'granted') = (due_granted IS NOT NULL)"),
        check("document_given", "verdict <> 'granted' OR document IS NOT NULL"),
    )

    extension_id: int = reference("extension.id", primary_key=True)
    verdict: str
    due_granted: date | None = None
    document: str | None = None
    reason: str | None = None
    recorded_at: datetime
    recorded_by: str
    via: str = "cli"


class ContributionRow(SQLModel, table=True):
    """What a unit writes for a period's summary; a later one of the same section takes the place of the earlier."""

    __tablename__ = "contribution"
    __table_args__ = (
        one_of("section", "results", "difficulties", "next"),
        sa.Index(None, "period", "directory", "unit"),
    )

    id: int | None = key()
    period: str
    """`2026-W14`, `2026-04`, `2026-Q2`."""
    directory: str
    unit: str
    section: str
    content: str
    recorded_at: datetime
    recorded_by: str
    via: str = "cli"


class SummaryRow(SQLModel, table=True):
    """A summary of a period as it was drawn up; what is sent is this snapshot, whatever happens later."""

    __tablename__ = "summary"
    __table_args__ = (
        one_of("kind", "week", "month", "quarter"),
        one_of("step", "draft", "confirmed", "sent"),
        partial_index("uq_summary_sent", "office", "period", where="step = 'sent'", unique=True),
        sa.Index(None, "office", "period"),
    )

    id: int | None = key()
    office: str
    """The standing office that draws it up: `directory/unit`."""
    period: str
    kind: str
    step: str
    snapshot: str
    """The snapshot as JSON."""
    drawn_at: datetime
    """The instant it tells of."""
    recorded_at: datetime
    recorded_by: str


class NationalMarkRow(SQLModel, table=True):
    """That an obligation's state was entered in the national system, on a day."""

    __tablename__ = "national_mark"

    id: int | None = key()
    obligation_id: int = reference("obligation.id", index=True)
    entered_on: date
    state: str
    """What was entered: what it counted as, its progress and its verification."""
    note: str | None = None
    recorded_at: datetime
    recorded_by: str


class MeasurementRow(SQLModel, table=True):
    """A value of an indicator as measured for a day, or the retraction of one recorded by mistake."""

    __tablename__ = "measurement"
    __table_args__ = (
        sa.Index(None, "programme", "indicator", "measured_on"),
        partial_index("uq_measurement_retracts", "retracts", where="retracts IS NOT NULL", unique=True),
    )

    id: int | None = key()
    programme: str
    indicator: str
    measured_on: date
    value: str
    """As written: a number, a share, yes or no."""
    source: str | None = None
    note: str | None = None
    unit: str
    recorded_at: datetime
    recorded_by: str
    via: str = "cli"
    retracts: int | None = reference("measurement.id", nullable=True, default=None)
