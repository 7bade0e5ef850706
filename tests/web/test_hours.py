"""Deadlines with an hour say it on every page that shows them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.facts import requests_of
from notifications.answering import SEPARATOR
from tests.offices import ONE_TASK, open_desk
from tests.postgres import Prepare
from tests.web.pages import POSTS, Pages, found_at_work, in_force
from tests.web.test_answer import answer, obligation, path

AT_FIVE = '  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: {by: 2026-04-03, at: "17:00"}}\n'
VI, EN = "17h00 thứ Sáu 03/4/2026", "17:00, Friday 3 April 2026"


@pytest.fixture
def prepare_database(request: pytest.FixtureRequest) -> Prepare:
    return in_force(AT_FIVE if "hourly" in request.fixturenames else ONE_TASK)


@pytest.fixture
def hourly(tmp_path: Path, database_url: str) -> Iterator[Pages]:
    """The pages of an office whose one task is due at five in the afternoon."""
    desk = open_desk(tmp_path / "office", database_url)
    yield found_at_work(desk, tasks=AT_FIVE)
    desk.engine.dispose()


def shown(pages: Pages, post: str, at: str) -> str:
    client = pages.browser() if at.startswith("/tl/") else pages.sign_in(post)
    found = client.get(at)
    assert found.status_code == 200, found.text
    return found.text


def test_the_hour_of_a_deadline_stands_wherever_it_is_shown(hourly: Pages) -> None:
    pages = hourly
    id_ = obligation(pages)
    link = path(pages)
    for post, at in (
        ("focal", link),
        ("focal", f"{link}?lam=xong"),
        ("focal", f"{link}?lam=gia-han"),
        ("focal", f"/nhiem-vu/{id_}"),
        ("focal", f"/nhiem-vu/{id_}/tra-loi"),
        ("focal", "/viec-cua-toi"),
        ("focal", "/danh-sach"),
        ("overseer", "/don-vi/tinh/u2"),
        ("standing", f"/nhiem-vu/{id_}/da-nhap"),
    ):
        assert VI in shown(pages, post, at), at
        assert EN in shown(pages, post, f"{at}{'&' if '?' in at else '?'}lang=en"), at
    assert "17h00" in shown(pages, "focal", "/danh-sach.csv")


def test_an_extension_is_asked_for_and_granted_with_the_hour(hourly: Pages) -> None:
    pages = hourly
    id_ = obligation(pages)
    asked = pages.browser()
    form = asked.get(f"{path(pages)}?lam=gia-han")
    confirmed = asked.post(path(pages), {**form.hidden, "ngay_moi": "2026-04-10", "ly_do": "chờ ý kiến"})
    assert "17h00 thứ Sáu 10/4/2026" in confirmed.text
    answer(pages, "gia-han", ngay_moi="2026-04-10", ly_do="chờ ý kiến")
    queue = shown(pages, "standing", "/gia-han")
    assert VI in queue
    assert "17h00 thứ Sáu 10/4/2026" in queue
    answer(pages, "dong-y-gia-han", "standing", ngay_moi="2026-04-10", so_van_ban="12/UBND")
    with pages.desk.engine.connect() as connection:
        [request] = requests_of(connection, [id_])[id_]
    assert request.decided is not None
    assert "17h00 thứ Sáu 10/4/2026" in shown(pages, "focal", path(pages))


def test_a_deadline_without_an_hour_says_none(small: Pages) -> None:
    assert "24h00" not in shown(small, "focal", path(small))
    assert "00h00" not in shown(small, "focal", "/danh-sach")


def test_what_a_line_of_a_letter_tells_of_many_units_says_the_hour(hourly: Pages) -> None:
    scope = SEPARATOR.join(("p", "A.1", "", ""))
    url = hourly.links.make("list", POSTS["standing"], issued_at=hourly.office.now, scope=scope)
    found = hourly.browser().get(url.removeprefix(hourly.settings.public_url))
    assert VI in found.text
