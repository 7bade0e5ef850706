"""Kept: what of obligations that stay, with the same days, is otherwise after an edit: whether they close by themselves
when nobody reports, and whether their days are firm."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from rules.changes.values import (
    Closing,
    Days,
    Line,
    RungChange,
    Settling,
)
from rules.cohort import Cohort, Entry
from rules.timetable import Timetable

Both = Mapping[tuple[Line, Cohort, Cohort], list[tuple[Entry, Entry]]]
"""The obligations that are open before and after an edit: those of one line in the same two cohorts together."""


def closings(both: Both) -> Iterator[Closing]:
    """Yield the occurrences that close unreported before or after the edit only, with the rungs that hang on it."""
    for (line, was, is_), entries in both.items():
        old, new = was.followed.occurrence.closes_at, is_.followed.occurrence.closes_at
        if (old is None) == (new is None):
            continue
        followed, decided = is_.followed, is_.ledger.decided
        come = [] if new else _from_then(followed.table, decided, old)
        go = [] if old else _from_then(was.followed.table, decided, new)
        rungs = [RungChange(id, None, at) for id, at in come] + [RungChange(id, at, None) for id, at in go]
        source = followed.task.deadline_source.spot
        units = units_of(entry for _, entry in entries)
        yield Closing(line, followed.task.title, units, Days.of(followed.term), old, new, tuple(rungs), source)


def settlings(both: Both) -> Iterator[Settling]:
    """Yield the deadlines whose days stay and become provisional, or firm."""
    for (line, was, is_), entries in both.items():
        old, new, followed = was.followed.term, is_.followed.term, is_.followed
        if old.provisional != new.provisional and (old.due, old.at) == (new.due, new.at):
            units = units_of(entry for _, entry in entries)
            source = followed.table.calendar.announced_source.spot
            yield Settling(line, followed.task.title, units, Days.of(new), new.provisional, source)


def units_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the units that owe them."""
    return tuple(sorted(entry.key.unit for entry in entries))


def _from_then(table: Timetable, decided: Mapping[str, int], at: datetime | None) -> list[tuple[str, datetime]]:
    """Return the rungs that open from an instant on, each with its first turn not behind yet."""
    found: list[tuple[datetime, str]] = []
    for first in table.steps:
        turn = decided.get(first.rung.id, -1) + 1
        this = table.turn_of(first.rung.id, turn)
        while this and at and this.opens < at:
            turn += 1
            this = table.turn_of(first.rung.id, turn)
        if this and at:
            found.append((this.opens, first.rung.id))
    return [(id, opens) for opens, id in sorted(found)]
