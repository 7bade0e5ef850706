"""The pages of indicators: what is shown to whom, and a value recorded on a telephone, with its proof, once."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.web.pages import POSTS, Pages, Served

INDICATORS = (
    "indicators:\n"
    "  - {id: I.1, title: Phủ sóng 5G, unit: '%', owner: u2, targets: {2026: '≥ 70', 2030: '100'},"
    " measure: {every: quarter, on: last}}\n"
    "  - {id: I.2, title: Trung tâm giám sát, unit: '-', owner: u2, targets: {2026: Có}}\n"
    "  - {id: I.3, title: Đơn sáng chế mỗi năm, unit: Đơn, owner: [u1, u3], targets: {2026: 'khoảng 10 đến 20'}}\n"
)
TASK = "  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-03}\n"
PATH = "/chi-tieu/p/I.1"
GOOD = {"gia_tri": "72,5", "ngay": "2026-03-29", "nguon": "Báo cáo 15/BC"}


@pytest.fixture
def measured(small: Pages) -> Pages:
    small.office.apply(TASK + INDICATORS)
    small.office.restart()
    small.__dict__.pop("app", None)
    small.__dict__.pop("desk", None)
    return small


def test_each_sees_the_indicators_of_their_units(measured: Pages) -> None:
    assert "Phủ sóng 5G" in measured.sign_in("head").get("/chi-tieu").text
    assert "Phủ sóng 5G" not in measured.sign_in("other unit").get("/chi-tieu").text
    assert measured.sign_in("other unit").get(PATH).status_code == 403
    assert "Phủ sóng 5G" in measured.sign_in("chair").get("/chi-tieu").text


def test_a_value_is_confirmed_recorded_once_and_answers_the_quarter(measured: Pages) -> None:
    client = measured.sign_in("head")
    confirm = client.press(PATH, GOOD)
    assert (confirm.status_code, confirm.title) == (200, "Ghi số liệu chỉ tiêu")
    assert "72,5%" in confirm.text
    assert measured.office.run("SELECT count(*) FROM measurement") == [(0,)]
    sent = {**confirm.hidden, "buoc": "ghi"}
    first, second = (client.post(PATH, sent) for _ in range(2))
    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])
    assert "Đã ghi số liệu" in client.get(first.headers["location"]).text
    table = client.get(PATH).text
    assert '"Giá trị"><strong>72,5%</strong>' in table
    assert "29/3/2026" in client.get("/chi-tieu").text
    assert measured.office.run("SELECT value, unit, via FROM measurement") == [("72,5", "u2", "web")]
    done = "SELECT occurrence, state FROM obligation WHERE task = 'indicator:I.1' ORDER BY occurrence"
    assert measured.office.run(done) == [("2026-03-31", "done"), ("2026-06-30", "open")]
    measured.office.tick()
    assert measured.office.findings() == []


def test_a_share_of_more_than_the_whole_is_asked_back_before_it_is_recorded(measured: Pages) -> None:
    client = measured.sign_in("head")
    confirm = client.press(PATH, {**GOOD, "gia_tri": "150"})
    assert confirm.status_code == 200
    assert "150% nằm ngoài khoảng 0–100%" in confirm.text
    assert "nằm ngoài khoảng" not in client.press(PATH, GOOD).text
    assert client.post(PATH, {**confirm.hidden, "buoc": "ghi"}).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("gia_tri", "", "Đề nghị ghi giá trị"),
        ("gia_tri", "nhiều", "không phải một giá trị"),
        ("gia_tri", "72.5", "có phải “72,5”"),
        ("gia_tri", "Có", "chỉ tiêu này ghi một số"),
        ("gia_tri", "12 người", "không theo đơn vị tính"),
        ("gia_tri", "<script>", "&lt;script&gt;"),
        ("ngay", "2026-12-01", "chưa tới"),
        ("ngay", "1026-03-01", "quá xa"),
        ("ngay", "mai", "chọn một ngày"),
        ("nguon", "", "nguồn số liệu hoặc gửi minh chứng"),
        ("nguon", "x" * 501, "Dài quá 500"),
        ("lien_ket", "javascript:alert(1)", "không phải địa chỉ"),
    ],
)
def test_what_cannot_be_taken_is_told_beside_its_field(measured: Pages, field: str, value: str, said: str) -> None:
    answer = measured.sign_in("focal").press(PATH, {**GOOD, field: value})
    assert answer.status_code == 400
    assert said in answer.text
    assert "<script>" not in answer.text
    assert measured.office.run("SELECT count(*) FROM measurement") == [(0,)]


@pytest.mark.parametrize("post", ["overseer", "chair", "admin"])
def test_only_owners_and_the_standing_office_record(measured: Pages, post: str) -> None:
    client = measured.sign_in(post)
    assert "Ghi số liệu" not in client.get(PATH).text
    answer = client.post(PATH, {**GOOD, "form_token": client.form_token})
    assert (answer.status_code, answer.title) == (403, "Không thuộc thẩm quyền")


@pytest.mark.parametrize(
    "path", ["/chi-tieu/p/I.9", "/chi-tieu/q/I.1", "/chi-tieu/p/I.1?tep=1", "/chi-tieu/p/I.1?nhan=x"]
)
def test_what_is_not_there_is_said_plainly(measured: Pages, path: str) -> None:
    assert measured.sign_in("head").get(path).status_code == 404


def test_the_letter_that_asks_leads_to_the_form(measured: Pages) -> None:
    stored = measured.office.run("SELECT id, edition FROM obligation WHERE task = 'indicator:I.1' ORDER BY id")[0]
    url = measured.links.answer(POSTS["head"], int(str(stored[0])), int(str(stored[1])), issued_at=measured.office.now)
    client = measured.browser()
    path = client.path_of(url)
    page = client.get(path)
    assert "Ghi số liệu chỉ tiêu" in page.text
    assert "?lam=xong" not in page.text
    confirm = client.press(f"{path}?lam=so-lieu", GOOD)
    sent = client.post(path, {**confirm.hidden, "buoc": "ghi"})
    assert sent.status_code == 303
    assert measured.office.run("SELECT value FROM measurement") == [("72,5",)]


@pytest.mark.parametrize("width", [360, 1200])
def test_a_value_with_its_proof_from_a_browser(
    measured: Pages, served: Served, browser: Browser, width: int, tmp_path: Path
) -> None:
    window = served.signed_in(browser, "head", width=width)
    page = window.new_page()
    for value, day in (("60", "2026-01-10"), ("64,5", "2026-02-15"), ("72,5", "2026-03-29")):
        page.goto(PATH)
        page.get_by_label("Giá trị").fill(value)
        page.get_by_label("Ngày số liệu").fill(day)
        page.get_by_label("Nguồn số liệu").fill("Báo cáo 15/BC-SKHCN")
        page.get_by_label("Tệp minh chứng").set_input_files(
            {"name": "a.txt", "mimeType": "text/plain", "buffer": f"số liệu {value}".encode()}
        )
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.locator("main")).to_contain_text("a.txt")
        page.get_by_role("button", name="Ghi số liệu").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi số liệu")
    expect(page.get_by_role("img", name="Phủ sóng 5G")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ước tính đến 31/12/2026")
    with page.expect_download() as download:
        page.get_by_role("link", name="a.txt").first.click()
    assert download.value.path().read_text() == "số liệu 72,5"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name, path in (("one", PATH), ("all", "/chi-tieu")):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=tmp_path / f"{name}-{width}.png", full_page=True)
    window.close()


def record(pages: Pages, post: str = "head") -> None:
    client = pages.sign_in(post)
    confirm = client.press(PATH, GOOD)
    assert client.post(PATH, {**confirm.hidden, "buoc": "ghi"}).status_code == 303


def test_an_owner_takes_a_value_back_with_the_reason_once(measured: Pages) -> None:
    record(measured)
    client = measured.sign_in("focal")
    shown = client.get(PATH)
    [(number,)] = measured.office.run("SELECT id FROM measurement")
    form = {"form_token": client.form_token, "once": "rut-1", "rut": str(number)}
    assert f'name="rut" value="{number}"' in shown.text
    empty = client.post(PATH, form)
    assert (empty.status_code, "Đề nghị ghi lý do rút số liệu" in empty.text) == (400, True)
    first, second = (client.post(PATH, {**form, "ly_do": "nhầm kỳ"}) for _ in range(2))
    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])
    receipt = client.get(first.headers["location"])
    assert "Đã rút số liệu" in receipt.text
    assert 'name="rut"' not in receipt.text  # nothing stands to be taken back
    again = client.post(PATH, {**form, "once": "rut-2", "ly_do": "lần nữa"})
    assert (again.status_code, "đã được rút trước đó" in again.text) == (400, True)
    assert measured.office.run("SELECT count(*) FROM measurement WHERE retracts IS NOT NULL") == [(1,)]
    state = "SELECT state FROM obligation WHERE task = 'indicator:I.1' AND occurrence = '2026-03-31'"
    assert measured.office.run(state) == [("open",)]


@pytest.mark.parametrize(("post", "status"), [("other unit", 403), ("chair", 403), ("standing", 303)])
def test_a_value_is_taken_back_by_its_owner_or_the_standing_office_alone(
    measured: Pages, post: str, status: int
) -> None:
    record(measured)
    [(number,)] = measured.office.run("SELECT id FROM measurement")
    client = measured.sign_in(post)
    form = {"form_token": client.form_token, "once": "rut-1", "rut": str(number), "ly_do": "x"}
    assert client.post(PATH, form).status_code == status


def test_a_task_without_a_day_says_how_it_gets_one(small: Pages) -> None:
    events = "  e: {title: Trung ương ban hành Đề án}\n"
    tasks = (
        "  - {id: A.1, title: Việc theo sự kiện, lead: u2, deadline: {after: e, within: 30 days}}\n"
        "  - {id: A.2, title: Việc theo văn bản, lead: u2, deadline: {set_by: Sau khi có hướng dẫn}}\n"
    )
    small.office.apply(tasks, events=events)
    small.office.restart()
    small.__dict__.pop("app", None)
    small.__dict__.pop("desk", None)
    client = small.sign_in("standing")
    shown = client.get("/chua-co-han").text
    assert 'href="/su-kien/p/e"' in shown
    assert client.get("/su-kien/p/e").status_code == 200
    assert "ghi vào tệp quy tắc rồi áp dụng: <code>rules/p.yaml:" in shown
    assert "Thời hạn theo “Sau khi có hướng dẫn”, chưa xác định ngày" in shown
    small.office.evaluate()


def test_a_value_that_is_owed_is_work_to_do_and_stands_in_the_calendar(measured: Pages) -> None:
    client = measured.sign_in("head")
    [(id_, due)] = measured.office.run(
        "SELECT id, due_on FROM obligation WHERE task = 'indicator:I.1' AND state = 'open' ORDER BY due_on LIMIT 1"
    )
    mine = client.get("/viec-cua-toi").text
    assert f"/nhiem-vu/{id_}/tra-loi" in mine.partition("Số liệu chỉ tiêu phải cập nhật")[2]
    assert "1 số liệu" in client.get(f"/lich-han?tu={due}").text
    assert "Phủ sóng 5G" not in measured.sign_in("other unit").get("/viec-cua-toi").text


def test_the_queue_counts_reports_and_values_apart(measured: Pages) -> None:
    client = measured.sign_in("head")
    client.post(PATH, {**client.press(PATH, GOOD).hidden, "buoc": "ghi"})
    office = measured.sign_in("standing")
    assert office.get("/cho-xac-nhan").title == "Báo cáo chờ xác nhận (0), số liệu chỉ tiêu (1)"
    for path in ("/viec-cua-toi", "/bang"):
        assert "<strong>1</strong> <span>Số liệu chỉ tiêu chờ xác nhận</span>" in office.get(path).text
