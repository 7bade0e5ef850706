"""Working days of the official calendar, what the package adds, and local days as instants."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import PACKAGE, Calendar, DayOff, instant, local_day
from rules.wording import Wording
from tests.rules.calendars import HCM, OFFICIAL, PARIS, SWAP_2026, TB_2026, day

days_2025_2026 = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        ("2026-01-01", False),  # New Year
        ("2026-01-02", False),  # swapped with Saturday 10 January
        ("2026-01-03", False),  # a Saturday like any other
        ("2026-01-10", True),  # worked for 2 January
        ("2026-01-11", False),  # the Sunday after it
        ("2026-02-13", True),  # the last day before Tết
        ("2026-02-16", False),  # Tết
        ("2026-02-20", False),  # Tết, its last weekday
        ("2026-02-23", True),  # the first day after
        ("2026-04-27", False),  # Giỗ Tổ fell on Sunday 26 April
        ("2026-04-29", True),  # not swapped in 2026
        ("2026-08-22", True),  # worked for 31 August
        ("2026-08-31", False),  # swapped
        ("2026-09-03", True),  # the first day after National Day
        ("2026-11-24", False),  # the new holiday
        ("2025-04-26", True),  # worked for 2 May 2025
        ("2025-05-02", False),  # swapped
    ],
)
def test_the_official_calendar_says_which_days_are_worked(on: str, worked: bool) -> None:
    assert OFFICIAL.is_working_day(day(on)) is worked


def test_a_day_off_carries_its_name_and_the_document_that_says_so() -> None:
    off = OFFICIAL.day_off(day("2026-01-02"))
    assert off is not None
    assert (off.name.vi, off.source) == ("Nghỉ hoán đổi", SWAP_2026)


def test_a_weekend_day_carries_its_weekday_and_no_source() -> None:
    assert OFFICIAL.day_off(day("2026-05-30")) == DayOff(day("2026-05-30"), Wording("thứ Bảy", "Saturday"))


@pytest.mark.parametrize(
    ("on", "before", "after"),
    [
        ("2026-03-31", "2026-03-31", "2026-03-31"),  # a working day stays
        ("2026-01-31", "2026-01-30", "2026-02-02"),  # a Saturday
        ("2026-02-28", "2026-02-27", "2026-03-02"),  # a Saturday, into the next month
        ("2026-04-30", "2026-04-29", "2026-05-04"),  # a holiday, then another, then a weekend
        ("2026-05-31", "2026-05-29", "2026-06-01"),  # a Sunday
        ("2026-08-31", "2026-08-28", "2026-09-03"),  # a swapped Monday before National Day
        ("2026-10-31", "2026-10-30", "2026-11-02"),  # a Saturday
        ("2026-02-18", "2026-02-13", "2026-02-23"),  # in the middle of Tết
        ("2026-01-10", "2026-01-10", "2026-01-10"),  # a worked Saturday
        ("2026-01-01", "2025-12-31", "2026-01-05"),  # over the turn of the year
    ],
)
def test_the_working_days_beside_a_day(on: str, before: str, after: str) -> None:
    assert str(OFFICIAL.on_or_before(day(on))) == before
    assert str(OFFICIAL.on_or_after(day(on))) == after


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-04-20", 15, "2026-05-14"),  # skips 27/4, 30/4, 1/5
        ("2026-08-19", 10, "2026-09-04"),  # Saturday 22/8 counts, 31/8 to 2/9 do not
        ("2026-02-13", 1, "2026-02-23"),  # over Tết
        ("2026-02-18", 1, "2026-02-23"),  # from within Tết
        ("2026-02-18", -1, "2026-02-13"),  # back from within Tết
        ("2026-01-12", -1, "2026-01-10"),  # back onto a worked Saturday
        ("2026-02-18", 0, "2026-02-18"),  # nothing moves
        ("2025-12-31", 1, "2026-01-05"),  # into the next year
    ],
)
def test_the_nth_working_day(start: str, n: int, end: str) -> None:
    assert str(OFFICIAL.shift(day(start), n)) == end


@given(days_2025_2026, st.integers(-60, 60))
def test_working_days_counted_there_and_back_lead_to_the_same_day(start: date, n: int) -> None:
    start = OFFICIAL.on_or_after(start)
    assert OFFICIAL.shift(OFFICIAL.shift(start, n), -n) == start


@given(days_2025_2026, st.integers(1, 60))
def test_between_a_day_and_its_nth_working_day_lie_n_working_days(start: date, n: int) -> None:
    end = OFFICIAL.shift(start, n)
    off = len(OFFICIAL.days_off(start + timedelta(1), end))
    assert (end - start).days - off == n


@given(days_2025_2026, st.integers(0, 30))
def test_days_off_are_all_the_days_that_are_not_worked(first: date, length: int) -> None:
    span = [first + timedelta(n) for n in range(length)]
    found = OFFICIAL.days_off(first, first + timedelta(length - 1))
    assert [off.on for off in found] == [one for one in span if not OFFICIAL.is_working_day(one)]


def test_worked_saturdays_are_told_with_their_source() -> None:
    assert OFFICIAL.worked_days(day("2026-08-17"), day("2026-09-04")) == ((day("2026-08-22"), TB_2026),)


def test_only_days_up_to_the_last_announced_one_are_announced() -> None:
    assert OFFICIAL.is_announced(day("2026-12-31"))
    assert not OFFICIAL.is_announced(day("2027-01-01"))
    assert Calendar("any").is_announced(day("2099-01-01"))


def test_years_not_covered_come_from_the_package_and_say_so() -> None:
    off = OFFICIAL.day_off(day("2027-04-30"))
    assert off is not None
    assert off.source == PACKAGE
    assert off.name == ("Ngày Chiến thắng", "Liberation Day/Reunification Day")


def test_a_covered_year_does_not_ask_the_package() -> None:
    plain = Calendar("plain", covers=frozenset({2027}), based_on="VN")
    assert plain.is_working_day(day("2027-04-30"))


def test_a_calendar_based_on_nothing_knows_weekends_only() -> None:
    assert len(Calendar("plain").days_off(day("2026-01-01"), day("2026-12-31"))) == 104


def test_own_lines_win_over_the_package() -> None:
    tet = day("2027-02-04")
    own = DayOff(tet, Wording("Nghỉ Tết", "Tết"), "TB 1")
    assert Calendar("own", based_on="VN", holidays={tet: own}).day_off(tet) == own
    assert Calendar("own", based_on="VN", worked={tet: "TB 1"}).is_working_day(tet)


def test_worked_saturdays_of_the_package_are_worked() -> None:
    from_package = Calendar("package", based_on="VN")
    assert from_package.is_working_day(day("2026-08-22"))
    assert from_package.worked_days(day("2026-08-22"), day("2026-08-22")) == ((day("2026-08-22"), PACKAGE),)


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        ("2029-11-24", False),  # a Saturday
        ("2029-11-26", True),  # 24 November is not made up: it stands outside Điều 112.1
        ("2027-05-03", False),  # 1 May 2027 is a Saturday, made up by Điều 111.3
    ],
)
def test_the_package_makes_up_only_what_the_law_makes_up(on: str, worked: bool) -> None:
    assert OFFICIAL.is_working_day(day(on)) is worked


def test_the_names_of_the_package_do_not_follow_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    off = Calendar("package", based_on="VN").day_off(day("2031-09-02"))
    assert off is not None
    assert off.name.vi == "Quốc khánh"


def test_a_country_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="does not know the country 'XQ'"):
        Calendar("nowhere", based_on="XQ").day_off(day("2027-01-01"))


def test_a_week_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no working day"):
        Calendar("holiday", weekend=frozenset(range(7)))


def test_a_weekend_may_be_any_days() -> None:
    friday_only = Calendar("friday", weekend=frozenset({4}))
    assert not friday_only.is_working_day(day("2026-05-08"))
    assert friday_only.is_working_day(day("2026-05-09"))


def test_two_calendars_are_equal_when_they_say_the_same() -> None:
    one, other = Calendar("same", worked={day("2026-01-10"): "x"}), Calendar("same", worked={day("2026-01-10"): "x"})
    one.is_working_day(day("2026-01-10"))
    assert one == other
    assert hash(one) == hash(other)
    assert Calendar("same") != one
    assert pickle.loads(pickle.dumps(one)) == one


def test_counting_past_the_last_day_of_the_calendar_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="9999"):
        OFFICIAL.shift(day("9999-12-30"), 5)


@pytest.mark.parametrize(
    ("on", "at", "zone", "expected"),
    [
        ("2026-06-30", None, HCM, "2026-06-30T17:00"),  # 24:00 in Vietnam
        ("2026-06-30", time(17), HCM, "2026-06-30T10:00"),  # 17h00 in Vietnam
        ("2026-12-31", None, HCM, "2026-12-31T17:00"),  # the end of a year
        ("2026-06-30", time(0), HCM, "2026-06-29T17:00"),  # midnight begins the day
        ("2026-07-01", time(9), PARIS, "2026-07-01T07:00"),  # summer
        ("2026-12-01", time(9), PARIS, "2026-12-01T08:00"),  # winter
        ("2026-03-28", None, PARIS, "2026-03-28T23:00"),  # the day before the clocks go forward
        ("2026-03-29", None, PARIS, "2026-03-29T22:00"),  # the day of 23 hours
        ("2026-03-29", time(1, 59), PARIS, "2026-03-29T00:59"),  # just before the gap
        ("2026-03-29", time(2), PARIS, "2026-03-29T01:00"),  # the gap begins
        ("2026-03-29", time(2, 30), PARIS, "2026-03-29T01:00"),  # in the gap: the first instant after it
        ("2026-03-29", time(3), PARIS, "2026-03-29T01:00"),  # the gap has ended
        ("2026-10-25", time(2, 30), PARIS, "2026-10-25T00:30"),  # twice: the first
        ("2026-10-25", time(3), PARIS, "2026-10-25T02:00"),  # after the overlap
        ("2026-10-25", None, PARIS, "2026-10-25T23:00"),  # the day of 25 hours
        ("2011-12-30", time(12), ZoneInfo("Pacific/Apia"), "2011-12-30T10:00"),  # a day that never was
    ],
)
def test_a_local_day_becomes_an_instant(on: str, at: time | None, zone: ZoneInfo, expected: str) -> None:
    assert instant(day(on), at, zone) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", [HCM, PARIS, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Australia/Lord_Howe")])
@given(on=st.dates(date(1990, 1, 1), date(2036, 12, 31)), at=st.none() | st.times())
def test_instants_follow_the_order_of_local_time(zone: ZoneInfo, on: date, at: time | None) -> None:
    assert instant(on, at, zone) <= instant(on, None, zone)
    assert instant(on, time(0), zone) <= instant(on, at, zone)
    assert instant(on, at, zone).utcoffset() == timedelta(0)


@given(st.dates(date(1980, 1, 1), date(2090, 1, 1)), st.times())
def test_a_local_day_is_found_again_in_its_instant(on: date, at: time) -> None:
    assert local_day(instant(on, at, HCM), HCM) == on


def test_the_last_instant_of_the_calendar_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="9999"):
        instant(date.max, None, HCM)
    with pytest.raises(ValueError, match="years 1 to 9999"):
        instant(date.min, time(1), HCM)
