"""Discretion: a letter as those who keep the post may see it, without the links by which its reader answers."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from notifications.links import redacted


def discreet_letter(content: bytes) -> bytes:
    """Return the letter with `…` for the token of every link, in its headings, its texts and its calendars."""
    letter = message_from_bytes(content, _class=EmailMessage, policy=policy.SMTP)
    for part in letter.walk():
        assert isinstance(part, EmailMessage)
        for name, value in part.items():
            if redacted(str(value)) != str(value):
                part.replace_header(name, redacted(str(value)))
        if part.get_content_maintype() == "text":
            _write_anew(part)
    return letter.as_bytes()


def _write_anew(part: EmailMessage) -> None:
    text = str(part.get_content())
    if redacted(text) == text:
        return
    params = {name: value for name, value in part["Content-Type"].params.items() if name != "charset"}
    kind, filename = part.get_content_disposition(), part.get_filename()
    part.set_content(redacted(text), subtype=part.get_content_subtype(), params=params)
    if kind is not None:
        part.add_header("Content-Disposition", kind, **({"filename": filename} if filename else {}))
