"""db.outbox: every message is claimed by one worker at a time, and its end is recorded."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from db import outbox
from db import tables as t
from db.outbox import Claimed, Sent, StoredMessage
from tests.db import workers
from tests.db.samples import CONG_AN, DAY, HOUR, NOW, SO_KHCN, mail, statements

LEASE = timedelta(minutes=5)


def take(
    connection: Connection, *, worker: str = "w", limit: int = 10, after: timedelta = timedelta(0)
) -> list[Claimed]:
    return outbox.claim(connection, now=NOW + after, worker=worker, limit=limit, lease=LEASE)


def state(connection: Connection, id_: int) -> StoredMessage:
    return outbox.by_ids(connection, [id_])[id_]


def queue(connection: Connection, count: int = 1) -> list[int]:
    return list(outbox.enqueue(connection, [mail(number) for number in range(count)]).values())


def sent(id_: int, after: timedelta = timedelta(0)) -> Sent:
    return Sent(id_, NOW + after, f"<{id_}@dondoc>", "Nhắc việc", "250 OK")


def test_a_message_exists_once_for_its_key(connection: Connection) -> None:
    first = outbox.enqueue(connection, [mail(1), mail(2)])
    again = outbox.enqueue(connection, [mail(2), mail(3)])
    assert again[f"{SO_KHCN}/2"] == first[f"{SO_KHCN}/2"]
    assert outbox.count_messages(connection) == {"pending": 3}


def test_those_that_wait_longest_are_taken_first_and_none_before_its_time(connection: Connection) -> None:
    times = {1: NOW, 2: NOW - HOUR, 3: NOW + HOUR, 4: NOW - DAY}
    outbox.enqueue(connection, [mail(number, not_before=at) for number, at in times.items()])
    assert [claimed.key[-1] for claimed in take(connection, limit=2)] == ["4", "2"]
    assert [claimed.key[-1] for claimed in take(connection)] == ["1"]
    assert outbox.next_due(connection) == NOW + HOUR
    assert [claimed.key[-1] for claimed in take(connection, after=HOUR)] == ["1", "2", "4", "3"]
    assert outbox.next_due(connection) is None


def test_a_claim_says_whose_it_is_and_for_how_long(connection: Connection) -> None:
    (id_,) = queue(connection)
    (claimed,) = take(connection)
    assert claimed == Claimed(id_, f"{SO_KHCN}/0", SO_KHCN, "digest", NOW, 1, 0)
    found = state(connection, id_)
    assert (found.state, found.claimed_by, found.locked_until, found.attempts) == ("sending", "w", NOW + LEASE, 1)
    assert take(connection, worker="v", after=LEASE - timedelta(seconds=1)) == []


def test_a_claim_that_ran_out_may_have_been_sent_twice(connection: Connection) -> None:
    queue(connection)
    take(connection)
    (again,) = take(connection, worker="v", after=LEASE)
    assert (again.attempts, again.possible_duplicate) == (2, 1)


def test_four_processes_claim_every_message_exactly_once(engine: Engine, database_url: str) -> None:
    with engine.begin() as connection:
        ids = queue(connection, 200)
    printed = workers.run("claim", database_url, 4)
    claimed = [int(line) for text in printed for line in text.split()]
    assert sorted(claimed) == sorted(ids)


def test_what_was_sent_is_marked_whoever_holds_the_claim_now(connection: Connection) -> None:
    first, second = queue(connection, 2)
    take(connection)
    take(connection, worker="v", after=LEASE)
    assert outbox.mark_sent(connection, [sent(first), sent(second)]) == 2
    found = state(connection, first)
    assert (found.state, found.sent_at, found.smtp_id) == ("sent", NOW, f"<{first}@dondoc>")
    assert (found.subject, found.verdict, found.claimed_by) == ("Nhắc việc", "250 OK", None)
    assert outbox.mark_sent(connection, [sent(first, DAY)]) == 0
    assert take(connection, after=DAY) == []


def test_a_failure_waits_for_its_next_try(connection: Connection) -> None:
    (id_,) = queue(connection)
    take(connection)
    assert outbox.postpone(connection, id_, worker="w", next_try_at=NOW + HOUR, error="451 greylisted")
    found = state(connection, id_)
    assert (found.state, found.next_try_at, found.last_error) == ("pending", NOW + HOUR, "451 greylisted")
    assert take(connection) == []
    assert take(connection, after=HOUR)[0].attempts == 2


def test_a_refusal_is_set_aside_until_somebody_retries_it(connection: Connection) -> None:
    (id_,) = queue(connection)
    take(connection)
    assert outbox.park(connection, id_, worker="w", error="550 no such user")
    assert take(connection, after=DAY) == []
    assert outbox.retry(connection, [id_], at=NOW + DAY) == 1
    assert take(connection, after=DAY)[0].attempts == 1


def test_a_message_with_nothing_left_to_say_is_empty(connection: Connection) -> None:
    (id_,) = queue(connection)
    take(connection)
    assert outbox.mark_empty(connection, id_, worker="w")
    assert state(connection, id_).state == "empty"


def test_waiting_for_the_window_costs_no_attempt(connection: Connection) -> None:
    (id_,) = queue(connection)
    take(connection)
    assert outbox.defer(connection, id_, worker="w", until=NOW + DAY, why="daily cap")
    found = state(connection, id_)
    assert (found.state, found.next_try_at, found.attempts, found.verdict) == ("pending", NOW + DAY, 0, "daily cap")


def test_who_lost_a_claim_decides_nothing_any_more(connection: Connection) -> None:
    (id_,) = queue(connection)
    take(connection)
    take(connection, worker="v", after=LEASE)
    assert not outbox.postpone(connection, id_, worker="w", next_try_at=NOW + DAY, error="451")
    assert not outbox.park(connection, id_, worker="w", error="550")
    assert not outbox.mark_empty(connection, id_, worker="w")
    assert not outbox.defer(connection, id_, worker="w", until=NOW + DAY, why="night")
    assert outbox.release(connection, worker="w") == 0
    assert state(connection, id_).claimed_by == "v"


def test_a_worker_that_stops_gives_back_what_it_has_not_tried(connection: Connection) -> None:
    first, second, third = queue(connection, 3)
    take(connection)
    outbox.mark_sent(connection, [sent(first)])
    assert outbox.release(connection, worker="w", ids=[second]) == 1
    assert outbox.release(connection, worker="w") == 1
    assert [(c.id, c.attempts, c.possible_duplicate) for c in take(connection)] == [(second, 1, 0), (third, 1, 0)]


def test_only_what_waits_can_be_dropped(connection: Connection) -> None:
    first, second = queue(connection, 2)
    take(connection, limit=1)
    assert outbox.drop(connection, [first, second], reason="stopped by hand") == 1
    assert (state(connection, first).state, state(connection, second).state) == ("sending", "dropped")
    assert state(connection, second).verdict == "stopped by hand"


def test_the_cap_counts_what_each_person_was_sent(connection: Connection) -> None:
    messages = [mail(1), mail(2), mail(3), mail(1, CONG_AN)]
    one, two, three, other = outbox.enqueue(connection, messages).values()
    outbox.mark_sent(connection, [sent(one), sent(two, HOUR), sent(three, DAY), sent(other, HOUR)])
    assert outbox.count_sent(connection, from_=NOW, until=NOW + DAY) == {SO_KHCN: 2, CONG_AN: 1}
    today = outbox.count_sent(connection, from_=NOW, until=NOW + DAY, persons=[SO_KHCN, "ai@dongthap.example"])
    assert today == {SO_KHCN: 2}


def test_a_listing_shows_the_newest_first(connection: Connection) -> None:
    ids = queue(connection, 3) + list(outbox.enqueue(connection, [mail(9, CONG_AN)]).values())
    outbox.mark_sent(connection, [sent(ids[0])])
    assert [m.id for m in outbox.listing(connection)] == ids[::-1]
    assert [m.id for m in outbox.listing(connection, states=["sent", "parked"])] == [ids[0]]
    assert [m.id for m in outbox.listing(connection, person=SO_KHCN, limit=2)] == [ids[2], ids[1]]


def test_the_text_of_a_message_is_kept_and_the_last_rendering_counts(connection: Connection) -> None:
    first, second = queue(connection, 2)
    outbox.store_bodies(connection, [(first, b"one"), (second, b"\xff\x00")], rendered_at=NOW)
    outbox.store_bodies(connection, [(first, "Kính gửi".encode())], rendered_at=NOW + HOUR)
    assert outbox.body_of(connection, first) == "Kính gửi".encode()
    assert outbox.body_of(connection, second) == b"\xff\x00"
    assert outbox.body_of(connection, 999) is None


@pytest.mark.parametrize(
    "values",
    [{"state": "sending"}, {"state": "sent"}, {"claimed_by": "w", "locked_until": NOW}, {"state": "lost"}],
)
def test_the_database_itself_refuses_what_makes_no_sense(engine: Engine, values: dict[str, object]) -> None:
    with engine.begin() as connection:
        queue(connection)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(sa.update(t.message).values(values))


def test_a_claim_and_its_marks_cost_a_few_statements(engine: Engine, connection: Connection) -> None:
    queue(connection, 60)
    with statements(engine) as seen:
        claimed = take(connection, limit=50)
        outbox.mark_sent(connection, [sent(c.id) for c in claimed])
    assert len(claimed) == 50
    assert len(seen) == 4


def test_a_message_goes_by_its_number_its_key_and_its_message_id(connection: Connection) -> None:
    first, second = queue(connection, 2)
    outbox.mark_sent(connection, [sent(first)])
    names = (str(first), f"{SO_KHCN}/0", f"<{first}@dondoc>", f"{first}@dondoc")
    assert [[found.id for found in outbox.named(connection, name)] for name in names] == [[first]] * 4
    assert [found.id for found in outbox.named(connection, str(second))] == [second]
    assert [outbox.named(connection, name) for name in ("", "999", "9" * 18, "9" * 40, "²", "x@dondoc")] == [[]] * 6


def test_the_messages_of_a_person_are_those_sent_in_the_span_or_waiting_in_it(connection: Connection) -> None:
    sent_before, sent_in_it, waiting = queue(connection, 3)
    outbox.enqueue(connection, [mail(9, person=CONG_AN)])
    outbox.mark_sent(connection, [sent(sent_before, -DAY), sent(sent_in_it, HOUR)])
    found = outbox.to_person(connection, SO_KHCN, from_=NOW, until=NOW + DAY)
    assert [one.id for one in found] == [sent_in_it, waiting]
    assert outbox.to_person(connection, SO_KHCN, from_=NOW + DAY, until=NOW + DAY + HOUR) == []
