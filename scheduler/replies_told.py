"""Replies told: the letters that follow from letters that came in: the answer to whoever wrote, once an hour at most,
and to the standing office what nobody could make out."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from db.incoming import StoredIncoming, answered_by, last_of_kind
from db.obligations import by_ids
from db.outbox import Claimed, NewMessage, enqueue
from notifications.reply import Answered, Linked, Reply
from notifications.words import moment
from rules.access import Roles, roles_of
from rules.calendar import local_day
from rules.digest import Digest, Recipient
from rules.digests import digest
from rules.doubted import DOUBTS
from rules.roster import Roster
from rules.window import opening
from rules.wording import Language, Wording
from scheduler.answering import links_of
from scheduler.office import Office
from scheduler.unclear import unclear_matters

REPLY = "reply"
"""The kind of message that answers a letter; it goes at any hour, and uses up nobody's share."""
UNCLEAR = "unclear"
"""The kind of message that tells the standing office of replies that nobody could make out."""
APART = timedelta(hours=1)
"""So far apart are two answers to one person: two machines that answer each other are soon silent."""
MOST_ANSWERED = 20
"""So many letters are named by their ids in the answer."""


class ReplyLetter(NamedTuple):
    """An answer, and the ids of the letters that it answers."""

    reply: Reply
    mail_ids: tuple[str, ...]


def answer_key(connection: Connection, person: str, *, now: datetime) -> str:
    """Return the key of the message that answers a letter that came in just now, put into the outbox if it is not
    there: one that waits for its hour answers it, too."""
    last = last_of_kind(connection, REPLY, person)
    if last is not None and last.state == "pending" and last.next_try_at > now:
        return last.key
    at = now if last is None else max(now, last.not_before + APART)
    key = f"{REPLY}|{person}|{at.isoformat()}"
    enqueue(connection, [NewMessage(key, person, REPLY, at, at)])
    return key


def tell_standing(connection: Connection, office: Office, programmes: Iterable[str], *, now: datetime) -> None:
    """Have the standing offices of these programmes told, of all that wait together, at the next full hour of the send
    window."""
    roster = office.roster(connection, now=now)
    hour = now.replace(minute=0, second=0, microsecond=0) + APART
    fresh: dict[str, NewMessage] = {}
    for id_ in programmes:
        programme = roster.rulebook.programmes.get(id_)
        if programme is None:
            continue
        book = roster.book(roster.rulebook.directories[programme.directory], local_day(now, roster.policy.zone))
        holder = book.holder_or_above(programme.standing, "standing").holder
        if holder is not None:
            at = opening(hour, roster.policy, roster.calendar(programme))
            key = f"{UNCLEAR}|{holder.email}|{at.isoformat()}"
            fresh[key] = NewMessage(key, holder.email, UNCLEAR, now, at)
    if fresh:
        enqueue(connection, fresh.values())


def unclear_digest(
    connection: Connection, office: Office, found: Claimed, roster: Roster, *, now: datetime
) -> Digest | None:
    """Return what the standing office is told, None when all was seen to meanwhile."""
    roles = _roles(office, found.person, now)
    matters = unclear_matters(connection, roles.standing, roster)
    if not matters:
        return None
    return digest(Recipient(roles.title or found.person, found.person), [], roster, now=now, matters=matters)


def reply_letter(connection: Connection, office: Office, found: Claimed, *, now: datetime) -> ReplyLetter | None:
    """Return the answer to all letters that this message answers, None when there are none or nobody reads it any
    more."""
    received = answered_by(connection, found.key)
    roles = _roles(office, found.person, now)
    if not received or not roles.is_known:
        return None
    language, zone = office.config.language, office.config.policy.zone
    told = [(one, json.loads(one.told or "{}")) for one in received]
    answered = tuple(
        _answered(one, said, moment(one.received_at.astimezone(zone), language), language) for one, said in told
    )
    ids = dict.fromkeys(id_ for _, said in told for id_ in said.get("obligations", ()))
    is_whole = all(one.is_whole for one in answered)
    links = () if is_whole else tuple(_links(connection, office, found, list(ids)))
    mail_ids = dict.fromkeys(one.mail_id for one in received if one.mail_id and _fits_header(one.mail_id))
    reply = Reply(Recipient(roles.title or found.person, found.person), answered, links)
    return ReplyLetter(reply, tuple(mail_ids)[-MOST_ANSWERED:])


def _answered(one: StoredIncoming, said: dict[str, Any], at: str, language: Language) -> Answered:
    def sentences(name: str) -> tuple[str, ...]:
        return tuple(Wording(**each).say(language) for each in said.get(name, ()))

    word = f" (“{said['word']}”)" if said.get("word") else ""
    doubt = DOUBTS[said["doubt"]].say(language) if said.get("doubt") else ""
    unclear = f"{doubt.rstrip('.')}{word}." if doubt else ""
    return Answered(at, one.text or "", sentences("recorded"), sentences("refused"), unclear)


def _links(connection: Connection, office: Office, found: Claimed, ids: list[int]) -> Iterator[Linked]:
    """Yield the address at which each obligation is answered for, none where no pages are served."""
    links = links_of(office.config)
    if links is None:
        return
    stored = by_ids(connection, ids)
    for id_ in ids:
        one = stored[id_]
        programme = office.rulebook.programmes.get(one.key.programme)
        task = programme.tasks.get(one.key.task) if programme else None
        title = f"{task.named} – {task.title}" if task else one.key.task
        yield Linked(title, links.answer(found.person, id_, one.edition, issued_at=found.created_at))


def _fits_header(mail_id: str) -> bool:
    return mail_id.isascii() and mail_id.isprintable()


def _roles(office: Office, person: str, now: datetime) -> Roles:
    today = local_day(now, office.config.policy.zone)
    return roles_of(office.rulebook, person, today, admins=office.config.mail.admins)
