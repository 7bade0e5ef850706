"""The whole circle against the daemon in a process of its own: letters by SMTP, pages in Chromium, answers by IMAP, and
the week's summary."""

import json
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

import httpx2
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from notifications.envelope import Envelope
from tests.answering_mail import reply_to
from tests.e2e import process
from tests.e2e.relay import Relay, Taken, running_relay
from tests.imap import Post, mailbox_server
from tests.offices import Desk, open_desk
from tests.scheduler.test_periodic import totals_of
from tests.web.pages import CHROMIUM, CHROMIUM_ARGS

TASKS = (
    "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-03}\n"
    "  - {id: A.2, title: Dự thảo kế hoạch, lead: u2, deadline: 2026-04-03}\n"
)
FOCAL, STANDING, CHAIR = "focal2@tinh.example", "focal1@tinh.example", "chair@tinh.example"
PHONE: ViewportSize = {"width": 360, "height": 740}


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def text_of(letter: Taken, kind: Literal["plain", "html"] = "plain") -> str:
    body = message_from_bytes(letter.content, policy=default).get_body((kind,))
    assert body is not None
    return str(body.get_content())


def envelope(letter: Taken) -> Envelope:
    """Return a letter as it was handed to the server."""
    return Envelope("don-doc@localhost", letter.recipient, letter.message_id, "", letter.content)


class House:
    """An office in a folder, its daemon, the servers that bring and take its mail, and a browser on a phone."""

    def __init__(self, folder: Path, url: str, relay: Relay, post: Post) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            listen = f"127.0.0.1:{free.getsockname()[1]}"
        self.url, self.relay, self.post = f"http://{listen}", relay, post
        self.environ = {
            "DONDOC_DATABASE": url.replace("+psycopg", ""),
            **relay.environ,
            "DONDOC_MAIL__DAILY_CAP_PER_PERSON": "50",
            **post.environ,
            "DONDOC_SUMMARY__WEEKLY": "friday",
            "DONDOC_WEB__SERVE": "true",
            "DONDOC_WEB__LISTEN": listen,
            "DONDOC_WEB__PUBLIC_URL": self.url,
        }
        self.desk: Desk = open_desk(folder, url, **self.environ)
        self.read: set[str] = set()

    def letter(self, address: str, words: str, seconds: float = 90) -> Taken:
        """Return the letter to that address that has those words and has not been returned before; wait for it."""
        until = monotonic() + seconds
        while monotonic() < until:
            for one in list(self.relay.taken):
                if one.recipient == address and one.message_id not in self.read and words in text_of(one):
                    self.read.add(one.message_id)
                    return one
            sleep(0.1)
        came = [(one.recipient, text_of(one)[-900:]) for one in self.relay.taken]
        pytest.fail(f"no letter to {address} says {words!r}: {came}")

    def links(self, letter: Taken) -> list[str]:
        """Return all links to the pages that are in a letter."""
        text = text_of(letter) + unescape(text_of(letter, "html"))
        return list(dict.fromkeys(re.findall(rf"{re.escape(self.url)}/[^\s\"<>]+", text)))

    def until(self, sql: str, expected: object, seconds: float = 90) -> None:
        """Wait until a query yields that."""
        until = monotonic() + seconds
        while (found := self.desk.run(sql)) != expected:
            assert monotonic() < until, f"{sql}: {found}"
            sleep(0.1)

    def facts(self) -> list[tuple[object, ...]]:
        """Return how many rows there are of all that people can say."""
        tables = ("report", "remark", "verification", "extension", "audit", "evidence")
        return [self.desk.run(f"SELECT count(*) FROM {table}")[0] for table in tables]


class Daemon:
    """The daemon from an instant on, until the block ends."""

    def __init__(self, house: House, begins: str) -> None:
        self.house, self.begins = house, local(begins)

    def __enter__(self) -> None:
        self.process = process.start("brisk", self.house.desk.folder, self.begins, **self.house.environ)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        said = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, said
        self.house.desk.restart()


@pytest.fixture
def house(tmp_path: Path, sqlite_url: str) -> Iterator[House]:
    with running_relay() as relay, mailbox_server() as post:
        opened = House(tmp_path / "office", sqlite_url, relay, post)
        yield opened
        opened.desk.engine.dispose()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield opened
        opened.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def opened(house: House, page: Page, letter: Taken, title: str) -> None:
    """Open the link of that task's line on a page."""
    for link in house.links(letter):
        if "/tl/" in link:
            page.goto(link)
            if title in page.locator("main").inner_text():
                return
    pytest.fail(f"no line of the letter leads to {title!r}")


def scanned(house: House) -> None:
    """Open every link of every letter as mail scanners do: nothing comes of it, and what was used stays so."""
    before = house.facts()
    with httpx2.Client(follow_redirects=True) as scanner:
        for letter in list(house.relay.taken):
            for link in house.links(letter):
                good = (200, 409) if "/vao/" in link else (200,)
                assert scanner.get(link).status_code in good, link
                assert scanner.head(link).status_code in good, link
    assert house.facts() == before


