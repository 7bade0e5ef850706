"""A deadline that lies in the past when it becomes known: letters, status and summary count from the day it did."""

from datetime import date

import pytest

from notifications.envelope import Envelope
from rules.obligation import ObligationKey
from rules.status import Timeliness
from scheduler.past import past
from scheduler.standing import Row, standing_then
from scheduler.summing import summary
from tests.offices import DAY, HOUR, Desk, text_of

TASK = "  - {{id: A.1, title: Nộp báo cáo, lead: u2, deadline: {due}}}\n"
SHORTENED = "2026-03-26, amended: [{deadline: 2026-04-10, until: 34/SNV of 2026-03-24, why: đẩy nhanh}]"


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """At work since Monday, 30 March 2026; on Tuesday at 08:00 it is learnt that A.1 was due on the Thursday before."""
    desk.apply(TASK.format(due="2026-04-10"))
    desk.tick()
    desk.now += DAY + HOUR
    desk.apply(TASK.format(due=SHORTENED))
    return desk


def row(desk: Desk) -> Row:
    with desk.engine.connect() as connection:
        then = past(connection, desk.config, at=desk.now)
        assert then is not None
        [found] = standing_then(connection, desk.config, then)
        late = summary(connection, desk.config, then).late
    assert [(one.key, one.days_late) for one in late] == ([(found.key, found.days_late)] if found.is_late else [])
    return found


def to(letters: list[Envelope], person: str) -> list[str]:
    return [text_of(letter) for letter in letters if letter.recipient == f"{person}@tinh.example"]


def test_it_is_told_as_a_move_on_the_day_it_became_known_and_nobody_is_late_yet(moved: Desk) -> None:
    letters = moved.tick()
    assert {letter.recipient for letter in letters} == {"head2@tinh.example", "focal2@tinh.example"}
    [text] = to(letters, "head2")
    assert "Điều chỉnh thời hạn · hạn mới đã qua" in text
    assert "Hạn cũ: 10/4/2026, điều chỉnh theo 34/SNV ngày 24/3/2026 (đẩy nhanh)" in text
    assert "thứ Năm 26/3/2026 (hạn này đã qua khi được biết ngày 31/3/2026: quá hạn tính từ sau ngày ấy)" in text
    assert "thư đầu tiên" not in text
    assert "Quá hạn" not in text
    found = row(moved)
    assert (found.status.timeliness, found.days_late) == (Timeliness.DUE_TODAY, 0)
    assert (found.due, found.on_time_until) == (date(2026, 3, 26), date(2026, 3, 31))


def test_from_the_next_day_on_letters_status_and_summary_count_the_same_days(moved: Desk) -> None:
    moved.tick()
    moved.now += DAY - HOUR
    [text] = to(moved.tick(), "head2")
    assert "Quá hạn 1 ngày" in text
    assert (row(moved).status.timeliness, row(moved).days_late) == (Timeliness.LATE, 1)
    letters = []
    for _ in range(6):
        moved.now += DAY
        letters = moved.tick()
    [text] = to(letters, "over2")
    assert "Quá hạn 7 ngày" in text
    assert "Hạn cũ: 10/4/2026" in text
    assert row(moved).days_late == 7
    assert row(moved).key == ObligationKey("p", "A.1", "", "u2", "")
