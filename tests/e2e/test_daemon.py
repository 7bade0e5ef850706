"""The daemon as a real process: it drains, reloads, and shares its work with another one."""

import queue
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import IO

import pytest

from scheduler.applying import Origin, apply_rules
from scheduler.folder import load_rules, read_rules
from tests.e2e import process
from tests.e2e.relay import Relay, running_relay
from tests.offices import ONE_TASK, Desk, open_desk, programme

TASKS = "  - {id: A.1, title: Báo cáo, lead: {each: all}, deadline: 2026-04-01}\n"


class Running:
    """A daemon and what it has said."""

    def __init__(self, desk: Desk, environ: dict[str, str]) -> None:
        self.process = process.start("daemon", desk.folder, desk.now, **environ)
        self._lines: queue.Queue[str] = queue.Queue()
        for stream in (self.process.stdout, self.process.stderr):
            threading.Thread(target=self._read, args=(stream,), daemon=True).start()
        self.said: list[str] = []

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)

    def until(self, pattern: str, seconds: float = 30) -> None:
        """Wait until it says something that matches."""
        deadline = monotonic() + seconds
        while monotonic() < deadline:
            try:
                self.said.append(self._lines.get(timeout=0.1))
            except queue.Empty:
                continue
            if re.search(pattern, self.said[-1]):
                return
        pytest.fail(f"it never said {pattern!r}:\n" + "".join(self.said))

    def stop(self, seconds: float = 20) -> float:
        """Send SIGTERM and return how many seconds it took to end."""
        begun = monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(seconds) == 0
        return monotonic() - begun


class House:
    """An office whose daemons write to a relay."""

    def __init__(self, folder: Path, url: str, relay: Relay) -> None:
        self.relay = relay
        self.environ = {
            "DONDOC_DATABASE": url.replace("+psycopg", ""),
            **relay.environ,
            "DONDOC_SMTP__CONNECTIONS": "2",
            "DONDOC_SMTP__TIMEOUT": "60",
        }
        self.desk = open_desk(folder, url, **self.environ)
        self.daemons: list[Running] = []

    def start(self) -> Running:
        self.daemons.append(Running(self.desk, self.environ))
        return self.daemons[-1]

    def await_(self, sql: str, seconds: float = 30) -> None:
        """Wait until a query yields true."""
        deadline = monotonic() + seconds
        while not self.desk.run(sql)[0][0]:
            if monotonic() > deadline:
                pytest.fail(f"{sql}:\n" + "".join(line for daemon in self.daemons for line in daemon.said))
            sleep(0.1)


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    with running_relay() as relay:
        opened = House(tmp_path / "office", database_url, relay)
        yield opened
        for daemon in opened.daemons:
            if daemon.process.poll() is None:
                daemon.process.kill()
            daemon.process.wait()
            for stream in (daemon.process.stdout, daemon.process.stderr):
                stream.close()
        opened.desk.engine.dispose()


ALL_SENT = "SELECT count(*) > 0 AND count(*) = sum(CASE WHEN state = 'sent' THEN 1 ELSE 0 END) FROM notice"


def test_it_makes_a_pass_at_once_delivers_and_stops(house: House) -> None:
    house.desk.apply(TASKS)
    daemon = house.start()
    house.await_(ALL_SENT)
    assert daemon.stop() < 5
    assert len(house.relay.taken) == 6
    assert house.relay.copies() == {}


def test_sigterm_ends_it_within_twenty_seconds_even_while_the_server_stalls(house: House) -> None:
    house.desk.apply(TASKS)
    house.relay.delay = 300
    daemon = house.start()
    assert house.relay.begun.wait(30)
    assert daemon.stop() < 20
    house.relay.delay = 0
    states = house.desk.run("SELECT state, attempts, possible_duplicate FROM message")
    assert sorted(states) == [("pending", 0, 0)] * 4 + [("pending", 1, 1)] * 2
    assert house.desk.run("SELECT count(*) FROM notice WHERE state = 'owed'") == [(6,)]
    house.desk.run("UPDATE message SET next_try_at = not_before")
    house.start()
    house.await_(ALL_SENT)
    assert len({taken.message_id for taken in house.relay.taken}) == 6


def test_sighup_takes_up_changed_files_and_a_broken_one_stops_nothing(house: House) -> None:
    house.desk.apply(ONE_TASK)
    daemon = house.start()
    daemon.until("pass")
    file = house.desk.folder / "rules" / "p.yaml"
    file.write_text("programme: [", encoding="utf-8")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.until("stays in force")
    file.write_text(programme(ONE_TASK.replace("2026-04-03", "2026-04-01")), encoding="utf-8")
    daemon.process.send_signal(signal.SIGHUP)
    daemon.until("is in force")
    house.await_("SELECT count(*) = 2 FROM notice WHERE state = 'sent'")
    assert daemon.stop() < 5


