"""Deadlines that hang on events: counted from one (Điều 147–148 BLDS 2015), back from one, along a chain."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules import why
from rules.calendar import Calendar, instant, local_day
from rules.dated import dated
from rules.days import OutOfCalendarError, plus, plus_months
from rules.deadline import After, AheadOf, DeadlineKind, Offset
from rules.programme import Event, Occurred, Programme
from rules.term import Occurrence, Term, TermContext
from rules.wording import Wording


def occurrences(deadline: After | AheadOf, context: TermContext) -> tuple[Occurrence, ...]:
    """Return one occurrence per time the event is known to happen, oldest first; none while it is dormant."""
    return tuple(_occurrence(deadline, context, key, one) for key, one in _keyed(deadline, context))


def occurrence(deadline: After | AheadOf, context: TermContext, key: str) -> Occurrence | None:
    """Return the occurrence that `key` names, or None when the event is not known to happen then."""
    found = (one for known, one in _keyed(deadline, context) if known == key)
    return next((_occurrence(deadline, context, key, one) for one in found), None)


def events_known(
    programme: Programme,
    recorded: Mapping[str, tuple[Occurred, ...]],
    done: Mapping[str, tuple[Occurred, ...]],
    *,
    calendar: Calendar,
    zone: ZoneInfo,
) -> dict[str, tuple[Occurred, ...]]:
    """Return when each event of the programme is known to happen, oldest first; others are left out.

    `recorded` maps event ids, `done` task ids to what was recorded, in the order of recording. A day that the
    file or another event also gives counts once. Events that wait for each other in a circle start nothing.
    """
    known: dict[str, tuple[Occurred, ...]] = {}
    for event in programme.events.values():
        for link in reversed(_chain(event, programme, known)):
            known[link.id] = _in_order(
                recorded.get(link.id, ()),
                [Occurred(day) for day in link.dates],
                done.get(link.when_done, ()) if link.when_done else (),
                _from_base(link, known, calendar, zone),
            )
    return {id: times for id, times in known.items() if times}


def dated_ahead(programme: Programme) -> set[str]:
    """Return the events that a deadline lies ahead of, and those they follow from: their day has to be known, and so
    may be recorded, before it comes."""
    found: set[str] = set()
    for task in programme.tasks.values():
        for deadline in (*task.deadlines.values(), *(amendment.deadline for amendment in task.amended)):
            event = programme.events.get(deadline.event) if isinstance(deadline, AheadOf) else None
            while event is not None and event.id not in found:
                found.add(event.id)
                event = programme.events.get(event.after[0]) if event.after else None
    return found


def offset_from(occurred: Occurred, offset: Offset, *, calendar: Calendar, zone: ZoneInfo) -> Occurred:
    """Return the day `offset` ends, the event's own not counted (Điều 147); for hours the instant as well.

    Hours count from the instant, or from the end of the day when only the day is known. Midnight belongs to
    the day it ends.
    """
    if offset.unit == "hours":
        start = occurred.at or instant(occurred.on, None, zone)
        return _at(start, offset.count, zone)
    return _counted(occurred, offset, offset.count, calendar)


def offset_ahead(occurred: Occurred, offset: Offset, *, calendar: Calendar, zone: ZoneInfo) -> Occurred:
    """Return the day `offset` before the event; hours count back from its instant or the start of its day."""
    if offset.unit == "hours":
        start = occurred.at or instant(occurred.on, time.min, zone)
        return _at(start, -offset.count, zone)
    return _counted(occurred, offset, -offset.count, calendar)


def _counted(occurred: Occurred, offset: Offset, count: int, calendar: Calendar) -> Occurred:
    match offset.unit:
        case "working days":
            return Occurred(calendar.shift(occurred.on, count))
        case "weeks":
            return Occurred(plus(occurred.on, 7 * count))
        case "months":
            return Occurred(plus_months(occurred.on, count))
        case "years":
            return Occurred(plus_months(occurred.on, 12 * count))
        case _:
            return Occurred(plus(occurred.on, count))


def _at(start: datetime, hours: int, zone: ZoneInfo) -> Occurred:
    try:
        at = start + timedelta(hours=hours)
        return Occurred(local_day(at - timedelta(microseconds=1), zone), at)
    except OverflowError:
        raise OutOfCalendarError(f"{start} and {hours} hours lead out of the years 1 to 9999") from None


def _keyed(deadline: After | AheadOf, context: TermContext) -> Iterator[tuple[str, Occurred]]:
    """Yield the times of the event with their keys; the second of a day carries `#2`."""
    seen: Counter[str] = Counter()
    for one in context.events.get(deadline.event, ()):
        day = one.on.isoformat()
        seen[day] += 1
        yield (day if seen[day] == 1 else f"{day}#{seen[day]}"), one


def _occurrence(deadline: After | AheadOf, context: TermContext, key: str, one: Occurred) -> Occurrence:
    title = context.event_titles.get(deadline.event, deadline.event)
    if isinstance(deadline, AheadOf):
        return Occurrence(key, _ahead(deadline, context, title, one))
    return Occurrence(key, _after(deadline, context, title, one))


def _after(deadline: After, context: TermContext, title: str, one: Occurred) -> Term:
    starts, offset = plus(one.on, 1), deadline.within
    if offset is None:
        return Term("event", why.triggered(title, one.on), starts=starts)
    end = offset_from(one, offset, calendar=context.calendar, zone=context.zone)
    if end.at is not None:
        head = why.hours_after(offset, title, one, end.at, context.zone)
        return _to_the_hour("event", head, end.on, end.at, context.zone, starts=one.on)
    head = why.after(offset, title, one.on, end.on, deadline.at, context.calendar)
    counted = end.on if offset.unit == "working days" else None
    return dated(context, "event", head, due=end.on, starts=starts, at=deadline.at, looked_up_to=counted)


def _ahead(deadline: AheadOf, context: TermContext, title: str, one: Occurred) -> Term:
    offset = deadline.by
    end = offset_ahead(one, offset, calendar=context.calendar, zone=context.zone)
    if end.at is not None:
        head = why.hours_ahead(offset, title, one, end.at, context.zone)
        return _to_the_hour("before_event", head, end.on, end.at, context.zone)
    head = why.ahead(offset, title, one.on, end.on, deadline.at, context.calendar)
    counted = one.on if offset.unit == "working days" else None
    return dated(context, "before_event", head, due=end.on, at=deadline.at, looked_up_to=counted)


def _to_the_hour(
    kind: DeadlineKind, head: Wording, day: date, due_at: datetime, zone: ZoneInfo, starts: date | None = None
) -> Term:
    """Return the term that ends at `due_at`; hours run through days off as well, so nothing is rolled."""
    local = due_at.astimezone(zone).time()
    return Term(
        kind=kind,
        why=head,
        starts=starts,
        due=day,
        strict=day,
        at=None if local == time.min else local,
        remind_by=day,
        grace_until=day,
        due_at=due_at,
        remind_at=due_at,
        late_at=due_at,
    )


def _chain(event: Event, programme: Programme, known: Mapping[str, object]) -> list[Event]:
    """Return `event` and those it follows from, as far back as they are not in `known`; a circle ends it."""
    path: dict[str, Event] = {}
    link: Event | None = event
    while link is not None and link.id not in known and link.id not in path:
        path[link.id] = link
        link = programme.events.get(link.after[0]) if link.after else None
    return list(path.values())


def _from_base(
    event: Event, known: Mapping[str, tuple[Occurred, ...]], calendar: Calendar, zone: ZoneInfo
) -> tuple[Occurred, ...]:
    if event.after is None:
        return ()
    base, offset = event.after
    return tuple(offset_from(one, offset, calendar=calendar, zone=zone) for one in known.get(base, ()))


def _in_order(*sources: Iterable[Occurred]) -> tuple[Occurred, ...]:
    """Return what the sources say, by day. A day that an earlier source names is not taken from a later one.

    Within a day the order of recording stands: what was recorded first keeps its key.
    """
    taken: list[Occurred] = []
    for source in sources:
        days = {one.on for one in taken}
        taken += [one for one in source if one.on not in days]
    return tuple(sorted(taken, key=lambda one: one.on))


def dormant(deadline: After | AheadOf, programme: Programme) -> Occurrence:
    """Return the undated occurrence that stands for a deadline whose event has not happened yet."""
    title = programme.events[deadline.event].title
    why = Wording(f"Chờ sự kiện: {title}", f"Waiting for the event: {title}")
    return Occurrence("", Term("event" if isinstance(deadline, After) else "before_event", why))
