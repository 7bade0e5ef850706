"""db.ledger: a slot is written once, and every notice ends as sent or with a reason."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from db import ledger, outbox
from db import tables as t
from db.ledger import Settlement
from rules.obligation import Notice, Reason, Slot
from tests.db.samples import CONG_AN, DAY, HOUR, NOW, SO_KHCN, key, mail, many, owed, statements, stored, unsent, wanted


def only(connection: Connection, id_: int) -> Notice:
    (notice,) = ledger.notices_for(connection, [id_])[id_].values()
    return notice


def post(connection: Connection, id_: int, *notices: Notice) -> int:
    """Write notices and put what is owed into one message; return the message's id."""
    ledger.record(connection, [(id_, notice) for notice in notices], decided_at=NOW)
    (message,) = outbox.enqueue(connection, [mail()]).values()
    ledger.attach(connection, [message])
    return message


def test_what_was_written_is_read_back(connection: Connection) -> None:
    first, second = stored(connection, wanted(key("A.1")), wanted(key("A.2")))
    notices = [owed("due", edition=1), owed("late", turn=3), unsent("heads-up", why=Reason.TOO_OLD)]
    nobody = replace(unsent("due"), person=None, reason=Reason.NOBODY)
    written = ledger.record(connection, [*((first, n) for n in notices), (second, nobody)], decided_at=NOW)
    assert written == 4
    found = ledger.notices_for(connection, [first, second])
    assert found == {first: {n.slot: n for n in notices}, second: {nobody.slot: nobody}}
    assert ledger.notices_for(connection, [999]) == {999: {}}


def test_a_slot_that_is_taken_stays_as_it_is(connection: Connection) -> None:
    (id_,) = stored(connection)
    assert ledger.record(connection, [(id_, owed())], decided_at=NOW) == 1
    again = [(id_, owed(person=CONG_AN, at=NOW + DAY))]
    assert ledger.record(connection, again, decided_at=NOW + DAY) == 0
    assert only(connection, id_) == owed()


def test_each_part_of_a_slot_tells_notices_apart(connection: Connection) -> None:
    (id_,) = stored(connection)
    slots = [
        Slot("late", 0, "so-khcn", "head"),
        Slot("due", 0, "so-khcn", "head"),
        Slot("late", 1, "so-khcn", "head"),
        Slot("late", 0, "cong-an", "head"),
        Slot("late", 0, "so-khcn", "focal"),
        Slot("late", 0, "so-khcn", "head", 1),
    ]
    assert ledger.record(connection, [(id_, replace(owed(), slot=slot)) for slot in slots], decided_at=NOW) == 6
    assert set(ledger.notices_for(connection, [id_])[id_]) == set(slots)


def test_what_is_owed_may_be_settled_as_not_sent(connection: Connection) -> None:
    (id_,) = stored(connection)
    ledger.record(connection, [(id_, owed())], decided_at=NOW)
    given_up = unsent(why=Reason.SUPERSEDED, at=NOW + DAY)
    assert ledger.record(connection, [(id_, given_up)], decided_at=NOW + DAY) == 1
    assert only(connection, id_) == given_up


def test_what_was_sent_stays_sent(connection: Connection) -> None:
    (id_,) = stored(connection)
    message = post(connection, id_, owed())
    assert ledger.settle_sent(connection, [message], at=NOW + HOUR) == 1
    sent = replace(owed(), state="sent", settled_at=NOW + HOUR)
    assert only(connection, id_) == sent
    assert ledger.record(connection, [(id_, unsent())], decided_at=NOW + DAY) == 0
    assert ledger.give_up(connection, [message], reason=Reason.DROPPED, at=NOW) == 0
    assert ledger.settle_sent(connection, [message], at=NOW + DAY) == 0
    assert only(connection, id_) == sent


