"""The three axes of an obligation: a table of what happened, and how it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.calendar import Calendar
from rules.deadline import Before, Period, SetBy, Within
from rules.obligation import Facts
from rules.status import NAMES, UNANSWERED, Answered, Progress, Timeliness, Verification, days_late, status
from rules.term import Term, TermContext
from rules.terms import term
from rules.wording import Wording

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CONTEXT = TermContext(Calendar("plain"), ZONE)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
MARCH = term(Within(Period("month", date(2026, 3, 1), date(2026, 3, 31), "2026-03")), CONTEXT)
SUNDAY = term(Within(Period("day", date(2026, 5, 31), date(2026, 5, 31), "2026-05-31")), CONTEXT)
BEFORE = term(Before(Period("day", date(2026, 5, 15), date(2026, 5, 15), "2026-05-15")), CONTEXT)
AT_NINE = term(
    Within(Period("day", date(2026, 4, 3), date(2026, 4, 3), "2026-04-03"), datetime(2026, 4, 3, 9).time()),
    CONTEXT,
)
UNDATED = term(SetBy("Đề án"), CONTEXT)
DORMANT = Term("event", Wording("Chờ", "Waiting"))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("due", "now", "progress", "timeliness"),
    [
        (MARCH, "2026-02-10T08:00", "not_begun", "in_time"),  # before its first day
        (MARCH, "2026-03-10T08:00", "not_begun", "in_time"),
        (MARCH, "2026-03-29T08:00", "not_begun", "due_soon"),  # three days before the end
        (MARCH, "2026-03-31T23:59", "not_begun", "due_today"),
        (MARCH, "2026-04-01T00:00", "not_begun", "late"),
        (SUNDAY, "2026-06-01T12:00", "not_begun", "due_today"),  # due on a Sunday: Monday still counts (Điều 148.5)
        (SUNDAY, "2026-06-02T00:00", "not_begun", "late"),
        (BEFORE, "2026-05-15T12:00", "not_begun", "due_today"),  # nobody is late until the named day has passed
        (BEFORE, "2026-05-16T00:00", "not_begun", "late"),
        (AT_NINE, "2026-04-03T08:59", "not_begun", "due_today"),
        (AT_NINE, "2026-04-03T09:00", "not_begun", "due_today"),  # the hour itself is kept
        (AT_NINE, "2026-04-03T09:00:01", "not_begun", "late"),  # to the hour, not the day
        (UNDATED, "2026-06-01T12:00", "not_begun", "undated"),
        (DORMANT, "2026-06-01T12:00", "not_begun", "undated"),  # its event has not happened
    ],
)
def test_what_is_open_is_judged_by_the_clock(due: Term, now: str, progress: str, timeliness: str) -> None:
    found = status(due, Facts(SINCE), UNANSWERED, zone=ZONE, now=local(now))
    assert (found.progress, found.timeliness, found.verification) == (progress, timeliness, "none_asked")


@pytest.mark.parametrize(
    ("due", "done_on", "reported", "timeliness", "late"),
    [
        (MARCH, "2026-03-30", "2026-03-30T10:00", "done_in_time", 0),
        (MARCH, "2026-03-31", "2026-04-20T10:00", "done_in_time", 0),  # reported later: the day of the work counts
        (MARCH, "2026-04-02", "2026-04-02T10:00", "done_late", 2),
        (SUNDAY, "2026-06-01", "2026-06-01T10:00", "done_in_time", 0),
        (AT_NINE, "2026-04-03", "2026-04-03T08:00", "done_in_time", 0),
        (AT_NINE, "2026-04-03", "2026-04-03T09:00", "done_in_time", 0),
        (AT_NINE, "2026-04-03", "2026-04-03T09:00:01", "done_late", 0),
        (AT_NINE, "2026-04-03", "2026-04-03T16:00", "done_late", 0),  # late the same day: no whole day
        (AT_NINE, "2026-04-03", "2026-04-06T08:00", "done_in_time", 0),  # nobody says the hour of the work
        (UNDATED, "2026-04-03", "2026-04-03T08:00", "undated", 0),
    ],
)
def test_what_is_done_is_judged_by_the_day_of_the_work(
    due: Term, done_on: str, reported: str, timeliness: str, late: int
) -> None:
    facts, day, now = Facts(SINCE, done_at=local(reported)), date.fromisoformat(done_on), local("2026-08-01T08:00")
    found = status(due, facts, Answered(day), zone=ZONE, now=now)
    assert (found.progress, found.timeliness, found.verification) == ("reported", timeliness, "awaiting")
    assert days_late(due, facts, Answered(day), zone=ZONE, now=now) == late


def test_days_late_count_from_the_day_lateness_counts_from() -> None:
    assert days_late(SUNDAY, Facts(SINCE), UNANSWERED, zone=ZONE, now=local("2026-06-04T08:00")) == 3


def test_what_was_withdrawn_is_judged_by_that_day() -> None:
    early = Facts(SINCE, withdrawn_at=local("2026-03-10T08:00"))
    late = replace(early, withdrawn_at=local("2026-04-10T08:00"))
    now = local("2026-08-01T08:00")
    assert status(MARCH, early, UNANSWERED, zone=ZONE, now=now).timeliness == "in_time"
    assert status(MARCH, late, UNANSWERED, zone=ZONE, now=now).timeliness == "late"
    assert status(MARCH, late, UNANSWERED, zone=ZONE, now=now).progress == "cancelled"
    assert days_late(MARCH, late, UNANSWERED, zone=ZONE, now=now) == 10


def test_an_occurrence_closed_unreported_is_late() -> None:
    closed = Facts(SINCE, closed_at=local("2026-04-10T09:00"))
    found = status(AT_NINE, closed, UNANSWERED, zone=ZONE, now=local("2026-04-10T10:00"))
    assert (found.progress, found.timeliness) == ("closed", "late")


def test_every_word_has_its_official_name() -> None:
    assert {*Progress, *Timeliness, *Verification} == NAMES.keys()
    assert all(name.vi and name.en for name in NAMES.values())


def test_late_begins_where_the_term_says() -> None:
    assert MARCH.late_at is not None
    before = status(MARCH, Facts(SINCE), UNANSWERED, zone=ZONE, now=MARCH.late_at - timedelta(microseconds=1))
    after = status(MARCH, Facts(SINCE), UNANSWERED, zone=ZONE, now=MARCH.late_at)
    assert (before.timeliness, after.timeliness) == ("due_today", "late")
