"""From a due day to a Term: the working days beside it, the instants, the whole arithmetic in words."""

from datetime import date, time
from functools import lru_cache

from rules import why
from rules.calendar import Calendar, instant
from rules.deadline import DeadlineKind
from rules.term import Term, TermContext
from rules.why import NOTHING
from rules.wording import Wording


def dated(
    context: TermContext,
    kind: DeadlineKind,
    head: Wording,
    *,
    due: date,
    strict: date | None = None,
    starts: date | None = None,
    at: time | None = None,
    looked_up_to: date | None = None,
) -> Term:
    """Return the term due on `due`, with `head` as the first part of its `why`.

    `remind_by` is the last working day up to `strict`, `grace_until` the first from `due` on (Điều 148.5 BLDS
    2015, by analogy). `looked_up_to` is the last day the caller looked up in the calendar, if it did.
    OutOfCalendarError when an instant lies beyond the year 9999.
    """
    zone = context.zone
    strict = due if strict is None else strict
    remind_by, grace_until, moved = _beside(context.calendar, strict, due) if context.roll else (strict, due, NOTHING)
    used = max(grace_until, looked_up_to or due) if context.roll else looked_up_to
    provisional = used is not None and not context.calendar.is_announced(used)
    unsettled = why.unsettled(context.calendar) if provisional else NOTHING
    due_at = instant(due, at, zone)
    return Term(
        kind=kind,
        why=Wording(head.vi + moved.vi + unsettled.vi, head.en + moved.en + unsettled.en),
        starts=starts,
        due=due,
        strict=strict,
        at=at,
        remind_by=remind_by,
        grace_until=grace_until,
        due_at=due_at,
        remind_at=due_at if remind_by == due else instant(remind_by, at, zone),
        late_at=due_at if grace_until == due else instant(grace_until, at, zone),
        provisional=provisional,
    )


@lru_cache(maxsize=8192)
def _beside(calendar: Calendar, strict: date, due: date) -> tuple[date, date, Wording]:
    """Return `remind_by`, `grace_until` and what is to be said of them; many deadlines share their days."""
    remind_by, grace_until = calendar.on_or_before(strict), calendar.on_or_after(due)
    return remind_by, grace_until, why.moved(calendar, remind_by, strict, due, grace_until)
