"""What comes in by mail: each letter once, with what became of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.base import check, key, one_of, partial_index, reference


class IncomingRow(SQLModel, table=True):
    """A letter that came in. `digest` stands for it whatever folder it is found in; `place` is where it was found:
    folder, UIDVALIDITY and UID."""

    __tablename__ = "incoming"
    __table_args__ = (
        sa.UniqueConstraint("folder", "validity", "uid"),
        one_of("outcome", "acted", "unclear", "automatic", "bounce", "foreign", "unreadable"),
        check("seen_to", "(seen_to_at IS NULL) = (seen_to_by IS NULL)"),
        partial_index("ix_incoming_waiting", "id", where="outcome = 'unclear' AND seen_to_at IS NULL"),
        partial_index("ix_incoming_answer", "answer", where="answer IS NOT NULL"),
    )

    id: int | None = key()
    digest: str = Field(index=True)
    folder: str
    validity: int = Field(sa_type=sa.BigInteger)
    uid: int = Field(sa_type=sa.BigInteger)
    received_at: datetime
    outcome: str
    reason: str | None = None
    """Why nothing was done, or not all of it: one word of a closed set."""
    message_id: int | None = reference("message.id", nullable=True, default=None)
    """The letter of ours that it answers."""
    mail_id: str | None = None
    """Its own Message-ID."""
    sender: str | None = None
    subject: str | None = None
    text: str | None = None
    """What was written, without what it quotes."""
    programmes: str | None = None
    """The programmes it may be about, joined by blanks."""
    told: str | None = None
    """What the answer says of it, as JSON."""
    answer: str | None = None
    """The key of the message that answers it."""
    is_moved: bool = True
    """Whether it lies where it belongs."""
    seen_to_at: datetime | None = None
    seen_to_by: str | None = None
