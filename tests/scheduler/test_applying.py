"""Applying rule files: what is new, moved, withdrawn or back again, and what its people are told."""

from datetime import date

from tests.offices import COMMON, DAY, Desk, text_of

FIXED = "  - {{id: A.1, title: Nộp báo cáo, lead: u2, deadline: {due}}}\n"
OTHER = "  - {id: A.2, title: Kế hoạch, lead: u3, deadline: 2026-06}\n"


def states(desk: Desk) -> dict[object, object]:
    return dict(desk.run("SELECT task || occurrence, state FROM obligation WHERE kind = 'task'"))  # type: ignore[arg-type]


def test_the_same_files_again_change_nothing(desk: Desk) -> None:
    desk.apply()
    again = desk.apply()
    assert not again.is_new
    assert (again.counts.new, again.counts.moved, again.counts.withdrawn, again.counts.touched) == (0, 0, 0, 0)


def test_a_task_that_leaves_the_files_is_withdrawn_and_what_it_owed_is_settled(desk: Desk) -> None:
    desk.apply(FIXED.format(due="2026-04-01") + OTHER)
    desk.evaluate()
    assert [row[4] for row in desk.notices("due-soon")] == ["owed", "owed"]
    desk.now += DAY / 24
    desk.apply(OTHER)
    assert desk.tick() == []
    assert [row[4:] for row in desk.notices("due-soon")] == [("not_sent", "withdrawn")] * 2
    assert states(desk) == {"A.1": "withdrawn", "A.2": "open"}
    assert desk.findings() == []


def test_a_programme_that_leaves_the_files_is_withdrawn_whole_and_comes_back(desk: Desk) -> None:
    second = (
        "programme: q\ntitle: Chương trình khác\ndocument: {number: 08, date: 2026-01-05}\nperiod: 2026\n"
        "directory: tinh\ncalendar: plain\nladder: standard\nstanding: u1\n"
        "tasks: [{id: B.1, title: Việc, lead: u3, deadline: 2026-04-01}]\n"
    )
    desk.apply(OTHER, q=second)
    desk.evaluate()
    desk.apply(OTHER)
    assert desk.tick() == []
    assert states(desk) == {"A.2": "open", "B.1": "withdrawn"}
    assert {row[5] for row in desk.notices("due-soon")} == {"withdrawn"}
    desk.now += DAY
    desk.apply(OTHER, q=second)
    desk.tick()
    assert states(desk) == {"A.2": "open", "B.1": "open"}
    assert desk.findings() == []


def test_a_moved_deadline_is_announced_at_once_and_climbed_anew(desk: Desk) -> None:
    desk.apply(FIXED.format(due="2026-04-01"))
    assert {letter.recipient for letter in desk.tick()} == {"head2@tinh.example", "focal2@tinh.example"}
    desk.now += DAY
    desk.apply(FIXED.format(due="2026-06-30"))
    letters = desk.tick()
    assert {letter.recipient for letter in letters} == {"head2@tinh.example", "focal2@tinh.example"}
    assert all("30/6/2026" in text_of(letter) and "1/4/2026" in text_of(letter) for letter in letters)
    assert desk.run("SELECT due_before, due_after FROM change WHERE kind = 'moved'") in (
        [("2026-04-01", "2026-06-30")],
        [(date(2026, 4, 1), date(2026, 6, 30))],
    )
    assert desk.run("SELECT edition FROM obligation WHERE task = 'A.1'") == [(1,)]
    assert desk.findings() == []


def test_a_new_task_of_a_running_programme_is_announced_at_once(desk: Desk) -> None:
    desk.apply(OTHER)
    desk.tick()
    desk.now += DAY
    desk.apply(OTHER + FIXED.format(due="2026-09-30"))
    assert {letter.recipient for letter in desk.tick()} == {"head2@tinh.example", "focal2@tinh.example"}
    assert {row[2] for row in desk.notices()} == {"new"}


def test_a_holiday_that_moves_only_the_day_it_is_late_from_counts_as_a_move(desk: Desk) -> None:
    desk.apply(FIXED.format(due="2026-04-24"))
    desk.tick()
    holiday = "holidays: [{date: 2026-04-24, name: Nghỉ bù, source: CV 1},"
    desk.apply(FIXED.format(due="2026-04-24"), common=COMMON.replace("holidays: [", holiday))
    assert desk.run("SELECT edition FROM obligation WHERE kind = 'task'") == [(1,)]
    desk.tick()
    assert desk.findings() == []


def test_history_stands_when_a_deadline_moves_after_it_was_late(desk: Desk) -> None:
    desk.apply(FIXED.format(due="2026-04-01"))
    for _ in range(6):
        desk.tick()
        desk.now += DAY
    before = desk.notices()
    assert ("late", "sent") in {(row[2], row[4]) for row in before}
    desk.apply(FIXED.format(due="2026-04-30"))
    desk.tick()
    assert desk.notices()[: len(before)] == before
