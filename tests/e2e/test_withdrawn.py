"""What an edit withdraws: it owes what it owed by then, by the days it had, whatever else the edit changes."""

from scheduler.standing import standing
from tests.offices import DAY, HOUR, Desk

BY_ALL = "  - {id: A.1, title: Nộp báo cáo, lead: [u2, u3], deadline: 2026-04-24}\n"
OF_U2 = BY_ALL.replace("[u2, u3]", "u2").replace("04-24", "04-02")


def withdrawn(desk: Desk) -> list[tuple[object, ...]]:
    return [(rung, person) for _, _, rung, person, _, reason in desk.notices() if reason == "withdrawn"]


def test_a_lead_that_an_edit_takes_owes_nothing_by_the_day_that_it_moves_to(desk: Desk) -> None:
    desk.apply(BY_ALL.replace("[u2, u3]", "{each: [u2, u3]}"))
    desk.tick()
    desk.now += DAY
    desk.apply(OF_U2.replace("lead: u2", "lead: {each: [u2]}"))
    desk.tick()
    # By 2 April both would have been reminded; u3 was never to hear of that day.
    assert withdrawn(desk) == []
    assert [row[3] for row in desk.notices("due-soon")] == ["head2@tinh.example", "focal2@tinh.example"]


def test_what_was_owed_in_a_downtime_is_named_though_the_task_is_gone_from_the_files(desk: Desk) -> None:
    desk.apply(BY_ALL.replace("04-24", "04-02").replace("[u2, u3]", "u2"))
    desk.now += HOUR
    desk.apply(BY_ALL.replace("A.1", "A.2"))
    desk.tick()
    assert withdrawn(desk) == [("due-soon", "head2@tinh.example"), ("due-soon", "focal2@tinh.example")]


FRIDAYS = "  - {id: B.1, title: Báo cáo tuần, lead: u2, deadline: {every: week, on: friday}}\n"
PARTS = "  - {id: P.1, title: Hai bước, lead: u2, deadlines: {đầu: 2026-04-22, cuối: 2026-04-23}}\n"


def test_what_was_withdrawn_stands_as_it_did_until_then_whatever_ended_it(desk: Desk) -> None:
    both, other = BY_ALL.replace("[u2, u3]", "{each: [u2, u3]}"), BY_ALL.replace("A.1", "A.2")
    desk.apply(both + other + FRIDAYS + PARTS)
    desk.tick()
    desk.now += HOUR
    one_part = PARTS.replace("đầu: 2026-04-22, ", "")
    desk.apply(
        OF_U2.replace("lead: u2", "lead: {each: [u2]}") + FRIDAYS.replace("week, on: friday", "quarter") + one_part
    )
    desk.now += HOUR
    with desk.engine.connect() as connection:
        found = [row for row in standing(connection, desk.config, at=desk.now) if row.status.progress == "cancelled"]
    # The lead was taken, the task is gone, the rhythm is another one, the part is gone.
    assert sorted((str(row.key), str(row.due), row.title, str(row.status.timeliness)) for row in found) == [
        ("p/A.1 (u3)", "2026-04-24", "Nộp báo cáo", "in_time"),
        ("p/A.2 (u2+u3)", "2026-04-24", "Nộp báo cáo", "in_time"),
        ("p/B.1[2026-04-03] (u2)", "2026-04-03", "Báo cáo tuần", "in_time"),
        ("p/B.1[2026-04-10] (u2)", "2026-04-10", "Báo cáo tuần", "in_time"),
        ("p/P.1[đầu] (u2)", "2026-04-22", "Hai bước", "in_time"),
    ]
