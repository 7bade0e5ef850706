"""Headers: whatever answers, a page, a refusal or a file, carries them."""

import pytest

from tests.web.pages import PUBLIC, Pages
from web.headers import HEADERS, POLICY

ANSWERS = ["/", "/dang-nhap", "/nhat-ky", "/khong-co", "/vao/khong-dung", "/static/dondoc.css", "/static/khong-co"]


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("post", [None, "head"])
def test_every_answer_carries_the_headers(small: Pages, path: str, post: str | None) -> None:
    client = small.sign_in(post) if post else small.browser()
    for answer in (client.get(path), client.post(path, {})):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert "server" not in answer.headers


def test_the_policy_lets_nothing_in_but_our_style_and_our_forms() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("path", ["/dang-nhap", "/khong-co", "/vao/khong-dung"])
def test_pages_are_kept_by_nobody(small: Pages, path: str) -> None:
    assert small.browser().get(path).headers["cache-control"] == "no-store"


def test_on_plain_loopback_nothing_claims_tls(small: Pages) -> None:
    small.reached_at("http://127.0.0.1:8026")
    client = small.browser()
    assert "strict-transport-security" not in client.get("/dang-nhap").headers
    link = client.path_of(small.links.sign_in("head2@tinh.example", "n", issued_at=small.office.now))
    cookie = client.press(link).headers["set-cookie"]
    session = next(part for part in cookie.split(", ") if part.startswith("dondoc="))
    assert "HttpOnly" in session
    assert "Secure" not in session


@pytest.mark.parametrize("path", ["/dang-nhap", "/", "/nhat-ky", "/khong-co"])
def test_no_page_brings_a_style_or_a_script_along(small: Pages, path: str) -> None:
    text = small.sign_in("admin").get(path).text
    for mark in ("<script", "<style", " style=", " onclick", " onload", "javascript:", "http://"):
        assert mark not in text, mark
    assert PUBLIC not in text
