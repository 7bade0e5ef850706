"""What is told of a recurrence that is edited: in the plan, in the history, and in letters about what fell due before."""

import pytest

from scheduler.chronicle import Place, chronicle
from tests.e2e.planning import Editor
from tests.e2e.test_recurrence_edited import THREE_WEEKS_AGO, edit, live, monthly, rows, weekly
from tests.offices import DAY, HOUR, MONDAY, Desk, text_of

FOLLOWED = weekly("friday")


def three_weeks(desk: Desk) -> None:
    """A weekly report is followed for three weeks; it is Monday morning."""
    desk.now = THREE_WEEKS_AGO
    desk.apply(FOLLOWED)
    live(desk, MONDAY)


HOLIDAY = "holidays: [{date: 2026-04-03, name: Nghỉ hoán đổi, source: 99/TB-BNV}, "


@pytest.mark.parametrize(
    ("name", "old", "new", "told", "story"),
    [
        (
            "common.yaml",
            "holidays: [",
            HOLIDAY,
            False,
            "hạn vẫn 03/4/2026; còn đúng hạn đến hết 06/4/2026, trước là 03/4/2026; "
            "Ngày 03/4/2026 là ngày nghỉ: Nghỉ hoán đổi",
        ),
        (
            "p.yaml",
            "on: friday",
            "on: friday, at: '16:00'",
            True,
            "hạn vẫn 03/4/2026; giờ cũ 00h00, nay 16h00; Thời hạn của nhiệm vụ được sửa trong tệp (rules/p.yaml:",
        ),
    ],
)
def test_a_move_that_leaves_the_due_day_says_what_moved_and_a_plan_who_is_told(
    name: str, old: str, new: str, told: bool, story: str, followed: Desk
) -> None:
    editor, path = Editor(followed), followed.folder / "rules" / name
    followed.now += HOUR
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    moves = [move for move in editor.plan().changes.moves if move.line.occurrence == "2026-04-03"]
    assert [(move.is_anew, move.is_told) for move in moves] == [(True, told)]
    editor.apply()
    followed.tick()
    assert bool(followed.notices("moved")) is told
    with followed.engine.connect() as connection:
        entries = chronicle(connection, followed.config, Place("p", "B.1")).entries
    words = [one.words.vi for one in entries if one.kind == "moved" and one.occurrence == "2026-04-03"]
    assert len(words) == 1
    assert words[0].startswith(story)


WORDS = "Trước ngày 25 hằng tháng, theo Quy chế"


@pytest.mark.parametrize("after", [WORDS, "Trước ngày 28 hằng tháng, theo Quy chế"])
def test_a_letter_about_an_earlier_period_keeps_the_words_of_its_document(after: str, desk: Desk) -> None:
    desk.now = THREE_WEEKS_AGO
    desk.apply(monthly(25, f", stated: '{WORDS}'"))
    live(desk, MONDAY)
    edit(desk, monthly(28, f", stated: '{after}'"))
    desk.tick()
    before = len(desk.sent)
    live(desk, MONDAY + 10 * DAY)
    late = [text_of(letter) for letter in desk.sent[before:] if letter.recipient == "head2@tinh.example"]
    assert late
    assert all(WORDS in text for text in late)
    assert desk.findings() == []


def test_a_letter_that_the_hour_alone_is_another_says_which_it_was(desk: Desk) -> None:
    desk.now = THREE_WEEKS_AGO
    desk.apply(weekly("friday, at: '09:00'"))
    live(desk, MONDAY)
    edit(desk, weekly("friday, at: '16:00'"))
    [letter] = [text_of(letter) for letter in desk.tick() if letter.recipient == "head2@tinh.example"]
    assert "Hạn cũ: 03/4/2026, 09h00, điều chỉnh theo bản sửa quy tắc ngày 30/3/2026" in letter
    assert "16h00 thứ Sáu 03/4/2026" in letter


@pytest.mark.parametrize(("before", "after", "is_counted"), [("close", "carry", True), ("carry", "close", False)])
def test_a_period_due_before_an_edit_is_counted_as_missed_by_what_becomes_of_it(
    before: str, after: str, is_counted: bool, desk: Desk
) -> None:
    desk.now = THREE_WEEKS_AGO
    desk.apply(weekly(f"friday, if_unreported: {before}"))
    live(desk, MONDAY - 20 * DAY + 5 * DAY)
    edit(desk, weekly(f"friday, if_unreported: {after}"))
    live(desk, THREE_WEEKS_AGO + 10 * DAY)
    desk.now = THREE_WEEKS_AGO + 11 * DAY
    [letter] = [text_of(letter) for letter in desk.tick() if letter.recipient == "head2@tinh.example"]
    assert ("1 kỳ liền trước không có báo cáo" in letter) is is_counted
    live(desk, THREE_WEEKS_AGO + 12 * DAY)
    [(state,)] = [row[2:] for row in rows(desk) if row[0] == "2026-03-13"]
    assert state == ("closed" if is_counted else "open")
