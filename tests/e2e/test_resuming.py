"""A World that goes on from the ledger in a database comes to what the daemon comes to, from whatever point it goes on."""

import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from db.facts import record_event, record_report, record_silence
from rules.calendar import local_day
from rules.programme import Occurred
from rules.simulate import Run, sorted_out
from scheduler.registered import facts_said
from scheduler.simulating import going_on, simulate_on
from tests.e2e.conftest import Databases
from tests.e2e.test_promises_db import EDITIONS, EVENTS
from tests.e2e.test_world_db import Outcome, Place, agree, of_model, stored
from tests.offices import DAY, HOUR, Desk, open_desk

WEEKLY = "  - {id: A.1, title: Báo cáo tuần, lead: u2, deadline: {every: week, on: friday}}\n"
QUIET = "ladder: quiet\nrungs:\n  - {id: late, at: 1 working day late, to: [head]}\n"


def goes_on(desk: Desk) -> Run:
    """A run that goes on from the database as it is now."""
    with desk.engine.connect() as connection:
        rulebook, policy = desk.office.rulebook, desk.config.policy
        said, _ = sorted_out(rulebook, policy, (), facts_said(connection, rulebook.programmes), desk.now)
        return going_on(connection, rulebook, policy, said, now=desk.now)


def compare(desk: Desk, run: Run, before: Mapping[Place, Outcome]) -> None:
    """What came of the run is what came of the database since `before`, no more and no less."""
    model = of_model(run)
    since = {place: outcome for place, outcome in stored(desk).items() if before.get(place) != outcome}
    model = {place: outcome for place, outcome in model.items() if before.get(place) != outcome}
    places = sorted(since.keys() | model.keys())
    apart = [place for place in places if not agree(since.get(place), model.get(place))]
    told = [f"{place}: database {since.get(place)}, model {model.get(place)}" for place in apart]
    assert not told, "\n".join([f"at {desk.now}:", *told])


def live(desk: Desk, run: Run, times: int, before: Mapping[Place, Outcome], *, hours: int = 24) -> None:
    for _ in range(times):
        desk.now += hours * HOUR
        desk.tick()
        run.step(desk.now)
        compare(desk, run, before)


def test_what_was_told_is_not_told_again(small: Desk) -> None:
    small.apply()
    small.tick()
    small.now += 7 * DAY
    small.tick()
    sent, before, run = len(small.sent), stored(small), goes_on(small)
    run.step(small.now)
    assert run.messages == []
    live(small, run, 30, before)
    assert len(run.messages) == len(small.sent) - sent > 0


def test_what_is_on_its_way_leaves_with_the_first_pass(small: Desk) -> None:
    small.apply()
    small.now = small.now.replace(month=4, day=1)
    small.evaluate()  # decided, and nothing delivered
    run = goes_on(small)
    run.step(small.now)
    letters = small.tick()
    assert sorted(message.to for message in run.messages) == sorted(letter.recipient for letter in letters) != []


def test_a_letter_that_was_set_aside_stays_where_it_is(small: Desk) -> None:
    small.apply()
    small.now = small.now.replace(month=4, day=1)
    small.evaluate()
    small.run("UPDATE message SET state = 'parked' RETURNING 1")
    run = goes_on(small)
    run.step(small.now)
    assert run.messages == []


@pytest.mark.parametrize("address", ["head2@tinh.example", "focal1@tinh.example"])
def test_an_address_that_was_given_up_gets_no_letter_and_counts_as_told(small: Desk, address: str) -> None:
    small.apply()
    small.refused = {address}
    live_until_given_up(small)
    before, run = stored(small), goes_on(small)
    live(small, run, 21, before)
    assert [m for m in run.messages if m.to == address] == []
    assert {str(one.notice.reason) for one in run.not_sent if one.notice.person == address} == {"undeliverable"}


def live_until_given_up(desk: Desk) -> None:
    while not desk.run("SELECT 1 FROM trouble WHERE kind = 'undeliverable'"):
        desk.tick()
        desk.now += DAY


@pytest.mark.parametrize("task", [None, "A.1"])
def test_a_silence_of_one_person_holds_its_letters_back(small: Desk, task: str | None) -> None:
    small.apply()
    small.tick()
    with small.engine.begin() as connection:
        record_silence(
            connection,
            from_=small.now + DAY,
            until=small.now + 12 * DAY,
            reason="nghỉ phép",
            person="head2@tinh.example",
            task=task,
            recorded_by="an",
            recorded_at=small.now,
        )
    before, run = stored(small), goes_on(small)
    live(small, run, 21, before)
    assert {str(one.notice.reason) for one in run.not_sent if one.notice.person == "head2@tinh.example"} == {"silenced"}
    assert [m for m in run.messages if m.to == "head2@tinh.example"] != []


def test_a_question_on_its_way_is_asked_by_the_first_pass_and_then_no_more(small: Desk) -> None:
    small.apply(events=EVENTS)
    small.evaluate()  # decided, and nothing delivered
    run = goes_on(small)
    run.step(small.now)
    assert [said for message in run.messages for said in message.said if said.questions]
    small.tick()
    run = goes_on(small)
    run.step(small.now)
    assert run.messages == []


