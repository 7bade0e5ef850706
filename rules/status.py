"""Status: how an obligation stands on three separate axes, with the official names; for commands, letters and pages.

Names: Quyết định 42/2014/QĐ-TTg as used in 1270/BC-TCTTTg (đúng hạn, quá hạn, trong hạn); "không thời hạn",
"sắp đến hạn" and "chờ xác nhận" are those of the provinces' own systems. Done is not accepted: no axis implies another.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from rules.calendar import local_day
from rules.lateness import is_late, is_past, on_time_until
from rules.obligation import Facts, ObligationKey
from rules.term import Term
from rules.wording import Wording

SOON = timedelta(days=3)
"""So long before its last day an obligation is due soon."""


class Progress(StrEnum):
    """What has come of the work, as far as anyone reported."""

    NOT_BEGUN = "not_begun"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    DONE = "done"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Timeliness(StrEnum):
    """How it stands to its deadline; what is over is judged by the day it was over."""

    UNDATED = "undated"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    LATE = "late"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"


class Verification(StrEnum):
    """What the standing office says of the last report."""

    NONE_ASKED = "none_asked"
    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"


OPEN = frozenset({Progress.NOT_BEGUN, Progress.IN_PROGRESS, Progress.SUSPENDED})
"""Of these something is still expected."""
UNSETTLED = OPEN | {Progress.REPORTED}
"""Of these a difficulty that was told is still one: what is accepted, closed or withdrawn is in none."""
REPORTED = frozenset({Progress.REPORTED, Progress.DONE})
"""Of these the unit has said that it is done, whether or not that was accepted."""

NAMES: dict[Progress | Timeliness | Verification, Wording] = {
    Progress.NOT_BEGUN: Wording("Chưa thực hiện", "Not begun"),
    Progress.IN_PROGRESS: Wording("Đang thực hiện", "In progress"),
    Progress.REPORTED: Wording("Đã báo cáo hoàn thành", "Reported done"),
    Progress.DONE: Wording("Đã hoàn thành", "Done"),
    Progress.SUSPENDED: Wording("Tạm dừng", "Suspended"),
    Progress.CLOSED: Wording("Hết kỳ, không báo cáo", "Closed unreported"),
    Progress.CANCELLED: Wording("Đã rút", "Cancelled"),
    Timeliness.UNDATED: Wording("Không thời hạn", "No deadline"),
    Timeliness.IN_TIME: Wording("Trong hạn", "In time"),
    Timeliness.DUE_SOON: Wording("Sắp đến hạn", "Due soon"),
    Timeliness.DUE_TODAY: Wording("Đến hạn hôm nay", "Due today"),
    Timeliness.LATE: Wording("Quá hạn", "Late"),
    Timeliness.DONE_IN_TIME: Wording("Đúng hạn", "Done in time"),
    Timeliness.DONE_LATE: Wording("Hoàn thành quá hạn", "Done late"),
    Verification.NONE_ASKED: Wording("Chưa báo cáo", "Not reported"),
    Verification.AWAITING: Wording("Chờ xác nhận", "Awaiting verification"),
    Verification.ACCEPTED: Wording("Đã xác nhận", "Accepted"),
    Verification.RETURNED: Wording("Trả lại, yêu cầu bổ sung", "Returned"),
}
AHEAD = Wording("chưa đến kỳ", "its period has not begun")
"""Said of what `is_ahead` beside its progress."""


@dataclass(frozen=True, slots=True)
class Status:
    """The three axes."""

    progress: Progress
    timeliness: Timeliness
    verification: Verification


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said of an obligation beside its facts: the day the last report names, the verdict on the last report
    that said it was done, and whether the unit has begun, with how far it is."""

    done_on: date | None = None
    verdict: Literal["", "accepted", "returned"] = ""
    has_begun: bool = False
    percent: int | None = None


UNANSWERED = Answered()


