"""The pages that show: what stands on them, in both languages, and that they read well with five programmes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from notifications.envelope import Verdict
from tests.offices import DAY, open_desk
from tests.web.pages import Pages, Served, at_work, serve_in_thread
from tests.web.province import CHAIR, HEAD, OVERSEER, STANDING, UNIT_PAGE, province
from tests.web.test_board import at_start, do
from tests.web.test_looks import assert_reads_well

REFUSED = Verdict("permanent", "550 no such user", 550, "content")


def plain(page: str) -> str:
    """The words of a page."""
    return " ".join(re.sub("<[^>]*>", "", page.partition("<main")[2]).split())


def test_my_work_shows_what_is_owed_the_most_pressing_first_each_with_its_answer(small: Pages) -> None:
    at_start(small.office)
    for act in (("done", 2, 0), ("returned", 2, 0)):
        do(small, act)
    small.office.now += 6 * DAY
    text = small.sign_in("head").get("/viec-cua-toi").text
    assert text.index("Bị trả lại") < text.index("Việc phải làm")
    assert text.index("Rà soát dữ liệu") < text.index("Nộp báo cáo quý")
    assert 'href="/nhiem-vu/1/tra-loi"' in text
    assert "Reports to verify" in small.sign_in("standing").get("/viec-cua-toi?lang=en").text
    assert "Quá hạn trên 7 ngày" in small.sign_in("chair").get("/viec-cua-toi").text


def test_a_task_page_tells_why_the_rungs_and_the_whole_story(small: Pages) -> None:
    desk = at_start(small.office)
    desk.now += 4 * DAY
    desk.tick()
    for act in (("done", 0, 0), ("returned", 0, 0), ("progress", 0, 0)):
        do(small, act)
    text = small.sign_in("head").get("/nhiem-vu/1").text
    for said in ("rules/p.yaml:", "Các bậc nhắc", "<svg", "trả lại báo cáo", "báo cáo</strong>", "Thư đã gửi", "30 %"):
        assert said in text, said
    assert "hop-thu" not in text
    assert "/hop-thu/" in small.sign_in("admin").get("/nhiem-vu/1").text
    assert "Why this day" in small.sign_in("head").get("/nhiem-vu/1?lang=en").text


def test_the_calendar_counts_what_is_due_on_each_day(small: Pages) -> None:
    at_start(small.office)
    text = small.sign_in("standing").get("/lich-han?tu=2026-03-30").text
    assert "tu=2026-03-30&amp;den=2026-03-30" in text
    assert small.sign_in("standing").get("/lich-han?tu=ngay-mai").status_code == 404


ONE_OF_EACH = (
    "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-03-27}\n"
    "  - {id: A.2, title: Việc hằng tháng, lead: u3, deadline: {every: month, on: 25}}\n"
    "indicators:\n"
    "  - {id: I.1, title: Phủ sóng, unit: '%', owner: u2, targets: {2026: '≥ 70'}, measure: {every: quarter, on: last}}\n"
)


def test_one_of_a_kind_is_told_in_the_singular_in_english(tmp_path: Path, sqlite_url: str) -> None:
    desk = open_desk(tmp_path / "office", sqlite_url)
    client = at_work(desk, tasks=ONE_OF_EACH).sign_in("standing")
    told = {
        "/lich-han": ("1 open obligation falls due · 1 value of an indicator is due.", "31/3 1 value 01/4"),
        "/bang": ("with 1 that has not begun, which",),
        "/danh-sach?thoi_han=late": ("1 obligation (one for each",),
        "/chi-tieu": ("1 indicator ·",),
    }
    for path, words in told.items():
        shown = plain(client.get(f"{path}{'&' if '?' in path else '?'}lang=en").text)
        assert [said for said in words if said not in shown] == [], path
    desk.engine.dispose()


def test_a_unit_page_shows_its_own_work_and_posts_and_not_to_others(small: Pages) -> None:
    at_start(small.office)
    text = small.sign_in("overseer").get("/don-vi/tinh/u2").text
    assert "Giám đốc 2" in text
    assert "Nộp báo cáo quý" in text
    assert small.sign_in("overseer").get("/don-vi/tinh/u3").status_code == 403
    assert small.sign_in("admin").get("/don-vi/tinh/khong-co").status_code == 404


def test_who_shares_a_task_with_a_unit_does_not_see_how_the_unit_stands(small: Pages) -> None:
    tasks = "  - {id: A.1, title: Việc chung, lead: [u2, u3], deadline: 2026-03-31}\n"
    at_start(small.office)
    small.office.apply(tasks + "  - {id: A.9, title: Việc phối hợp, lead: u3, coordinate: u2, deadline: 2026-03-31}\n")
    small.office.evaluate()
    for post, seen in {"head": 403, "focal": 403, "overseer": 403, "other unit": 200, "standing": 200}.items():
        assert small.sign_in(post).get("/don-vi/tinh/u3").status_code == seen, post
    [(shared,)] = small.office.run("SELECT id FROM obligation WHERE task = 'A.9'")
    for post, linked in {"head": False, "overseer": False, "standing": True}.items():
        text = small.sign_in(post).get(f"/nhiem-vu/{shared}").text
        assert ("/don-vi/tinh/u3" in text, "Việc phối hợp" in text) == (linked, True), post
    assert "/don-vi/tinh/u3" not in small.sign_in("overseer").get("/bang").text


def test_letters_set_aside_are_tried_again_or_dropped_with_a_reason(pages: Pages) -> None:
    desk = at_start(pages.office)
    desk.verdict = REFUSED
    desk.now += 4 * DAY
    desk.tick()
    parked = [number for (number,) in desk.run("SELECT id FROM message WHERE state = 'parked' ORDER BY id")]
    assert len(parked) >= 2
    admin = pages.sign_in("admin")
    assert "550 no such user" in admin.get("/hop-thu?trang_thai=parked").text
    assert admin.post(f"/hop-thu/{parked[0]}", {"form_token": admin.form_token, "lam": "bo"}).status_code == 400
    fields = {"form_token": admin.form_token, "lam": "bo", "ly_do": "địa chỉ cũ"}
    assert admin.post(f"/hop-thu/{parked[0]}", fields).headers["location"].endswith("xong=bo")
    assert admin.post(f"/hop-thu/{parked[0]}", fields).headers["location"].endswith("xong=khong")
    answer = admin.post(f"/hop-thu/{parked[1]}", {"form_token": admin.form_token, "lam": "gui_lai"})
    assert answer.headers["location"].endswith("xong=gui_lai")
    states = {row[0]: row[1] for row in desk.run("SELECT id, state FROM message")}
    assert (states[parked[0]], states[parked[1]]) == ("dropped", "pending")
    told = desk.run("SELECT action, subject, detail FROM audit WHERE action LIKE 'letter%' ORDER BY id")
    assert told == [
        ("letter dropped", f"letter {parked[0]}", "địa chỉ cũ"),
        ("letter retried", f"letter {parked[1]}", None),
    ]


def test_a_letter_is_shown_without_the_links_that_are_its_readers_alone(small: Pages) -> None:
    desk = at_start(small.office)
    desk.now += 4 * DAY
    desk.tick()
    number = desk.run("SELECT id FROM message WHERE state = 'sent' LIMIT 1")[0][0]
    text = small.sign_in("admin").get(f"/hop-thu/{number}").text
    assert "Nội dung" in text
    assert "/tl/eyJ" not in text


def test_charts_and_calendars_write_days_as_all_pages_do(small: Pages) -> None:
    desk = at_start(small.office)
    desk.now += 4 * DAY
    client = small.sign_in("chair")
    board, days = client.get("/bang").text, client.get("/lich-han").text
    assert ">03/4</text>" in board
    assert '<span class="date">03/4' in days
    assert re.search(r">thời hạn 03/4</text>|03/4<", client.get("/nhiem-vu/1").text)
    assert re.findall(r"\b\d\d/0[3-9]\b", board + days) == []


def test_letters_name_the_posts_of_their_readers_with_the_address(small: Pages) -> None:
    """As the directory has them on the day of the letter; one address of several posts is all of them."""
    desk = at_start(small.office)
    directory = (desk.folder / "rules" / "tinh.yaml").read_text().replace("focal3@", "head2@")
    until = "acting: [{title: Phó Giám đốc 3, email: pho3@tinh.example, from: 2026-03-30, until: 2026-04-05}]"
    desk.write(directory.replace("head3@tinh.example}", f"head3@tinh.example, {until}}}"), "tinh.yaml")
    desk.put_in_force()
    desk.restart()
    desk.now += 4 * DAY
    desk.tick()
    several = "Giám đốc 2, Sở 2; Văn phòng 3, Sở 3"
    admin, address = small.sign_in("admin"), "&lt;head2@tinh.example&gt;"
    listed = admin.get("/hop-thu").text
    assert f'{several} <span class="sub">{address}</span>' in listed
    assert "Phó Giám đốc 3, Sở 3 <span" in listed
    [(number,)] = desk.run("SELECT id FROM message WHERE person = 'head2@tinh.example' AND state = 'sent' LIMIT 1")
    assert f"<dd>{several} <a" in admin.get(f"/hop-thu/{number}").text
    sent = small.sign_in("head").get("/nhiem-vu/1").text.partition("Thư đã gửi")[2]
    assert f'{several} <span class="sub">{address}</span>' in sent
    # Long after, the letters of those days still name who stood in then.
    desk.now += 30 * DAY
    assert "Phó Giám đốc 3, Sở 3 <span" in small.sign_in("admin").get("/hop-thu?den=pho3@tinh.example").text


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The province with the five programmes, behind a real server."""
    folder: Path = tmp_path_factory.mktemp("province")
    desk = open_desk(folder / "office", f"sqlite:///{folder / 'dondoc.db'}")
    with serve_in_thread(province(desk)) as served:
        yield served
    desk.engine.dispose()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_page_of_five_programmes_reads_well(five: Served, browser: Browser, width: int, lang: str) -> None:
    [(task,)] = five.pages.office.run("SELECT obligation_id FROM notice WHERE state = 'sent' ORDER BY id LIMIT 1")
    shown = {
        CHAIR: ["/bang", "/lich-han", "/viec-cua-toi"],
        STANDING: ["/bang?ct=dong-thap-2026", "/danh-sach", "/danh-sach?thoi_han=late&tim=khong-co", "/viec-cua-toi"],
        HEAD: ["/viec-cua-toi", UNIT_PAGE],
        OVERSEER: ["/viec-cua-toi"],
        "admin": ["/hop-thu", "/hop-thu/1", f"/nhiem-vu/{task}"],
    }
    window = five.context(browser, width=width, scripts=True)
    page = window.new_page()
    for person, paths in shown.items():
        five.enter(window, person)
        for path in paths:
            answer = page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert answer is not None
            assert answer.status == 200, path
            assert_reads_well(page, width)
    window.close()