def test_a_saved_file_is_noticed_within_seconds(house: House) -> None:
    house.desk.apply(ONE_TASK)
    daemon = house.start()
    daemon.until("pass")
    file = house.desk.folder / "rules" / "p.yaml"
    beside = file.with_name(".p.yaml.part")
    beside.write_text(programme(ONE_TASK.replace("2026-04-03", "2026-09-30")), encoding="utf-8")
    beside.replace(file)  # as editors save: another file in the place of the old one
    daemon.until("is in force", 20)  # the regular look comes once a minute
    assert house.desk.run("SELECT count(*) FROM revision") == [(2,)]
    assert daemon.stop() < 5


def test_a_folder_that_was_moved_away_and_back_is_watched_again(house: House) -> None:
    house.desk.apply(ONE_TASK)
    daemon = house.start()
    daemon.until("pass")
    rules = house.desk.folder / "rules"
    rules.rename(house.desk.folder / "aside")
    (house.desk.folder / "aside").rename(rules)
    (rules / "p.yaml").write_text(programme(ONE_TASK.replace("2026-04-03", "2026-09-30")), encoding="utf-8")
    daemon.until("is in force", 20)
    assert daemon.stop() < 5


def test_a_checkout_of_two_hundred_files_is_one_revision(house: House) -> None:
    rules = house.desk.folder / "rules"
    house.desk.apply(ONE_TASK)

    def write(due: str) -> None:
        for number in range(200):
            text = programme(ONE_TASK.replace("2026-04-03", due), id=f"p{number}")
            (rules / f"p{number}.yaml").write_text(text, encoding="utf-8")

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=an", "-c", "user.email=an@tinh.example"]
        subprocess.run(["git", *who, *arguments], cwd=house.desk.folder, check=True, capture_output=True)

    git("init", "-b", "main")
    write("2026-06-30")
    git("add", "rules")
    git("commit", "-m", "một")
    git("checkout", "-b", "hai")
    write("2026-09-30")
    git("commit", "-am", "hai")
    git("checkout", "main")
    read = read_rules(house.desk.config.rules, house.desk.config.folder)
    loaded = load_rules(read).rulebook
    assert loaded is not None
    origin = Origin("an", "rules")
    apply_rules(house.desk.config, house.desk.engine, loaded, read.files, origin=origin, now=house.desk.now)
    daemon = house.start()
    daemon.until("pass")
    git("checkout", "hai")
    daemon.until("is in force", 60)
    assert house.desk.run("SELECT count(*) FROM revision") == [(3,)]
    due = "SELECT count(*) FROM obligation WHERE kind = 'task' AND due_on = '2026-09-30'"
    assert house.desk.run(due) == [(200,)]
    assert house.desk.run("SELECT count(*) FROM trouble") == [(0,)]
    assert daemon.stop() < 15


def test_two_daemons_evaluate_a_slot_once_and_send_each_letter_once(house: House) -> None:
    house.desk.apply(TASKS, units=8)
    house.relay.delay = 0.05
    first, second = house.start(), house.start()
    house.await_(ALL_SENT)
    first.stop()
    second.stop()
    assert len(house.relay.taken) == 16
    assert house.relay.copies() == {}
    assert house.desk.run("SELECT count(*) FROM evaluation") == [(1,)]
    assert house.desk.findings() == []


def test_a_killed_daemon_is_taken_over_from_within_seconds(house: House) -> None:
    house.desk.apply(TASKS)
    house.relay.delay = 2
    daemon = house.start()
    assert house.relay.begun.wait(30)
    daemon.process.send_signal(signal.SIGKILL)
    daemon.process.wait(10)
    house.relay.delay = 0
    house.start()
    house.await_(ALL_SENT)
    assert len({taken.message_id for taken in house.relay.taken}) == 6
    assert sum(house.relay.copies().values()) <= 2


def test_a_pass_in_the_middle_of_a_stop_is_no_crash(house: House) -> None:
    house.desk.apply(TASKS, units=40)
    daemon = house.start()
    house.await_("SELECT count(*) > 0 FROM notice")
    if daemon.process.poll() is None:
        daemon.process.send_signal(signal.SIGTERM)
    try:
        daemon.process.wait(20)
    except subprocess.TimeoutExpired:
        pytest.fail("it did not stop")
    house.start()
    house.await_(ALL_SENT, 60)
    assert len({taken.message_id for taken in house.relay.taken}) == 80
