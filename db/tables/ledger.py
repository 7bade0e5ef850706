"""The ledger (what was owed to whom, what became of it) and the outbox (the e-mails it is sent in)."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.base import check, key, one_of, partial_index, reference
from rules.obligation import Reason


class MessageRow(SQLModel, table=True):
    """One e-mail to one person. The text is apart, so that a change of state rewrites a short row."""

    __tablename__ = "message"
    __table_args__ = (
        one_of("state", "pending", "sending", "sent", "parked", "dropped", "empty"),
        check("claim", "(state = 'sending') = (locked_until IS NOT NULL AND claimed_by IS NOT NULL)"),
        check("sent", "(state = 'sent') = (sent_at IS NOT NULL)"),
        check("counts", "attempts >= 0 AND possible_duplicate >= 0"),
        partial_index("ix_message_pending", "next_try_at", "id", where="state = 'pending'"),
        partial_index("ix_message_sending", "locked_until", where="state = 'sending'"),
        partial_index("ix_message_parked", "id", where="state = 'parked'"),
        partial_index("ix_message_sent", "sent_at", "person", where="state = 'sent'"),
        partial_index("ix_message_smtp_id", "smtp_id", where="smtp_id IS NOT NULL"),
        sa.Index(None, "person"),
    )

    id: int | None = key()
    key: str = Field(unique=True)
    person: str
    kind: str
    created_at: datetime
    state: str
    not_before: datetime
    attempts: int = 0
    next_try_at: datetime
    locked_until: datetime | None = None
    claimed_by: str | None = None
    verdict: str | None = None
    last_error: str | None = None
    sent_at: datetime | None = None
    smtp_id: str | None = None
    subject: str | None = None
    possible_duplicate: int = 0


class MessageBody(SQLModel, table=True):
    """The rendered e-mail, as it went out."""

    __tablename__ = "message_body"

    message_id: int = reference("message.id", primary_key=True)
    content: bytes
    rendered_at: datetime


class NoticeRow(SQLModel, table=True):
    """One rung owed to one post for one obligation; unique for ever, so that nothing is owed twice."""

    __tablename__ = "notice"
    __table_args__ = (
        sa.UniqueConstraint("obligation_id", "rung", "turn", "unit", "role", "edition"),
        one_of("role", "head", "focal", "overseer", "chair", "standing"),
        one_of("as_", "to", "cc"),
        one_of("state", "owed", "sent", "not_sent"),
        one_of("reason", *Reason),
        check("reason_given", "(state = 'not_sent') = (reason IS NOT NULL)"),
        check("settled", "(state = 'owed') = (settled_at IS NULL)"),
        check("sent_in", "state <> 'sent' OR message_id IS NOT NULL"),
        partial_index("ix_notice_owed", "person", where="state = 'owed'"),
        partial_index("ix_notice_message", "message_id", where="message_id IS NOT NULL"),
    )

    id: int | None = key()
    obligation_id: int = reference("obligation.id")
    rung: str
    turn: int
    unit: str
    role: str
    edition: int
    as_: str
    person: str | None = None
    owed_at: datetime
    decided_at: datetime
    state: str
    reason: str | None = None
    settled_at: datetime | None = None
    message_id: int | None = reference("message.id", nullable=True, default=None)
