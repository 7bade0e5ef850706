"""Parts of deadlines and dates in words, as Vietnamese offices write them."""

from datetime import time

import pytest

from rules.days import clock, day_en, day_vi, full, month_vi, short_vi
from rules.deadline import Every, MonthDay, Named, OnDay, Unit, Weekday, YearDay
from rules.words import recurrence
from tests.rules.calendars import day


@pytest.mark.parametrize(
    ("unit", "count", "on", "vi", "en"),
    [
        ("day", 1, (), "hằng ngày", "every day"),
        ("day", 1, (Named("working day"),), "mỗi ngày làm việc", "every working day"),
        ("day", 15, (), "15 ngày một lần", "every 15 days"),
        ("week", 1, (), "hằng tuần, Chủ nhật", "every week on Sunday"),
        (
            "week",
            1,
            (Weekday(0), Weekday(2), Weekday(4)),
            "hằng tuần, thứ Hai, thứ Tư và thứ Sáu",
            "every week on Monday, Wednesday and Friday",
        ),
        ("week", 2, (Weekday(4),), "2 tuần một lần, thứ Sáu", "every 2 weeks on Friday"),
        ("month", 1, (MonthDay(5),), "hằng tháng, ngày 05", "every month on day 5"),
        (
            "month",
            1,
            (Weekday(4, last=True),),
            "hằng tháng, thứ Sáu cuối cùng của tháng",
            "every month on the last Friday of the month",
        ),
        (
            "quarter",
            1,
            (Named("last working day"),),
            "hằng quý, ngày làm việc cuối cùng của quý",
            "every quarter on the last working day of the quarter",
        ),
        (
            "quarter",
            1,
            (Named("first working day"),),
            "hằng quý, ngày làm việc đầu tiên của tháng cuối quý",
            "every quarter on the first working day of the quarter's last month",
        ),
        (
            "quarter",
            1,
            (MonthDay(15),),
            "hằng quý, ngày 15 tháng cuối quý",
            "every quarter on day 15 of its last month",
        ),
        ("half", 1, (), "6 tháng một lần, ngày cuối kỳ 6 tháng", "every half-year on the last day of the half-year"),
        (
            "half",
            3,
            (),
            "18 tháng một lần, ngày cuối kỳ 6 tháng",
            "every 3 half-years on the last day of the half-year",
        ),
        (
            "year",
            1,
            (YearDay(6, 20), YearDay(2, 5)),
            "hằng năm, ngày 20/6 và ngày 05/02",
            "every year on 20 June and 5 February",
        ),
    ],
)
def test_how_often_something_recurs(unit: Unit, count: int, on: tuple[OnDay, ...], vi: str, en: str) -> None:
    assert recurrence(Every(unit, count, on)) == (vi, en)


@pytest.mark.parametrize(
    ("on", "vi", "en"),
    [
        ("2026-02-28", "28/02/2026", "28 February 2026"),  # a zero before February
        ("2026-03-02", "02/3/2026", "2 March 2026"),  # a zero before the 2nd, none before March
        ("2026-10-10", "10/10/2026", "10 October 2026"),
    ],
)
def test_days_are_written_as_offices_write_them(on: str, vi: str, en: str) -> None:
    assert (day_vi(day(on)), day_en(day(on))) == (vi, en)


def test_other_parts_of_dates_in_words() -> None:
    assert month_vi(day("2026-01-05")) == "01/2026"
    assert short_vi(day("2026-09-02")) == "02/9"
    assert full(day("2026-05-31")) == ("Chủ nhật 31/5/2026", "Sunday 31 May 2026")
    assert clock(time(9, 5)) == ("09h05", "09:05")
