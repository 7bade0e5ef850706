"""Signing in: a link by mail, once, for a while, and only for who is in the directory."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from notifications.links import LIVES
from tests.e2e.console import at, copy_office, good, refused
from tests.web.pages import POSTS, STRANGER, Pages, links_in
from web.settings import SESSION

HEAD = POSTS["head"]


def ask(pages: Pages, address: str) -> str:
    answer = pages.browser().press("/dang-nhap", address=address)
    assert answer.status_code == 200
    return answer.text.replace(address, "ADDRESS")


def letters(pages: Pages) -> list[str]:
    before = len(pages.office.sent)
    pages.office.deliver()
    return [link for letter in pages.office.sent[before:] for link in links_in(letter)]


def test_a_head_signs_in_by_the_link_in_a_letter(pages: Pages) -> None:
    ask(pages, HEAD)
    [link] = letters(pages)
    client = pages.browser()
    shown = client.get(client.path_of(link))
    assert HEAD in shown.text
    entered = client.post(client.path_of(link), shown.hidden)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert client.get("/").title == "Giám đốc 2"


@pytest.mark.parametrize("post", POSTS)
def test_every_post_can_sign_in(small: Pages, post: str) -> None:
    assert small.sign_in(post).get("/").status_code == 200


def test_an_address_is_known_whatever_the_case_of_its_letters(small: Pages) -> None:
    ask(small, HEAD.upper())
    assert len(letters(small)) == 1


def test_no_page_tells_whether_an_address_is_known(pages: Pages) -> None:
    assert ask(pages, HEAD) == ask(pages, STRANGER)
    assert [letter.recipient for letter in pages.office.sent] == []
    letters(pages)
    assert [letter.recipient for letter in pages.office.sent] == [HEAD]


def test_opening_the_link_signs_nobody_in(pages: Pages) -> None:
    ask(pages, HEAD)
    [link] = letters(pages)
    scanner = pages.browser()
    for _ in range(3):
        shown = scanner.get(scanner.path_of(link))
        assert "set-cookie" not in shown.headers
    assert scanner.get("/").headers["location"] == "/dang-nhap"
    with pages.office.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM web_session")).scalar_one() == 0


def test_a_link_signs_in_once(pages: Pages) -> None:
    ask(pages, HEAD)
    [link] = letters(pages)
    first, second = pages.browser(), pages.browser()
    form = second.get(second.path_of(link)).hidden
    assert first.press(first.path_of(link)).status_code == 303
    again = second.post(second.path_of(link), form)
    assert (again.status_code, again.title) == (409, "Liên kết đã được dùng")
    assert second.get(second.path_of(link)).status_code == 409
    assert second.get("/").status_code == 303


def test_a_link_is_good_for_fifteen_minutes(small: Pages) -> None:
    ask(small, HEAD)
    [link] = letters(small)
    small.office.now += LIVES["sign_in"] + timedelta(seconds=1)
    client = small.browser()
    late = client.get(client.path_of(link))
    assert (late.status_code, late.title) == (410, "Liên kết đã hết hạn")


def test_a_letter_that_could_not_leave_in_time_is_not_sent_any_more(small: Pages) -> None:
    ask(small, HEAD)
    small.office.now += LIVES["sign_in"] + timedelta(seconds=1)
    assert letters(small) == []


def test_a_letter_with_a_link_leaves_at_night_and_uses_up_no_share(small: Pages) -> None:
    small.office.now += timedelta(days=1) - timedelta(hours=2)
    for _ in range(5):
        ask(small, HEAD)
    assert len(letters(small)) == 5
    # Of the same day, whose share is three letters: the reminder leaves all the same.
    small.office.now += timedelta(hours=2)
    assert [letter.recipient for letter in small.office.tick()].count(HEAD) == 1


def test_a_session_ends_by_itself(pages: Pages) -> None:
    client = pages.sign_in("head")
    pages.office.now += SESSION
    assert client.get("/").headers["location"] == "/dang-nhap"


def test_signing_out_ends_the_session_in_every_window(pages: Pages) -> None:
    client = pages.sign_in("head")
    cookies = dict(client.http.cookies)
    footer = client.get("/").text
    token = footer.rpartition('name="form_token" value="')[2].partition('"')[0]
    assert client.post("/dang-xuat", {"form_token": token}).status_code == 303
    other = pages.browser()
    other.http.cookies.update(cookies)
    assert other.get("/").headers["location"] == "/dang-nhap"


def test_whoever_leaves_the_directory_is_nobody(small: Pages) -> None:
    client = small.sign_in("head")
    file = small.office.folder / "rules" / "tinh.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(HEAD, "nguoi-moi@tinh.example"), encoding="utf-8")
    small.office.put_in_force()
    with small.office.engine.connect() as connection:
        small.office.office.renew(connection)
    assert client.get("/").headers["location"] == "/dang-nhap"


def test_the_cookie_is_kept_to_this_host_to_tls_and_from_scripts(small: Pages) -> None:
    client = small.browser()
    link = client.path_of(small.links.sign_in(HEAD, "n", issued_at=small.office.now))
    cookie = client.press(link).headers["set-cookie"]
    session = next(part for part in cookie.split(", ") if part.startswith("__Host-dondoc="))
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=lax"} <= set(session.split("; "))
    assert "Domain" not in session


def test_the_value_of_the_cookie_is_not_in_the_database(small: Pages) -> None:
    client = small.sign_in("head")
    value = client.http.cookies["__Host-dondoc"]
    with small.office.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM web_session")).all()
    assert len(rows) == 1
    assert value not in str(rows)


def test_after_the_sign_in_the_page_that_was_asked_for_is_shown(small: Pages) -> None:
    client = small.browser()
    sent_on = client.get("/nhat-ky?person=x").headers["location"]
    client.get(sent_on)
    link = client.path_of(small.links.sign_in(POSTS["admin"], "n", issued_at=small.office.now))
    assert client.press(link).headers["location"] == "/nhat-ky?person=x"


@pytest.mark.parametrize(
    "elsewhere", ["https://xau.example/", "//xau.example", "/\\xau.example", "javascript:alert(1)", "/\nx", ""]
)
def test_after_the_sign_in_nobody_is_sent_elsewhere(small: Pages, elsewhere: str) -> None:
    client = small.browser()
    client.http.get("/dang-nhap", params={"then": elsewhere})
    link = client.path_of(small.links.sign_in(HEAD, "n", issued_at=small.office.now))
    assert client.press(link).headers["location"] == "/"


def test_a_text_that_is_no_address_is_said_to_be_none(small: Pages) -> None:
    answer = small.browser().press("/dang-nhap", address="khong phai dia chi <script>")
    assert answer.status_code == 400
    assert "<script>" not in answer.text
    assert "ten@tinh.example" in answer.text


def test_of_two_who_press_at_once_one_is_signed_in(pages: Pages) -> None:
    link = pages.links.sign_in(HEAD, "n", issued_at=pages.office.now)
    clients = [pages.browser() for _ in range(8)]
    path = clients[0].path_of(link)
    form = clients[0].get(path).hidden
    with ThreadPoolExecutor(len(clients)) as several:
        found = sorted(several.map(lambda client: client.post(path, form).status_code, clients))
    assert found == [303] + [409] * 7
    assert pages.office.run("SELECT count(*) FROM web_session") == [(1,)]
    assert pages.office.run("SELECT count(*) FROM audit") == [(1,)]


def test_someone_signed_in_who_opens_a_link_of_another_post_becomes_that_one(small: Pages) -> None:
    client = small.sign_in("head")
    link = client.path_of(small.links.sign_in(POSTS["focal"], "m", issued_at=small.office.now))
    assert client.press(link).status_code == 303
    assert client.get("/").title == "Văn phòng 2"


def test_what_is_signed_in_and_out_is_in_the_trail_with_where_it_came_from(small: Pages) -> None:
    client = small.sign_in("head")
    client.post("/dang-xuat", {"form_token": client.form_token})
    trail = small.office.run("SELECT person, action, via, origin FROM audit ORDER BY id")
    assert trail == [(HEAD, "signed in", "web", "testclient"), (HEAD, "signed out", "web", "testclient")]
    assert "đăng xuất" in small.sign_in("admin").get(f"/nhat-ky?person={HEAD}").text


def test_the_command_ends_all_sessions_of_an_address(small: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, other = small.sign_in("head"), small.sign_in("head"), small.sign_in("focal")
    monkeypatch.setenv("DONDOC_DATABASE", small.office.engine.url.render_as_string(hide_password=False))
    with at("2026-03-30T07:10"):
        ran = good("web", "sign-out", HEAD.upper(), "--by", "an", "--config", str(small.office.folder / "config.toml"))
    assert ran.out == f"{HEAD}: 2 sessions ended\n"
    assert [client.get("/").status_code for client in (first, second, other)] == [303, 303, 200]


def test_signing_in_again_ends_the_session_before(small: Pages) -> None:
    client = small.sign_in("head")
    before = dict(client.http.cookies)
    client.press(client.path_of(small.links.sign_in(HEAD, "again", issued_at=small.office.now)))
    assert client.get("/").status_code == 200
    other = small.browser()
    other.http.cookies.update(before)
    assert other.get("/").status_code == 303


def test_behind_a_path_of_its_own_every_address_has_the_path(small: Pages) -> None:
    small.reached_at("https://tinh.example/dondoc")
    client = small.browser()
    assert client.get("/nhat-ky?person=x").headers["location"] == "/dondoc/dang-nhap?then=%2Fnhat-ky%3Fperson%3Dx"
    client.get("/dang-nhap?then=/nhat-ky")
    link = small.links.sign_in(POSTS["admin"], "n", issued_at=small.office.now)
    assert link.startswith("https://tinh.example/dondoc/vao/")
    assert client.press(client.path_of(link)).headers["location"] == "/dondoc/nhat-ky"
    shown = client.get("/nhat-ky").text
    assert 'href="/dondoc/nhat-ky" aria-current="page"' in shown
    assert 'action="/dondoc/dang-xuat"' in shown
    assert 'href="/dondoc/static/dondoc.css"' in shown


def test_the_daemon_does_not_start_with_keys_that_others_may_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_office(tmp_path))
    good("apply", "--yes")
    good("web", "new-key")
    Path("var/web-secret").chmod(0o644)
    assert "người khác đọc được" in refused("run")
