"""Changed rule files: whole ones take effect, broken ones leave the last good revision in force, half-written ones wait."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scheduler.applying import Origin
from scheduler.office import open_office
from scheduler.reload import Watcher
from tests.offices import DAY, ONE_TASK, Desk, directory, open_desk, programme, text_of

ADMIN = "admin@tinh.example"
MOVED = ONE_TASK.replace("2026-04-03", "2026-09-30")


def watcher() -> Watcher:
    return Watcher(Origin("an", "rules"), settle=0.05)


@pytest.fixture
def watched(tmp_path: Path, sqlite_url: str) -> Desk:
    desk = open_desk(tmp_path / "office", sqlite_url, DONDOC_MAIL__ADMIN=ADMIN)
    desk.apply()
    return desk


def test_a_changed_file_takes_effect(watched: Desk) -> None:
    look = watcher()
    look.look(watched.office, watched.now)
    watched.write(programme(MOVED))
    look.look(watched.office, watched.now)
    assert watched.due() == ["2026-09-30"]
    assert watched.office.revision == 2
    assert watched.run("SELECT count(*) FROM change WHERE kind = 'moved' AND announce") == [(1,)]


def test_a_broken_file_leaves_the_last_revision_in_force_and_admins_are_told_once(watched: Desk) -> None:
    look = watcher()
    watched.write(programme(MOVED).replace("lead: u2", "lead: u9"))
    for _ in range(3):
        look.look(watched.office, watched.now)
    letters = watched.tick()
    assert watched.due() == ["2026-04-03"]
    (told,) = [letter for letter in letters if letter.recipient == ADMIN]
    said = " ".join(text_of(told).split())
    assert "rules/p.yaml:10:41" in said
    assert "không có đơn vị hay nhóm 'u9' trong danh bạ tinh; hiện có: u1, u2, u3, all" in said
    assert "unknown" not in said
    watcher().look(watched.office, watched.now)  # after a restart it is the same mistake still
    assert watched.tick() == []
    watched.write(programme(MOVED))
    look.look(watched.office, watched.now)
    assert watched.due() == ["2026-09-30"]
    assert watched.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]


def test_of_a_mistake_in_no_field_admins_are_told_the_place_and_what_is_wrong(watched: Desk) -> None:
    watched.write(programme(MOVED) + "  - [[[\n")
    watcher().look(watched.office, watched.now)
    [said] = [text_of(letter) for letter in watched.tick() if letter.recipient == ADMIN]
    [line] = [line for line in said.splitlines() if "rules/p.yaml:" in line]
    assert line.startswith("- rules/p.yaml:12:1: sai cú pháp YAML: "), line
    assert ": :" not in line


def test_the_standing_office_hears_of_a_broken_file_in_its_statement(watched: Desk) -> None:
    watched.write(programme(MOVED).replace("lead: u2", "lead: u9"))
    watcher().look(watched.office, watched.now)
    watched.evaluate()
    watched.deliver()
    assert any(
        "rules/p.yaml" in text_of(letter) for letter in watched.sent if letter.recipient == "focal1@tinh.example"
    )


def test_a_file_that_is_gone_is_a_problem_not_an_empty_programme(watched: Desk) -> None:
    for file in (watched.folder / "rules").iterdir():
        file.unlink()
    watcher().look(watched.office, watched.now)
    assert watched.run("SELECT state FROM obligation") == [("open",)]
    assert watched.run("SELECT count(*) FROM trouble") == [(1,)]


def test_a_file_read_while_it_is_written_waits_until_it_is_whole(watched: Desk) -> None:
    whole = programme(
        MOVED + "".join(f"  - {{id: B.{n}, title: Việc, lead: u3, deadline: 2026-06}}\n" for n in range(9))
    )
    look = Watcher(Origin("an", "rules"), settle=0.25)
    look.look(watched.office, watched.now)

    def type_slowly() -> None:
        lines = whole.splitlines(keepends=True)
        for end in range(9, len(lines) + 1):
            watched.write("".join(lines[:end]))
            time.sleep(0.1)

    writing = threading.Thread(target=type_slowly)
    writing.start()
    time.sleep(0.3)
    while watched.office.revision == 1:
        look.look(watched.office, watched.now)
    writing.join()
    assert watched.run("SELECT count(*) FROM revision") == [(2,)]
    assert watched.run("SELECT count(*) FROM obligation WHERE kind = 'task'") == [(10,)]
    assert watched.run("SELECT count(*) FROM change WHERE kind = 'withdrawn'") == [(0,)]


def test_two_daemons_that_notice_the_same_edit_make_one_revision(desk: Desk) -> None:
    desk.apply()
    offices = [open_office(desk.config, desk.engine) for _ in range(3)]
    desk.write(programme(MOVED))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda office: watcher().look(office, desk.now), offices))
    assert desk.run("SELECT count(*) FROM revision") == [(2,)]
    assert desk.run("SELECT edition FROM obligation") == [(1,)]
    assert {office.revision for office in offices} == {2}


def test_a_daemon_takes_over_what_another_process_applied(desk: Desk) -> None:
    desk.apply()
    office = open_office(desk.config, desk.engine)
    desk.apply(MOVED)
    desk._office = office
    desk.evaluate()
    assert office.revision == 2
    desk.apply(MOVED, tinh=directory(3, u2="{title: Giám đốc 2, email: moi@tinh.example}"))
    desk.now += DAY
    desk.deliver()
    assert office.revision == 3


def test_files_that_cannot_be_applied_leave_the_revision_in_force_and_are_tried_again(watched: Desk) -> None:
    look = watcher()
    look.look(watched.office, watched.now)
    watched.write(programme(MOVED))
    watched.run("ALTER TABLE change RENAME TO hidden")
    look.look(watched.office, watched.now)
    assert watched.office.revision == 1
    assert watched.run("SELECT subject FROM trouble") == [("rules: not applied",)]
    watched.run("ALTER TABLE hidden RENAME TO change")
    look.look(watched.office, watched.now)
    assert watched.due() == ["2026-09-30"]
    assert watched.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]
