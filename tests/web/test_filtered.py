"""What a list is filtered by is said above it, and the form stays folded up: on a phone the tasks come at once."""

from playwright.sync_api import Browser, expect

from tests.web.pages import Pages, Served
from tests.web.test_board import EVENTS, TASKS
from tests.web.test_looks import assert_reads_well

ASKED = "/danh-sach?dv=tinh:u2&thoi_han=late&thoi_han=due_today&tien_do=not_begun&den=2026-04-10&tre_tu=3&ky=chua_den"


def test_a_list_says_by_what_it_is_filtered(small: Pages) -> None:
    small.office.apply(TASKS, events=EVENTS)
    client = small.sign_in("standing")
    assert (
        "Đang lọc theo: <strong>Sở 2; Đến hạn hôm nay; Quá hạn; Chưa thực hiện; chưa đến kỳ; hạn đến 10/4/2026; "
        "quá hạn từ 3 ngày</strong>"
    ) in client.get(ASKED).text
    assert (
        "Filtered by: <strong>Late; latest deadline first</strong>"
        in client.get("/danh-sach?thoi_han=late&xep=-due&lang=en").text
    )
    assert "Filtered by" not in client.get("/danh-sach").text


def test_what_is_no_choice_is_named_as_it_stands(small: Pages) -> None:
    small.office.apply(TASKS, events=EVENTS)
    assert "<strong>&lt;b&gt;</strong>" in small.sign_in("standing").get("/danh-sach?ct=<b>").text


def test_on_a_phone_the_first_task_found_is_on_the_first_screen(served: Served, browser: Browser) -> None:
    served.pages.office.apply(TASKS, events=EVENTS)
    window = served.signed_in(browser, "standing", width=360, height=760)
    page = window.new_page()
    page.goto("/danh-sach?thoi_han=in_time&thoi_han=due_soon&thoi_han=due_today")
    first = page.locator("tbody tr th").first
    expect(first).to_be_visible()
    box = first.bounding_box()
    assert box is not None
    assert box["y"] < 760
    window.close()


def test_the_unfolded_form_reads_well(served: Served, browser: Browser) -> None:
    served.pages.office.apply(TASKS, events=EVENTS)
    for width in (360, 1280):
        window = served.signed_in(browser, "standing", width=width, scripts=True)
        page = window.new_page()
        page.goto("/danh-sach?thoi_han=late")
        page.locator("details summary", has_text="Lọc theo").click()
        expect(page.locator("#tre_tu")).to_be_visible()
        assert_reads_well(page, width)
        window.close()
