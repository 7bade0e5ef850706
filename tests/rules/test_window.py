"""When mail may leave: quiet hours and days off put it off to the next opening, over weekends, holidays and Tết."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import local_day
from rules.window import Policy, is_open, morning, next_day_opening, opening, tomorrows_opening
from tests.rules.books import POLICY, at
from tests.rules.calendars import OFFICIAL, PARIS

EVERY_DAY = replace(POLICY, working_days_only=False)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-02 06:59", "2026-03-02 07:00"),  # before the window
        ("2026-03-02 07:00", "2026-03-02 07:00"),  # its first instant belongs to it
        ("2026-03-02 17:59", "2026-03-02 17:59"),
        ("2026-03-02 18:00", "2026-03-03 07:00"),  # its last does not
        ("2026-03-06 19:00", "2026-03-09 07:00"),  # Friday evening
        ("2026-03-07 09:00", "2026-03-09 07:00"),  # a Saturday
        ("2026-01-09 18:00", "2026-01-10 07:00"),  # before a worked Saturday
        ("2026-01-10 09:00", "2026-01-10 09:00"),  # on it
        ("2026-02-13 18:00", "2026-02-23 07:00"),  # before Tết
        ("2026-02-18 09:00", "2026-02-23 07:00"),  # in the middle of it
        ("2026-04-24 18:00", "2026-04-28 07:00"),  # a weekend and the Monday that makes up for Giỗ Tổ
        ("2025-12-31 18:00", "2026-01-05 07:00"),  # the turn of the year with its swapped Friday
        ("2026-11-24 09:00", "2026-11-25 07:00"),  # a holiday in the middle of the week
    ],
)
def test_mail_leaves_at_the_next_opening(moment: str, opens: str) -> None:
    assert opening(at(moment), POLICY, OFFICIAL) == at(opens)
    assert is_open(at(moment), POLICY, OFFICIAL) is (moment == opens)


def test_an_office_may_let_mail_leave_on_every_day() -> None:
    assert opening(at("2026-03-07 09:00"), EVERY_DAY, OFFICIAL) == at("2026-03-07 09:00")
    assert opening(at("2026-02-18 19:00"), EVERY_DAY, OFFICIAL) == at("2026-02-19 07:00")


@pytest.mark.parametrize(
    ("told", "free_from"),
    [
        ("2026-03-02 07:00", "2026-03-03 07:00"),
        ("2026-03-02 17:59", "2026-03-03 07:00"),  # the evening of a day is of that day
        ("2026-03-06 09:00", "2026-03-09 07:00"),  # over the weekend
        ("2026-02-13 09:00", "2026-02-23 07:00"),  # over Tết
        ("2026-01-09 09:00", "2026-01-10 07:00"),  # a worked Saturday counts
        ("2026-03-07 09:00", "2026-03-09 07:00"),  # told on a day off: the first working day after it
    ],
)
def test_a_working_day_begins_between_a_head_and_a_superior(told: str, free_from: str) -> None:
    assert next_day_opening(at(told), POLICY, OFFICIAL) == at(free_from)


def test_a_superior_waits_for_a_working_day_even_where_mail_leaves_on_every_day() -> None:
    assert next_day_opening(at("2026-03-06"), EVERY_DAY, OFFICIAL) == at("2026-03-09")
    assert tomorrows_opening(at("2026-03-06"), EVERY_DAY, OFFICIAL) == at("2026-03-07")


def test_the_days_share_begins_anew_with_the_daily_digest() -> None:
    """Not with the window before it: what was put off and what is new make one mail."""
    early = replace(POLICY, opens=time(6), daily=time(7, 30))
    assert tomorrows_opening(at("2026-03-02 12:00"), early, OFFICIAL) == at("2026-03-03 07:30")
    assert tomorrows_opening(at("2026-03-06 12:00"), early, OFFICIAL) == at("2026-03-09 07:30")


def test_a_daily_hour_after_the_window_falls_on_the_next_opening() -> None:
    late = replace(POLICY, daily=time(20))
    assert opening(morning(date(2026, 3, 2), late), late, OFFICIAL) == at("2026-03-03 07:00")


@given(
    moment=st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 25)),
    zone=st.sampled_from([POLICY.zone, PARIS]),
    opens=st.times(max_value=time(11)),
    hours=st.integers(1, 12),
)
def test_an_opening_is_never_earlier_and_always_open(moment: datetime, zone: ZoneInfo, opens: time, hours: int) -> None:
    policy = Policy(zone, opens=opens, closes=time(opens.hour + hours, 59))
    moment = moment.replace(tzinfo=UTC)
    found = opening(moment, policy, OFFICIAL)
    assert found >= moment
    assert is_open(found, policy, OFFICIAL)
    assert OFFICIAL.is_working_day(local_day(found, zone))
    assert next_day_opening(moment, policy, OFFICIAL) - moment < timedelta(days=15)
