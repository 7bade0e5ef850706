"""Mailbox: the letters that came in are fetched one after the other, seen to, and put aside. Each is noted under its
number, so that a crash, or another daemon, has none acted upon twice."""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from sqlalchemy.exc import SQLAlchemyError

from db.incoming import NewIncoming, Outcome, last_uid, mark_moved, note_incoming, unmoved
from db.troubles import note_trouble, open_troubles, resolve_troubles
from scheduler.clock import Clock
from scheduler.crash import crashpoint
from scheduler.imap import Imap
from scheduler.office import Office
from scheduler.replying import Place, take_in
from scheduler.unreadable import Unreadable

MAILBOX = "mailbox"
"""The kind of trouble that a mailbox makes that cannot be read."""
LETTER_IN = "letter_in"
"""The kind of trouble that a letter makes that came in and broke the program."""
MOST_AT_ONCE = 200
"""Letters fetched in one go; the rest waits for the next."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a letter that is fetched: all the proofs that a report may have, and a little over, are half of it."""

_FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError, Unreadable)
"""What goes wrong with a mailbox: the network, the server, the password's file."""

log = logging.getLogger("dondoc.replies")


class MailboxFault(Exception):
    """The mailbox cannot be read, and why."""


@dataclass(slots=True)
class Fetched:
    """What was done with the letters that came in."""

    counts: dict[Outcome, int] = field(default_factory=dict)
    left: int = 0
    """So many wait for the next time."""

    @property
    def told(self) -> str:
        """Return how many became what."""
        return ", ".join(f"{count} {outcome}" for outcome, count in self.counts.items())

    def count(self, outcome: Outcome) -> None:
        """Count one letter."""
        self.counts[outcome] = self.counts.get(outcome, 0) + 1


def fetch(
    office: Office, clock: Clock, *, stopping: Callable[[], bool] = lambda: False, largest: int = LARGEST
) -> Fetched:
    """Fetch what came since the last time, see to it, and put it aside; of a letter with more than `largest` bytes, its
    headers alone. MailboxFault when the mailbox cannot be read."""
    imap = office.config.mail.imap
    if imap is None:
        raise MailboxFault("no mailbox is configured: name its server under [imap]")
    done = Fetched()
    try:
        with _opened(imap) as box:
            _see_to_all(_Session(office, clock, imap, box, largest), done, stopping)
    except _FAULTS as fault:
        text = _words(fault)
        with office.engine.begin() as connection:
            note_trouble(connection, MAILBOX, imap.host, text, at=clock())
        raise MailboxFault(text) from fault
    with office.engine.begin() as connection:
        if any(one.kind == MAILBOX for one in open_troubles(connection)):
            resolve_troubles(connection, MAILBOX, at=clock())
    return done


class _Session(NamedTuple):
    """One look at the mailbox."""

    office: Office
    clock: Clock
    imap: Imap
    box: BaseMailBox
    largest: int


def _see_to_all(session: _Session, done: Fetched, stopping: Callable[[], bool]) -> None:
    imap, box = session.imap, session.box
    validity = int(box.folder.status(imap.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    if not box.folder.exists(imap.processed):
        box.folder.create(imap.processed)
    box.folder.set(imap.folder)
    _put_aside(session, validity)
    with session.office.engine.connect() as connection:
        last = last_uid(connection, imap.folder, validity)
    # `*` is the last letter there is: it comes along even when it was seen to.
    uids = sorted(uid for uid in map(int, box.uids(f"UID {last + 1}:*")) if uid > last)
    done.left = len(uids)
    for uid in uids[:MOST_AT_ONCE]:
        if stopping():
            break
        done.left -= 1
        outcome = _see_to(session, Place(imap.folder, validity, uid))
        if outcome is not None:
            done.count(outcome)
    _put_aside(session, validity)


def _see_to(session: _Session, place: Place) -> Outcome | None:
    """See to one letter; None when it is not there any more."""
    size = _size(session.box, place.uid)
    is_cut = size is not None and size > session.largest
    data = _data(session.box, place.uid, headers_only=is_cut) if size is not None else None
    if data is None:
        return None
    now = session.clock()
    try:
        crashpoint("before_reply")
        note = take_in(session.office, data, place, now=now, is_cut=is_cut)
    except SQLAlchemyError:
        raise
    # A letter that breaks the program must not keep the others from being read.
    except Exception as fault:
        log.exception("letter %s in %s cannot be read", place.uid, place.folder)
        note = _unreadable(session, place, fault, now)
    crashpoint("after_reply")
    return note.outcome


def _unreadable(session: _Session, place: Place, fault: Exception, now: datetime) -> NewIncoming:
    digest = f"{place.folder}:{place.validity}:{place.uid}"
    note = NewIncoming(digest, *place, now, "unreadable", reason="fault", is_moved=False)
    with session.office.engine.begin() as connection:
        note_incoming(connection, note)
        note_trouble(connection, LETTER_IN, f"{place.folder} {place.uid}", f"{type(fault).__name__}: {fault}", at=now)
    return note


def _put_aside(session: _Session, validity: int) -> None:
    """Move what was seen to out of the folder that is read."""
    engine, imap, box = session.office.engine, session.imap, session.box
    with engine.connect() as connection:
        uids = unmoved(connection, imap.folder, validity)
    if not uids:
        return
    there = set(map(int, box.uids(f"UID {','.join(map(str, uids))}")))
    if there:
        box.move([str(uid) for uid in sorted(there)], imap.processed, chunks=100)
    crashpoint("after_move")
    with engine.begin() as connection:
        mark_moved(connection, imap.folder, validity, uids)


@contextmanager
def _opened(imap: Imap) -> Iterator[BaseMailBox]:
    box = _connected(imap)
    try:
        _log_in(box, imap)
        yield box
    finally:
        # The server may be gone already; what was done is done.
        with suppress(Exception):
            box.logout()
        with suppress(Exception):
            box.client.shutdown()


def _connected(imap: Imap) -> BaseMailBox:
    timeout = float(imap.timeout)
    if imap.security == "none":
        return MailBoxUnencrypted(imap.host, imap.port, timeout=timeout)
    context = ssl.create_default_context(cafile=str(imap.ca_file) if imap.ca_file else None)
    if imap.security == "starttls":
        return MailBoxStartTls(imap.host, imap.port, timeout=timeout, ssl_context=context)
    return MailBox(imap.host, imap.port, timeout=timeout, ssl_context=context)


def _log_in(box: BaseMailBox, imap: Imap) -> None:
    secret = imap.secret()
    if secret.isascii() and imap.username.isascii():
        box.login(imap.username, secret, initial_folder=None)
    else:
        box.login_utf8(imap.username, secret, initial_folder=None)


def _size(box: BaseMailBox, uid: int) -> int | None:
    _, parts = box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    found = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(_raw(parts)))
    return int(found[1]) if found else None


def _data(box: BaseMailBox, uid: int, *, headers_only: bool) -> bytes | None:
    """Return the bytes of a letter, or those of its headers, without marking it as read."""
    wanted = "(BODY.PEEK[HEADER])" if headers_only else "(BODY.PEEK[])"
    _, parts = box.client.uid("FETCH", str(uid), wanted)
    return next((part[1] for part in parts or () if isinstance(part, tuple)), None)


def _words(fault: BaseException) -> str:
    """Return what went wrong on one line, without the password that a server may have repeated."""
    return " ".join(f"{type(fault).__name__}: {fault}".split())[:300]


def _raw(parts: Any) -> Iterator[bytes]:
    for part in parts or ():
        yield from (one for one in (part if isinstance(part, tuple) else (part,)) if isinstance(one, bytes))
