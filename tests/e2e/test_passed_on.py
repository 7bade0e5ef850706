"""Whoever was told that a task is theirs is told, once, that it is not any more: in the database as in the model."""

from dataclasses import replace
from datetime import datetime

import pytest

from scheduler.chronicle import Place, chronicle
from scheduler.office import rulebook_of
from tests.e2e.test_answers_told import Evening, evening
from tests.offices import DAY, HOUR, ONE_TASK, Desk, directory, text_of

TASK = ONE_TASK.replace("2026-04-03", "2026-04-02")
"""The first reminder of it goes out on Monday morning."""
OF_U3 = TASK.replace("lead: u2", "lead: u3")
HEAD, FOCAL, NEW = "head2@tinh.example", "focal2@tinh.example", "head3@tinh.example"
MORNING = datetime.fromisoformat("2026-03-31T07:00+07:00")
Row = tuple[object, ...]


def passed(desk: Desk) -> list[Row]:
    """Return occurrence, person, state and reason of what tells that others lead a task now."""
    return [(occurrence, person, state, why) for _, occurrence, _, person, state, why in desk.notices("passed")]


def told(desk: Desk, *people: str, occurrence: str = "") -> None:
    assert passed(desk) == [(occurrence, person, "sent", None) for person in people]
    assert desk.findings() == []


def story(desk: Desk) -> list[str]:
    """Return the story of the task, in words."""
    with desk.engine.connect() as connection:
        return [entry.words.vi for entry in chronicle(connection, desk.config, Place("p", "A.1")).entries]


def led(tasks: str, by: str) -> str:
    return tasks.replace("lead: u2", f"lead: {by}")


def edited(evening: Evening, tasks: str, *, at: datetime = MORNING) -> list[tuple[str, str]]:
    """Edit the rule files now, live on until `at`, and return the letters that left then, by reader."""
    evening.desk.now += HOUR / 60
    evening.edit(tasks)
    evening.pass_()
    evening.desk.now = at
    before = len(evening.desk.sent)
    evening.pass_()
    return [(letter.recipient, text_of(letter)) for letter in evening.desk.sent[before:]]


def test_who_led_a_task_before_is_told_once_who_leads_it_now(desk: Desk) -> None:
    office = evening(desk, TASK)
    letters = dict(edited(office, OF_U3))
    assert letters.keys() == {HEAD, FOCAL, NEW, "focal3@tinh.example"}
    for reader in (HEAD, FOCAL):
        assert "Đã chuyển cơ quan chủ trì · Sở 2" in letters[reader]
        assert "Từ ngày 30/3/2026, đơn vị không còn chủ trì nhiệm vụ này; cơ quan chủ trì hiện nay: Sở 3\n" in letters[
            reader
        ].replace("\r\n", "\n")
        assert "== ĐỂ BIẾT (1) ==" in letters[reader]
        assert "để biết về các nhiệm vụ dưới đây; không phải trả lời" in letters[reader]
        assert "Khi có kết quả" not in letters[reader]
    assert "không còn chủ trì" not in letters[NEW]
    # The reminder that stands in place of the announcement says so.
    assert "Mới giao · còn 2 ngày · Sở 3" in letters[NEW]
    told(desk, HEAD, FOCAL)
    desk.now += 9 * DAY
    office.pass_()
    told(desk, HEAD, FOCAL)


def test_who_works_with_a_task_hears_that_others_lead_it_and_not_that_it_is_new(desk: Desk) -> None:
    later = TASK.replace("2026-04-02", "2026-05-29").replace("lead: u2", "lead: u2, coordinate: [u3]")
    office = evening(desk, later)
    letters = dict(edited(office, led(later, "u1")))
    assert "Chuyển cơ quan chủ trì · còn 59 ngày · Sở 1" in letters["focal3@tinh.example"]
    assert "1 chuyển cơ quan chủ trì." in letters["focal3@tinh.example"]
    assert "Mới giao · còn 59 ngày · Sở 1" in letters["head1@tinh.example"]


def test_who_was_not_told_of_it_before_is_not_told_that_it_is_gone(desk: Desk) -> None:
    later = TASK.replace("2026-04-02", "2026-05-29")
    office = evening(desk, later)
    edited(office, led(later, "u3"))
    assert passed(desk) == []


def test_who_was_to_be_told_of_it_by_a_letter_that_never_left_is_not_told_that_it_is_gone(desk: Desk) -> None:
    later = TASK.replace("2026-04-02", "2026-05-29")
    office = evening(desk, later)
    edited(office, led(later, "u3"), at=desk.now)
    edited(office, led(later, "u1"))
    assert passed(desk) == []
    assert "báo việc mới giao: không gửi: đã chuyển cơ quan chủ trì: Sở 1 ×2" in story(desk)


def test_who_is_told_by_another_occurrence_is_told(desk: Desk) -> None:
    weekly = "  - {id: B.1, title: Báo cáo tuần, lead: u2, deadline: {every: week, on: thursday}}\n"
    office = evening(desk, weekly)
    letters = dict(edited(office, led(weekly, "u3")))
    # Two occurrences pass, one line tells of both.
    told(desk, HEAD, FOCAL, occurrence="2026-04-02")
    assert letters[HEAD].count("không còn chủ trì") == 1
    assert "; các kỳ sau cũng chuyển theo" in letters[HEAD]


