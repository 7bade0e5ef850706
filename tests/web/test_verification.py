"""The verification queue, and the list behind a line that tells of many units."""

import re
from datetime import date

from db.facts import Said
from db.obligations import Filter, listing
from notifications.answering import SEPARATOR
from rules.periodic.period import read_period
from scheduler.periodic.gathering import snapshot_at
from scheduler.prompting import matters_of
from tests.web.pages import POSTS, Pages
from tests.web.test_answer import answer

EACH = "  - {id: A.1, title: Nộp báo cáo, lead: {each: all}, deadline: 2026-04-03}\n"


def test_the_queue_shows_what_waits_and_nothing_else(pages: Pages) -> None:
    client = pages.sign_in("standing")
    assert "Không có báo cáo nào chờ xác nhận" in client.get("/cho-xac-nhan").text
    answer(pages, "kho-khan", noi_dung="chưa có kinh phí")
    answer(pages, "xong", noi_dung="đã gửi bản chính", so_van_ban="15/BC")
    shown = client.get("/cho-xac-nhan")
    assert "15/BC · đã gửi bản chính" in shown.text
    assert "chưa có kinh phí" in shown.text
    answer(pages, "tra-lai", "standing", ly_do="thiếu")
    answer(pages, "da-xu-ly", "standing")
    shown = client.get("/cho-xac-nhan")
    assert "Không có báo cáo nào chờ xác nhận" in shown.text
    assert "chưa có kinh phí" not in shown.text


def test_a_report_that_came_with_nothing_is_marked_in_the_queue_and_in_its_story(small: Pages) -> None:
    bare = "không kèm kết quả, văn bản hay minh chứng"
    with small.desk.engine.connect() as connection:
        [obligation] = listing(connection, Filter(task="A.1"))
    said = Said(POSTS["focal"], small.office.now, None, "mail")
    small.desk.reported([obligation], "done", said, on=date(2026, 3, 29))
    client = small.sign_in("standing")
    assert bare in client.get("/cho-xac-nhan").text
    assert bare in client.get(f"/nhiem-vu/{obligation.id}/tra-loi").text


def test_only_the_standing_office_sees_the_queue(small: Pages) -> None:
    for post in POSTS:
        assert small.sign_in(post).get("/cho-xac-nhan").status_code == (200 if post == "standing" else 403)


def test_a_line_of_many_units_leads_to_a_list_with_a_link_for_each(pages: Pages) -> None:
    pages.office.apply(EACH)
    scope = SEPARATOR.join(("p", "A.1", "", ""))
    url = pages.links.make("list", POSTS["standing"], issued_at=pages.office.now, scope=scope)
    client = pages.browser()
    shown = client.get(client.path_of(url))
    assert [f"Sở {n}" in shown.text for n in (1, 2, 3)] == [True] * 3
    first = shown.text.partition('<th scope="row"><a href="')[2].partition('"')[0]
    assert client.get(client.path_of(first)).status_code == 200
    # Who leads one unit sees that one alone.
    head = pages.links.make("list", POSTS["head"], issued_at=pages.office.now, scope=scope)
    seen = client.get(client.path_of(head))
    assert ("Sở 2" in seen.text, "Sở 3" in seen.text) == (True, False)


def test_what_waits_for_the_standing_office_stands_in_its_work_and_on_its_board(pages: Pages) -> None:
    answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    answer(pages, "kho-khan", noi_dung="chưa có kinh phí")
    answer(pages, "khong-thuoc", noi_dung="việc của Sở 3")
    answer(pages, "dau-moi", ten="Nguyễn Văn A", dia_chi="a@tinh.example")
    waits = {
        "Đề nghị gia hạn": "/gia-han",
        "Khó khăn, vướng mắc": "/cho-xac-nhan",
        "Không thuộc trách nhiệm": "/cho-xac-nhan",
        "Đổi đầu mối": "/cho-xac-nhan",
    }
    client = pages.sign_in("standing")
    for path in ("/viec-cua-toi", "/bang"):
        shown = client.get(path).text
        for name, queue in waits.items():
            assert f'href="{queue}"><strong>1</strong> <span>{name}</span>' in shown.replace(
                pages.settings.public_url, ""
            )
    assert "<span>Đổi đầu mối</span>" not in pages.sign_in("chair").get("/bang").text


def test_the_queues_show_the_number_of_each_task(pages: Pages) -> None:
    number, client = '<td class="no" data-name="Số">A.1</td>', pages.sign_in("standing")
    answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    assert number in client.get("/gia-han").text
    answer(pages, "xong", noi_dung="đã gửi bản chính", so_van_ban="15/BC")
    assert number in client.get("/cho-xac-nhan").text


def test_a_difficulty_counts_alike_everywhere_until_its_task_is_accepted(pages: Pages) -> None:
    standing, office = pages.sign_in("standing"), pages.office

    def counted() -> list[int]:
        """Return how many stand on the tile, in the list of the board, in my work, in the queue, in the summary and in
        the statement."""
        tile, queue = r"<strong>(\d+)</strong> <span>Khó khăn, vướng mắc<", standing.get("/cho-xac-nhan").text
        board, mine = standing.get("/bang").text, standing.get("/viec-cua-toi").text
        shown = [re.search(tile, board), re.search(r"Khó khăn, vướng mắc \((\d+)\)", board), re.search(tile, mine)]
        with office.engine.connect() as connection:
            week = snapshot_at(connection, office.config, "tinh/u1", read_period("2026-W14"), at=office.now)
            roster = office.office.roster(connection, now=office.now)
            asked = matters_of(connection, roster.rulebook.programmes["p"], roster, now=office.now)
        assert week is not None
        difficult = sum(one.kind == "difficulty" for one in asked)
        return [int(one[1]) if one else 0 for one in shown] + [queue.count("chưa có"), len(week.troubled), difficult]

    answer(pages, "kho-khan", noi_dung="chưa có kinh phí")
    assert counted() == [1] * 6
    answer(pages, "xong", noi_dung="đã gửi bản chính", so_van_ban="15/BC")
    assert counted() == [1] * 6
    answer(pages, "xac-nhan", "standing")
    assert counted() == [0] * 6
