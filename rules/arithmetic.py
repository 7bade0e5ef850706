"""Arithmetic: how a term was counted, day by day: each day counted or passed over, and the line that says why.

What `rules.why` says in a sentence stands here as values, for a table to be checked with a finger on the calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.calendar import Calendar, days_between
from rules.days import plus
from rules.deadline import After, AheadOf, Continuous, Deadline, Every, Offset
from rules.ladder import Rung
from rules.problem import Source
from rules.term import Occurrence, Term
from rules.wording import Wording

Purpose = Literal["term", "occurrence", "remind_by", "grace_until", "rung"]
"""What was counted for: the due day; the day an occurrence falls on; the two days beside it; the day of a rung."""


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count. `number`: the how-manieth it is, None where it was passed over, as the calendar says.

    `name` is why it is off; of a weekend day that is worked `source` is the document that says so. `line`: where the
    calendar file says so, None for weekends and for what the `holidays` package supplies.
    """

    on: date
    number: int | None
    name: Wording | None
    source: str | None
    line: Source | None
    announced: bool

    @property
    def is_counted(self) -> bool:
        """Say whether the day was counted."""
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Count:
    """One stretch of days gone through, in the order of going: from `start`, itself not counted, to `end`.

    `offset` is how far was asked for; None where the next working day was looked for. Calendar days, weeks, months and
    hours need no list: `days` is empty then. `rung` is the rung counted for.
    """

    purpose: Purpose
    start: date
    end: date
    offset: Offset | None
    days: tuple[CountedDay, ...]
    rung: str = ""

    @property
    def is_backward(self) -> bool:
        """Say whether it runs back in time."""
        return self.end < self.start


def counts(deadline: Deadline, occurrence: Occurrence, calendar: Calendar) -> tuple[Count, ...]:
    """Return how the days of an occurrence were counted, the due day first; nothing for a term without a day."""
    term = occurrence.term
    if term.due is None:
        return ()
    return (*_to_the_due_day(deadline, occurrence, term.due, calendar), *_beside(term, term.due, calendar))


def rung_counts(rung: Rung, term: Term, calendar: Calendar, *, late_from: date | None = None) -> Count | None:
    """Return how the day of a rung in working days was counted, None for a rung in anything else.

    `late_from`: the day that late rungs count from, where that is not the term's own.
    """
    offset, stage = rung.at.offset, rung.at.stage
    if offset is None or offset.unit != "working days" or term.remind_by is None or term.grace_until is None:
        return None
    start = term.remind_by if stage == "before" else late_from or term.grace_until
    end = calendar.shift(start, -offset.count if stage == "before" else offset.count)
    return Count("rung", start, end, offset, _counted(start, end, calendar), rung.id)


def waited(nominal: date, opens: date, calendar: Calendar) -> tuple[CountedDay, ...]:
    """Return the days from `nominal` on that something waited over because they are off, until the day it `opens`."""
    return tuple(_day(day, None, calendar) for day in days_between(nominal, plus(opens, -1)))


def _to_the_due_day(deadline: Deadline, occurrence: Occurrence, due: date, calendar: Calendar) -> Iterator[Count]:
    match deadline:
        case After(within=Offset() as offset):
            yield _of_event(occurrence, due, offset, calendar)
        case AheadOf(by=offset):
            yield _of_event(occurrence, due, offset, calendar)
        case Every() | Continuous(review=Every()):
            # An occurrence is named by its nominal day: `last working day` of August by 31 August.
            nominal = date.fromisoformat(occurrence.key)
            if nominal != due:
                yield Count("occurrence", nominal, due, None, _sought(nominal, due, calendar))
        case _:
            return


def _of_event(occurrence: Occurrence, due: date, offset: Offset, calendar: Calendar) -> Count:
    # The key of an occurrence that hangs on an event is the event's day, `#2` for the second of that day.
    start = date.fromisoformat(occurrence.key.partition("#")[0])
    listed = _counted(start, due, calendar) if offset.unit == "working days" else ()
    return Count("term", start, due, offset, listed)


def _beside(term: Term, due: date, calendar: Calendar) -> Iterator[Count]:
    """Yield how `remind_by` and `grace_until` were found, where they are other days."""
    strict = term.strict or due
    if term.remind_by is not None and term.remind_by != strict:
        yield Count("remind_by", strict, term.remind_by, None, _sought(strict, term.remind_by, calendar))
    if term.grace_until is not None and term.grace_until != due:
        yield Count("grace_until", due, term.grace_until, None, _sought(due, term.grace_until, calendar))


def _counted(start: date, end: date, calendar: Calendar) -> tuple[CountedDay, ...]:
    """Return the days after `start` (before it, going back), working days numbered."""
    number, found = 0, []
    for day in _going(start, end):
        if day == start:
            continue
        is_worked = calendar.is_working_day(day)
        number += is_worked
        found.append(_day(day, number if is_worked else None, calendar))
    return tuple(found)


def _sought(start: date, end: date, calendar: Calendar) -> tuple[CountedDay, ...]:
    """Return the days from `start` on until a working day was found, which is the last and numbered."""
    return tuple(_day(day, 1 if day == end else None, calendar) for day in _going(start, end))


def _going(start: date, end: date) -> Iterator[date]:
    step = 1 if end >= start else -1
    return (plus(start, step * number) for number in range(abs((end - start).days) + 1))


def _day(day: date, number: int | None, calendar: Calendar) -> CountedDay:
    off = calendar.day_off(day)
    name, source = (off.name, off.source) if off else (None, calendar.worked_by(day))
    return CountedDay(day, number, name, source, calendar.places.get(day), calendar.is_announced(day))
