"""Notices already sent that an edit puts out of date: which letter corrects them, and that it really goes."""

from datetime import date, timedelta

from rules.changes.values import Changes
from tests.e2e.planning import Editor
from tests.e2e.test_plan_scenarios import edited, editor, texts
from tests.offices import DAY, HOUR, programme, text_of

__all__ = ["editor"]  # the fixture


def corrections(changes: Changes) -> list[tuple[str, str, str, str | None]]:
    """Return whom an outdated notice reached, its rung, and when and by which rung it is corrected."""
    return [
        (o.person, o.rung, f"{o.corrected_at + 7 * HOUR:%d/%m %H:%M}" if o.corrected_at else "", o.corrected_by)
        for o in changes.outdated
    ]


def test_any_letter_that_shows_the_new_day_to_the_same_person_is_the_correction(editor: Editor) -> None:
    # Monday, 6 April: head, focal and standing office know that A.1 is late. It is extended to Wednesday.
    editor.desk.now += 6 * DAY
    editor.desk.tick()
    editor.desk.now += timedelta(minutes=1)
    changes = edited(editor, "p.yaml", "deadline: 2026-04-03}", "deadline: 2026-04-08}")
    found = {person: (at, by) for person, rung, at, by in corrections(changes) if rung == "late"}
    # The reminder of the new day says all that the announcement would.
    assert found["focal2@tinh.example"] == ("06/04 08:01", "due-soon")
    assert found["head2@tinh.example"] == ("06/04 08:01", "due-soon")


def test_an_amendment_of_the_coming_days_names_the_notices_it_puts_out_of_date(editor: Editor) -> None:
    amended = "deadline: 2026-04-24, amended: [{deadline: 2026-04-03, until: 34/SNV of 2026-04-02, why: bão}]}"
    changes = edited(editor, "p.yaml", "deadline: 2026-04-03}", amended)
    assert [(o.told_due, o.due) for o in changes.outdated] == 2 * [(date(2026, 4, 3), date(2026, 4, 24))]
    assert corrections(changes) == [
        ("focal2@tinh.example", "due-soon", "02/04 07:00", "moved"),
        ("head2@tinh.example", "due-soon", "02/04 07:00", "moved"),
    ]


def test_an_amendment_by_another_programme_names_them_too_and_says_from_when_its_words_hold(editor: Editor) -> None:
    amending = programme("  - {id: D.1, title: Sơ kết, lead: u3, deadline: 2026-06-30}\n", id="q")
    amending = amending.replace("date: 2026-01-05", "date: 2026-04-02")
    amending += "amend: [{programme: p, task: A.1, deadline: 2026-04-24, stated: 24/4}]\n"
    changes = editor.changes(texts() | {"q.yaml": amending})
    assert [at for _, _, at, _ in corrections(changes)] == ["02/04 07:00", "02/04 07:00"]
    [words] = [edit for edit in changes.rewordings if edit.field == "stated"]
    assert (words.after and words.after.vi, words.from_on) == ("24/4", date(2026, 4, 2))


def test_a_notice_whose_day_an_amendment_moves_after_the_days_looked_ahead_is_right_till_then(editor: Editor) -> None:
    amended = "deadline: 2026-04-30, amended: [{deadline: 2026-04-03, until: 34/SNV of 2026-04-20}]}"
    assert edited(editor, "p.yaml", "deadline: 2026-04-03}", amended).outdated == ()


def test_those_who_were_told_of_a_delay_get_the_correction_of_an_extension_once(editor: Editor) -> None:
    desk = editor.desk
    # Saturday, 11 April: the overseer has known since Friday that A.1 is late, the standing office since Saturday last.
    while desk.now.day < 11 or desk.now.month < 4:
        desk.now += DAY
        desk.tick()
    desk.now += 2 * DAY + timedelta(minutes=1)
    desk.tick()
    amended = "deadline: 2026-05-29, amended: [{deadline: 2026-04-03, until: 34/SNV of 2026-04-13, why: bão}]}"
    changes = edited(editor, "p.yaml", "deadline: 2026-04-03}", amended)
    found = {person: (rung, at, by) for person, rung, at, by in corrections(changes)}
    assert found["over2@tinh.example"] == ("overseer", "13/04 08:01", "moved")
    assert found["focal1@tinh.example"][1:] == ("13/04 08:01", "moved")
    editor.apply()
    [letter] = [each for each in desk.tick() if each.recipient == "over2@tinh.example"]
    assert "29/5/2026" in text_of(letter)
    assert "Hạn cũ: 03/4/2026, điều chỉnh theo 34/SNV ngày 13/4/2026 (bão)" in text_of(letter)
    desk.now += DAY
    assert not [each for each in desk.tick() if "Nộp báo cáo" in text_of(each) and "over2" in each.recipient]
