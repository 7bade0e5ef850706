"""Periods and the hours of their closing day: a table of weeks with days off, and what holds for any day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import Calendar, DayOff, local_day
from rules.load.mistake import Mistake
from rules.periodic.period import KINDS, PeriodKind, covering, read_period
from rules.periodic.schedule import LAST, OFF, Closing, Schedule, closing_day, hours, hours_or_usual, latest
from rules.wording import Wording

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFS = (
    date(2026, 4, 3),  # a Friday
    *(date(2026, 2, 16) + timedelta(day) for day in range(5)),  # all of the week of Tết
    date(2026, 4, 30),
    date(2026, 5, 1),
)
CALENDAR = Calendar("lich", holidays={day: DayOff(day, Wording("Nghỉ", "Off")) for day in OFFS})
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("2026-W14", "2026-03-30", "2026-04-05", "tuần 14 năm 2026"),
        ("2026-W01", "2025-12-29", "2026-01-04", "tuần 1 năm 2026"),  # ISO 8601: the week of the year's first Thursday
        ("2026w53", "2026-12-28", "2027-01-03", "tuần 53 năm 2026"),
        ("2026-04", "2026-04-01", "2026-04-30", "tháng 4 năm 2026"),
        ("2028-02", "2028-02-01", "2028-02-29", "tháng 2 năm 2028"),
        ("2026-Q2", "2026-04-01", "2026-06-30", "quý II năm 2026"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "quý IV năm 2026"),
    ],
)
def test_a_period_is_read_as_it_is_written(text: str, first: str, last: str, name: str) -> None:
    found = read_period(text)
    assert (str(found.first), str(found.last), found.name.vi) == (first, last, name)
    assert read_period(str(found)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-W54", "the year 2026 has no week 54"),
        ("2025-W53", "the year 2025 has no week 53"),
        ("2026-W00", "has no week 0"),
        ("2026-13", "there is no month 13"),
        ("2026-Q5", "there is no quarter 5"),
        ("4/2026", "did you mean '2026-04'?"),
        ("quý II/2026", "did you mean '2026-Q2'?"),
        ("2026", "accepted: a week, month or quarter"),
        ("2026-H1", "accepted: a week, month or quarter"),
        ("", "accepted: a week, month or quarter"),
    ],
)
def test_what_is_no_period_is_said_with_what_is_accepted(text: str, said: str) -> None:
    with pytest.raises(Mistake, match=r".+") as raised:
        read_period(text)
    assert said in str(raised.value)


@given(st.sampled_from(KINDS), DAYS)
def test_every_day_lies_in_one_period_of_each_kind_and_none_is_between_two(kind: PeriodKind, day: date) -> None:
    found = covering(kind, day)
    assert found.first <= day <= found.last
    assert covering(kind, found.first) == covering(kind, found.last) == found
    assert found.following.first == found.last + timedelta(1)
    assert found.following.preceding == found
    assert read_period(str(found)) == found


@pytest.mark.parametrize(
    ("weekly", "week", "closes"),
    [
        ("friday", "2026-W13", "2026-03-27"),
        ("friday", "2026-W14", "2026-04-02"),  # that Friday is off: the day before
        (LAST, "2026-W14", "2026-04-02"),
        ("thursday", "2026-W14", "2026-04-02"),
        ("monday", "2026-W14", "2026-03-30"),
        ("friday", "2026-W08", None),  # no day of it is worked
        ("friday", "2026-W18", "2026-04-29"),
        (OFF, "2026-W13", None),
    ],
)
def test_a_week_closes_on_its_day_or_the_last_working_day_before(
    weekly: Closing, week: str, closes: str | None
) -> None:
    found = closing_day(Schedule(weekly=weekly), read_period(week), CALENDAR)
    assert (str(found) if found else None) == closes


@pytest.mark.parametrize(
    ("schedule", "period", "closes"),
    [
        (Schedule(monthly=LAST), "2026-04", "2026-04-29"),  # the 30th is off
        (Schedule(monthly=25), "2026-04", "2026-04-24"),  # a Saturday
        (Schedule(monthly=31), "2026-02", "2026-02-27"),  # the last of a shorter month, a Saturday
        (Schedule(quarterly=LAST), "2026-Q2", "2026-06-30"),
        (Schedule(quarterly=15), "2026-Q2", "2026-06-15"),  # of its last month
        (Schedule(weekly="friday"), "2026-Q2", None),
    ],
)
def test_a_month_and_a_quarter_close_on_theirs(schedule: Schedule, period: str, closes: str | None) -> None:
    found = closing_day(schedule, read_period(period), CALENDAR)
    assert (str(found) if found else None) == closes


def test_the_hours_are_local_and_those_configured() -> None:
    schedule = Schedule(weekly="friday", contributions_by=time(8, 30), draft_at=time(14), send_at=time(16, 45))
    found = hours(schedule, read_period("2026-W13"), CALENDAR, ZONE)
    assert found is not None
    told = [f"{at.astimezone(ZONE):%a %H:%M}" for at in (found.contributions_by, found.draft_at, found.send_at)]
    assert told == ["Fri 08:30", "Fri 14:00", "Fri 16:45"]
    assert hours_or_usual(Schedule(), read_period("2026-W14"), CALENDAR, ZONE).day == date(2026, 4, 2)


@given(st.sampled_from(["friday", LAST, "wednesday"]), DAYS, st.integers(0, 24 * 60 - 1))
def test_the_latest_period_is_the_last_that_has_come_to_its_hour(weekly: Closing, day: date, minute: int) -> None:
    schedule = Schedule(weekly=weekly)
    now = datetime.combine(day, time(minute // 60, minute % 60), UTC)
    found = latest(schedule, "week", CALENDAR, ZONE, now=now)
    assert found is not None
    period, closes = found
    assert closes.contributions_by <= now
    later = period.following
    while later.first <= local_day(now, ZONE):
        then = hours(schedule, later, CALENDAR, ZONE)
        assert then is None or then.contributions_by > now
        later = later.following


def test_nothing_is_latest_where_nothing_is_summed_up() -> None:
    assert latest(Schedule(), "week", CALENDAR, ZONE, now=datetime(2026, 4, 3, tzinfo=UTC)) is None


@pytest.mark.parametrize(("week", "worked"), [("2026-W14", "03-30 04-02"), ("2026-W08", "02-16 02-20")])
def test_a_week_is_told_from_its_first_to_its_last_working_day(week: str, worked: str) -> None:
    first, last = read_period(week).worked(CALENDAR)
    assert f"{first:%m-%d} {last:%m-%d}" == worked
