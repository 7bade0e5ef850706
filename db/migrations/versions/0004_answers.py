"""The answers: remarks, evidence, verdicts, extensions, contributions and summaries, measured values."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = AutoString()
INSTANT = UTCDateTime()


def upgrade() -> None:
    op.add_column("report", sa.Column("document", TEXT))
    op.add_column("report", sa.Column("via", TEXT))
    op.add_column("silence", sa.Column("suspends", sa.Boolean()))
    _extend_obligation()
    _allow_indicators()
    _create_remark()
    _create_measurement()
    _create_evidence()
    _create_verification()
    _create_extension()
    _create_extension_decision()
    _create_contribution()
    _create_summary()
    _create_national_mark()


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _extend_obligation() -> None:
    op.add_column("obligation", sa.Column("was_late", sa.Boolean()))
    op.add_column("obligation", sa.Column("verdict", TEXT))
    op.add_column("obligation", sa.Column("has_begun", sa.Boolean()))
    # What was reported by earlier versions is judged by the deadline that was noted with it.
    op.execute("UPDATE obligation SET was_late = (late_at IS NOT NULL AND ended_at >= late_at) WHERE state = 'done'")
    op.create_index("ix_obligation_by_day", "obligation", ["programme", "kind", "state", "due_on", "id"])
    op.create_index("ix_obligation_by_unit", "obligation", ["unit", "programme", "kind", "state", "due_on"])
    _partial_index("ix_obligation_late", "obligation", ["late_at"], "state = 'open'")
    _partial_index("ix_obligation_closed", "obligation", ["end_recorded_at"], "state = 'closed'")
    columns = ["programme", "state", "due_on", "id"]
    _partial_index("ix_obligation_awaiting", "obligation", columns, "was_late IS NOT NULL AND verdict IS NULL")
    _partial_index("ix_obligation_begun", "obligation", columns, "has_begun IS NOT NULL")
    _partial_index("ix_obligation_verdict", "obligation", ["verdict", *columns], "verdict IS NOT NULL")


_KINDS = "kind IN ('task', 'watch', 'statement')"
_KINDS_NOW = "kind IN ('task', 'watch', 'statement', 'indicator')"


def _allow_indicators() -> None:
    """Let an obligation be what an indicator asks for."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_obligation_kind"), "obligation", type_="check")
        op.create_check_constraint(op.f("ck_obligation_kind"), "obligation", _KINDS_NOW)
        return
    # What SQLite itself advises for a CHECK, which changes nothing that is stored: https://sqlite.org/lang_altertable.html
    # Copying a million obligations, which others refer to, would be slow and dangerous.
    version = int(connection.exec_driver_sql("PRAGMA schema_version").scalar_one())
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'obligation'",
        (_KINDS, _KINDS_NOW),
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def _create_remark() -> None:
    op.create_table(
        "remark",
        sa.Column("id", ID, primary_key=True),
        sa.Column("obligation_id", ID, sa.ForeignKey("obligation.id"), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("percent", sa.Integer()),
        sa.Column("note", TEXT),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('progress', 'difficulty', 'resolved', 'focal', 'not_ours')", name=op.f("ck_remark_kind")
        ),
        sa.CheckConstraint(
            "percent IS NULL OR (kind = 'progress' AND percent BETWEEN 0 AND 100)", name=op.f("ck_remark_percent")
        ),
    )
    op.create_index(op.f("ix_remark_obligation_id"), "remark", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_remark_recorded_at"), "remark", ["recorded_at"], unique=False)


def _create_measurement() -> None:
    op.create_table(
        "measurement",
        sa.Column("id", ID, primary_key=True),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("indicator", TEXT, nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("source", TEXT),
        sa.Column("note", TEXT),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("retracts", ID, sa.ForeignKey("measurement.id")),
    )
    op.create_index(
        op.f("ix_measurement_programme_indicator_measured_on"),
        "measurement",
        ["programme", "indicator", "measured_on"],
        unique=False,
    )
    _partial_index("uq_measurement_retracts", "measurement", ["retracts"], "retracts IS NOT NULL", unique=True)


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, primary_key=True),
        sa.Column("report_id", ID, sa.ForeignKey("report.id")),
        sa.Column("measurement_id", ID, sa.ForeignKey("measurement.id")),
        sa.Column("sha256", TEXT),
        sa.Column("name", TEXT),
        sa.Column("media_type", TEXT),
        sa.Column("size", sa.Integer()),
        sa.Column("link", TEXT),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.CheckConstraint("(sha256 IS NULL) = (link IS NOT NULL)", name=op.f("ck_evidence_file_or_link")),
        sa.CheckConstraint("(report_id IS NULL) <> (measurement_id IS NULL)", name=op.f("ck_evidence_of_one")),
    )
    op.create_index(op.f("ix_evidence_measurement_id"), "evidence", ["measurement_id"], unique=False)
    op.create_index(op.f("ix_evidence_report_id"), "evidence", ["report_id"], unique=False)


