"""Passes: idempotent, one evaluation of a slot, no row that stops the others, clocks that leap."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from scheduler.office import open_office
from scheduler.passes import evaluate
from tests.offices import DAY, HOUR, ONE_TASK, Desk

MANY = "  - {id: A.1, title: Báo cáo, lead: {each: all}, deadline: 2026-04-01}\n"


def test_a_second_pass_at_the_same_instant_finds_nothing_to_do(desk: Desk) -> None:
    desk.apply(MANY)
    assert desk.evaluate().daily
    again = desk.evaluate()
    assert (again.daily, again.looked_at, again.owed, again.messages) == (False, 0, 0, 0)


def test_of_several_processes_one_evaluates_a_slot(desk: Desk) -> None:
    desk.apply(MANY)
    offices = [open_office(desk.config, desk.engine) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda office: evaluate(office, now=desk.now), offices))
    assert sum(counts.daily for counts in made if counts) == 1
    desk.evaluate()
    assert len(desk.notices()) == 6
    assert desk.run("SELECT count(*) FROM message") == [(6,)]


def test_the_evaluation_another_process_did_not_live_to_end_is_ended(desk: Desk) -> None:
    desk.apply(MANY)
    desk.evaluate()
    desk.run("UPDATE evaluation SET finished_at = NULL RETURNING 1")
    desk.now += timedelta(minutes=1)
    assert not desk.evaluate().daily
    assert desk.run("SELECT finished_at IS NULL FROM evaluation") in ([(0,)], [(False,)])


def test_an_obligation_that_cannot_be_decided_is_parked_and_the_others_go_on(desk: Desk) -> None:
    desk.apply(MANY)
    desk.spoil("u2")
    desk.evaluate()
    assert {row[3] for row in desk.notices()} == {f"{who}{n}@tinh.example" for who in ("head", "focal") for n in (1, 3)}
    assert desk.run("SELECT kind, subject FROM trouble") == [("undecided", "p/A.9 (u2)")]
    assert desk.evaluate().looked_at == 0
    desk.mend()
    desk.now += HOUR
    desk.evaluate()
    assert len(desk.notices()) == 6
    assert desk.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]


def test_the_heartbeat_comes_after_the_pass(desk: Desk) -> None:
    desk.apply(MANY)
    evaluate(desk.office, now=desk.now, stopping=lambda: True)
    assert desk.run("SELECT count(*) FROM pulse WHERE name = 'last_ok_tick'") == [(0,)]
    desk.evaluate()
    assert desk.run("SELECT count(*) FROM pulse WHERE name = 'last_ok_tick'") == [(1,)]


def test_new_notices_join_the_message_still_waiting(desk: Desk) -> None:
    tasks = MANY + "  - {id: A.2, title: Kế hoạch, lead: {each: all}, deadline: 2026-04-02}\n"
    desk.apply(tasks)
    desk.evaluate()
    desk.now += DAY
    desk.evaluate()
    assert desk.run("SELECT count(*) FROM message") == [(6,)]
    assert len(desk.tick()) == 6
    assert desk.run("SELECT count(*) FROM notice WHERE state = 'owed'") == [(0,)]


def test_new_notices_never_join_a_message_that_may_have_been_delivered(desk: Desk) -> None:
    desk.apply(ONE_TASK.replace("2026-04-03", "2026-04-01"))
    desk.evaluate()
    desk.run("UPDATE message SET possible_duplicate = 1 RETURNING 1")
    desk.now += 2 * DAY
    desk.evaluate()
    assert desk.run("SELECT person, count(*) FROM message GROUP BY person ORDER BY person") == [
        ("focal2@tinh.example", 2),
        ("head2@tinh.example", 2),
    ]


def test_a_message_being_claimed_at_this_moment_is_not_joined(desk: Desk) -> None:
    desk.apply(ONE_TASK.replace("2026-04-03", "2026-04-01"))
    desk.evaluate()
    desk.run("UPDATE message SET state = 'sending', locked_until = next_try_at, claimed_by = 'x' RETURNING 1")
    desk.now += 2 * DAY
    desk.evaluate()
    assert desk.run("SELECT count(*) FROM message WHERE state = 'pending'") == [(2,)]


def test_a_clock_that_leapt_ahead_and_back_delays_nothing(desk: Desk) -> None:
    desk.apply(MANY)
    desk.now += 400 * DAY
    desk.evaluate()
    desk.now -= 400 * DAY
    desk.run("UPDATE message SET next_try_at = :later RETURNING 1", later="2027-05-05 00:00:00+00:00")
    desk.evaluate()
    later = desk.run("SELECT count(*) FROM obligation WHERE wake_at > '2027-01-01'")
    assert later == [(0,)]
    assert desk.run("SELECT count(*) FROM message WHERE next_try_at > '2027-01-01'") == [(0,)]


def test_a_clock_a_second_behind_is_no_reason_to_start_anew(small: Desk) -> None:
    small.apply(MANY)
    small.tick()
    small.now -= timedelta(seconds=1)
    assert small.evaluate().looked_at == 0


def test_a_suspended_laptop_owes_the_same_in_one_letter_each(desk: Desk) -> None:
    desk.apply(MANY + "  - {id: A.2, title: Kế hoạch, lead: {each: all}, deadline: 2026-04-08}\n")
    desk.now += 4 * DAY + 3 * HOUR
    letters = desk.tick()
    assert len(letters) == len({letter.recipient for letter in letters})
    assert ("due-soon", "not_sent", "superseded") in {(row[2], row[4], row[5]) for row in desk.notices()}
    assert desk.findings() == []
