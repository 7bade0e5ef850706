"""Backdated reports: which days are accepted, and which of those are flagged."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.backdated import backdated_words, day_fault, days_backdated, first_day
from rules.term import Term
from rules.wording import Wording

DOCUMENT, TODAY = date(2026, 1, 5), date(2026, 4, 10)
WHY = Wording("", "")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LATE_AT = datetime(2026, 4, 3, 17, tzinfo=UTC)
"""24:00 of Friday, 3 April, in Việt Nam."""
LATE_WITHIN_THE_DAY = datetime(2026, 4, 3, 10, tzinfo=UTC)
"""17:00 of that day."""


@pytest.mark.parametrize(
    ("term", "first"),
    [
        (Term("date", WHY), DOCUMENT),
        # Work within a quarter may be done ahead of it.
        (Term("quarter", WHY, starts=date(2026, 4, 1)), DOCUMENT),
        (Term("recurring", WHY, starts=date(2026, 3, 26)), date(2026, 3, 26)),
        (Term("recurring", WHY, starts=date(2025, 12, 26)), DOCUMENT),
        # Who names an occurrence that has not begun says it of today.
        (Term("recurring", WHY, starts=date(2026, 4, 26)), TODAY),
    ],
)
def test_work_is_done_from_the_document_or_from_the_beginning_of_its_occurrence(term: Term, first: date) -> None:
    assert first_day(DOCUMENT, term, today=TODAY) == first


def test_a_document_without_a_day_bounds_nothing() -> None:
    assert first_day(None, Term("date", WHY), today=TODAY) == date.min


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 1, 4), "before the task was assigned"),
        (DOCUMENT, None),
        (TODAY, None),
        (date(2026, 4, 11), "11 April 2026 has not come yet; accepted: 5 January 2026 to 10 April 2026."),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_those_that_can(on: date, told: str | None) -> None:
    fault = day_fault(on, DOCUMENT, today=TODAY)
    assert (fault is None) if told is None else (fault is not None and told in fault.en)
    assert fault is None or "chấp nhận từ 05/01/2026 đến 10/4/2026." in fault.vi


@pytest.mark.parametrize(
    ("said_on", "reported_on", "late_at", "days"),
    [
        ("2026-04-02", "2026-04-10", LATE_AT, 8),
        ("2026-04-03", "2026-04-10", LATE_AT, 7),
        ("2026-04-03", "2026-04-10", LATE_WITHIN_THE_DAY, 7),
        # It stays late.
        ("2026-04-04", "2026-04-10", LATE_AT, 0),
        # It was in time anyway.
        ("2026-04-01", "2026-04-03", LATE_AT, 0),
        ("2026-04-10", "2026-04-10", LATE_AT, 0),
        # Whoever reports at the very hour is in time.
        ("2026-04-02", "2026-04-03", datetime(2026, 4, 3, 2, tzinfo=UTC), 0),
        ("2026-04-02", "2026-04-03", datetime(2026, 4, 3, 1, tzinfo=UTC), 1),
        ("2026-01-05", "2026-04-10", None, 0),
    ],
)
def test_a_report_is_flagged_when_its_day_makes_late_work_count_as_in_time(
    said_on: str, reported_on: str, late_at: datetime | None, days: int
) -> None:
    reported_at = datetime.fromisoformat(f"{reported_on}T09:00+07:00")
    assert days_backdated(date.fromisoformat(said_on), reported_at, late_at, ZONE) == days


def test_what_is_told_counts_the_days() -> None:
    assert backdated_words(0) is None
    told = backdated_words(timedelta(days=8).days)
    assert told is not None
    assert told.vi == "báo sau hạn, muộn hơn ngày hoàn thành 8 ngày"
