"""Pages read as an office writes: no word of the program's own on a Vietnamese page."""

import re
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from html import unescape
from pathlib import Path
from typing import get_args

import pytest

from db.facts import RemarkKind
from rules.announced import ANNOUNCEMENTS
from rules.chronicle import EntryKind
from rules.digest import Change, MatterKind, Section
from rules.explain import RungState
from rules.indicators.standing import Attained
from rules.obligation import NoticeState, Reason
from rules.status import Progress, Timeliness, Verification
from rules.summary import Count
from rules.unheard import Cause
from tests.offices import open_desk
from tests.web.pages import POSTS, PUBLIC, Pages
from tests.web.test_answer import answer, obligation
from tests.web.test_permissions import MATRIX

AXES: tuple[type[StrEnum], ...] = (Progress, Timeliness, Verification, Reason, Attained, Count)
KINDS = (RemarkKind, EntryKind, MatterKind, Change, Section, RungState, NoticeState, Cause)
INTERNAL = frozenset(
    word
    for word in (
        *(one.value for axis in AXES for one in axis),
        *(str(one) for kind in KINDS for one in get_args(kind)),
        *ANNOUNCEMENTS,
        *("heads-up", "due-soon", "due-today", "overseer", "chair", "standing", "focal", "head"),
        *("pending", "parked", "dropped", "live", "draft", "confirmed"),
    )
    if word
)
TASKS = (
    '  - {id: A.1, title: Nộp báo cáo, lead: u2, deadline: {by: 2026-04-03, at: "17:00"}}\n'
    "  - {id: A.2, title: Việc theo sự kiện, lead: u2, deadline: {after: e, within: 30 days}}\n"
    "  - {id: A.3, title: Việc trễ, lead: u2, deadline: 2026-03-20}\n"
    "  - {id: A.4, title: Việc hằng tháng, lead: u3, deadline: {every: month, on: 25}}\n"
    "indicators:\n"
    "  - {id: I.1, title: Phủ sóng, unit: '%', owner: u2, targets: {2026: '≥ 70'}, measure: {every: quarter, on: last}}\n"
)
EVENTS = "  e: {title: Trung ương ban hành Đề án, watch: {ask: u3, every: month}}\n"


@pytest.fixture
def lived(tmp_path: Path, sqlite_url: str) -> Iterator[Pages]:
    """An office in which everything was said once: nothing is written to it any more."""
    desk = open_desk(tmp_path / "office", sqlite_url)
    desk.apply(TASKS, events=EVENTS)
    pages = Pages(desk)
    pages.reached_at(PUBLIC)
    for kind, post, fields in (
        ("tien-do", "focal", {"ti_le": "40"}),
        ("kho-khan", "focal", {"noi_dung": "thiếu kinh phí"}),
        ("khong-thuoc", "focal", {"noi_dung": "thuộc Sở 3"}),
        ("dau-moi", "focal", {"ten": "Phòng Mới", "dia_chi": "moi@s2.example"}),
        ("gia-han", "focal", {"ngay_moi": "2026-04-10", "ly_do": "chờ ý kiến"}),
        ("khong-gia-han", "standing", {"ly_do": "đã gia hạn"}),
        ("gia-han", "focal", {"ngay_moi": "2026-04-09", "ly_do": "chờ thêm"}),
        ("da-xu-ly", "standing", {}),
        ("xong", "focal", {"noi_dung": "đã nộp"}),
        ("tra-lai", "standing", {"ly_do": "thiếu phụ lục"}),
    ):
        answer(pages, kind, post, **fields)
        desk.now += timedelta(hours=3)
        desk.tick()
    for _day in range(9):
        desk.now += timedelta(days=1)
        desk.tick()
    answer(pages, "xong", noi_dung="đã nộp lại")
    yield pages
    desk.engine.dispose()


def visible(text: str) -> str:
    """The text of a page as it is read; code is shown as it is, and what is to be read by programs is left out."""
    text = re.sub(r"<(script|style|head|code|pre|select)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "\n", text))


def addresses(pages: Pages) -> Iterator[tuple[str, str]]:
    """Every page that a GET shows, as each post that may see it; and each form of an answer."""
    ids = [id_ for (id_,) in pages.office.run("SELECT id FROM obligation ORDER BY id")]
    for (at, way), line in MATRIX.items():
        if way == "show":
            for post in sorted(line.who & set(POSTS)) or ["nobody"]:
                yield post, line.sample or at
    for id_ in ids:
        for post in ("focal", "standing", "chair"):
            yield post, f"/nhiem-vu/{id_}"
            yield post, f"/nhiem-vu/{id_}/tra-loi"
    for kind in ("tien-do", "kho-khan", "xong", "gia-han", "dau-moi", "khong-thuoc", "xac-nhan", "tra-lai"):
        for post in ("focal", "standing"):
            yield post, f"/nhiem-vu/{obligation(pages)}/tra-loi?lam={kind}"
    for (number,) in pages.office.run("SELECT id FROM message ORDER BY id"):
        yield "admin", f"/hop-thu/{number}"
    yield "focal", "/chi-tieu/p/I.1"
    yield "other unit", "/su-kien/p/e"
    yield "focal", "/dong-gop/tinh/u2/2026-W15"
    yield "standing", "/bao-cao/tinh/u1/2026-W15"


def shown(pages: Pages, language: str) -> Iterator[tuple[str, str]]:
    clients = {post: pages.sign_in(post) for post in POSTS} | {"nobody": pages.browser()}
    for post, at in addresses(pages):
        found = clients[post].get(f"{at}{'&' if '?' in at else '?'}lang={language}")
        if "text/html" in found.headers.get("content-type", ""):
            yield f"{post} {at}", visible(found.text)


def test_no_vietnamese_page_shows_a_word_of_the_programs_own(lived: Pages) -> None:
    found = {}
    for where, text in shown(lived, "vi"):
        words = set(re.findall(r"(?<![\w@.:/_-])[a-z][a-z_-]*[a-z](?![\w@.:/_-])", text))
        ids = set(re.findall(r"\b(?:indicator|event):\S+|\bstatement\b", text))
        if words & INTERNAL or (ids and not where.startswith("admin /nhat-ky")):
            found[where] = words & INTERNAL | ids
    assert found == {}
