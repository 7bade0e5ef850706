"""How pages look and read: nothing wider than the window, and nothing that axe-core finds serious."""

import pytest
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


LOOK = """async () => {
    const isGrave = impact => impact === undefined || impact === "serious" || impact === "critical"
    const impacts = rule => rule.impact
        ? [rule.impact]
        : [...rule.any, ...rule.all, ...rule.none].map(check => axe._audit.checks[check.id ?? check]?.impact)
    const light = axe._audit.rules.filter(rule => !impacts(rule).some(isGrave))
    const {violations} = await axe.run({
        resultTypes: ["violations"],
        rules: Object.fromEntries(light.map(rule => [rule.id, {enabled: false}])),
    })
    const grave = violations.filter(each => isGrave(each.impact))
    return [document.documentElement.scrollWidth, grave.map(each => [each.id, each.nodes[0].html])]
}"""
"""What the page's width is, and what axe-core finds serious or critical in it; rules none of whose checks can be are not
tried."""


def assert_reads_well(page: Page, width: int) -> None:
    wide, serious = page.evaluate(LOOK)
    assert wide <= width, page.url
    assert serious == [], (page.url, serious)


def test_a_page_that_does_not_read_well_is_seen(served: Served, browser: Browser) -> None:
    window = served.context(browser, width=360, scripts=True)
    page = window.new_page()
    for id_, bad in (
        ("image-alt", "<img src='data:,'>"),
        ("label", "<input>"),
        ("link-name", "<a href='/'></a>"),
        ("list", "<ul><p>x</p></ul>"),
        ("color-contrast", "<p>Khó đọc</p>"),
    ):
        page.goto("/dang-nhap")
        page.evaluate("bad => document.querySelector('main').insertAdjacentHTML('beforeend', bad)", bad)
        page.evaluate("document.querySelector('main').lastElementChild.style.color = '#ddd'")
        with pytest.raises(AssertionError, match=id_):
            assert_reads_well(page, 360)
    page.goto("/dang-nhap")
    page.evaluate("document.querySelector('main').style.width = '400px'")
    with pytest.raises(AssertionError):
        assert_reads_well(page, 360)
    window.close()


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
