"""Limits: how often one may ask, by address and by network address; what is counted keeps neither."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from scheduler.tidying import tidy
from tests.web.pages import POSTS, STRANGER, Answer, Pages
from web.limits import BAD_LINK, SIGN_IN_ADDRESS, SIGN_IN_ORIGIN


def ask(pages: Pages, address: str) -> Answer:
    return pages.browser().press("/dang-nhap", address=address)


@pytest.mark.parametrize("address", [POSTS["head"], STRANGER])
def test_an_address_is_written_to_five_times_an_hour(pages: Pages, address: str) -> None:
    assert [ask(pages, address).status_code for _ in range(7)] == [200] * SIGN_IN_ADDRESS.most + [429] * 2
    assert ask(pages, address.upper()).title == "Quá nhiều lần"
    assert ask(pages, POSTS["focal"]).status_code == 200  # nobody else is kept out
    pages.office.now += timedelta(minutes=30)
    assert ask(pages, address).headers["retry-after"] == "3600"
    pages.office.now += timedelta(minutes=31)
    assert ask(pages, address).status_code == 200


def test_whoever_asks_for_many_addresses_is_stopped(small: Pages) -> None:
    found = [ask(small, f"ai{n}@ngoai.example").status_code for n in range(SIGN_IN_ORIGIN.most + 1)]
    assert found == [200] * SIGN_IN_ORIGIN.most + [429]
    # A link in hand is good all the same.
    assert small.sign_in("head").get("/").status_code == 200


def test_whoever_tries_many_links_is_stopped_and_good_links_work_on(small: Pages) -> None:
    client = small.browser()
    found = [client.get(f"/vao/{'A' * 40}{n}").status_code for n in range(BAD_LINK.most + 1)]
    assert found == [404] * BAD_LINK.most + [429]
    assert small.sign_in("head").get("/").status_code == 200


def test_what_is_counted_keeps_no_address(small: Pages) -> None:
    ask(small, POSTS["head"])
    rows = small.office.run("SELECT kind, of FROM attempt ORDER BY id")
    assert [kind for kind, _ in rows] == ["sign_in_origin", "sign_in_address"]
    assert "head2" not in str(rows)
    assert "testclient" not in str(rows)


def test_old_attempts_sessions_and_numbers_are_forgotten_and_the_trail_is_kept(small: Pages) -> None:
    ask(small, POSTS["head"])
    small.sign_in("head")
    tables = ("attempt", "web_session", "link_use", "audit")

    def left(days: int) -> list[int]:
        with small.office.engine.begin() as connection:
            tidy(connection, now=small.office.now + timedelta(days=days))
            return [connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables]

    assert left(0) == [2, 1, 1, 1]
    assert left(2) == [0, 1, 1, 1]
    assert left(32) == [0, 0, 1, 1]
    assert left(61) == [0, 0, 0, 1]


def test_a_pass_tidies_up_once_a_day(small: Pages) -> None:
    ask(small, POSTS["head"])
    small.office.now += timedelta(days=3)
    small.office.evaluate()
    assert small.office.run("SELECT count(*) FROM attempt") == [(0,)]
