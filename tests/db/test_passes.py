"""db.passes, db.switches, db.troubles: what daemons leave behind for each other and for the admins."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.engine import Connection, Engine

from db.passes import Evaluation, Pulse, beat, begin_slot, finish_slot, last_evaluation, pulses
from db.switches import is_stopped, last_thrown, throw_stop, throws
from db.troubles import mark_told, note_trouble, open_troubles, resolve_troubles
from tests.db.samples import DAY, HOUR, NOW


def test_of_many_that_ask_for_a_slot_one_gets_it(engine: Engine) -> None:
    def ask(_: int) -> bool:
        with engine.begin() as connection:
            return begin_slot(connection, NOW, now=NOW)

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(ask, range(8)))
    assert sorted(answers) == [False] * 7 + [True]
    with engine.begin() as connection:
        assert begin_slot(connection, NOW + HOUR, now=NOW)


def test_a_pass_says_when_it_was_through_and_what_it_counted(connection: Connection) -> None:
    assert last_evaluation(connection) is None
    begin_slot(connection, NOW, now=NOW)
    begin_slot(connection, NOW + DAY, now=NOW + DAY)
    assert last_evaluation(connection) == Evaluation(NOW + DAY, NOW + DAY, None, None)
    finish_slot(connection, NOW + DAY, now=NOW + DAY + HOUR, counts={"woken": 12, "owed": 3})
    assert last_evaluation(connection) == Evaluation(NOW + DAY, NOW + DAY, NOW + DAY + HOUR, {"woken": 12, "owed": 3})


def test_the_last_beat_of_each_name_counts(connection: Connection) -> None:
    beat(connection, "last_ok_tick", at=NOW)
    beat(connection, "last_ok_tick", at=NOW + HOUR, text="12 woken")
    beat(connection, "last_ok_mail", at=NOW)
    assert pulses(connection) == {
        "last_ok_tick": Pulse(NOW + HOUR, "12 woken"),
        "last_ok_mail": Pulse(NOW, None),
    }


def test_the_stop_switch_stays_as_it_was_last_thrown(connection: Connection) -> None:
    assert not is_stopped(connection)
    assert last_thrown(connection) is None
    throw_stop(connection, is_on=True, recorded_by="an", recorded_at=NOW, why="diễn tập")
    assert is_stopped(connection)
    throw_stop(connection, is_on=False, recorded_by="binh", recorded_at=NOW + HOUR)
    assert not is_stopped(connection)
    last = last_thrown(connection)
    assert last is not None
    assert (last.recorded_by, last.recorded_at, last.why) == ("binh", NOW + HOUR, None)


def test_a_trouble_lasts_until_resolved_and_is_told_once(connection: Connection) -> None:
    note_trouble(connection, "rules", "a.yaml", "a.yaml:3:1: …", at=NOW)
    note_trouble(connection, "rules", "b.yaml", "b.yaml:9:1: …", at=NOW)
    mark_told(connection, [trouble.id for trouble in open_troubles(connection)], at=NOW)
    note_trouble(connection, "rules", "a.yaml", "a.yaml:3:1: …", at=NOW + HOUR)
    assert open_troubles(connection, only_untold=True) == []
    first = open_troubles(connection)[0]
    assert (first.times, first.first_at, first.last_at) == (2, NOW, NOW + HOUR)
    note_trouble(connection, "rules", "a.yaml", "a.yaml:7:1: …", at=NOW + DAY)
    assert [trouble.subject for trouble in open_troubles(connection, only_untold=True)] == ["a.yaml"]


def test_what_is_wrong_no_longer_is_resolved_and_may_come_back(connection: Connection) -> None:
    note_trouble(connection, "rules", "a.yaml", "…", at=NOW)
    note_trouble(connection, "rules", "b.yaml", "…", at=NOW)
    note_trouble(connection, "address", "gd@dongthap.example", "550", at=NOW)
    assert resolve_troubles(connection, "rules", at=NOW + HOUR, still=["b.yaml"]) == 1
    assert [trouble.subject for trouble in open_troubles(connection)] == ["b.yaml", "gd@dongthap.example"]
    note_trouble(connection, "rules", "a.yaml", "…", at=NOW + DAY)
    assert [(x.subject, x.times) for x in open_troubles(connection)][-1] == ("a.yaml", 1)
    assert resolve_troubles(connection, "rules", at=NOW + DAY) == 2


def test_every_throw_of_the_switch_is_kept_in_order(connection: Connection) -> None:
    throw_stop(connection, is_on=True, recorded_by="an", recorded_at=NOW, why="diễn tập")
    throw_stop(connection, is_on=False, recorded_by="binh", recorded_at=NOW + HOUR)
    assert [(one.is_on, one.recorded_by) for one in throws(connection)] == [(True, "an"), (False, "binh")]
    assert [one.is_on for one in throws(connection, until=NOW)] == [True]
