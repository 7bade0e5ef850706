"""The audit finds nothing on a sound database, and each kind of damage."""

import pytest

from tests.offices import DAY, HOUR, Desk

TASKS = """\
  - {id: A.1, title: Báo cáo, lead: {each: all}, deadline: 2026-04-01}
  - {id: A.2, title: Việc cũ, lead: u2, deadline: 2026-03-02}
  - {id: B.1, title: Báo cáo tuần, lead: u3, deadline: {every: week, on: friday}}
  - {id: B.2, title: Báo cáo tháng, lead: u3, deadline: {every: month, on: 25}}
"""


def test_nothing_is_found_day_after_day(desk: Desk) -> None:
    desk.apply(TASKS)
    for _ in range(20):
        desk.tick()
        assert desk.findings() == []
        desk.now += DAY


def test_what_is_done_is_not_judged_by_rules_edited_afterwards(desk: Desk) -> None:
    desk.apply(TASKS.replace("2026-04-01", "2026-09-30"))
    desk.tick()
    desk.run("UPDATE obligation SET state = 'done', ended_at = watched_from WHERE task = 'A.1'")
    desk.apply(TASKS.replace("2026-04-01", "2026-03-20"))
    desk.tick()
    assert desk.findings() == []


def test_what_no_pass_came_to_is_only_a_warning(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.tick()
    desk.now += 9 * DAY
    findings = desk.findings()
    assert any("should have been looked at" in finding for finding in findings)
    assert [finding for finding in findings if not finding.endswith("(warning)")] == []
    desk.tick()
    assert desk.findings() == []


def test_what_a_pass_should_have_looked_at_is_wrong(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.tick()
    desk.run("UPDATE obligation SET wake_at = :at WHERE task = 'A.2'", at=f"{desk.now - HOUR:%Y-%m-%d %H:%M:%S.%f}")
    [finding] = [finding for finding in desk.findings() if "should have been looked at" in finding]
    assert not finding.endswith("(warning)")


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("DELETE FROM notice WHERE rung = 'due-soon' AND person LIKE '%2@%'", "due-soon (owed) is missing"),
        ("UPDATE obligation SET wake_at = NULL WHERE task = 'A.1'", "looked at"),
        ("UPDATE obligation SET wake_at = '2026-12-01 00:00:00+00' WHERE task = 'A.1'", "looked at"),
        ("UPDATE obligation SET due_on = '2026-05-05' WHERE task = 'A.1'", "is stored as due"),
        (
            "UPDATE obligation SET state = 'withdrawn', ended_at = watched_from WHERE task = 'A.2'",
            "is withdrawn, though",
        ),
        ("DELETE FROM obligation WHERE task = 'B.2' AND occurrence = '2026-05-25'", "does not exist"),
        ("UPDATE obligation SET task = 'Z.9' WHERE task = 'B.2'", "nothing asks for it"),
        ("UPDATE notice SET state = 'owed', settled_at = NULL WHERE rung = 'baseline'", "a message that is sent"),
        (
            "UPDATE notice SET state = 'owed', settled_at = NULL, message_id = NULL WHERE rung = 'baseline'",
            "in no message",
        ),
        ("DELETE FROM pulse WHERE name = 'last_ok_tick'", "no pass has been made"),
    ],
)
def test_damage_is_found(desk: Desk, damage: str, found: str) -> None:
    desk.apply(TASKS)
    desk.tick()
    desk.run(damage)
    desk.now += HOUR / 2
    assert any(found in finding for finding in desk.findings()), desk.findings()


def test_a_daemon_that_has_stopped_is_found(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.tick()
    desk.now += 2 * DAY
    findings = desk.findings()
    assert any("the last pass that went well" in finding for finding in findings)
