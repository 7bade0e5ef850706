"""A saved plan and an address at which letters stop arriving, or arrive again: what it counted is not so any more."""

from pathlib import Path

import pytest

from scheduler.moved_on import seen
from scheduler.plan_file import MovedOn, as_saved, check_world, saved_plan
from tests.e2e.planning import Editor
from tests.offices import DAY, ONE_TASK, Desk, programme


def refusal(desk: Desk, file: Path) -> str:
    saved, _, _ = saved_plan(file)
    with desk.engine.connect() as connection, pytest.raises(MovedOn) as refused:
        check_world(connection, saved, seen(connection, desk.config.policy, now=desk.now))
    return str(refused.value)


def test_a_plan_is_refused_when_letters_no_longer_arrive_or_arrive_again(small: Desk, tmp_path: Path) -> None:
    editor, file = Editor(small), tmp_path / "plan.json"
    small.apply()
    small.now += DAY
    small.evaluate()
    small.write(programme(ONE_TASK.replace("04-03", "04-10")))
    file.write_text(as_saved(editor.plan(), by="an"), encoding="utf-8")
    small.refused = {"head2@tinh.example"}
    small.deliver()
    assert "letters no longer arrive at head2@tinh.example" in refusal(small, file)
    file.write_text(as_saved(editor.plan(), by="an"), encoding="utf-8")
    small.run("UPDATE trouble SET resolved_at = first_at WHERE subject = 'head2@tinh.example'")
    assert refusal(small, file) == "letters arrive again at head2@tinh.example"
