"""The answer page: reached from a letter, it records what was confirmed, once, and shows what came of it."""

import html
import re
from datetime import timedelta

import pytest

from db.facts import last_reports, proofs_of, remarks, trail
from notifications.links import LIVES
from tests.offices import DAY, ONE_TASK, directory, text_of
from tests.web.pages import POSTS, Answer, Client, Pages

PDF = ("báo cáo.pdf", b"%PDF-1.7 noi dung", "application/octet-stream")


def obligation(pages: Pages) -> int:
    [(id_,)] = pages.office.run("SELECT id FROM obligation WHERE task = 'A.1' AND unit = 'u2'")
    assert isinstance(id_, int)
    return id_


def path(pages: Pages, post: str = "focal") -> str:
    url = pages.links.answer(POSTS[post], obligation(pages), 0, issued_at=pages.office.now)
    return url.removeprefix(pages.settings.public_url)


def ask(client: Client, at: str, kind: str, files: object = None, **fields: object) -> Answer:
    """Open the form of an answer and send it; return the confirmation, or what else came."""
    shown = client.get(f"{at}?lam={kind}")
    assert shown.status_code == 200, shown.text
    return client.post(at, {**shown.hidden, **fields}, files)


def confirm(client: Client, at: str, asked: Answer) -> Answer:
    """Press the button of a confirmation; return where it leads."""
    assert asked.status_code == 200, asked.text
    return client.post(at, {**asked.hidden, "buoc": "ghi"})


def answer(pages: Pages, kind: str, post: str = "focal", files: object = None, **fields: object) -> Answer:
    """Answer from the link of a letter, and return the receipt."""
    client, at = pages.browser(), path(pages, post)
    done = confirm(client, at, ask(client, at, kind, files, **fields))
    assert done.status_code == 303, done.text
    return client.get(done.headers["location"])


def state(pages: Pages) -> str:
    [(found,)] = pages.office.run("SELECT state FROM obligation WHERE task = 'A.1' AND unit = 'u2'")
    return str(found)


def counted(pages: Pages) -> list[object]:
    tables = ("report", "remark", "verification", "evidence", "event_record", "link_use", "audit")
    return [pages.office.run(f"SELECT count(*) FROM {table}")[0][0] for table in tables]


# --- what can be said -------------------------------------------------------------------------------------------------


def test_a_focal_point_reports_done_with_a_document_a_file_and_a_link(pages: Pages) -> None:
    receipt = answer(
        pages,
        "xong",
        files=[("tep", PDF)],
        ngay="2026-03-28",
        so_van_ban="15/BC-S2",
        noi_dung="đã gửi",
        lien_ket="https://s2.example/15",
    )
    assert receipt.title == "Đã ghi nhận"
    assert "Việc nhắc dừng lại" in receipt.text
    assert state(pages) == "done"
    id_ = obligation(pages)
    with pages.desk.engine.connect() as connection:
        [report] = last_reports(connection, [id_]).values()
        proofs = proofs_of(connection, [report.id])[report.id]
        [audited] = trail(connection)
    assert (str(report.said_on), report.document, report.note, report.via) == (
        "2026-03-28",
        "15/BC-S2",
        "đã gửi",
        "web",
    )
    assert [(one.name, one.media_type, one.link) for one in proofs] == [
        ("báo cáo.pdf", "application/pdf", None),
        (None, None, "https://s2.example/15"),
    ]
    assert (audited.person, audited.action, audited.via) == (POSTS["focal"], "report done", "web")


