"""Tasks whose id changes in the file: facts and ledger know them by their first one."""

import pytest

from rules.load import load
from tests.offices import COMMON, directory, programme


def loaded(tasks: str, *, events: str = "", head: str = ""):  # type: ignore[no-untyped-def]
    text = programme(tasks, events=events).replace("tasks:\n", head + "tasks:\n")
    return load({"p.yaml": text.encode(), "common.yaml": COMMON.encode(), "tinh.yaml": directory().encode()})


RENAMED = "  - {id: A.9, renamed_from: A.1, title: Nộp báo cáo, lead: u2, deadline: 2026-04-03}\n"
OTHER = "  - {id: A.2, title: Việc khác, lead: u2, deadline: 2026-04-03}\n"


def test_a_renamed_task_is_known_by_its_first_id_and_shown_by_the_new_one() -> None:
    task = loaded(RENAMED + OTHER).rulebook.programmes["p"].tasks["A.1"]
    assert (task.id, task.number, task.named) == ("A.1", "A.9", "A.9")


def test_what_the_file_refers_to_by_the_new_id_is_that_task() -> None:
    events = "  xong: {title: Đã nộp, when_done: A.9}\n"
    head = "routes: [{match: {task: A.9}, ladder: standard}]\n"
    book = loaded(RENAMED + OTHER, events=events, head=head).rulebook
    assert book.programmes["p"].events["xong"].when_done == "A.1"
    assert book.programmes["p"].routes[0].task == ("A.1",)


def test_two_tasks_may_change_their_ids() -> None:
    swapped = RENAMED.replace("A.9", "A.2") + OTHER.replace("id: A.2", "id: A.1, renamed_from: A.2")
    tasks = loaded(swapped).rulebook.programmes["p"].tasks
    assert {id: task.named for id, task in tasks.items()} == {"A.1": "A.2", "A.2": "A.1"}


@pytest.mark.parametrize(
    ("tasks", "told"),
    [
        (RENAMED + OTHER.replace("A.2", "A.9"), "duplicate task 'A.9', first in line 10"),
        (RENAMED + OTHER.replace("A.2", "A.1"), "'A.1' is what task 'A.9' was called before"),
        (OTHER.replace("A.2", "A.1") + RENAMED, "'A.1' is what task 'A.9' was called before"),
        (RENAMED + OTHER.replace("id: A.2", "id: A.3, renamed_from: A.1"), "'A.1' is what task 'A.3' was called"),
    ],
)
def test_two_tasks_with_one_id_are_a_mistake(tasks: str, told: str) -> None:
    [problem] = loaded(tasks).problems
    assert told in str(problem)
