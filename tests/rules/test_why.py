"""The arithmetic in words: what is said of each form, and that every day off which moved something is named."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import Calendar, DayOff
from rules.deadline import (
    After,
    AheadOf,
    Before,
    Continuous,
    Deadline,
    Every,
    Named,
    Offset,
    Period,
    SetBy,
    Span,
    Within,
)
from rules.programme import Occurred
from rules.terms import following, occurrences
from rules.wording import Wording
from tests.rules.calendars import OFFICIAL, context, day, period

TITLE = {"e": "Trung ương ban hành Đề án"}


def why(deadline: Deadline, *, on: str = "2026-05-10", **changes: Any) -> Wording:
    """Return what is said of the first occurrence."""
    known = context(**{"events": {"e": (Occurred(day(on)),)}, "event_titles": TITLE, **changes})
    return occurrences(deadline, known, first=day("2026-01-01"), last=day("2026-12-31"))[0].term.why


@pytest.mark.parametrize(
    ("deadline", "vi", "en"),
    [
        (
            Within(period("2026-02")),
            "Tháng 02/2026: đến hết ngày cuối tháng, thứ Bảy 28/02/2026; nhắc trước thứ Sáu 27/02/2026 (28/02 là thứ "
            "Bảy); tính trễ sau thứ Hai 02/3/2026 (01/3 là Chủ nhật)",
            "February 2026: by the end of Saturday 28 February 2026, the last day of the month; reminders count to "
            "Friday 27 February 2026 (28 February is Saturday); late after Monday 2 March 2026 (1 March is Sunday)",
        ),
        (
            Within(period("2026-04-30")),
            "Đến hết thứ Năm 30/4/2026; nhắc trước thứ Tư 29/4/2026 (30/4 là Ngày Chiến thắng, theo BLLĐ 2019); tính "
            "trễ sau thứ Hai 04/5/2026 (01/5 là Ngày Quốc tế lao động, theo BLLĐ 2019; 02/5 là thứ Bảy; 03/5 là Chủ "
            "nhật)",
            "By the end of Thursday 30 April 2026; reminders count to Wednesday 29 April 2026 (30 April is Victory "
            "Day, by BLLĐ 2019); late after Monday 4 May 2026 (1 May is Labour Day, by BLLĐ 2019; 2 May is Saturday; "
            "3 May is Sunday)",
        ),
        (
            Within(period("2026-05")),  # the day after the due day is worked: nothing more to name
            "Tháng 5/2026: đến hết ngày cuối tháng, Chủ nhật 31/5/2026; nhắc trước thứ Sáu 29/5/2026 (30/5 là thứ Bảy; "
            "31/5 là Chủ nhật); tính trễ sau thứ Hai 01/6/2026",
            "May 2026: by the end of Sunday 31 May 2026, the last day of the month; reminders count to Friday 29 May "
            "2026 (30 May is Saturday; 31 May is Sunday); late after Monday 1 June 2026",
        ),
        (
            Within(period("2026-Q2"), time(17)),
            "Quý II/2026: đến 17h00 ngày cuối quý, thứ Ba 30/6/2026",
            "Quarter 2 of 2026: by 17:00 on Tuesday 30 June 2026, the last day of the quarter",
        ),
        (
            Within(period("2026-H2")),
            "6 tháng cuối năm 2026: đến hết ngày cuối kỳ 6 tháng, thứ Năm 31/12/2026",
            "The second half of 2026: by the end of Thursday 31 December 2026, the last day of the half-year",
        ),
        (
            Within(period("2026")),
            "Năm 2026: đến hết ngày cuối năm, thứ Năm 31/12/2026",
            "The year 2026: by the end of Thursday 31 December 2026, the last day of the year",
        ),
        (
            Within(Period("span", day("2025-11-01"), day("2026-06-30"), "")),
            "Từ ngày 01/11/2025 đến hết thứ Ba 30/6/2026",
            "From 1 November 2025 to the end of Tuesday 30 June 2026",
        ),
        (
            Span(period("2026-02"), period("2026-Q3"), time(9)),
            "Từ ngày 01/02/2026 đến 09h00 thứ Tư 30/9/2026",
            "From 1 February 2026 to 09:00 on Wednesday 30 September 2026",
        ),
        (
            Before(period("2026-05-16")),
            "Trước ngày 16/5/2026: đến hết ngày liền trước, thứ Sáu 15/5/2026; trong ngày ghi tại văn bản, thứ Bảy "
            "16/5/2026, chưa tính trễ; tính trễ sau thứ Hai 18/5/2026 (16/5 là thứ Bảy; 17/5 là Chủ nhật)",
            "Before 16 May 2026: by the end of the day before, Friday 15 May 2026; not yet late on the named day, "
            "Saturday 16 May 2026; late after Monday 18 May 2026 (16 May is Saturday; 17 May is Sunday)",
        ),
        (
            Before(period("2026-Q3")),
            "Trước quý III/2026: đến hết thứ Ba 30/6/2026, ngày liền trước",
            "Before quarter 3 of 2026: by the end of Tuesday 30 June 2026, the day before",
        ),
        (
            Before(period("2026-05-15"), time(17)),
            "Trước 17h00 thứ Sáu 15/5/2026: tính đến đúng thời điểm đó",
            "Before 17:00 on Friday 15 May 2026: up to that instant",
        ),
        (
            SetBy("Đề án số 05-ĐA/TU"),
            "Thời hạn theo “Đề án số 05-ĐA/TU”, chưa xác định ngày",
            "Set by “Đề án số 05-ĐA/TU”, not dated yet",
        ),
        (
            Continuous(Every("quarter")),
            "Nhiệm vụ thường xuyên, báo cáo định kỳ hằng quý, ngày cuối quý: kỳ này đến hết thứ Ba 31/3/2026",
            "Continuous, reviewed every quarter on the last day of the quarter: this time by the end of Tuesday 31 "
            "March 2026",
        ),
    ],
)
def test_what_is_said_of_a_deadline(deadline: Deadline, vi: str, en: str) -> None:
    assert why(deadline) == (vi, en)


@pytest.mark.parametrize(
    ("deadline", "on", "vi"),
    [
        (
            After("e", Offset(30, "days")),
            "2026-05-10",
            "30 ngày sau “Trung ương ban hành Đề án” (Chủ nhật 10/5/2026, không tính ngày này): đến hết thứ Ba "
            "09/6/2026",
        ),
        (
            After("e", Offset(1, "months")),
            "2026-01-31",
            "01 tháng sau “Trung ương ban hành Đề án” (thứ Bảy 31/01/2026, không tính ngày này): đến hết thứ Bảy "
            "28/02/2026 (tháng này không có ngày 31); nhắc trước thứ Sáu 27/02/2026 (28/02 là thứ Bảy); tính trễ sau "
            "thứ Hai 02/3/2026 (01/3 là Chủ nhật)",
        ),
        (
            After("e", Offset(10, "working days")),
            "2026-08-19",
            "10 ngày làm việc sau “Trung ương ban hành Đề án” (thứ Tư 19/8/2026, không tính ngày này): đến hết thứ Sáu "
            "04/9/2026; không tính 23/8 là Chủ nhật; 29/8 là thứ Bảy; 30/8 là Chủ nhật; 31/8 là Nghỉ hoán đổi, theo TB "
            "9441/TB-BNV ngày 16/10/2025; từ 01/9 đến 02/9 là Quốc khánh, theo BLLĐ 2019; có tính thứ Bảy 22/8 làm bù, "
            "theo TB 9441/TB-BNV ngày 16/10/2025",
        ),
        (
            After("e", Offset(60, "working days")),  # more weekend days than anyone reads
            "2026-04-20",
            "60 ngày làm việc sau “Trung ương ban hành Đề án” (thứ Hai 20/4/2026, không tính ngày này): đến hết thứ "
            "Năm 16/7/2026; không tính 24 ngày nghỉ hằng tuần từ 25/4 đến 12/7/2026; 27/4 là Nghỉ bù Giỗ Tổ, theo TB "
            "9441/TB-BNV ngày 16/10/2025; 30/4 là Ngày Chiến thắng; 01/5 là Ngày Quốc tế lao động, theo BLLĐ 2019",
        ),
        (
            AheadOf("e", Offset(1, "working days")),
            "2026-01-05",
            "01 ngày làm việc trước “Trung ương ban hành Đề án” (thứ Hai 05/01/2026): đến hết thứ Tư 31/12/2025; không "
            "tính 01/01 là Tết Dương lịch, theo BLLĐ 2019; 02/01 là Nghỉ hoán đổi, theo CV 12729/VPCP-KGVX ngày "
            "25/12/2025; 03/01 là thứ Bảy; 04/01 là Chủ nhật",
        ),
        (
            After("e", Offset(24, "hours")),
            "2026-05-11",
            "24 giờ sau “Trung ương ban hành Đề án” (thứ Hai 11/5/2026, tính từ hết ngày): đến 24h00 thứ Ba 12/5/2026",
        ),
        (
            After("e"),
            "2026-05-10",
            "Sau “Trung ương ban hành Đề án” (Chủ nhật 10/5/2026): thực hiện từ thứ Hai 11/5/2026, chưa định hạn cuối",
        ),
    ],
)
def test_what_is_said_of_a_deadline_that_hangs_on_an_event(deadline: Deadline, on: str, vi: str) -> None:
    assert why(deadline, on=on).vi == vi


def test_an_instant_is_said_in_local_time() -> None:
    at = Occurred(day("2026-05-11"), datetime(2026, 5, 11, 2, 30, tzinfo=UTC))
    found = why(After("e", Offset(24, "hours")), events={"e": (at,)})
    assert found.vi.endswith("(09h30 thứ Hai 11/5/2026): đến 09h30 thứ Ba 12/5/2026")
    assert found.en.endswith("(09:30 on Monday 11 May 2026): by 09:30 on Tuesday 12 May 2026")


def test_an_event_without_title_is_named_by_its_id() -> None:
    assert "“e”" in why(After("e"), event_titles={}).vi


def test_what_the_package_supplied_is_said_to_be_unconfirmed() -> None:
    found = why(Within(period("2027-04")))
    assert "30/4 là Ngày Chiến thắng, theo gói holidays, chưa đối chiếu thông báo chính thức" in found.vi
    assert "by the holidays package, not checked against official notices" in found.en


def test_a_provisional_term_says_so() -> None:
    found = why(Within(period("2027-06")))
    assert found.vi.endswith("; lịch nghỉ sau ngày 31/12/2026 chưa có thông báo chính thức")
    assert found.en.endswith("; days off after 31 December 2026 are not officially announced yet")


def test_days_of_one_name_with_a_day_between_are_two_runs() -> None:
    named = {day(on): DayOff(day(on), Wording("Nghỉ bù", "Made up"), "TB 1") for on in ("2026-06-03", "2026-06-05")}
    found = why(After("e", Offset(5, "working days")), on="2026-06-01", calendar=Calendar("two", holidays=named))
    assert "03/6 là Nghỉ bù; 05/6 là Nghỉ bù, theo TB 1; 06/6" in found.vi


def test_an_anchor_is_named_and_a_month_too_short_for_it() -> None:
    monthly = Every("month", from_=period("2026-01-31"))
    january, february = following(monthly, context(roll=False), day("2026-01-01"))
    assert january.term.why.vi == "Hằng tháng, tính từ ngày 31/01/2026: kỳ này đến hết thứ Bảy 31/01/2026"
    assert february.term.why.vi.endswith("đến hết thứ Bảy 28/02/2026 (tháng này không có ngày 31)")


def test_why_a_last_working_day_is_not_the_last_day() -> None:
    monthly = Every("month", on=(Named("last working day"),))
    (august,) = following(monthly, context(), day("2026-08-01"), 1)
    assert august.term.why.vi.endswith(
        "kỳ này đến hết thứ Sáu 28/8/2026 (29/8 là thứ Bảy; 30/8 là Chủ nhật; 31/8 là Nghỉ hoán đổi, "
        "theo TB 9441/TB-BNV ngày 16/10/2025)"
    )


@given(st.dates(date(2025, 1, 10), date(2026, 12, 20)))
def test_every_day_off_that_moved_something_is_named(due: date) -> None:
    (found,) = occurrences(Within(period(due.isoformat())), context(), first=due, last=due)
    term = found.term
    assert term.remind_by is not None
    assert term.grace_until is not None
    named = _days_named(term.why.vi)
    for off in OFFICIAL.days_off(term.remind_by, term.grace_until):
        assert (off.on.day, off.on.month) in named
        assert off.name.vi in term.why.vi
        assert off.name.en in term.why.en
        assert off.source is None or off.source in term.why.vi


def _days_named(text: str) -> set[tuple[int, int]]:
    """Return all days a text names, those inside `từ 16/02 đến 20/02` as well."""
    named = {(int(a), int(b)) for a, b in re.findall(r"\b(\d\d)/(\d+)", text)}
    for first, last, month in re.findall(r"từ (\d\d)/\d+ đến (\d\d)/(\d+)", text):
        named |= {(number, int(month)) for number in range(int(first), int(last) + 1)}
    return named
