"""The letter with a link to sign in by: the same facts in text and HTML, the same bytes when written again."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import escape

import pytest

from notifications.compose import MailSettings, MessageIdentity
from notifications.sign_in import SignIn, compose_sign_in
from rules.digest import Recipient
from rules.wording import Language

URL = "https://dondoc.example/vao/WyJnZC5hQHRpbmguZXhhbXBsZSIsMV0.abc&d.xyz"
SAID = SignIn(Recipient("Giám đốc Sở <A & B>", "gd.a@tinh.example"), URL)
IDENTITY = MessageIdentity("sign_in|1", datetime(2026, 3, 30, 1, 0, tzinfo=UTC))


def written(language: Language) -> EmailMessage:
    settings = MailSettings("Đôn đốc <don-doc@tinh.example>", language)
    first, again = (compose_sign_in(SAID, identity=IDENTITY, settings=settings) for _ in range(2))
    assert first == again
    return message_from_bytes(first.content, policy=default)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_text_and_html_bring_the_link_and_how_long_it_is_good(language: Language) -> None:
    message = written(language)
    text, html = body(message, "plain"), body(message, "html")
    assert text.count(URL) == 1
    assert html.count(escape(URL)) == 2  # behind the button, and to be copied
    for each in (text, html):
        assert "15 ph" in each or "15 minutes" in each
        assert "don-doc@tinh.example" in each
        assert "30/3/2026" in each or "30 March 2026" in each
    assert "<A & B>" not in html
    assert f'lang="{language}"' in html


def test_no_reader_who_is_away_answers_it_and_no_thread_takes_it_in() -> None:
    message = written("vi")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["In-Reply-To"] is None
    assert message["To"] == '"Giám đốc Sở <A & B>" <gd.a@tinh.example>'
