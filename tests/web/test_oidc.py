"""Signing in by an issuer: who it vouches for comes in as the directory says, and nobody else does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scheduler.config import Oidc
from tests.web.issuing import CLIENT, SECRET, Issuing, issuing
from tests.web.pages import POSTS, STRANGER, Answer, Client, Pages


@pytest.fixture
def issuer(small: Pages, tmp_path: Path) -> Iterator[Issuing]:
    with issuing() as running:
        running.now, running.email = int(small.office.now.timestamp()), POSTS["head"]
        secret = tmp_path / "oidc"
        secret.write_text(SECRET)
        config = small.office.config
        oidc = Oidc(running.url, CLIENT, secret, "Cổng của tỉnh", vouches=False)
        small.office.config = replace(config, web=replace(config.web, oidc=oidc))
        yield running


def leave(client: Client, issuer: Issuing) -> dict[str, str]:
    """Go to the issuer; return what the browser brings along."""
    there = urlsplit(client.get("/oidc/vao").headers["location"])
    brought = {name: values[0] for name, values in parse_qs(there.query).items()}
    issuer.challenge, issuer.nonce = brought["code_challenge"], brought["nonce"]
    return brought


def come_back(client: Client, issuer: Issuing, code: str = "good", **changed: str) -> Answer:
    brought = leave(client, issuer)
    return Answer(client.http.get("/oidc/ve", params={"code": code, "state": brought["state"]} | changed))


def test_whom_the_issuer_vouches_for_is_signed_in(small: Pages, issuer: Issuing) -> None:
    client = small.browser()
    assert "Cổng của tỉnh" in client.get("/dang-nhap").text
    assert come_back(client, issuer).headers["location"] == "/"
    assert client.get("/").title == "Giám đốc 2"
    assert issuer.seen[0]["redirect_uri"] == "https://dondoc.example/oidc/ve"


def test_what_is_asked_of_the_issuer_is_an_address_and_no_more(small: Pages, issuer: Issuing) -> None:
    brought = leave(small.browser(), issuer)
    assert (brought["scope"], brought["response_type"], brought["code_challenge_method"]) == (
        "openid email",
        "code",
        "S256",
    )


@pytest.mark.parametrize(
    "claims",
    [
        {"email": STRANGER},
        {"email": None},
        {"email": ""},
        {"email": ["head2@tinh.example"]},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"aud": "somebody-else"},
        {"iss": "https://xau.example"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"iat": 2**40},
        {"sub": None},
    ],
)
def test_nobody_else_is_signed_in(small: Pages, issuer: Issuing, claims: dict[str, object]) -> None:
    issuer.claims = claims
    client = small.browser()
    answer = come_back(client, issuer)
    assert (answer.status_code, answer.title) == (403, "Chưa xác thực được")
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("signed_by", ["another key", "nobody", "its public key as a secret"])
def test_what_the_issuer_has_not_signed_is_not_believed(small: Pages, issuer: Issuing, signed_by: str) -> None:
    issuer.signed_by = signed_by
    assert come_back(small.browser(), issuer).status_code == 403


def test_an_issuer_that_verifies_all_addresses_need_not_say_so(small: Pages, issuer: Issuing) -> None:
    web = small.office.config.web
    assert web.oidc is not None
    small.office.config = replace(small.office.config, web=replace(web, oidc=replace(web.oidc, vouches=True)))
    issuer.claims = {"email_verified": None}
    assert come_back(small.browser(), issuer).status_code == 303
    issuer.claims = {"email_verified": False}
    assert come_back(small.browser(), issuer).status_code == 403


def test_a_code_the_issuer_did_not_give_signs_nobody_in(small: Pages, issuer: Issuing) -> None:
    assert come_back(small.browser(), issuer, code="bad").status_code == 403


@pytest.mark.parametrize("state", ["", "another", "ô"])
def test_an_answer_to_another_errand_is_not_taken(small: Pages, issuer: Issuing, state: str) -> None:
    assert come_back(small.browser(), issuer, state=state).status_code == 400
    assert issuer.seen == []


def test_only_the_browser_that_left_may_come_back(small: Pages, issuer: Issuing) -> None:
    brought = leave(small.browser(), issuer)
    other = small.browser().http.get("/oidc/ve", params={"code": "good", "state": brought["state"]})
    assert other.status_code == 400


def test_whoever_stays_away_for_long_begins_anew(small: Pages, issuer: Issuing) -> None:
    client = small.browser()
    brought = leave(client, issuer)
    small.office.now += timedelta(minutes=11)
    late = client.http.get("/oidc/ve", params={"code": "good", "state": brought["state"]})
    assert late.status_code == 400


def test_an_issuer_that_calls_itself_otherwise_is_not_asked(small: Pages, issuer: Issuing) -> None:
    issuer.calls_itself = "https://xau.example"
    assert small.browser().get("/oidc/vao").status_code == 403


def test_without_an_issuer_there_is_no_such_page(small: Pages) -> None:
    client = small.browser()
    assert client.get("/oidc/vao").status_code == 404
    assert client.get("/oidc/ve?code=x&state=y").status_code == 404
    assert "Đăng nhập bằng" not in client.get("/dang-nhap").text