def test_a_week_from_the_reminder_to_the_summary(house: House, browser: Browser, tmp_path: Path) -> None:
    proof = tmp_path / "báo cáo.pdf"
    proof.write_bytes(b"%PDF-1.7 noi dung")
    house.desk.apply(TASKS)
    phone = browser.new_context(viewport=PHONE, locale="vi-VN").new_page()
    desk = browser.new_context(locale="vi-VN").new_page()
    with Daemon(house, "2026-03-31T08:00"):
        reminded = house.letter(FOCAL, "Nộp báo cáo")
        reports_with_evidence(house, phone, reminded, proof)
        returns(house, desk, house.letter(STANDING, "Nộp báo cáo"))
        corrects_by_mail(house, house.letter(FOCAL, "thiếu phụ lục 2"), proof)
        accepts(house, desk, house.letter(STANDING, "Nộp báo cáo"))
        house.letter(FOCAL, "đã được xác nhận")
        asks_for_more_time(house, phone, reminded)
        refuses(house, desk, house.letter(STANDING, "chờ thẩm định"))
        house.letter(FOCAL, "gắn với kỳ họp")
        scanned(house)
    with Daemon(house, "2026-04-03T14:59:58"):
        confirms(house, desk, house.letter(STANDING, "dự thảo"))
        told = house.letter(CHAIR, "Dự thảo kế hoạch")
        assert_totals_agree(house, desk, told)
        scanned(house)
    assert house.relay.copies() == {}
    house.desk.now = local("2026-04-03T15:05")
    assert house.desk.findings() == []


def reports_with_evidence(house: House, page: Page, letter: Taken, proof: Path) -> None:
    opened(house, page, letter, "Nộp báo cáo")
    page.get_by_role("link", name="Đã hoàn thành").click()
    page.get_by_label("Kết quả").fill("Đã gửi bản chính")
    page.get_by_label("Tệp minh chứng").set_input_files(proof)
    page.get_by_label("Số, ngày văn bản").fill("15/BC-S2")
    press(page, "Tiếp tục")
    press(page, "Báo cáo hoàn thành")
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")


def returns(house: House, page: Page, letter: Taken) -> None:
    opened(house, page, letter, "Nộp báo cáo")
    with page.expect_download() as started:
        page.get_by_role("link", name="báo cáo.pdf").click()
    assert Path(started.value.path()).read_bytes() == b"%PDF-1.7 noi dung"
    page.get_by_role("link", name="Trả lại").click()
    page.get_by_label("Cần bổ sung gì").fill("thiếu phụ lục 2")
    press(page, "Tiếp tục")
    press(page, "Trả lại")
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")


def corrects_by_mail(house: House, letter: Taken, proof: Path) -> None:
    """The unit answers the letter by which its report came back; its mailbox answers as well, to no effect."""
    answered = envelope(letter)
    house.post.put(reply_to(answered, "Tôi nghỉ phép đến 05/4.\nXONG", Auto_Submitted="auto-replied"))
    files = (("phụ lục 2.pdf", proof.read_bytes(), "application/pdf"),)
    house.post.put(reply_to(answered, "XONG A.1 16/BC-S2: đã bổ sung phụ lục 2\n\n> Kính gửi: …", files=files))
    house.until(
        "SELECT task, state FROM obligation WHERE kind = 'task' ORDER BY task", [("A.1", "done"), ("A.2", "open")]
    )
    house.until("SELECT outcome FROM incoming ORDER BY uid", [("automatic",), ("acted",)])


def accepts(house: House, page: Page, letter: Taken) -> None:
    opened(house, page, letter, "Nộp báo cáo")
    expect(page.locator("main")).to_contain_text("phụ lục 2.pdf")
    page.get_by_role("link", name="Xác nhận báo cáo").click()
    press(page, "Tiếp tục")
    press(page, "Xác nhận")
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")


def asks_for_more_time(house: House, page: Page, letter: Taken) -> None:
    opened(house, page, letter, "Dự thảo kế hoạch")
    page.get_by_role("link", name="gia hạn").click()
    page.get_by_label("Hạn mới").fill("2026-04-20")
    page.get_by_label("Lý do").fill("chờ thẩm định vốn")
    press(page, "Tiếp tục")
    press(page, "Đề nghị gia hạn")
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")


def refuses(house: House, page: Page, letter: Taken) -> None:
    opened(house, page, letter, "Dự thảo kế hoạch")
    page.get_by_role("link", name="Không đồng ý").click()
    page.get_by_label("Lý do").fill("gắn với kỳ họp")
    press(page, "Tiếp tục")
    press(page, "Không đồng ý")
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")
    assert house.desk.run("SELECT due_on FROM obligation WHERE task = 'A.2'") == [("2026-04-03",)]


def confirms(house: House, page: Page, letter: Taken) -> None:
    [link] = [link for link in house.links(letter) if "/bc/" in link]
    page.goto(link)
    press(page, "Xác nhận và gửi báo cáo")
    expect(page.locator("main")).to_contain_text("Đã")


def assert_totals_agree(house: House, page: Page, letter: Taken) -> None:
    """The chair signs in by a letter and reads on the page what their letter and its files say."""
    page.goto(f"{house.url}/dang-nhap")
    page.get_by_label("Địa chỉ").fill(CHAIR)
    page.locator("main button").click()
    [link] = [link for link in house.links(house.letter(CHAIR, "/vao/")) if "/vao/" in link]
    page.goto(link)
    page.locator("main button").click()
    page.goto(f"{house.url}/bao-cao/tinh/u1/2026-W14")
    expect(page.locator("main")).to_contain_text("Dự thảo kế hoạch")
    answer = page.request.get(f"{house.url}/bao-cao/tinh/u1/2026-W14.json")
    counts = json.loads(answer.text())
    three = totals_of(envelope(letter))
    assert three == [{name: counts[name] for name in three[0]}] * 3
    assert counts["total"] == 2
