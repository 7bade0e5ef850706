"""The pages: sessions, links used once, attempts counted, the audit trail, private calendars, answers by mail."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = AutoString()
INSTANT = UTCDateTime()


def upgrade() -> None:
    _create_web_session()
    _create_link_use()
    _create_attempt()
    _create_audit()
    _create_feed()
    _create_incoming()
    _partial_index("ix_message_parked", "message", ["id"], "state = 'parked'")
    _partial_index("ix_obligation_withdrawn", "obligation", ["ended_at"], "state = 'withdrawn'")
    _partial_index("ix_message_smtp_id", "message", ["smtp_id"], "smtp_id IS NOT NULL")


def _partial_index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _create_web_session() -> None:
    op.create_table(
        "web_session",
        sa.Column("hashed", TEXT, primary_key=True),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
    )
    op.create_index(op.f("ix_web_session_person"), "web_session", ["person"], unique=False)


def _create_link_use() -> None:
    op.create_table(
        "link_use",
        sa.Column("number", TEXT, primary_key=True),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=False),
    )


def _create_attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("of", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index(op.f("ix_attempt_kind_of_at"), "attempt", ["kind", "of", "at"], unique=False)


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("via", TEXT, nullable=False),
        sa.Column("origin", TEXT),
        sa.Column("detail", TEXT),
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_index(op.f("ix_audit_person_at"), "audit", ["person", "at"], unique=False)


def _create_feed() -> None:
    op.create_table(
        "feed",
        sa.Column("person", TEXT, primary_key=True),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
    )


def _create_incoming() -> None:
    op.create_table(
        "incoming",
        sa.Column("id", ID, primary_key=True),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("folder", TEXT, nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("reason", TEXT),
        sa.Column("message_id", ID, sa.ForeignKey("message.id")),
        sa.Column("mail_id", TEXT),
        sa.Column("sender", TEXT),
        sa.Column("subject", TEXT),
        sa.Column("text", TEXT),
        sa.Column("programmes", TEXT),
        sa.Column("told", TEXT),
        sa.Column("answer", TEXT),
        sa.Column("is_moved", sa.Boolean(), nullable=False),
        sa.Column("seen_to_at", INSTANT),
        sa.Column("seen_to_by", TEXT),
        sa.CheckConstraint(
            "outcome IN ('acted', 'unclear', 'automatic', 'bounce', 'foreign', 'unreadable')",
            name=op.f("ck_incoming_outcome"),
        ),
        sa.CheckConstraint("(seen_to_at IS NULL) = (seen_to_by IS NULL)", name=op.f("ck_incoming_seen_to")),
        sa.UniqueConstraint("folder", "validity", "uid"),
    )
    op.create_index(op.f("ix_incoming_digest"), "incoming", ["digest"], unique=False)
    _partial_index("ix_incoming_waiting", "incoming", ["id"], "outcome = 'unclear' AND seen_to_at IS NULL")
    _partial_index("ix_incoming_answer", "incoming", ["answer"], "answer IS NOT NULL")
