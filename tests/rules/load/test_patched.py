"""A rulebook told from another by the lines that differ is the one that reading everything gives."""

from dataclasses import replace

import pytest

from rules.fields import content
from rules.load import load
from rules.load.patched import patched
from rules.programme import Rulebook
from tests.offices import COMMON, directory, programme

TASKS = "".join(
    f"  - id: A.{n}\n    title: Việc {n}\n    lead: u{n % 3 + 1}\n    deadline: 2026-04-{n + 10}\n" for n in range(6)
)
EVENTS = "  xong: {title: Đã nộp, when_done: A.3}\n"
AMENDING = """\
programme: q
title: Sửa đổi
document: {number: 2/QĐ, date: 2026-02-01}
period: 2026
directory: tinh
calendar: plain
ladder: standard
standing: u1
amend: [{programme: p, task: A.2, deadline: 2026-09-01}]
"""


def files(tasks: str = TASKS, **more: str) -> dict[str, bytes]:
    texts = {"p.yaml": programme(tasks), "common.yaml": COMMON, "tinh.yaml": directory(3)}
    return {name: text.encode() for name, text in (texts | {f"{k}.yaml": v for k, v in more.items()}).items()}


def told(new: dict[str, bytes], old: dict[str, bytes]) -> tuple[Rulebook | None, Rulebook]:
    """Return what is told of the old files from the new ones, and what reading the old files gives."""
    known, full = load(new).rulebook, load(old).rulebook
    assert known is not None
    assert full is not None
    return patched(known, new, old, digest=full.digest), full


def said(book: Rulebook) -> object:
    """All that a rulebook says, without places and texts' digests."""
    return {
        (id, name): (content(task), task.named)
        for id, found in book.programmes.items()
        for name, task in found.tasks.items()
    }, {
        id: replace(found, tasks={}, source=found.source, digest="", events={}) for id, found in book.programmes.items()
    }


def _contents(files: dict[str, bytes]) -> list[object]:
    book = load(files).rulebook
    assert book is not None
    return [content(task) for task in book.programmes["p"].tasks.values()]


@pytest.mark.parametrize(
    "edited",
    [
        TASKS.replace("Việc 2", "Việc hai"),
        TASKS.replace("2026-04-12", "2026-05"),
        TASKS.replace("  - id: A.2\n    title: Việc 2\n    lead: u3\n    deadline: 2026-04-12\n", ""),
        TASKS.replace("  - id: A.3", "  - {id: A.9, title: Mới, lead: u1, deadline: 2026}\n  - id: A.3"),
        TASKS.replace("Việc 0", "Việc không").replace("Việc 4", "Việc bốn"),
        TASKS.replace("  - id: A.3", "# ghi chú\n\n  - id: A.3"),
        TASKS.replace("  - id: A.1", "  - id: A.7\n    renamed_from: A.1"),
        TASKS.replace("    lead: u1\n", "    lead: u2\n", 1),
    ],
)
def test_it_is_what_reading_everything_gives(edited: str) -> None:
    for new, old in ((files(edited), files()), (files(), files(edited))):
        found, full = told(new, old)
        assert found is not None
        assert said(found) == said(full)
        assert found.digest == full.digest
        changed = [(id, task) for id, task in full.programmes["p"].tasks.items() if content(task) not in _contents(new)]
        for id, task in changed:
            assert found.programmes["p"].tasks[id].source == task.source
            assert found.programmes["p"].tasks[id].deadline_source == task.deadline_source


@pytest.mark.parametrize(
    ("new", "old"),
    [
        # The last task, the settings, another file, a file more: everything is read.
        (files(TASKS.replace("Việc 5", "Việc năm")), files()),
        (files(), {**files(), "p.yaml": files()["p.yaml"].replace(b"standing: u1", b"standing: u2")}),
        (files(), {**files(), "tinh.yaml": directory(4).encode()}),
        (files(more="ladder: x\nrungs: [{id: a, at: due, to: [head]}]\n"), files()),
        # What another programme amends may be what differs.
        (files(TASKS.replace("Việc 3", "Việc ba"), q=AMENDING), files(q=AMENDING)),
        # An anchor may be used by other tasks.
        (files(TASKS.replace("lead: u1", "lead: &x u1", 1)), files()),
    ],
)
def test_where_more_may_differ_everything_is_read(new: dict[str, bytes], old: dict[str, bytes]) -> None:
    found, full = told(new, old)
    assert found is None or said(found) == said(full)


def test_a_task_an_event_waits_for_is_not_left_out() -> None:
    new, old = files(), files(TASKS.replace("Việc 1", "Việc một"))
    head = programme("", events=EVENTS).encode()
    new, old = ({**each, "p.yaml": head + each["p.yaml"].split(b"tasks:\n")[1]} for each in (new, old))
    found, full = told(new, old)
    assert found is None or said(found) == said(full)
