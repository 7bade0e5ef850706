"""iCalendar: the deadlines of a simulation and its mails as events, for any calendar program (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from icalendar import Event

from notifications.calendars import CalendarHead, calendar_of, deadline_event, uid
from rules.calendar import local_day
from rules.called import PresentIds, present_ids
from rules.diary import diary_entry
from rules.due_day import due_day
from rules.obligation import ObligationKey
from rules.simulate import SimulatedMessage, Simulation
from scheduler.commands.subjects import Headings

HEAD = CalendarHead("Đôn đốc", product="simulate", refresh=None)


def simulated_calendar(
    found: Simulation, heading: Headings, *, first: date, last: date, person: str | None, made_at: datetime
) -> bytes:
    """Return the deadlines from `first` to `last`, and the mails; with `person` only that person's, and what they tell.

    An event keeps its UID when its day moves: programs that read the file anew move it instead of adding another.
    """
    messages = [message for message in found.messages if person in (None, message.to)]
    told = None if person is None else {entry.key for message in messages for _, entry, _ in message.parcels}
    events = [*_deadlines(found, first, last, told, made_at), *_mails(messages, heading, found)]
    for event in events:
        event.add("dtstamp", made_at)
    return calendar_of(events, HEAD)


def _deadlines(
    found: Simulation, first: date, last: date, told: set[ObligationKey] | None, now: datetime
) -> Iterator[Event]:
    entries = sorted(found.world.entries.values(), key=lambda entry: (entry.followed.term.due or date.max, entry.key))
    for entry in entries:
        due = due_day(entry.followed.term)
        if due is None or not first <= due.last <= last or (told is not None and entry.key not in told):
            continue
        if entry.facts.withdrawn_at:
            continue
        followed = entry.followed.owed_by(entry.owers, entry.key)
        source = str(followed.task.deadline_source)
        # As planned: what a simulation assumes to be reported is a deadline all the same.
        shown = diary_entry(followed, replace(entry.facts, done_at=None, closed_at=None), now=now, source=source)
        assert shown is not None
        yield deadline_event(shown, "vi")


def _mails(messages: Iterable[SimulatedMessage], heading: Headings, found: Simulation) -> Iterator[Event]:
    names = present_ids(found.world.rulebook)
    zone, numbers = found.world.policy.zone, dict[tuple[str, date], int]()
    for message in messages:
        day = local_day(message.at, zone)
        number = numbers[message.to, day] = numbers.get((message.to, day), 0) + 1
        event = Event()
        event.add("uid", uid("mail", message.to, str(day), str(number)))
        event.add("summary", heading(message).subject)
        event.add("dtstart", message.at)
        event.add("duration", timedelta(minutes=15))
        event.add("description", f"{message.to}\n" + "\n".join(_lines(message, names)))
        event.add("categories", ["thư nhắc"])
        event.add("transp", "TRANSPARENT")
        yield event


def _lines(message: SimulatedMessage, names: PresentIds) -> Iterator[str]:
    for told, unit in message.lines:
        task = names.get((told.programme, told.task), told.task)
        yield f"{told.programme}/{task} ({unit}): {told.rung}, hạn {told.term.due or '–'}"
