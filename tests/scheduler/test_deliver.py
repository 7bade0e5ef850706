"""Delivery: what each verdict of the mail leads to; window, cap and stop switch; a letter that cannot be written; a stop in between."""

import asyncio
from collections.abc import Sized
from datetime import timedelta

import pytest
from sqlalchemy import event

from db.switches import throw_stop
from notifications.envelope import Envelope, Verdict
from scheduler import deliver as delivering
from scheduler.deliver import deliver_due
from scheduler.letters import prepare
from scheduler.worker import worker_name
from tests.offices import DAY, HOUR, ONE_TASK, Desk, text_of

SOON = ONE_TASK.replace("2026-04-03", "2026-04-01")
ALL = "  - {id: A.1, title: Báo cáo, lead: {each: all}, deadline: 2026-04-01}\n"
HEAD, FOCAL = "head2@tinh.example", "focal2@tinh.example"


def messages(desk: Desk) -> set[tuple[object, ...]]:
    return set(desk.run("SELECT state, attempts, possible_duplicate FROM message"))


def test_what_left_is_marked_with_its_message_id(desk: Desk) -> None:
    desk.apply(SOON)
    letters = desk.tick()
    assert {row[4] for row in desk.notices()} == {"sent"}
    assert {id_ for (id_,) in desk.run("SELECT smtp_id FROM message")} == {letter.message_id for letter in letters}
    assert desk.findings() == []


def test_a_temporary_failure_is_tried_again_later_with_the_same_message_id(desk: Desk) -> None:
    desk.apply(SOON)
    desk.verdict = Verdict("transient", "try later", 451, "recipient")
    desk.tick()
    assert messages(desk) == {("pending", 1, 0)}
    desk.verdict = Verdict("sent")
    assert desk.tick() == []
    desk.now += timedelta(minutes=5)
    assert len(desk.tick()) == 2
    assert {row[4] for row in desk.notices()} == {"sent"}


def test_an_unknown_outcome_is_repeated_and_counted_as_a_possible_copy(desk: Desk) -> None:
    desk.apply(SOON)
    seen: list[Envelope] = []

    async def lost(envelope: Envelope) -> Verdict:
        seen.append(envelope)
        return Verdict("unknown", "connection lost", stage="content")

    desk.evaluate()
    asyncio.run(deliver_due(desk.office, lost, lambda: desk.now))
    assert messages(desk) == {("pending", 1, 1)}
    desk.now += timedelta(minutes=5)
    again = desk.tick()
    assert {letter.message_id for letter in again} == {letter.message_id for letter in seen}


def test_an_address_that_refuses_is_set_aside_and_the_standing_office_told(desk: Desk) -> None:
    desk.apply(SOON)
    desk.verdict = Verdict("permanent", "no such user", 550, "recipient")
    desk.tick()
    assert {row[3:] for row in desk.notices()} == {
        (HEAD, "not_sent", "undeliverable"),
        (FOCAL, "not_sent", "undeliverable"),
    }
    assert desk.run("SELECT DISTINCT state FROM message") == [("parked",)]
    desk.verdict = Verdict("sent")
    desk.now += 7 * DAY
    statements = [letter for letter in desk.tick() if letter.recipient == "focal1@tinh.example"]
    assert len(statements) == 1
    assert HEAD in text_of(statements[0])
    assert desk.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]


def test_a_misconfigured_transport_pauses_and_burns_no_tries(desk: Desk) -> None:
    desk.apply(ALL)
    tried: list[str] = []

    async def refused(envelope: Envelope) -> Verdict:
        tried.append(envelope.recipient)
        await asyncio.sleep(0.01)
        return Verdict("configuration", "authentication failed", 535, "login")

    desk.evaluate()
    done = asyncio.run(deliver_due(desk.office, refused, lambda: desk.now))
    assert done.paused
    assert len(tried) <= delivering.FOLDERS
    assert messages(desk) == {("pending", 0, 0)}
    assert desk.run("SELECT kind, subject FROM trouble") == [("transport", "mail")]
    desk.now += timedelta(minutes=6)
    assert len(desk.tick()) == 6
    assert desk.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]


