"""Lateness: until when a report is on time, and how many days late one is, by the deadlines that were known by then.

Nobody is late by a day that nobody knew of. A deadline that was in force before, and had made it late by the day it was
moved away, is known: days count from it again. Where a deadline is moved to a day that is past already, a report is on
time until the end of the day on which that became known, or of the earlier deadline where that was over before.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from rules.calendar import instant, local_day
from rules.obligation import Facts
from rules.term import Term


def on_time_until(term: Term, facts: Facts, zone: ZoneInfo) -> date | None:
    """Return the last day on which a report is on time: `grace_until` or a later one; None where there is no day."""
    if term.grace_until is None or facts.edition == 0:
        return term.grace_until
    if _was_late_by(term, facts, zone):
        return term.grace_until
    before: date | None = None
    known_on: date | None = None
    for said in facts.announcements:
        if said.kind != "moved":
            continue
        day, was = local_day(said.at, zone), said.due_before or date.max
        # Of several moves of one day the last counts: what was undone by its end has made nobody late, or less late.
        if day != known_on:
            before = was if before is None or known_on is None else max(was, min(known_on, before))
        known_on = day
    if before is None or known_on is None:
        return term.grace_until
    return max(term.grace_until, min(known_on, before))


def _was_late_by(term: Term, facts: Facts, zone: ZoneInfo) -> bool:
    """Say whether it was late already by the deadline now in force, before another one took its place for a while."""
    assert term.grace_until is not None
    moves = (said for said in facts.announcements if said.kind == "moved" and said.due_before == term.due)
    return any(local_day(said.at, zone) > term.grace_until for said in moves)


def was_past_when_known(term: Term, facts: Facts, zone: ZoneInfo) -> bool:
    """Say whether the deadline lay in the past when it became known, so that lateness counts from a later day."""
    return on_time_until(term, facts, zone) != term.grace_until


def is_past(late_at: datetime, *, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether what is late from that instant on is over at `now`. An hour is kept by whoever reports at its very
    instant; the end of a day (24:00) is the beginning of the next one, and nobody keeps it then."""
    return late_at < now or (late_at == now and ends_a_day(now, zone))


def ends_a_day(at: datetime, zone: ZoneInfo) -> bool:
    """Say whether a local day ends at that instant."""
    return instant(local_day(at, zone), time.min, zone) == at


def hour_due(due_at: datetime | None, zone: ZoneInfo) -> time | None:
    """Return the local hour at which something is due, None where its day is open to its end."""
    return None if due_at is None or ends_a_day(due_at, zone) else due_at.astimezone(zone).time()


def is_late(term: Term, facts: Facts, *, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether it would be late if it were still open at `now`."""
    until = on_time_until(term, facts, zone)
    if until is None or term.late_at is None or not is_past(term.late_at, now=now, zone=zone):
        return False
    return until == term.grace_until or local_day(now, zone) > until


def days_late(term: Term, facts: Facts, *, now: datetime, zone: ZoneInfo) -> int:
    """Return the days since the last one on which a report was on time, 0 when it would not be late at `now`."""
    until = on_time_until(term, facts, zone)
    if until is None or not is_late(term, facts, now=now, zone=zone):
        return 0
    return max((local_day(now, zone) - until).days, 0)
