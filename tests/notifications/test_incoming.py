"""Incoming letters: who wrote which answer, and what nobody wrote."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.envelope import Envelope
from notifications.incoming import is_authenticated, read_incoming
from notifications.plain_html import plain_of
from tests.answering_mail import OURS, bounce_of, reply_to

ASKED = Envelope("don-doc@localhost", "gd@tinh.example", f"<{'a' * 32}@localhost>", "Nhắc việc", b"")


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_submitted"),
        ({"Auto_Submitted": "auto-generated; x=y"}, "auto_submitted"),
        ({"Auto_Submitted": "AUTO-NOTIFIED"}, "auto_submitted"),
        ({"Precedence": "bulk"}, "precedence"),
        ({"Precedence": "auto_reply"}, "precedence"),
        ({"Precedence": "junk"}, "precedence"),
        ({"Precedence": "list"}, "precedence"),
        ({"X_Autoreply": "yes"}, "autoreply"),
        ({"X_Autorespond": "1"}, "autoreply"),
        ({"X_Mail_Autoreply": "vacation"}, "autoreply"),
        ({"Return_Path": "<>"}, "empty_return_path"),
        ({"Return_Path": "< >"}, "empty_return_path"),
        ({"List_Id": "<nhom.tinh.example>"}, "list"),
        ({"List_Unsubscribe": "<mailto:x@tinh.example>"}, "list"),
        ({"X_Failed_Recipients": "ai@tinh.example"}, "report"),
        ({"From": "MAILER-DAEMON@mx.tinh.example"}, "robot"),
        ({"From": "Postmaster <postmaster@tinh.example>"}, "robot"),
        ({"From": "no-reply@tinh.example"}, "robot"),
        ({"From": "noreply+1@tinh.example"}, "robot"),
        ({"From": OURS}, "robot"),
        ({"From": ""}, "robot"),
        ({"From": "a@tinh.example, b@tinh.example"}, "robot"),
        ({"subject": "Automatic reply: Nhắc việc"}, "subject"),
        ({"subject": "Out of Office: Nhắc việc"}, "subject"),
        ({"subject": "Auto: Nhắc việc"}, "subject"),
        ({"subject": "Trả lời tự động: Nhắc việc"}, "subject"),
        ({"subject": "Tự động trả lời: nghỉ phép đến 05/4"}, "subject"),
        ({"subject": "Thông báo vắng mặt"}, "subject"),
        ({"subject": "Tôi đang đi công tác"}, "subject"),
        ({"subject": "Undeliverable: Nhắc việc"}, "subject"),
        ({"subject": "Delivery Status Notification (Failure)"}, "subject"),
        ({"subject": "Thư không gửi được: Nhắc việc"}, "subject"),
        ({"subject": "Đã đọc: Nhắc việc"}, "subject"),
        ({"subject": "[EXTERNAL] Automatic reply: x"}, "subject"),
    ],
)
def test_what_a_program_wrote_is_known_for_it(headers: dict[str, str], why: str) -> None:
    found = read_incoming(reply_to(ASKED, "XONG", **headers), ours=[OURS])  # type: ignore[arg-type]
    assert (found.automatic, found.text, found.attachments) == (why, "", ())


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto_Submitted": "no"},
        {"Precedence": "normal"},
        {"X_Autoreply": "no"},
        {"Return_Path": "<gd@tinh.example>"},
        {"subject": "Re: Trả lời tự động là gì?"},
        {"subject": "Re: [Đôn đốc] 3 việc quá hạn"},
        {"subject": "TL: Nhắc việc"},
        {"subject": ""},
        {"From": "nghi.phep@tinh.example"},
    ],
)
def test_what_a_person_wrote_is_not_taken_for_a_programs(headers: dict[str, str]) -> None:
    found = read_incoming(reply_to(ASKED, "XONG", **headers), ours=[OURS])  # type: ignore[arg-type]
    assert (found.automatic, found.text) == (None, "XONG")
    assert found.answers == (ASKED.message_id, "<thread@localhost>")


@pytest.mark.parametrize("kind", ["delivery-status", "disposition-notification"])
def test_a_report_is_nobodys(kind: str) -> None:
    data = bounce_of(ASKED).replace(b"report-type=delivery-status", f"report-type={kind}".encode())
    data = data.replace(b"Auto-Submitted: auto-replied\r\n", b"").replace(b"Return-Path: <>\r\n", b"")
    assert read_incoming(data).automatic == "report"


def test_a_bounce_names_the_letter_the_address_and_the_reason() -> None:
    [one] = read_incoming(bounce_of(ASKED)).undelivered
    assert (one.recipient, one.message_id) == ("gd@tinh.example", ASKED.message_id)
    assert "550 5.1.1" in one.text
    assert read_incoming(bounce_of(ASKED, action="delayed")).undelivered == ()


def test_a_person_who_pastes_a_bounce_makes_no_address_bad() -> None:
    assert read_incoming(reply_to(ASKED, bounce_of(ASKED).decode())).undelivered == ()


HTML = {
    "<p>XONG A.1</p><p>đủ ba bản</p>": "XONG A.1\n\nđủ ba bản",
    "<div>XONG<br>dòng hai</div>": "XONG\ndòng hai",
    "<div>XONG</div><div class='gmail_quote'>Vào … đã viết:<blockquote><p>XONG A.14</p></blockquote></div>": "XONG",
    "<p>XONG</p><hr><div id='divRplyFwdMsg'>Từ: a</div><div>XONG A.14</div>": "XONG",
    "<style>p{color:red}</style><script>alert(1)</script><p>XONG</p>": "XONG",
    "<p>XONG&nbsp;A.1 &lt;15/BC&gt;</p>": "XONG A.1 <15/BC>",
    "<blockquote>cũ</blockquote>": "",
    "không phải HTML": "không phải HTML",
}


@pytest.mark.parametrize(("html", "text"), HTML.items())
def test_a_letter_in_html_alone_is_read_as_text_without_what_it_quotes(html: str, text: str) -> None:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "gd@tinh.example", "<h@tinh.example>"
    message.set_content(html, subtype="html")
    assert read_incoming(message.as_bytes()).text == text


def test_the_text_is_taken_before_the_html_and_files_apart() -> None:
    files = (
        ("bao cao.pdf", b"%PDF-1.7 x", "application/pdf"),
        ("lich.ics", b"BEGIN:VCALENDAR", "text/calendar"),
        ("smime.p7s", b"x", "application/pkcs7-signature"),
    )
    message = message_from_bytes(reply_to(ASKED, "XONG", files=files), policy=policy.default)
    assert isinstance(message, EmailMessage)
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png", cid="<logo>")
    found = read_incoming(message.as_bytes())
    assert found.text == "XONG"
    assert [(one.name, one.data) for one in found.attachments] == [("bao cao.pdf", b"%PDF-1.7 x")]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "base64"), ("utf-8", "quoted-printable"), ("windows-1258", "base64")],
)
def test_letters_in_other_charsets_are_read(charset: str, encoding: str) -> None:
    message = EmailMessage()
    message["From"] = "gd@tinh.example"
    message.set_content("XONG: da gui", charset=charset, cte=encoding)
    assert read_incoming(message.as_bytes()).text == "XONG: da gui"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: =?bad?q?=\r\nSubject: =?utf-8?b?!!!?=\r\nContent-Type: text/plain; charset=nothing\r\n\r\n\xff\xfe",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        b"Content-Type: message/rfc822\r\n\r\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n",
        b"From: a@b.example\r\nMessage-ID: <a\r\n b@c>\r\nReferences: <\xe1\xba\xa1@x>\r\nDate: never\r\n\r\nXONG",
        b"From: " + b"a" * 100_000 + b"@b.example\r\n\r\nXONG",
        b"From: a@b.example\r\nTo: " + b"<" * 5_000 + b"\r\n\r\nXONG",
    ],
)
def test_whatever_comes_is_read_as_far_as_it_goes(data: bytes) -> None:
    found = read_incoming(data)
    assert len(found.digest) == 64


@given(st.binary(max_size=300), st.text(max_size=100))
def test_no_bytes_break_the_reader(data: bytes, html: str) -> None:
    read_incoming(data)
    read_incoming(b"From: a@b.example\r\n" + data)
    plain_of(html)


def test_a_letter_is_the_same_wherever_it_is_found_and_another_is_another() -> None:
    data = reply_to(ASKED, "XONG", mail_id="<one@tinh.example>")
    assert read_incoming(data).digest == read_incoming(b"Received: by elsewhere\r\n" + data).digest
    other = reply_to(ASKED, "XONG", mail_id="<two@tinh.example>")
    assert read_incoming(data).digest != read_incoming(other).digest


def test_only_our_own_servers_last_finding_vouches_for_a_sender() -> None:
    good, bad = "mx.tinh.example; dmarc=pass", "mx.tinh.example; dmarc=fail"
    data = reply_to(ASKED, "XONG")
    first_bad = f"Authentication-Results: {bad}\r\nAuthentication-Results: {good}\r\n".encode() + data
    first_good = f"Authentication-Results: {good}\r\nAuthentication-Results: {bad}\r\n".encode() + data
    assert is_authenticated(read_incoming(first_good), "mx.tinh.example")
    assert not is_authenticated(read_incoming(first_bad), "mx.tinh.example")
    assert not is_authenticated(read_incoming(data), "mx.tinh.example")
