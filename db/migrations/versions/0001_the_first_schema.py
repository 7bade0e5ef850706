"""The first schema: all tables, as of 0.1.0."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = AutoString()
INSTANT = UTCDateTime()


def upgrade() -> None:
    _create_evaluation_and_pulse()
    _create_event_record()
    _create_message()
    _create_revision()
    _create_silence()
    _create_switch()
    _create_trouble()
    _create_message_body()
    _create_obligation()
    _create_programme_revision()
    _create_silence_lift()
    _create_change()
    _create_notice()
    _create_report()


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _create_evaluation_and_pulse() -> None:
    op.create_table(
        "evaluation",
        sa.Column("slot", INSTANT, primary_key=True),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.Column("counts", sa.JSON()),
    )
    op.create_table(
        "pulse",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", TEXT),
    )


def _create_event_record() -> None:
    op.create_table(
        "event_record",
        sa.Column("id", ID, primary_key=True),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("occurred_at", INSTANT),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("document", TEXT),
        sa.Column("note", TEXT),
        sa.Column("retracts", ID, sa.ForeignKey("event_record.id")),
        sa.CheckConstraint("retracts <> id", name=op.f("ck_event_record_retracts")),
    )
    op.create_index(op.f("ix_event_record_programme_event"), "event_record", ["programme", "event"], unique=False)
    _partial_index("uq_event_record_retracts", "event_record", ["retracts"], "retracts IS NOT NULL", unique=True)


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("id", ID, primary_key=True),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("locked_until", INSTANT),
        sa.Column("claimed_by", TEXT),
        sa.Column("verdict", TEXT),
        sa.Column("last_error", TEXT),
        sa.Column("sent_at", INSTANT),
        sa.Column("smtp_id", TEXT),
        sa.Column("subject", TEXT),
        sa.Column("possible_duplicate", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'sending') = (locked_until IS NOT NULL AND claimed_by IS NOT NULL)", name=op.f("ck_message_claim")
        ),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_message_sent")),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'parked', 'dropped', 'empty')", name=op.f("ck_message_state")
        ),
        sa.CheckConstraint("attempts >= 0 AND possible_duplicate >= 0", name=op.f("ck_message_counts")),
        sa.UniqueConstraint("key"),
    )
    _partial_index("ix_message_pending", "message", ["next_try_at", "id"], "state = 'pending'")
    op.create_index(op.f("ix_message_person"), "message", ["person"], unique=False)
    _partial_index("ix_message_sending", "message", ["locked_until"], "state = 'sending'")
    _partial_index("ix_message_sent", "message", ["sent_at", "person"], "state = 'sent'")


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", ID, primary_key=True),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.Column("applied_by", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("git_commit", TEXT),
        sa.Column("files", sa.LargeBinary(), nullable=False),
    )
    op.create_index(op.f("ix_revision_digest"), "revision", ["digest"], unique=False)


def _create_silence() -> None:
    op.create_table(
        "silence",
        sa.Column("id", ID, primary_key=True),
        sa.Column("programme", TEXT),
        sa.Column("task", TEXT),
        sa.Column("unit", TEXT),
        sa.Column("person", TEXT),
        sa.Column("from_at", INSTANT, nullable=False),
        sa.Column("until_at", INSTANT),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("until_at IS NULL OR until_at > from_at", name=op.f("ck_silence_span")),
    )
    op.create_index(op.f("ix_silence_programme"), "silence", ["programme"], unique=False)


def _create_switch() -> None:
    op.create_table(
        "switch",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("why", TEXT),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
    )


def _create_trouble() -> None:
    op.create_table(
        "trouble",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("first_at", INSTANT, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("told_at", INSTANT),
        sa.Column("resolved_at", INSTANT),
        sa.CheckConstraint("last_at >= first_at", name=op.f("ck_trouble_span")),
    )
    _partial_index("uq_trouble_open", "trouble", ["kind", "subject"], "resolved_at IS NULL", unique=True)


def _create_message_body() -> None:
    op.create_table(
        "message_body",
        sa.Column("message_id", ID, sa.ForeignKey("message.id"), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("rendered_at", INSTANT, nullable=False),
    )


def _create_obligation() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("task", TEXT, nullable=False),
        sa.Column("part", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("occurrence", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("watched_from", INSTANT, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_at", INSTANT),
        sa.Column("late_at", INSTANT),
        sa.Column("strict_on", sa.Date()),
        sa.Column("wake_at", INSTANT),
        sa.Column("revision_id", ID, sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("missed_before", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_obligation_ended")),
        sa.CheckConstraint("kind IN ('task', 'watch', 'statement')", name=op.f("ck_obligation_kind")),
        sa.CheckConstraint("state IN ('open', 'done', 'withdrawn', 'closed')", name=op.f("ck_obligation_state")),
        sa.CheckConstraint("missed_before >= 0 AND edition >= 0", name=op.f("ck_obligation_counts")),
        sa.UniqueConstraint("programme", "task", "part", "unit", "occurrence"),
    )
    _partial_index("ix_obligation_waking", "obligation", ["wake_at", "id"], "wake_at IS NOT NULL")


def _create_programme_revision() -> None:
    op.create_table(
        "programme_revision",
        sa.Column("revision_id", ID, sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("revision_id", "programme", name=op.f("pk_programme_revision")),
    )


def _create_silence_lift() -> None:
    op.create_table(
        "silence_lift",
        sa.Column("silence_id", ID, sa.ForeignKey("silence.id"), primary_key=True),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("reason", TEXT),
    )


def _create_change() -> None:
    op.create_table(
        "change",
        sa.Column("id", ID, primary_key=True),
        sa.Column("obligation_id", ID, sa.ForeignKey("obligation.id"), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("announce", sa.Boolean(), nullable=False),
        sa.Column("revision_id", ID, sa.ForeignKey("revision.id")),
        sa.Column("watched_before", INSTANT),
        sa.Column("due_before", sa.Date()),
        sa.Column("due_after", sa.Date()),
        sa.Column("document", TEXT),
        sa.Column("why", TEXT),
        sa.CheckConstraint("kind IN ('new', 'moved', 'done', 'withdrawn', 'reopened')", name=op.f("ck_change_kind")),
        sa.UniqueConstraint("obligation_id", "kind", "turn"),
    )


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", ID, primary_key=True),
        sa.Column("obligation_id", ID, sa.ForeignKey("obligation.id"), nullable=False),
        sa.Column("rung", TEXT, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("as_", TEXT, nullable=False),
        sa.Column("person", TEXT),
        sa.Column("owed_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("settled_at", INSTANT),
        sa.Column("message_id", ID, sa.ForeignKey("message.id")),
        sa.CheckConstraint("(state = 'not_sent') = (reason IS NOT NULL)", name=op.f("ck_notice_reason_given")),
        sa.CheckConstraint("(state = 'owed') = (settled_at IS NULL)", name=op.f("ck_notice_settled")),
        sa.CheckConstraint("as_ IN ('to', 'cc')", name=op.f("ck_notice_as_")),
        sa.CheckConstraint(
            "reason IN ('superseded', 'silenced', 'reported', 'withdrawn', 'closed', 'moved', 'baseline', 'too_old', 'missed', 'nobody', 'undeliverable', 'dropped')",
            name=op.f("ck_notice_reason"),
        ),
        sa.CheckConstraint("role IN ('head', 'focal', 'overseer', 'chair', 'standing')", name=op.f("ck_notice_role")),
        sa.CheckConstraint("state <> 'sent' OR message_id IS NOT NULL", name=op.f("ck_notice_sent_in")),
        sa.CheckConstraint("state IN ('owed', 'sent', 'not_sent')", name=op.f("ck_notice_state")),
        sa.UniqueConstraint("obligation_id", "rung", "turn", "unit", "role", "edition"),
    )
    _partial_index("ix_notice_message", "notice", ["message_id"], "message_id IS NOT NULL")
    _partial_index("ix_notice_owed", "notice", ["person"], "state = 'owed'")


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("id", ID, primary_key=True),
        sa.Column("obligation_id", ID, sa.ForeignKey("obligation.id"), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("note", TEXT),
        sa.Column("evidence", TEXT),
        sa.CheckConstraint("kind IN ('done', 'reopened')", name=op.f("ck_report_kind")),
    )
    op.create_index(op.f("ix_report_obligation_id"), "report", ["obligation_id"], unique=False)
