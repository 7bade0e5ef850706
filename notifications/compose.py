"""Compose: a digest becomes the bytes of one message. Pure: the same digest, identity and settings give the
same bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from notifications import headers, mime
from notifications.address import Mailbox, mailbox, wire_address
from notifications.answering import Answering
from notifications.envelope import Envelope
from notifications.letters import Letter, folders, letters, where
from notifications.plain import plain_letter
from rules.digest import Digest, Recipient
from rules.wording import Language

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = "don-doc.ics"
"""What the calendar that goes with a letter is called."""
PUBLISHED = "; charset=utf-8; method=PUBLISH"
"""It asks for no answer (RFC 6047)."""
LIST_ID = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How messages look and whom they come from. ValueError when an address is none.

    `from_address` and `reply_to` may carry a name (`Đôn đốc <don-doc@dongthap.example>`). `bounces_to` is the
    envelope's sender, by default the address of `from_address`. `contact` says, in words, whom readers may write to.
    `templates` is a folder with an office's own versions of some of the templates; they are read once.
    """

    from_address: str
    language: Language = "vi"
    zone: ZoneInfo = VIETNAM
    reply_to: str | None = None
    bounces_to: str | None = None
    list_id: str | None = None
    contact: str | None = None
    templates: Path | None = None

    def __post_init__(self) -> None:
        for address in (self.from_address, self.reply_to, self.bounces_to):
            if address is not None:
                mailbox(address)
        if self.list_id is not None and not LIST_ID.fullmatch(self.list_id):
            raise ValueError(f"{self.list_id!r} is no list id: write words joined by dots (`don-doc.dongthap.example`)")


@dataclass(frozen=True, slots=True)
class MessageIdentity:
    """What makes a repetition the same message: its `key` in the ledger, its `date` (an instant), the keys of
    its threads; `answers` are the Message-IDs of what it answers, by itself."""

    key: str
    date: datetime
    threads: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()

    @classmethod
    def of(cls, digest: Digest, *, key: str, date: datetime) -> "MessageIdentity":
        """Return the identity with one thread for each programme the digest speaks of, each reader having
        their own."""
        return cls(key, date, tuple(f"{programme}/{digest.recipient.email}" for programme in digest.programmes))


def compose(
    digest: Digest,
    *,
    identity: MessageIdentity,
    settings: MailSettings,
    answering: Answering | None = None,
    calendar: bytes | None = None,
) -> Envelope:
    """Return the finished message; `answering` makes its links, without it it has none; `calendar` goes with it.

    A template that fails gives the plain letter, and the envelope's `fault` says which and where. ValueError on a
    digest with nothing in it: nobody is told that there is nothing to tell.
    """
    if not (digest.lines or digest.matters or digest.questions):
        raise ValueError(f"an empty digest for {digest.recipient.email}")
    try:
        letter, fault = _write(digest, settings, answering), ""
    # An edited template may raise anything at all, and the letter must leave all the same.
    except Exception as raised:
        letter = compose_plain(digest, settings, answering)
        fault = str(where(raised, folders(settings.language, settings.templates)))
    attached = () if calendar is None else (mime.Attachment(CALENDAR, "text/calendar", calendar, PUBLISHED),)
    return enveloped(letter, digest.recipient, identity=identity, settings=settings, fault=fault, attached=attached)


def compose_plain(digest: Digest, settings: MailSettings, answering: Answering | None = None) -> Letter:
    """Return the built-in letter, without HTML and without any template, with the same facts."""
    return plain_letter(digest, settings.language, contact=contact(settings), answering=answering)


def contact(settings: MailSettings) -> str:
    """Return whom a reader may write to."""
    return settings.contact or mailbox(settings.reply_to or settings.from_address).address


def _write(digest: Digest, settings: MailSettings, answering: Answering | None) -> Letter:
    written = letters(settings.language, settings.templates)
    as_of = digest.made_at.astimezone(settings.zone)
    return written.write(digest, contact=contact(settings), as_of=as_of, answering=answering)


def enveloped(
    letter: Letter,
    to: Recipient,
    *,
    identity: MessageIdentity,
    settings: MailSettings,
    fault: str = "",
    attached: Sequence[mime.Attachment] = (),
) -> Envelope:
    """Return a letter as the finished message to that reader, with files attached to it."""
    sender = mailbox(settings.from_address)
    message_id = _id(identity.key, sender.domain)
    fields = _fields(letter.subject, message_id, to, identity, settings)
    return Envelope(
        sender=mailbox(settings.bounces_to).address if settings.bounces_to else sender.address,
        recipient=to.email,
        message_id=message_id,
        subject=letter.subject,
        content=_content(fields, letter, identity.key, attached),
        fault=fault,
        is_regular=True,
    )


def _content(fields: list[tuple[str, str]], letter: Letter, key: str, attached: Sequence[mime.Attachment]) -> bytes:
    if attached:
        return mime.mixed(fields, letter.text, letter.html, attached, key=key)
    if letter.html:
        return mime.alternative(fields, letter.text, letter.html, key=key)
    return mime.single(fields, letter.text)


def _fields(
    subject: str, message_id: str, to: Recipient, identity: MessageIdentity, settings: MailSettings
) -> list[tuple[str, str]]:
    sender = mailbox(settings.from_address)
    fields = [
        ("From", _address("From", sender)),
        ("To", headers.addressed(to.title, wire_address(to.email), name="To")),
        ("Subject", headers.unstructured(subject, name="Subject")),
        ("Date", format_datetime(identity.date.astimezone(settings.zone))),
        ("Message-ID", message_id),
        ("Auto-Submitted", "auto-replied" if identity.answers else "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("List-Id", f"<{settings.list_id or sender.address.replace('@', '.')}>"),
        ("MIME-Version", "1.0"),
    ]
    if settings.reply_to is not None:
        fields.append(("Reply-To", _address("Reply-To", mailbox(settings.reply_to))))
    if identity.answers:
        fields += [("In-Reply-To", identity.answers[-1]), ("References", headers.ids(identity.answers))]
    elif identity.threads:
        roots = [_id(f"thread {thread}", sender.domain) for thread in identity.threads]
        fields += [("In-Reply-To", roots[0]), ("References", headers.ids(roots))]
    return fields


def _address(name: str, box: Mailbox) -> str:
    return headers.addressed(box.name, box.address, name=name)


def _id(key: str, domain: str) -> str:
    return f"<{mime.digest_of(key)}@{domain}>"
