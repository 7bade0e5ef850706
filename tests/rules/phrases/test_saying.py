"""What an office would write for a deadline is understood as that deadline."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given

from rules.deadline import After, Deadline, Every, MonthDay, Offset, SetBy, Within
from rules.load.periods import parse_period
from rules.phrases import Context, read
from rules.phrases.saying import say
from tests.rules.phrases.deadlines import DEADLINES


@given(DEADLINES)
def test_what_is_said_is_understood(deadline: Deadline) -> None:
    reading = read(say(deadline), Context(2026))
    assert reading.deadline == deadline


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2025-12-15", "ngày 15/12/2025"),
        ("2026-02", "tháng 02/2026"),
        ("2026-Q2", "quý II/2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026", "năm 2026"),
    ],
)
def test_a_period_is_said_as_offices_write_it(written: str, said: str) -> None:
    assert say(Within(parse_period(written))) == said


def test_an_hour_stands_before_its_day() -> None:
    assert say(Within(parse_period("2026-06-30"), time(17))) == "17h00 ngày 30/6/2026"


def test_a_recurrence_names_its_day_first() -> None:
    assert say(Every("month", on=(MonthDay(25),))) == "ngày 25 hằng tháng"


def test_another_document_speaks_for_itself() -> None:
    assert say(SetBy("Đề án số 05-ĐA/TU")) == "Đề án số 05-ĐA/TU"


def test_weeks_are_said_in_days() -> None:
    later = After("có kết luận", Offset(2, "weeks"))
    read_back = read(say(later), Context(2026)).deadline
    assert read_back == replace(later, within=Offset(14, "days"))
