"""From a due day to a Term: the working days beside it, the instants, the whole arithmetic in words."""

from datetime import date, time

from rules import why
from rules.calendar import instant
from rules.deadline import DeadlineKind
from rules.term import Term, TermContext
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
    ValueError when an instant lies beyond the year 9999.
    """
    calendar, zone = context.calendar, context.zone
    strict = due if strict is None else strict
    remind_by = calendar.on_or_before(strict) if context.roll else strict
    grace_until = calendar.on_or_after(due) if context.roll else due
    due_at = instant(due, at, zone)
    used = max(grace_until, looked_up_to or due) if context.roll else looked_up_to
    provisional = used is not None and not calendar.is_announced(used)
    return Term(
        kind=kind,
        why=why.whole(head, calendar, remind_by, strict, due, grace_until, provisional=provisional),
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
