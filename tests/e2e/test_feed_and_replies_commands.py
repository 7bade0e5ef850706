"""`dondoc feed` and `dondoc replies`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.console import at, good, refused, run
from tests.imap import PASSWORD, USER, Post, mailbox_server

HEAD = "gd.a@tinh.example"


@pytest.fixture
def post() -> Iterator[Post]:
    with mailbox_server() as running:
        yield running


def test_the_addresses_of_a_person_stay_until_they_are_revoked(office: Path) -> None:
    with at("2026-03-20T10:00"):
        first = good("feed", "url", HEAD, "--format", "json").lines
        assert good("feed", "url", HEAD.upper(), "--format", "json").lines == first
        assert [one["kind"] for one in first][:2] == ["mine", "unit"]
        assert all(one["url"].endswith(".ics") and "/lich/" in one["url"] for one in first)
        assert good("feed", "revoke", HEAD).out == f"the calendars of {HEAD} are void\n"
        second = good("feed", "url", HEAD, "--format", "json").lines
        assert not {one["url"] for one in first} & {one["url"] for one in second}
        assert second[0]["url"] in good("feed", "url", HEAD).out


def test_what_is_not_there_is_not_revoked_and_a_stranger_has_no_calendar(office: Path) -> None:
    ran = run("feed", "revoke", HEAD)
    assert (ran.code, ran.out) == (1, f"{HEAD} has no calendars\n")
    assert "holds no post" in refused("feed", "url", "ai-do@ngoai.example")


def test_the_mailbox_is_read_once_and_what_came_is_listed(office: Path, post: Post) -> None:
    post.put(b"From: ai-do@ngoai.example\r\nSubject: Xin chao\r\nMessage-ID: <x@ngoai.example>\r\n\r\nXONG\r\n")
    assert "no mailbox is configured" in run("replies", "fetch").err
    (office / "mat-khau").write_text(PASSWORD)
    with (office / "config.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'[imap]\nhost = "127.0.0.1"\nport = {post.port}\nsecurity = "none"\nusername = "{USER}"\n'
            'password_file = "mat-khau"\n'
        )
    with at("2026-03-20T10:00"):
        assert good("replies", "fetch").out == "1 foreign\n"
        assert good("replies", "fetch", "--format", "json").lines == [{"left": 0}]
        [one] = good("replies", "list", "--format", "json").lines
    assert (one["from"], one["outcome"], one["reason"]) == ("ai-do@ngoai.example", "foreign", "no_letter")
    assert "foreign" in good("replies", "list").out