@pytest.mark.parametrize(
    ("kind", "fields", "said", "percent", "note"),
    [
        ("tien-do", {"ti_le": "40", "noi_dung": "đang lấy ý kiến"}, "progress", 40, "đang lấy ý kiến"),
        ("tien-do", {"ti_le": "0"}, "progress", 0, None),
        ("tien-do", {"noi_dung": "đang soạn"}, "progress", None, "đang soạn"),
        ("kho-khan", {"noi_dung": "chưa có kinh phí"}, "difficulty", None, "chưa có kinh phí"),
        ("dau-moi", {"ten": "Phòng  Mới", "dia_chi": "moi@s2.example"}, "focal", None, "Phòng Mới, moi@s2.example"),
        ("khong-thuoc", {"noi_dung": "thuộc Sở 3"}, "not_ours", None, "thuộc Sở 3"),
    ],
)
def test_a_unit_says_how_it_is_without_ending_it(
    small: Pages, kind: str, fields: dict[str, object], said: str, percent: int | None, note: str | None
) -> None:
    receipt = answer(small, kind, "head", **fields)
    assert receipt.title == "Đã ghi nhận"
    id_ = obligation(small)
    with small.desk.engine.connect() as connection:
        [remark] = remarks(connection, [id_])[id_]
    assert (remark.kind, remark.percent, remark.note, remark.unit) == (said, percent, note, "u2")
    assert state(small) == "open"


def test_the_standing_office_returns_a_report_and_then_accepts_the_next(pages: Pages) -> None:
    answer(pages, "xong", noi_dung="xong")
    receipt = answer(pages, "tra-lai", "standing", ly_do="thiếu phụ lục")
    assert "đơn vị sẽ nhận được lý do" in receipt.text
    assert state(pages) == "open"
    shown = pages.browser().get(path(pages))
    assert "đã bị trả lại" in shown.text
    assert "thiếu phụ lục" in shown.text
    answer(pages, "xong", noi_dung="đã bổ sung")
    answer(pages, "xac-nhan", "standing")
    shown = pages.browser().get(path(pages))
    assert "đã được xác nhận" in shown.text
    assert state(pages) == "done"


def test_a_report_by_mistake_is_taken_back(small: Pages) -> None:
    answer(small, "xong", noi_dung="xong")
    answer(small, "rut-bao-cao", noi_dung="nhầm nhiệm vụ")
    assert state(small) == "open"


def test_a_difficulty_is_seen_to(small: Pages) -> None:
    answer(small, "kho-khan", noi_dung="chưa có kinh phí")
    answer(small, "da-xu-ly", "standing", noi_dung="đã bố trí")
    client = small.browser()
    assert "lam=da-xu-ly" not in client.get(path(small, "standing")).text


def test_somebody_signed_in_answers_without_a_link(small: Pages) -> None:
    client, at = small.sign_in("head"), f"/nhiem-vu/{obligation(small)}/tra-loi"
    done = confirm(client, at, ask(client, at, "tien-do", ti_le="10"))
    assert client.get(done.headers["location"]).title == "Đã ghi nhận"


# --- looking changes nothing, and every action is confirmed ----------------------------------------------------------


def test_looking_at_every_page_of_a_link_changes_nothing(pages: Pages) -> None:
    answer(pages, "tien-do", ti_le="10")
    before = counted(pages)
    client, at = pages.browser(), path(pages)
    for query in (
        "",
        "?lam=xong",
        "?lam=kho-khan",
        "?lam=xac-nhan",
        "?lam=x",
        "?buoc=ghi&lam=xong&noi_dung=x",
        "?tep=1",
    ):
        client.get(at + query)
        client.http.head(at + query)
    assert counted(pages) == before


