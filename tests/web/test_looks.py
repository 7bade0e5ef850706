"""How pages look and read: nothing wider than the window, and nothing that axe-core finds serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.pages import POSTS, Served

SHOWN: dict[str, list[str]] = {
    "admin": ["/", "/nhat-ky", "/nhat-ky?person=khong-co@tinh.example", "/khong-co"],
    "standing": [
        "/",
        "/cho-xac-nhan",
        "/chua-co-han",
        "/su-kien",
        "/thu-tra-loi",
        "/bao-cao",
        "/bao-cao/tinh/u1/2026-W14",
        "/nhiem-vu/1/da-nhap",
    ],
    "head": [
        "/",
        "/nhiem-vu/1/tra-loi",
        "/lich-cua-toi",
        "/bao-cao/tinh/u1/2026-W14",
        "/dong-gop/tinh/u2/2026-W14",
    ],
}
SHOWN_TO_ANYONE = ["/dang-nhap", "/vao/khong-dung"]


def assert_reads_well(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    found = Axe().run(page)
    serious = [each for each in found.response["violations"] if each["impact"] in ("serious", "critical")]
    assert serious == [], (page.url, [(each["id"], each["nodes"][0]["html"]) for each in serious])


# Every width with every scheme and language, every scheme with every language.
@pytest.mark.parametrize(
    ("width", "scheme", "lang"),
    [(360, "light", "vi"), (1280, "dark", "vi"), (360, "dark", "en"), (1280, "light", "en")],
)
def test_every_page_reads_well(served: Served, browser: Browser, width: int, scheme: str, lang: str) -> None:
    window = served.context(browser, width=width, scripts=True)
    page = window.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for post, paths in (*SHOWN.items(), (None, SHOWN_TO_ANYONE)):
        served.enter(window, post)
        for path in paths:
            page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
            assert_reads_well(page, width)
    window.close()


def test_a_page_is_walked_through_with_the_keyboard(served: Served, browser: Browser) -> None:
    window = served.context(browser)
    page = window.new_page()
    page.goto("/dang-nhap")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.locator(":focus").evaluate("each => each.id || each.className || each.textContent"))
    assert reached == ["skip", "brand", "language", "address", "Gửi liên kết đăng nhập"]
    page.locator("#address").fill(POSTS["head"])
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Đề nghị mở hộp thư")
    window.close()


def test_on_paper_there_is_no_menu_and_no_form(served: Served, browser: Browser) -> None:
    window = served.signed_in(browser, "admin")
    page = window.new_page()
    page.goto("/nhat-ky")
    page.emulate_media(media="print")
    assert page.locator("table").is_visible()
    for gone in ("nav", "form.filters", ".foot button"):
        assert not page.locator(gone).first.is_visible(), gone
    window.close()
