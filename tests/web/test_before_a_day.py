"""A deadline before a day says so on every page that shows it, as letters do."""

from pathlib import Path

import pytest

from tests.offices import DAY, open_desk
from tests.web.pages import at_work
from tests.web.test_answer import obligation, path

BEFORE = "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: {before: 2026-04-03}}\n"
BRIEF, WHOLE = "trước thứ Sáu 03/4/2026 (muộn nhất 02/4/2026)", "trước thứ Sáu 03/4/2026 (muộn nhất thứ Năm 02/4/2026)"


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/pages.db"


def test_the_last_day_in_time_stands_wherever_a_deadline_is_shown(tmp_path: Path, sqlite: str) -> None:
    desk = open_desk(tmp_path / "office", sqlite)
    pages = at_work(desk, tasks=BEFORE)
    focal, link = pages.sign_in("focal"), path(pages)
    for at in (link, f"{link}?lam=xong", f"{link}?lam=gia-han", f"/nhiem-vu/{obligation(pages)}"):
        assert WHOLE in (pages.browser() if at.startswith("/tl/") else focal).get(at).text, at
    for at in ("/danh-sach", "/viec-cua-toi"):
        assert BRIEF in focal.get(at).text, at
    listed = focal.get("/danh-sach.csv").text
    assert ("Muộn nhất" in listed, "2026-04-03,,2026-04-02" in listed) == (True, True)
    desk.engine.dispose()


def test_a_rung_that_opened_before_the_task_was_followed_says_when_it_left(tmp_path: Path, sqlite: str) -> None:
    desk = open_desk(tmp_path / "office", sqlite)
    pages = at_work(desk, tasks="  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-03-31}\n")
    for _ in range(3):
        desk.tick()
        desk.now += DAY
    text = pages.sign_in("focal").get(f"/nhiem-vu/{obligation(pages)}").text
    assert "gộp trong thư đầu tiên" in text, text
    desk.engine.dispose()
