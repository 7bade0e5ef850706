"""The occurrences of a recurring deadline: the nominal days of `rules.steps`, within bounds, as terms.

An occurrence is named for ever by its nominal day, which needs no calendar: `last working day` of August is
`2026-08-31`, whatever holidays are announced later. It is due on the working day found from there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile
from typing import NamedTuple

from rules import why
from rules.calendar import instant
from rules.dated import dated
from rules.days import plus
from rules.deadline import Every, Named
from rules.steps import Steps, steps_of, walk
from rules.term import Occurrence, TermContext
from rules.wording import Wording

PLAIN = Wording("", "")

REACH = 31
"""A working day named in a month is never further than this from the nominal day."""


class _Due(NamedTuple):
    before: date | None
    nominal: date
    due: date


def occurrences(
    every: Every, context: TermContext, *, first: date, last: date, opening: Wording = PLAIN
) -> tuple[Occurrence, ...]:
    """Return the occurrences due from `first` to `last`, both included; `opening` begins every `why`."""
    run = _run(every, context, opening)
    inside = takewhile(lambda pair: pair[0].due <= last, run.pairs(first))
    return tuple(run.occurrence(this, after) for this, after in inside)


def following(
    every: Every, context: TermContext, day: date, n: int, *, opening: Wording = PLAIN
) -> tuple[Occurrence, ...]:
    """Return the first `n` occurrences due on `day` or later, fewer when the recurrence ends before."""
    run = _run(every, context, opening)
    return tuple(run.occurrence(this, after) for this, after in islice(run.pairs(day), n))


def occurrence(every: Every, context: TermContext, key: str, *, opening: Wording = PLAIN) -> Occurrence | None:
    """Return the occurrence whose nominal day `key` is, or None when the recurrence has none on it."""
    nominal = _day_of(key)
    if nominal is None:
        return None
    run = _run(every, context, opening)
    found = takewhile(lambda pair: pair[0].nominal <= nominal, run.pairs(_back(nominal, run.reach)))
    return next((run.occurrence(this, after) for this, after in found if this.nominal == nominal), None)


@dataclass(frozen=True, slots=True)
class _Run:
    """One recurrence within its bounds, ready to be read from any day on."""

    every: Every
    context: TermContext
    steps: Steps
    first: date
    last: date
    reach: int
    phrase: Wording

    def pairs(self, day: date) -> Iterator[tuple[_Due, _Due | None]]:
        """Yield what is due on `day` or later, each with the one after it (None for the last)."""
        dues = self._dues(max(day, self.first))
        this = next(dues, None)
        while this is not None:
            after = next(dues, None)
            yield this, after
            this = after

    def _dues(self, day: date) -> Iterator[_Due]:
        for before, nominal in walk(self.steps, _back(day, self.reach), _ahead(self.last, self.reach)):
            due = self._due(nominal)
            if due is not None and day <= due <= self.last:
                yield _Due(before, nominal, due)

    def _due(self, nominal: date) -> date | None:
        """Return the day that occurrence is due; None for a day off where only working days count."""
        match self.every.on:
            case (Named(name="last working day"),):
                return self.context.calendar.on_or_before(nominal)
            case (Named(name="first working day"),):
                return self.context.calendar.on_or_after(nominal)
            case (Named(name="working day"),) if not self.context.calendar.is_working_day(nominal):
                return None
        return nominal

    def occurrence(self, this: _Due, after: _Due | None) -> Occurrence:
        """Return the occurrence: it begins the day after the one before, closes when the next falls due."""
        every, context = self.every, self.context
        before, nominal, due = this
        looked_up = bool(every.on) and isinstance(every.on[0], Named) and every.on[0].name != "last"
        term = dated(
            context,
            "recurring",
            why.recurring(self.phrase, every, nominal, due, context.calendar),
            due=due,
            starts=self.first if before is None else max(self.first, plus(before, 1)),
            at=every.at,
            looked_up_to=max(nominal, due) if looked_up else None,
        )
        closes_at = None
        if after is not None and every.if_unreported == "close":
            closes_at = instant(after.due, every.at, context.zone)
        return Occurrence(nominal.isoformat(), term, closes_at)


def _run(every: Every, context: TermContext, opening: Wording) -> _Run:
    first, last = _bounds(every, context)
    steps = steps_of(every, first)
    in_month = every.unit != "day" and any(isinstance(on, Named) and on.name != "last" for on in every.on)
    return _Run(
        every,
        context,
        steps,
        date.min if first is None else first,
        date.max if last is None else last,
        REACH if in_month else 0,
        why.recurrence(every, opening),
    )


def _bounds(every: Every, context: TermContext) -> tuple[date | None, date | None]:
    """Return the first and last day: the recurrence's own, or the programme's period from its issue on."""
    period = context.period
    last = every.until or period
    if every.from_ is not None:
        first: date | None = every.from_.start
    elif period is not None and context.issued is not None:
        first = max(period.start, context.issued)
    else:
        first = context.issued if period is None else period.start
    return first, last.end if last is not None else None


def _back(day: date, days: int) -> date:
    """Return the day so many days earlier, the calendar's first at the earliest."""
    return plus(day, -min(days, (day - date.min).days))


def _ahead(day: date, days: int) -> date:
    return plus(day, min(days, (date.max - day).days))


def _day_of(key: str) -> date | None:
    """Return the day a key names; only `2026-03-25` counts, not the other forms ISO 8601 knows."""
    try:
        day = date.fromisoformat(key)
    except ValueError:
        return None
    return day if day.isoformat() == key else None