def test_quiet_hours_and_days_off_put_off_and_drop_nothing(desk: Desk) -> None:
    desk.apply(SOON)
    desk.evaluate()
    desk.now += 11 * HOUR + timedelta(minutes=1)
    assert desk.deliver().sent == 0
    assert messages(desk) == {("pending", 0, 0)}
    desk.now += 13 * HOUR
    assert desk.deliver().sent == 2


def test_the_daily_cap_puts_off_to_the_next_working_day(desk: Desk) -> None:
    desk.apply("  - {id: A.1, title: X, lead: u2, deadline: {every: day, at: '16:00'}}\n")
    for _ in range(3):
        desk.run(
            "INSERT INTO message (key, person, kind, created_at, state, not_before, attempts, next_try_at, sent_at,"
            " possible_duplicate) VALUES (:key, :person, 'digest', :at, 'sent', :at, 1, :at, :at, 0) RETURNING 1",
            key=f"k{_}",
            person=HEAD,
            at=str(desk.now).removesuffix("+00:00") if desk.engine.dialect.name == "sqlite" else desk.now,
        )
    desk.evaluate()
    desk.deliver()
    assert HEAD not in {letter.recipient for letter in desk.sent}
    desk.now += DAY
    desk.tick()
    assert [letter.recipient for letter in desk.sent].count(HEAD) == 1


def test_the_stop_switch_holds_everything_back(desk: Desk) -> None:
    desk.apply(SOON)
    with desk.engine.begin() as connection:
        throw_stop(connection, is_on=True, recorded_by="an", recorded_at=desk.now)
    assert desk.tick() == []
    with desk.engine.begin() as connection:
        throw_stop(connection, is_on=False, recorded_by="an", recorded_at=desk.now)
    assert len(desk.tick()) == 2


def test_the_stop_switch_thrown_in_between_ends_the_batch(small: Desk) -> None:
    small.apply(ALL, units=30)
    small.evaluate()

    async def thrown(envelope: Envelope) -> Verdict:
        small.sent.append(envelope)
        if len(small.sent) == 1:
            with small.engine.begin() as connection:
                throw_stop(connection, is_on=True, recorded_by="an", recorded_at=small.now)
        await asyncio.sleep(0.1)
        return Verdict("sent")

    asyncio.run(deliver_due(small.office, thrown, lambda: small.now))
    assert len(small.sent) <= delivering.MOST_UNMARKED + delivering.FOLDERS
    assert set(small.run("SELECT state, count(*) FROM message GROUP BY state")) == {
        ("sent", len(small.sent)),
        ("pending", 60 - len(small.sent)),
    }


def test_results_are_marked_together_and_a_lone_one_does_not_wait_for_others(small: Desk) -> None:
    small.apply(ALL, units=30)
    small.evaluate()
    marked: list[int] = []

    def note(_: object, __: object, statement: str, parameters: Sized, ___: object, is_many: bool) -> None:
        if statement.startswith("UPDATE message SET") and "smtp_id" in statement:
            marked.append(len(parameters) if is_many else 1)

    event.listen(small.engine, "before_cursor_execute", note)
    taken = 0

    async def last_after_all_others(envelope: Envelope) -> Verdict:
        nonlocal taken
        taken += 1
        if taken == 60:
            async with asyncio.timeout(60):
                while sum(marked) < 59:
                    await asyncio.sleep(0.01)
        return Verdict("sent")

    asyncio.run(deliver_due(small.office, last_after_all_others, lambda: small.now))
    assert sum(marked) == taken == 60
    assert len(marked) <= 2 + 60 / delivering.MARKED_TOGETHER
    assert max(marked) <= delivering.MOST_UNMARKED


def test_a_letter_that_cannot_be_written_stops_no_other(desk: Desk) -> None:
    desk.apply(ALL)
    desk.evaluate()
    desk.spoil("u2")
    assert desk.deliver().sent == 4
    assert desk.run("SELECT DISTINCT state, attempts FROM message WHERE person LIKE '%2@%'") == [("pending", 1)]
    assert set(desk.run("SELECT kind, subject FROM trouble")) == {("letter", HEAD), ("letter", FOCAL)}
    assert [row[4] for row in desk.notices()].count("owed") == 2
    desk.mend()
    desk.now += timedelta(minutes=5)
    assert len(desk.tick()) == 2
    assert desk.run("SELECT count(*) FROM trouble WHERE resolved_at IS NULL") == [(0,)]


