"""Letters of every kind as a phone and a desk show them: no wider than the window, and no heading cut within a word."""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from notifications.envelope import Envelope
from tests.offices import DAY, open_desk
from tests.web.pages import POSTS, Pages, at_work
from tests.web.test_summaries import TASKS, local

KINDS = ("đăng nhập", "dự thảo", "còn 3 ngày", "quá hạn", "báo cáo lãnh đạo", "Báo cáo tuần 14")


@pytest.fixture
def letters(tmp_path: Path, sqlite_url: str) -> Iterator[list[Envelope]]:
    """The letters of two weeks."""
    environ = {"DONDOC_SUMMARY__WEEKLY": "friday", "DONDOC_SUMMARY__NEEDS_CONFIRMATION": "false"}
    desk = open_desk(tmp_path / "office", sqlite_url, DONDOC_MAIL__DAILY_CAP_PER_PERSON="50", **environ)
    pages: Pages = at_work(desk, tasks=TASKS)
    pages.desk.send_sign_in(POSTS["head"], "phone", at=desk.now)
    desk.tick()
    for at in ("2026-03-31T07:00", "2026-04-03T15:00", "2026-04-03T17:00", "2026-04-06T07:00"):
        desk.now = local(at)
        desk.tick()
    desk.now += 7 * DAY
    desk.tick()
    yield desk.sent
    desk.engine.dispose()


def page_of(letter: Envelope) -> str:
    body = message_from_bytes(letter.content, policy=default).get_body(("html",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("width", [360, 700])
def test_every_letter_fits_the_window_and_keeps_its_headings_whole(
    letters: list[Envelope], browser: Browser, width: int
) -> None:
    subjects = [letter.subject for letter in letters]
    missing = [kind for kind in KINDS if not any(kind.casefold() in subject.casefold() for subject in subjects)]
    assert missing == [], subjects
    window = browser.new_context(viewport={"width": width, "height": 700})
    page = window.new_page()
    for letter in letters:
        page.set_content(page_of(letter))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, letter.subject
        wraps = page.locator("th").evaluate_all("those => those.map(each => getComputedStyle(each).overflowWrap)")
        assert set(wraps) <= {"normal"}, letter.subject
    window.close()
