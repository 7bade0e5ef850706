"""The pages in a real browser, behind the real server, on a phone-sized and on a wide screen."""

import pytest
from playwright.sync_api import Browser, expect

from tests.web.pages import Served


@pytest.mark.parametrize("width", [360, 1280])
def test_a_person_signs_in_and_out(served: Served, browser: Browser, width: int) -> None:
    window = served.signed_in_by_a_link(browser, "admin", width=width)
    page = window.new_page()
    page.goto("/")
    expect(page.locator("h1")).to_have_text("quan-tri@tinh.example")
    sections = page.get_by_role("navigation", name="Các mục")
    if width < 640:
        sections.get_by_text("Các mục").click()
    sections.get_by_role("link", name="Nhật ký thao tác").click()
    expect(page.locator("tbody")).to_contain_text("đăng nhập")
    page.wait_for_load_state()  # the style sheet included
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("h1")).to_have_text("Đăng nhập")
    window.close()


def test_the_style_sheet_is_let_through_by_the_policy(served: Served, browser: Browser) -> None:
    window = served.context(browser)
    page = window.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/dang-nhap")
    assert page.locator("button[type=submit]").evaluate("each => getComputedStyle(each).minHeight") == "44px"
    assert said == []
    window.close()
