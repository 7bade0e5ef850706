"""the first schema"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = AutoString()
INSTANT = UTCDateTime()


def upgrade() -> None:
    _create_evaluation()
    _create_event_record()
    _create_message()
    _create_pulse()
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


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _create_evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("slot", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_evaluation")),
    )


def _create_event_record() -> None:
    op.create_table(
        "event_record",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("event", TEXT, nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("retracts", ID, nullable=True),
        sa.CheckConstraint("retracts <> id", name=op.f("ck_event_record_retracts")),
        sa.ForeignKeyConstraint(["retracts"], ["event_record.id"], name=op.f("fk_event_record_retracts_event_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_record")),
    )
    op.create_index(op.f("ix_event_record_programme_event"), "event_record", ["programme", "event"], unique=False)
    op.create_index(
        op.f("uq_event_record_retracts"), "event_record", ["retracts"], unique=True, **_where("retracts IS NOT NULL")
    )


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("locked_until", INSTANT, nullable=True),
        sa.Column("claimed_by", TEXT, nullable=True),
        sa.Column("verdict", TEXT, nullable=True),
        sa.Column("last_error", TEXT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("smtp_id", TEXT, nullable=True),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("possible_duplicate", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'sending') = (locked_until IS NOT NULL AND claimed_by IS NOT NULL)", name=op.f("ck_message_claim")
        ),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_message_sent")),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'parked', 'dropped', 'empty')", name=op.f("ck_message_state")
        ),
        sa.CheckConstraint("attempts >= 0 AND possible_duplicate >= 0", name=op.f("ck_message_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    op.create_index(
        op.f("ix_message_pending"), "message", ["next_try_at", "id"], unique=False, **_where("state = 'pending'")
    )
    op.create_index(op.f("ix_message_person"), "message", ["person"], unique=False)
    op.create_index(
        op.f("ix_message_sending"), "message", ["locked_until"], unique=False, **_where("state = 'sending'")
    )
    op.create_index(op.f("ix_message_sent"), "message", ["sent_at", "person"], unique=False, **_where("state = 'sent'"))


def _create_pulse() -> None:
    op.create_table(
        "pulse",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulse")),
    )


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.Column("applied_by", TEXT, nullable=False),
        sa.Column("origin", TEXT, nullable=False),
        sa.Column("git_commit", TEXT, nullable=True),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )
    op.create_index(op.f("ix_revision_digest"), "revision", ["digest"], unique=False)


def _create_silence() -> None:
    op.create_table(
        "silence",
        sa.Column("id", ID, nullable=False),
        sa.Column("programme", TEXT, nullable=True),
        sa.Column("task", TEXT, nullable=True),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("person", TEXT, nullable=True),
        sa.Column("from_at", INSTANT, nullable=False),
        sa.Column("until_at", INSTANT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("until_at IS NULL OR until_at > from_at", name=op.f("ck_silence_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence")),
    )
    op.create_index(op.f("ix_silence_programme"), "silence", ["programme"], unique=False)


def _create_switch() -> None:
    op.create_table(
        "switch",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("why", TEXT, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_switch")),
    )


def _create_trouble() -> None:
    op.create_table(
        "trouble",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("first_at", INSTANT, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.CheckConstraint("last_at >= first_at", name=op.f("ck_trouble_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trouble")),
    )
    op.create_index(
        op.f("uq_trouble_open"), "trouble", ["kind", "subject"], unique=True, **_where("resolved_at IS NULL")
    )


def _create_message_body() -> None:
    op.create_table(
        "message_body",
        sa.Column("message_id", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("rendered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_body_message_id_message")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message_body")),
    )


def _create_obligation() -> None:
    op.create_table(
        "obligation",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("task", TEXT, nullable=False),
        sa.Column("part", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("occurrence", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("watched_from", INSTANT, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("late_at", INSTANT, nullable=True),
        sa.Column("strict_on", sa.Date(), nullable=True),
        sa.Column("wake_at", INSTANT, nullable=True),
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("missed_before", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_obligation_ended")),
        sa.CheckConstraint("kind IN ('task', 'watch', 'statement')", name=op.f("ck_obligation_kind")),
        sa.CheckConstraint("state IN ('open', 'done', 'withdrawn', 'closed')", name=op.f("ck_obligation_state")),
        sa.CheckConstraint("missed_before >= 0 AND edition >= 0", name=op.f("ck_obligation_counts")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_obligation_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint(
            "programme",
            "task",
            "part",
            "unit",
            "occurrence",
            name=op.f("uq_obligation_programme_task_part_unit_occurrence"),
        ),
    )
    op.create_index(
        op.f("ix_obligation_waking"), "obligation", ["wake_at", "id"], unique=False, **_where("wake_at IS NOT NULL")
    )


def _create_programme_revision() -> None:
    op.create_table(
        "programme_revision",
        sa.Column("revision_id", ID, nullable=False),
        sa.Column("programme", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_programme_revision_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("revision_id", "programme", name=op.f("pk_programme_revision")),
    )


def _create_silence_lift() -> None:
    op.create_table(
        "silence_lift",
        sa.Column("silence_id", ID, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["silence_id"], ["silence.id"], name=op.f("fk_silence_lift_silence_id_silence")),
        sa.PrimaryKeyConstraint("silence_id", name=op.f("pk_silence_lift")),
    )


def _create_change() -> None:
    op.create_table(
        "change",
        sa.Column("id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("announce", sa.Boolean(), nullable=False),
        sa.Column("revision_id", ID, nullable=True),
        sa.Column("watched_before", INSTANT, nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("due_after", sa.Date(), nullable=True),
        sa.Column("document", TEXT, nullable=True),
        sa.Column("why", TEXT, nullable=True),
        sa.CheckConstraint("kind IN ('new', 'moved', 'done', 'withdrawn', 'reopened')", name=op.f("ck_change_kind")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_change_obligation_id_obligation")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_change_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("obligation_id", "kind", "turn", name=op.f("uq_change_obligation_id_kind_turn")),
    )


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=False),
        sa.Column("rung", TEXT, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("as_", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=True),
        sa.Column("owed_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("message_id", ID, nullable=True),
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
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_notice_message_id_message")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_notice_obligation_id_obligation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "obligation_id",
            "rung",
            "turn",
            "unit",
            "role",
            "edition",
            name=op.f("uq_notice_obligation_id_rung_turn_unit_role_edition"),
        ),
    )
    op.create_index(
        op.f("ix_notice_message"), "notice", ["message_id"], unique=False, **_where("message_id IS NOT NULL")
    )
    op.create_index(op.f("ix_notice_owed"), "notice", ["person"], unique=False, **_where("state = 'owed'"))


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("id", ID, nullable=False),
        sa.Column("obligation_id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=True),
        sa.Column("evidence", TEXT, nullable=True),
        sa.CheckConstraint("kind IN ('done', 'reopened')", name=op.f("ck_report_kind")),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_report_obligation_id_obligation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_obligation_id"), "report", ["obligation_id"], unique=False)
