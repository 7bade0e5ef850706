"""Who comes in where: one line for every page and way of asking, for every post. A page without its line fails."""

from typing import Literal, NamedTuple

import pytest

from tests.web.pages import POSTS, STRANGER, Answer, Client, Pages
from web.page import Page
from web.pages import PAGES

Way = Literal["show", "act"]
EVERYONE = frozenset({"nobody", *POSTS})
SIGNED_IN = frozenset(POSTS)
LEADERS = frozenset({"overseer", "chair", "standing", "admin"})
ADMIN = frozenset({"admin"})
STANDING = frozenset({"standing"})
OF_U2 = frozenset({"head", "focal"})
ASKED = frozenset({"head", "focal", "other unit", "standing"})
"""Who may be asked whether an event has happened: whoever speaks for a unit."""


class Line(NamedTuple):
    """Who comes in, of POSTS and `nobody`; where it leads for one asked of (A.1, which u2 owes). `status` is what who
    comes in gets: a form sent empty is refused with what is missing, no sooner."""

    who: frozenset[str]
    sample: str = ""
    statuses: frozenset[int] = frozenset({200})


SENT_ON = frozenset({303})
NOTHING_FILLED_IN = frozenset({200, 303, 400, 404, 409})

MATRIX: dict[tuple[str, Way], Line] = {
    ("/", "show"): Line(SIGNED_IN),
    ("/dang-nhap", "show"): Line(EVERYONE),
    ("/dang-nhap", "act"): Line(EVERYONE, statuses=NOTHING_FILLED_IN),
    ("/dang-xuat", "act"): Line(SIGNED_IN, statuses=SENT_ON),
    ("/oidc/vao", "show"): Line(EVERYONE, statuses=frozenset({404})),  # none is configured
    ("/oidc/ve", "show"): Line(EVERYONE, statuses=frozenset({404})),
    ("/nhiem-vu/{id}/tra-loi", "show"): Line(SIGNED_IN - {"other unit"}, "/nhiem-vu/1/tra-loi"),
    ("/nhiem-vu/{id}/tra-loi", "act"): Line(SIGNED_IN - {"other unit"}, "/nhiem-vu/1/tra-loi", NOTHING_FILLED_IN),
    ("/nhiem-vu/{id}", "show"): Line(SIGNED_IN - {"other unit"}, "/nhiem-vu/1"),
    ("/viec-cua-toi", "show"): Line(SIGNED_IN),
    ("/bang", "show"): Line(LEADERS),
    ("/danh-sach", "show"): Line(SIGNED_IN),
    ("/danh-sach.{form}", "show"): Line(SIGNED_IN, "/danh-sach.csv"),
    ("/lich-han", "show"): Line(SIGNED_IN),
    ("/don-vi/{directory}/{unit}", "show"): Line(SIGNED_IN - {"other unit"}, "/don-vi/tinh/u2"),
    ("/hop-thu", "show"): Line(ADMIN),
    ("/hop-thu/{number}", "show"): Line(ADMIN, "/hop-thu/1", frozenset({404})),
    ("/hop-thu/{number}", "act"): Line(ADMIN, "/hop-thu/1", frozenset({404})),
    ("/cho-xac-nhan", "show"): Line(STANDING),
    ("/chua-co-han", "show"): Line(STANDING),
    ("/su-kien", "show"): Line(STANDING),
    ("/su-kien/{programme}/{event}", "show"): Line(ASKED, "/su-kien/p/khong-co", frozenset({404})),
    ("/su-kien/{programme}/{event}", "act"): Line(ASKED, "/su-kien/p/khong-co", frozenset({404})),
    ("/gia-han", "show"): Line(frozenset({"overseer", "chair", "standing"})),
    ("/chi-tieu", "show"): Line(SIGNED_IN),
    # This office has no indicators; who sees and measures one is told in test_indicators.
    ("/chi-tieu/{programme}/{indicator}", "show"): Line(SIGNED_IN, "/chi-tieu/p/I.1", statuses=frozenset({404})),
    ("/chi-tieu/{programme}/{indicator}", "act"): Line(SIGNED_IN, "/chi-tieu/p/I.1", statuses=frozenset({404})),
    ("/bao-cao", "show"): Line(SIGNED_IN),
    ("/bao-cao/{directory}/{unit}/{period}", "show"): Line(SIGNED_IN, "/bao-cao/tinh/u1/2026-W14"),
    ("/bao-cao/{directory}/{unit}/{period}", "act"): Line(STANDING, "/bao-cao/tinh/u1/2026-W14", NOTHING_FILLED_IN),
    ("/bao-cao/{directory}/{unit}/{period}.{form}", "show"): Line(SIGNED_IN, "/bao-cao/tinh/u1/2026-W14.json"),
    ("/dong-gop/{directory}/{unit}/{period}", "show"): Line(OF_U2, "/dong-gop/tinh/u2/2026-W14"),
    ("/dong-gop/{directory}/{unit}/{period}", "act"): Line(OF_U2, "/dong-gop/tinh/u2/2026-W14", NOTHING_FILLED_IN),
    ("/nhiem-vu/{id}/da-nhap", "show"): Line(STANDING, "/nhiem-vu/1/da-nhap"),
    ("/nhiem-vu/{id}/da-nhap", "act"): Line(STANDING, "/nhiem-vu/1/da-nhap", NOTHING_FILLED_IN),
    ("/nhat-ky", "show"): Line(ADMIN),
    ("/thu-tra-loi", "show"): Line(frozenset({"standing"})),
    ("/thu-tra-loi", "act"): Line(frozenset({"standing"}), statuses=NOTHING_FILLED_IN),
    ("/lich-cua-toi", "show"): Line(SIGNED_IN),
    ("/lich-cua-toi", "act"): Line(SIGNED_IN, statuses=NOTHING_FILLED_IN),
}
BY_LINK = {
    ("/vao/{token}", "show"),
    ("/vao/{token}", "act"),
    ("/tl/{token}", "show"),
    ("/tl/{token}", "act"),
    ("/ds/{token}", "show"),
    ("/sk/{token}", "show"),
    ("/sk/{token}", "act"),
    ("/lich/{token}.ics", "show"),
    ("/bc/{token}", "show"),
    ("/bc/{token}", "act"),
    ("/dg/{token}", "show"),
    ("/dg/{token}", "act"),
}
"""Pages reached by a link ask for no post, but for the link."""


