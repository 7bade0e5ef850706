"""db.sync: the open obligations become those that are wanted, and what happened to each is recorded."""

from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from db import tables as t
from db.facts import facts_for, record_report
from db.obligations import Closing, Filter, StoredObligation, by_key, close, listing
from db.sync import SyncCounts
from rules.obligation import Announcement, ObligationKey
from tests.db.samples import DAY, HOUR, NOW, apply, key, many, statements, stored, wanted

MAY, JUNE = date(2026, 5, 29), date(2026, 6, 30)


class Change(NamedTuple):
    kind: str
    turn: int
    announce: bool
    before: date | None
    after: date | None


def changes(connection: Connection, name: ObligationKey) -> list[Change]:
    c = t.change.c
    query = sa.select(c.kind, c.turn, c.announce, c.due_before, c.due_after)
    rows = connection.execute(query.where(c.obligation_id == one(connection, name).id).order_by(c.id))
    return [Change(*row) for row in rows]


def one(connection: Connection, name: ObligationKey) -> StoredObligation:
    found = by_key(connection, name)
    assert found is not None
    return found


def test_what_is_wanted_and_not_there_is_added(connection: Connection) -> None:
    first = wanted(key("A.1"), MAY, strict_on=date(2026, 5, 28))
    assert apply(connection, first, wanted(key("A.2"), None, wake_at=None)) == SyncCounts(2, 2, 0, 0, 0, 0)
    found = one(connection, key("A.1"))
    assert (found.state, found.kind, found.edition, found.missed_before) == ("open", "task", 0, 0)
    assert (found.due_on, found.strict_on, found.late_at, found.wake_at) == (MAY, date(2026, 5, 28), first.late_at, NOW)
    assert one(connection, key("A.2")).due_on is None
    assert changes(connection, key("A.1")) == []


def test_applying_the_same_again_writes_nothing(connection: Connection) -> None:
    those = many(50)
    apply(connection, *those)
    assert apply(connection, *those, at=NOW + DAY) == SyncCounts(50, 0, 0, 0, 0, 0)
    assert {found.revision for found in listing(connection)} == {1}


def test_a_new_one_is_announced_when_asked_for(connection: Connection) -> None:
    apply(connection, wanted(announce=True, why="7 ngày sau", document="07-QĐ/BCĐ"))
    assert changes(connection, key()) == [Change("new", 0, True, None, MAY)]
    id_ = one(connection, key()).id
    assert facts_for(connection, [id_])[id_].announcements == (Announcement("new", NOW),)


def test_one_that_moves_begins_anew_with_the_next_edition(connection: Connection) -> None:
    apply(connection, wanted(due=MAY))
    later = NOW + 3 * DAY
    counts = apply(connection, wanted(due=JUNE, watched_from=later, announce=True), at=later)
    assert counts == SyncCounts(1, 0, 1, 0, 0, 1)
    found = one(connection, key())
    assert (found.due_on, found.watched_from, found.edition, found.revision) == (JUNE, later, 1, 2)
    assert changes(connection, key()) == [Change("moved", 1, True, MAY, JUNE)]
    apply(connection, wanted(due=MAY), at=later + DAY)
    assert changes(connection, key())[1:] == [Change("moved", 2, False, JUNE, MAY)]
    assert one(connection, key()).edition == 2


def test_what_does_not_bear_on_the_deadline_is_written_without_a_move(connection: Connection) -> None:
    apply(connection, wanted())
    counts = apply(connection, wanted(strict_on=MAY, watched_from=NOW + DAY), at=NOW + DAY)
    assert counts == SyncCounts(1, 0, 0, 0, 0, 1)
    found = one(connection, key())
    assert (found.strict_on, found.watched_from, found.edition) == (MAY, NOW, 0)


@pytest.mark.parametrize(
    ("before", "given", "after"),
    [
        (NOW, NOW + DAY, NOW),  # never later than the truth: the earlier one stays
        (NOW + DAY, NOW, NOW),
        (None, NOW, NOW),
        (NOW, None, NOW),
        (None, None, None),
    ],
)
def test_the_time_to_wake_is_only_ever_moved_up(
    connection: Connection, before: datetime | None, given: datetime | None, after: datetime | None
) -> None:
    apply(connection, wanted(wake_at=before))
    apply(connection, wanted(wake_at=given))
    assert one(connection, key()).wake_at == after


