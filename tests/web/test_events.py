"""Events on pages: recorded by the standing office, or by the unit that a letter asked, once and with confirmation."""

from datetime import date

import pytest

from db.facts import event_records
from notifications.answering import SEPARATOR
from tests.web.pages import POSTS, Pages

EVENTS = (
    "  de-an: {title: Trung ương ban hành Đề án, watch: {ask: u2, every: month, expected: 2026-03-15}}\n"
    "  hop: {title: Họp Ban Chỉ đạo}\n"
)
TASKS = (
    "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-03}\n"
    "  - {id: A.4, title: Kế hoạch, lead: u3, deadline: {after: de-an, within: 30 days}}\n"
    "  - {id: A.5, title: Đề án dữ liệu, lead: u2, stated: Theo Đề án, deadline: {set_by: Đề án số 05}}\n"
)


@pytest.fixture
def asked(pages: Pages) -> Pages:
    pages.office.apply(TASKS, events=EVENTS)
    pages.office.evaluate()
    return pages


def path(pages: Pages, post: str) -> str:
    scope = SEPARATOR.join(("p", "de-an"))
    url = pages.links.make("event", POSTS[post], issued_at=pages.office.now, scope=scope)
    return url.removeprefix(pages.settings.public_url)


def recorded(pages: Pages) -> list[tuple[str, date, str, str | None]]:
    with pages.desk.engine.connect() as connection:
        return [(one.event, one.occurred.on, one.recorded_by, one.document) for one in event_records(connection)]


def test_the_unit_that_is_asked_answers_from_the_link(asked: Pages) -> None:
    client, at = asked.browser(), path(asked, "focal")
    shown = client.get(at)
    assert "Nhiệm vụ đang chờ sự kiện này: A.4" in shown.text
    confirm = client.post(at, {**shown.hidden, "ngay": "2026-03-20", "so_van_ban": "45-ĐA/TW"})
    assert recorded(asked) == []
    sent = [client.post(at, {**confirm.hidden, "buoc": "ghi"}) for _ in range(2)]
    assert sent[0].headers["location"] == sent[1].headers["location"]
    receipt = client.get(sent[0].headers["location"])
    assert receipt.title == "Đã ghi nhận sự kiện"
    assert "Nhiệm vụ bắt đầu tính: A.4" in receipt.text
    assert "đang chờ" not in receipt.text
    assert recorded(asked) == [("de-an", date(2026, 3, 20), POSTS["focal"], "45-ĐA/TW")]
    [(due,)] = asked.office.run("SELECT due_on FROM obligation WHERE task = 'A.4' AND due_on IS NOT NULL")
    assert str(due) == "2026-04-19"


@pytest.mark.parametrize(
    ("day", "told"),
    [("", "chọn ngày"), ("2026-03-31", "chưa tới"), ("1926-03-20", "xem lại năm"), ("20/3/2026", "chọn ngày")],
)
def test_a_day_that_cannot_be_is_refused(asked: Pages, day: str, told: str) -> None:
    client, at = asked.browser(), path(asked, "focal")
    came = client.post(at, {**client.get(at).hidden, "ngay": day})
    assert came.status_code == 400
    assert told in came.text
    assert recorded(asked) == []


def test_the_standing_office_sees_what_is_waited_for_and_records_it(asked: Pages) -> None:
    client = asked.sign_in("standing")
    listing = client.get("/su-kien")
    assert "Trung ương ban hành Đề án" in listing.text
    at = "/su-kien/p/de-an"
    confirm = client.post(at, {**client.get(at).hidden, "ngay": "2026-03-20"})
    client.post(at, {**confirm.hidden, "buoc": "ghi"})
    assert [one[0] for one in recorded(asked)] == ["de-an"]
    again = client.post(at, {**client.get(at).hidden, "ngay": "2026-03-20"})
    assert "đã được ghi nhận trước đó" in again.text


def test_nobody_else_records_it(asked: Pages) -> None:
    assert asked.browser().get(path(asked, "other unit")).status_code == 403
    assert asked.sign_in("focal").get("/su-kien").status_code == 403
    assert asked.sign_in("other unit").get("/su-kien/p/de-an").status_code == 403
    assert asked.sign_in("standing").get("/su-kien/p/nowhere").status_code == 404


def test_looking_records_nothing(asked: Pages) -> None:
    client, at = asked.browser(), path(asked, "focal")
    for query in ("", "?ngay=2026-03-20&buoc=ghi&once=x"):
        client.get(at + query)
        client.http.head(at + query)
    assert recorded(asked) == []


def test_the_standing_office_sees_the_tasks_without_a_deadline(asked: Pages) -> None:
    shown = asked.sign_in("standing").get("/chua-co-han")
    assert "Đề án dữ liệu" in shown.text
    assert "Nộp báo cáo" not in shown.text
    assert asked.sign_in("head").get("/chua-co-han").status_code == 403


def test_what_goes_on_continuously_is_no_task_without_a_deadline_and_is_told_apart(small: Pages) -> None:
    small.office.apply(TASKS + "  - {id: A.6, title: Trực ban, lead: u2, deadline: continuous}\n", events=EVENTS)
    small.office.evaluate()
    text = small.sign_in("standing").get("/chua-co-han").text
    assert "Không kể 1 nhiệm vụ thường xuyên" in text
    assert "Trực ban" not in text


def test_of_an_event_that_a_deadline_lies_ahead_of_the_day_that_is_set_is_asked_for(small: Pages) -> None:
    ahead = "  - {id: A.7, title: Tài liệu họp, lead: u2, deadline: {ahead_of: hop, by: 2 working days}}\n"
    small.office.apply(TASKS + ahead, events=EVENTS)
    small.office.evaluate()
    client = small.sign_in("standing")
    says = "Có nhiệm vụ phải xong trước sự kiện này"
    assert client.get("/su-kien").text.count(says) == 1
    shown = client.get("/su-kien/p/hop").text
    assert "Đã ấn định ngày nào?" in shown
    assert says in shown
    assert "không cần trả lời" not in shown
    assert "Nếu chưa diễn ra, không cần trả lời." in client.get("/su-kien/p/de-an").text
