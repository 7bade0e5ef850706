"""Prompts and letters: questions once a period, one statement a week, twice the same is said once."""

from datetime import date

from db.facts import record_event
from rules.programme import Occurred
from tests.offices import DAY, HOUR, ONE_TASK, Desk, directory, text_of

EVENT = "  de-an:\n    title: Trung ương ban hành Đề án\n    watch: {ask: u3, every: month, expected: 2026-03-31}\n"
WAITING = "  - {id: A.4, title: Kế hoạch, lead: u2, deadline: {after: de-an, within: 30 days}}\n"
ASKED, STANDING = "focal3@tinh.example", "focal1@tinh.example"
UNDATED = "  - {id: C.1, title: Việc chưa có hạn, lead: u2, deadline: {set_by: Đề án riêng}}\n"


def test_an_event_nobody_recorded_is_asked_about_once_a_month(desk: Desk) -> None:
    desk.apply(WAITING, events=EVENT)
    asked: list[date] = []
    for _ in range(40):
        asked += [desk.now.date() for letter in desk.tick() if letter.recipient == ASKED]
        desk.now += DAY
    assert [(day.month, day.day) for day in asked] == [(3, 30), (4, 1), (5, 4)] or len(asked) == 3
    with desk.engine.begin() as connection:
        record_event(
            connection,
            programme="p",
            event="de-an",
            occurred=Occurred(date(2026, 5, 5)),
            recorded_by="an",
            recorded_at=desk.now,
        )
    desk.now += 60 * DAY
    assert ASKED not in {letter.recipient for letter in desk.tick()}


def test_a_question_answered_before_it_leaves_is_not_asked(desk: Desk) -> None:
    desk.apply(WAITING, events=EVENT)
    desk.evaluate()
    with desk.engine.begin() as connection:
        record_event(
            connection,
            programme="p",
            event="de-an",
            occurred=Occurred(date(2026, 3, 29)),
            recorded_by="an",
            recorded_at=desk.now,
        )
    desk.deliver()
    assert ASKED not in {letter.recipient for letter in desk.sent}
    assert desk.run("SELECT count(*) FROM notice WHERE state = 'owed' AND rung = 'watch'") == [(0,)]


def test_the_standing_office_gets_one_statement_a_week(desk: Desk) -> None:
    desk.apply(ONE_TASK + UNDATED)
    statements = []
    for _ in range(14):
        statements += [
            desk.now.date() for letter in desk.tick() if "C.1" in text_of(letter) and letter.recipient == STANDING
        ]
        desk.now += DAY
    assert statements == [date(2026, 3, 30), date(2026, 4, 6)]


def test_a_statement_names_the_part_that_has_no_day(desk: Desk) -> None:
    parts = "deadlines: {mở đầu: 2026-12-31, kết thúc: {set_by: Đề án riêng}}"
    desk.apply(UNDATED.replace("deadline: {set_by: Đề án riêng}", parts))
    (letter,) = [letter for letter in desk.tick() if letter.recipient == STANDING]
    assert "Việc chưa có hạn – kết thúc" in text_of(letter)
    assert "mở đầu" not in text_of(letter)


def test_statements_that_piled_up_say_everything_once(desk: Desk) -> None:
    desk.apply(UNDATED)
    desk.now -= HOUR  # before the window opens
    desk.evaluate()
    desk.now += 7 * DAY + 2 * HOUR
    letters = [letter for letter in desk.tick() if letter.recipient == STANDING]
    assert len(letters) == 1
    assert text_of(letters[0]).count("Việc chưa có hạn") == 1


def test_a_statement_names_a_post_without_a_holder(desk: Desk) -> None:
    vacant = "{title: Giám đốc trống, email: head2@tinh.example, until: 2026-03-01}"
    desk.apply(ONE_TASK, tinh=directory(3, u2=vacant))
    (letter,) = [letter for letter in desk.tick() if letter.recipient == STANDING]
    assert "Giám đốc trống" in text_of(letter)


def test_prompts_wait_for_the_window(desk: Desk) -> None:
    desk.apply(UNDATED)
    desk.now -= HOUR
    assert desk.tick() == []
    desk.now += HOUR
    assert [letter.recipient for letter in desk.tick()] == [STANDING]


def test_a_programme_gone_meanwhile_is_not_spoken_of(desk: Desk) -> None:
    other = (
        "programme: q\ntitle: Khác\ndocument: {number: 08, date: 2026-01-05}\nperiod: 2026\ndirectory: tinh\n"
        "calendar: plain\nladder: standard\nstanding: u1\ntasks: [{id: B.1, title: Việc q, lead: u2, deadline: 2026-04-01}]\n"
    )
    desk.apply(ONE_TASK.replace("2026-04-03", "2026-04-01"), q=other)
    desk.evaluate()
    desk.apply(ONE_TASK.replace("2026-04-03", "2026-04-01"))
    desk.deliver()
    assert desk.sent
    assert not any("Việc q" in text_of(letter) for letter in desk.sent)
    assert desk.findings() == []
