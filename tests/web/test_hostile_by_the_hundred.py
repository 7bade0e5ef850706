"""Hostile requests by those who are signed in, by links and by nobody: each gets a plain page that says what to do, and
nothing is written."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from db import tables as t
from tests.offices import ONE_TASK, open_desk, programme
from tests.web.hostile import MARK, Sent, everything
from tests.web.pages import Client, Pages, asking, at_work
from tests.web.test_indicators import INDICATORS
from web.forms import form_token

EVENTS = "  de-an: {title: Có Đề án, watch: {ask: u2, every: month, expected: 2026-03-15}}\n"
KINDS = ("questions", "places", "forms", "forms of others", "ways of asking", "hosts", "links")
UNCOUNTED = {"attempt"}
"""What is counted of bad links and of sign-ins, so that they may be limited."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder: Path = tmp_path_factory.mktemp("hundreds")
    desk = open_desk(folder / "office", f"sqlite:///{folder / 'dondoc.db'}")
    pages = at_work(desk)
    desk.write(programme(ONE_TASK + INDICATORS, events=EVENTS))
    desk.put_in_force()
    desk.restart()
    pages = Pages(desk)
    pages.reached_at("https://dondoc.example")
    desk.tick()
    yield pages
    desk.engine.dispose()


class Attackers:
    """Browsers that are signed in, and one that is not; each request comes from a network address of its own, so that
    what is limited by it does not answer for all."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.known = {who: pages.sign_in(who) for who in ("standing", "admin", "focal")}
        self.addresses = count(1)

    def send(self, sent: Sent) -> tuple[int, str, str]:
        """Return the status, the headers and the text of the answer."""
        client = self.known[sent.who] if sent.who else self.pages.browser()
        number = next(self.addresses)
        http = asking(
            self.pages.app,
            base_url=self.pages.settings.origin,
            cookies=client.http.cookies,
            client=(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", 1),
        )
        headers = {"sec-fetch-site": "same-origin", **sent.headers}
        data = None if sent.fields is None else {**sent.fields, **self._token(sent, client)}
        answer = http.request(sent.method, sent.path, headers=headers, data=data)
        shown = "\r\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        return answer.status_code, shown, answer.text

    def _token(self, sent: Sent, client: Client) -> dict[str, str]:
        match sent.token:
            case "own":
                return {"form_token": client.form_token}
            case "theirs":
                return {"form_token": form_token(self.pages.desk.keys, "session\0somebody else")}
            case _:
                return {}


@pytest.fixture(scope="module")
def attackers(office: Pages) -> Attackers:
    return Attackers(office)


def rows(pages: Pages) -> dict[str, int]:
    """How many rows each table has."""
    with pages.office.engine.connect() as connection:
        return {
            table.name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
            for table in t.report.metadata.sorted_tables
            if table.name not in UNCOUNTED
        }


def faults(sent: Sent, status: int, headers: str, text: str) -> Iterator[str]:
    """What is wrong with an answer."""
    if status >= 500:
        yield "it breaks"
    if "Traceback" in text or 'File "/' in text:
        yield "it shows a traceback"
    if MARK in text or "onerror=xau>" in text or "1337" in text:
        yield "what was sent is shown as markup"
    if re.search(r"^set-cookie: xau", headers, re.IGNORECASE | re.MULTILINE) or "xau.example" in headers:
        yield "what was sent goes into the headers"
    if "xau.example" in text:
        yield "a host that was sent is taken for ours"
    if sent.method == "POST" and sent.token != "own" and status < 400:
        yield "a form that is not ours is taken"
    if status >= 400 and "text/html" in headers:
        main = text.partition("<main")[2].partition("</main>")[0]
        if '<html lang="vi">' not in text or "<h1" not in main or "<p" not in main:
            yield "no page in Vietnamese that says what happened and what to do"


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_sent_does_nothing_and_is_answered_plainly(
    office: Pages, attackers: Attackers, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    before, found = rows(office), []
    for sent in everything(office)[kind]:
        status, headers, text = attackers.send(sent)
        found += [f"{fault}: {status} {sent}"[:400] for fault in faults(sent, status, headers, text)]
        if (now := rows(office)) != before:
            changed = {name for name in now if now[name] != before[name]}
            found.append(f"it writes {changed}: {status} {sent}"[:400])
            before = now
    assert found == []
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


def test_there_are_hundreds_of_them(office: Pages) -> None:
    made = everything(office)
    assert tuple(made) == KINDS
    assert sum(map(len, made.values())) >= 200
    assert min(map(len, made.values())) >= 20


@pytest.mark.parametrize(
    ("status", "headers", "text", "found"),
    [
        (500, "", "", "it breaks"),
        (200, "", "Traceback (most recent call last)", "it shows a traceback"),
        (200, "", f"<p>{MARK}</p>", "what was sent is shown as markup"),
        (200, "set-cookie: xau=1", "", "what was sent goes into the headers"),
        (303, "location: https://xau.example/", "", "what was sent goes into the headers"),
        (200, "", '<a href="https://xau.example/">', "a host that was sent is taken for ours"),
        (303, "", "", "a form that is not ours is taken"),
        (404, "content-type: text/html", "<h1>Not Found</h1>", "no page in Vietnamese"),
    ],
)
def test_what_is_wrong_with_an_answer_is_seen(status: int, headers: str, text: str, found: str) -> None:
    sent = Sent("standing", "POST", "/hop-thu/1", {}, token="theirs")
    assert any(fault.startswith(found) for fault in faults(sent, status, headers, text))
