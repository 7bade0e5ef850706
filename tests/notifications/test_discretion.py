"""A letter without the links by which its reader answers: nothing of them is left, in no part of it."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from notifications.discretion import discreet_letter
from notifications.links import Links

LINK = Links("https://dondoc.example", (b"k" * 32,)).answer(
    "gd.a@tinh.example", 7, 0, issued_at=datetime(2026, 3, 30, tzinfo=UTC)
)
TOKEN = LINK.rpartition("/")[2]


def letter() -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Đôn đốc"
    made["List-Help"] = f"<{LINK}>"
    made.set_content(f"Kính gửi đồng chí\n\n{LINK}\n")
    made.add_alternative(f'<p>Kính gửi</p><a href="{LINK}">Trả lời</a>', subtype="html")
    made.add_attachment(
        f"BEGIN:VCALENDAR\nURL:{LINK}\nEND:VCALENDAR\n",
        subtype="calendar",
        filename="lich.ics",
        params={"method": "PUBLISH"},
    )
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    return made


def test_no_part_of_a_letter_keeps_a_link_and_the_rest_stays() -> None:
    found = message_from_bytes(discreet_letter(letter().as_bytes()), _class=EmailMessage, policy=policy.default)
    parts = [(part.get_content_type(), part.get_content()) for part in found.walk() if not part.is_multipart()]
    assert [kind for kind, _ in parts] == ["text/plain", "text/html", "text/calendar", "application/pdf"]
    assert not any(TOKEN[:20] in str(content) for _, content in parts)
    assert all("https://dondoc.example/tl/…" in str(content) for _, content in parts[:3])
    assert "Kính gửi đồng chí" in str(parts[0][1])
    assert TOKEN not in str(found["List-Help"])
    [calendar] = [part for part in found.walk() if part.get_content_type() == "text/calendar"]
    assert (calendar.get_filename(), calendar.get_param("method")) == ("lich.ics", "PUBLISH")


def test_a_letter_without_links_stays_as_it_is() -> None:
    plain = EmailMessage()
    plain["Subject"] = "Đôn đốc"
    plain.set_content("Kính gửi\n")
    found = message_from_bytes(discreet_letter(plain.as_bytes()), _class=EmailMessage, policy=policy.default)
    assert str(found.get_content()) == "Kính gửi\r\n"
