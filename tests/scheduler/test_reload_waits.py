"""Rule files that wait: by the settings, after a revert, while git is at work; and what admins are told, each once."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from db.revisions import files_of, revisions
from rules.load import load
from scheduler.applying import Origin, apply_rules
from scheduler.folder import read_rules
from scheduler.reload import LONGEST_GIT, Watcher
from scheduler.reverting import put_back
from tests.offices import DAY, HOUR, ONE_TASK, Desk, open_desk, programme, text_of

ADMIN = "admin@tinh.example"
MOVED = ONE_TASK.replace("2026-04-03", "2026-09-30")
BROKEN = MOVED.replace("lead: u2", "lead: u9")
MINUTE = timedelta(minutes=1)


def watcher() -> Watcher:
    return Watcher(Origin("an", "rules"), settle=0.01)


def told(desk: Desk) -> list[str]:
    """The letters to the admin that leave now."""
    return [text_of(letter) for letter in desk.tick() if letter.recipient == ADMIN]


def office(folder: Path, url: str, **environ: str) -> Desk:
    desk = open_desk(folder / "office", url, DONDOC_MAIL__ADMIN=ADMIN, **environ)
    desk.apply()
    return desk


@pytest.fixture
def applying(tmp_path: Path, sqlite_url: str) -> Desk:
    return office(tmp_path, sqlite_url)


@pytest.fixture
def asking(tmp_path: Path, sqlite_url: str) -> Desk:
    return office(tmp_path, sqlite_url, DONDOC_RELOAD="ask")


def look_every_minute(desk: Desk, look: Watcher, times: int = 3) -> None:
    for _ in range(times):
        desk.now += MINUTE
        look.look(desk.office, desk.now)


# --- one letter, not one a minute --------------------------------------------------------------------------------


def test_a_broken_folder_is_one_letter_however_often_it_is_saved_broken_and_one_when_it_is_whole(
    applying: Desk,
) -> None:
    look, letters = watcher(), list[str]()
    for lines in range(5):
        applying.write("#\n" * lines + programme(BROKEN))  # the mistake stands on another line each time
        look_every_minute(applying, look, 2)
        letters += told(applying)
    assert len(letters) == 1
    assert "không có đơn vị" in letters[0]
    applying.write(programme(MOVED))
    look_every_minute(applying, look)
    [whole] = told(applying)
    assert "Tệp quy tắc không còn lỗi; bản 2 có hiệu lực." in whole
    assert "không cần làm gì thêm" in whole
    assert "cần xử lý" not in whole
    look_every_minute(applying, look)
    assert told(applying) == []


def test_a_folder_that_is_mended_before_anyone_was_told_is_no_letter(applying: Desk) -> None:
    applying.run("UPDATE obligation SET wake_at = NULL")
    applying.write(programme(BROKEN))
    watcher().look(applying.office, applying.now)
    applying.write(programme(ONE_TASK))
    watcher().look(applying.office, applying.now)
    assert all("1 lỗi" not in letter for letter in told(applying))


def test_files_that_go_and_come_back_withdraw_nothing(applying: Desk) -> None:
    look = watcher()
    look.look(applying.office, applying.now)
    file = applying.folder / "rules" / "p.yaml"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    (applying.folder / "rules" / "common.yaml").rename(applying.folder / "common.yaml")
    look_every_minute(applying, look)
    file.write_text(text, encoding="utf-8")
    (applying.folder / "common.yaml").rename(applying.folder / "rules" / "common.yaml")
    look_every_minute(applying, look)
    assert applying.run("SELECT count(*) FROM revision") == [(1,)]
    assert applying.run("SELECT count(*) FROM change WHERE kind = 'withdrawn'") == [(0,)]
    assert applying.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]


def test_a_clock_that_is_set_back_breaks_no_look(applying: Desk) -> None:
    look = watcher()
    applying.write(programme(BROKEN))
    look.look(applying.office, applying.now)
    applying.now -= 3 * DAY
    applying.write("#\n" + programme(BROKEN))
    look.look(applying.office, applying.now)
    applying.write(programme(MOVED))
    look.look(applying.office, applying.now)
    assert applying.due() == ["2026-09-30"]
    assert applying.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]


# --- the settings ------------------------------------------------------------------------------------------------


def test_where_it_is_to_ask_a_changed_folder_waits_and_admins_hear_of_it_once_with_the_counts(asking: Desk) -> None:
    look = watcher()
    asking.write(programme(MOVED))
    look_every_minute(asking, look)
    asking.write(programme(MOVED + ONE_TASK.replace("A.1", "A.2")))
    look_every_minute(asking, look)
    assert asking.due() == ["2026-04-03"]
    [waits] = told(asking)
    assert "chờ lệnh `dondoc apply`. Bản 1 vẫn có hiệu lực. 1 tệp khác (rules/p.yaml)" in waits
    assert "1 việc mới, 1 đổi thời hạn" in waits
    asking.apply(MOVED)
    asking.evaluate()  # takes over what was applied by hand
    look_every_minute(asking, look)
    assert asking.due() == ["2026-09-30"]
    assert asking.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]
    assert told(asking) == []


def test_where_it_is_to_ask_a_broken_folder_is_told_all_the_same(asking: Desk) -> None:
    asking.write(programme(BROKEN))
    look = watcher()
    look.look(asking.office, asking.now)
    assert len(told(asking)) == 1
    asking.write(programme(MOVED))  # whole again, and waiting: one letter for both
    look_every_minute(asking, look)
    [both] = told(asking)
    assert "không còn lỗi" in both
    assert "1 việc cần xử lý; Tệp quy tắc không còn lỗi." in both
    assert "chờ lệnh `dondoc apply`" in both


def test_where_it_is_off_nothing_is_read(tmp_path: Path, sqlite_url: str) -> None:
    desk = office(tmp_path, sqlite_url, DONDOC_RELOAD="off")
    desk.write("programme: [")
    watcher().look(desk.office, desk.now)
    assert desk.run("SELECT count(*) FROM trouble") == [(0,)]
    desk.write(programme(MOVED))
    watcher().look(desk.office, desk.now)
    assert desk.due() == ["2026-04-03"]


def test_a_programme_that_is_gone_from_the_folder_is_not_withdrawn_before_somebody_says_so(applying: Desk) -> None:
    look = watcher()
    (applying.folder / "rules" / "p.yaml").rename(applying.folder / "p.yaml")
    look_every_minute(applying, look)
    assert applying.run("SELECT state FROM obligation WHERE kind = 'task'") == [("open",)]
    [waits] = told(applying)
    assert "không còn trong thư mục quy tắc" in waits
    assert "0 đổi thời hạn, 0 theo dõi lại, 1 rút" in waits


# --- after a revert ----------------------------------------------------------------------------------------------


def reverted(desk: Desk) -> None:
    """Two revisions, and the first put in force again; the folder holds the second."""
    desk.apply(MOVED)
    desk.evaluate()
    put_back(desk.config, desk.engine, 1, origin=Origin("an", "rules"), now=desk.now)


@pytest.mark.parametrize("restarts", [False, True])
def test_a_daemon_never_applies_the_folder_over_a_revert(applying: Desk, restarts: bool) -> None:
    look = watcher()
    look.look(applying.office, applying.now)
    reverted(applying)
    if restarts:
        applying.restart()
        look = watcher()
    applying.evaluate()
    look_every_minute(applying, look)
    assert applying.due() == ["2026-04-03"]
    look.look_again()  # as SIGHUP does
    look_every_minute(applying, look)
    applying.write(programme(MOVED.replace("Nộp báo cáo", "Nộp báo cáo quý")))
    look_every_minute(applying, look)
    assert applying.due() == ["2026-04-03"]
    [waits] = told(applying)
    assert "khác với bản đã được khôi phục" in waits


def test_once_the_folder_agrees_with_a_revert_edits_take_effect_again(applying: Desk) -> None:
    look = watcher()
    reverted(applying)
    applying.evaluate()
    look_every_minute(applying, look)
    applying.write(programme(ONE_TASK))
    look_every_minute(applying, look)
    assert applying.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]
    applying.write(programme(ONE_TASK.replace("2026-04-03", "2026-05-15")))
    look_every_minute(applying, look)
    assert applying.due() == ["2026-05-15"]


def test_what_somebody_applies_after_a_revert_ends_the_waiting(applying: Desk) -> None:
    reverted(applying)
    applying.evaluate()
    look = watcher()
    look_every_minute(applying, look)
    applying.apply(MOVED)
    applying.evaluate()
    look_every_minute(applying, look)
    applying.write(programme(ONE_TASK.replace("2026-04-03", "2026-05-15")))
    look_every_minute(applying, look)
    assert applying.due() == ["2026-05-15"]


# --- git, and another machine ------------------------------------------------------------------------------------


def test_nothing_is_taken_up_while_git_is_at_work(applying: Desk) -> None:
    look = watcher()
    (applying.folder / ".git").mkdir()
    lock = applying.folder / ".git" / "index.lock"
    lock.touch()
    applying.write(programme(MOVED))
    look_every_minute(applying, look)
    assert look.is_unsettled
    assert applying.due() == ["2026-04-03"]
    applying.now += LONGEST_GIT
    look.look(applying.office, applying.now)
    [letter] = told(applying)
    assert "index.lock" in letter
    lock.unlink()
    look_every_minute(applying, look)
    assert not look.is_unsettled
    assert applying.due() == ["2026-09-30"]


def test_in_a_linked_worktree_gits_lock_lies_elsewhere(applying: Desk) -> None:
    look = watcher()
    lock = applying.folder / "main" / ".git" / "worktrees" / "office" / "index.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    (applying.folder / ".git").write_text("gitdir: main/.git/worktrees/office\n", encoding="utf-8")
    applying.write(programme(MOVED))
    look.look(applying.office, applying.now)
    assert look.is_unsettled


def test_two_editors_who_save_at_once_and_slowly_never_put_half_a_file_in_force(applying: Desk) -> None:
    look = watcher()
    look.settle = 0.05
    rules = applying.folder / "rules"
    tasks = "".join(f"  - {{id: C.{n}, title: Việc, lead: u3, deadline: 2026-06}}\n" for n in range(30))
    whole = {
        name: [programme(ONE_TASK.replace("2026-04-03", due) + tasks, id=name) for due in ("2026-05-15", "2026-06-30")]
        for name in ("p", "q")
    }

    def keep_saving(name: str) -> None:
        for text in whole[name] * 3:
            with (rules / f"{name}.yaml").open("w", encoding="utf-8") as file:
                for line in text.splitlines(keepends=True):
                    file.write(line)
                    file.flush()
                    time.sleep(0.004)

    with ThreadPoolExecutor(2) as editors:
        saving = [editors.submit(keep_saving, name) for name in whole]
        while not all(one.done() for one in saving):
            look.look(applying.office, applying.now)
    look.look(applying.office, applying.now)
    with applying.engine.connect() as connection:
        kept = [files_of(connection, revision.id) for revision in revisions(connection, limit=None)][:-1]
    assert kept
    for files in kept:
        assert files["rules/p.yaml"] in [*whole["p"], programme(ONE_TASK)]
        assert files.get("rules/q.yaml", whole["q"][0]) in whole["q"]
    assert (kept[0]["rules/p.yaml"], kept[0]["rules/q.yaml"]) == (whole["p"][1], whole["q"][1])


def test_a_revision_from_another_machine_is_not_undone_by_the_folder_here(applying: Desk) -> None:
    look = watcher()
    look.look(applying.office, applying.now)
    here = read_rules(applying.config.rules, applying.config.folder).files
    there = {**here, "rules/p.yaml": programme(MOVED).encode()}
    rulebook = load(there).rulebook
    assert rulebook is not None
    origin = Origin("binh", "rules")
    apply_rules(applying.config, applying.engine, rulebook, there, origin=origin, now=applying.now + HOUR)
    applying.now += 2 * HOUR
    applying.evaluate()
    look_every_minute(applying, look)
    assert applying.due() == ["2026-09-30"]