STATES = st.sampled_from(["owed", *Reason])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(STATES, min_size=1))
def test_the_first_reason_given_is_the_one_that_stays(engine: Engine, words: list[str]) -> None:
    with engine.connect() as connection:
        (id_,) = stored(connection)
        for word in words:
            notice = owed() if word == "owed" else unsent(why=Reason(word))
            ledger.record(connection, [(id_, notice)], decided_at=NOW)
        reasons = [word for word in words if word != "owed"]
        assert only(connection, id_).reason == (reasons[0] if reasons else None)
        connection.rollback()


def test_nothing_is_written_as_sent(connection: Connection) -> None:
    (id_,) = stored(connection)
    with pytest.raises(ValueError, match="owed before it is sent"):
        ledger.record(connection, [(id_, replace(owed(), state="sent"))], decided_at=NOW)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "sent", "settled_at": NOW},  # in no message
        {"state": "not_sent", "settled_at": NOW},  # for no reason
        {"state": "not_sent", "reason": "silenced"},  # at no instant
        {"state": "owed", "reason": "silenced"},
        {"state": "lost"},
        {"role": "mayor"},
        {"state": "not_sent", "settled_at": NOW, "reason": "tired"},
    ],
)
def test_the_database_itself_refuses_what_makes_no_sense(engine: Engine, values: dict[str, object]) -> None:
    with engine.begin() as connection:
        (id_,) = stored(connection)
        ledger.record(connection, [(id_, owed())], decided_at=NOW)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(sa.update(t.notice).values(values))


def test_notices_wait_by_person_until_they_are_in_a_message(connection: Connection) -> None:
    (id_,) = stored(connection)
    notices = [owed("due", at=NOW + HOUR), owed("late"), owed("chair", person=CONG_AN), unsent("heads-up")]
    ledger.record(connection, [(id_, notice) for notice in notices], decided_at=NOW)
    free = ledger.first_free(connection)
    assert free.keys() == {SO_KHCN, CONG_AN}
    assert free[SO_KHCN] < free[CONG_AN]
    mails = [mail(), mail(2), mail(person=CONG_AN)]
    messages = outbox.enqueue(connection, mails)
    first, again, second = (messages[mail.key] for mail in mails)
    assert ledger.attach(connection, [first]) == 2
    assert ledger.first_free(connection).keys() == {CONG_AN}
    # Another process had the same idea: what is in a message already stays there.
    assert ledger.attach(connection, [again, second]) == 1
    assert ledger.first_free(connection) == {}
    found = ledger.owed_in(connection, [first, second, 999])
    assert [owed.notice.slot.rung for owed in found[first]] == ["late", "due"]
    assert [(owed.key, owed.obligation_id) for owed in found[second]] == [(key(), id_)]
    assert found[999] == []


def settled(connection: Connection, id_: int) -> dict[str, str | None]:
    """Why each rung of an obligation was not sent, None where it was."""
    found = {slot.rung: notice for slot, notice in ledger.notices_for(connection, [id_])[id_].items()}
    assert {one.state for one in found.values()} <= {"sent", "not_sent"}
    return {rung: one.reason for rung, one in found.items()}


def test_what_is_dropped_from_a_mail_at_the_last_moment_is_not_marked_sent(connection: Connection) -> None:
    (id_,) = stored(connection)
    message = post(connection, id_, owed("due"), owed("late"))
    first, second = ledger.owed_in(connection, [message])[message]
    assert ledger.settle_unsent(connection, [Settlement(first.id, Reason.REPORTED)], at=NOW) == 1
    assert ledger.owed_in(connection, [message])[message] == [second]
    assert ledger.settle_sent(connection, [message], at=NOW) == 1
    assert settled(connection, id_) == {"due": "reported", "late": None}


def test_a_dropped_message_settles_what_was_in_it(connection: Connection) -> None:
    (id_,) = stored(connection)
    message = post(connection, id_, owed("due"), owed("late"))
    assert ledger.give_up(connection, [message], reason=Reason.DROPPED, at=NOW) == 2
    assert settled(connection, id_) == {"due": "dropped", "late": "dropped"}


