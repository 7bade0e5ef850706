"""What a plan says beside deadlines: the causes with their lines, who reads instead, what closes, what is provisional."""

import pytest

from tests.e2e.planning import Editor
from tests.e2e.test_plan_scenarios import EVENTS, texts
from tests.offices import DAY, HOUR, Desk


@pytest.fixture
def editor(desk: Desk) -> Editor:
    """An office at work since Monday, 30 March 2026; on Tuesday at 08:00 A.1 has been reminded of."""
    found = Editor(desk)
    found.write(texts())
    found.apply()
    found.desk.tick()
    found.desk.now += DAY
    found.desk.tick()
    found.desk.now += HOUR
    return found


GENTLE = """\
ladder: gentle
rungs:
  - {id: due-soon, at: 5 working days before, to: [focal]}
  - {id: late, at: 1 working day late, to: [head]}
---
"""


def line_of(text: str, found: str) -> int:
    """Return the line of a file, from 1, that holds a text."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if found in line)


# --- causes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        # A route that is added, one that the programme falls back to, and the task's own line.
        ("tasks:\n", "routes:\n  - {match: {task: A.2}, ladder: gentle}\ntasks:\n", "- {match: {task: A.2}"),
        ("ladder: standard", "ladder: gentle", "ladder: gentle"),
        ("deadline: 2026-04-17", "ladder: gentle, deadline: 2026-04-17", "ladder: gentle, deadline"),
    ],
)
def test_another_ladder_is_caused_by_the_line_that_puts_the_task_on_it(
    editor: Editor, old: str, new: str, says: str
) -> None:
    before = texts() | {"common.yaml": GENTLE + texts()["common.yaml"]}
    editor.write(before)
    editor.apply()
    edited_programme = before["p.yaml"].replace(old, new)
    changes = editor.changes(before | {"p.yaml": edited_programme})
    [cause] = {str(move.line): move for move in changes.moves}["p/A.2"].causes
    assert (cause.kind, cause.text.en) == ("ladder", "On another ladder: standard → gentle")
    assert cause.source == f"rules/p.yaml:{line_of(edited_programme, says)}"


def test_a_deadline_made_to_wait_for_an_event_ends_by_its_own_line(editor: Editor) -> None:
    elsewhere = texts()["p.yaml"].replace("deadline: 2026-04-27", 'deadline: {set_by: "Đề án 05"}')
    editor.write(texts() | {"p.yaml": elsewhere})
    editor.apply()
    dated = EVENTS.replace("watch: {ask: u3, every: month}", "date: 2026-03-30")
    waiting = elsewhere.replace('{set_by: "Đề án 05"}', "{after: de-an, within: 5 working days}")
    changes = editor.changes(texts() | {"p.yaml": waiting.replace(EVENTS, dated)})
    ends = {str(end.line): end for end in changes.ending}
    [cause] = ends["p/A.3"].causes
    assert (cause.kind, cause.source) == ("deadline", f"rules/p.yaml:{line_of(waiting, 'id: A.3')}")
    # What waited for the event before ends by the event.
    [cause] = ends["p/A.4"].causes
    assert (cause.kind, cause.source) == ("event", f"rules/p.yaml:{line_of(waiting, 'de-an:')}")