def test_a_fault_of_the_transport_itself_is_an_unknown_outcome(small: Desk) -> None:
    small.apply(SOON)
    small.evaluate()

    async def faulty(envelope: Envelope) -> Verdict:
        raise RuntimeError("a transport never raises")

    asyncio.run(deliver_due(small.office, faulty, lambda: small.now))
    assert messages(small) == {("pending", 1, 1)}


def test_told_to_stop_it_gives_back_what_it_has_not_tried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "DRAIN", 0.3)
    desk.apply(ALL)
    desk.evaluate()

    async def main() -> None:
        stop = asyncio.Event()

        async def stalled(envelope: Envelope) -> Verdict:
            stop.set()
            await asyncio.sleep(60)
            return Verdict("sent")

        await asyncio.wait_for(deliver_due(desk.office, stalled, lambda: desk.now, stop=stop), 5)

    asyncio.run(main())
    assert messages(desk) <= {("pending", 0, 0), ("pending", 1, 1)}
    desk.now += timedelta(minutes=5)
    assert len(desk.tick()) == 6


def test_letters_that_waited_too_long_are_checked_again(small: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "FRESH", 0.0)
    monkeypatch.setattr(delivering, "BATCH", 6)
    small.apply(ALL)
    small.evaluate()
    calls = iter(range(1_000))

    def clock() -> object:
        if next(calls) > 4:
            monkeypatch.setattr(delivering, "FRESH", 30.0)
        return small.now

    asyncio.run(deliver_due(small.office, small.send, clock))  # type: ignore[arg-type]
    assert len(small.sent) == len({letter.message_id for letter in small.sent}) == 6
    assert messages(small) == {("sent", 1, 0)}


def test_claims_of_the_dead_are_taken_over_at_once_and_those_of_the_living_are_not(desk: Desk) -> None:
    desk.apply(SOON)
    desk.evaluate()
    machine = worker_name().rpartition(":")[0].rpartition(":")[0]
    claim = "UPDATE message SET state = 'sending', attempts = 1, locked_until = :until, claimed_by = :by WHERE person = :p RETURNING 1"
    until = str(desk.now + HOUR) if desk.engine.dialect.name == "sqlite" else desk.now + HOUR
    until = until.removesuffix("+00:00") if isinstance(until, str) else until
    desk.run(claim, until=until, by=f"{machine}:4194999:dead", p=HEAD)
    desk.run(claim, until=until, by="elsewhere/x:1:alive", p=FOCAL)
    desk.deliver()
    assert {letter.recipient for letter in desk.sent} == {HEAD}
    assert desk.run("SELECT possible_duplicate FROM message WHERE person = :p", p=HEAD) == [(1,)]


def test_two_deliveries_at_once_send_each_message_once(desk: Desk) -> None:
    desk.apply(ALL)
    desk.evaluate()

    async def main() -> None:
        async def send(envelope: Envelope) -> Verdict:
            await asyncio.sleep(0.02)
            return await desk.send(envelope)

        await asyncio.gather(*(deliver_due(desk.office, send, lambda: desk.now) for _ in range(3)))

    asyncio.run(main())
    assert len(desk.sent) == len({letter.message_id for letter in desk.sent}) == 6


def test_a_leap_of_the_clock_takes_no_message_from_its_own_sender(desk: Desk) -> None:
    desk.apply(ALL)
    desk.evaluate()
    held = {claimed.id for claimed, _ in prepare(desk.office, now=desk.now, limit=100).letters}
    desk.now += HOUR / 2
    assert prepare(desk.office, now=desk.now, limit=100, held=held).claimed == []
    desk.now += HOUR / 2
    assert len(prepare(desk.office, now=desk.now, limit=100).claimed) == 6
    assert messages(desk) == {("sending", 2, 1)}
