"""Incoming: letters that came in, each noted once with what became of it, and what of them waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import insert
from db.outbox import StoredMessage
from db.tables.base import equals
from rules.doubted import DOUBTS
from rules.wording import Wording

Outcome = Literal["acted", "unclear", "automatic", "bounce", "foreign", "unreadable"]

_i, _m, _n = t.incoming.c, t.message.c, t.notice.c
_WAITING = (equals(_i.outcome, "unclear"), _i.seen_to_at.is_(None))


@dataclass(frozen=True, slots=True)
class NewIncoming:
    """A letter to be noted. `digest` stands for it, `folder`, `validity` and `uid` say where it was found."""

    digest: str
    folder: str
    validity: int
    uid: int
    received_at: datetime
    outcome: Outcome
    reason: str | None = None
    message_id: int | None = None
    mail_id: str | None = None
    sender: str | None = None
    subject: str | None = None
    text: str | None = None
    programmes: str | None = None
    told: str | None = None
    answer: str | None = None
    is_moved: bool = True


@dataclass(frozen=True, slots=True)
class StoredIncoming:
    """A letter as noted."""

    id: int
    digest: str
    folder: str
    validity: int
    uid: int
    received_at: datetime
    outcome: Outcome
    reason: str | None
    message_id: int | None
    mail_id: str | None
    sender: str | None
    subject: str | None
    text: str | None
    programmes: str | None
    told: str | None
    answer: str | None
    is_moved: bool
    seen_to_at: datetime | None
    seen_to_by: str | None


def note_incoming(connection: Connection, new: NewIncoming) -> bool:
    """Note a letter; False when one found in that place was noted before, and nothing is changed."""
    values = {name: getattr(new, name) for name in NewIncoming.__dataclass_fields__}
    statement: Any = insert(connection, t.incoming).values(values)
    statement = statement.on_conflict_do_nothing(index_elements=[_i.folder, _i.validity, _i.uid])
    return connection.execute(statement).rowcount > 0


def last_uid(connection: Connection, folder: str, validity: int) -> int:
    """Return the highest UID noted of a folder, 0 when there is none."""
    query = sa.select(sa.func.max(_i.uid)).where(_i.folder == folder, _i.validity == validity)
    return int(connection.execute(query).scalar_one() or 0)


def is_noted(connection: Connection, digest: str) -> bool:
    """Say whether a letter was noted, wherever it was found."""
    return connection.execute(sa.select(_i.id).where(_i.digest == digest).limit(1)).first() is not None


def unmoved(connection: Connection, folder: str, validity: int) -> list[int]:
    """Return the UIDs of letters that were seen to and still lie in a folder."""
    query = sa.select(_i.uid).where(_i.folder == folder, _i.validity == validity, _i.is_moved.is_(False))
    return list(connection.execute(query.order_by(_i.uid)).scalars())


def mark_moved(connection: Connection, folder: str, validity: int, uids: Iterable[int]) -> None:
    """Note that letters lie where they belong."""
    statement = sa.update(t.incoming).where(_i.folder == folder, _i.validity == validity, _i.uid.in_(list(uids)))
    connection.execute(statement.values(is_moved=True))


def answered_by(connection: Connection, answer: str) -> list[StoredIncoming]:
    """Return the letters that a message of ours answers, in the order in which they came."""
    query = sa.select(t.incoming).where(_i.answer == answer).order_by(_i.id)
    return [StoredIncoming(*row) for row in connection.execute(query)]


def waiting(connection: Connection) -> list[StoredIncoming]:
    """Return the unclear letters that nobody has seen to, the oldest first."""
    query = sa.select(t.incoming).where(*_WAITING).order_by(_i.id)
    return [StoredIncoming(*row) for row in connection.execute(query)]


def newest(connection: Connection, limit: int) -> list[StoredIncoming]:
    """Return the last letters that came, the newest first."""
    query = sa.select(t.incoming).order_by(_i.id.desc()).limit(limit)
    return [StoredIncoming(*row) for row in connection.execute(query)]


def see_to(connection: Connection, id_: int, *, by: str, at: datetime) -> bool:
    """Note that somebody saw to an unclear letter; False when it does not wait (any more)."""
    statement = sa.update(t.incoming).where(_i.id == id_, *_WAITING)
    return connection.execute(statement.values(seen_to_at=at, seen_to_by=by)).rowcount > 0


def sent_as(connection: Connection, mail_ids: Iterable[str]) -> dict[str, StoredMessage]:
    """Return the messages that left under these Message-IDs, by them."""
    query = sa.select(t.message).where(_m.smtp_id.is_not(None), _m.smtp_id.in_(list(mail_ids)))
    found = [StoredMessage(*row) for row in connection.execute(query)]
    return {message.smtp_id: message for message in found if message.smtp_id}


def told_in(connection: Connection, message_id: int) -> list[int]:
    """Return the obligations that a message told of, those that are questions and statements too."""
    query = sa.select(_n.obligation_id).where(_n.message_id == message_id, equals(_n.state, "sent")).distinct()
    return list(connection.execute(query.order_by(_n.obligation_id)).scalars())


def last_of_kind(connection: Connection, kind: str, person: str) -> StoredMessage | None:
    """Return the last message of a kind to a person, None when there was none."""
    query = sa.select(t.message).where(_m.person == person, _m.kind == kind).order_by(_m.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return StoredMessage(*row) if row else None


def about(one: StoredIncoming) -> list[str]:
    """Return the programmes a reply may be about."""
    return (one.programmes or "").split()


def why(one: StoredIncoming) -> Wording:
    """Return why nothing was done."""
    return DOUBTS.get(one.reason or "", DOUBTS["contradiction"])
