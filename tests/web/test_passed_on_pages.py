"""What pages say of a task that is new to those who lead it, and of whoever led it before."""

import re

from tests.offices import DAY, HOUR, ONE_TASK
from tests.web.pages import Pages

NEW = "  - {id: A.3, title: Việc mới, lead: u3, coordinate: [u2], deadline: 2026-04-01}\n"


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&lt;", "<").replace("&gt;", ">").split())


def test_a_rung_that_some_were_sent_names_those_who_were_not_and_why(small: Pages) -> None:
    """A new task is due soon: who leads it gets that reminder, who coordinates the news."""
    desk = small.office
    desk.tick()
    desk.now += HOUR
    desk.apply(ONE_TASK + NEW)
    desk.now += DAY
    desk.tick()
    [(of,)] = desk.run("select id from obligation where task = 'A.3'")
    shown = words(small.sign_in("other unit").get(f"/nhiem-vu/{of}").text)
    gave_way = " – không gửi: đã có bậc nhắc sau của cùng việc thay thế"
    assert (
        f"người đứng đầu <head3@tinh.example>{gave_way}; đầu mối <focal3@tinh.example> (để biết){gave_way}; "
        "đầu mối <focal2@tinh.example> (để biết) 07h00"
    ) in shown


def test_the_page_of_who_led_a_task_before_says_that_it_passed_to_others(small: Pages) -> None:
    desk = small.office
    desk.apply(ONE_TASK.replace("2026-04-03", "2026-04-02"))
    desk.tick()
    desk.now += HOUR
    desk.apply(ONE_TASK.replace("2026-04-03", "2026-04-02").replace("u2", "u3"))
    desk.now += DAY
    desk.tick()
    [(of,)] = desk.run("select id from obligation where task = 'A.1' and unit = 'u2'")
    head = small.sign_in("head")
    shown = words(head.get(f"/nhiem-vu/{of}").text)
    assert "Đã chuyển cơ quan chủ trì Sở 3" in shown
    assert "Đơn vị chủ trì trước đó Sở 2" in shown
    assert "không gửi Đã chuyển cơ quan chủ trì: Sở 3" in shown
    assert "rút : hạn 02/4/2026; đã chuyển cơ quan chủ trì: Sở 3" in shown
    assert "rút khỏi chương trình" not in shown
    assert "Đã rút" not in shown
    answer = words(head.get(f"/nhiem-vu/{of}/tra-loi").text)
    assert "Đã chuyển cơ quan chủ trì: Sở 3 (từ ngày 30/3/2026, theo bản quy tắc số 3)." in answer


def test_a_task_that_is_led_by_fewer_passed_to_nobody(small: Pages) -> None:
    desk = small.office
    desk.apply(ONE_TASK.replace("u2", "{each: [u2, u3]}"))
    desk.tick()
    desk.now += HOUR
    desk.apply(ONE_TASK.replace("u2", "u3"))
    desk.tick()
    [(of,)] = desk.run("select id from obligation where task = 'A.1' and unit = 'u2'")
    shown = words(small.sign_in("head").get(f"/nhiem-vu/{of}").text)
    assert "Đã rút" in shown
    assert "chuyển cơ quan chủ trì" not in shown
