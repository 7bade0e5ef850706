"""The board and the menu on a phone and on paper: nothing that has to be scrolled for, and numbers that add up."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, expect

from tests.offices import DAY
from tests.web.pages import Pages, Served
from tests.web.test_board import at_start, do

CARD = re.compile(r"<li[^>]*>.*?<strong>([\d\s]+)</strong> <span>([^<]+)</span>", re.DOTALL)
TOTAL = re.compile(r"Tổng số <strong>([\d\s]+)</strong> lượt: chưa hoàn thành <strong>([\d\s]+)</strong>")
AWAITING = "Đã xong, chờ xác nhận"
LIVELY = (("done", 0, 0), ("done", 2, 0), ("accepted", 2, 0), ("done", 9, 0), ("returned", 3, 0), ("progress", 1, 0))


def number(text: str) -> int:
    return int(re.sub(r"\s", "", text))


@pytest.fixture
def lively(small: Pages) -> Pages:
    """An office in which things were done, returned, and left to pass."""
    at_start(small.office)
    for act in LIVELY:
        do(small, act)
    small.office.now += 15 * DAY
    small.office.evaluate()
    return small


@pytest.mark.parametrize("path", ["/bang", "/bang?ct=p", "/don-vi/tinh/u2"])
def test_the_cards_add_up_to_the_total_and_what_counts_twice_is_said(lively: Pages, path: str) -> None:
    text = lively.sign_in("chair").get(path).text
    cards = CARD.findall(text.partition('<ul class="figures parts">')[2].partition("</ul>")[0])
    [(total, _)] = TOTAL.findall(text)
    assert sum(number(count) for count, _ in cards) == number(total) > 0
    assert re.search(r"ở đây có cả .{1,100} lượt chưa đến kỳ \(kỳ báo cáo chưa bắt đầu\), báo cáo tuần, tháng", text)
    assert "Hết kỳ không báo cáo" in {name for _, name in cards}
    if path.startswith("/bang"):
        assert "chờ xác nhận và đã trả lại đã nằm trong các số ở trên" in text
        assert "cộng các dòng có thể lớn hơn tổng số" in text


@pytest.mark.parametrize("path", ["/danh-sach", "/lich-han"])
def test_lists_and_calendars_count_in_the_same_word_as_the_board(lively: Pages, path: str) -> None:
    assert re.search(r"<strong>\d+</strong> lượt", lively.sign_in("chair").get(path).text)


def test_the_numbers_of_each_line_add_up_to_its_first(lively: Pages) -> None:
    text = lively.sign_in("chair").get("/bang").text
    lines = 0
    for row in re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", text, re.DOTALL):
        told = {name: number(re.sub(r"<[^>]+>", "", cell)) for name, cell in _cells(row)}
        if total := told.pop("Tổng số", 0):
            told.pop(AWAITING)
            assert sum(told.values()) == total, row
            lines += 1
    assert lines >= 5


def _cells(row: str) -> list[tuple[str, str]]:
    return re.findall(r'<td class="number[^"]*" data-name="([^"]+)">(.*?)</td>', row, re.DOTALL)


def test_charts_of_the_board_show_whole_on_a_phone_with_what_their_colours_mean(
    lively: Pages, served: Served, browser: Browser
) -> None:
    window = served.signed_in(browser, "chair", width=360, scripts=True)
    page = window.new_page()
    page.goto("/bang")
    charts = page.locator("svg.bars")
    assert charts.count() == 3
    for place in range(3):
        chart = charts.nth(place)
        assert chart.evaluate("each => each.closest('.scroll')") is None
        last = chart.locator("text.label:visible").last.bounding_box()
        assert last is not None
        assert last["x"] + last["width"] <= 360
        seen = chart.locator("text.label:not(.faint):visible").evaluate_all(
            "those => those.map(each => each.getBoundingClientRect()).map(one => [one.left, one.right])"
        )
        assert all(right <= left for (_, right), (left, _) in pairwise(seen)), seen
    expect(page.locator("main")).to_contain_text("quá hạn, nay")
    expect(page.locator("main")).to_contain_text("ngày làm việc")
    window.close()


@pytest.mark.parametrize("width", [641, 800, 1280])
def test_labels_of_the_days_to_come_stand_apart_at_a_desk(
    lively: Pages, served: Served, browser: Browser, width: int
) -> None:
    window = served.signed_in(browser, "chair", width=width, scripts=True)
    page = window.new_page()
    page.goto("/bang")
    for line in ("text.label:not(.faint):visible", "text.label.faint:visible"):
        seen = (
            page.locator("svg.bars")
            .last.locator(line)
            .evaluate_all("those => those.map(each => each.getBoundingClientRect()).map(one => [one.left, one.right])")
        )
        assert all(right + 4 <= left for (_, right), (left, _) in pairwise(seen)), seen
    window.close()


def test_a_long_tag_wraps_on_a_phone(served: Served, browser: Browser) -> None:
    window = served.signed_in(browser, "chair", width=360, scripts=True)
    page = window.new_page()
    page.goto("/bang")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        "'<p><span class=tag>báo sau hạn, muộn hơn ngày hoàn thành 7 ngày, báo sau hạn</span></p>')"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    window.close()


def test_the_menu_is_one_row_on_a_phone_and_opens_by_the_keyboard(served: Served, browser: Browser) -> None:
    window = served.signed_in(browser, "standing", width=360, scripts=True)
    page = window.new_page()
    page.goto("/bang")
    top = page.locator("header.top").bounding_box()
    assert top is not None
    assert top["height"] <= 120
    menu = page.get_by_role("navigation", name="Các mục")
    expect(menu).to_have_count(1)
    expect(menu).to_contain_text("Các mục: Bảng tổng hợp")
    expect(menu.get_by_role("link")).to_have_count(0)
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Bảng tổng hợp")).to_have_attribute("aria-current", "page")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Việc của tôi")
    window.close()


def test_the_menu_stands_open_where_there_is_room(served: Served, browser: Browser) -> None:
    window = served.signed_in(browser, "standing", width=1280)
    page = window.new_page()
    page.goto("/bang")
    menu = page.get_by_role("navigation", name="Các mục")
    expect(menu).to_have_count(1)
    expect(menu.get_by_role("link", name="Bảng tổng hợp")).to_be_visible()
    window.close()
