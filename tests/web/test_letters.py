"""Letters and pages together: what is said on a page is told to those whom it concerns, and no link of any letter does
anything by being opened."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape
from typing import Any, cast

import pytest

from notifications.envelope import Envelope, Verdict
from tests.offices import DAY, HOUR, TAKEN
from tests.web.pages import POSTS, PUBLIC, Pages
from tests.web.test_answer import answer, counted, state
from tests.web.test_events import EVENTS, TASKS

EACH = "  - {id: C.1, title: Báo cáo chung, lead: {each: all}, deadline: 2026-04-03}\n"


def body(letter: Envelope, subtype: str = "plain") -> str:
    found = message_from_bytes(letter.content, policy=default).get_body((subtype,))
    assert found is not None
    return str(found.get_content())


def to(letters: list[Envelope], post: str) -> Envelope:
    [found] = [letter for letter in letters if letter.recipient == POSTS.get(post, post)]
    return found


def a_minute_later(pages: Pages) -> list[Envelope]:
    pages.office.now += timedelta(minutes=1)
    return pages.office.tick()


def links_of(letter: Envelope) -> list[str]:
    """Every link to a page in either part of a letter."""
    text = body(letter) + unescape(body(letter, "html"))
    return sorted({link.rstrip('"') for link in re.findall(rf"{re.escape(PUBLIC)}/[^\s\"<>]*", text)})


STANDING = "focal1@tinh.example"


@pytest.mark.parametrize(
    ("kind", "fields", "heading", "told"),
    [
        ("kho-khan", {"noi_dung": "chưa có kinh phí"}, "KHÓ KHĂN, VƯỚNG MẮC", "Nộp báo cáo (Sở 2): chưa có kinh phí"),
        ("khong-thuoc", {"noi_dung": "thuộc Sở 3"}, "KHÔNG THUỘC TRÁCH NHIỆM", "Nộp báo cáo (Sở 2): thuộc Sở 3"),
        ("dau-moi", {"ten": "Phòng Mới", "dia_chi": "moi@s2.example"}, "ĐỔI ĐẦU MỐI", "Phòng Mới, moi@s2.example"),
    ],
)
def test_what_a_unit_tells_reaches_the_standing_office_at_once_and_once(
    pages: Pages, kind: str, fields: dict[str, Any], heading: str, told: str
) -> None:
    pages.office.tick()
    answer(pages, kind, **fields)
    letter = to(a_minute_later(pages), STANDING)
    assert heading in body(letter)
    assert told in body(letter)
    assert told not in "".join(body(one) for one in a_minute_later(pages))


def test_a_progress_is_nobodys_news(small: Pages) -> None:
    small.office.tick()
    answer(small, "tien-do", ti_le="10")
    assert a_minute_later(small) == []


def test_a_report_reaches_the_standing_office_with_the_link_to_verify_it(pages: Pages) -> None:
    pages.office.tick()
    answer(pages, "xong", noi_dung="x")
    letter = to(a_minute_later(pages), STANDING)
    assert "Đã báo cáo hoàn thành" in body(letter)
    assert "Xem báo cáo, xác nhận hoặc trả lại" in body(letter)


def test_a_report_that_is_returned_reaches_the_unit_with_its_reason_and_reminders_go_on(pages: Pages) -> None:
    pages.office.tick()
    answer(pages, "xong", noi_dung="x")
    a_minute_later(pages)
    answer(pages, "tra-lai", "standing", ly_do="thiếu phụ lục 2")
    letters = a_minute_later(pages)
    for post in ("head", "focal"):
        assert "Báo cáo bị trả lại" in body(to(letters, post))
        assert "Lý do trả lại: “thiếu phụ lục 2”" in body(to(letters, post))
    pages.office.now += 10 * DAY
    late = pages.office.tick()
    assert "Quá hạn" in body(to(late, "head"))


def test_no_reminder_leaves_while_a_report_waits_for_its_verdict(pages: Pages) -> None:
    pages.office.tick()
    answer(pages, "xong", noi_dung="x")
    for _ in range(20):
        pages.office.now += DAY
        for letter in pages.office.tick():
            assert letter.recipient not in (POSTS["head"], POSTS["overseer"], POSTS["chair"])


def test_a_report_that_is_accepted_is_told_to_the_unit_once(pages: Pages) -> None:
    pages.office.tick()
    answer(pages, "xong", noi_dung="x")
    a_minute_later(pages)
    answer(pages, "xac-nhan", "standing", noi_dung="tốt")
    letters = a_minute_later(pages)
    assert "Báo cáo đã được xác nhận" in body(to(letters, "head"))
    assert "“tốt”" in body(to(letters, "head"))
    assert a_minute_later(pages) == []


def test_returned_and_accepted_once_more_each_is_told(pages: Pages) -> None:
    pages.office.tick()
    for number in range(2):
        answer(pages, "xong", noi_dung=f"lần {number}")
        a_minute_later(pages)
        answer(pages, "tra-lai", "standing", ly_do=f"thiếu {number}")
        assert f"thiếu {number}" in body(to(a_minute_later(pages), "head"))
    answer(pages, "xong", noi_dung="lần 3")
    a_minute_later(pages)
    answer(pages, "xac-nhan", "standing")
    assert "đã được xác nhận" in body(to(a_minute_later(pages), "head"))
    assert pages.office.findings() == []


def test_the_weekly_statement_lists_what_still_waits(pages: Pages) -> None:
    pages.office.tick()
    answer(pages, "kho-khan", noi_dung="chưa có kinh phí")
    a_minute_later(pages)
    pages.office.now += 7 * DAY
    letter = to(pages.office.tick(), STANDING)
    assert "KHÓ KHĂN, VƯỚNG MẮC" in body(letter)
    answer(pages, "xong", noi_dung="xong rồi")
    answer(pages, "da-xu-ly", "standing")
    a_minute_later(pages)
    pages.office.now += 7 * DAY
    later = to(pages.office.tick(), STANDING)
    assert "BÁO CÁO CHỜ XÁC NHẬN" in body(later)
    assert "KHÓ KHĂN" not in body(later)


def test_a_head_answers_from_the_very_link_of_the_letter(pages: Pages) -> None:
    pages.office.now += DAY
    [link] = [one for one in links_of(to(pages.office.tick(), "focal")) if "/tl/" in one]
    client = pages.browser()
    at = client.path_of(link)
    shown = client.get(f"{at}?lam=xong")
    asked = client.post(at, {**shown.hidden, "noi_dung": "đã gửi"})
    done = client.post(at, {**asked.hidden, "buoc": "ghi"})
    assert client.get(done.headers["location"]).title == "Đã ghi nhận"
    assert state(pages) == "done"


def test_a_letter_tried_again_has_the_same_links(small: Pages) -> None:
    small.office.now += DAY
    small.office.evaluate()
    small.office.verdict = Verdict("transient", "later", 451)
    small.office.deliver()
    [stored] = small.office.run(
        "SELECT content FROM message_body b JOIN message m ON m.id = b.message_id WHERE person = :person",
        person=POSTS["focal"],
    )
    small.office.verdict = TAKEN
    small.office.now += 2 * HOUR
    small.office.deliver()
    assert links_of(to(small.office.sent, "focal")) == links_of(
        replace(small.office.sent[0], content=cast(bytes, stored[0]))
    )


def test_a_scanner_that_opens_every_link_of_every_letter_changes_nothing(pages: Pages) -> None:
    pages.office.apply(TASKS + EACH, events=EVENTS)
    for _ in range(3):
        pages.office.tick()
        pages.office.now += DAY
    answer(pages, "kho-khan", noi_dung="x")
    answer(pages, "xong", noi_dung="x")
    for _ in range(12):
        pages.office.tick()
        pages.office.now += DAY
    pages.office.tick()
    links = {link: letter.recipient for letter in pages.office.sent for link in links_of(letter)}
    assert {re.sub(rf"{PUBLIC}/", "", link).partition("/")[0] for link in links} >= {
        "tl",
        "ds",
        "sk",
        "su-kien",
        "chua-co-han",
    }
    before, statuses = counted(pages), set()
    for link in links:
        scanner = pages.browser()
        path = scanner.path_of(link)
        statuses.add(scanner.get(path).status_code)
        scanner.http.head(path)
        scanner.http.options(path)
        for shown in re.findall(r'href="(\?[^"]*)"', scanner.get(path).text):
            scanner.get(path + unescape(shown))
        # What posts without a form of ours does nothing, either.
        scanner.http.post(path, data={"lam": "xong", "buoc": "ghi", "once": "x", "noi_dung": "x", "ngay": "2026-04-01"})
    assert statuses <= {200, 303}
    assert counted(pages) == before
