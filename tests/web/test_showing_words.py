"""Words of pages that tell what is: who the chair is, what is accepted, which day is recorded, what can be answered."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from rules.rung_names import NAMES
from tests.offices import COMMON, DAY, directory, open_desk
from tests.web.pages import Pages, at_work
from tests.web.test_answer import answer, ask, obligation, path
from web.showing.names import occurrence_name

HEAD = "Chủ tịch UBND tỉnh"


def test_the_chair_goes_by_the_title_that_the_directory_gives(small: Pages) -> None:
    small.office.write(directory().replace("Trưởng Ban", HEAD), "tinh.yaml")
    rung = "{id: chair, at: 14 days late, to: [chair], cc: [head]}"
    small.office.write(COMMON.replace("---\n", f"  - {rung}\n---\n", 1), "common.yaml")
    small.office.put_in_force()
    small.office.restart()
    small.__dict__.pop("app", None)
    small.__dict__.pop("desk", None)
    shown = small.sign_in("standing").get(f"/nhiem-vu/{obligation(small)}").text
    assert f"báo {HEAD}" in shown
    assert "Trưởng Ban" not in shown


def test_who_accepts_sees_the_day_that_is_claimed_and_the_document(small: Pages) -> None:
    answer(small, "xong", noi_dung="đã nộp", so_van_ban="15/BC", ngay=str(small.office.now.date()))
    asked = ask(small.browser(), path(small, "standing"), "xac-nhan")
    assert "Đơn vị báo hoàn thành ngày" in asked.text
    assert "thứ Hai 30/3/2026" in asked.text
    assert '<dd class="said">15/BC</dd>' in asked.text


def test_what_is_accepted_offers_no_answer(small: Pages) -> None:
    page = f"/nhiem-vu/{obligation(small)}"
    assert f'{page}/tra-loi"' in small.sign_in("head").get(page).text
    answer(small, "xong", noi_dung="đã nộp")
    answer(small, "xac-nhan", "standing")
    for post in ("head", "standing"):
        assert f'{page}/tra-loi"' not in small.sign_in(post).get(page).text


def test_a_day_off_that_is_asked_for_says_which_day_is_recorded(small: Pages) -> None:
    asked = ask(small.browser(), path(small), "gia-han", ngay_moi="2026-04-11", ly_do="chờ vốn")
    assert "đề nghị vẫn ghi đúng thứ Bảy 11/4/2026" in asked.text
    assert asked.hidden["ngay_moi"] == "2026-04-11"


def test_another_focal_point_is_seen_to_in_words_of_its_own(small: Pages) -> None:
    answer(small, "dau-moi", ten="Phòng Mới", dia_chi="moi@s2.example")
    offered = small.browser().get(path(small, "standing")).text
    assert "Đã sửa danh bạ đầu mối" in offered
    assert "sửa địa chỉ trong tệp danh bạ trước" in offered
    assert "lam=da-xu-ly" not in offered
    answer(small, "da-sua-danh-ba", "standing")
    assert "lam=da-sua-danh-ba" not in small.browser().get(path(small, "standing")).text


@pytest.mark.parametrize(
    ("kind", "said"), [("da-chuyen", "Đã chuyển đơn vị khác"), ("van-thuoc", "Vẫn thuộc trách nhiệm của đơn vị")]
)
def test_what_is_said_not_to_be_theirs_is_decided_and_the_unit_reads_why(small: Pages, kind: str, said: str) -> None:
    answer(small, "khong-thuoc", noi_dung="thuộc Sở 3")
    page = path(small, "standing")
    assert f"lam={kind}" in small.browser().get(page).text
    assert ask(small.browser(), page, kind).status_code == 400
    answer(small, kind, "standing", noi_dung="theo Quyết định 45")
    assert f"{said}: theo Quyết định 45" in small.browser().get(path(small, "head")).text
    assert "Không có." in small.sign_in("standing").get("/cho-xac-nhan").text


def test_what_waits_beside_a_difficulty_is_seen_to_in_general_words(small: Pages) -> None:
    answer(small, "dau-moi", ten="Phòng Mới", dia_chi="moi@s2.example")
    answer(small, "kho-khan", noi_dung="thiếu kinh phí")
    offered = small.browser().get(path(small, "standing")).text
    assert "lam=da-xu-ly" in offered
    assert "lam=da-sua-danh-ba" not in offered


def test_who_confirms_a_summary_is_told_by_title_who_gets_it(tmp_path: Path, database_url: str) -> None:
    desk = open_desk(tmp_path / "office", database_url, DONDOC_SUMMARY__WEEKLY="friday")
    pages = at_work(desk)
    desk.write(directory().replace("Trưởng Ban", HEAD), "tinh.yaml")
    desk.put_in_force()
    desk.restart()
    desk.now = datetime(2026, 4, 3, 8, tzinfo=UTC)
    desk.tick()
    shown = pages.sign_in("standing").get("/bao-cao/tinh/u1/2026-W14").text
    assert f"gửi ngay tới {HEAD}, lãnh đạo phụ trách" in shown
    assert "Trưởng Ban" not in shown
    desk.engine.dispose()


def test_every_rung_of_the_ladders_that_come_with_the_program_has_a_name() -> None:
    ladders = yaml.safe_load_all(Path("programmes/ladders.yaml").read_text())
    assert {rung["id"] for ladder in ladders for rung in ladder["rungs"]} <= set(NAMES)


def test_an_occurrence_goes_by_its_day_as_pages_write_days(small: Pages) -> None:
    small.office.apply("  - {id: A.5, title: Báo cáo tuần, lead: u2, deadline: {every: week, on: friday}}\n")
    [(id_,)] = small.office.run("SELECT id FROM obligation WHERE task = 'A.5' AND occurrence = '2026-04-03'")
    shown = small.sign_in("head").get(f"/nhiem-vu/{id_}").text
    assert "<dt>Kỳ</dt><dd>03/4/2026</dd>" in shown
    assert occurrence_name("2026-04-17#2").vi == "17/4/2026 (thứ 2 trong ngày)"


def test_what_has_no_deadline_yet_is_one_number_in_the_work_and_the_list_it_leads_to(small: Pages) -> None:
    small.office.apply(
        "  - {id: A.1, title: Nộp báo cáo, lead: u2, stated: Theo Đề án, deadline: {set_by: Đề án số 05}}\n"
        "  - {id: A.2, title: Việc thường xuyên, lead: u2, deadline: continuous}\n"
    )
    small.office.evaluate()
    client = small.sign_in("standing")
    assert "<strong>1</strong> <span>Chưa có thời hạn</span>" in client.get("/viec-cua-toi").text
    shown = client.get("/chua-co-han").text
    assert ("Nhiệm vụ chưa có thời hạn (1)" in shown, "Không kể 1 nhiệm vụ thường xuyên" in shown) == (True, True)


def test_the_move_of_a_task_stands_once_in_its_story(small: Pages) -> None:
    small.office.tick()
    amended = "{deadline: 2026-04-03, until: 5/CV of 2026-03-30}"
    small.office.apply(f"  - {{id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-20, amended: [{amended}]}}\n")
    small.office.tick()
    story = small.sign_in("standing").get(f"/nhiem-vu/{obligation(small)}").text.partition("Toàn bộ diễn biến")[2]
    assert (story.count("iều chỉnh thời hạn</strong>"), story.count("ổi thời hạn</strong>")) == (1, 0)
    assert "nay ngày 20/4/2026" in story
    small.office.apply("  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-21}\n")
    story = small.sign_in("standing").get(f"/nhiem-vu/{obligation(small)}").text.partition("Toàn bộ diễn biến")[2]
    assert story.count("ổi thời hạn</strong>") == 1


def test_a_rung_that_left_on_a_later_day_says_once_that_it_was_sent(small: Pages) -> None:
    small.office.tick()
    small.office.now += 8 * DAY
    small.office.tick()
    text = small.sign_in("standing").get(f"/nhiem-vu/{obligation(small)}").text
    assert re.search(r"đã gửi</span>\s+\d\dh\d\d", text)
    assert not re.search(r"đã gửi</span>\s+gửi", text)


def test_an_english_page_names_weekdays_and_days_in_english(small: Pages) -> None:
    answer(small, "xong", noi_dung="đã nộp", ngay="2026-03-30")
    client = small.sign_in("standing")
    board = client.get("/bang?lang=en").text
    assert (">Mon</text>" in board, ">T2</text>" in board) == (True, False)
    assert "done on 30 March 2026" in client.get(f"/nhiem-vu/{obligation(small)}?lang=en").text
    assert ">T2</text>" in client.get("/bang?lang=vi").text
