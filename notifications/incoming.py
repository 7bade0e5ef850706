"""Incoming: what a letter that came in is: whose answer to which letter, or nobody's (a program's, a bounce). Pure;
whatever cannot be read is left out, nothing raises."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from hashlib import sha256
from typing import Literal, NamedTuple

from notifications.address import wire_address
from notifications.links import redacted
from notifications.plain_html import plain_of
from rules.quoted import written
from rules.reply_parts import plain

Automatic = Literal[
    "auto_submitted", "precedence", "autoreply", "empty_return_path", "report", "list", "subject", "robot"
]
"""By what a letter is known to be written by nobody."""

MOST_ATTACHMENTS = 20
_PRECEDENCES = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})
_AUTOREPLY = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-AutoReply-From", "X-Mail-Autoreply", "X-Vacation")
_LISTS = ("List-Id", "List-Unsubscribe", "List-Post")
_ROBOTS = re.compile(
    r"^(?:mailer-daemon|mailerdaemon|postmaster|no-?reply|do-?not-?reply|khong-?tra-?loi|bounces?|double-bounce|"
    r"auto-?(?:reply|response|matic)?)(?:[+.=-].*)?@"
)
_SUBJECTS = re.compile(
    r"^(?:\[[^\]]{1,30}\]\s*)?(?:"
    r"out of (?:the )?office|ooo:|automatic reply|auto(?:matic)? ?(?:-|:)? ?(?:reply|response)|auto:|autoreply|"
    r"away from|"
    r"on (?:annual |sick )?leave|vacation|tra loi tu dong|thu tra loi tu dong|tu dong tra loi|thu tu dong|"
    r"phan hoi tu dong|tu dong phan hoi|vang mat|dang vang mat|thong bao vang mat|di vang|nghi phep|"
    r"thong bao nghi phep|khong co mat|toi dang di cong tac|"
    r"undeliver(?:able|ed)|delivery (?:status notification|failure|has failed|incomplete|delayed)|"
    r"mail delivery (?:failed|system|failure)|failure notice|returned mail|message not delivered|khong gui duoc|"
    r"khong the gui|thu bi tra lai|thu khong gui duoc|gui thu that bai|"
    r"read:|da doc:|not read:|delivery receipt|disposition notification|warning: (?:could not|message))"
)
_OUR_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s]{1,200}>")
_NOT_PROOFS = frozenset(
    {"text/calendar", "application/ics", "application/pkcs7-signature", "application/x-pkcs7-signature",
     "application/pgp-signature", "message/rfc822", "message/delivery-status", "text/rfc822-headers",
     "application/ms-tnef"}
)  # fmt: skip


class Attachment(NamedTuple):
    """A file that came with a letter."""

    name: str
    data: bytes


class Undelivered(NamedTuple):
    """That a letter of ours could not be delivered: to whom, which one, and what the server said."""

    recipient: str
    message_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A letter that came in. `digest` is the same wherever it is found again; `answers` are the ids of the letters it
    refers to, the one it answers first. `text` is what was written, without what it quotes; whoever reads on answers
    by no link of the sender's."""

    digest: str
    mail_id: str
    sender: str
    subject: str
    answers: tuple[str, ...]
    text: str
    automatic: Automatic | None = None
    undelivered: tuple[Undelivered, ...] = ()
    authentication: tuple[str, ...] = ()
    """What servers on the way found of its sender, the last one first."""
    attachments: tuple[Attachment, ...] = ()


def read_incoming(data: bytes, *, ours: Iterable[str] = ()) -> Incoming:
    """Return what a letter is; `ours` are addresses we write from: what comes from them is no answer."""
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    mail_id = next(iter(_ids(message, "Message-ID")), "")
    sender = _sender(message)
    # Of a letter without an id of its own its bytes are the id.
    digest = sha256(f"{mail_id}\0{sender}".encode() if mail_id else data).hexdigest()
    automatic = _automatic(message, sender, {address.casefold() for address in ours})
    return Incoming(
        digest=digest,
        mail_id=mail_id,
        sender=sender,
        subject=_header(message, "Subject")[:500],
        answers=tuple(dict.fromkeys([*_ids(message, "In-Reply-To"), *reversed(_ids(message, "References"))])),
        text="" if automatic else redacted(written(_text(message))),
        automatic=automatic,
        undelivered=tuple(_undelivered(message)) if automatic else (),
        authentication=tuple(_all_headers(message, "Authentication-Results")),
        attachments=() if automatic else tuple(_attachments(message)),
    )


def is_authenticated(found: Incoming, server: str) -> bool:
    """Say whether that server of ours (its authserv-id) found the sender to be who it says (DMARC, RFC 8601).

    Only the topmost finding under its name counts: those below may have come with the letter.
    """
    for line in found.authentication:
        said = re.sub(r"\([^()]*\)", " ", line)
        name, _, results = said.partition(";")
        if name.split()[:1] == [server] or name.strip().casefold() == server.casefold():
            return bool(re.search(r"(?:^|[\s;])dmarc\s*=\s*pass\b", results, re.IGNORECASE))
    return False


