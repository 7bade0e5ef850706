"""db.facts: what people say is kept for ever, and can be read as it stood at any instant."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from db.facts import (
    active_silences,
    done_on,
    event_records,
    events,
    facts_for,
    facts_of,
    last_reports,
    lift_silence,
    record_event,
    record_report,
    record_silence,
    reports,
    retract_event,
    silences,
    silences_for,
    tasks_done,
)
from db.obligations import Closing, by_ids, close, waking
from rules.obligation import Announcement, Facts, ObligationKey, Silence
from rules.programme import Occurred
from tests.db.samples import DAY, HOUR, NOW, apply, key, many, starting, statements, stored, wanted

MAY, JUNE = date(2026, 5, 29), date(2026, 6, 30)


def happened(connection: Connection, event: str, on: date, at: datetime | None = None, recorded: datetime = NOW) -> int:
    return record_event(
        connection,
        programme="p",
        event=event,
        occurred=Occurred(on, at),
        recorded_by="an",
        recorded_at=recorded,
        document="12/CT-TTg",
    )


def said(connection: Connection, id_: int, kind: str = "done", at: datetime = NOW, on: date = date(2026, 5, 3)) -> int:
    return record_report(
        connection,
        id_,
        kind="done" if kind == "done" else "reopened",
        said_on=on,
        unit="so-khcn",
        recorded_by="an",
        recorded_at=at,
        note="Báo cáo số 15/BC-SKHCN",
        announce=True,
    )


def silenced(connection: Connection, from_: datetime = NOW, until: datetime | None = None, **where: Any) -> int:
    return record_silence(
        connection, from_=from_, until=until, reason="bão số 3", recorded_by="an", recorded_at=NOW, **where
    )


# --- events ---


def test_events_come_oldest_first_whatever_order_they_were_recorded_in(connection: Connection) -> None:
    noon = datetime(2026, 5, 2, 5, tzinfo=UTC)
    happened(connection, "de-an", date(2026, 5, 3))
    happened(connection, "de-an", date(2026, 5, 2))
    happened(connection, "de-an", date(2026, 5, 2), noon)
    happened(connection, "nghi-quyet", date(2026, 5, 1))
    assert events(connection, "p") == {
        "de-an": (Occurred(date(2026, 5, 2), noon), Occurred(date(2026, 5, 2)), Occurred(date(2026, 5, 3))),
        "nghi-quyet": (Occurred(date(2026, 5, 1)),),
    }
    assert events(connection, "q") == {}


def test_a_retracted_event_has_not_happened_but_stays_in_the_register(connection: Connection) -> None:
    wrong = happened(connection, "de-an", date(2026, 5, 3))
    happened(connection, "de-an", date(2026, 5, 4), recorded=NOW + HOUR)
    retract_event(connection, wrong, recorded_by="binh", recorded_at=NOW + DAY, note="nhầm ngày")
    assert events(connection, "p") == {"de-an": (Occurred(date(2026, 5, 4)),)}
    register = [(record.occurred.on.day, record.retracted) for record in event_records(connection, "p")]
    assert register == [(3, True), (4, False)]
    assert event_records(connection)[0].document == "12/CT-TTg"


def test_events_are_read_as_known_at_an_instant(connection: Connection) -> None:
    wrong = happened(connection, "de-an", date(2026, 5, 3))
    retract_event(connection, wrong, recorded_by="binh", recorded_at=NOW + DAY)
    happened(connection, "de-an", date(2026, 5, 1), recorded=NOW + 2 * DAY)
    assert events(connection, "p", until=NOW - HOUR) == {}
    assert events(connection, "p", until=NOW) == {"de-an": (Occurred(date(2026, 5, 3)),)}
    assert events(connection, "p", until=NOW + DAY) == {}
    assert events(connection, "p") == {"de-an": (Occurred(date(2026, 5, 1)),)}


def test_a_record_is_retracted_once_and_a_retraction_never(engine: Engine) -> None:
    with engine.begin() as connection:
        wrong = happened(connection, "de-an", date(2026, 5, 3))
        back = retract_event(connection, wrong, recorded_by="binh", recorded_at=NOW)
        for unknown in (back, 999):
            with pytest.raises(LookupError, match=str(unknown)):
                retract_event(connection, unknown, recorded_by="binh", recorded_at=NOW)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        retract_event(connection, wrong, recorded_by="binh", recorded_at=NOW)


# --- reports ---


def test_done_ends_an_obligation_and_reopened_opens_it_again(connection: Connection) -> None:
    (id_,) = stored(connection, wanted(wake_at=None))
    said(connection, id_, at=NOW + HOUR)
    found = by_ids(connection, [id_])[id_]
    assert (found.state, found.ended_at, found.wake_at) == ("done", NOW + HOUR, NOW + HOUR)
    assert done_on(connection, [id_]) == {id_: date(2026, 5, 3)}
    said(connection, id_, "reopened", NOW + DAY)
    found = by_ids(connection, [id_])[id_]
    assert (found.state, found.ended_at, found.wake_at) == ("open", None, NOW + DAY)
    assert done_on(connection, [id_]) == {}
    said(connection, id_, at=NOW + 2 * DAY)
    announcements = facts_for(connection, [id_])[id_].announcements
    said_done = [Announcement("done", at, turn, by="an") for turn, at in enumerate((NOW + HOUR, NOW + 2 * DAY))]
    assert announcements == tuple(said_done)
    assert [report.kind for report in reports(connection, id_)] == ["done", "reopened", "done"]


def test_a_second_report_is_kept_and_changes_nothing(connection: Connection) -> None:
    (id_,) = stored(connection)
    said(connection, id_)
    said(connection, id_, at=NOW + DAY, on=MAY)
    assert by_ids(connection, [id_])[id_].ended_at == NOW
    assert len(reports(connection, id_)) == 2
    assert len(facts_for(connection, [id_])[id_].announcements) == 1


def test_a_report_opens_and_ends_neither_what_is_closed_nor_what_is_withdrawn(connection: Connection) -> None:
    closed, withdrawn = stored(connection, wanted(key("A.1")), wanted(key("A.2")))
    close(connection, [Closing(closed, NOW, None)], recorded_at=NOW)
    apply(connection)
    for id_, state in ((closed, "closed"), (withdrawn, "withdrawn")):
        said(connection, id_)
        said(connection, id_, "reopened")
        assert by_ids(connection, [id_])[id_].state == state


def test_a_report_on_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        said(connection, 999)


def test_reports_are_read_as_known_at_an_instant(connection: Connection) -> None:
    first, second = stored(connection, wanted(key("A.1")), wanted(key("A.2")))
    said(connection, first, at=NOW + HOUR)
    said(connection, first, "reopened", NOW + DAY)
    said(connection, second, at=NOW + DAY)
    assert last_reports(connection, [first, second], until=NOW) == {}
    assert done_on(connection, [first, second], until=NOW + HOUR) == {first: date(2026, 5, 3)}
    assert done_on(connection, [first, second]) == {second: date(2026, 5, 3)}
    assert [found.kind for found in reports(connection, first, until=NOW + HOUR)] == ["done"]
    assert list(tasks_done(connection, "p", until=NOW + HOUR)) == [key("A.1")]
    assert tasks_done(connection, "p")[key("A.2")].note == "Báo cáo số 15/BC-SKHCN"
    assert tasks_done(connection, "q") == {}


# --- silences ---


@pytest.mark.parametrize(
    ("where", "covered"),
    [
        ({}, ["p/A.1", "p/A.2", "q/A.1"]),
        ({"programme": "p"}, ["p/A.1", "p/A.2"]),
        ({"programme": "p", "task": "A.1"}, ["p/A.1"]),
        ({"task": "A.1"}, ["p/A.1", "q/A.1"]),
        ({"unit": "so-khcn"}, ["p/A.1", "q/A.1"]),
        # What is owed jointly is silenced by its own name only: the other unit is to be reminded still.
        ({"unit": "cong-an+so-khcn"}, ["p/A.2"]),
        ({"programme": "p", "unit": "cong-an"}, []),
        # A person is silenced when the mail is sent, not the obligation.
        ({"person": "gd.skhcn@dongthap.example"}, []),
    ],
)
def test_a_silence_covers_what_it_names(connection: Connection, where: dict[str, str], covered: list[str]) -> None:
    silenced(connection, NOW, None, **where)
    keys = [key("A.1"), key("A.2", unit="cong-an+so-khcn"), key("A.1", programme="q")]
    found = silences_for(connection, keys)
    assert [f"{name.programme}/{name.task}" for name in keys if name in found] == covered
    assert {of for these in found.values() for of in these} <= {Silence(NOW, None)}


def test_a_silence_ends_when_it_is_lifted_if_that_comes_first(connection: Connection) -> None:
    first = silenced(connection, until=NOW + 10 * DAY)
    second = silenced(connection, until=NOW + DAY)
    for silence in (first, second):
        lift_silence(connection, silence, recorded_by="binh", recorded_at=NOW + 2 * DAY)
    assert [s.until for s in silences(connection)] == [NOW + 2 * DAY, NOW + DAY]
    assert [s.until for s in silences(connection, until=NOW + DAY)] == [NOW + 10 * DAY, NOW + DAY]
    assert silences(connection, until=NOW - DAY) == []
    assert silences_for(connection, [key()], until=NOW + DAY)[key()][0] == Silence(NOW, NOW + 10 * DAY)


def test_the_silences_in_force(connection: Connection) -> None:
    silenced(connection, from_=NOW + DAY, until=NOW + 2 * DAY, person="gd.skhcn@dongthap.example")
    open_end = silenced(connection, from_=NOW)
    days = {n: [s.id for s in active_silences(connection, at=NOW + n * DAY)] for n in (-1, 0, 1, 2)}
    assert days == {-1: [], 0: [open_end], 1: [open_end - 1, open_end], 2: [open_end]}


def test_a_silence_is_lifted_once(engine: Engine) -> None:
    with engine.begin() as connection:
        silence = silenced(connection)
        lift_silence(connection, silence, recorded_by="binh", recorded_at=NOW)
    for which in (silence, 999):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            lift_silence(connection, which, recorded_by="binh", recorded_at=NOW)


# --- all together ---


def test_the_facts_of_an_obligation_at_every_point_of_its_life(connection: Connection) -> None:
    apply(connection, wanted(due=MAY, announce=True), at=NOW)
    (id_,) = stored(connection, wanted(due=MAY))
    silenced(connection, task="A.1")
    apply(connection, wanted(due=JUNE, watched_from=NOW + DAY, announce=True), at=NOW + DAY)
    apply(connection, at=NOW + 2 * DAY)
    apply(connection, wanted(due=JUNE, watched_from=NOW + 3 * DAY), at=NOW + 3 * DAY)
    said(connection, id_, at=NOW + 4 * DAY)
    said(connection, id_, "reopened", at=NOW + 5 * DAY)

    silence = (Silence(NOW, None),)
    new, moved = (
        Announcement("new", NOW),
        Announcement("moved", NOW + DAY, 1, MAY, due_at_before=wanted(due=MAY).due_at),
    )
    done = Announcement("done", NOW + 4 * DAY, by="an")
    life = [
        Facts(NOW, silences=silence, announcements=(new,)),
        Facts(NOW + DAY, 1, silences=silence, announcements=(new, moved)),
        Facts(NOW + DAY, 1, withdrawn_at=NOW + 2 * DAY, silences=silence, announcements=(new, moved)),
        Facts(NOW + 3 * DAY, 1, silences=silence, announcements=(new, moved)),
        Facts(NOW + 3 * DAY, 1, done_at=NOW + 4 * DAY, silences=silence, announcements=(new, moved, done)),
        Facts(NOW + 3 * DAY, 1, silences=silence, announcements=(new, moved, done)),
    ]
    assert [facts_for(connection, [id_], until=NOW + n * DAY)[id_] for n in range(6)] == life
    assert facts_for(connection, [id_])[id_] == life[-1]


def test_the_facts_of_one_that_was_closed(connection: Connection) -> None:
    (id_,) = stored(connection)
    close(connection, [Closing(id_, NOW + DAY, None)], recorded_at=NOW + DAY)
    assert facts_for(connection, [id_])[id_] == Facts(NOW, closed_at=NOW + DAY)
    assert facts_for(connection, [id_], until=NOW)[id_] == Facts(NOW)
    assert facts_for(connection, [id_], until=NOW + DAY)[id_] == Facts(NOW, closed_at=NOW + DAY)


def test_the_facts_of_thousands_cost_a_few_statements(engine: Engine, connection: Connection) -> None:
    ids = stored(connection, *many(6_000))
    silenced(connection, task="T.00001")
    said(connection, ids[2])
    with statements(engine) as seen:
        found = facts_for(connection, ids)
    assert len(seen) == 2 * 4  # two chunks: obligations, changes, answers, silences
    with statements(engine) as seen:
        then = facts_for(connection, ids, until=NOW)
    assert len(seen) == 2 * 5  # and the reports
    woken = waking(connection, now=NOW, limit=6_000)
    with statements(engine) as seen:
        assert facts_of(connection, woken) == found
    assert len(seen) == 2 * 3  # the obligations were read before
    assert found == then
    assert len(found) == 6_000
    assert [id_ for id_ in ids if found[id_].silences] == [ids[1]]
    assert [id_ for id_ in ids if found[id_].done_at] == [ids[2]]


def test_facts_are_only_ever_added(engine: Engine, connection: Connection) -> None:
    (id_,) = stored(connection)
    with statements(engine) as seen:
        retract_event(connection, happened(connection, "de-an", MAY), recorded_by="an", recorded_at=NOW)
        lift_silence(connection, silenced(connection), recorded_by="an", recorded_at=NOW)
        said(connection, id_)
        said(connection, id_, "reopened")
        apply(connection, wanted(due=JUNE), at=NOW + DAY)
        apply(connection, at=NOW + 2 * DAY)
    changed = starting(["UPDATE", "DELETE"], seen)
    assert changed
    assert all(statement.startswith("UPDATE obligation ") for statement in changed)


def test_names_with_strange_letters_do_no_harm(connection: Connection) -> None:
    name = ObligationKey("p'; DROP TABLE report; --", "A.1%", "phát động", "sở_khcn", "2026-05-10#2")
    (id_,) = stored(connection, wanted(name))
    silenced(connection, programme=name.programme, task=name.task)
    assert facts_for(connection, [id_])[id_].silences == (Silence(NOW, None),)
