"""Compose: golden letters of every kind in both languages, and what holds for all of them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.compose import MailSettings, MessageIdentity, compose, compose_plain
from notifications.samples import ANSWERING, line, samples
from notifications.view import View
from rules.digest import Digest, Recipient
from rules.wording import Language

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 4, 3, 0, 0, tzinfo=UTC)
SAMPLES = dict(samples())
LANGUAGES: Sequence[Language] = get_args(Language)
SETTINGS = MailSettings("Đôn đốc <don-doc@dongthap.example>", contact="Văn phòng thường trực, 0277 385 1234")
IN_HTML_TOO = (
    "reminder",
    "reminder, verdicts",
    "reminder, led by others now",
    "escalation",
    "standing",
    "reminder, first letter",
)
every_letter = pytest.mark.parametrize(("language", "name"), [(each, name) for each in LANGUAGES for name in SAMPLES])


def letter(digest: Digest, **changes: object) -> EmailMessage:
    settings = replace(SETTINGS, **changes)  # type: ignore[arg-type]
    identity = MessageIdentity.of(digest, key="pass-1/gd", date=NOW)
    envelope = compose(digest, identity=identity, settings=settings, answering=ANSWERING)
    assert envelope.fault == ""
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, subtype: str) -> str:
    found = message.get_body((subtype,))
    assert found is not None
    content = found.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


@every_letter
@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_letter_reads_as_it_did(language: Language, name: str, subtype: str) -> None:
    """To take a changed letter over, remove its file, run this twice, and read the difference."""
    if subtype == "html" and name not in IN_HTML_TOO:
        return
    message = letter(SAMPLES[name], language=language)
    text = part(message, subtype)
    if subtype == "plain":
        text = f"Subject: {message['Subject']}\n\n{text}"
    golden = GOLDEN / language / f"{re.sub(r'[^a-z]+', '-', name)}.{ {'plain': 'txt', 'html': 'html'}[subtype] }"
    if not golden.exists():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8")
        pytest.fail(f"{golden} was missing and has been written: read it")
    assert text == golden.read_text(encoding="utf-8")


@every_letter
def test_a_letter_is_well_formed(language: Language, name: str) -> None:
    digest = SAMPLES[name]
    identity = MessageIdentity.of(digest, key="key", date=NOW)
    envelope = compose(digest, identity=identity, settings=replace(SETTINGS, language=language))
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert not message.defects
    assert envelope.content.isascii()
    assert max(map(len, envelope.content.split(b"\r\n"))) <= 78
    assert b"\n" not in envelope.content.replace(b"\r\n", b"")
    assert message["Subject"] == envelope.subject
    assert 10 < len(envelope.subject) <= 120
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@every_letter
def test_both_parts_tell_of_every_task_and_why(language: Language, name: str) -> None:
    digest = SAMPLES[name]
    message = letter(digest, language=language)
    html = _words(part(message, "html"))
    # In the HTML some of it begins a line, with a capital.
    html += html.casefold()
    for text in (" ".join(part(message, "plain").split()), html):
        for section in View(digest, language).sections:
            for each in section.lines:
                told = [each.title, each.status, each.agency, each.citation, each.deadline, each.around, each.stated]
                told += [each.product, each.why, each.missed, *each.earlier, *each.heard, each.ahead, each.source]
                assert [phrase for phrase in told if phrase not in text and phrase.casefold() not in text] == []
        for question in digest.questions:
            assert question.title in text
        for matter in digest.matters:
            assert matter.subject in text
            assert matter.text in text


@every_letter
def test_the_html_is_what_mail_programs_can_show(language: Language, name: str) -> None:
    html = part(letter(SAMPLES[name], language=language), "html")
    checked = _Tags()
    checked.feed(html)
    assert checked.open == []
    assert checked.unknown == set()
    # Links lead to our own pages, and nothing is fetched from anywhere.
    assert set(re.findall(r'(\w+)="https?://([^/"]*)', html)) <= {("href", "dondoc.example")}
    unlinked = re.sub(r'<a class="reply" [^>]*href="https://dondoc.example/[^"]*"', "<a", html)
    assert not re.search(r"flex|grid|background-image|position:|<script|<img|https?://|@import", unlinked)
    assert 'name="color-scheme" content="light dark"' in html
    assert 'bgcolor="#ffffff"' in html
    # What a reader typed stays text.
    assert "<b>nghiên cứu" not in html


def test_sixty_tasks_stay_below_what_gmail_shows_uncut() -> None:
    lines = tuple(
        replace(line("overdue"), title=f"Chuẩn bị họp Quý I của Ban Chỉ đạo, nội dung {n}") for n in range(60)
    )
    html = part(letter(replace(SAMPLES["reminder"], lines=lines)), "html")
    assert len(html.encode()) < 102_000


def test_a_letter_does_not_look_like_an_official_document() -> None:
    for name, digest in SAMPLES.items():
        text = part(letter(digest), "plain")
        assert "./." not in text, name
        assert not re.search(r"^Số:", text, re.MULTILINE)
        assert "tự động" in text
        assert "Văn phòng thường trực, 0277 385 1234" in text


def test_empty_sections_are_not_there() -> None:
    text = part(letter(SAMPLES["reminder, one line"]), "plain")
    assert re.findall(r"== .* ==", text) == ["== CẦN THỰC HIỆN (1) =="]


def test_the_same_message_twice_is_the_same_bytes() -> None:
    digest = SAMPLES["reminder"]
    identity = MessageIdentity.of(digest, key="key", date=NOW)
    first, second = (compose(digest, identity=identity, settings=SETTINGS) for _ in range(2))
    assert first == second
    other = compose(digest, identity=replace(identity, key="other"), settings=SETTINGS)
    assert other.message_id != first.message_id
    assert re.fullmatch(r"<[0-9a-f]{32}@dongthap\.example>", first.message_id)


def test_the_headers_a_machine_looks_at() -> None:
    message = letter(SAMPLES["reminder"], reply_to="Văn phòng thường trực <tt@dongthap.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Date"].datetime == NOW
    assert message["List-Id"] == "<don-doc.dongthap.example>"
    assert message["From"].addresses[0].display_name == "Đôn đốc"
    assert message["Reply-To"].addresses[0].addr_spec == "tt@dongthap.example"
    assert message["To"].addresses[0].addr_spec == "gd.skhcn@dongthap.example"


def test_letters_to_one_person_about_one_programme_hang_together() -> None:
    digest = replace(SAMPLES["reminder"], programmes=("dong-thap-2026", "lam-dong-nq57"))
    first = letter(digest)
    later = letter(replace(SAMPLES["standing"], programmes=("lam-dong-nq57",)))
    roots = first["References"].split()
    assert first["In-Reply-To"] == roots[0]
    assert later["References"].split() == roots[1:]
    other_person = replace(digest, recipient=replace(digest.recipient, email="pct1@dongthap.example"))
    assert set(letter(other_person)["References"].split()).isdisjoint(roots)


def test_bounces_go_where_the_settings_say() -> None:
    identity = MessageIdentity("key", NOW)
    envelope = compose(SAMPLES["reminder"], identity=identity, settings=replace(SETTINGS, bounces_to="b@x.example"))
    assert envelope.sender == "b@x.example"
    assert b"References" not in envelope.content


def test_nobody_is_told_that_there_is_nothing_to_tell() -> None:
    with pytest.raises(ValueError, match="empty digest for gd"):
        compose(
            replace(SAMPLES["reminder"], lines=(), questions=()), identity=MessageIdentity("k", NOW), settings=SETTINGS
        )


@pytest.mark.parametrize("change", [{"from_address": "Đôn đốc"}, {"reply_to": "x"}, {"list_id": "a\r\nBcc: b"}])
def test_settings_that_make_no_mail_are_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is no"):
        replace(SETTINGS, **change)  # type: ignore[arg-type]


@given(st.text(), st.text(), st.text())
def test_whatever_a_rule_file_says_a_letter_comes_of_it(title: str, post: str, email: str) -> None:
    recipient = Recipient(post, email)
    digest = replace(SAMPLES["reminder"], recipient=recipient, lines=(replace(line("overdue"), title=title),))
    envelope = compose(digest, identity=MessageIdentity("k", NOW), settings=SETTINGS)
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.fault == ""
    assert envelope.recipient == email
    assert message.keys().count("Subject") == message.keys().count("To") == 1
    assert "Bcc" not in message
    assert envelope.is_regular
    lines = envelope.content.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(one.startswith(b".") or b"\r" in one or b"\n" in one for one in lines)


@every_letter
def test_the_plain_letter_tells_the_same(language: Language, name: str) -> None:
    digest = SAMPLES[name]
    plain = compose_plain(digest, replace(SETTINGS, language=language))
    assert plain.html == ""
    assert len(plain.subject) <= 120
    for section in View(digest, language).sections:
        for each in section.lines:
            told = [each.title, each.status, each.agency, each.citation, each.deadline, each.around, each.stated]
            told += [each.product, each.why, each.missed, *each.earlier, *each.heard, each.ahead, each.source]
            assert [phrase for phrase in told if phrase not in plain.text] == []
    for asked in digest.questions:
        assert asked.title in plain.text
    for matter in digest.matters:
        assert matter.text in plain.text


class _Tags(HTMLParser):
    """Which tags are left open, and which are none that every mail program knows."""

    KNOWN = frozenset(
        [
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "table",
            "colgroup",
            "col",
            "tr",
            "td",
            "p",
            "div",
            "span",
            "a",
            "b",
            "br",
        ]
    )
    EMPTY = frozenset({"meta", "br", "col"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unknown: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.KNOWN:
            self.unknown.add(tag)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _words(html: str) -> str:
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.replace("</span>", ""))).split())
