"""The due day in words: the last day in time is said wherever there is room for it."""

from datetime import date, time

import pytest

from rules.due_day import DueDay

DUE, EVE = date(2026, 3, 27), date(2026, 3, 26)
MONDAY = date(2026, 4, 6)


@pytest.mark.parametrize(
    ("said", "whole", "brief", "short"),
    [
        (DueDay(DUE, None, DUE, DUE), "thứ Sáu 27/3/2026", "thứ Sáu 27/3/2026", "27/3/2026"),
        (DueDay(DUE, time(17)), "17h00 thứ Sáu 27/3/2026", "17h00 thứ Sáu 27/3/2026", "17h00 27/3/2026"),
        (
            DueDay(DUE, None, EVE, DUE),
            "trước thứ Sáu 27/3/2026 (muộn nhất thứ Năm 26/3/2026)",
            "trước thứ Sáu 27/3/2026 (muộn nhất 26/3/2026)",
            "trước 27/3/2026",
        ),
        (
            DueDay(date(2026, 4, 4), None, None, MONDAY),
            "thứ Bảy 04/4/2026; báo cáo đến hết thứ Hai 06/4/2026 vẫn tính đúng hạn",
            "thứ Bảy 04/4/2026",
            "04/4/2026",
        ),
        (
            DueDay(date(2026, 4, 4), time(17), None, MONDAY),
            "17h00 thứ Bảy 04/4/2026; báo cáo đến 17h00 thứ Hai 06/4/2026 vẫn tính đúng hạn",
            "17h00 thứ Bảy 04/4/2026",
            "17h00 04/4/2026",
        ),
    ],
)
def test_a_due_day_says_what_there_is_room_for(said: DueDay, whole: str, brief: str, short: str) -> None:
    assert (said.whole.vi, said.brief.vi, said.short.vi) == (whole, brief, short)


def test_a_line_of_a_text_says_the_last_day_in_time_too() -> None:
    assert DueDay(DUE, None, EVE, EVE).line.vi == "trước 27/3/2026 (muộn nhất 26/3/2026)"
    assert DueDay(DUE, None, EVE, EVE).line.en == "before 27 March 2026 (26 March 2026 at the latest)"
    assert DueDay(DUE, time(17), None, DUE).line.vi == "17h00 ngày 27/3/2026"
