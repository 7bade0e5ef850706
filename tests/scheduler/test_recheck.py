"""The last look before sending: completion, silence, address, acting holder, vacancy, edition."""

from datetime import date
from typing import Any

import pytest

from db.facts import record_report, record_silence
from tests.offices import DAY, HOUR, ONE_TASK, Desk, directory, text_of

SOON = ONE_TASK.replace("2026-04-03", "2026-04-01")
HEAD, FOCAL = "head2@tinh.example", "focal2@tinh.example"
ACTING = "{title: Giám đốc 2, email: head2@tinh.example, acting: [{from: 2026-03-31, until: 2026-04-30, title: Phó Giám đốc, email: deputy2@tinh.example}]}"
GONE = "{title: Giám đốc 2, email: head2@tinh.example, until: 2026-03-30}"


def owed(desk: Desk) -> None:
    desk.apply(SOON)
    desk.evaluate()
    assert [row[3:5] for row in desk.notices()] == [(HEAD, "owed"), (FOCAL, "owed")]


def outcomes(desk: Desk) -> set[tuple[object, ...]]:
    return {row[3:] for row in desk.notices()}


def test_what_was_reported_meanwhile_is_not_sent(desk: Desk) -> None:
    owed(desk)
    (id_,) = desk.run("SELECT id FROM obligation WHERE kind = 'task'")[0]
    assert isinstance(id_, int)
    with desk.engine.begin() as connection:
        record_report(
            connection, id_, kind="done", said_on=date(2026, 3, 30), unit="u2", recorded_by="an", recorded_at=desk.now
        )
    assert desk.deliver().sent == 0
    assert outcomes(desk) == {(HEAD, "not_sent", "reported"), (FOCAL, "not_sent", "reported")}
    assert desk.run("SELECT DISTINCT state FROM message") == [("empty",)]


@pytest.mark.parametrize(
    ("where", "silenced"),
    [
        ({"task": "A.1"}, {HEAD, FOCAL}),
        ({"unit": "u2"}, {HEAD, FOCAL}),
        ({"unit": "u3"}, set()),
        ({"person": HEAD}, {HEAD}),
        ({"person": HEAD, "task": "A.1"}, {HEAD}),
        ({"person": HEAD, "task": "A.2"}, set()),
    ],
)
def test_what_was_silenced_meanwhile_is_not_sent(small: Desk, where: dict[str, Any], silenced: set[str]) -> None:
    owed(small)
    with small.engine.begin() as connection:
        record_silence(
            connection,
            from_=small.now,
            until=None,
            reason="nghỉ",
            recorded_by="an",
            recorded_at=small.now,
            programme="p",
            **where,
        )
    small.deliver()
    assert {letter.recipient for letter in small.sent} == {HEAD, FOCAL} - silenced
    assert {person for person, _, reason in outcomes(small) if reason == "silenced"} == silenced


def test_a_new_address_gets_what_was_owed_to_the_old_one(desk: Desk) -> None:
    owed(desk)
    desk.apply(SOON, tinh=directory(3, u2="{title: Giám đốc 2, email: moi@tinh.example}"))
    desk.tick()
    desk.now += HOUR
    desk.tick()
    assert {letter.recipient for letter in desk.sent} == {"moi@tinh.example", FOCAL}
    assert outcomes(desk) == {("moi@tinh.example", "sent", None), (FOCAL, "sent", None)}
    assert desk.findings() == []


def test_who_is_acting_on_the_day_of_sending_gets_it(desk: Desk) -> None:
    desk.apply(SOON, tinh=directory(3, u2=ACTING))
    desk.evaluate()
    assert (HEAD, "owed", None) in outcomes(desk)
    desk.now += DAY
    desk.deliver()
    desk.tick()
    assert {letter.recipient for letter in desk.sent} == {"deputy2@tinh.example", FOCAL}


def test_what_nobody_is_in_post_for_goes_one_up(desk: Desk) -> None:
    desk.apply(SOON, tinh=directory(3, u2=GONE))
    desk.evaluate()
    desk.now += DAY
    desk.deliver()
    desk.tick()
    assert {letter.recipient for letter in desk.sent} == {"over2@tinh.example", FOCAL}
    assert (HEAD, "not_sent", "nobody") in outcomes(desk)
    assert desk.findings() == []


def test_the_letter_of_a_deadline_moved_meanwhile_speaks_of_the_new_one(desk: Desk) -> None:
    owed(desk)
    desk.now += HOUR
    desk.apply(SOON.replace("2026-04-01", "2026-08-31"))
    desk.tick()
    assert (HEAD, "not_sent", "moved") in outcomes(desk)
    assert all("31/8/2026" in text_of(letter) for letter in desk.sent)
    assert len(desk.sent) == 2