def test_a_form_that_was_not_confirmed_records_nothing(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    asked = ask(client, at, "xong", noi_dung="xong")
    assert "Chưa ghi nhận gì" in asked.text
    assert counted(pages) == [0] * 7
    changed = client.post(at, {**asked.hidden, "buoc": "sua"})
    assert ">xong</textarea>" in changed.text
    assert counted(pages) == [0] * 7


def test_pressed_twice_the_second_press_shows_the_receipt_of_the_first(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    asked = ask(client, at, "xong", noi_dung="xong")
    first, second = (confirm(client, at, asked) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert counted(pages)[0] == 1


def test_a_progress_is_recorded_once_however_often_its_form_is_sent(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    asked = ask(client, at, "tien-do", ti_le="10")
    assert len({confirm(client, at, asked).headers["location"] for _ in range(3)}) == 1
    assert counted(pages)[1] == 1


def test_a_receipt_is_shown_to_whom_it_belongs(small: Pages) -> None:
    client, at = small.browser(), path(small)
    done = confirm(client, at, ask(client, at, "tien-do", ti_le="10"))
    number = done.headers["location"].partition("nhan=")[2]
    other = small.browser().get(f"{path(small, 'head')}?nhan={number}")
    assert other.status_code == 404


def test_two_people_report_at_once_and_the_second_is_told(pages: Pages) -> None:
    focal, head = pages.browser(), pages.browser()
    mine, theirs = path(pages, "focal"), path(pages, "head")
    asked = [ask(focal, mine, "xong", noi_dung="một"), ask(head, theirs, "xong", noi_dung="hai")]
    assert confirm(focal, mine, asked[0]).status_code == 303
    late = confirm(head, theirs, asked[1])
    assert late.status_code == 409
    assert "vừa được báo cáo hoàn thành" in late.text
    assert POSTS["focal"] in late.text
    assert counted(pages)[0] == 1


@pytest.mark.parametrize("before", [True, False])
def test_what_the_second_of_two_wrote_is_given_back_to_them(small: Pages, before: bool) -> None:
    focal, head = small.browser(), small.browser()
    mine, theirs = path(small, "focal"), path(small, "head")
    first = ask(focal, mine, "xong", noi_dung="một")
    written = {"noi_dung": "hai\ndòng", "so_van_ban": "15/BC", "lien_ket": "https://s2.example/a"}
    if before:
        late = ask(head, theirs, "xong", files=[("tep", PDF)], **written)
        assert confirm(focal, mine, first).status_code == 303
        late = confirm(head, theirs, late)
    else:
        form = head.get(f"{theirs}?lam=xong").hidden
        assert confirm(focal, mine, first).status_code == 303
        late = head.post(theirs, {**form, **written}, [("tep", PDF)])
    assert late.status_code == 409
    areas = re.findall(r"<textarea[^>]* readonly>(.*?)</textarea>", late.text, re.DOTALL)
    lines = re.findall(r'value="([^"]*)" readonly>', late.text)
    assert {html.unescape(one) for one in (*areas, *lines)} >= set(written.values())
    assert "báo cáo.pdf" in late.text
    assert "readonly" not in head.get(theirs).text


def test_the_reason_of_a_verdict_that_came_second_is_given_back(small: Pages) -> None:
    answer(small, "xong", noi_dung="xong")
    client, at = small.browser(), path(small, "standing")
    accepted, returned = ask(client, at, "xac-nhan"), ask(client, at, "tra-lai", ly_do="thiếu phụ lục 2")
    assert confirm(client, at, accepted).status_code == 303
    assert "readonly>thiếu phụ lục 2</textarea>" in confirm(client, at, returned).text


def test_two_verdicts_at_once_and_the_second_is_told(pages: Pages) -> None:
    answer(pages, "xong", noi_dung="xong")
    client, at = pages.browser(), path(pages, "standing")
    accepted, returned = ask(client, at, "xac-nhan"), ask(client, at, "tra-lai", ly_do="thiếu")
    assert confirm(client, at, accepted).status_code == 303
    late = confirm(client, at, returned)
    assert (late.status_code, state(pages)) == (409, "done")
    assert "Không có báo cáo nào đang chờ xác nhận" in late.text
    assert "người khác" not in late.text


def test_a_verdict_after_that_of_another_is_told_so(small: Pages) -> None:
    answer(small, "xong", noi_dung="xong")
    mine = path(small, "standing")
    url = small.links.answer("focal1@tinh.example", obligation(small), 0, issued_at=small.office.now)
    theirs = url.removeprefix(small.settings.public_url)
    head, focal = small.browser(), small.browser()
    accepted, returned = ask(head, mine, "xac-nhan"), ask(focal, theirs, "tra-lai", ly_do="thiếu")
    assert confirm(head, mine, accepted).status_code == 303
    assert "người khác đã xử lý trước" in confirm(focal, theirs, returned).text


@pytest.mark.parametrize(
    ("post", "kind", "status", "said"),
    [
        ("focal", "xac-nhan", 403, "do cơ quan thường trực thực hiện"),
        ("focal", "dong-y-gia-han", 403, "không ai quyết định đề nghị của chính mình"),
        ("focal", "gia-han", 409, "Đã có một đề nghị gia hạn đang chờ quyết định"),
        ("standing", "xong", 403, "do đầu mối và người đứng đầu đơn vị chủ trì thực hiện"),
        ("standing", "tra-lai", 409, "Không có báo cáo nào đang chờ xác nhận"),
        ("standing", "da-xu-ly", 409, "Không còn điều gì cần xem xét"),
    ],
)
def test_an_answer_that_cannot_be_given_says_why(small: Pages, post: str, kind: str, status: int, said: str) -> None:
    answer(small, "gia-han", ngay_moi="2026-04-10", ly_do="chờ ý kiến")
    shown = small.browser().get(f"{path(small, post)}?lam={kind}")
    assert (shown.status_code, said in shown.text) == (status, True)
    assert "người khác" not in shown.text
    assert "không được ghi nhận" not in shown.text  # nothing was sent


VACANT = "{title: Giám đốc 2, vacant: true}"


def test_who_reads_for_a_vacant_head_answers_from_the_link_in_its_place(small: Pages) -> None:
    small.office.apply(ONE_TASK, tinh=directory(3, u2=VACANT))
    small.office.now += DAY
    letter = next(one for one in small.office.tick() if one.recipient == POSTS["overseer"])
    assert "nhận thư này thay Giám đốc 2" in (text := text_of(letter))
    assert "quá hạn" not in text.lower()
    assert "Trả lời: báo cáo kết quả" in text
    shown = small.browser().get(path(small, "overseer"))
    assert "Chức vụ chưa có người: Giám đốc 2. Đồng chí nhận thư và trả lời thay." in shown.text
    answer(small, "xong", "overseer", noi_dung="đã chỉ đạo thực hiện")
    assert state(small) == "done"


def test_others_are_told_who_answers_where_the_head_is_vacant(small: Pages) -> None:
    small.office.apply(ONE_TASK, tinh=directory(3, u2=VACANT))
    small.office.tick()
    shown = small.browser().get(path(small, "chair")).text
    assert "chức vụ Giám đốc 2 chưa có người, đầu mối đơn vị chủ trì và cấp trên nhận thư thay trả lời" in shown


def test_the_story_after_a_return_says_nothing_of_having_no_deadline(small: Pages) -> None:
    answer(small, "xong", noi_dung="xong")
    answer(small, "tra-lai", "standing", ly_do="thiếu phụ lục")
    shown = small.sign_in("focal").get(f"/nhiem-vu/{obligation(small)}")
    assert "thời hạn giữ nguyên" in shown.text
    assert "không có hạn" not in shown.text


def test_a_task_that_was_withdrawn_takes_no_answer(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    asked = ask(client, at, "xong", noi_dung="xong")
    pages.office.now += timedelta(minutes=1)
    pages.office.apply("  - {id: A.2, title: Việc khác, lead: u3, deadline: 2026-05-01}\n")
    assert confirm(client, at, asked).status_code == 409
    shown = client.get(at)
    assert "đã được rút khỏi chương trình" in shown.text
    assert "lam=xong" not in shown.text
    assert counted(pages)[0] == 0


def test_a_withdrawn_task_keeps_its_title_and_last_day_and_says_when_it_was_withdrawn(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    title = client.get(at).title
    pages.office.now += timedelta(minutes=1)
    pages.office.apply("  - {id: A.2, title: Việc khác, lead: u3, deadline: 2026-05-01}\n")
    pages.office.evaluate()
    when = "đã được rút khỏi chương trình ngày 30/3/2026, theo bản quy tắc số 2."
    shown = client.get(at)
    assert shown.title == title
    assert re.search(r"<strong>[^<]*3/4/2026</strong>", shown.text)
    assert "chưa có thời hạn" not in shown.text
    assert when in shown.text
    for kind in ("xong", "tien-do", "gia-han"):
        refused = client.get(f"{at}?lam={kind}")
        assert (refused.status_code, when in refused.text) == (409, True)
        assert "người khác" not in refused.text
    verdict = pages.browser().get(f"{path(pages, 'standing')}?lam=xac-nhan")
    assert when in verdict.text


def test_a_task_that_was_done_and_then_left_the_programme_says_so(small: Pages) -> None:
    answer(small, "xong", noi_dung="xong")
    title = small.browser().get(path(small)).title
    small.office.now += timedelta(minutes=1)
    small.office.apply("  - {id: A.2, title: Việc khác, lead: u3, deadline: 2026-05-01}\n")
    small.office.evaluate()
    shown = small.browser().get(path(small))
    assert shown.title == title
    assert "không còn trong chương trình. Không cần báo cáo gì thêm." in shown.text


def test_a_link_sent_before_the_deadline_moved_says_so(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    pages.office.now += timedelta(minutes=1)
    pages.office.apply("  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-10}\n")
    pages.office.evaluate()
    shown = client.get(at)
    assert "Thời hạn đã được điều chỉnh sau khi thư này được gửi" in shown.text
    assert "10/4/2026" in shown.text


def test_a_file_that_is_lost_is_found_missing_by_the_audit_and_nothing_breaks(small: Pages) -> None:
    answer(small, "xong", files=[("tep", PDF)], noi_dung="x")
    small.office.tick()
    assert small.office.findings() == []
    for kept in (small.office.folder / "var/evidence").rglob("*"):
        if kept.is_file():
            kept.unlink()
    [(number,)] = small.office.run("SELECT id FROM evidence")
    assert small.browser().get(f"{path(small)}?tep={number}").status_code == 404
    assert ["evidence" in finding for finding in small.office.findings()] == [True]


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "offered"),
    [
        ("focal", ["xong", "tien-do", "kho-khan", "dau-moi", "khong-thuoc", "gia-han"]),
        ("head", ["xong", "tien-do", "kho-khan", "dau-moi", "khong-thuoc", "gia-han"]),
        ("overseer", []),
        ("chair", []),
        ("standing", []),
    ],
)
def test_each_post_is_offered_what_it_may_do(small: Pages, post: str, offered: list[str]) -> None:
    shown = small.browser().get(path(small, post))
    assert re.findall(r"lam=([a-z-]+)", shown.text) == offered


def test_the_standing_office_is_offered_its_verdict_and_the_unit_is_not(small: Pages) -> None:
    answer(small, "xong", noi_dung="xong")
    seen = {
        post: re.findall(r"lam=([a-z-]+)", small.browser().get(path(small, post)).text)
        for post in POSTS
        if post != "other unit"
    }
    assert seen["standing"] == ["xac-nhan", "tra-lai"]
    assert seen["focal"] == ["rut-bao-cao"]
    assert seen["overseer"] == seen["chair"] == []


@pytest.mark.parametrize("kind", ["xong", "xac-nhan", "tra-lai"])
def test_nobody_does_by_force_what_they_are_not_offered(small: Pages, kind: str) -> None:
    client, at = small.browser(), path(small, "overseer")
    token = re.search(
        r'name="form_token" value="([^"]+)"', small.browser().get(path(small, "focal") + "?lam=xong").text
    )
    assert token is not None
    for fields in ({}, {"form_token": token[1]}):
        sent = client.post(at, {**fields, "lam": kind, "buoc": "ghi", "once": "x" * 20, "noi_dung": "x", "ly_do": "x"})
        assert sent.status_code in (400, 403, 409)
    assert counted(small)[:3] == [0, 0, 0]


def test_a_unit_that_has_nothing_to_do_with_it_does_not_see_it(small: Pages) -> None:
    assert small.browser().get(path(small, "other unit")).status_code == 403
    assert small.sign_in("other unit").get(f"/nhiem-vu/{obligation(small)}/tra-loi").status_code == 403


@pytest.mark.parametrize("id_", ["0", "999999", "x", "1' OR 1=1", "9" * 30, "-1"])
def test_what_is_not_there_is_not_found(small: Pages, id_: str) -> None:
    assert small.sign_in("head").get(f"/nhiem-vu/{id_}/tra-loi").status_code == 404


# --- links that are no good -------------------------------------------------------------------------------------------


def test_links_that_are_no_good_say_what_happened_and_what_to_do(small: Pages) -> None:
    at, client = path(small), small.browser()
    small.office.now += LIVES["answer"] + timedelta(minutes=1)
    expired = client.get(at)
    assert (expired.status_code, expired.title) == (410, "Liên kết đã hết hạn")
    small.office.now -= LIVES["answer"] + timedelta(minutes=1)
    forged = client.get(at[:-3] + "abc")
    assert (forged.status_code, forged.title) == (404, "Liên kết không đúng")
    foreign = small.sign_in("chair").get(at)
    assert (foreign.status_code, foreign.title) == (403, "Liên kết của người khác")
    small.office.now -= timedelta(hours=1)
    assert client.get(at).title == "Đồng hồ máy chủ chưa khớp"


# --- what is written --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "told"),
    [
        ("xong", {}, "số văn bản, hoặc gửi minh chứng"),
        ("xong", {"ngay": "2026-03-31", "noi_dung": "x"}, "chưa tới: chấp nhận từ 05/01/2026 đến 30/3/2026"),
        ("xong", {"ngay": "0226-03-01", "noi_dung": "x"}, "trước khi nhiệm vụ được giao"),
        ("xong", {"ngay": "31/3/2026", "noi_dung": "x"}, "chọn một ngày"),
        ("xong", {"lien_ket": "javascript:alert(1)"}, "không phải địa chỉ liên kết"),
        ("xong", {"noi_dung": "x" * 4_001}, "Dài quá"),
        ("tien-do", {}, "tỷ lệ hoặc nội dung"),
        ("tien-do", {"ti_le": "101"}, "từ 0 đến 100"),
        ("tien-do", {"ti_le": "-1"}, "từ 0 đến 100"),
        ("tien-do", {"ti_le": "٣"}, "từ 0 đến 100"),
        ("kho-khan", {}, "Đề nghị ghi nội dung"),
        ("dau-moi", {"ten": "An", "dia_chi": "không phải"}, "địa chỉ thư"),
        ("dau-moi", {"dia_chi": "a@b.example"}, "họ tên"),
        ("khong-thuoc", {"noi_dung": "   "}, "Đề nghị ghi nội dung"),
    ],
)
def test_a_form_that_is_wrong_says_so_beside_the_field_and_keeps_the_rest(
    small: Pages, kind: str, fields: dict[str, object], told: str
) -> None:
    came = ask(small.browser(), path(small), kind, **fields)
    assert came.status_code == 400
    assert told in came.text
    assert 'aria-invalid="true"' in came.text
    assert counted(small)[:3] == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", b"MZ\x90\0" + b"\0" * 64, "là chương trình"),
        ("a.html", b"<html><script>alert(1)</script>", "không được nhận"),
        ("a.svg", b"<svg onload='alert(1)'/>", "không được nhận"),
        ("a.pdf", b"", "trống"),
        ("a.pdf", b"%PDF-" + b"\0" * (25 * 1024 * 1024), "lớn hơn 25 MB"),
        ("a.zip", b"PK\x05\x06" + b"\0" * 18, "nén"),
    ],
)
def test_a_file_of_a_wrong_kind_is_refused_on_the_page(small: Pages, name: str, data: bytes, told: str) -> None:
    came = ask(small.browser(), path(small), "xong", [("tep", (name, data, "application/pdf"))], noi_dung="kết quả")
    assert came.status_code == 400
    assert told in came.text
    assert "kết quả</textarea>" in came.text
    assert counted(small)[3] == 0


def test_eleven_files_are_too_many(small: Pages) -> None:
    files = [("tep", (f"{n}.pdf", b"%PDF-" + bytes([n]), "application/pdf")) for n in range(11)]
    came = ask(small.browser(), path(small), "xong", files, noi_dung="x")
    assert came.status_code == 400
    assert counted(small)[3] == 0


def test_a_file_is_given_back_as_an_attachment_to_those_who_may_see_the_task(pages: Pages) -> None:
    answer(pages, "xong", files=[("tep", PDF)], noi_dung="x")
    [(number,)] = pages.office.run("SELECT id FROM evidence")
    got = pages.browser().http.get(f"{path(pages, 'standing')}?tep={number}")
    assert got.content == PDF[1]
    assert got.headers["content-disposition"].startswith('attachment; filename="')
    assert "filename*=UTF-8''b%C3%A1o%20c%C3%A1o.pdf" in got.headers["content-disposition"]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert pages.browser().get(f"{path(pages, 'other unit')}?tep={number}").status_code == 403
    assert pages.browser().get(f"{path(pages)}?tep=99").status_code == 404


def test_files_are_kept_while_a_form_is_mended_and_nobody_can_name_those_of_others(pages: Pages) -> None:
    client, at = pages.browser(), path(pages)
    wrong = ask(client, at, "xong", [("tep", PDF)], ngay="2027-01-01")
    assert (wrong.status_code, bool(wrong.hidden["giu"])) == (400, True)
    mended = client.post(at, {**wrong.hidden, "ngay": "2026-03-30", "noi_dung": "x"})
    assert "báo cáo.pdf" in mended.text
    asked = ask(client, at, "xong", [("tep", PDF)], noi_dung="x")
    changed = client.post(at, {**asked.hidden, "buoc": "sua"})
    held = changed.hidden["giu"]
    again = client.post(at, {**changed.hidden, "noi_dung": "x", "ngay": "2026-03-30"})
    assert "báo cáo.pdf" in again.text
    other, theirs = pages.browser(), path(pages, "head")
    stolen = ask(other, theirs, "xong", noi_dung="x", giu=held)
    assert "báo cáo.pdf" not in stolen.text
    forged = ask(client, at, "xong", noi_dung="x", giu=held[:-2] + "xx")
    assert "báo cáo.pdf" not in forged.text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7001*7001 }}", "a\r\nX: y"]
)
def test_nothing_that_is_written_becomes_markup(small: Pages, text: str) -> None:
    receipt = answer(small, "kho-khan", noi_dung=text)
    assert text not in receipt.text or text.startswith("{{")
    assert str(7001 * 7001) not in receipt.text
    assert "<script" not in receipt.text
    assert "<img" not in receipt.text


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-01-04", "trước khi nhiệm vụ được giao"),
        ("2020-01-01", "chấp nhận từ 05/01/2026"),
        ("2026-03-31", "chưa tới"),
    ],
)
def test_a_report_names_no_day_before_the_document_and_none_to_come(small: Pages, day: str, told: str) -> None:
    client, at, before = small.browser(), path(small), counted(small)
    wrong = ask(client, at, "xong", ngay=day, noi_dung="đã gửi")
    assert wrong.status_code == 400
    assert told in wrong.text
    assert counted(small) == before


