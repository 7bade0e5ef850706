"""db.obligations: which are looked at, and the listings."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Connection, Engine

from db.engine import open_engine
from db.facts import record_report
from db.missed import missed_before, missed_when_due
from db.obligations import (
    Closing,
    Filter,
    OpenCounts,
    StoredObligation,
    by_ids,
    by_key,
    close,
    count_open,
    listing,
    set_wake,
    wake,
    waking,
)
from rules.obligation import ObligationKey
from tests.db.samples import DAY, HOUR, NOW, apply, key, many, starting, statements, stored, wanted


def test_those_wake_whose_time_has_come_the_earliest_first(connection: Connection) -> None:
    times = {"A.1": NOW, "A.2": NOW + HOUR, "A.3": NOW - DAY, "A.4": None, "A.5": NOW - HOUR}
    stored(connection, *(wanted(key(task), wake_at=at) for task, at in times.items()))
    found = waking(connection, now=NOW)
    assert [w.key.task for w in found] == ["A.3", "A.5", "A.1"]
    assert found[0].watched_from == NOW
    assert (found[0].state, found[0].kind, found[0].wake_at) == ("open", "task", NOW - DAY)


def test_pages_of_those_that_wake_leave_none_out_and_repeat_none(connection: Connection) -> None:
    # Three instants, so that pages end in the midst of those that wake together.
    stored(connection, *(wanted(key(f"T.{n:02}"), wake_at=NOW - (n % 3) * HOUR) for n in range(40)))
    seen, after = [], None
    while page := waking(connection, now=NOW, after=after, limit=7):
        seen += [w.id for w in page]
        after = (page[-1].wake_at, page[-1].id)
        set_wake(connection, [(w.id, None) for w in page[:3]])
    assert len(seen) == len(set(seen)) == 40


def test_one_that_was_done_is_looked_at_once_more(connection: Connection) -> None:
    (id_,) = stored(connection, wanted(wake_at=None))
    record_report(
        connection, id_, kind="done", said_on=date(2026, 5, 4), unit="so-khcn", recorded_by="an", recorded_at=NOW
    )
    assert [(w.id, w.state) for w in waking(connection, now=NOW)] == [(id_, "done")]
    set_wake(connection, [(id_, None)])
    assert waking(connection, now=NOW + DAY) == []


def test_ten_thousand_times_are_set_in_a_few_statements(engine: Engine, connection: Connection) -> None:
    ids = stored(connection, *many(10_000))
    with statements(engine) as seen:
        set_wake(connection, ((id_, NOW + DAY) for id_ in ids))
    assert len(seen) == 2
    assert waking(connection, now=NOW + HOUR) == []


def test_each_wakes_at_its_own_time(connection: Connection) -> None:
    ids = stored(connection, *many(600))
    # Hundreds at one instant, hundreds never again, and a hundred each at an instant of its own.
    times = {id_: (NOW + DAY, None, NOW + place * HOUR)[min(place // 250, 2)] for place, id_ in enumerate(ids)}
    set_wake(connection, times.items())
    assert {id_: found.wake_at for id_, found in by_ids(connection, ids).items()} == times


def test_the_index_answers_what_wakes(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.begin() as connection:
        with statements(engine) as seen:
            waking(connection, now=NOW, after=(NOW, 3))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {seen[-1]}", ("", "", 0, 0, 0)).all()
    engine.dispose()
    assert "USING INDEX ix_obligation_waking" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_a_fact_moves_the_time_to_wake_up_and_never_back(connection: Connection) -> None:
    first, second, third = stored(
        connection,
        wanted(key("A.1"), wake_at=NOW + DAY),
        wanted(key("A.2"), wake_at=NOW - DAY),
        wanted(key("A.3", programme="q"), wake_at=None),
    )
    assert wake(connection, at=NOW, which=Filter(programme="p")) == 1
    assert wake(connection, at=NOW, ids=[first, second, third]) == 1
    assert {o.id: o.wake_at for o in listing(connection)} == {first: NOW, second: NOW - DAY, third: NOW}


def test_the_next_occurrence_counts_what_went_unreported_before_it(connection: Connection) -> None:
    days = [key(on=f"2026-05-0{day}") for day in (4, 5, 6, 7)]
    ids = stored(connection, *(wanted(day) for day in days))
    assert close(connection, [], recorded_at=NOW) == 0
    # After a weekend of downtime: two at once, oldest first.
    closings = [Closing(ids[0], NOW + DAY, days[1]), Closing(ids[1], NOW + 2 * DAY, days[2])]
    assert close(connection, closings, recorded_at=NOW) == 2
    assert [o.missed_before for o in listing(connection)] == [0, 1, 2, 0]
    assert sorted(missed_before(connection, [o.id for o in listing(connection)]).values()) == [1, 2]
    assert [o.state for o in listing(connection)] == ["closed", "closed", "open", "open"]
    assert [o.ended_at for o in listing(connection)][:2] == [NOW + DAY, NOW + 2 * DAY]
    record_report(
        connection, ids[2], kind="done", said_on=date(2026, 5, 6), unit="so-khcn", recorded_by="an", recorded_at=NOW
    )
    assert close(connection, [Closing(ids[2], NOW + 3 * DAY, days[3])], recorded_at=NOW) == 0
    assert one(connection, days[3]).missed_before == 0


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_count_does_not_hang_on_the_order_of_closing(
    connection: Connection, order: tuple[int, ...], at_once: bool
) -> None:
    days = [key(on=f"2026-05-0{day}") for day in (4, 5, 6, 7, 8)]
    ids = stored(connection, *(wanted(day) for day in days), wanted(key(unit="so-tai-chinh", on="2026-05-03")))
    closings = [Closing(ids[n], NOW + n * DAY, days[n + 1]) for n in order]
    for some in [closings] if at_once else [[one] for one in closings]:
        close(connection, some, recorded_at=NOW)
    assert [o.missed_before for o in listing(connection)] == [0, 1, 2, 3, 0, 0]


ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_one_that_is_late_and_not_closed_yet_counts_with_those_before_it(connection: Connection) -> None:
    days = [key(on=f"2026-05-0{day}") for day in (4, 5, 6, 7)]
    ids = stored(connection, *(wanted(day, late_at=NOW + n * DAY) for n, day in enumerate(days)), wanted(key("A.9")))
    close(connection, [Closing(ids[0], NOW, days[1])], recorded_at=NOW)
    for now, expected in (
        (NOW, {}),
        (NOW + DAY, {}),  # the hour itself is kept
        (NOW + DAY + timedelta(seconds=1), {ids[2]: 2}),
        (NOW + 3 * DAY, {ids[2]: 2, ids[3]: 1}),
    ):
        assert missed_when_due(connection, ids, now=now, zone=ZONE) == expected


def one(connection: Connection, name: ObligationKey) -> StoredObligation:
    found = by_key(connection, name)
    assert found is not None
    return found


def test_one_is_found_by_its_name_and_by_its_number(connection: Connection) -> None:
    name = key("A.1", part="báo cáo", unit="so-khcn+cong-an", on="2026-05-29")
    (id_,) = stored(connection, wanted(name))
    assert one(connection, name).id == id_
    assert by_key(connection, key("A.1")) is None
    assert by_ids(connection, [id_, 999]) == {id_: one(connection, name)}


@pytest.mark.parametrize(
    ("which", "tasks"),
    [
        (Filter(), ["A.1", "A.2", "B.1", "A.1"]),
        (Filter(programme="p"), ["A.1", "A.2", "B.1"]),
        (Filter(programme="p", task="A.1"), ["A.1"]),
        # Jointly owed ones are the unit's too; a unit whose name only begins alike is another one.
        (Filter(unit="so-khcn"), ["A.1", "A.2", "A.1"]),
        (Filter(unit="so"), []),
        (Filter(unit="so_khcn"), []),
        (Filter(states=("done",)), ["A.2"]),
        (Filter(kinds=("watch",)), []),
        (Filter(due_by=date(2026, 5, 29)), ["A.1", "A.2"]),
        (Filter(late_by=NOW, states=("open",)), []),
    ],
)
def test_a_listing_shows_what_passes_the_filter(connection: Connection, which: Filter, tasks: list[str]) -> None:
    ids = stored(
        connection,
        wanted(key("A.1", unit="cong-an+so-khcn")),
        wanted(key("A.2")),
        wanted(key("B.1", unit="so-khcn-2"), date(2026, 6, 30)),
        wanted(key("A.1", programme="q"), None),
    )
    record_report(
        connection, ids[1], kind="done", said_on=date(2026, 5, 4), unit="so-khcn", recorded_by="an", recorded_at=NOW
    )
    assert sorted(o.key.task for o in listing(connection, which)) == sorted(tasks)


def test_a_listing_goes_on_where_the_last_one_ended(connection: Connection) -> None:
    ids = sorted(stored(connection, *many(5)))
    assert [o.id for o in listing(connection, limit=2)] == ids[:2]
    assert [o.id for o in listing(connection, after=ids[1])] == ids[2:]


def test_the_counts_of_a_summary(engine: Engine, connection: Connection) -> None:
    days = [date(2026, 4, 30), date(2026, 5, 15), date(2026, 5, 18), date(2026, 5, 19), None]
    stored(connection, *(wanted(key(f"A.{n}"), day) for n, day in enumerate(days)))
    apply(connection, wanted(key("W.1"))._replace(kind="watch"), scope=[])
    with statements(engine) as seen:
        found = count_open(connection, now=NOW, soon_until=NOW + 14 * DAY, which=Filter(kinds=("task",)))
    # 18 May ends at 17:00 UTC, which lies beyond the fourteenth day from NOW.
    assert found == OpenCounts(total=5, late=1, due_soon=1)
    assert len(starting(["SELECT"], seen)) == 1
    assert count_open(connection, now=NOW, soon_until=NOW).total == 6