def _create_verification() -> None:
    op.create_table(
        "verification",
        sa.Column("id", ID, primary_key=True),
        sa.Column("report_id", ID, sa.ForeignKey("report.id"), nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("document", TEXT),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.CheckConstraint("verdict = 'accepted' OR reason IS NOT NULL", name=op.f("ck_verification_reason_given")),
        sa.CheckConstraint("verdict IN ('accepted', 'returned')", name=op.f("ck_verification_verdict")),
        sa.UniqueConstraint("report_id"),
    )


def _create_extension() -> None:
    op.create_table(
        "extension",
        sa.Column("id", ID, primary_key=True),
        sa.Column("obligation_id", ID, sa.ForeignKey("obligation.id"), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_wanted", sa.Date(), nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("is_exception", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("goes_to", TEXT, nullable=False),
        sa.UniqueConstraint("obligation_id", "number", name=op.f("uq_extension_obligation_id_number")),
        sa.CheckConstraint("due_wanted > due_before", name=op.f("ck_extension_later")),
        sa.CheckConstraint("goes_to IN ('standing', 'overseer')", name=op.f("ck_extension_goes_to")),
    )


def _create_extension_decision() -> None:
    op.create_table(
        "extension_decision",
        sa.Column("extension_id", ID, sa.ForeignKey("extension.id"), primary_key=True),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("due_granted", sa.Date()),
        sa.Column("due_by_rules", sa.Date()),
        sa.Column("due_before", sa.Date()),
        sa.Column("document", TEXT),
        sa.Column("reason", TEXT),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.CheckConstraint(
            "verdict <> 'granted' OR document IS NOT NULL", name=op.f("ck_extension_decision_document_given")
        ),
        sa.CheckConstraint(
            "(verdict = 'granted') = (due_granted IS NOT NULL)", name=op.f("ck_extension_decision_granted_until")
        ),
        sa.CheckConstraint(
            "(due_granted IS NULL) = (due_by_rules IS NULL OR due_before IS NULL)",
            name=op.f("ck_extension_decision_granted_from"),
        ),
        sa.CheckConstraint(
            "verdict IN ('granted', 'refused', 'withdrawn')", name=op.f("ck_extension_decision_verdict")
        ),
    )


def _create_contribution() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", ID, primary_key=True),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("directory", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("section", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.CheckConstraint("section IN ('results', 'difficulties', 'next')", name=op.f("ck_contribution_section")),
    )
    op.create_index(
        op.f("ix_contribution_period_directory_unit"), "contribution", ["period", "directory", "unit"], unique=False
    )


def _create_summary() -> None:
    op.create_table(
        "summary",
        sa.Column("id", ID, primary_key=True),
        sa.Column("office", TEXT, nullable=False),
        sa.Column("period", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("snapshot", TEXT, nullable=False),
        sa.Column("drawn_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.CheckConstraint("kind IN ('week', 'month', 'quarter')", name=op.f("ck_summary_kind")),
        sa.CheckConstraint("step IN ('draft', 'confirmed', 'sent')", name=op.f("ck_summary_step")),
    )
    op.create_index(op.f("ix_summary_office_period"), "summary", ["office", "period"], unique=False)
    _partial_index("uq_summary_sent", "summary", ["office", "period"], "step = 'sent'", unique=True)


def _create_national_mark() -> None:
    op.create_table(
        "national_mark",
        sa.Column("id", ID, primary_key=True),
        sa.Column("obligation_id", ID, sa.ForeignKey("obligation.id"), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("note", TEXT),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
    )
    op.create_index(op.f("ix_national_mark_obligation_id"), "national_mark", ["obligation_id"], unique=False)
