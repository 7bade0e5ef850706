"""A lone deadline: what is stored of a deadline is read again as the same one, whatever its form."""

import json

import pytest

from rules.load.lone import lone_deadline
from rules.phrases.forms import form
from tests.rules.books import book, task

EVENTS = "events:\n  e: {title: Ban hành Đề án}\n"


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-31",
        "2026-Q2",
        "2026",
        "{by: 2026-03-31, at: '17:00'}",
        "{before: 2026-05-15}",
        "{from: 2026-02, by: 2026}",
        "{after: e, within: 15 working days}",
        "{ahead_of: e, by: 2 days}",
        "{every: week, on: [monday, friday], at: '09:00', if_unreported: carry}",
        "{every: 2 months, on: last working day, from: 2026-02, until: 2026-11}",
        "{every: month, on: 31, rounding: last day}",
        "{every: half}",
        "{every: year, on: 06-20}",
        "continuous",
        "{continuous: true, review: {every: quarter, on: last friday}}",
        "{set_by: Đề án số 05-ĐA/TU}",
    ],
)
def test_a_deadline_that_is_stored_is_read_again(written: str) -> None:
    deadline = book(EVENTS + task(written)).programmes["ct"].tasks["T.1"].deadlines[""]
    assert lone_deadline(json.loads(json.dumps(form(deadline), ensure_ascii=False))) == deadline


def test_what_is_no_deadline_is_refused() -> None:
    with pytest.raises(ValueError, match="no deadline"):
        lone_deadline("thứ Sáu")