def ways(page: Page) -> list[tuple[str, Way]]:
    found: list[tuple[str, Way]] = []
    if page.show is not None:
        found.append((page.path, "show"))
    if page.act is not None:
        found.append((page.path, "act"))
    return found


ALL = {way: page for page in PAGES for way in ways(page)}


def test_every_page_has_its_line_and_every_line_its_page() -> None:
    assert set(ALL) == set(MATRIX) | BY_LINK
    assert {way for way, page in ALL.items() if page.door == "link"} == BY_LINK


def ask(client: Client, path: str, way: Way) -> Answer:
    return client.get(path) if way == "show" else client.post(path, {"form_token": client.form_token})


@pytest.mark.parametrize(("path", "way"), MATRIX)
def test_only_those_come_in_who_may(small: Pages, path: str, way: Way) -> None:
    line = MATRIX[path, way]
    for name in sorted(EVERYONE):
        client = small.browser() if name == "nobody" else small.sign_in(name)
        answer = ask(client, line.sample or path, way)
        if name in line.who:
            assert answer.status_code in line.statuses, (name, answer.title)
        elif name == "nobody":
            assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/dang-nhap")
        else:
            assert (answer.status_code, answer.title) == (403, "Không thuộc thẩm quyền"), name


@pytest.mark.parametrize(("path", "way"), sorted(BY_LINK))
def test_a_link_is_needed_and_one_to_a_stranger_is_no_good(small: Pages, path: str, way: Way) -> None:
    client = small.sign_in("admin")
    assert ask(client, path.replace("{token}", "x" * 40), way).status_code == 404
    purpose = ALL[path, way].purpose
    assert purpose is not None
    token = small.links.make(purpose, STRANGER, issued_at=small.office.now).rpartition("/")[2]
    answer = ask(small.browser(), path.replace("{token}", token), way)
    assert (answer.status_code, answer.title) == (403, "Địa chỉ không còn trong danh bạ")


@pytest.mark.parametrize("page", [page for page in PAGES if page.act is not None], ids=lambda page: page.path)
@pytest.mark.parametrize("token", ["", "0" * 64, "another session's"])
def test_no_form_is_taken_without_its_token(small: Pages, page: Page, token: str) -> None:
    if page.door == "link":
        assert page.purpose is not None
        url = small.links.make(page.purpose, POSTS["head"], issued_at=small.office.now)
        client = small.browser()
        path = client.path_of(url)
    else:
        line = MATRIX[page.path, "act"]
        client, path = small.sign_in(min(line.who - {"nobody"})), line.sample or page.path
    given = small.sign_in("admin").form_token if token == "another session's" else token
    answer = client.post(path, {"form_token": given})
    assert (answer.status_code, answer.title) == (400, "Biểu mẫu đã cũ")
