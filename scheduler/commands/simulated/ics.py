"""iCalendar: the deadlines of a simulation and its mails as events, for any calendar program (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from rules.calendar import local_day
from rules.cohort import Entry
from rules.decide import end_of
from rules.lines import citation, clause
from rules.obligation import ObligationKey
from rules.simulate import SimulatedMessage, Simulation
from scheduler.commands.subjects import Headings


def calendar_of(
    found: Simulation, heading: Headings, *, first: date, last: date, person: str | None, made_at: datetime
) -> bytes:
    """Return the deadlines from `first` to `last`, and the mails; with `person` only that person's, and what they tell.

    An event keeps its UID when its day moves: programs that read the file anew move it instead of adding another.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//dondoc//simulate//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Đôn đốc")
    messages = [message for message in found.messages if person in (None, message.to)]
    told = None if person is None else {entry.key for message in messages for _, entry, _ in message.parcels}
    for event in (*_deadlines(found, first, last, told), *_mails(messages, heading, found)):
        event.add("dtstamp", made_at)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid(*parts: str) -> str:
    """Return a name that is the same whenever it is made of the same parts."""
    return f"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@dondoc"


def _deadlines(found: Simulation, first: date, last: date, told: set[ObligationKey] | None) -> Iterator[Event]:
    entries = sorted(found.world.entries.values(), key=lambda entry: (entry.followed.term.due or date.max, entry.key))
    for entry in entries:
        due = entry.followed.term.due
        if due is None or not first <= due <= last or (told is not None and entry.key not in told):
            continue
        if end_of(entry.facts) and entry.facts.withdrawn_at:
            continue
        yield _deadline(entry, due)


def _deadline(entry: Entry, due: date) -> Event:
    followed, event = entry.followed, Event()
    term, task = followed.term, followed.task
    units = ", ".join(followed.directory.units[unit].name for unit in entry.key.units)
    part = f" – {entry.key.part}" if entry.key.part else ""
    event.add("uid", uid("deadline", *entry.key))
    event.add("summary", f"Hạn: {task.title}{part} ({units})")
    if term.at is not None and term.due_at is not None:
        event.add("dtstart", term.due_at)
    else:
        event.add("dtstart", due)
        event.add("dtend", due + timedelta(days=1))
    place = f"{citation(followed.programme.document)}, {clause(task.section, task.named)}"
    event.add("description", f"{place}\n{term.why.vi}\n{task.deadline_source}")
    event.add("categories", ["hạn", *entry.key.units])
    event.add("transp", "TRANSPARENT")
    if term.provisional:
        event.add("status", "TENTATIVE")
    return event


def _mails(messages: Iterable[SimulatedMessage], heading: Headings, found: Simulation) -> Iterator[Event]:
    zone, numbers = found.world.policy.zone, dict[tuple[str, date], int]()
    for message in messages:
        day = local_day(message.at, zone)
        number = numbers[message.to, day] = numbers.get((message.to, day), 0) + 1
        event = Event()
        event.add("uid", uid("mail", message.to, str(day), str(number)))
        event.add("summary", heading(message).subject)
        event.add("dtstart", message.at)
        event.add("duration", timedelta(minutes=15))
        event.add("description", f"{message.to}\n" + "\n".join(_lines(message)))
        event.add("categories", ["thư nhắc"])
        event.add("transp", "TRANSPARENT")
        yield event


def _lines(message: SimulatedMessage) -> Iterator[str]:
    for told, unit in message.lines:
        yield f"{told.programme}/{told.task} ({unit}): {told.rung}, hạn {told.term.due or '–'}"
