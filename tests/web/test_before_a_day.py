"""A deadline before a day says so on every page that shows it, as letters do."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.offices import DAY, open_desk
from tests.web.pages import at_work
from tests.web.test_answer import obligation, path
from tests.web.test_feeds import mine

BEFORE = "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: {before: 2026-04-03}}\n"
BY = '  - {id: A.2, title: Họp giao ban, lead: u2, deadline: {by: 2026-04-03, at: "16:00"}}\n'
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


def test_calendar_board_and_list_have_it_on_its_last_day_in_time(tmp_path: Path, database_url: str) -> None:
    desk = open_desk(tmp_path / "office", database_url)
    pages = at_work(desk, tasks=BEFORE + BY)
    focal = pages.sign_in("focal")
    for post, page in (("focal", "/lich-han?tu=2026-04-01"), ("standing", "/bang")):
        linked = re.findall(r"/danh-sach\?[^\"]*\btu=([\d-]+)", pages.sign_in(post).get(page).text)
        assert sorted(set(linked)) == ["2026-04-02", "2026-04-03"], page
    found = {
        (first, last): focal.get(f"/danh-sach.csv?tu=2026-04-{first}&den=2026-04-{last}").text
        for first, last in (("01", "01"), ("02", "02"), ("03", "03"), ("02", "03"))
    }
    titles = {days: ("Nộp báo cáo" in text, "Họp giao ban" in text) for days, text in found.items()}
    assert titles == {
        ("01", "01"): (False, False),
        ("02", "02"): (True, False),
        ("03", "03"): (False, True),
        ("02", "03"): (True, True),
    }
    assert focal.get("/danh-sach?den=9999-12-31").status_code == 200
    desk.engine.dispose()


def test_the_event_of_a_calendar_stands_on_it_and_says_the_day_as_letters_do(tmp_path: Path, sqlite: str) -> None:
    desk = open_desk(tmp_path / "office", sqlite)
    pages = at_work(desk, tasks=BEFORE + BY)
    found = {str(one["summary"]): one for one in mine(pages, "head").values()}
    before, by = found["Hạn: Nộp báo cáo (Sở 2)"], found["Hạn: Họp giao ban (Sở 2)"]
    assert (before["dtstart"].dt, before["dtend"].dt) == (date(2026, 4, 2), date(2026, 4, 3))
    assert f"Hạn: {WHOLE}\n" in str(before["description"])
    assert "Hạn: 16h00 thứ Sáu 03/4/2026\n" in str(by["description"])
    # Programs that have it on the due day take it anew.
    assert before["sequence"] == 1
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
