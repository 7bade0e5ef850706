"""`check --watch`: what a save changes is told, and nothing else; Ctrl-C ends it."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules.lint import Limits
from scheduler.commands.checking import Checker
from scheduler.commands.linted import Asked
from scheduler.commands.reading import configuration
from scheduler.commands.watching import _Line, _Seen, _seen, difference
from tests.e2e.console import DONDOC, refused

ROOT = Path(__file__).parents[2]


@pytest.fixture
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that watches the folder."""
    with subprocess.Popen(
        [*DONDOC, "check", str(folder), "--watch", "--language", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        deadline = threading.Timer(60, process.kill)
        deadline.start()
        yield process
        deadline.cancel()
        process.kill()


def looked(process: "subprocess.Popen[str]") -> list[str]:
    """Return what is printed up to the next summary."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        if line.rstrip().endswith(" ms)"):
            return [*lines, line.partition(" ")[2].partition(" (")[0]]
        lines.append(line.rstrip())
    raise AssertionError(f"it ended: {lines}")


def save(path: Path, text: str) -> None:
    """Save as editors do, beside and then in its place: a look in the middle of writing would find an empty file."""
    beside = path.with_name(f".{path.name}.saved")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_a_save_tells_what_came_and_went_and_ctrl_c_ends_it(folder: Path, watching: "subprocess.Popen[str]") -> None:
    assert looked(watching) == ["4 files: 0 problems, 0 warnings"]
    path = folder / "programme.yaml"
    text = path.read_text(encoding="utf-8")

    save(path, text.replace("deadline: 2026-03", "deadline: 2026-13"))
    came = looked(watching)
    assert came[0].startswith(f"+ {path}:10:122: nen.tasks.A.1.deadline: '2026-13'")
    assert came[1:] == ["4 files: 1 problem, not loaded"]

    # An editor that writes beside the file and renames, and a line more above: nothing new to say.
    beside = folder / ".programme.swp"
    beside.write_text("# new\n" + text.replace("deadline: 2026-03", "deadline: 2026-13"), encoding="utf-8")
    beside.replace(path)
    assert looked(watching) == ["4 files: 1 problem, not loaded"]

    save(path, text)
    went = looked(watching)
    assert went[0].startswith(f"- {path}:11:122: nen.tasks.A.1.deadline: '2026-13'")
    assert went[1:] == ["4 files: 0 problems, 0 warnings"]

    watching.send_signal(signal.SIGINT)
    out, _ = watching.communicate(timeout=30)
    assert out.splitlines()[-1:] == ["stopped"]
    assert watching.returncode == 0


def test_while_the_folder_does_not_load_what_stands_in_it_is_not_told_as_gone(
    folder: Path, watching: "subprocess.Popen[str]"
) -> None:
    looked(watching)
    calendar, programme = folder / "calendar.yaml", folder / "programme.yaml"
    days, text = calendar.read_text(encoding="utf-8"), programme.read_text(encoding="utf-8")
    save(calendar, days.replace("announced_until: 2026-12-31", "announced_until: 2026-03-01"))
    [warning, summary] = looked(watching)
    assert warning.startswith("+ ")
    assert "is announced up to 2026-03-01" in warning
    assert summary == "4 files: 0 problems, 1 warning"

    save(programme, text.replace("deadline: 2026-03", "deadline: 2026-13"))
    assert [line[:2] for line in looked(watching)[:-1]] == ["+ "]
    save(programme, text)
    [gone, summary] = looked(watching)
    assert gone.startswith(f"- {programme}:10:122: nen.tasks.A.1.deadline: '2026-13'")
    assert summary == "4 files: 0 problems, 1 warning"

    # What was mended while it did not load is told once it loads.
    save(programme, text.replace("deadline: 2026-03", "deadline: 2026-13"))
    looked(watching)
    save(calendar, days)
    assert looked(watching) == ["4 files: 1 problem, not loaded"]
    save(programme, text)
    assert [line[:2] for line in looked(watching)[:-1]] == ["- ", "- "]


def test_with_strict_findings_stand_and_a_marking_comes_and_goes(folder: Path) -> None:
    checker = Checker(configuration(None, folder), Asked(frozenset(), Limits(), with_facts=False), with_scenarios=False)
    programme = folder / "programme.yaml"
    text = programme.read_text(encoding="utf-8").replace(" product: Báo cáo,", "")

    def seen(text: str, before: _Seen) -> _Seen:
        save(programme, text)
        return _seen(checker.look(datetime(2026, 1, 12, tzinfo=UTC)), "en", before)

    good = seen(text, _Seen())
    assert [": D106 " in line.text for line in good.lines] == [True]
    marked = seen(f"{text}# TỐI MẬT\n", good)
    [(mark, line)] = difference(good.lines, marked.lines)
    assert (mark, ": D701 " in line) == ("+", True)
    [(mark, line)] = difference(marked.lines, seen(text, marked).lines)
    assert (mark, ": D701 " in line) == ("-", True)


def test_a_folder_that_is_not_there_cannot_be_watched(tmp_path: Path) -> None:
    assert refused("check", str(tmp_path / "nowhere"), "--watch").endswith("there is no such folder or file to watch")


def test_watching_prints_for_people(folder: Path) -> None:
    assert "it prints for people only" in refused("check", str(folder), "--watch", "--format", "json")


def test_what_stays_is_not_told_again_and_what_stands_twice_is_counted() -> None:
    one, moved, two = _Line("a", "f:1: a"), _Line("a", "f:9: a"), _Line("b", "f:2: b")
    assert list(difference([one], [moved])) == []
    assert list(difference([one], [moved, one, two])) == [("+", "f:9: a"), ("+", "f:2: b")]
    assert list(difference([one, two], [])) == [("-", "f:1: a"), ("-", "f:2: b")]
