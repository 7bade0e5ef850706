"""What comes about without an edit: occurrences, events, amendments whose day has come; and month-long downtimes."""

from datetime import date, timedelta

from db.facts import record_event, record_report, retract_event
from db.obligations import by_key
from rules.obligation import ObligationKey
from rules.programme import Occurred
from tests.offices import DAY, HOUR, Desk, text_of

WEEKLY = "  - {id: B.1, title: Báo cáo tuần, lead: u2, deadline: {every: week, on: friday}}\n"
MONTHLY = "  - {id: B.2, title: Báo cáo tháng, lead: u2, deadline: {every: month, on: 25}}\n"
WAITING = "  - {id: A.4, title: Kế hoạch, lead: u2, deadline: {after: de-an, within: 30 days}}\n"
EVENT = "  de-an: {title: Ban hành Đề án}\n"


def rows(desk: Desk, task: str) -> dict[object, tuple[object, ...]]:
    found = desk.run(
        "SELECT occurrence, state, missed_before, wake_at IS NULL FROM obligation WHERE task = :task", task=task
    )
    return {occurrence: (state, missed) for occurrence, state, missed, _ in found}


def happens(desk: Desk, on: date) -> int:
    with desk.engine.begin() as connection:
        return record_event(
            connection, programme="p", event="de-an", occurred=Occurred(on), recorded_by="an", recorded_at=desk.now
        )


def test_the_current_and_the_next_occurrence_exist(desk: Desk) -> None:
    desk.apply(WEEKLY)
    desk.tick()
    assert rows(desk, "B.1").keys() == {"2026-04-03", "2026-04-10"}


def test_after_a_month_of_downtime_every_occurrence_is_accounted_for(desk: Desk) -> None:
    desk.apply(WEEKLY)
    desk.tick()
    desk.now += 30 * DAY + HOUR
    desk.restart()
    letters = desk.tick()
    found = rows(desk, "B.1")
    assert found == {
        "2026-04-03": ("closed", 0),
        "2026-04-10": ("closed", 1),
        "2026-04-17": ("closed", 2),
        "2026-04-24": ("open", 3),
        "2026-05-01": ("open", 0),
        "2026-05-08": ("open", 0),
    }
    closed = [row for row in desk.notices() if row[1] in ("2026-04-03", "2026-04-10", "2026-04-17")]
    assert {row[4] for row in closed} <= {"sent", "not_sent"}
    assert "closed" in {row[5] for row in closed}
    assert len(letters) == len({letter.recipient for letter in letters})
    assert desk.findings() == []


def test_the_count_is_the_same_for_occurrences_known_before_a_downtime_and_made_after_it(desk: Desk) -> None:
    desk.apply(WEEKLY)
    for _ in range(5):
        desk.tick()
        desk.now += DAY
    desk.now += 27 * DAY
    desk.tick()
    missed = {occurrence: missed for occurrence, (_, missed) in rows(desk, "B.1").items()}
    weeks = ("2026-04-03", "2026-04-10", "2026-04-17", "2026-04-24", "2026-05-01")
    assert [missed[week] for week in weeks] == [0, 1, 2, 3, 0]


def test_the_letter_of_the_day_says_that_the_one_before_went_unreported(desk: Desk) -> None:
    desk.apply(WEEKLY)
    told = {}
    for _ in range(15):
        for letter in desk.tick():
            if letter.recipient == "head2@tinh.example":
                told[f"{desk.now:%m-%d}"] = "1 kỳ liền trước không có báo cáo" in text_of(letter)
        desk.now += DAY
    assert told == {
        "03-31": False,
        "04-03": False,
        "04-06": False,
        "04-07": False,
        "04-10": True,
        "04-13": True,
    }


def test_a_carried_occurrence_stays_owed_through_a_downtime(desk: Desk) -> None:
    desk.apply(MONTHLY)
    desk.tick()
    desk.now += 70 * DAY
    desk.tick()
    assert {state for state, _ in rows(desk, "B.2").values()} == {"open"}
    assert {"2026-04-25", "2026-05-25", "2026-06-25"} <= rows(desk, "B.2").keys()
    assert desk.findings() == []


