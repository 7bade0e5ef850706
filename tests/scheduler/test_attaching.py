"""Calendars with letters: by configuration, each letter carries the deadlines that it tells of."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar

from notifications.envelope import Envelope
from scheduler.letters import give_back, prepare
from tests.offices import DAY, ONE_TASK, Desk, open_desk, text_of

TASKS = ONE_TASK + "  - {id: A.2, title: Họp, lead: u2, deadline: {by: 2026-04-03, at: '17:00'}}\n"


@pytest.fixture
def desk(tmp_path: Path, sqlite_url: str) -> Desk:
    return open_desk(tmp_path / "office", sqlite_url)


def configure(desk: Desk, **mail: object) -> None:
    desk.config = replace(desk.config, mail=replace(desk.config.mail, **mail))  # type: ignore[arg-type]
    desk.office.config = desk.config


def parts(envelope: Envelope) -> list[EmailMessage]:
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return [part for part in message.walk() if not part.is_multipart()]


def calendar_in(envelope: Envelope) -> Calendar:
    [part] = [part for part in parts(envelope) if part.get_content_type() == "text/calendar"]
    assert part["Content-Type"].params["method"] == "PUBLISH"
    assert (part.get_content_disposition(), part.get_filename()) == ("attachment", "don-doc.ics")
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return found


def test_letters_carry_no_calendar_unless_it_is_configured(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.now += 2 * DAY
    for envelope in desk.tick():
        assert [part.get_content_type() for part in parts(envelope)] == ["text/plain", "text/html"]


def test_a_letter_carries_the_deadlines_it_tells_of(desk: Desk) -> None:
    desk.apply(TASKS)
    configure(desk, attach_calendar=True)
    desk.now += 2 * DAY
    [letter] = [one for one in desk.tick() if one.recipient == "head2@tinh.example"]
    assert [part.get_content_type() for part in parts(letter)] == ["text/plain", "text/html", "text/calendar"]
    calendar = calendar_in(letter)
    assert calendar["method"] == "PUBLISH"
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == {"Hạn: Nộp báo cáo (Sở 2)", "Hạn: Họp (Sở 2)"}
    assert events["Hạn: Họp (Sở 2)"]["dtstart"].to_ical() == b"20260403T100000Z"
    # Of the rungs before the day, the one still to come.
    assert [alarm["trigger"].to_ical() for alarm in events["Hạn: Nộp báo cáo (Sở 2)"].walk("VALARM")] == [
        b"20260403T000000Z"
    ]
    assert "Nộp báo cáo" in text_of(letter)


def test_written_twice_it_is_the_same_letter(desk: Desk) -> None:
    desk.apply(TASKS)
    configure(desk, attach_calendar=True)
    desk.now += 2 * DAY
    desk.evaluate()

    def content() -> list[bytes]:
        batch = prepare(desk.office, now=desk.now, limit=10)
        give_back(desk.office, batch.claimed)
        return [envelope.content for _, envelope in batch.letters]

    first = content()
    desk.restart()
    configure(desk, attach_calendar=True)
    assert content() == first
    assert all(b"text/calendar" in one for one in first)


def test_the_feed_and_the_letter_call_a_deadline_the_same(desk: Desk) -> None:
    desk.apply(TASKS)
    configure(desk, attach_calendar=True)
    desk.now += DAY
    desk.apply(TASKS.replace("2026-04-03}", "2026-04-06}"))
    desk.restart()
    configure(desk, attach_calendar=True)
    desk.now += DAY
    letters = [one for one in desk.tick() if one.recipient == "head2@tinh.example"]
    events = [event for letter in letters for event in calendar_in(letter).walk("VEVENT")]
    moved = [event for event in events if str(event["summary"]) == "Hạn: Nộp báo cáo (Sở 2)"]
    assert {int(str(event["sequence"])) for event in moved} == {2}


def test_every_line_of_a_letter_with_a_calendar_fits_smtp(desk: Desk) -> None:
    desk.apply(TASKS)
    configure(desk, attach_calendar=True)
    desk.now += 2 * DAY
    for envelope in desk.tick():
        assert envelope.is_regular
        lines = envelope.content.split(b"\r\n")
        assert lines[-1] == b""
        assert not any(line.startswith(b".") for line in lines)
        assert b"\n" not in envelope.content.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 998
