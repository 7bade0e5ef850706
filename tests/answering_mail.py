"""Letters that answer letters of an office in a test: as people, programs and servers write them."""

from email.message import EmailMessage
from email.utils import make_msgid

from notifications.envelope import Envelope

OURS = "don-doc@localhost"


def reply_to(
    letter: Envelope,
    text: str,
    *,
    sender: str | None = None,
    subject: str = "Re: Đôn đốc",
    mail_id: str | None = None,
    files: tuple[tuple[str, bytes, str], ...] = (),
    **headers: str,
) -> bytes:
    """A person's answer to a letter, from whom it was sent to; `_` in the name of a header stands for a hyphen."""
    message = EmailMessage()
    message["From"] = f"Người trả lời <{sender or letter.recipient}>"
    message["To"] = OURS
    message["Subject"] = subject
    message["Message-ID"] = mail_id or make_msgid(domain="mail.tinh.example")
    message["In-Reply-To"] = letter.message_id
    message["References"] = f"<thread@localhost> {letter.message_id}"
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data, kind in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def bounce_of(letter: Envelope, *, recipient: str | None = None, action: str = "failed", mail_id: str = "") -> bytes:
    """A server's report that a letter could not be delivered."""
    to = recipient or letter.recipient
    text = f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.tinh.example>
To: {OURS}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-{action}-{abs(hash((to, mail_id)))}@mx.tinh.example>
Return-Path: <>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BB"

--BB
Content-Type: text/plain; charset=utf-8

The mail could not be delivered.

--BB
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.tinh.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--BB
Content-Type: text/rfc822-headers

Message-ID: {mail_id or letter.message_id}
Subject: Nhắc việc

--BB--
"""
    return text.replace("\n", "\r\n").encode()
