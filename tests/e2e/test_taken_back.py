"""An edit taken back before any letter about it left: nobody is told anything, and all goes on as if it had never been."""

from collections.abc import Callable

import pytest

from tests.e2e.planning import Editor
from tests.offices import DAY, HOUR, MONDAY, Desk, programme

HEAD, FOCAL = "head2@tinh.example", "focal2@tinh.example"
Between = Callable[[Desk], object]


def due(day: str) -> str:
    return f"  - {{id: B.1, title: Báo cáo, lead: u2, deadline: {day}}}\n"


def open_office(desk: Desk, day: str) -> Editor:
    """An office at work for two days, on the evening of Tuesday, 31 March 2026."""
    desk.now = MONDAY
    desk.apply(due("2026-05-29"))
    desk.tick()
    editor = Editor(desk)
    edit(editor, day)
    desk.now += HOUR
    desk.tick()
    desk.now = MONDAY + DAY + 12 * HOUR
    desk.tick()
    return editor


def edit(editor: Editor, day: str) -> None:
    editor.desk.now += HOUR / 60
    editor.desk.write(programme(due(day)))
    editor.apply()


def sent(desk: Desk, days: int) -> list[tuple[object, ...]]:
    """Return who is told by which rung in the days to come."""
    since = desk.now
    for _ in range(days * 4):
        desk.now += 6 * HOUR
        desk.tick()
    query = (
        "SELECT n.settled_at, n.person, n.rung, n.turn FROM notice n WHERE n.state = 'sent' AND n.settled_at > :since"
    )
    return sorted((str(at)[:16], *rest) for at, *rest in desk.run(query, since=since))


@pytest.mark.parametrize(
    ("day", "other"),
    [
        ("2026-04-02", "2026-06-30"),
        ("2026-04-02", "2026-03-20"),
        ("2026-03-25", "2026-06-30"),
        ("2026-05-20", "2026-03-20"),
        ("{set_by: Đề án 05}", "2026-06-30"),
    ],
)
@pytest.mark.parametrize("between", [lambda _: None, Desk.tick], ids=["at once", "after a pass"])
def test_a_day_put_back_before_any_letter_left_is_told_to_nobody(
    day: str, between: Between, other: str, small: Desk
) -> None:
    editor = open_office(small, day)
    untouched = editor.copy("untouched")
    edit(editor, other)
    between(small)
    edit(editor, day)
    untouched.desk.now = small.now
    assert sent(small, 8) == sent(untouched.desk, 8)
    assert small.findings() == []


def test_a_day_put_back_after_a_letter_left_is_told(small: Desk) -> None:
    editor = open_office(small, "2026-05-20")
    edit(editor, "2026-06-30")
    told = sent(small, 1)
    assert [(person, rung) for _, person, rung, _ in told] == [(FOCAL, "moved"), (HEAD, "moved")]
    edit(editor, "2026-05-20")
    assert [(person, rung, turn) for _, person, rung, turn in sent(small, 1)] == [
        (FOCAL, "moved", 3),
        (HEAD, "moved", 3),
    ]


def test_what_was_put_back_and_moves_after_all_is_told_once(small: Desk) -> None:
    editor = open_office(small, "2026-05-20")
    for day in ("2026-06-30", "2026-05-20", "2026-06-30", "2026-05-20", "2026-06-30"):
        edit(editor, day)
    assert [(person, rung) for _, person, rung, _ in sent(small, 2)] == [(FOCAL, "moved"), (HEAD, "moved")]
    assert small.findings() == []


def test_a_move_that_is_put_back_before_it_was_told_is_told_as_it_stands(small: Desk) -> None:
    """The first move still waits for the morning when the second one and its way back come."""
    editor = open_office(small, "2026-05-20")
    for day in ("2026-06-30", "2026-07-10", "2026-06-30"):
        edit(editor, day)
        small.evaluate()
    assert [(person, rung) for _, person, rung, _ in sent(small, 2)] == [(FOCAL, "moved"), (HEAD, "moved")]


@pytest.mark.parametrize("day", ["2026-04-02", "2026-03-25"])
def test_a_plan_foresees_that_nothing_is_told(day: str, desk: Desk) -> None:
    editor = open_office(desk, day)
    untouched = editor.copy("untouched")
    edit(editor, "2026-06-30")
    desk.evaluate()
    desk.now += HOUR / 60
    desk.write(programme(due(day)))
    changes = editor.plan().changes
    assert [move.is_told for move in changes.moves] == [False]
    lost = {(letter.to, said.rung) for letter in changes.letters for said in letter.lost}
    assert {(HEAD, "moved"), (FOCAL, "moved")} <= lost
    gained = {(letter.to, said.rung, letter.at.date()) for letter in changes.letters for said in letter.gained}
    editor.apply()
    untouched.desk.now = desk.now
    expected = sent(untouched.desk, 14)
    assert {(person, rung, str(at)[:10]) for at, person, rung, _ in expected} == {(p, r, str(d)) for p, r, d in gained}
    assert sent(desk, 14) == expected
