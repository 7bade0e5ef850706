"""What the pages leave behind: sessions, links used once, attempts counted for the limits, and the audit trail."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.base import key


class SessionRow(SQLModel, table=True):
    """A person signed in: only the hash of the cookie's value is kept."""

    __tablename__ = "web_session"

    hashed: str = Field(primary_key=True)
    person: str = Field(index=True)
    began_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


class LinkUseRow(SQLModel, table=True):
    """A signed link that was used up; its number is the key, so that of two presses one counts."""

    __tablename__ = "link_use"

    number: str = Field(primary_key=True)
    purpose: str
    person: str
    used_at: datetime


class AttemptRow(SQLModel, table=True):
    """An attempt that is limited in number; `of` is condensed: no address is kept."""

    __tablename__ = "attempt"
    __table_args__ = (sa.Index(None, "kind", "of", "at"),)

    id: int | None = key()
    kind: str
    of: str
    at: datetime


class AuditRow(SQLModel, table=True):
    """Who did what, when, from where; append-only."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index(None, "at"), sa.Index(None, "person", "at"))

    id: int | None = key()
    at: datetime
    person: str
    action: str
    subject: str
    via: str
    origin: str | None = None
    """The address of the network it came from."""
    detail: str | None = None


class FeedRow(SQLModel, table=True):
    """A person's private calendars: the number that their addresses bear; another one makes them void."""

    __tablename__ = "feed"

    person: str = Field(primary_key=True)
    number: str
    begun_at: datetime
