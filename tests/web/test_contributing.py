"""Writing for a summary: by the link in the letter that asks for it, to whom it opens what and until when; and what
the standing office writes itself."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.facts import trail
from notifications.answering import SEPARATOR
from notifications.envelope import Envelope
from tests.db.conftest import bring_to_schema
from tests.offices import Desk, open_desk, text_of
from tests.postgres import Prepare
from tests.web.pages import POSTS, Pages, at_work, found_at_work, in_force, links_in
from tests.web.test_summaries import TASKS, WEEK, WEEKLY, local

THURSDAY, LAST, OVER = local("2026-04-02T08:00"), local("2026-04-03T08:59"), local("2026-04-03T09:00")
"""When units are asked, the last minute of writing, and the hour."""
EXPIRED = "Liên kết đã hết hạn"


@pytest.fixture
def prepare_database(request: pytest.FixtureRequest) -> Prepare:
    return in_force(TASKS, **WEEKLY) if "asked" in request.fixturenames else bring_to_schema


@pytest.fixture
def asked(tmp_path: Path, database_url: str) -> Iterator[Pages]:
    """An office that sums its week up on Friday, at the hour on Thursday at which units are asked to write."""
    desk: Desk = open_desk(tmp_path / "office", database_url, **WEEKLY)
    pages = found_at_work(desk, tasks=TASKS)
    desk.now = THURSDAY
    yield pages
    desk.engine.dispose()


def request_to(pages: Pages, address: str) -> Envelope:
    """The letter that asks an address to write."""
    [letter] = [one for one in pages.office.tick() if "đề nghị]" in one.subject and one.recipient == address]
    return letter


def path_to(pages: Pages, post: str = "focal", *scope: str) -> str:
    """The path of a link for a post, made as letters make it: of u2, for the week, unless another scope is given."""
    words = scope or ("tinh/u1", "u2", WEEK)
    url = pages.links.make("contribute", POSTS[post], issued_at=THURSDAY, scope=SEPARATOR.join(words))
    return pages.browser().path_of(url)


def written(pages: Pages) -> list[tuple[object, ...]]:
    return pages.office.run("SELECT unit, period, section, content, recorded_by FROM contribution ORDER BY id")


def test_the_link_in_the_letter_opens_the_form_of_its_unit_without_a_sign_in(asked: Pages) -> None:
    [url] = links_in(request_to(asked, POSTS["focal"]))
    client = asked.browser()
    path = client.path_of(url)
    shown = client.get(path)
    assert (shown.status_code, "Sở 2" in shown.text, "09h00 ngày 03/4/2026" in shown.text) == (200, True, True)
    assert written(asked) == []
    saved = client.post(path, {**shown.hidden, "ket_qua": "Đã trình kế hoạch"})
    assert saved.headers["location"].startswith(f"{path}?")
    receipt = client.get(saved.headers["location"]).text
    assert "Đã ghi lúc" in receipt
    assert "sửa bằng liên kết này tới 09h00 ngày 03/4/2026" in receipt
    assert written(asked) == [("u2", WEEK, "results", "Đã trình kế hoạch", POSTS["focal"])]


def test_the_letter_says_that_its_link_needs_no_sign_in_and_until_when(asked: Pages) -> None:
    letter = request_to(asked, POSTS["focal"])
    assert letter.subject.endswith("trước 09h00 thứ Sáu 03/4/2026")
    text = " ".join(text_of(letter).split())
    assert "trước 09h00 thứ Sáu 03/4/2026. Liên kết dưới đây mở thẳng" in text
    assert "không cần đăng nhập, và dùng được đến giờ đó" in text


def test_it_is_a_draft_that_may_be_saved_again_and_every_save_is_audited(asked: Pages) -> None:
    client, path = asked.browser(), path_to(asked)
    for text in ("Lần một", "Lần hai"):
        asked.office.now = asked.office.now.replace(minute=asked.office.now.minute + 1)
        assert client.press(path, ket_qua=text).status_code == 303
    assert "Lần hai" in client.get(path).text
    with asked.office.engine.connect() as connection:
        acts = [(one.person, one.action) for one in trail(connection, subject=f"{WEEK} (u2)")]
    assert acts == [(POSTS["focal"], "contribute results")] * 2


def test_a_form_pressed_twice_is_saved_once(asked: Pages) -> None:
    client, path = asked.browser(), path_to(asked)
    fields = {**client.get(path).hidden, "ket_qua": "Một lần"}
    first, second = client.post(path, fields), client.post(path, fields)
    assert first.headers["location"] == second.headers["location"]
    assert len(written(asked)) == 1


def test_it_opens_nothing_else(asked: Pages) -> None:
    client, path = asked.browser(), path_to(asked)
    shown = client.press(path, ket_qua="x")
    assert shown.status_code == 303
    assert not client.http.cookies.get(asked.settings.cookie)
    assert "/bao-cao" not in client.get(path).text
    for other in ("/bao-cao", f"/dong-gop/tinh/u2/{WEEK}", "/viec-cua-toi"):
        assert client.get(other).headers["location"].startswith("/dang-nhap"), other
    token = path.rpartition("/")[2]
    for purpose in ("tl", "ds", "sk", "bc", "vao"):
        assert client.get(f"/{purpose}/{token}").status_code == 404, purpose


def test_it_ends_with_the_hour_of_writing(asked: Pages) -> None:
    client, path = asked.browser(), path_to(asked)
    asked.office.now = LAST
    opened = client.get(path)
    saved = client.post(path, {**opened.hidden, "ket_qua": "Phút chót"})
    opened = client.get(path)
    asked.office.now = OVER
    refused = client.get(path)
    assert (refused.status_code, refused.title, "vào mục Báo cáo" in refused.text) == (410, EXPIRED, True)
    # What was saved in time is shown to who saved it, and can be changed by the link no more.
    receipt = client.get(saved.headers["location"])
    assert (receipt.status_code, "Phút chót" in receipt.text, 'type="submit"' in receipt.text) == (200, True, False)
    late = client.post(path, {**opened.hidden, "ket_qua": "Quá muộn"})
    assert (late.status_code, "Quá muộn" in late.text, "chưa được ghi nhận" in late.text) == (410, True, True)
    assert [content for *_, content, _ in written(asked)] == ["Phút chót"]
    # Both pages say what stays, and one way to go on.
    way = f'/dong-gop/tinh/u2/{WEEK}">Đăng nhập để ghi'
    for page in (refused.text, late.text):
        assert ("nội dung đã ghi trước giờ đó vẫn được giữ" in page, page.count(way)) == (True, 1)
        assert ("vào mục Việc của tôi" in page, page.count("vào mục Báo cáo")) == (False, 1)
    assert "Chưa có gì được ghi nhận" not in refused.text


def test_who_is_late_writes_signed_in(asked: Pages) -> None:
    asked.office.now = OVER
    client = asked.sign_in("focal")
    assert client.get(path_to(asked)).status_code == 410
    assert client.press(f"/dong-gop/tinh/u2/{WEEK}", ket_qua="Muộn").status_code == 303


@pytest.mark.parametrize("post", sorted(POSTS))
def test_only_who_writes_for_the_unit_comes_in_by_it(asked: Pages, post: str) -> None:
    answer = asked.browser().get(path_to(asked, post))
    if post in ("head", "focal"):
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.title) == (403, "Không thuộc thẩm quyền")


def test_somebody_elses_link_is_refused_to_who_is_signed_in(asked: Pages) -> None:
    client = asked.sign_in("head")
    answer = client.get(path_to(asked, "focal"))
    assert (answer.status_code, answer.title) == (403, "Liên kết của người khác")


@pytest.mark.parametrize(
    "scope",
    [
        ("",),
        ("tinh/u1",),
        ("tinh/u1", "u2"),
        ("tinh/u1", "u9", WEEK),
        ("tinh/u9", "u2", WEEK),
        ("nuoc/u1", "u2", WEEK),
        ("tinh", "u2", WEEK),
        ("tinh/u1", "u2", "2026-W60"),
        ("tinh/u1", "u2", "2026-W20"),
        ("tinh/u1", "u2", "9999-W52"),
    ],
)
def test_a_link_to_what_is_no_unit_or_period_leads_nowhere(asked: Pages, scope: tuple[str, ...]) -> None:
    assert asked.browser().get(path_to(asked, "focal", *scope)).status_code == 404


def test_a_person_of_several_units_has_a_link_for_each(asked: Pages) -> None:
    directory = (asked.office.folder / "rules" / "tinh.yaml").read_text().replace("focal3@", "focal2@")
    asked.office.write(directory, "tinh.yaml")
    asked.office.put_in_force()
    asked.office.restart()
    letter = request_to(asked, POSTS["focal"])
    text, urls = text_of(letter), links_in(letter)
    assert len(urls) == 2
    assert [text.index(part) for part in ("- Sở 2", urls[0], "- Sở 3", urls[1])] == sorted(
        text.index(part) for part in ("- Sở 2", urls[0], "- Sở 3", urls[1])
    )
    client = asked.browser()
    for url, unit in zip(urls, ("Sở 2", "Sở 3"), strict=True):
        assert unit in client.get(client.path_of(url)).text


def test_who_stands_above_a_vacant_unit_is_asked_and_has_no_link_that_would_be_refused(asked: Pages) -> None:
    directory = (asked.office.folder / "rules" / "tinh.yaml").read_text()
    vacant = "\n".join(line for line in directory.splitlines() if "head2@" not in line and "focal2@" not in line)
    asked.office.write(vacant, "tinh.yaml")
    asked.office.put_in_force()
    asked.office.restart()
    letter = request_to(asked, "over2@tinh.example")
    assert "- Sở 2" in text_of(letter)
    assert links_in(letter) == []


def test_a_link_is_good_by_the_hours_of_the_office_that_asks(asked: Pages) -> None:
    """Two standing offices of a directory may close on different days; the letter and its link name the same hour."""
    common = (asked.office.folder / "rules" / "common.yaml").read_text()
    off = "---\ncalendar: other\nholidays: [{date: 2026-04-03, name: Ngày nghỉ, source: Điều 112 BLLĐ 2019}]\n"
    other = (asked.office.folder / "rules" / "p.yaml").read_text().replace("programme: p", "programme: a")
    other = other.replace("calendar: plain", "calendar: other").replace("standing: u1", "standing: u3")
    asked.office.now = datetime(2026, 3, 31, 2, tzinfo=UTC)
    asked.office.write(common + off + "announced_until: 2026-12-31\n", "common.yaml")
    asked.office.write(other, "a.yaml")
    asked.office.put_in_force()
    asked.office.restart()
    asked.office.now = local("2026-04-02T09:00")
    assert asked.browser().get(path_to(asked, "focal", "tinh/u3", "u2", WEEK)).status_code == 410
    assert asked.browser().get(path_to(asked, "focal", "tinh/u1", "u2", WEEK)).status_code == 200


@pytest.mark.parametrize("moment", ["2026-04-01T10:00", "2026-04-03T09:30", "2026-04-03T16:00"])
def test_the_standing_office_writes_until_its_own_hour(asked: Pages, moment: str) -> None:
    """It draws the summary up itself: the hour by which units write is not its own."""
    asked.office.now = local(moment)
    client = asked.sign_in("standing")
    shown = client.get(f"/dong-gop/tinh/u1/{WEEK}").text
    assert "tới khi báo cáo được xác nhận" in shown
    assert ("Đã quá giờ" in shown, "Gửi trước" in shown, "09h00" in shown) == (False, False, False)
    assert ("nếu lấy lại số liệu" in shown) == (moment > "2026-04-03T15:00")
    saved = client.press(f"/dong-gop/tinh/u1/{WEEK}", ket_qua="Đã trình")
    receipt = client.get(saved.headers["location"]).text
    assert "Đã ghi lúc" in receipt
    assert ("tới khi báo cáo được xác nhận" in receipt, "được gửi đi" in receipt) == (True, False)


def test_where_nobody_needs_to_confirm_the_standing_office_is_told_its_hour(tmp_path: Path, database_url: str) -> None:
    environ = {"DONDOC_SUMMARY__WEEKLY": "friday", "DONDOC_SUMMARY__NEEDS_CONFIRMATION": "false"}
    desk = open_desk(tmp_path / "office", database_url, **environ)
    pages = at_work(desk, tasks=TASKS)
    desk.now = local("2026-04-03T10:00")
    shown = pages.sign_in("standing").get(f"/dong-gop/tinh/u1/{WEEK}").text
    assert "chậm nhất <strong>17h00 ngày 03/4/2026</strong>" in shown
    desk.engine.dispose()
