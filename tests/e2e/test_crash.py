"""A real process is killed at every named point, against a real SMTP server: nothing is lost, and copies are of what
was in flight."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.transport import open_transport
from scheduler.crash import POINTS
from scheduler.deliver import MOST_UNMARKED, deliver_due
from tests.e2e import process
from tests.e2e.relay import Relay, running_relay
from tests.offices import COMMON, ONE_TASK, Desk, directory, open_desk, programme, write_rules

UNITS = 12
CONNECTIONS = 3
TASKS = """\
  - {id: A.1, title: Báo cáo tháng, lead: {each: all}, deadline: 2026-04-02}
  - {id: A.2, title: Kế hoạch, lead: {each: all}, deadline: 2026-04-01}
  - {id: B.1, title: Việc cũ, lead: u3, deadline: 2026-03-10}
  - {id: B.2, title: Báo cáo tuần, lead: {each: all}, deadline: {every: week, on: friday, at: "09:00"}}
"""
IN_FLIGHT = MOST_UNMARKED + CONNECTIONS
# Where a crash may leave messages delivered and not marked.
WHILE_SENDING = {"before_send", "after_one_send", "before_mark_commit", "after_mark"}


@pytest.fixture
def relay() -> Iterator[Relay]:
    with running_relay() as running:
        yield running


def environ(relay: Relay, url: str) -> dict[str, str]:
    return {
        "DONDOC_DATABASE": url.replace("+psycopg", ""),
        "DONDOC_MAIL__TRANSPORT": "smtp",
        "DONDOC_SMTP__PORT": str(relay.port),
        "DONDOC_SMTP__SECURITY": "none",
        "DONDOC_SMTP__CONNECTIONS": str(CONNECTIONS),
        "DONDOC_SMTP__TIMEOUT": "10",
    }


@pytest.fixture
def office(tmp_path: Path, database_url: str, relay: Relay) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "office", database_url, **environ(relay, database_url))
    yield opened
    opened.engine.dispose()


def killed(desk: Desk, relay: Relay, point: str, job: str = "tick") -> bool:
    """Run a job that dies at the point; return whether it came to that."""
    run = process.start(job, desk.folder, desk.now, crash_at=point, **environ(relay, desk.config.database))
    _, errors = run.communicate(timeout=60)
    assert run.returncode in (0, -signal.SIGKILL), errors
    return run.returncode != 0


def take_up(desk: Desk) -> None:
    """Do what a process started after the crash does."""
    desk.restart()
    desk.evaluate()

    async def deliver() -> None:
        async with open_transport(desk.config.transport()) as send:
            await deliver_due(desk.office, send, lambda: desk.now)

    asyncio.run(deliver())


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple[object, ...]], set[str]]:
    """The ledger and the recipients of an office where nothing went wrong."""
    folder = tmp_path_factory.mktemp("calm")
    desk = open_desk(folder, f"sqlite:///{folder}/calm.db")
    desk.apply(TASKS, units=UNITS)
    recipients = {envelope.recipient for envelope in desk.tick()}
    desk.engine.dispose()
    return sorted(desk.notices(), key=repr), recipients


@pytest.mark.parametrize("point", POINTS[1:])
def test_a_process_killed_at_any_point_loses_nothing(
    office: Desk, relay: Relay, calm: tuple[list[tuple[object, ...]], set[str]], point: str
) -> None:
    office.apply(TASKS, units=UNITS)
    assert killed(office, relay, point)
    take_up(office)
    assert office.findings() == []
    notices, recipients = calm
    assert sorted(office.notices(), key=repr) == notices
    assert {taken.recipient for taken in relay.taken} == recipients
    assert all(state == "sent" or reason for *_, state, reason in notices)
    sent = {message_id for (message_id,) in office.run("SELECT smtp_id FROM message WHERE state = 'sent'")}
    assert sent == {taken.message_id for taken in relay.taken}
    copies = relay.copies()
    assert not copies or point in WHILE_SENDING
    assert sum(copies.values()) <= IN_FLIGHT
    doubted = {id_ for (id_,) in office.run("SELECT smtp_id FROM message WHERE possible_duplicate > 0")}
    assert copies.keys() <= doubted


def test_rule_files_killed_while_they_are_applied_are_not_in_force_at_all(office: Desk, relay: Relay) -> None:
    office.apply(TASKS, units=UNITS)
    before = office.run("SELECT id, state, edition FROM obligation ORDER BY id")
    write_rules(office.folder, {"p.yaml": programme(ONE_TASK), "common.yaml": COMMON, "tinh.yaml": directory(UNITS)})
    assert killed(office, relay, "before_apply_commit", "apply")
    assert office.run("SELECT count(*) FROM revision") == [(1,)]
    assert office.run("SELECT id, state, edition FROM obligation ORDER BY id") == before


def test_a_process_killed_again_and_again_gets_there(office: Desk, relay: Relay) -> None:
    office.apply(TASKS, units=UNITS)
    kills = 0
    for point in ["after_one_send:9", "before_mark_commit:2", "after_mark:1"] * 8:
        if not killed(office, relay, point):
            break
        kills += 1
    else:
        pytest.fail("it never came to the end")
    assert kills > 1
    assert office.run("SELECT count(*) FROM notice WHERE state = 'owed'") == [(0,)]
    assert office.run("SELECT DISTINCT state FROM message") == [("sent",)]
    assert sum(relay.copies().values()) <= kills * IN_FLIGHT
    (messages,) = office.run("SELECT count(*) FROM message")[0]
    assert len({taken.message_id for taken in relay.taken}) == messages
