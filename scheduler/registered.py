"""Registered: what people have said, read from the database for a simulation."""

from collections.abc import Iterable, Iterator

from sqlalchemy.engine import Connection

from db.facts import event_records, silences, tasks_done
from rules.obligation import Silence
from rules.register import Done, Fact, Happened, Silenced


def facts_said(connection: Connection, programmes: Iterable[str]) -> Iterator[Fact]:
    """Yield the events that stand, the last reports where they say done, and the silences; each with when it was
    recorded."""
    for event in event_records(connection):
        if not event.retracted:
            yield Happened(event.recorded_at, event.programme, event.event, event.occurred)
    for programme in programmes:
        for key, report in tasks_done(connection, programme).items():
            yield Done(report.recorded_at, key, report.said_on)
    for found in silences(connection):
        silence = Silence(found.from_, found.until, found.suspends)
        yield Silenced(found.recorded_at, silence, found.programme, found.task, found.unit, found.person)
