"""A rehearsal comes to the very letters that leave afterwards, on either database, and leaves the database as it was."""

from collections.abc import Iterable
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa

from db import tables as t
from db.copying import copy_database
from db.engine import open_reader
from db.facts import record_event, record_report, record_silence, retract_event
from notifications.envelope import Envelope, Verdict
from rules.programme import Occurred
from scheduler.office import open_office
from scheduler.rehearsing import rehearsal
from tests.offices import DAY, HOUR, TAKEN, Desk

EVENTS = "  de-an: {title: Ban hành Đề án, watch: {ask: u3, every: month, expected: 2026-04-30}}\n"
TASKS = """\
  - {id: A.1, title: Báo cáo, lead: {each: all}, deadline: 2026-04-03}
  - {id: A.2, title: Việc cũ, lead: u2, deadline: 2026-03-02}
  - {id: A.4, title: Kế hoạch, lead: [u2, u3], deadline: {after: de-an, within: 5 working days}}
  - {id: B.1, title: Báo cáo tuần, lead: u3, deadline: {every: week, on: friday}}
"""
Row = dict[str, Any]


def in_the_middle_of_it(desk: Desk) -> None:
    """An office that has lived: letters sent, refused and waiting, an event, reports, a silence, an edit."""
    desk.apply(TASKS, events=EVENTS)
    desk.tick()
    with desk.engine.begin() as connection:
        said: dict[str, Any] = {"recorded_by": "an", "recorded_at": desk.now}
        happened = [
            record_event(connection, programme="p", event="de-an", occurred=Occurred(on), **said)
            for on in (date(2026, 3, 28), date(2026, 3, 30))
        ]
        retract_event(connection, happened[-1], **said)
        record_silence(
            connection, from_=desk.now, until=desk.now + 2 * DAY, reason="bão", programme="p", task="B.1", **said
        )
    desk.apply(TASKS.replace("2026-04-03", "2026-04-02").replace("friday", "saturday"), events=EVENTS)
    desk.now += DAY
    desk.verdict = Verdict("transient", "later", 451, "recipient")
    desk.tick()
    [(id_,)] = desk.run("SELECT id FROM obligation WHERE task = 'A.1' AND unit = 'u2'")
    assert isinstance(id_, int)
    with desk.engine.begin() as connection:
        record_report(connection, id_, kind="done", said_on=date(2026, 3, 31), unit="u2", announce=True, **said)
    desk.verdict = TAKEN
    desk.now += HOUR


def contents(desk: Desk) -> dict[str, list[Row]]:
    with desk.engine.connect() as connection:
        return {
            table.name: [
                dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in t.METADATA.sorted_tables
        }


def letters(sent: Iterable[tuple[datetime, Envelope]]) -> list[tuple[object, ...]]:
    """What people read, and when; the names of messages and their parts come from numbers of rows."""
    read = [
        (at, letter, message_from_bytes(letter.content, EmailMessage, policy=policy.default)) for at, letter in sent
    ]
    return sorted(
        (at, letter.recipient, letter.subject, str(message["Date"]), *map(str.strip, bodies_of(message)))
        for at, letter, message in read
    )


def bodies_of(message: EmailMessage) -> list[str]:
    return [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]


def test_what_is_rehearsed_is_what_leaves_afterwards(desk: Desk) -> None:
    in_the_middle_of_it(desk)
    instants = [desk.now + number * DAY for number in range(12)]
    with rehearsal(desk.office, instants) as written:
        rehearsed = letters(written)
    assert len(rehearsed) > 20
    left = []
    for desk.now in instants:
        left += [(desk.now, letter) for letter in desk.tick()]
    assert rehearsed == letters(left)


def test_a_rehearsal_leaves_the_database_as_it_was(desk: Desk) -> None:
    in_the_middle_of_it(desk)
    before, sent = contents(desk), len(desk.sent)
    with rehearsal(desk.office, [desk.now, desk.now + DAY]) as written:
        assert list(written)
    assert contents(desk) == before
    assert len(desk.sent) == sent


def test_it_waits_for_nobody_and_needs_no_right_to_write(desk: Desk) -> None:
    in_the_middle_of_it(desk)
    reader = open_reader(desk.config.database)
    with desk.engine.begin() as writer:
        writer.execute(sa.update(t.obligation).values(wake_at=None))
        with rehearsal(open_office(desk.config, reader), [desk.now]) as written:
            assert list(written)
    reader.dispose()


_OF_PAGES = ("attempt", "audit", "link_use", "web_session", "remark", "evidence", "verification")
_ASKED = ("extension", "extension_decision", "feed", "incoming")
_OF_SUMMARIES = ("contribution", "measurement", "national_mark", "summary")


def test_a_copy_holds_every_row_but_for_written_letters(desk: Desk) -> None:
    in_the_middle_of_it(desk)
    copied = copy_database(desk.engine, desk.folder / "copy.db")
    there = contents(Desk(desk.folder, desk.config, copied))
    here = contents(desk)
    if desk.engine.dialect.name == "postgresql":
        assert here.pop("message_body")
        assert there.pop("message_body") == []
    assert there == here
    empty = {name for name, rows in here.items() if not rows}
    assert empty == {"silence_lift", "switch", "trouble", *_OF_PAGES, *_OF_SUMMARIES, *_ASKED}
    copied.dispose()