def status(term: Term, facts: Facts, answered: Answered, *, zone: ZoneInfo, now: datetime) -> Status:
    """Return how an obligation stands at `now`; `term` is the one in force then. The one place where an obligation is
    put on the three axes: letters, pages, exports and reports count what it returns."""
    return Status(
        _progress(facts, answered, now), _timeliness(term, facts, answered, zone, now), _verification(facts, answered)
    )


def is_due_today(term: Term, *, today: date) -> bool:
    """Say whether today is the last day by the document (where it says *before* a day, the one before it, or that day),
    or the last one on which a report is on time: a deadline on a day off has two."""
    return today in (term.strict, term.due) or (term.grace_until is not None and today >= term.grace_until)


def is_due_soon(term: Term, *, today: date) -> bool:
    """Say whether the last day by the document is near, or past: *due soon* on pages and in letters alike."""
    last = term.strict or term.due
    return last is not None and last - today <= SOON


def is_ahead(key: ObligationKey, term: Term, status: Status, *, today: date) -> bool:
    """Say whether it recurs, and its stretch of time has not begun, nor has the unit."""
    starts = term.starts if key.occurrence else None
    return starts is not None and starts > today and status.progress is Progress.NOT_BEGUN


def days_late(term: Term, facts: Facts, answered: Answered, *, zone: ZoneInfo, now: datetime) -> int:
    """Return by how many days it is late, or was when it was over; they count from the last day that was on time."""
    until = on_time_until(term, facts, zone)
    if until is None or not _is_late(term, facts, answered, zone, now):
        return 0
    over = _over_on(facts, answered, zone) or local_day(now, zone)
    return max((over - until).days, 0)


def _progress(facts: Facts, answered: Answered, now: datetime) -> Progress:
    if facts.withdrawn_at:
        return Progress.CANCELLED
    if facts.done_at:
        return Progress.DONE if answered.verdict == "accepted" else Progress.REPORTED
    if facts.closed_at:
        return Progress.CLOSED
    if facts.is_suspended(now):
        return Progress.SUSPENDED
    return Progress.IN_PROGRESS if answered.has_begun or answered.verdict == "returned" else Progress.NOT_BEGUN


def _verification(facts: Facts, answered: Answered) -> Verification:
    if facts.done_at:
        return Verification.ACCEPTED if answered.verdict == "accepted" else Verification.AWAITING
    return Verification.RETURNED if answered.verdict == "returned" else Verification.NONE_ASKED


def _timeliness(term: Term, facts: Facts, answered: Answered, zone: ZoneInfo, now: datetime) -> Timeliness:
    if term.late_at is None or term.due_at is None:
        return Timeliness.UNDATED
    late = _is_late(term, facts, answered, zone, now)
    if facts.done_at:
        return Timeliness.DONE_LATE if late else Timeliness.DONE_IN_TIME
    if late:
        return Timeliness.LATE
    today = local_day(facts.withdrawn_at or now, zone)
    if is_due_today(term, today=today):
        return Timeliness.DUE_TODAY
    return Timeliness.DUE_SOON if is_due_soon(term, today=today) else Timeliness.IN_TIME


def _is_late(term: Term, facts: Facts, answered: Answered, zone: ZoneInfo, now: datetime) -> bool:
    until = on_time_until(term, facts, zone)
    if term.late_at is None or until is None:
        return False
    over = _over_on(facts, answered, zone)
    if over is None or facts.closed_at:
        return is_late(term, facts, now=facts.withdrawn_at or now, zone=zone)
    if over != until or until != term.grace_until or facts.done_at is None:
        return over > until
    # On the day itself an hour counts only if the work was reported that same day: nobody reports the hour of the work.
    reported_later = local_day(facts.done_at, zone) != over
    return not reported_later and is_past(term.late_at, now=facts.done_at, zone=zone)


def _over_on(facts: Facts, answered: Answered, zone: ZoneInfo) -> date | None:
    if facts.done_at:
        return answered.done_on or local_day(facts.done_at, zone)
    return local_day(facts.withdrawn_at, zone) if facts.withdrawn_at else None
