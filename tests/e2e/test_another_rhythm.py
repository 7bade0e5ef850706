"""Another rhythm: one letter to those concerned names what ends and what begins, and the plan foresees it."""

import pytest

from scheduler.chronicle import Place, chronicle
from tests.e2e.planning import Editor
from tests.e2e.test_recurrence_edited import THREE_WEEKS_AGO, edit, live, monthly, rows, weekly
from tests.offices import DAY, HOUR, MONDAY, Desk, programme, text_of

DATED = "  - {id: B.1, title: Báo cáo, lead: u2, deadline: 2026-04-29}\n"
UNDATED = DATED.replace("2026-04-29", "{set_by: Đề án 05}")
HEAD, FOCAL = "head2@tinh.example", "focal2@tinh.example"
WEEKS, MONTHS = "“Thứ Sáu hằng tuần”", "“Ngày 20 hằng tháng”"


def told(desk: Desk) -> dict[str, list[str]]:
    """Return the letters of a pass, by reader."""
    found: dict[str, list[str]] = {}
    for letter in desk.tick():
        found.setdefault(letter.recipient, []).append(" ".join(text_of(letter).split()))
    return found


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        (weekly("friday"), monthly(20), WEEKS, "Ngày 20 hằng tháng"),
        (monthly(20), weekly("friday"), MONTHS, "Thứ Sáu hằng tuần"),
        (weekly("friday", ", stated: Sáng thứ Sáu"), monthly(20), "“Sáng thứ Sáu”", "Ngày 20 hằng tháng"),
        (DATED, monthly(20), "29/4/2026", "Ngày 20 hằng tháng"),
        (weekly("friday"), DATED, WEEKS, "29/4/2026"),
        (UNDATED, monthly(20), "", "Ngày 20 hằng tháng"),
    ],
    ids=["week to month", "month to week", "by its document's words", "dated to month", "week to dated", "undated"],
)
def test_one_letter_names_what_ends_and_what_begins(before: str, after: str, old: str, new: str, small: Desk) -> None:
    desk = small
    desk.now = THREE_WEEKS_AGO
    desk.apply(before)
    live(desk, MONDAY)
    edit(desk, after)
    letters = told(desk)
    assert {person: len(of) for person, of in letters.items()} == {HEAD: 1, FOCAL: 1}
    by = "bản sửa quy tắc ngày 30/3/2026"
    for [text] in letters.values():
        assert text.count("Điều chỉnh thời hạn") == 1
        assert "Mới giao:" not in text
        assert (f"Hạn cũ: {old}, điều chỉnh theo {by}" if old else f"trước không có hạn, nay theo {by}") in text
        assert new in text
    live(desk, MONDAY + 2 * DAY)
    assert len([row for row in desk.notices("new") if row[3] == HEAD and row[4] == "sent"]) == 1
    assert desk.findings() == []


def test_a_plan_foresees_the_letter_and_what_it_corrects(desk: Desk) -> None:
    desk.now = THREE_WEEKS_AGO
    desk.apply(weekly("friday"))
    live(desk, MONDAY + DAY)
    editor = Editor(desk)
    desk.now += HOUR
    desk.write(programme(monthly(20)))
    changes = editor.plan().changes
    due = [letter for letter in changes.letters if letter.kind == "more" and letter.to in (HEAD, FOCAL)]
    assert {(letter.to, said.rung, said.occurrence) for letter in due for said in letter.gained} == {
        (HEAD, "new", "2026-04-20"),
        (FOCAL, "new", "2026-04-20"),
    }
    corrected = {(o.person, o.key.occurrence, o.ends, o.corrected_by, o.instead) for o in changes.outdated}
    assert corrected == {(who, "2026-04-03", True, "new", "2026-04-20") for who in (HEAD, FOCAL)}
    editor.apply()
    since = desk.now
    desk.tick()
    assert {(day, person) for day, person in editor.letters(since)} == {(letter.at.date(), letter.to) for letter in due}


def test_a_rhythm_that_comes_back_on_another_day_is_told_as_well(desk: Desk) -> None:
    desk.now = THREE_WEEKS_AGO
    desk.apply(weekly("friday"))
    live(desk, MONDAY)
    edit(desk, monthly(20))
    live(desk, MONDAY + DAY)
    edit(desk, weekly("friday"))
    [letter] = told(desk)[HEAD]
    assert f"Hạn cũ: {MONTHS}, điều chỉnh theo bản sửa quy tắc ngày 31/3/2026" in letter
    assert [row[2] for row in rows(desk) if row[0] == "2026-04-03"] == ["open"]
    with desk.engine.connect() as connection:
        story = chronicle(connection, desk.config, Place("p", "B.1")).entries
    [moved] = [one.words.vi for one in story if one.kind == "moved" and one.occurrence == "2026-04-03"]
    assert moved == "hạn vẫn 03/4/2026; trở lại, thay cho thời hạn theo nhịp khác"
    assert desk.findings() == []


def test_a_unit_that_comes_to_owe_it_by_the_same_edit_is_told_that_it_is_new(small: Desk) -> None:
    small.now = THREE_WEEKS_AGO
    small.apply(weekly("friday"))
    live(small, MONDAY)
    edit(small, monthly(20).replace("u2", "{each: [u2, u3]}"))
    letters = told(small)
    assert "Mới giao" in letters["head3@tinh.example"][0]
    assert "Điều chỉnh thời hạn" in letters[HEAD][0]


def test_the_world_follows_an_amendment_to_another_rhythm_on_its_day(small: Desk) -> None:
    amended = ", amended: [{deadline: {every: week, on: friday}, until: 9/CV of 2026-04-01}]"
    small.now = THREE_WEEKS_AGO
    small.apply(weekly("friday"))
    live(small, MONDAY)
    small.now += HOUR
    editor = Editor(small)
    small.write(programme(monthly(20, amended)))
    planned = [
        (f"{letter.at:%d/%m}", letter.to, len(letter.gained), said.occurrence, said.rung)
        for letter in editor.plan().changes.letters
        for said in (*letter.gained, *letter.lost)
        if letter.at < MONDAY + 5 * DAY
    ]
    assert planned == [
        ("01/04", FOCAL, 1, "2026-04-20", "new"),
        ("01/04", HEAD, 1, "2026-04-20", "new"),
        ("03/04", FOCAL, 0, "2026-04-03", "due-today"),
        ("03/04", HEAD, 0, "2026-04-03", "due-today"),
    ]
    editor.apply()
    live(small, MONDAY + 2 * DAY - HOUR)
    small.now = MONDAY + 2 * DAY
    [letter] = told(small)[HEAD]
    assert f"Hạn cũ: {WEEKS}, điều chỉnh theo 9/CV ngày 01/4/2026" in letter
    live(small, MONDAY + 5 * DAY)
    assert [row for row in small.notices("due-today") if row[1] == "2026-04-03"] == []
    assert small.findings() == []
