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
