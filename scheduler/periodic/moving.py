"""Moving: which deadlines were moved in a period, by a document or an extension, and which extensions were refused."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.changes import RecordedChange, moves_between
from db.facts import refused_between
from db.obligations import by_ids
from rules.calendar import hour_on
from rules.obligation import ObligationKey
from rules.periodic.drawing import Frame
from rules.periodic.moved import Moved
from rules.status import is_ahead
from scheduler.standing import Row


def moved(connection: Connection, frame: Frame, rows: Iterable[Row], *, zone: ZoneInfo) -> Iterator[Moved]:
    """Yield them, each obligation's moves as one; of what recurs and has not begun none is told."""
    first: dict[int, RecordedChange] = {}
    last: dict[int, RecordedChange] = {}
    for change in moves_between(connection, frame.since, frame.at):
        first.setdefault(change.obligation_id, change)
        last[change.obligation_id] = change
    refused = refused_between(connection, frame.since, frame.at)
    stored = by_ids(connection, {*last, *(one.obligation_id for one in refused)})
    told = {
        row.key: row
        for row in rows
        if not row.is_over and not is_ahead(row.key, row.term, row.status, today=frame.today)
    }
    for id_, change in last.items():
        row, before = told.get(stored[id_].key), first[id_].due_before
        if row is not None and before != change.due_after:
            document = change.document or ""
            was_at = first[id_].due_at_before
            hour = hour_on(before, was_at, zone) if before and was_at else None
            now = row.term.at if row.term.due == change.due_after else None
            yield Moved(*_named(row, frame), "moved", before, change.due_after, document, "", hour, now)
    for one in refused:
        if row := told.get(stored[one.obligation_id].key):
            why = one.decided.reason if one.decided else None
            # A later day would keep the hour of the deadline.
            hour = row.term.at
            yield Moved(*_named(row, frame), "refused", one.due_before, one.due_wanted, "", why or "", hour, hour)


def _named(row: Row, frame: Frame) -> tuple[ObligationKey, str, str, tuple[str, ...]]:
    units = frame.directory.units
    names = tuple(units[unit].name if unit in units else unit for unit in row.key.units)
    return row.key, row.called.key.task, row.title, names
