"""Replying: one letter that came in is read, what it clearly asks for is recorded, and it is noted, so that it is acted
upon once, whatever crashes in between and wherever it is found again."""

import json
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.facts import Said
from db.incoming import NewIncoming, answered_by, is_noted, note_incoming, sent_as, told_in
from db.leader import lead
from db.obligations import StoredObligation, by_ids
from db.outbox import StoredMessage
from db.troubles import note_trouble
from notifications.address import mailbox
from notifications.incoming import Incoming, is_authenticated, read_incoming
from rules.access import Roles, Subject, may, roles_of
from rules.calendar import local_day
from rules.programme import Rulebook
from rules.replies import Known, read_reply
from scheduler.config import Config
from scheduler.office import Office
from scheduler.prompting import UNDELIVERABLE
from scheduler.replies_done import Done, do
from scheduler.replies_told import REPLY, answer_key, tell_standing

LONGEST_TEXT = 4_000

log = logging.getLogger("dondoc.replies")


class Place(NamedTuple):
    """Where a letter was found."""

    folder: str
    validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers which letter of ours, and what of it they may answer for."""

    letter: StoredMessage
    roles: Roles
    obligations: dict[int, StoredObligation]


def take_in(office: Office, data: bytes, place: Place, *, now: datetime, is_cut: bool = False) -> NewIncoming:
    """Read a letter, record what it asks for, note it, and return the note. What fails is for the caller to try again:
    what was recorded by then is not recorded twice. `is_cut`: it is too large, and only its headers are there."""
    found = read_incoming(data, ours=_ours(office.config))
    note = NewIncoming(
        digest=found.digest,
        folder=place.folder,
        validity=place.validity,
        uid=place.uid,
        received_at=now,
        outcome="foreign",
        mail_id=found.mail_id or None,
        sender=found.sender or None,
        subject=found.subject,
        is_moved=False,
    )
    with office.engine.connect() as connection:
        office.renew(connection)
        is_known = is_noted(connection, found.digest)
    if is_known:
        # Copied, or found under new numbers after the folder was made anew: it was acted upon then.
        return _noted(office, replace(note, outcome="automatic", reason="seen_before"), now)
    if found.automatic is not None:
        return _automatic(office, found, note, now)
    return _reply(office, found, replace(note, reason="too_large" if is_cut else None), now)


def _automatic(office: Office, found: Incoming, note: NewIncoming, now: datetime) -> NewIncoming:
    """Note what nobody wrote; of a bounce of our own letter, that the address takes none."""
    note = replace(note, outcome="automatic", reason=found.automatic)
    with office.engine.begin() as connection:
        lead(connection)
        sent = sent_as(connection, [one.message_id for one in found.undelivered])
        for one in found.undelivered:
            letter = sent.get(one.message_id)
            # A bounce that does not know our letter's number, or is about somebody else, may be anybody's.
            if letter is not None and letter.person.casefold() == one.recipient:
                note_trouble(connection, UNDELIVERABLE, letter.person, one.text, at=now)
                note = replace(note, outcome="bounce", message_id=letter.id)
        note_incoming(connection, note)
    return note


def _reply(office: Office, found: Incoming, note: NewIncoming, now: datetime) -> NewIncoming:
    with office.engine.connect() as connection:
        letter = _letter(connection, found)
        programmes, told = _told(connection, office.rulebook, letter) if letter else (set[str](), {})
    if letter is None:
        return _noted(office, replace(note, reason="no_letter"), now)
    if not programmes:
        return _noted(office, replace(note, message_id=letter.id, reason="no_task"), now)
    note = replace(
        note,
        message_id=letter.id,
        text=found.text[:LONGEST_TEXT],
        programmes=" ".join(sorted(programmes)) or None,
        is_moved=False,
    )
    today = local_day(now, office.config.policy.zone)
    roles = roles_of(office.rulebook, letter.person, today, admins=office.config.mail.admins)
    if note.reason is not None:
        return _noted(office, replace(note, outcome="unclear"), now)
    if doubt := _doubt_of_sender(office.config, found, letter, roles):
        return _noted(office, replace(note, outcome="unclear", reason=doubt), now)
    answerer = Answerer(letter, roles, _answerable(office.rulebook, roles, told))
    return _act(office, found, answerer, note, now)


def _act(office: Office, found: Incoming, answerer: Answerer, note: NewIncoming, now: datetime) -> NewIncoming:
    today = local_day(now, office.config.policy.zone)
    known = [Known(id_, names_of(office.rulebook, one)) for id_, one in answerer.obligations.items()]
    reading = read_reply(found.text, known, today=today)
    said = Said(by=answerer.roles.person, at=now, via="mail", origin=found.mail_id[:200] or None)
    done = Done()
    for number, command in enumerate(reading.commands):
        once = f"mail|{found.digest[:48]}|{number}"
        obligation = answerer.obligations[command.obligation]
        files = found.attachments if command.kind == "done" else ()
        do(office, answerer.roles, obligation, command, replace(said, once=once), done, files=files)
    told = {
        "recorded": [wording._asdict() for wording in done.recorded],
        "refused": [wording._asdict() for wording in done.refused],
        "doubt": reading.doubt,
        "word": reading.word,
        "obligations": list(answerer.obligations)[:10],
    }
    # Where nothing at all was recorded, nothing was acted upon: the standing office hears of it.
    is_acted = not reading.doubt and (done.recorded or not done.refused)
    outcome = replace(note, outcome="acted" if is_acted else "unclear", reason=reading.doubt or done.reason)
    return _noted(office, replace(outcome, told=json.dumps(told, ensure_ascii=False)), now, to=answerer.letter.person)


def _noted(office: Office, note: NewIncoming, now: datetime, *, to: str | None = None) -> NewIncoming:
    """Note a letter and have it answered, `to` None: nobody is; of an unclear one the standing office is told."""
    with office.engine.begin() as connection:
        lead(connection)
        if to is not None and is_noted(connection, note.digest):
            # Another daemon that reads the same mailbox was quicker.
            note = replace(note, outcome="automatic", reason="seen_before")
        elif to is not None:
            note = replace(note, answer=answer_key(connection, to, now=now))
        if note_incoming(connection, note) and note.outcome == "unclear":
            tell_standing(connection, office, (note.programmes or "").split(), now=now)
    return note


def _doubt_of_sender(config: Config, found: Incoming, letter: StoredMessage, roles: Roles) -> str | None:
    """Return why it is not known that the one it was written to answers, None when it is."""
    if found.sender != letter.person.casefold():
        return "other_sender"
    server = config.mail.imap.authentication_server if config.mail.imap else None
    if server is not None and not is_authenticated(found, server):
        return "unauthenticated"
    return None if roles.is_known else "no_longer"


def _letter(connection: Connection, found: Incoming) -> StoredMessage | None:
    """Return the letter of ours that is answered: the first of those it refers to."""
    sent = sent_as(connection, found.answers[:50])
    return next((sent[id_] for id_ in found.answers if id_ in sent), None)


def _told(
    connection: Connection, rulebook: Rulebook, letter: StoredMessage
) -> tuple[set[str], dict[int, StoredObligation]]:
    """Return the programmes and the obligations that a letter told of; one that answered others, what those did."""
    ids = told_in(connection, letter.id)
    if letter.kind == REPLY:
        for one in answered_by(connection, letter.key):
            ids += told_in(connection, one.message_id) if one.message_id is not None else []
    stored = by_ids(connection, dict.fromkeys(ids))
    return {one.key.programme for one in stored.values()} & rulebook.programmes.keys(), stored


def _answerable(rulebook: Rulebook, roles: Roles, told: dict[int, StoredObligation]) -> dict[int, StoredObligation]:
    found = {}
    for id_, one in told.items():
        subject = Subject.of_obligation(one.key, rulebook)
        if one.kind == "task" and subject is not None and may(roles, "answer", subject):
            found[id_] = one
    return found


def names_of(rulebook: Rulebook, one: StoredObligation) -> tuple[str, ...]:
    """Return what a reply may call an obligation: its task's number, with its part where it has several."""
    programme = rulebook.programmes.get(one.key.programme)
    task = programme.tasks.get(one.key.task) if programme else None
    numbers = dict.fromkeys([one.key.task, *([task.named] if task else [])])
    return (*numbers, *(f"{one.key.programme}/{number}" for number in numbers))


def _ours(config: Config) -> list[str]:
    mail = config.mail
    named = (mail.from_address, mail.reply_to, mail.bounces_to)
    return [mailbox(address).address for address in named if address]