def test_what_is_on_its_way_leaves_at_once_in_a_simulation_too(small: Desk) -> None:
    small.apply()
    small.now = small.now.replace(month=4, day=1)
    small.evaluate()
    policy = small.config.policy
    with small.engine.connect() as connection:
        found = simulate_on(
            connection, small.office.rulebook, policy, (), now=small.now, last=local_day(small.now, policy.zone)
        )
    letters = small.tick()
    assert [(message.at, message.to) for message in found.messages] == [(small.now, one.recipient) for one in letters]
    assert letters


def test_what_the_next_occurrence_takes_over_from_is_closed_on_the_day(small: Desk) -> None:
    small.apply(
        "  - {id: A.1, title: Báo cáo, lead: u2, ladder: quiet, deadline: {every: week, on: friday}}\n", quiet=QUIET
    )
    for _ in range(6):
        small.now += DAY
        small.tick()
    run, closed = goes_on(small), set[str]()
    for _ in range(20):
        small.now += DAY
        small.tick()
        run.until(small.now + HOUR / 60)
        rows = small.run("SELECT occurrence FROM obligation WHERE kind = 'task' AND state = 'closed'")
        closed = {str(occurrence) for (occurrence,) in rows}
        assert {key.occurrence for key, entry in run.world.entries.items() if entry.facts.closed_at} == closed
    assert len(closed) == 3


def test_how_many_occurrences_went_unreported_is_counted_on(small: Desk) -> None:
    small.apply(WEEKLY)
    for _ in range(24):
        small.now += DAY
        small.tick()
    rows = small.run("SELECT occurrence, missed_before FROM obligation WHERE kind = 'task' AND state = 'open'")
    counted = {str(occurrence): int(str(missed)) for occurrence, missed in rows}
    run = goes_on(small)
    found = {key.occurrence: entry.missed_before(small.now) for key, entry in run.world.entries.items()}
    assert max(counted.values()) >= 2
    assert {occurrence: found[occurrence] for occurrence in counted} == counted


@pytest.mark.parametrize("edition", range(len(EDITIONS)))
def test_from_any_point_on_it_comes_to_what_the_daemon_does(databases: Databases, edition: int) -> None:
    @settings(max_examples=2, deadline=None, derandomize=True)
    @given(data=st.data())
    def lived_twice(data: st.DataObject) -> None:
        url = databases.create()
        with tempfile.TemporaryDirectory() as folder:
            desk = open_desk(Path(folder) / "office", url)
            _live_on(desk, EDITIONS[edition], data)
            desk.engine.dispose()
        databases.drop(url)

    lived_twice()


def _live_on(desk: Desk, edition: str, data: st.DataObject) -> None:
    desk.apply(edition, events=EVENTS)
    desk.tick()
    for _ in range(data.draw(st.integers(0, 3))):
        desk.now += data.draw(st.sampled_from([1, 24, 72, 24 * 9])) * HOUR
        _happen(
            desk,
            data.draw(st.sampled_from(["nothing", "event", "done", "silence", "of one", "nobody there", "edit"])),
            data,
        )
        if data.draw(st.booleans()):
            desk.tick()
        else:
            desk.evaluate()
    desk.restart()
    # That nobody is there shows with the first letter only.
    desk.refused &= {subject for (subject,) in desk.run("SELECT subject FROM trouble WHERE kind = 'undeliverable'")}
    before, run = stored(desk), goes_on(desk)
    desk.tick()
    run.step(desk.now)
    compare(desk, run, before)
    live(desk, run, 8, before)
    live(desk, run, 3, before, hours=24 * 7)


def _happen(desk: Desk, what: str, data: st.DataObject) -> None:
    today, now = local_day(desk.now, desk.config.policy.zone), desk.now
    person = data.draw(st.sampled_from(["head2@tinh.example", "over2@tinh.example", "focal1@tinh.example"]))
    if what == "nobody there":
        desk.refused.add(person)
    if what == "edit":
        desk.apply(data.draw(st.sampled_from(EDITIONS)), events=EVENTS)
        return
    open_ones = desk.run("SELECT id, unit FROM obligation WHERE kind = 'task' AND state = 'open' ORDER BY id LIMIT 1")
    with desk.engine.begin() as connection:
        if what == "event":
            on = Occurred(today - timedelta(days=1))
            record_event(connection, programme="p", event="de-an", occurred=on, recorded_by="an", recorded_at=now)
        elif what == "silence":
            until = now + 4 * DAY
            record_silence(
                connection, from_=now, until=until, reason="bão", programme="p", recorded_by="an", recorded_at=now
            )
        elif what == "of one":
            task = data.draw(st.sampled_from([None, "A.1"]))
            until = now + data.draw(st.sampled_from([1, 5, 12])) * DAY
            record_silence(
                connection,
                from_=now,
                until=until,
                reason="nghỉ phép",
                person=person,
                task=task,
                recorded_by="an",
                recorded_at=now,
            )
        elif what == "done":
            for id_, unit in open_ones:
                assert isinstance(id_, int)
                assert isinstance(unit, str)
                record_report(
                    connection,
                    id_,
                    kind="done",
                    said_on=today,
                    unit=unit,
                    announce=True,
                    recorded_by="an",
                    recorded_at=now,
                )