def _automatic(message: EmailMessage, sender: str, ours: set[str]) -> Automatic | None:
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return "auto_submitted"
    if message.get_content_type() == "multipart/report" or _header(message, "X-Failed-Recipients"):
        return "report"
    if _header(message, "Return-Path").replace(" ", "") == "<>":
        return "empty_return_path"
    if _header(message, "Precedence").strip().lower() in _PRECEDENCES:
        return "precedence"
    if any(_says_yes(_header(message, name)) for name in _AUTOREPLY):
        return "autoreply"
    if any(_header(message, name) for name in _LISTS):
        return "list"
    if not sender or _ROBOTS.match(sender) or sender in ours:
        return "robot"
    return "subject" if _SUBJECTS.match(plain(_header(message, "Subject")).strip()) else None


def _says_yes(value: str) -> bool:
    return value.strip().lower() not in ("", "no", "false", "0")


def _undelivered(message: EmailMessage) -> Iterator[Undelivered]:
    """Yield to whom a letter could not be delivered for good, by the report of the server (RFC 3464), or as Exim says
    it."""
    original = _original_id(message)
    if not original:
        return
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.iter_parts():
            if str(fields.get("Action", "")).strip().lower() != "failed":
                continue
            recipient = str(fields.get("Final-Recipient") or fields.get("Original-Recipient") or "")
            address = wire_address(recipient.rpartition(";")[2].strip().strip("<>"))
            if address:
                text = " ".join(str(fields.get(name, "")) for name in ("Status", "Diagnostic-Code"))
                yield Undelivered(address.casefold(), original, redacted(" ".join(text.split()))[:300])
    for failed in _header(message, "X-Failed-Recipients").split(","):
        if (address := wire_address(failed.strip())) is not None:
            yield Undelivered(address.casefold(), original, "X-Failed-Recipients")


def _original_id(message: EmailMessage) -> str:
    """Return the id of the letter that a bounce gives back, '' where it gives none."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind in ("message/rfc822", "text/rfc822-headers"):
            inside = part.get_payload()
            text = str(inside[0]) if isinstance(inside, list) and inside else str(inside)
            found = re.search(r"^message-id:\s*(<[^<>\s]+>)", text, re.IGNORECASE | re.MULTILINE)
            if found:
                return found[1]
    named = [*_ids(message, "In-Reply-To"), *_ids(message, "References")]
    if named:
        return named[0]
    found = re.search(r"^\s*message-id:\s*(<[^<>\s]+>)", _text(message), re.IGNORECASE | re.MULTILINE)
    return found[1] if found else ""


def _sender(message: EmailMessage) -> str:
    """Return the address it says it is from, '' where it names none, or several."""
    named = {address for _, address in getaddresses([_header(message, "From")]) if address}
    address = wire_address(named.pop()) if len(named) == 1 else None
    return address.casefold() if address else ""


def _ids(message: EmailMessage, name: str) -> list[str]:
    return list(dict.fromkeys(_OUR_ID.findall(" ".join(_all_headers(message, name)))))


def _header(message: EmailMessage, name: str) -> str:
    return next(iter(_all_headers(message, name)), "")


def _all_headers(message: EmailMessage, name: str) -> list[str]:
    try:
        return [" ".join(str(value).split()) for value in message.get_all(name, [])]
    # The parser of headers of the standard library raises this and that on headers out of shape.
    except Exception:
        raw = [value for key, value in message.raw_items() if key.lower() == name.lower()]
        return [" ".join(str(value).encode("ascii", "replace").decode().split()) for value in raw]


def _text(message: EmailMessage) -> str:
    """Return the text of a letter; of one in HTML alone, the HTML as text."""
    parts = [part for part in message.walk() if not part.is_multipart() and not _is_attached(part)]
    plain_parts = [part for part in parts if part.get_content_type() == "text/plain"]
    if text := "\n".join(_decoded(part) for part in plain_parts).strip():
        return text
    return "\n".join(plain_of(_decoded(part)) for part in parts if part.get_content_type() == "text/html")


def _decoded(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    for encoding in (charset, "utf-8", "cp1258"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            continue
    return data.decode("utf-8", "replace")


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _attachments(message: EmailMessage) -> Iterator[Attachment]:
    """Yield the files, but for pictures that stand in the text (signatures have logos) and for what is no file."""
    found = 0
    for part in message.walk():
        if part.is_multipart() or not _is_attached(part) or part.get_content_type() in _NOT_PROOFS:
            continue
        if part.get_content_disposition() == "inline" or part.get("Content-ID"):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and found < MOST_ATTACHMENTS:
            found += 1
            yield Attachment(part.get_filename() or "", payload)
