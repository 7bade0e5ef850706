"""Status: how an obligation stands on three separate axes, with the official names; for commands, letters and pages.

Names: Quyết định 42/2014/QĐ-TTg as used in 1270/BC-TCTTTg (đúng hạn, quá hạn, trong hạn); "không thời hạn",
"sắp đến hạn" and "chờ xác nhận" are those of the provinces' own systems. Done is not accepted: no axis implies another.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.lateness import is_late, on_time_until
from rules.obligation import Facts
from rules.term import Term
from rules.wording import Wording

SOON = timedelta(days=3)
"""So long before its end an obligation is due soon."""


class Progress(StrEnum):
    """What has come of the work, as far as anyone reported."""

    NOT_STARTED = "not_started"
    NOT_DONE = "not_done"
    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Timeliness(StrEnum):
    """How it stands to its deadline; what is over is judged by the day it was over."""

    UNDATED = "undated"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    LATE = "late"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"


class Verification(StrEnum):
    """What the standing office says of the report; nobody can accept one yet."""

    NOT_REPORTED = "not_reported"
    AWAITED = "awaited"


NAMES: dict[Progress | Timeliness | Verification, Wording] = {
    Progress.NOT_STARTED: Wording("Chưa đến kỳ thực hiện", "Not started"),
    Progress.NOT_DONE: Wording("Chưa hoàn thành", "Not done"),
    Progress.DONE: Wording("Đã hoàn thành", "Done"),
    Progress.CLOSED: Wording("Hết kỳ, không báo cáo", "Closed unreported"),
    Progress.WITHDRAWN: Wording("Đã rút", "Withdrawn"),
    Timeliness.UNDATED: Wording("Không thời hạn", "No deadline"),
    Timeliness.IN_TIME: Wording("Trong hạn", "In time"),
    Timeliness.DUE_SOON: Wording("Sắp đến hạn", "Due soon"),
    Timeliness.LATE: Wording("Quá hạn", "Late"),
    Timeliness.DONE_IN_TIME: Wording("Đúng hạn", "Done in time"),
    Timeliness.DONE_LATE: Wording("Hoàn thành quá hạn", "Done late"),
    Verification.NOT_REPORTED: Wording("Chưa báo cáo", "Not reported"),
    Verification.AWAITED: Wording("Chờ xác nhận", "Awaiting verification"),
}


@dataclass(frozen=True, slots=True)
class Status:
    """The three axes."""

    progress: Progress
    timeliness: Timeliness
    verification: Verification


def status(term: Term, facts: Facts, done_on: date | None, *, zone: ZoneInfo, now: datetime) -> Status:
    """Return how an obligation stands at `now`. `term` is the one in force then; `done_on` the day the report names."""
    reported = Verification.AWAITED if facts.done_at else Verification.NOT_REPORTED
    return Status(_progress(term, facts, zone, now), _timeliness(term, facts, done_on, zone, now), reported)


def days_late(term: Term, facts: Facts, done_on: date | None, *, zone: ZoneInfo, now: datetime) -> int:
    """Return by how many days it is late, or was when it was over; they count from the last day that was on time."""
    until = on_time_until(term, facts, zone)
    if until is None or not _is_late(term, facts, done_on, zone, now):
        return 0
    over = _over_on(facts, done_on, zone) or local_day(now, zone)
    return max((over - until).days, 0)


def _progress(term: Term, facts: Facts, zone: ZoneInfo, now: datetime) -> Progress:
    if facts.withdrawn_at:
        return Progress.WITHDRAWN
    if facts.done_at:
        return Progress.DONE
    if facts.closed_at:
        return Progress.CLOSED
    waits = term.kind in ("event", "before_event") and term.due is None and term.starts is None
    ahead = term.starts is not None and local_day(now, zone) < term.starts
    return Progress.NOT_STARTED if waits or ahead else Progress.NOT_DONE


def _timeliness(term: Term, facts: Facts, done_on: date | None, zone: ZoneInfo, now: datetime) -> Timeliness:
    if term.late_at is None or term.due_at is None:
        return Timeliness.UNDATED
    late = _is_late(term, facts, done_on, zone, now)
    if facts.done_at:
        return Timeliness.DONE_LATE if late else Timeliness.DONE_IN_TIME
    if late:
        return Timeliness.LATE
    return Timeliness.DUE_SOON if term.due_at - (facts.withdrawn_at or now) <= SOON else Timeliness.IN_TIME


def _is_late(term: Term, facts: Facts, done_on: date | None, zone: ZoneInfo, now: datetime) -> bool:
    until = on_time_until(term, facts, zone)
    if term.late_at is None or until is None:
        return False
    over = _over_on(facts, done_on, zone)
    if over is None or facts.closed_at:
        return is_late(term, facts, now=facts.withdrawn_at or now, zone=zone)
    if over != until or until != term.grace_until or facts.done_at is None:
        return over > until
    # On the day itself an hour counts only if the work was reported that same day: nobody reports the hour of the work.
    reported_later = local_day(facts.done_at, zone) != over
    return not reported_later and facts.done_at >= term.late_at


def _over_on(facts: Facts, done_on: date | None, zone: ZoneInfo) -> date | None:
    if facts.done_at:
        return done_on or local_day(facts.done_at, zone)
    return local_day(facts.withdrawn_at, zone) if facts.withdrawn_at else None
