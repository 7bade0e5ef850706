"""Extensions on the pages: asked from the link of a letter, decided from the queue; by nobody for themselves."""

from datetime import date

import pytest

from db.facts import Said, trail
from db.obligations import by_ids
from scheduler.recording import reported
from tests.offices import HOUR
from tests.web.pages import POSTS, Answer, Pages
from tests.web.test_answer import answer, ask, confirm, obligation, path

GRANT = {"ngay_moi": "2026-04-15", "so_van_ban": "12/SKHCN-VP"}


def due(pages: Pages) -> str:
    [(found,)] = pages.office.run("SELECT due_on FROM obligation WHERE task = 'A.1' AND unit = 'u2'")
    return str(found)


def decide(pages: Pages, kind: str, post: str = "standing", **fields: object) -> Answer:
    """Decide from the queue, signed in, and return the receipt."""
    client, at = pages.sign_in(post), f"/nhiem-vu/{obligation(pages)}/tra-loi"
    assert at in client.get("/gia-han").text
    done = confirm(client, at, ask(client, at, kind, **fields))
    assert done.status_code == 303, done.text
    return client.get(done.headers["location"])


def test_asked_from_a_letter_granted_from_the_queue_and_told(pages: Pages) -> None:
    pages.office.tick()
    receipt = answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ thẩm định vốn")
    assert "hạn hiện nay vẫn có hiệu lực" in receipt.text
    assert due(pages) == "2026-04-03"
    queue = pages.sign_in("standing").get("/gia-han").text
    assert "chờ thẩm định vốn" in queue
    assert "20/4/2026" in queue
    assert "hạn mới có hiệu lực ngay" in decide(pages, "dong-y-gia-han", **GRANT).text
    assert due(pages) == "2026-04-15"
    assert "Không có đề nghị nào" in pages.sign_in("standing").get("/gia-han").text
    shown = pages.sign_in("head").get(f"/nhiem-vu/{obligation(pages)}/tra-loi").text
    assert "đề nghị gia hạn lần 1 đến 20/4/2026 (chờ thẩm định vốn)" in shown
    assert "đồng ý gia hạn đến 15/4/2026" in shown
    with pages.office.engine.connect() as connection:
        actions = [one.action for one in trail(connection)]
    assert {"extension asked", "extension granted"} <= set(actions)


def test_refused_with_a_reason_that_the_unit_reads(pages: Pages) -> None:
    answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    decide(pages, "khong-gia-han", "overseer", ly_do="gắn với kỳ họp")
    assert due(pages) == "2026-04-03"
    assert "không đồng ý gia hạn (gắn với kỳ họp)" in pages.sign_in("head").get(path(pages, "head")).text


@pytest.mark.parametrize("post", ["head", "focal", "other unit", "chair", "admin"])
def test_nobody_else_may_decide(pages: Pages, post: str) -> None:
    answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    client, at = pages.sign_in(post), f"/nhiem-vu/{obligation(pages)}/tra-loi"
    token = client.form_token
    for kind in ("dong-y-gia-han", "khong-gia-han"):
        sent = client.post(
            at, {"form_token": token, "once": "n" * 20, "lam": kind, "buoc": "ghi", "ly_do": "x", **GRANT}
        )
        assert sent.status_code in (403, 409)
    assert due(pages) == "2026-04-03"
    assert pages.office.run("SELECT count(*) FROM extension_decision") == [(0,)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"ngay_moi": "", "ly_do": "x"}, "Đề nghị chọn một ngày."),
        ({"ngay_moi": "20/4/2026", "ly_do": "x"}, "Đề nghị chọn một ngày."),
        ({"ngay_moi": "2026-04-03", "ly_do": "x"}, "Ngày mới phải sau hạn hiện nay (03/4/2026)."),
        ({"ngay_moi": "2027-01-01", "ly_do": "x"}, "Ngày mới không được sau 31/12/2026"),
        ({"ngay_moi": "2026-04-20", "ly_do": " "}, "Phải nêu lý do đề nghị gia hạn."),
    ],
)
def test_a_form_that_breaks_a_rule_says_which(pages: Pages, fields: dict[str, str], told: str) -> None:
    client, at = pages.browser(), path(pages)
    shown = ask(client, at, "gia-han", **fields)
    assert (shown.status_code, told in shown.text) == (400, True)
    assert pages.office.run("SELECT count(*) FROM extension") == [(0,)]


def test_pressed_twice_it_is_asked_once(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    asked = ask(client, at, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    places = [confirm(client, at, asked).headers["location"] for _ in range(2)]
    assert places[0] == places[1]
    assert pages.office.run("SELECT count(*) FROM extension") == [(1,)]


def test_who_decides_second_is_told_that_it_was_decided(pages: Pages) -> None:
    answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    first, second = pages.sign_in("standing"), pages.sign_in("overseer")
    at = f"/nhiem-vu/{obligation(pages)}/tra-loi"
    granting, refusing = ask(first, at, "dong-y-gia-han", **GRANT), ask(second, at, "khong-gia-han", ly_do="x")
    assert confirm(first, at, granting).status_code == 303
    assert confirm(second, at, refusing).status_code == 409
    assert due(pages) == "2026-04-15"


def test_on_the_due_day_it_is_asked_for_as_an_exception_or_not_at_all(pages: Pages) -> None:
    pages.office.now += 4 * 24 * HOUR
    client, at = pages.browser(), path(pages)
    fields = {"ngay_moi": "2026-04-20", "ly_do": "bão"}
    shown = ask(client, at, "gia-han", **fields)
    assert (shown.status_code, "chỉ xét trường hợp đặc biệt" in shown.text) == (400, True)
    assert confirm(client, at, ask(client, at, "gia-han", dac_biet="1", **fields)).status_code == 303
    assert "Trường hợp đặc biệt" in pages.sign_in("standing").get("/gia-han").text
    assert POSTS["focal"] in pages.sign_in("standing").get("/gia-han").text


def test_a_request_is_taken_back_by_its_unit(pages: Pages) -> None:
    answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    client, at = pages.browser(), path(pages, "head")
    assert client.get(f"{at}?lam=gia-han").status_code == 409
    answer(pages, "rut-gia-han", "head")
    assert "Không có đề nghị nào" in pages.sign_in("standing").get("/gia-han").text


def test_a_report_takes_the_request_back_and_the_story_says_so(pages: Pages) -> None:
    answer(pages, "gia-han", ngay_moi="2026-04-20", ly_do="chờ vốn")
    office = pages.office
    with office.engine.connect() as connection:
        [found] = by_ids(connection, [obligation(pages)]).values()
    reported(office.office, [found], "done", Said(POSTS["head"], office.now, via="web"), on=date(2026, 3, 30))
    assert "Không có đề nghị nào" in pages.sign_in("standing").get("/gia-han").text
    shown = pages.sign_in("head").get(f"/nhiem-vu/{obligation(pages)}/tra-loi").text
    assert "rút đề nghị gia hạn (đã báo cáo hoàn thành)" in shown
