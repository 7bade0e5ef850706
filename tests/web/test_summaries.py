"""The pages of summaries: who reads what, files, the confirmation of a draft, what units write, marks."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from db.facts import Said, trail
from db.summaries import kept_periods
from notifications.answering import SEPARATOR
from rules.programme import Occurred
from scheduler.recording import happened
from tests.offices import HOUR, Desk, open_desk
from tests.postgres import Prepare
from tests.web.pages import POSTS, Answer, Client, Pages, found_at_work, in_force, links_in
from tests.web.test_answer import answer

TASKS = (
    "  - {id: A.1, title: Kế hoạch hạ tầng số, lead: u2, deadline: 2026-04-03}\n"
    "  - {id: A.2, title: Quy chế dữ liệu, lead: u3, deadline: 2026-03-20}\n"
)
WEEKLY = {"DONDOC_SUMMARY__WEEKLY": "friday", "DONDOC_MAIL__DAILY_CAP_PER_PERSON": "50"}
WEEK = "2026-W14"
PAGE, WRITE = f"/bao-cao/tinh/u1/{WEEK}", f"/dong-gop/tinh/u2/{WEEK}"


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


@pytest.fixture
def prepare_database() -> Prepare:
    return in_force(TASKS, **WEEKLY)


@pytest.fixture
def weekly(tmp_path: Path, database_url: str) -> Iterator[Pages]:
    """An office that sums its week up on Friday, at 10:00 of its Wednesday."""
    desk: Desk = open_desk(tmp_path / "office", database_url, **WEEKLY)
    pages = found_at_work(desk, tasks=TASKS)
    desk.now = local("2026-04-01T10:00")
    yield pages
    desk.engine.dispose()


def draft(pages: Pages) -> None:
    pages.office.now = local("2026-04-03T15:00")
    pages.office.tick()


def steps(pages: Pages) -> list[str]:
    with pages.office.engine.connect() as connection:
        return [step for _, step, _ in kept_periods(connection, "tinh/u1")]


def write(client: Client, **texts: str) -> Answer:
    return client.press(WRITE, texts)


def test_leaders_read_the_whole_and_a_unit_what_concerns_it(weekly: Pages) -> None:
    for post in ("overseer", "chair", "standing", "admin"):
        shown = weekly.sign_in(post).get(PAGE).text
        assert "Kế hoạch hạ tầng số" in shown, post
        assert "Quy chế dữ liệu" in shown, post
    for post, own, foreign in (
        ("head", "Kế hoạch hạ tầng số", "Quy chế dữ liệu"),
        ("other unit", "Quy chế dữ liệu", "Kế hoạch hạ tầng số"),
    ):
        client = weekly.sign_in(post)
        for path in (PAGE, f"{PAGE}.json"):
            shown = client.get(path).text
            assert (own in shown, foreign in shown) == (True, False), (post, path)
    client = weekly.sign_in("head")
    for path in (f"{PAGE}?dv=u3", f"{PAGE}.json?dv=u3", f"{PAGE}.xlsx?dv=u3"):
        assert client.get(path).status_code == 403, path


def test_only_the_standing_office_confirms(weekly: Pages) -> None:
    draft(weekly)
    assert "Xác nhận và gửi báo cáo" in weekly.sign_in("standing").get(PAGE).text
    for post in POSTS.keys() - {"standing"}:
        client = weekly.sign_in(post)
        assert "Xác nhận và gửi báo cáo" not in client.get(PAGE).text, post
        refused = client.post(PAGE, {"form_token": client.form_token, "once": "a" * 20})
        assert refused.status_code == 403, post
    assert steps(weekly) == ["draft"]


def test_a_draft_that_waits_is_work_of_the_standing_office(weekly: Pages) -> None:
    waits = "Dự thảo báo cáo tuần 14 năm 2026 chờ xác nhận"
    assert waits not in weekly.sign_in("standing").get("/viec-cua-toi").text
    draft(weekly)
    client = weekly.sign_in("standing")
    shown = client.get("/viec-cua-toi").text
    assert waits in shown
    assert f'href="{PAGE}"' in shown
    assert waits not in weekly.sign_in("overseer").get("/viec-cua-toi").text
    client.post(PAGE, client.get(PAGE).hidden)
    assert waits not in client.get("/viec-cua-toi").text


def test_letters_that_call_a_draft_to_mind_open_it(weekly: Pages) -> None:
    draft(weekly)
    for moment, subject in (("2026-04-03T17:00", "nhắc xác nhận"), ("2026-04-06T08:00", "thường trực")):
        weekly.office.now = local(moment)
        [letter] = [sent for sent in weekly.office.tick() if subject in sent.subject]
        [link] = [url for url in links_in(letter) if "/bc/" in url]
        client = weekly.browser()
        shown = client.get(client.path_of(link)).text
        assert "Xác nhận và gửi báo cáo" in shown
        assert "tuần 14 năm 2026" in shown


def test_a_draft_is_confirmed_once_and_sent(weekly: Pages) -> None:
    draft(weekly)
    client = weekly.sign_in("standing")
    fields = client.get(PAGE).hidden
    first, second = client.post(PAGE, fields), client.post(PAGE, fields)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert "Đã xác nhận lúc" in client.get(first.headers["location"]).text
    assert weekly.office.run("SELECT count(*) FROM summary WHERE step = 'confirmed'") == [(1,)]
    weekly.office.now += HOUR / 60
    sent = {letter.recipient for letter in weekly.office.tick()}
    assert {"chair@tinh.example", "over2@tinh.example"} <= sent
    shown = client.get(PAGE)
    assert "Xác nhận và gửi báo cáo" not in shown.text
    late = client.post(PAGE, {"form_token": client.form_token, "once": "b" * 20, "moi": "1"})
    assert (late.status_code, "đã được gửi đi trước đó" in late.text) == (409, True)
    assert steps(weekly) == ["sent"]


def test_what_was_sent_is_shown_as_all_stands_now_where_that_is_asked_for(weekly: Pages) -> None:
    draft(weekly)
    client = weekly.sign_in("standing")
    client.post(PAGE, client.get(PAGE).hidden)
    weekly.office.now += HOUR / 60
    weekly.office.tick()
    weekly.office.now = local("2026-04-08T10:00")
    client = weekly.sign_in("standing")
    sent, now = (client.get(f"{PAGE}{more}").text for more in ("", "?moi=1"))
    assert ("15h00 ngày 03/4/2026" in sent, "không phải bản đã gửi" in sent) == (True, False)
    assert ("10h00 ngày 08/4/2026" in now, "không phải bản đã gửi" in now) == (True, True)
    assert "Xác nhận và gửi báo cáo" not in now
    found = {more: json.loads(client.get(f"{PAGE}.json{more}").text) for more in ("", "?moi=1")}
    assert [one["step"] for one in found.values()] == ["sent", "live"]
    assert found["?moi=1"]["open_late"] == found[""]["open_late"] + 1
    # Nobody else is asked what to confirm.
    assert json.loads(weekly.sign_in("chair").get(f"{PAGE}.json?moi=1").text)["step"] == "sent"


def test_nothing_is_confirmed_before_units_should_have_written(weekly: Pages) -> None:
    client = weekly.sign_in("standing")
    assert "Xác nhận và gửi báo cáo" not in client.get(PAGE).text
    early = client.post(PAGE, {"form_token": client.form_token, "once": "a" * 20})
    assert (early.status_code, "Chưa tới giờ" in early.text) == (409, True)
    assert client.post(PAGE, {"form_token": client.form_token}).status_code == 400
    assert steps(weekly) == []


def test_what_was_written_after_the_draft_is_confirmed_anew(weekly: Pages) -> None:
    draft(weekly)
    weekly.office.now += HOUR / 4
    assert write(weekly.sign_in("head"), ket_qua="Viết sau dự thảo").status_code == 303
    client = weekly.sign_in("standing")
    assert "Viết sau dự thảo" not in client.get(PAGE).text
    assert "Viết sau dự thảo" in client.get(f"{PAGE}?moi=1").text
    confirmed = client.post(PAGE, client.get(f"{PAGE}?moi=1").hidden)
    assert "Viết sau dự thảo" in client.get(confirmed.headers["location"]).text


def test_the_link_in_the_draft_confirms_it_without_a_sign_in(weekly: Pages) -> None:
    weekly.office.now = local("2026-04-03T15:00")
    letters = [one for one in weekly.office.tick() if "dự thảo]" in one.subject]
    assert {one.recipient for one in letters} == {"focal1@tinh.example"}
    (url,) = [url for url in links_in(letters[0]) if "/bc/" in url]
    client = weekly.browser()
    path = client.path_of(url)
    assert steps(weekly) == ["draft"]
    confirmed = client.post(path, client.get(path).hidden)
    assert confirmed.status_code == 303
    assert "Đã xác nhận lúc" in client.get(confirmed.headers["location"]).text
    assert steps(weekly) == ["confirmed"]


def test_a_link_of_somebody_else_shows_no_more_than_they_may_see(weekly: Pages) -> None:
    draft(weekly)
    scope = SEPARATOR.join(("tinh/u1", WEEK))
    url = weekly.links.make("summary", POSTS["head"], issued_at=weekly.office.now, scope=scope)
    client = weekly.browser()
    path = client.path_of(url)
    shown = client.get(path)
    assert "Quy chế dữ liệu" not in shown.text
    assert "Xác nhận và gửi báo cáo" not in shown.text
    for scope in ("", SEPARATOR.join(("tinh/u9", WEEK)), SEPARATOR.join(("tinh/u1", "9999-W52")), "tinh/u1"):
        url = weekly.links.make("summary", POSTS["standing"], issued_at=weekly.office.now, scope=scope)
        assert client.get(client.path_of(url)).status_code == 404


@pytest.mark.parametrize("kept", [True, False])
def test_the_files_say_what_the_page_says(weekly: Pages, kept: bool) -> None:
    if kept:
        draft(weekly)
    client = weekly.sign_in("chair")
    facts = json.loads(client.get(f"{PAGE}.json").text)
    assert (facts["step"], facts["total"]) == ("draft" if kept else "live", 2)
    word, excel = (client.http.get(f"{PAGE}.{form}") for form in ("docx", "xlsx"))
    assert word.headers["content-disposition"] == f'attachment; filename="bao-cao-{WEEK}.docx"'
    text = "\n".join(cell.text for table in Document(BytesIO(word.content)).tables for cell in table._cells)
    assert "Quy chế dữ liệu" in text
    assert load_workbook(BytesIO(excel.content)).sheetnames
    assert "<strong>2</strong> <span>lượt của 2 nhiệm vụ" in client.get(PAGE).text


@pytest.mark.parametrize(
    "path",
    [
        "/bao-cao/tinh/u1/2026-W15",
        "/bao-cao/tinh/u1/2026-W60",
        "/bao-cao/tinh/u1/0001-W01",
        "/bao-cao/tinh/u2/2026-W14",
        "/bao-cao/nuoc/u1/2026-W14",
        "/bao-cao/tinh/u1/2026-W14.exe",
        "/bao-cao/tinh/u1/2026-W14?dv=u9",
        "/bao-cao/tinh/u1/2026-W14?nhan=khong-co",
        "/bao-cao/tinh/u1/2025-W01",
        "/bao-cao/tinh/u1/2026-W14%00",
    ],
)
def test_what_is_no_summary_is_not_found(weekly: Pages, path: str) -> None:
    assert weekly.sign_in("standing").get(path).status_code == 404


def test_the_list_tells_of_all_periods_and_of_what_is_to_be_written(weekly: Pages) -> None:
    shown = weekly.sign_in("head").get("/bao-cao").text
    assert (WRITE in shown, "09h00 ngày 03/4/2026" in shown, "Chưa lập" in shown) == (True, True, True)
    assert "/dong-gop/" not in weekly.sign_in("chair").get("/bao-cao").text
    draft(weekly)
    assert "Dự thảo" in weekly.sign_in("chair").get("/bao-cao").text


def test_the_standing_office_is_not_told_that_its_hour_to_write_has_passed(weekly: Pages) -> None:
    weekly.office.now = local("2026-04-03T09:30")
    assert "đã quá giờ" in weekly.sign_in("head").get("/bao-cao").text
    shown = weekly.sign_in("standing").get("/bao-cao").text
    assert ("/dong-gop/tinh/u1/2026-W14" in shown, "đã quá giờ" in shown) == (True, False)


def test_a_unit_writes_and_changes_what_it_wrote(weekly: Pages) -> None:
    client = weekly.sign_in("focal")
    assert "09h00 ngày 03/4/2026" in client.get(WRITE).text
    saved = write(client, ket_qua="Đã trình\r\nkế hoạch", kho_khan="<b>Thiếu kinh phí</b>")
    assert "Đã ghi lúc" in client.get(saved.headers["location"]).text
    shown = weekly.sign_in("head").get(WRITE).text
    assert ("Đã trình\nkế hoạch" in shown, "&lt;b&gt;Thiếu kinh phí" in shown) == (True, True)
    assert POSTS["focal"] in shown
    weekly.office.now += HOUR
    assert write(weekly.sign_in("head"), ket_qua="", kho_khan="<b>Thiếu kinh phí</b>").status_code == 303
    summed = weekly.sign_in("standing").get(PAGE).text
    assert ("Đã trình" in summed, "&lt;b&gt;Thiếu kinh phí" in summed) == (False, True)
    with weekly.office.engine.connect() as connection:
        acts = [one.action for one in trail(connection, subject=f"{WEEK} (u2)")]
    # What was not changed is not written again.
    assert sorted(acts) == ["contribute difficulties", "contribute results", "contribute results"]


def test_two_who_write_at_once_lose_nothing(weekly: Pages) -> None:
    head, focal = weekly.sign_in("head"), weekly.sign_in("focal")
    opened = head.get(WRITE).hidden
    assert write(focal, ket_qua="Của văn phòng").status_code == 303
    clash = head.post(WRITE, {**opened, "ket_qua": "Của giám đốc"})
    assert clash.status_code == 409
    assert ("Của văn phòng" in clash.text, "Của giám đốc" in clash.text) == (True, True)
    assert head.post(WRITE, {**clash.hidden, "ket_qua": "Của cả hai"}).status_code == 303
    assert "Của cả hai" in focal.get(WRITE).text


def test_pressed_twice_it_is_written_once(weekly: Pages) -> None:
    client = weekly.sign_in("head")
    fields = {**client.get(WRITE).hidden, "ket_qua": "Một lần"}
    assert [client.post(WRITE, fields).status_code for _ in range(2)] == [303, 303]
    assert weekly.office.run("SELECT count(*) FROM contribution") == [(1,)]


def test_after_the_hour_it_is_taken_and_after_the_summary_was_sent_it_is_not(weekly: Pages) -> None:
    draft(weekly)
    client = weekly.sign_in("head")
    opened = client.get(WRITE)
    assert "Đã quá giờ gửi" in opened.text
    standing = weekly.sign_in("standing")
    standing.post(PAGE, standing.get(PAGE).hidden)
    weekly.office.now += HOUR / 60
    weekly.office.tick()
    late = client.post(WRITE, {**opened.hidden, "ket_qua": "Quá muộn"})
    assert (late.status_code, "Quá muộn" in late.text, "không được ghi nhận" in late.text) == (409, True, True)
    assert "không viết thêm được nữa" in client.get(WRITE).text
    assert "/dong-gop/tinh/u2/2026-W15" in client.get("/bao-cao").text
    assert write(client, ket_qua="x").status_code == 409
    assert client.press("/dong-gop/tinh/u2/2026-W15", ket_qua="Tuần sau").status_code == 303


def test_what_is_as_long_as_it_may_be_is_taken_and_what_is_longer_is_not(weekly: Pages) -> None:
    client = weekly.sign_in("head")
    long = write(client, ket_qua="ế" * 20_001, kho_khan="Khác")
    assert (long.status_code, "Mỗi phần dài nhất 20000 ký tự" in long.text) == (400, True)
    assert weekly.office.run("SELECT count(*) FROM contribution") == [(0,)]
    assert write(client, ket_qua="ế" * 20_000, kho_khan="ộ" * 20_000, tiep_theo="ữ" * 20_000).status_code == 303
    assert client.post(WRITE, {**client.get(WRITE).hidden, "ket_qua": "ế" * 400_000}).status_code == 413


@pytest.mark.parametrize("path", ["tinh/u9/2026-W14", "nuoc/u2/2026-W14", "tinh/u2/2026-W20", "tinh/u2/hom-nay"])
def test_what_is_no_unit_or_period_is_not_found(weekly: Pages, path: str) -> None:
    assert weekly.sign_in("head").get(f"/dong-gop/{path}").status_code == 404


def test_nobody_writes_for_another_unit(weekly: Pages) -> None:
    for post in POSTS.keys() - {"head", "focal"}:
        client = weekly.sign_in(post)
        refused = client.post(WRITE, {"form_token": client.form_token, "once": "a" * 20, "ket_qua": "x"})
        assert refused.status_code == 403, post
    assert weekly.office.run("SELECT count(*) FROM contribution") == [(0,)]


def test_a_task_is_marked_as_entered_once_and_the_mark_grows_stale(weekly: Pages) -> None:
    client = weekly.sign_in("standing")
    assert "chưa nhập" in client.get("/nhiem-vu/1").text
    fields = {**client.get("/nhiem-vu/1/da-nhap").hidden, "ngay": "2026-04-01", "ghi_chu": "Nhập tay"}
    assert [client.post("/nhiem-vu/1/da-nhap", fields).status_code for _ in range(2)] == [303, 303]
    assert weekly.office.run("SELECT count(*) FROM national_mark") == [(1,)]
    shown = client.get("/nhiem-vu/1").text
    assert ("01/4/2026" in shown, "đã thay đổi từ đó" in shown) == (True, False)
    answer(weekly, "xong", noi_dung="đã trình")
    assert "đã thay đổi từ đó" in client.get("/nhiem-vu/1").text
    assert "cần nhập lại" in client.get("/nhiem-vu/1/da-nhap").text


@pytest.mark.parametrize("day", ["", "hôm nay", "2026-04-02", "1999-01-01", "2026-13-40"])
def test_a_mark_of_no_day_is_refused_with_what_was_written(weekly: Pages, day: str) -> None:
    client = weekly.sign_in("standing")
    refused = client.press("/nhiem-vu/1/da-nhap", ngay=day, ghi_chu="Nhập tay")
    assert (refused.status_code, "Nhập tay" in refused.text) == (400, True)
    assert weekly.office.run("SELECT count(*) FROM national_mark") == [(0,)]


def test_only_the_standing_office_marks(weekly: Pages) -> None:
    for post in POSTS.keys() - {"standing", "other unit"}:
        client = weekly.sign_in(post)
        assert "Ghi ngày đã nhập" not in client.get("/nhiem-vu/1").text, post
        assert client.post("/nhiem-vu/1/da-nhap", {"form_token": client.form_token}).status_code == 403, post


def test_the_page_tells_which_tasks_passed_to_others_and_which_events_were_recorded(weekly: Pages) -> None:
    hangs = TASKS + "  - {id: A.3, title: Thông cáo, lead: u3, deadline: {after: hop, within: 10 days}}\n"
    events = "  hop: {title: Họp báo}\n"
    weekly.office.apply(hangs, events=events)
    weekly.office.now += HOUR
    weekly.office.apply(hangs.replace("lead: u2, deadline", "lead: u3, basis: 95/UBND-TH, deadline"), events=events)
    weekly.office.restart()
    said = Said("an@tinh.example", weekly.office.now)
    happened(weekly.office.office, "p", "hop", Occurred(date(2026, 3, 31)), said, document="12/VP")
    passed = "chuyển từ Sở 2 sang Sở 3 từ ngày 01/4/2026, theo 95/UBND-TH"
    recorded = "Họp báo: ngày 31/3/2026, theo 12/VP; thời hạn tính theo đó:\n+ A.3. Thông cáo (Sở 3): hạn 10/4/2026"
    for post in ("chair", "head", "other unit"):
        client = weekly.sign_in(post)
        shown = client.get(PAGE).text
        assert "Chuyển cơ quan chủ trì trong tuần (1)" in shown, post
        assert passed in shown, post
        # Whoever has nothing to do with what hangs on an event is not told of it.
        assert (recorded in shown) == (post != "head"), post
        facts = json.loads(client.get(f"{PAGE}.json").text)
        assert [(one["task"], one["before"], one["after"]) for one in facts["passed"]] == [("A.1", ["u2"], ["u3"])]
        assert [one["event"] for one in facts["events"]] == ([] if post == "head" else ["hop"])
        text = facts["sections"][0]["text"]
        assert (passed in text, "A.3. Thông cáo (Sở 3): hạn 10/4/2026" in text) == (True, post != "head"), post