def test_the_story_of_an_obligation_can_be_told_as_of_an_instant(connection: Connection) -> None:
    (id_,) = stored(connection)
    message = post(connection, id_, owed("due"), unsent("heads-up"))
    ledger.record(connection, [(id_, owed("late", at=NOW + 2 * DAY))], decided_at=NOW + 2 * DAY)
    outbox.mark_sent(connection, [outbox.Sent(message, NOW + HOUR, "<1@dondoc>", "Nhắc việc", "250 OK")])
    ledger.settle_sent(connection, [message], at=NOW + HOUR)
    told = [(o.notice.slot.rung, o.notice.state, o.smtp_id) for o in ledger.outcomes(connection, id_)]
    assert told == [("due", "sent", "<1@dondoc>"), ("heads-up", "not_sent", None), ("late", "owed", None)]
    then = ledger.outcomes(connection, id_, until=NOW)
    assert [(o.notice.slot.rung, o.notice.state, o.smtp_id) for o in then] == [
        ("due", "owed", None),
        ("heads-up", "not_sent", None),
    ]


def test_an_audit_finds_what_is_owed_and_in_no_message(connection: Connection) -> None:
    (id_,) = stored(connection)
    post(connection, id_, owed("due"))
    ledger.record(connection, [(id_, owed("late", at=NOW - DAY)), (id_, owed("chair"))], decided_at=NOW)
    found = ledger.stranded(connection, owed_before=NOW)
    assert [(owed.notice.slot.rung, owed.key) for owed in found] == [("late", key())]


def test_thousands_of_notices_cost_a_few_statements(engine: Engine, connection: Connection) -> None:
    ids = stored(connection, *many(6_000))
    with statements(engine) as seen:
        ledger.record(connection, ((id_, owed()) for id_ in ids), decided_at=NOW)
        assert len(ledger.notices_for(connection, ids)) == 6_000
        assert ledger.first_free(connection).keys() == {SO_KHCN}
        (message,) = outbox.enqueue(connection, [mail()]).values()
        ledger.attach(connection, [message])
        assert len(ledger.owed_in(connection, [message])[message]) == 6_000
        assert ledger.settle_sent(connection, [message], at=NOW) == 6_000
    assert len(seen) == 2 + 2 + 1 + 2 + 1 + 1 + 1


def test_what_was_put_into_a_message_is_told_whatever_became_of_it(connection: Connection) -> None:
    (id_,) = stored(connection, wanted())
    message = post(connection, id_, owed("due"), owed("late"))
    due = next(one for one in ledger.owed_in(connection, [message])[message] if one.notice.slot.rung == "due")
    ledger.settle_unsent(connection, [Settlement(due.id, Reason.REPORTED)], at=NOW)
    told = {
        one.notice.slot.rung: (one.notice.state, one.notice.reason)
        for one in ledger.told_in(connection, [message])[message]
    }
    assert told == {"due": ("not_sent", Reason.REPORTED), "late": ("owed", None)}
    assert ledger.told_in(connection, [999]) == {999: []}


def test_what_a_pass_gave_up_for_a_person_is_found_by_its_instant(connection: Connection) -> None:
    (id_,) = stored(connection, wanted())
    gone = replace(unsent("due", why=Reason.SUPERSEDED), person=SO_KHCN)
    ledger.record(connection, [(id_, gone), (id_, replace(unsent("late"), person=CONG_AN))], decided_at=NOW)
    assert [one.notice.slot.rung for one in ledger.given_up(connection, SO_KHCN, at=NOW)] == ["due"]
    assert ledger.given_up(connection, SO_KHCN, at=NOW + HOUR) == []


def test_what_is_owed_in_letters_that_were_set_aside_is_known(connection: Connection) -> None:
    (id_,) = stored(connection, wanted())
    post(connection, id_, owed("due"))
    assert ledger.set_aside(connection) == {}
    connection.execute(sa.update(t.message).values(state="parked"))
    assert ledger.set_aside(connection) == {id_: frozenset({owed("due").slot})}
