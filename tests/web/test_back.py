"""Back and forward: every page that a form leads to is shown by a GET, so that no browser asks to send it again."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.pages import POSTS, Pages, Served
from tests.web.test_answer import counted, obligation, path
from web.kept import MOST_OF_ONE, NUMBER


def test_every_step_of_an_answer_can_be_gone_back_to(served: Served, browser: Browser) -> None:
    pages = served.pages
    window = served.context(browser)
    page = window.new_page()
    page.goto(pages.links.answer(POSTS["focal"], obligation(pages), 0, issued_at=pages.office.now))
    page.get_by_role("link", name="Đã hoàn thành").click()
    page.get_by_role("button", name="Tiếp tục").click()  # nothing written yet: the form comes back
    expect(page.locator("[role=alert]").first).to_be_visible()
    page.get_by_label("Kết quả").fill("đã nộp")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Báo cáo hoàn thành").click()
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")
    before = counted(pages)
    seen = []
    for _ in range(4):
        answer = page.go_back()
        assert answer is not None
        assert answer.request.method == "GET"
        seen.append(page.locator("h1").text_content())
    assert seen[:2] == ["Đã hoàn thành", "Đã hoàn thành"]
    for _ in range(4):
        page.go_forward()
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")
    page.go_back()
    page.get_by_role("button", name="Báo cáo hoàn thành").click()  # pressed again: the receipt of the first
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")
    assert counted(pages) == before
    window.close()


def sent(pages: Pages, post: str = "focal") -> str:
    """Send a form from a link, and return where the browser is led."""
    at = path(pages, post)
    client = pages.browser()
    hidden = client.get(f"{at}?lam=kho-khan").hidden
    headers = {"sec-fetch-site": "same-origin", "origin": pages.settings.origin}
    response = client.http.post(at, data={**hidden, "noi_dung": "thiếu người"}, headers=headers)
    assert response.status_code == 303
    return str(response.headers["location"])


def test_a_page_that_is_kept_is_its_readers_alone(small: Pages) -> None:
    led = sent(small)
    assert "thiếu người" in small.browser().get(led).text
    number = led.partition(f"{NUMBER}=")[2]
    foreign = small.browser().get(f"{path(small, 'head')}?{NUMBER}={number}")
    assert (foreign.status_code, foreign.headers["location"]) == (303, path(small, "head"))


@pytest.mark.parametrize("number", ["", "x", "0" * 20, "%00", "1" * 4000])
def test_a_page_that_is_kept_no_longer_leads_to_where_it_came_from(small: Pages, number: str) -> None:
    answer = small.browser().get(f"{path(small)}?{NUMBER}={number}")
    assert (answer.status_code, answer.headers["location"]) == (303, path(small))


def test_no_visitor_has_more_than_a_few_pages_kept(small: Pages) -> None:
    first, *_, last = [sent(small) for _ in range(MOST_OF_ONE + 1)]
    assert small.browser().get(first).status_code == 303
    assert "thiếu người" in small.browser().get(last).text
