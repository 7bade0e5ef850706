"""Every page there is, with something on it, read by axe-core and held to the width of the window: those of
`web.pages.PAGES`, each form that an answer has, receipts, and every refusal."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Window
from starlette.responses import Response

from db.facts import Said
from db.obligations import Filter, StoredObligation, listing
from notifications.answering import SEPARATOR
from tests.offices import DAY, Desk, open_desk
from tests.web.pages import POSTS, Served, at_work, serve_in_thread
from tests.web.test_board import TASKS
from tests.web.test_indicators import INDICATORS
from tests.web.test_looks import assert_reads_well
from tests.web.test_permissions import MATRIX
from tests.web.test_replies import came
from web.answers import KINDS
from web.page import Page
from web.pages import PAGES
from web.refusal import NOTICES, Reason, Refusal
from web.visit import Visit

EVENTS = "  huong-dan: {title: Có hướng dẫn, watch: {ask: u2, every: month, expected: 2026-03-15}}\n"
FILES = {"/danh-sach.{form}", "/bao-cao/{directory}/{unit}/{period}.{form}", "/lich/{token}.ics"}
"""What is no page but a file."""
ISSUER = {"/oidc/vao", "/oidc/ve"}
"""These send on to the issuer of identities and back; without one they are refused."""
AT: dict[str, str] = {
    "/nhiem-vu/{id}": "/nhiem-vu/{late}",
    "/nhiem-vu/{id}/tra-loi": "/nhiem-vu/{late}/tra-loi",
    "/nhiem-vu/{id}/da-nhap": "/nhiem-vu/{late}/da-nhap",
    "/don-vi/{directory}/{unit}": "/don-vi/tinh/u2",
    "/hop-thu/{number}": "/hop-thu/{letter}",
    "/su-kien/{programme}/{event}": "/su-kien/p/huong-dan",
    "/chi-tieu/{programme}/{indicator}": "/chi-tieu/p/I.1",
    "/bao-cao/{directory}/{unit}/{period}": "/bao-cao/tinh/u1/2026-W14",
    "/dong-gop/{directory}/{unit}/{period}": "/dong-gop/tinh/u2/2026-W14",
}
"""Where a page with parameters has something to show in this office."""
ORDER = ("standing", "head", "admin", "overseer", "chair", "focal", "other unit")


class Shown(NamedTuple):
    """A page as it is opened: by whom (None: by nobody known), where, and with which status it answers."""

    post: str | None
    path: str
    status: int = 200


class Full(NamedTuple):
    """An office with something on every page."""

    served: Served
    late: StoredObligation
    reported: StoredObligation
    asked: StoredObligation
    letter: int

    def link(self, purpose: str) -> str:
        """A link of that purpose to something that is there."""
        links, now, post = self.served.pages.links, self.served.now, POSTS["focal"]
        scopes = {
            "list": ("p", "A.2", self.late.key.part, self.late.key.occurrence),
            "event": ("p", "huong-dan"),
            "summary": ("tinh/u1", "2026-W14"),
            "contribute": ("tinh/u1", "u2", "2026-W14"),
        }
        match purpose:
            case "answer":
                url = links.answer(post, self.late.id, self.late.edition, issued_at=now)
            case "sign_in":
                url = links.sign_in(post, "every-page", issued_at=now)
            case "list" | "event" | "summary" | "contribute":
                url = links.make(purpose, post, issued_at=now, scope=SEPARATOR.join(scopes[purpose]))
            case _:
                raise AssertionError(f"no link for {purpose}: say here where it leads")
        return url.removeprefix(self.served.url)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    folder: Path = tmp_path_factory.mktemp("every-page")
    environ = {"DONDOC_SUMMARY__WEEKLY": "friday", "DONDOC_MAIL__DAILY_CAP_PER_PERSON": "50"}
    desk = open_desk(folder / "office", f"sqlite:///{folder / 'dondoc.db'}", **environ)
    pages = at_work(desk)
    desk.apply(TASKS + INDICATORS, events=EVENTS)
    desk.restart()
    desk.tick()
    desk.now += 2 * DAY
    desk.tick()
    came(pages, "Đề nghị cho gặp trực tiếp\nngày mai")
    owed = {(one.key.task, one.key.unit): one for one in obligations(desk)}
    late, asked, reported = owed["A.2", "u2"], owed["A.1", "u2"], owed["B.1", "u3"]
    said = Said(POSTS["head"], desk.now, "Chưa bố trí được kinh phí", "web")
    pages.desk.remarked(late, "difficulty", said)
    pages.desk.asked_extension(asked, date(2026, 4, 20), said, unit="u2")
    pages.desk.reported([reported], "done", Said(POSTS["other unit"], desk.now, None, "web"), on=date(2026, 3, 31))
    [(letter,)] = desk.run("SELECT id FROM message ORDER BY id LIMIT 1")
    assert isinstance(letter, int)
    with serve_in_thread(pages) as served:
        pages.app.router.routes.append(Page("/tu-choi/{reason}", "anyone", refuse).route(pages.app.state.hall))
        yield Full(served, late, reported, asked, letter)
    desk.engine.dispose()


def obligations(desk: Desk) -> list[StoredObligation]:
    with desk.engine.connect() as connection:
        return list(listing(connection, Filter(kinds=("task",))))


def refuse(visit: Visit) -> Response:
    """A page that only refuses, for the reason that its path names."""
    reason: Reason = visit.request.path_params["reason"]
    raise Refusal(reason)


def every_page(full: Full) -> Iterator[Shown]:
    """Every page of `PAGES` that shows something, as whoever of ORDER comes first of those who may see it."""
    for page in PAGES:
        if page.show is None or page.path in FILES | ISSUER:
            continue
        if page.purpose is not None:
            yield Shown(None, full.link(page.purpose))
            continue
        line = MATRIX[page.path, "show"]
        path = AT.get(page.path, page.path).format(late=full.late.id, letter=full.letter)
        yield Shown(next((post for post in ORDER if post in line.who and "nobody" not in line.who), None), path)


def every_answer(full: Full) -> Iterator[Shown]:
    """Each form of an answer page, where somebody may answer so."""
    for post, stored in (("head", full.late), ("standing", full.reported), ("standing", full.asked)):
        at = f"/nhiem-vu/{stored.id}/tra-loi"
        text = full.served.pages.sign_in(post).get(at).text
        yield from (Shown(post, f"{at}?lam={kind}") for kind in KINDS if f'?lam={kind}"' in text)


def every_refusal(full: Full) -> Iterator[Shown]:
    yield from (Shown(None, f"/tu-choi/{reason}", notice.status) for reason, notice in NOTICES.items())
    yield Shown(None, "/oidc/vao", 404)
    yield Shown("head", "/nhat-ky", 403)


def test_every_page_is_among_those_that_are_read(full: Full) -> None:
    shown = list(every_page(full))
    assert len(shown) == len([page for page in PAGES if page.show is not None]) - len(FILES | ISSUER)
    assert set(AT) == {page.path for page in PAGES if page.show and "{" in page.path and page.purpose is None} - FILES
    assert len(list(every_answer(full))) >= 9


@pytest.mark.parametrize(("width", "scheme", "lang"), [(360, "light", "vi"), (1280, "dark", "en")])
def test_every_page_form_and_refusal_reads_well(
    full: Full, browser: Browser, width: int, scheme: str, lang: str
) -> None:
    served = full.served
    shown = [*every_page(full), *every_answer(full), *every_refusal(full)]
    context = served.context(browser, width=width, scripts=True)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for post in dict.fromkeys(one.post for one in shown):
        served.enter(context, post)
        for one in (one for one in shown if one.post == post):
            opened(page, one, lang)
            assert_reads_well(page, width)
    context.close()


def opened(page: Window, one: Shown, lang: str) -> None:
    answer = page.goto(f"{one.path}{'&' if '?' in one.path else '?'}lang={lang}")
    assert answer is not None
    assert answer.status == one.status, one


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_sent_in_vain_its_confirmation_and_its_receipt_read_well(
    full: Full, browser: Browser, width: int
) -> None:
    full.served.pages.office.now += timedelta(minutes=1)
    context = full.served.signed_in(browser, "head", width=width, scripts=True)
    page = context.new_page()
    page.goto(f"/nhiem-vu/{full.late.id}/tra-loi?lam=tien-do")
    page.locator("#ti_le").fill("140")
    for _ in ("wrong", "confirmation", "receipt"):
        page.locator("main form").evaluate("form => { form.noValidate = true }")
        with page.expect_navigation():
            page.locator("main button[type=submit]").first.click()
        assert_reads_well(page, width)
        if page.locator("#ti_le").count():
            page.locator("#ti_le").fill("40")
    assert page.locator("h1").text_content() == "Đã ghi nhận"
    context.close()
