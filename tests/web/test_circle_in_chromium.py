"""The whole circle in a real browser on a phone: letter, link, report with evidence, returned, corrected, accepted."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.offices import DAY
from tests.web.pages import POSTS, Served, links_in
from tests.web.test_answer import state
from tests.web.test_events import EVENTS, TASKS
from tests.web.test_letters import STANDING, a_minute_later, body, to
from tests.web.test_looks import assert_reads_well

PHONE = 360


def newest(served: Served, post: str) -> str:
    """The link to answer by in the last letter to a post."""
    letter = [one for one in served.pages.office.sent if one.recipient == POSTS.get(post, post)][-1]
    return next(link for link in links_in(letter, served.url) if "/tl/" in link)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def reports_with_evidence(served: Served, page: Page, proof: Path) -> None:
    page.goto(newest(served, "focal"))
    expect(page.locator("h1")).to_have_text("Nộp báo cáo")
    assert_reads_well(page, PHONE)
    page.get_by_role("link", name="Đã hoàn thành").click()
    assert_reads_well(page, PHONE)
    press(page, "Tiếp tục")
    page.get_by_label("Kết quả").fill("Đã gửi bản chính")
    page.get_by_label("Tệp minh chứng").set_input_files(proof)
    page.get_by_label("Số, ngày văn bản").fill("15/BC-S2")
    press(page, "Tiếp tục")
    expect(page.locator("main")).to_contain_text("Chưa ghi nhận gì")
    expect(page.locator("main")).to_contain_text("báo cáo quý.pdf")
    assert_reads_well(page, PHONE)
    press(page, "Báo cáo hoàn thành")
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")
    assert_reads_well(page, PHONE)


def returns_what_lacks_an_annex(served: Served, queue: Page, proof: Path) -> None:
    queue.goto(newest(served, STANDING))
    expect(queue.locator("main")).to_contain_text("báo cáo quý.pdf")
    with queue.expect_download() as started:
        queue.get_by_role("link", name="báo cáo quý.pdf").click()
    assert started.value.suggested_filename == "báo cáo quý.pdf"
    assert Path(started.value.path()).read_bytes() == proof.read_bytes()
    queue.get_by_role("link", name="Trả lại").click()
    queue.get_by_label("Cần bổ sung gì").fill("thiếu phụ lục 2")
    press(queue, "Tiếp tục")
    press(queue, "Trả lại")
    expect(queue.locator("h1")).to_have_text("Đã ghi nhận")


def test_mail_to_link_to_evidence_to_return_to_correction_to_acceptance(
    served: Served, browser: Browser, tmp_path: Path
) -> None:
    office, proof = served.pages.office, tmp_path / "báo cáo quý.pdf"
    proof.write_bytes(b"%PDF-1.7 noi dung")
    office.now += DAY
    office.tick()
    window = served.context(browser, width=PHONE, scripts=True)
    page = window.new_page()
    reports_with_evidence(served, page, proof)
    assert state(served.pages) == "done"

    a_minute_later(served.pages)
    standing = served.context(browser, width=PHONE, scripts=True)
    queue = standing.new_page()
    returns_what_lacks_an_annex(served, queue, proof)
    assert state(served.pages) == "open"

    assert "thiếu phụ lục 2" in body(to(a_minute_later(served.pages), "focal"))
    page.goto(newest(served, "focal"))
    expect(page.locator(".note.late")).to_contain_text("bị trả lại")
    assert_reads_well(page, PHONE)
    page.get_by_role("link", name="Đã hoàn thành").click()
    page.get_by_label("Kết quả").fill("Đã bổ sung phụ lục 2")
    page.get_by_label("Hoặc đường liên kết").fill("https://s2.example/phu-luc-2")
    press(page, "Tiếp tục")
    press(page, "Báo cáo hoàn thành")

    a_minute_later(served.pages)
    queue.goto(newest(served, STANDING))
    queue.get_by_role("link", name="Xác nhận báo cáo").click()
    press(queue, "Tiếp tục")
    press(queue, "Xác nhận")
    expect(queue.locator("h1")).to_have_text("Đã ghi nhận")
    assert_reads_well(queue, PHONE)
    assert "Báo cáo đã được xác nhận" in body(to(a_minute_later(served.pages), "focal"))
    page.goto(newest(served, "focal"))
    expect(page.locator(".note.good")).to_contain_text("đã được xác nhận")
    office.now += 30 * DAY
    assert all("Nộp báo cáo" not in body(one) for one in office.tick())
    assert office.findings() == []
    window.close()
    standing.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_standing_office_fit_and_can_be_read_aloud(
    served: Served, browser: Browser, width: int
) -> None:
    office = served.pages.office
    office.apply(TASKS, events=EVENTS)
    office.tick()
    context = served.signed_in(browser, "standing", width=width, scripts=True)
    page = context.new_page()
    for path in ("/cho-xac-nhan", "/su-kien", "/su-kien/p/de-an", "/chua-co-han"):
        page.goto(path)
        assert_reads_well(page, width)
    context.close()


def test_the_answer_page_works_with_the_keyboard_alone(served: Served, browser: Browser) -> None:
    served.pages.office.now += DAY
    served.pages.office.tick()
    window = served.context(browser, width=PHONE)
    page = window.new_page()
    page.goto(newest(served, "head"))
    for _ in range(20):
        page.keyboard.press("Tab")
        if "Đang thực hiện" in page.locator(":focus").inner_text():
            break
    page.keyboard.press("Enter")
    page.get_by_label("phần trăm").focus()
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    press(page, "Báo tiến độ")
    expect(page.locator("h1")).to_have_text("Đã ghi nhận")
    window.close()
