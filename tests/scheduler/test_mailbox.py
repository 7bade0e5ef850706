"""Answers by mail: fetched from a mailbox, acted upon once, and put aside; a real client against a server in the
process."""

import asyncio
import contextlib
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme

from db.facts import last_reports, proofs_of, remarks, trail
from db.incoming import newest
from db.troubles import open_troubles
from notifications.envelope import Envelope
from notifications.links import Links
from scheduler.fetching import fetch_replies
from scheduler.imap import Imap
from scheduler.mailbox import Fetched, MailboxFault, fetch
from tests.answering_mail import OURS, bounce_of, reply_to
from tests.imap import PASSWORD, USER, Post, mailbox_server
from tests.offices import DAY, HOUR, ONE_TASK, Desk, open_desk, text_of

HEAD, FOCAL, STANDING = "head2@tinh.example", "focal2@tinh.example", "focal1@tinh.example"
TWO_TASKS = ONE_TASK + "  - {id: A.14, title: Rà soát, lead: u2, deadline: 2026-04-03}\n"
PDF = b"%PDF-1.7 noi dung"


@pytest.fixture
def post() -> Iterator[Post]:
    with mailbox_server() as running:
        yield running


class Answering:
    """An office with a mailbox, and the letters it sent."""

    def __init__(self, desk: Desk, post: Post) -> None:
        self.desk, self.post = desk, post
        imap = Imap(
            host="127.0.0.1",
            port=post.port,
            security="none",
            username=USER,
            password=PASSWORD,
            password_file=None,
            folder="INBOX",
            processed="Dondoc",
            interval=60,
            timeout=20,
            ca_file=None,
            authentication_server=None,
        )
        mail = replace(desk.config.mail, imap=imap, admins=("quan-tri@tinh.example",))
        self.set(replace(desk.config, mail=mail, web=replace(desk.config.web, serve=True, secret_file=secret(desk))))

    def set(self, config: object) -> None:
        self.desk.config = self.desk.office.config = config  # type: ignore[assignment]

    def ask_for(self, server: str) -> None:
        mail = self.desk.config.mail
        assert mail.imap is not None
        imap = replace(mail.imap, authentication_server=server)
        self.set(replace(self.desk.config, mail=replace(mail, imap=imap)))

    def fetch(self) -> Fetched:
        return fetch(self.desk.office, lambda: self.desk.now)

    def quietly(self) -> None:
        """Fetch as a second daemon does; a letter that the other has moved meanwhile may end it."""
        with contextlib.suppress(MailboxFault):
            self.fetch()

    def letter(self, to: str = HEAD) -> Envelope:
        """The last letter to somebody."""
        return next(one for one in reversed(self.desk.sent) if one.recipient == to)

    def answer(self, text: str, to: str = HEAD, **more: object) -> Fetched:
        self.post.put(reply_to(self.letter(to), text, **more))  # type: ignore[arg-type]
        return self.fetch()

    def states(self) -> dict[str, str]:
        rows = self.desk.run("SELECT task, state FROM obligation WHERE kind = 'task' ORDER BY id")
        return {str(task): str(state) for task, state in rows}

    def last(self) -> tuple[str, str | None]:
        with self.desk.engine.connect() as connection:
            one = newest(connection, 1)[0]
        return one.outcome, one.reason

    def answers(self) -> list[Envelope]:
        """What left since as answers."""
        before = len(self.desk.sent)
        self.desk.deliver()
        return [one for one in self.desk.sent[before:] if b"Auto-Submitted: auto-replied" in one.content]


