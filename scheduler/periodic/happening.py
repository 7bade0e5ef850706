"""Happening: what was recorded of events in a period, and which deadlines run from it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy.engine import Connection

from db.facts import event_records
from rules.chronicle import events_of
from rules.deadline import After, AheadOf
from rules.periodic.drawing import Frame
from rules.periodic.happened import Begun, Happened, News, Record, When, news, times_from
from rules.programme import Programme
from rules.status import Progress
from scheduler.past import Past
from scheduler.standing import Row


def happened(connection: Connection, frame: Frame, rows: Sequence[Row], then: Past) -> Iterator[Happened]:
    """Yield it, programme by programme."""
    for programme in frame.programmes:
        found = list(news(_records(connection, programme, frame), frame.since))
        waiting = [row for row in rows if _hangs(row, programme)] if found else []
        for one in found:
            yield _happened(one, programme, frame, waiting, then)


def _records(connection: Connection, programme: Programme, frame: Frame) -> Iterator[Record]:
    for one in event_records(connection, programme.id, until=frame.at):
        yield Record(one.event, one.occurred, one.recorded_at, one.retracted_at, one.document or "")


def _hangs(row: Row, programme: Programme) -> bool:
    """Say whether an obligation hangs on an event that happened, and was not withdrawn."""
    is_there = row.key.programme == programme.id and row.status.progress is not Progress.CANCELLED
    return is_there and row.term.kind in ("event", "before_event") and bool(row.key.occurrence)


def _happened(one: News, programme: Programme, frame: Frame, waiting: Iterable[Row], then: Past) -> Happened:
    record, zone = one.record, then.roster.policy.zone
    event = programme.events.get(record.event)
    leads = (
        unit
        for task in programme.tasks.values()
        if record.event in events_of(programme, task)
        for unit in task.lead.units
    )
    # From a day that the document names itself deadlines ran before it was recorded.
    is_new = one.kind != "retracted" and event is not None and record.occurred.on not in event.dates
    return Happened(
        programme=programme.id,
        event=record.event,
        title=event.title if event else record.event,
        kind=one.kind,
        when=When.of(record.occurred, zone),
        before=When.of(one.before.occurred, zone) if one.before else None,
        document=record.document,
        leads=tuple(dict.fromkeys(leads)),
        begun=_begun(record, programme, frame, waiting, then) if is_new else (),
    )


def _begun(record: Record, programme: Programme, frame: Frame, waiting: Iterable[Row], then: Past) -> tuple[Begun, ...]:
    """Return the deadlines that run from a record, what several units have alike as one."""
    calendar = then.rulebook.calendars[programme.calendar]
    days = times_from(record, programme, calendar, then.roster.policy.zone)
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in waiting:
        if row.key.occurrence.partition("#")[0] in _days_of(row, programme, days):
            same = (*row.key[1:3], row.key.occurrence, row.due, row.term.at)
            alike.setdefault(same, []).append(row)
    return tuple(_alike(those, frame) for those in alike.values())


def _days_of(row: Row, programme: Programme, days: dict[str, date]) -> set[str]:
    """Return the days of the events on which a part of a task hangs, or hung before an amendment."""
    task = programme.tasks[row.key.task]
    deadlines = [task.deadlines[row.key.part], *(one.deadline for one in task.amended if one.part == row.key.part)]
    events = {one.event for one in deadlines if isinstance(one, After | AheadOf)}
    return {days[event].isoformat() for event in events & days.keys()}


def _alike(rows: Sequence[Row], frame: Frame) -> Begun:
    first, known = rows[0], frame.directory.units
    names = (", ".join(known[unit].name if unit in known else unit for unit in row.key.units) for row in rows)
    return Begun(
        task=first.key.task,
        part=first.key.part,
        occurrence=first.key.occurrence,
        number=first.called.key.task,
        title=first.title,
        owers=tuple(row.key.unit for row in rows),
        units=tuple(names),
        due=first.due,
        hour=first.term.at,
    )