def test_what_is_wanted_no_longer_is_withdrawn_and_looked_at_once_more(connection: Connection) -> None:
    apply(connection, wanted(key("A.1"), wake_at=None), wanted(key("A.2")))
    later = NOW + DAY
    assert apply(connection, wanted(key("A.2")), at=later) == SyncCounts(1, 0, 0, 0, 1, 0)
    found = one(connection, key("A.1"))
    assert (found.state, found.ended_at, found.wake_at) == ("withdrawn", later, later)
    assert changes(connection, key("A.1")) == [Change("withdrawn", 0, False, MAY, None)]


def test_what_comes_back_is_reopened_and_watched_from_then_on(connection: Connection) -> None:
    apply(connection, wanted())
    apply(connection, at=NOW + DAY)
    back = NOW + 2 * DAY
    counts = apply(connection, wanted(watched_from=back), at=back)
    assert counts == SyncCounts(1, 0, 0, 1, 0, 1)
    found = one(connection, key())
    assert (found.state, found.ended_at, found.watched_from, found.edition) == ("open", None, back, 0)
    apply(connection, at=back + DAY)
    apply(connection, wanted(due=JUNE), at=back + 2 * DAY)
    kinds = [(change.kind, change.turn) for change in changes(connection, key())]
    assert kinds == [("withdrawn", 0), ("reopened", 0), ("withdrawn", 1), ("reopened", 1), ("moved", 1)]


def test_what_is_done_or_closed_is_never_touched(connection: Connection) -> None:
    done, closed = stored(connection, wanted(key("A.1")), wanted(key("A.2")))
    record_report(connection, done, kind="done", said_on=MAY, unit="so-khcn", recorded_by="an", recorded_at=NOW + HOUR)
    close(connection, [Closing(closed, NOW + HOUR, None)], recorded_at=NOW)
    before = listing(connection)
    assert apply(connection, wanted(key("A.1"), JUNE), at=NOW + DAY).touched == 0
    assert apply(connection, at=NOW + DAY).withdrawn == 0
    assert listing(connection) == before


def test_a_scope_limits_what_is_withdrawn(connection: Connection) -> None:
    p, q = key(programme="p"), key(programme="q")
    apply(connection, wanted(p), wanted(q))
    assert apply(connection, wanted(key("A.9", programme="p")), scope=[]).withdrawn == 0
    assert apply(connection, scope=["p"]).withdrawn == 2
    assert one(connection, q).state == "open"
    assert apply(connection).withdrawn == 1


def test_wanting_one_twice_is_an_error(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        apply(connection, wanted(), wanted())
    with engine.begin() as connection:
        assert listing(connection) == []
        apply(connection, wanted())


def test_an_instant_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="without its zone"), engine.begin() as connection:
        apply(connection, wanted(late_at=datetime(2026, 5, 4)))


def test_many_cost_few_statements_and_progress_is_told(engine: Engine, connection: Connection) -> None:
    told: list[int] = []
    with statements(engine) as seen:
        apply(connection, *many(12_000), progress=told.append)
    assert told == [5_000, 10_000, 12_000]
    assert len(seen) < 25
    with statements(engine) as seen:
        apply(connection, *many(12_000, due=JUNE, announce=True), at=NOW + DAY)
    assert len(seen) < 25


def test_a_rehearsal_that_is_rolled_back_leaves_no_trace(engine: Engine) -> None:
    with engine.connect() as connection:
        assert apply(connection, *many(10)).new == 10
        connection.rollback()
        assert listing(connection) == []


STATES = st.dictionaries(
    st.sampled_from(["A.1", "A.2", "A.3", "A.4"]),
    st.sampled_from([None, date(2026, 5, 29), date(2026, 6, 30), date(2026, 12, 31)]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(STATES, max_size=5))
def test_after_every_sync_the_open_ones_are_those_wanted(engine: Engine, rounds: list[dict[str, date | None]]) -> None:
    with engine.connect() as connection:
        for number, those in enumerate(rounds):
            at = NOW + number * DAY
            counts = apply(connection, *(wanted(key(task), due) for task, due in those.items()), at=at)
            found = listing(connection, Filter(states=("open",)))
            assert {o.key.task: o.due_on for o in found} == those
            assert counts.wanted == len(those)
            # What moved is looked at once more, so the second time may find a `wake_at` to bring forward; the third none.
            again = [apply(connection, *(wanted(key(task), due) for task, due in those.items()), at=at) for _ in "23"]
            assert replace(again[0], touched=0) == again[1] == SyncCounts(len(those), 0, 0, 0, 0, 0)
        moves = sa.select(sa.func.count()).where(t.change.c.kind == "moved")
        assert sum(o.edition for o in listing(connection)) == connection.execute(moves).scalar_one()
        connection.rollback()