def test_a_recorded_event_begins_a_deadline_and_withdraws_the_stand_in(desk: Desk) -> None:
    desk.apply(WAITING, events=EVENT)
    desk.tick()
    assert rows(desk, "A.4").keys() == {""}
    desk.now += HOUR
    happens(desk, date(2026, 3, 27))
    desk.evaluate()
    assert {key: state for key, (state, _) in rows(desk, "A.4").items()} == {"": "withdrawn", "2026-03-27": "open"}
    assert {letter.recipient for letter in desk.tick()} == {"head2@tinh.example", "focal2@tinh.example"}
    assert {row[2] for row in desk.notices()} == {"new"}
    assert desk.findings() == []


def test_a_pass_finds_an_event_that_nobody_told_it_of(desk: Desk) -> None:
    desk.apply(WAITING, events=EVENT)
    desk.tick()
    happens(desk, date(2026, 3, 27))
    desk.now += timedelta(minutes=1)
    desk.tick()
    assert {key: state for key, (state, _) in rows(desk, "A.4").items()} == {"": "withdrawn", "2026-03-27": "open"}


def test_a_retracted_event_withdraws_what_it_began(desk: Desk) -> None:
    desk.apply(WAITING, events=EVENT)
    number = happens(desk, date(2026, 3, 27))
    desk.evaluate()
    desk.now += HOUR
    with desk.engine.begin() as connection:
        retract_event(connection, number, recorded_by="an", recorded_at=desk.now)
    assert desk.tick() == []
    assert {key: state for key, (state, _) in rows(desk, "A.4").items()} == {"": "open", "2026-03-27": "withdrawn"}
    assert {row[5] for row in desk.notices()} == {"withdrawn"}
    assert desk.findings() == []


def test_a_task_reported_done_starts_the_event_that_follows_from_it(desk: Desk) -> None:
    desk.apply(
        WAITING + "  - {id: A.1, title: Đề án, lead: u3, deadline: 2026-06}\n",
        events="  de-an: {title: X, when_done: A.1}\n",
    )
    desk.tick()
    with desk.engine.begin() as connection:
        stored = by_key(connection, ObligationKey("p", "A.1", "", "u3", ""))
        assert stored is not None
        record_report(
            connection,
            stored.id,
            kind="done",
            said_on=date(2026, 3, 30),
            unit="u3",
            recorded_by="an",
            recorded_at=desk.now,
        )
    desk.now += timedelta(minutes=1)
    desk.tick()
    assert rows(desk, "A.4")["2026-03-30"] == ("open", 0)
    assert desk.findings() == []


def test_an_amendment_takes_effect_on_its_day(desk: Desk) -> None:
    desk.apply(
        "  - id: A.1\n    title: Nộp báo cáo\n    lead: u2\n    deadline: 2026-06\n"
        "    amended: [{deadline: 2026-04, until: 340/CV of 2026-04-02, why: Chậm tài liệu}]\n"
    )
    desk.tick()
    assert desk.run("SELECT edition FROM obligation WHERE kind = 'task'") == [(0,)]
    desk.now += 3 * DAY
    desk.tick()
    assert desk.run(
        "SELECT o.edition, c.kind, c.document FROM obligation o JOIN change c ON c.obligation_id = o.id"
    ) == [(1, "moved", "340/CV")]
    assert "moved" in {row[2] for row in desk.notices()}
    assert desk.findings() == []


def test_nothing_is_spawned_twice_in_a_day(small: Desk) -> None:
    small.apply(WEEKLY)
    small.tick()
    first = small.run("SELECT at FROM pulse WHERE name = 'spawned'")
    small.now += HOUR
    small.tick()
    assert small.run("SELECT at FROM pulse WHERE name = 'spawned'") == first


def test_a_task_that_waited_for_its_event_has_a_deadline_now_and_one_that_did_not_is_new(desk: Desk) -> None:
    desk.apply(WAITING, events=EVENT)
    desk.tick()
    happens(desk, date(2026, 3, 30))
    desk.now += HOUR
    told = [text_of(one) for one in desk.tick() if one.recipient == "head2@tinh.example"]
    assert "Mới có thời hạn · còn 30 ngày" in told[0]
    assert "1 mới có thời hạn." in told[0]
    assert "Mới giao ·" not in told[0]
    desk.now += HOUR
    desk.apply(WAITING + WAITING.replace("A.4", "A.5").replace("u2", "u3"), events=EVENT)
    assert "Mới giao · còn 30 ngày" in next(
        text_of(one) for one in desk.tick() if one.recipient == "head3@tinh.example"
    )