def test_a_unit_that_leads_it_again_with_others_is_not_told_that_it_does_not(desk: Desk) -> None:
    office = evening(desk, TASK)
    edited(office, OF_U3, at=desk.now)
    letters = dict(edited(office, led(TASK, "[u2, u1]")))
    assert HEAD in letters
    assert not any("không còn chủ trì" in text for text in letters.values())


@pytest.mark.parametrize("edit", ["u2", "{each: [u2, u1]}"])
def test_taken_back_before_the_letter_leaves_it_is_not_sent(edit: str, desk: Desk) -> None:
    office = evening(desk, TASK)
    desk.now += HOUR / 60
    office.edit(OF_U3)
    office.pass_()
    desk.now += HOUR
    letters = dict(edited(office, led(TASK, edit)))
    assert passed(desk) == [("", person, "not_sent", "superseded") for person in (HEAD, FOCAL)]
    assert not any("không còn chủ trì" in text for text in letters.values())
    with desk.engine.connect() as connection:
        found = chronicle(connection, desk.config, Place("p", "A.1"))
    [mail] = [entry.words for entry in found.entries if entry.details.get("rung") == "passed"]
    assert mail.vi == "báo đổi cơ quan chủ trì: không gửi: đơn vị lại chủ trì trước khi thư đi ×2"
    assert mail.en == "passed to another lead: not sent: the unit led the task again before the letter left ×2"


def test_of_a_joint_lead_only_who_leads_it_no_more_is_told(desk: Desk) -> None:
    joint = led(TASK, "[u2, u1]")
    office = evening(desk, joint)
    letters = dict(edited(office, led(TASK, "[u3, u1]")))
    told(desk, HEAD, FOCAL)
    assert "cơ quan chủ trì hiện nay: Sở 3 và Sở 1" in letters[HEAD]
    assert "không còn chủ trì" not in letters["head1@tinh.example"]


def test_coordinating_units_are_not_told(desk: Desk) -> None:
    more = ", coordinate: [u1]}"
    tasks = TASK.replace("}", more)
    office = evening(desk, tasks)
    edited(office, led(tasks, "u3"))
    told(desk, HEAD, FOCAL)


def test_where_a_unit_only_leaves_nobody_takes_its_place(desk: Desk) -> None:
    office = evening(desk, led(TASK, "{each: [u2, u3]}"))
    edited(office, led(TASK, "{each: [u3]}"))
    assert passed(desk) == []


def test_the_letter_goes_to_who_holds_the_post_then(desk: Desk) -> None:
    office = evening(desk, TASK)
    desk.now += HOUR / 60
    people = directory(3, u2="{title: Giám đốc mới, email: new2@tinh.example}")
    applied = desk.apply(OF_U3, tinh=people)
    with desk.engine.connect() as connection:
        office.run.world.edit(rulebook_of(connection, applied.revision), now=desk.now)
    office.pass_()
    desk.now = MORNING
    office.pass_()
    told(desk, "new2@tinh.example", FOCAL)


OTHER = "  - {id: A.2, title: Việc khác, lead: u2, deadline: 2026-04-24}\n"


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        (OF_U3 + OTHER, ("sent", None)),
        (OTHER, ("not_sent", "withdrawn")),
        (led(TASK, "[u2, u1]") + OTHER, ("not_sent", "superseded")),
    ],
)
def test_where_the_share_is_used_up_it_waits_for_the_next_day_if_it_is_still_so(
    then: str, outcome: Row, desk: Desk
) -> None:
    desk.config = replace(desk.config, policy=replace(desk.config.policy, daily_cap=1))
    desk.restart()
    office = evening(desk, TASK)
    desk.now = MORNING
    for tasks in (TASK + OTHER, OF_U3 + OTHER):
        office.edit(tasks)
        office.pass_()
        desk.now += HOUR
    assert [row[1:] for row in passed(desk)] == [(HEAD, "owed", None), (FOCAL, "owed", None)]
    edited(office, then, at=MORNING + DAY)
    of_u2 = [row[1:] for row in passed(desk) if row[1] in (HEAD, FOCAL)]
    assert of_u2 == [(HEAD, *outcome), (FOCAL, *outcome)]
    assert desk.findings() == []


def test_given_back_after_the_letter_it_is_told_as_new_and_taken_again_as_gone(desk: Desk) -> None:
    office = evening(desk, TASK)
    desk.now = MORNING
    office.pass_()
    for hour, tasks in enumerate((OF_U3, TASK, OF_U3), 1):
        desk.now = MORNING + hour * HOUR
        office.edit(tasks)
        office.pass_()
    of_u2 = [(row[2], row[3], row[4]) for row in desk.notices() if row[3] in (HEAD, FOCAL) and row[2] != "due-soon"]
    assert of_u2 == [(rung, person, "sent") for rung in ("passed", "new", "passed") for person in (HEAD, FOCAL)]
    assert desk.findings() == []


def test_given_back_and_taken_again_before_the_letter_leaves_nothing_is_told_twice(desk: Desk) -> None:
    office = evening(desk, TASK)
    edited(office, OF_U3)
    desk.now = MORNING + 13 * HOUR
    office.pass_()
    edited(office, TASK, at=desk.now + HOUR)
    edited(office, OF_U3, at=MORNING + DAY)
    of_u2 = [row[2:] for row in desk.notices() if row[3] in (HEAD, FOCAL) and row[2] != "due-soon"]
    never = [("new", person, "not_sent", "withdrawn") for person in (HEAD, FOCAL)]
    assert of_u2 == [*(("passed", person, "sent", None) for person in (HEAD, FOCAL)), *never]
