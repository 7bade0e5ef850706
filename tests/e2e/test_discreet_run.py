"""What `dondoc run` writes on its screen and into its journal names no address and no link, whatever it does."""

import re
import socket
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from time import monotonic, sleep

import pytest

from notifications.envelope import Envelope
from tests.answering_mail import bounce_of, reply_to
from tests.e2e import process
from tests.e2e.relay import Relay, Taken, running_relay
from tests.imap import Post, mailbox_server
from tests.offices import open_desk

HEAD, FOCAL = "head2@tinh.example", "focal2@tinh.example"
TASKS = "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-01}\n"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
TOKEN = re.compile(r"/(?:tl|ds|sk|bc|dg|vao|lich|oidc)/[A-Za-z0-9_.~-]{20,}")


class Noted:
    """A run in a process of its own, with its mail, its mailbox and its pages in reach."""

    def __init__(self, folder: Path, url: str, relay: Relay, post: Post) -> None:
        self.relay, self.post = relay, post
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.page = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.environ = {
            "DONDOC_DATABASE": url,
            **relay.environ,
            **post.environ,
            "DONDOC_WEB__SERVE": "true",
            "DONDOC_WEB__LISTEN": self.page.removeprefix("http://"),
            "DONDOC_WEB__PUBLIC_URL": self.page,
        }
        self.desk = open_desk(folder, url, **self.environ)
        self.desk.apply(TASKS)
        self.process: process.Started | None = None

    def start(self) -> None:
        self.process = process.start("run", self.desk.folder, self.desk.now, **self.environ)

    def stop(self) -> str:
        """End it, and return all that it wrote."""
        assert self.process is not None
        self.process.terminate()
        return "".join(self.process.communicate(timeout=40))

    def until(self, holds: Callable[[], object]) -> None:
        deadline = monotonic() + 60
        while not holds():
            assert monotonic() < deadline, self.stop()
            sleep(0.1)

    def letter(self, to: str, words: str = "") -> Taken | None:
        found = (one for one in self.relay.taken if one.recipient == to and words in text_of(one.content))
        return next(found, None)


def text_of(content: bytes) -> str:
    body = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    return str(body.get_content()) if body else ""


def send(url: str, **fields: str) -> None:
    """Open a page and send the form that is on it."""
    with urllib.request.urlopen(url) as answer:
        page = answer.read().decode()
    main = page.partition("<main")[2]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main))
    data = urllib.parse.urlencode({**hidden, **fields}).encode()
    headers = {"Sec-Fetch-Site": "same-origin"}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
        answer.read()


def as_envelope(taken: Taken) -> Envelope:
    return Envelope("don-doc@localhost", taken.recipient, taken.message_id, "", taken.content)


@pytest.fixture
def noted(tmp_path: Path, sqlite_url: str) -> Iterator[Noted]:
    with running_relay() as relay, mailbox_server() as post:
        opened = Noted(tmp_path / "office", sqlite_url, relay, post)
        yield opened
        if opened.process is not None and opened.process.poll() is None:
            opened.process.kill()
            opened.process.communicate()
        opened.desk.engine.dispose()


def test_a_run_that_delivers_bounces_signs_in_and_reads_replies_names_nobody(noted: Noted) -> None:
    noted.relay.answers = {FOCAL: f"550 5.1.1 <{FOCAL}>: see {noted.page}/tl/{'A' * 60}"}
    noted.start()
    noted.until(lambda: noted.letter(HEAD))
    send(f"{noted.page}/dang-nhap", address=HEAD)
    noted.until(lambda: noted.letter(HEAD, "/vao/"))
    sign_in = noted.letter(HEAD, "/vao/")
    assert sign_in is not None
    [link] = set(re.findall(rf"{noted.page}/vao/\S+", text_of(sign_in.content)))
    send(link)
    digest = noted.letter(HEAD)
    assert digest is not None
    noted.post.put(reply_to(as_envelope(digest), "XONG"))
    noted.post.put(bounce_of(as_envelope(digest)))
    noted.until(lambda: noted.desk.run("SELECT count(*) FROM report") == [(1,)])
    noted.until(lambda: len(noted.desk.run("SELECT * FROM incoming")) == 2)
    assert len(noted.desk.run("SELECT * FROM web_session")) == 1
    written = noted.stop()
    assert "delivery: " in written
    assert "550 5.1.1" in written
    assert "letters that came in: " in written
    assert ADDRESS.findall(written) == []
    assert TOKEN.findall(written) == []
    # Nor does what is kept of the server's answer.
    assert not any(TOKEN.search(str(row)) for row in noted.desk.run("SELECT last_error, verdict FROM message"))