def test_whoever_verifies_is_told_of_a_day_that_makes_late_work_count_as_in_time(small: Pages) -> None:
    small.office.now += timedelta(days=11)
    flag = "báo sau hạn, muộn hơn ngày hoàn thành 8 ngày"
    client, at = small.browser(), path(small)
    asked = ask(client, at, "xong", ngay="2026-04-02", noi_dung="đã gửi")
    assert flag in asked.text
    confirm(client, at, asked)
    standing, id_ = small.sign_in("standing"), obligation(small)
    for page in ("/cho-xac-nhan", f"/nhiem-vu/{id_}", f"/nhiem-vu/{id_}/tra-loi"):
        assert flag in standing.get(page).text
    assert f"hoàn thành ngày 02/4/2026, {flag}" in standing.get(f"/nhiem-vu/{id_}").text


def test_a_confirmation_whose_files_are_gone_asks_for_them_again_and_records_nothing(small: Pages) -> None:
    client, at, before = small.browser(), path(small), counted(small)
    asked = ask(client, at, "xong", [("tep", PDF)], noi_dung="đã gửi")
    for file in small.office.config.web.evidence.rglob("*"):
        if file.is_file():
            file.unlink()
    told = client.post(at, {**asked.hidden, "buoc": "ghi"})
    assert (told.status_code, "đề nghị gửi lại" in told.text) == (400, True)
    assert counted(small) == before
    assert not told.hidden.get("giu")
    again = confirm(client, at, client.post(at, {**told.hidden, "noi_dung": "x", "ngay": "2026-03-30"}, [("tep", PDF)]))
    assert again.status_code == 303
