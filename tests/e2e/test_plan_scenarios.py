"""Edits as offices make them, each with what must change and what must not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.changes.mails import Letter
from rules.changes.values import Changes
from tests.e2e.planning import Editor, Files
from tests.offices import COMMON, DAY, HOUR, Desk, directory, programme, text_of

TASKS = """\
  - {id: A.1, title: Nộp báo cáo, lead: u2, product: Báo cáo, deadline: 2026-04-03}
  - {id: A.2, title: Kế hoạch, lead: {each: all}, deadline: 2026-04-17}
  - {id: A.3, title: Rà soát, lead: u3, coordinate: [u1], deadline: 2026-04-27}
  - {id: A.4, title: Hướng dẫn, lead: u3, deadline: {after: de-an, within: 5 working days}}
  - {id: B.1, title: Báo cáo tháng, lead: u2, deadline: {every: month, on: 10}}
"""
EVENTS = "  de-an: {title: Ban hành Đề án, watch: {ask: u3, every: month}}\n"
PARTS = ("moves", "appearing", "ending", "passing", "readers", "rewordings", "renamings", "outdated", "over_cap")


def texts() -> Files:
    return {"p.yaml": programme(TASKS, events=EVENTS), "common.yaml": COMMON, "tinh.yaml": directory(3)}


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


def edited(editor: Editor, name: str, old: str, new: str) -> Changes:
    before = texts()
    assert old in before[name]
    return editor.changes(before | {name: before[name].replace(old, new)})


def only(changes: Changes, *parts: str) -> None:
    """Check that nothing but these parts, and letters, changes."""
    assert {part for part in PARTS if getattr(changes, part)} == set(parts)


def told(changes: Changes, kind: str = "more") -> list[tuple[str, str, str, str]]:
    """Return the letters of a kind: local day and hour, person, tasks and rungs."""
    return [
        (_when(letter), letter.to, line.task, line.rung)
        for letter in changes.letters
        if letter.kind == kind
        for line in (letter.gained or letter.lost)
    ]


def _when(letter: Letter) -> str:
    return f"{letter.at + 7 * HOUR:%d/%m %H:%M}"


def test_a_deadline_moved_by_an_amendment_is_told_with_its_document(editor: Editor) -> None:
    amended = "deadline: 2026-04-10, amended: [{deadline: 2026-04-03, until: 34/SNV of 2026-03-31, why: bão}]}"
    changes = edited(editor, "p.yaml", "deadline: 2026-04-03}", amended)
    only(changes, "moves", "outdated")
    [move] = changes.moves
    assert (str(move.line), move.units, move.kind) == ("p/A.1", ("u2",), "deadline")
    assert (move.before.due, move.after.due, move.by) == (date(2026, 4, 3), date(2026, 4, 10), 7)
    assert [(cause.kind, cause.text.vi) for cause in move.causes] == [
        ("amendment", "Điều chỉnh theo 34/SNV (bão)"),
    ]
    # Head and focal were reminded of Friday; both get the correction at once.
    assert [(o.person, o.rung, o.told_due, o.due) for o in changes.outdated] == [
        ("focal2@tinh.example", "due-soon", date(2026, 4, 3), date(2026, 4, 10)),
        ("head2@tinh.example", "due-soon", date(2026, 4, 3), date(2026, 4, 10)),
    ]
    assert {o.corrected_at for o in changes.outdated} == {editor.desk.now}
    assert ("31/03 08:00", "head2@tinh.example", "A.1", "moved") in told(changes)
    # Nobody is told on 3 and 6 April any more: the old day.
    assert ("03/04 07:00", "head2@tinh.example", "A.1", "due-today") in told(changes, "fewer")
    # On that Tuesday the new reminder joins a letter that is due anyway (the month's report, 3 working days before).
    assert ("10/04 07:00", "over2@tinh.example", "A.1", "overseer") in told(changes, "fewer")


def test_an_amendment_to_come_moves_nothing_before_its_day(editor: Editor) -> None:
    amended = "deadline: 2026-05-15, amended: [{deadline: 2026-04-27, until: 35/SNV of 2026-04-20}]}"
    changes = edited(editor, "p.yaml", "deadline: 2026-04-27}", amended)
    only(changes, "moves")
    [move] = changes.moves
    assert (move.from_on, move.before.due, move.after.due) == (date(2026, 4, 20), date(2026, 4, 27), date(2026, 5, 15))
    assert changes.letters == ()


def test_a_removed_task_ends_and_nobody_is_written_to(editor: Editor) -> None:
    line = TASKS.splitlines(keepends=True)[0]
    changes = edited(editor, "p.yaml", line, "")
    only(changes, "ending", "outdated")
    [end] = changes.ending
    assert (str(end.line), end.units, end.causes[0].kind) == ("p/A.1", ("u2",), "task")
    assert [(o.ends, o.corrected_at) for o in changes.outdated] == [(True, None), (True, None)]
    assert told(changes) == []


def test_another_lead_takes_a_task_over(editor: Editor) -> None:
    changes = edited(editor, "p.yaml", "title: Nộp báo cáo, lead: u2", "title: Nộp báo cáo, lead: u1")
    only(changes, "passing", "outdated")
    [passing] = changes.passing
    assert (passing.kind, str(passing.line), passing.before, passing.after) == ("lead", "p/A.1", ("u2",), ("u1",))
    # Three working days are left: the reminder says all that the announcement would.
    assert ("31/03 08:00", "head1@tinh.example", "A.1", "due-soon") in told(changes)
    assert ("03/04 07:00", "head2@tinh.example", "A.1", "due-today") in told(changes, "fewer")


def test_a_new_member_of_a_group_owes_what_its_members_owe(editor: Editor) -> None:
    changes = editor.changes(texts() | {"tinh.yaml": directory(4)})
    only(changes, "appearing")
    [new] = changes.appearing
    assert (str(new.line), new.units) == ("p/A.2", ("u4",))
    assert {to for _, to, _, _ in told(changes)} == {"head4@tinh.example", "focal4@tinh.example"}


def test_a_holiday_announced_late_moves_reminders_and_grace_and_no_due_day(editor: Editor) -> None:
    added = "holidays: [{date: 2026-04-17, name: Nghỉ bù, source: 99/CV ngày 31/3/2026}, "
    changes = edited(editor, "common.yaml", "holidays: [", added)
    found = {str(move.line): move for move in changes.moves}
    # A.2 is due on that Friday: reminded of by Thursday, on time until Monday.
    move = found["p/A.2"]
    assert move.before.due == move.after.due == date(2026, 4, 17)
    assert (move.before.remind_by, move.after.remind_by) == (date(2026, 4, 17), date(2026, 4, 16))
    assert (move.before.grace_until, move.after.grace_until) == (date(2026, 4, 17), date(2026, 4, 20))
    assert [(cause.kind, cause.source) for cause in move.causes] == [("calendar", "99/CV ngày 31/3/2026")]
    # The month's report keeps its days; that it is seven days late its overseer would have heard on that Friday.
    assert set(found) == {"p/A.2", "p/B.1[2026-04-10]"}
    assert [rung.rung for rung in found["p/B.1[2026-04-10]"].rungs] == ["overseer"]
    # What was reminded of by 17 April is now by 16 April, one day earlier each.
    assert ("13/04 07:00", "head3@tinh.example", "A.2", "due-soon") in told(changes)
    assert ("14/04 07:00", "head3@tinh.example", "A.2", "due-soon") in told(changes, "fewer")
    # Of the days of grace that have moved the units are told.
    assert {move.kind for move in changes.moves} == {"reminders"}
    assert ("31/03 08:00", "head3@tinh.example", "A.2", "moved") in told(changes)


def test_a_worked_saturday_counts_for_what_is_due_on_it(editor: Editor) -> None:
    before = texts() | {"p.yaml": texts()["p.yaml"].replace("deadline: 2026-04-03}", "deadline: 2026-04-04}")}
    editor.write(before)
    editor.apply()
    editor.desk.tick()
    worked = before["common.yaml"].replace("announced", "worked: [{date: 2026-04-04, source: 98/CV}]\nannounced")
    changes = editor.changes(before | {"common.yaml": worked})
    move = {str(move.line): move for move in changes.moves}["p/A.1"]
    assert (move.before.remind_by, move.after.remind_by) == (date(2026, 4, 3), date(2026, 4, 4))
    assert (move.before.grace_until, move.after.grace_until) == (date(2026, 4, 6), date(2026, 4, 4))
    assert ("calendar", "98/CV") in {(cause.kind, cause.source) for cause in move.causes}


def test_an_earlier_rung_shows_as_reminders_that_move(editor: Editor) -> None:
    changes = edited(editor, "common.yaml", "3 working days before", "5 working days before")
    only(changes, "moves")
    found = {str(move.line): move for move in changes.moves}
    # Of A.1 that rung is behind.
    assert set(found) == {"p/A.2", "p/A.3", "p/B.1[2026-04-10]", "p/B.1[2026-05-10]"}
    assert {move.kind for move in found.values()} == {"reminders"}
    assert [cause.kind for cause in found["p/A.2"].causes] == ["ladder"]
    [rung] = found["p/A.2"].rungs
    assert rung.rung == "due-soon"
    assert rung.before is not None
    assert rung.after is not None
    assert rung.before - rung.after == timedelta(days=4)


def test_a_date_given_to_an_event_begins_what_waits_for_it(editor: Editor) -> None:
    dated = EVENTS.replace("watch: {ask: u3, every: month}", "date: 2026-03-30")
    changes = edited(editor, "p.yaml", EVENTS, dated)
    [new] = changes.appearing
    assert (str(new.line), new.units, new.days.due) == ("p/A.4[2026-03-30]", ("u3",), date(2026, 4, 6))
    [end] = changes.ending
    assert str(end.line) == "p/A.4"
    assert [cause.kind for cause in end.causes] == ["event"]


def test_another_address_changes_readers_and_letters(editor: Editor) -> None:
    changes = edited(editor, "tinh.yaml", "email: head2@tinh.example", "email: moi2@tinh.example")
    only(changes, "readers")
    [reader] = changes.readers
    assert (reader.unit, reader.role, reader.before, reader.after) == (
        "u2", "head", "head2@tinh.example", "moi2@tinh.example"
    )  # fmt: skip
    assert reader.obligations == 4
    assert {to for _, to, _, _ in told(changes)} == {"moi2@tinh.example"}
    assert {to for _, to, _, _ in told(changes, "fewer")} == {"head2@tinh.example"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("p.yaml", "tasks:\n", "# việc của năm\n\ntasks:\n"),
        ("p.yaml", "lead: u2, product: Báo cáo", "product:   Báo cáo, lead: u2"),
        ("common.yaml", "rungs:", "rungs:   # bậc"),
    ],
)
def test_comments_and_layout_are_nothing_to_do(editor: Editor, name: str, old: str, new: str) -> None:
    assert edited(editor, name, old, new).is_empty


def test_words_alone_are_no_letters(editor: Editor) -> None:
    changes = edited(editor, "p.yaml", "title: Nộp báo cáo", "title: Nộp báo cáo năm")
    only(changes, "rewordings")
    assert changes.letters == ()


def test_a_task_under_another_id_is_offered_as_a_rename(editor: Editor) -> None:
    changes = edited(editor, "p.yaml", "id: A.1", "id: A.9")
    assert [(found.before, found.after) for found in changes.renamings] == [("A.1", "A.9")]


def test_a_person_over_the_cap_is_named(editor: Editor) -> None:
    config = editor.desk.config
    editor.desk.config = replace(config, policy=replace(config.policy, daily_cap=1))
    editor.desk.restart()
    changes = edited(editor, "p.yaml", "deadline: 2026-04-17}", "deadline: 2026-03-31}")
    assert ("head2@tinh.example", date(2026, 3, 31)) in {(over.person, over.on) for over in changes.over_cap}


def test_the_first_plan_has_everything_new(small: Desk) -> None:
    changes = Editor(small).changes(texts())
    assert changes.is_first
    # A.2 is owed by three units; B.1 has the present occurrence and the next.
    assert sum(len(new.units) for new in changes.appearing) == 8
    assert not changes.moves
    assert not changes.ending


def test_what_happened_meanwhile_is_no_change(editor: Editor) -> None:
    """An edit of words planned weeks later shows the words alone."""
    editor.desk.now += timedelta(days=25)
    changes = edited(editor, "p.yaml", "title: Rà soát", "title: Rà soát lại")
    only(changes, "rewordings")
    assert changes.letters == ()


def test_a_renamed_task_keeps_what_is_recorded_of_it(editor: Editor) -> None:
    renamed = TASKS.replace("id: A.1,", "id: A.9, renamed_from: A.1,")
    changes = editor.changes(texts() | {"p.yaml": programme(renamed, events=EVENTS)})
    only(changes, "rewordings")
    assert [(said.id, said.words.vi) for said in changes.rewordings] == [("p/A.1", "mã: A.1 → A.9")]
    assert changes.letters == ()
    editor.apply()
    editor.desk.now += 3 * DAY
    [letter, *_] = [each for each in editor.desk.tick() if each.recipient == "head2@tinh.example"]
    assert "A.9" in text_of(letter)
    assert "A.1" not in text_of(letter)


def test_all_rule_files_may_be_others(editor: Editor) -> None:
    """Another programme with a directory of its own: what was followed ends, what is there begins."""
    others = {
        name: text.replace("tinh", "huyen").replace("programme: p\n", "programme: q\n")
        for name, text in texts().items()
    }
    changes = editor.changes(others)
    assert {line.programme for line in (end.line for end in changes.ending)} == {"p"}
    assert {line.programme for line in (new.line for new in changes.appearing)} == {"q"}
    assert {cause.kind for end in changes.ending for cause in end.causes} == {"programme"}


def test_a_holiday_far_ahead_is_shown_though_nothing_comes_of_it(editor: Editor) -> None:
    added = "holidays: [{date: 2026-11-19, name: Nghỉ, source: 99/CV}, "
    changes = edited(editor, "common.yaml", "holidays: [", added)
    only(changes, "rewordings")
    assert [(said.id, said.words.en) for said in changes.rewordings] == [
        ("plain", "added day off 2026-11-19: Nghỉ (99/CV)")
    ]
