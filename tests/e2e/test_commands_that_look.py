"""Commands that only look, on either database: `preview` and `tick --rehearse` show what leaves next, and neither they
nor `audit` can write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from tests.db.conftest import bring_to_schema
from tests.e2e.console import at, good, refused, run
from tests.postgres import Prepare


@pytest.fixture
def prepare_database() -> Prepare:
    """What brings a new database to the present schema."""
    return bring_to_schema


@pytest.fixture
def office(bare_office: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small office with its rules in force since 20 March 2026, on either database."""
    # A setting names the database, not the driver.
    monkeypatch.setenv("DONDOC_DATABASE", database_url.replace("+psycopg", ""))
    with at("2026-03-20T10:00"):
        good("apply", "--yes")
    return bare_office


def letters(folder: Path) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default) for path in folder.glob("*")]


def said(letter: EmailMessage) -> tuple[str, str]:
    """Return subject and text of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(letter["Subject"]), str(part.get_content())


def left_at(moment: str, office: Path) -> list[EmailMessage]:
    """Return the letters that a pass at that moment writes."""
    before = set(map(said, letters(office / "var/mail/new")))
    with at(moment):
        good("tick")
    return [letter for letter in letters(office / "var/mail/new") if said(letter) not in before]


@contextmanager
def watched() -> Iterator[list[bool]]:
    """Yield whether the database could have been written to, for each statement that the block runs on it."""
    found: list[bool] = []

    def look(connection: Connection, *_: Any) -> None:
        # The copy of a rehearsal is another one.
        if "rehearsal" not in str(connection.engine.url):
            found.append(can_write(connection))

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", look)


def can_write(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    assert driver is not None
    if connection.dialect.name == "postgresql":
        return bool(driver.execute("SELECT current_setting('transaction_read_only') = 'off'").fetchone()[0])
    with suppress(sqlite3.OperationalError):
        driver.execute("DELETE FROM pulse WHERE name = ''")
        return True
    return False


def test_preview_shows_the_letter_that_comes_next_and_not_that_of_a_first_start(office: Path) -> None:
    with at("2026-03-26T07:00"):
        good("tick")
        good("report", "done", "A.1")
    with at("2026-03-27T12:00"), watched() as writable:
        ran = run("preview", "--to", "gd.a@tinh.example", "-o", "letter.eml")
    assert ran.err == "leaves 2026-03-30 07:00\n"
    assert set(writable) == {False}
    [left] = [letter for letter in left_at("2026-03-30T07:00", office) if "gd.a@" in letter["To"]]
    previewed = message_from_bytes(Path("letter.eml").read_bytes(), EmailMessage, policy=policy.default)
    assert said(previewed) == said(left)


def test_preview_of_nothing_to_come_shows_no_letter_of_a_first_start(office: Path) -> None:
    with at("2026-03-20T12:00"):
        good("silence", "add", "--person", "gd.a@tinh.example", "--until", "2026-06-01", "--reason", "bão")
        assert refused("preview", "--to", "gd.a@tinh.example").startswith("nobody writes to gd.a@tinh.example")


def test_a_rehearsed_tick_names_the_letters_that_leave(office: Path) -> None:
    with at("2026-03-20T12:00"), watched() as writable:
        *lines, last = good("tick", "--rehearse", "--at", "2026-03-26T07:00").out.splitlines()[1:]
    assert set(writable) == {False}
    left = left_at("2026-03-26T07:00", office)
    assert len(lines) == len(left) > 0
    assert sorted(line.split()[0] for line in lines) == sorted(letter["To"].addresses[0].addr_spec for letter in left)
    assert last == f"{len(left)} letters would be sent"


def test_an_audit_cannot_write(office: Path) -> None:
    left_at("2026-03-26T07:00", office)
    with at("2026-03-26T07:01"), watched() as writable:
        assert good("audit").out == "nothing found\n"
    assert set(writable) == {False}