def secret(desk: Desk) -> Path:
    file = desk.folder / "web-secret"
    file.write_text("k" * 64 + "\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def office(tmp_path: Path, database_url: str, post: Post) -> Iterator[Answering]:
    yield from working(tmp_path, database_url, post, ONE_TASK)


@pytest.fixture
def small(tmp_path: Path, sqlite_url: str, post: Post) -> Iterator[Answering]:
    yield from working(tmp_path, sqlite_url, post, ONE_TASK)


@pytest.fixture
def two(tmp_path: Path, sqlite_url: str, post: Post) -> Iterator[Answering]:
    yield from working(tmp_path, sqlite_url, post, TWO_TASKS)


def working(folder: Path, url: str, post: Post, tasks: str) -> Iterator[Answering]:
    desk = open_desk(folder / "office", url)
    desk.apply(tasks)
    answering = Answering(desk, post)
    desk.now += 2 * DAY
    desk.tick()
    assert answering.letter().message_id
    yield answering
    desk.engine.dispose()


def letter_of(envelope: Envelope) -> EmailMessage:
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


# --- what is recorded -------------------------------------------------------------------------------------------------


def test_a_report_by_mail_is_recorded_with_its_document_and_its_proofs_and_answered(office: Answering) -> None:
    files = (("bao-cao.pdf", PDF, "application/pdf"), ("ma.exe", b"MZ\0\0", "application/octet-stream"))
    assert office.answer("XONG A.1 15/BC-S2: đã gửi đủ phụ lục\r\n\r\n> Kính gửi", files=files).counts == {"acted": 1}
    assert office.states() == {"A.1": "done"}
    with office.desk.engine.connect() as connection:
        [report] = last_reports(connection, [1]).values()
        proofs = proofs_of(connection, [report.id])[report.id]
        [audited] = trail(connection)
    assert (report.said_on, report.document, report.note, report.via, report.recorded_by) == (
        date(2026, 4, 1),
        "15/BC-S2",
        "đã gửi đủ phụ lục",
        "mail",
        HEAD,
    )
    assert [(proof.name, proof.media_type) for proof in proofs] == [("bao-cao.pdf", "application/pdf")]
    assert (audited.action, audited.via, audited.person) == ("report done", "mail", HEAD)
    assert audited.origin is not None
    assert audited.origin.endswith("@mail.tinh.example>")
    [answer] = office.answers()
    said = text_of(answer)
    assert "Đã ghi nhận: A.1 – Nộp báo cáo: hoàn thành ngày 01/4/2026, văn bản 15/BC-S2, 1 tệp" in said
    assert "ma.exe" in said
    assert office.post.counts() == {"INBOX": 0, "Dondoc": 1}


@pytest.mark.parametrize(
    ("text", "kind", "percent", "note"),
    [
        ("ĐANG LÀM 60% chờ ý kiến", "progress", 60, "chờ ý kiến"),
        ("khó khăn: chưa có kinh phí", "difficulty", None, "chưa có kinh phí"),
        ("Không phải việc của Sở 2", "not_ours", None, "việc của Sở 2"),
    ],
)
def test_a_remark_by_mail_is_recorded(small: Answering, text: str, kind: str, percent: int | None, note: str) -> None:
    small.answer(text, FOCAL)
    with small.desk.engine.connect() as connection:
        [remark] = remarks(connection, [1])[1]
    assert (remark.kind, remark.percent, remark.note, remark.unit, remark.via) == (kind, percent, note, "u2", "mail")
    assert small.states() == {"A.1": "open"}


def test_more_time_is_asked_for_by_mail_under_the_same_rules(office: Answering) -> None:
    office.answer("GIA HẠN 30/6 lý do chờ hướng dẫn")
    [(wanted, reason)] = office.desk.run("SELECT due_wanted, reason FROM extension")
    assert (str(wanted), reason) == ("2026-06-30", "chờ hướng dẫn")
    office.desk.now += HOUR
    assert "chờ quyết định" in text_of(office.answers()[0])
    # A second while the first waits, and one for a day that is no later.
    office.desk.now += HOUR
    office.answer("GIA HẠN 30/7 chờ")
    assert "đang chờ quyết định" in text_of(office.answers()[0])
    assert len(office.desk.run("SELECT * FROM extension")) == 1


def test_several_tasks_are_answered_for_in_one_letter_by_their_names(two: Answering) -> None:
    two.answer("XONG A.1 15/BC-S2\r\nĐANG LÀM A.14 40%\r\n")
    assert two.states() == {"A.1": "done", "A.14": "open"}
    with two.desk.engine.connect() as connection:
        assert [one.percent for one in remarks(connection, [2])[2]] == [40]


def test_a_report_on_what_is_done_or_withdrawn_is_refused_in_words(small: Answering) -> None:
    small.answer("XONG")
    small.answers()
    small.desk.now += 2 * HOUR
    small.answer("XONG", FOCAL)
    assert "đã được báo cáo hoàn thành từ trước" in text_of(small.answers()[0])
    assert len(small.desk.run("SELECT * FROM report")) == 1
    small.desk.now += 2 * HOUR
    small.desk.apply("  - {id: B.1, title: Khác, lead: u3, deadline: 2026-06-01}\n")
    small.answer("ĐANG LÀM 10%", FOCAL)
    assert small.last()[0] in ("acted", "unclear")
    assert small.desk.run("SELECT * FROM remark") == []


def test_a_report_by_mail_names_no_day_before_the_document_and_none_to_come(small: Answering) -> None:
    for day, told in (("1/1/2026", "trước khi nhiệm vụ được giao"), ("31/12/2026", "Chưa ghi nhận")):
        small.answer(f"XONG ngày {day}", mail_id=f"<{day}@mail.tinh.example>".replace("/", "-"))
        assert small.states() == {"A.1": "open"}
        small.desk.now += 2 * HOUR
        small.desk.deliver()
        assert told in text_of(small.letter())


def test_whoever_is_only_told_of_a_task_cannot_answer_for_it(small: Answering) -> None:
    small.desk.now += 5 * DAY
    small.desk.tick()
    # The standing office was copied on the delay.
    small.answer("XONG", STANDING)
    assert small.states() == {"A.1": "open"}
    assert small.last() == ("unclear", "which_task")


# --- unclear ----------------------------------------------------------------------------------------------------------


def test_what_is_unclear_goes_to_the_standing_office_and_is_answered_with_the_links(two: Answering) -> None:
    assert two.answer("XONG").counts == {"unclear": 1}
    assert two.states() == {"A.1": "open", "A.14": "open"}
    [answer] = two.answers()
    said = text_of(answer)
    assert "Chưa rõ trả lời nhiệm vụ nào" in said
    for number in ("A.1 – Nộp báo cáo", "A.14 – Rà soát"):
        assert number in said
    assert said.count("/tl/") == 2
    two.desk.now += HOUR
    before = len(two.desk.sent)
    two.desk.deliver()
    [told] = two.desk.sent[before:]
    assert told.recipient == STANDING
    assert "THƯ TRẢ LỜI CẦN XEM XÉT" in text_of(told)
    assert f"{HEAD}" in text_of(told)
    assert "“XONG”" in text_of(told)
    assert "/thu-tra-loi" in text_of(told)


def test_the_weekly_statement_tells_of_it_until_somebody_saw_to_it(small: Answering) -> None:
    small.answer("Đề nghị cho gặp trực tiếp")
    small.desk.now += 5 * DAY
    small.desk.tick()
    statements = [one for one in small.desk.sent if one.recipient == STANDING and "Đề nghị cho gặp" in text_of(one)]
    assert len(statements) >= 1
    small.desk.run("UPDATE incoming SET seen_to_at = received_at, seen_to_by = 'x' RETURNING id")
    small.desk.now += 7 * DAY
    assert not [one for one in small.desk.tick() if "Đề nghị cho gặp" in text_of(one)]


def test_somebody_elses_answer_is_not_acted_upon_and_not_answered(small: Answering) -> None:
    small.answer("XONG", sender="ai-do@ngoai.example")
    assert small.last() == ("unclear", "other_sender")
    assert small.states() == {"A.1": "open"}
    assert small.answers() == []


def test_the_sender_alone_proves_nothing(small: Answering) -> None:
    small.answer("XONG", In_Reply_To="", References="")
    assert small.last() == ("foreign", "no_letter")
    small.answer("XONG", In_Reply_To=f"<{'0' * 32}@localhost>", References="<thread@localhost>")
    assert small.last() == ("foreign", "no_letter")
    assert small.states() == {"A.1": "open"}
    assert small.answers() == []


@pytest.mark.parametrize(
    ("header", "outcome"),
    [
        ("mx.tinh.example; spf=pass; dmarc=pass (p=reject) header.from=tinh.example", "acted"),
        ("mx.tinh.example 1; dkim=pass; dmarc=pass", "acted"),
        ("mx.tinh.example; dmarc=fail", "unclear"),
        ("mx.tinh.example; spf=pass", "unclear"),
        ("mx.tinh.example; none (dmarc=pass)", "unclear"),
        ("evil.example; dmarc=pass", "unclear"),
        ("", "unclear"),
    ],
)
def test_where_a_server_vouches_for_senders_it_must_have_done_so(small: Answering, header: str, outcome: str) -> None:
    small.ask_for("mx.tinh.example")
    small.answer("XONG", Authentication_Results=header)
    assert small.last()[0] == outcome
    if outcome == "unclear":
        assert small.answers() == []


# --- nobody's letters -------------------------------------------------------------------------------------------------


def test_a_bounce_of_our_letter_makes_its_address_known_as_bad(office: Answering) -> None:
    letter = office.letter()
    office.post.put(bounce_of(letter))
    assert office.fetch().counts == {"bounce": 1}
    with office.desk.engine.connect() as connection:
        [trouble] = [one for one in open_troubles(connection) if one.kind == "undeliverable"]
    assert (trouble.subject, trouble.text) == (HEAD, "5.1.1 smtp; 550 5.1.1 no such user")
    assert office.answers() == []


def test_a_bounce_that_is_not_of_our_letter_says_nothing(small: Answering) -> None:
    letter = small.letter()
    small.post.put(bounce_of(letter, mail_id=f"<{'0' * 32}@localhost>"))
    small.post.put(bounce_of(letter, recipient="gd.khac@tinh.example"))
    small.post.put(bounce_of(letter, action="delayed"))
    assert small.fetch().counts == {"automatic": 3}
    with small.desk.engine.connect() as connection:
        assert open_troubles(connection) == []


def test_a_mailbox_full_of_automatic_replies_is_put_aside_and_nothing_leaves(small: Answering) -> None:
    letter = small.letter()
    for number in range(250):
        small.post.put(reply_to(letter, "XONG", mail_id=f"<{number}@mail.tinh.example>", Auto_Submitted="auto-replied"))
    assert small.fetch().counts == {"automatic": 200}
    assert small.fetch().counts == {"automatic": 50}
    assert small.states() == {"A.1": "open"}
    assert small.answers() == []
    assert small.post.counts() == {"INBOX": 0, "Dondoc": 250}


def test_our_own_answer_coming_back_is_nobodys(small: Answering) -> None:
    small.answer("XONG")
    [answer] = small.answers()
    small.post.put(answer.content)
    small.post.put(reply_to(small.letter(), "XONG", sender=OURS, mail_id="<own@localhost>"))
    assert small.fetch().counts == {"automatic": 2}


def test_one_person_is_answered_once_an_hour_and_then_of_all(small: Answering) -> None:
    for number in range(5):
        small.answer(f"không rõ {number}")
    [first] = small.answers()
    assert "không rõ 0" in text_of(first)
    small.desk.now += timedelta(minutes=30)
    small.answer("không rõ 6")
    assert small.answers() == []
    small.desk.now += timedelta(minutes=31)
    [second] = small.answers()
    told = text_of(second)
    assert all(f"không rõ {number}" in told + text_of(first) for number in (0, 1, 2, 3, 4, 6))


def test_an_answer_stands_in_the_thread_and_can_be_answered_with_a_clear_command(two: Answering) -> None:
    two.answer("XONG", mail_id="<first@mail.tinh.example>")
    [answer] = two.answers()
    message = letter_of(answer)
    assert (message["In-Reply-To"], message["To"].addresses[0].addr_spec) == ("<first@mail.tinh.example>", HEAD)
    two.desk.now += 2 * HOUR
    two.post.put(reply_to(answer, "XONG A.14"))
    two.fetch()
    assert two.states() == {"A.1": "open", "A.14": "done"}


# --- once -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("can_move", [True, False])
def test_a_letter_is_acted_upon_once_however_often_it_is_found(small: Answering, can_move: bool) -> None:
    small.post.can_move = can_move
    data = reply_to(small.letter(), "ĐANG LÀM 10%", mail_id="<once@mail.tinh.example>")
    small.post.put(data)
    small.fetch()
    small.post.put(data)
    small.fetch()
    small.post.folders["INBOX"].add(data)
    small.post.made_anew()
    small.fetch()
    assert len(small.desk.run("SELECT * FROM remark")) == 1
    assert len(small.answers()) == 1
    assert small.post.inbox.letters == {}


def test_a_connection_that_breaks_after_the_act_has_nothing_done_again(small: Answering) -> None:
    small.post.breaks_at = "UID MOVE"
    small.post.put(reply_to(small.letter(), "ĐANG LÀM 10%"))
    with pytest.raises(MailboxFault):
        small.fetch()
    with small.desk.engine.connect() as connection:
        assert [one.kind for one in open_troubles(connection)] == ["mailbox"]
    small.post.breaks_at = ""
    assert small.fetch().counts == {}
    assert small.post.counts() == {"INBOX": 0, "Dondoc": 1}
    assert len(small.desk.run("SELECT * FROM remark")) == 1
    with small.desk.engine.connect() as connection:
        assert open_troubles(connection) == []


def test_two_commands_of_which_one_was_recorded_before_a_crash_are_both_recorded_once(two: Answering) -> None:
    data = reply_to(two.letter(), "ĐANG LÀM A.1 10%\r\nĐANG LÀM A.14 20%", mail_id="<two@mail.tinh.example>")
    two.post.put(data)
    two.fetch()
    # As if the process had ended after the first: what was noted of the letter, and the second, are gone.
    two.desk.run("DELETE FROM incoming RETURNING id")
    two.desk.run("DELETE FROM remark WHERE percent = 20 RETURNING id")
    two.desk.run("DELETE FROM link_use WHERE number LIKE 'mail|%|1' RETURNING number")
    two.post.made_anew()
    two.post.put(data)
    two.fetch()
    assert two.desk.run("SELECT percent FROM remark ORDER BY percent") == [(10,), (20,)]


def test_wrong_passwords_and_servers_out_of_reach_are_told_without_the_password(small: Answering) -> None:
    mail = small.desk.config.mail
    assert mail.imap is not None
    for imap in (replace(mail.imap, password="sai-mat-khau"), replace(mail.imap, port=1)):
        small.set(replace(small.desk.config, mail=replace(mail, imap=imap)))
        with pytest.raises(MailboxFault) as raised:
            small.fetch()
        assert "sai-mat-khau" not in str(raised.value)


def test_two_daemons_on_one_mailbox_act_once(office: Answering) -> None:
    for number in range(6):
        office.post.put(reply_to(office.letter(), f"ĐANG LÀM {number}%", mail_id=f"<{number}@mail.tinh.example>"))
    daemons = [threading.Thread(target=office.quietly) for _ in range(2)]
    for daemon in daemons:
        daemon.start()
    for daemon in daemons:
        daemon.join()
    office.fetch()
    shares = office.desk.run("SELECT percent FROM remark ORDER BY percent")
    assert shares == [(number,) for number in range(6)]
    assert office.desk.run("SELECT count(DISTINCT digest) FROM incoming WHERE outcome = 'acted'") == [(6,)]
    assert len(office.answers()) == 1


def test_a_mailbox_is_read_by_tls_from_a_server_that_is_trusted_and_from_no_other(
    small: Answering, tmp_path: Path
) -> None:
    authority, context = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    mail = small.desk.config.mail
    assert mail.imap is not None
    with mailbox_server(tls=context) as post:
        post.put(reply_to(small.letter(), "ĐANG LÀM 10%"))
        imap = replace(mail.imap, port=post.port, security="tls")
        for trusted in (None, ca_file):
            small.set(replace(small.desk.config, mail=replace(mail, imap=replace(imap, ca_file=trusted))))
            if trusted is None:
                with pytest.raises(MailboxFault, match="certificate"):
                    small.fetch()
            else:
                assert small.fetch().counts == {"acted": 1}


def test_the_daemon_reads_the_mailbox_and_a_fault_of_it_ends_nothing(small: Answering) -> None:
    small.post.put(reply_to(small.letter(), "ĐANG LÀM 10%"))

    async def running() -> None:
        stop, wake = asyncio.Event(), asyncio.Event()
        reading = asyncio.create_task(fetch_replies(small.desk.office, lambda: small.desk.now, stop, wake))
        await asyncio.wait_for(wake.wait(), 30)
        stop.set()
        await asyncio.wait_for(reading, 30)
        # With nobody listening any more it goes on trying, and ends when it is told to.
        imap = small.desk.config.mail.imap
        assert imap is not None
        small.set(replace(small.desk.config, mail=replace(small.desk.config.mail, imap=replace(imap, port=1))))
        stop.clear()
        reading = asyncio.create_task(fetch_replies(small.desk.office, lambda: small.desk.now, stop, wake))
        await asyncio.sleep(0.5)
        assert not reading.done()
        stop.set()
        await asyncio.wait_for(reading, 30)

    asyncio.run(running())
    assert len(small.desk.run("SELECT * FROM remark")) == 1


def test_a_letter_too_large_to_fetch_is_passed_on_unread(small: Answering) -> None:
    files = (("a.pdf", PDF + b"x" * 4_000, "application/pdf"),)
    small.post.put(reply_to(small.letter(), "XONG", files=files))
    fetch(small.desk.office, lambda: small.desk.now, largest=2_000)
    assert small.last() == ("unclear", "too_large")
    assert small.states() == {"A.1": "open"}


def test_a_letter_that_cannot_be_read_is_put_aside_and_told_and_the_next_is_seen_to(small: Answering) -> None:
    small.post.put(b"\xff\xfe no letter at all")
    small.post.put(b"")
    small.post.put(reply_to(small.letter(), "ĐANG LÀM 10%"))
    counts = small.fetch().counts
    assert counts["acted"] == 1
    assert sum(counts.values()) == 3


def test_what_was_told_is_kept_as_json_without_any_link(two: Answering) -> None:
    two.answer("XONG A.99")
    [(told,)] = two.desk.run("SELECT told FROM incoming")
    said = json.loads(str(told))
    assert (said["doubt"], said["word"]) == ("unknown_task", "A.99")
    assert "/tl/" not in str(told)
    assert isinstance(two.desk.config.links(), Links)
