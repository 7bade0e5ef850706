"""What a Deadline comes to: its Term, its occurrences, and any one of them again from its key.

Recurrences are worked out in `rules.recurrence`, what hangs on events in `rules.events`.
Arithmetic that leads out of the years 1 to 9999 is an OutOfCalendarError, a ValueError to be shown.
"""

from datetime import date

from rules import events, recurrence, why
from rules.dated import dated
from rules.days import plus
from rules.deadline import After, AheadOf, Before, Continuous, Deadline, Every, SetBy, Span, Within, kind_of
from rules.term import Occurrence, Term, TermContext

Single = Within | Before | Span | Continuous | SetBy


def term(deadline: Single, context: TermContext) -> Term:
    """Return the one term of a deadline that neither recurs nor waits for an event."""
    match deadline:
        case Within(period=period, at=at):
            starts = None if period.kind == "day" else period.start
            head = why.within(period, at)
            return dated(context, kind_of(deadline), head, due=period.end, starts=starts, at=at)
        case Before():
            return _before(deadline, context)
        case Span(start=start, end=end, at=at):
            head = why.span(start.start, end.end, at)
            return dated(context, "span", head, due=end.end, starts=start.start, at=at)
        case Continuous():
            return Term("continuous", why.CONTINUOUS)
        case SetBy(text=text):
            return Term("set_elsewhere", why.set_by(text))


def occurrences(deadline: Deadline, context: TermContext, *, first: date, last: date) -> tuple[Occurrence, ...]:
    """Return the occurrences of a deadline, oldest first; of a recurring one those due from `first` to `last`.

    A deadline that hangs on an event has one per time the event is known to happen, none before.
    """
    match deadline:
        case Every():
            return recurrence.occurrences(deadline, context, first=first, last=last)
        case Continuous(review=Every() as review):
            return recurrence.occurrences(review, context, first=first, last=last, opening=why.REVIEWED)
        case After() | AheadOf():
            return events.occurrences(deadline, context)
        case _:
            return (Occurrence("", term(deadline, context)),)


def occurrence(deadline: Deadline, context: TermContext, key: str) -> Occurrence | None:
    """Return the occurrence that `key` names, or None when the deadline has none of that key (any more)."""
    match deadline:
        case Every():
            return recurrence.occurrence(deadline, context, key)
        case Continuous(review=Every() as review):
            return recurrence.occurrence(review, context, key, opening=why.REVIEWED)
        case After() | AheadOf():
            return events.occurrence(deadline, context, key)
        case _:
            return None if key else Occurrence("", term(deadline, context))


def following(deadline: Every | Continuous, context: TermContext, day: date, n: int = 2) -> tuple[Occurrence, ...]:
    """Return the first `n` occurrences due on `day` or later; none where nothing is reviewed."""
    match deadline:
        case Every():
            return recurrence.following(deadline, context, day, n)
        case Continuous(review=Every() as review):
            return recurrence.following(review, context, day, n, opening=why.REVIEWED)
        case Continuous():
            return ()


def _before(deadline: Before, context: TermContext) -> Term:
    """Before a day: due that day, strict the day before. Before a first of a month or a period: due the eve."""
    period, at = deadline.period, deadline.at
    if period.kind == "day" and at is not None:
        return dated(context, "before", why.before_time(period.start, at), due=period.start, at=at)
    eve = plus(period.start, -1)
    if period.kind != "day" or period.start.day == 1 or context.before_means == "strict":
        return dated(context, "before", why.before(period, eve, at), due=eve, at=at)
    head = why.before_named(period, eve)
    return dated(context, "before", head, due=period.start, strict=eve)
