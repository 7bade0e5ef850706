"""Other leads of a task that recurs: they owe what is still to come, what fell due before stays with those who led it."""

from datetime import datetime

import pytest

from tests.e2e.test_recurrence_edited import edit, live, report, stood
from tests.offices import DAY, MONDAY, Desk, text_of

THREE_WEEKS_AGO = MONDAY - 21 * DAY
DONE, LATE, NEXT, AFTER_NEXT = "2026-03-13", "2026-03-27", "2026-04-03", "2026-04-10"


def weekly(lead: str) -> str:
    return f"  - {{id: B.1, title: Báo cáo tuần, lead: {lead}, deadline: {{every: week, on: friday, if_unreported: carry}}}}\n"


def owed(desk: Desk, unit: str) -> dict[object, object]:
    """Return the states of the obligations of a unit, by occurrence."""
    where = "kind = 'task' AND unit = :unit ORDER BY occurrence"
    return dict(desk.run(f"SELECT occurrence, state FROM obligation WHERE {where}", unit=unit))  # type: ignore[arg-type]


def baselines(desk: Desk) -> list[tuple[object, ...]]:
    return [notice for notice in desk.notices("baseline") if notice[4] == "sent"]


def morning(days: int) -> datetime:
    return MONDAY + days * DAY


FOLLOWED = weekly("u2")


def three_weeks(desk: Desk) -> None:
    """A weekly report is followed for three weeks: the first given, those of the 20th and 27th of March late."""
    desk.now = THREE_WEEKS_AGO
    desk.apply(FOLLOWED)
    live(desk, MONDAY - 18 * DAY)
    report(desk, DONE)
    live(desk, MONDAY)


BEFORE = {DONE: "done", "2026-03-20": "open", LATE: "open"}


@pytest.mark.parametrize(
    ("lead", "new", "old_next"),
    [("u3", "u3", "withdrawn"), ("[u2, u3]", "u2+u3", "withdrawn"), ("{each: [u2, u3]}", "u3", "open")],
)
def test_a_unit_that_comes_to_owe_it_owes_nothing_of_what_fell_due_before(
    lead: str, new: str, old_next: str, followed: Desk
) -> None:
    before = stood(followed, MONDAY)
    edit(followed, weekly(lead))
    letters = [text_of(letter) for letter in followed.tick() if letter.recipient == "head3@tinh.example"]
    assert owed(followed, new) == {NEXT: "open", AFTER_NEXT: "open"}
    assert owed(followed, "u2") == BEFORE | {NEXT: old_next, AFTER_NEXT: old_next}
    assert stood(followed, MONDAY) == before
    assert len(letters) == 1
    assert "Mới giao" in letters[0]
    assert "không có báo cáo" not in letters[0]
    live(followed, morning(3))
    assert not [notice for notice in followed.notices() if str(notice[1]) < NEXT and notice[2] == new]
    assert followed.findings() == []


def test_a_report_of_what_fell_due_before_is_still_taken_from_who_led_it(followed: Desk) -> None:
    edit(followed, weekly("u3"))
    followed.tick()
    report(followed, LATE)
    live(followed, morning(2))
    assert owed(followed, "u2")[LATE] == "done"
    assert followed.findings() == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # Nothing has fallen due meanwhile: all is as it was.
        (1, {"u2": BEFORE | {NEXT: "open", AFTER_NEXT: "open"}, "u3": {NEXT: "withdrawn", AFTER_NEXT: "withdrawn"}}),
        # What fell due meanwhile is owed by who led it then.
        (7, {"u2": BEFORE | {NEXT: "withdrawn", AFTER_NEXT: "open", "2026-04-17": "open"}}),
        (21, {"u2": BEFORE | {NEXT: "withdrawn", AFTER_NEXT: "withdrawn", "2026-04-24": "open", "2026-05-01": "open"}}),
    ],
)
def test_a_lead_given_back_owes_what_it_owed_and_no_period_of_the_other(
    days: int, expected: dict[str, dict[object, object]], followed: Desk
) -> None:
    edit(followed, weekly("u3"))
    live(followed, morning(days))
    edit(followed, weekly("u2"))
    followed.tick()
    live(followed, morning(days + 2))
    for unit, states in expected.items():
        assert owed(followed, unit) == states
    if days > 1:
        assert owed(followed, "u3")[NEXT] == "open"
    assert baselines(followed) == []
    assert followed.findings() == []
