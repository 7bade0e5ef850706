"""The ladder and the people on it as stories: small rulebooks, a span of days, and every mail that leaves."""

from dataclasses import replace

import pytest

from rules.simulate import Run, simulate
from tests.rules.books import (
    POLICY,
    PROGRAMME,
    STANDARD,
    at,
    book,
    day,
    key,
    mails,
    one,
    run,
    started,
    task,
)

DUE_31_MARCH = book(task("2026-03-31"))


# --- The ladder ------------------------------------------------------------------------------------------------------


def test_a_deadline_nobody_answers_is_climbed_to_the_top() -> None:
    assert mails(run(DUE_31_MARCH, "2026-03-02", "2026-04-23"), "vp.a", "gd.a", "pct", "ct") == [
        "03-17 07:00 vp.a heads-up",
        "03-26 07:00 gd.a due-soon",
        "03-26 07:00 vp.a due-soon (cc)",
        "03-31 07:00 gd.a due-today",
        "03-31 07:00 vp.a due-today (cc)",
        "04-01 07:00 gd.a late",
        "04-01 07:00 vp.a late (cc)",
        "04-07 07:00 pct overseer",
        "04-07 07:00 gd.a overseer (cc)",
        "04-08 07:00 gd.a late",
        "04-08 07:00 vp.a late (cc)",
        # Two rungs on one morning: the later one on the ladder is told.
        "04-15 07:00 vp.a late (cc)",
        "04-15 07:00 ct chair",
        "04-15 07:00 pct chair (cc)",
        "04-15 07:00 gd.a chair (cc)",
        "04-22 07:00 gd.a late",
        "04-22 07:00 vp.a late (cc)",
    ]


def test_a_report_ends_it() -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.until(at("2026-04-03"))
    found.world.report_done(key(), now=at("2026-04-03 15:00"))
    found.until(at("2026-06-01"))
    assert mails(found)[-2:] == ["04-01 07:00 vp.tt late (cc)", "04-03 15:00 vp.tt done (cc)"]


def test_a_report_at_night_is_told_in_the_morning() -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.world.report_done(key(), now=at("2026-03-06 22:00"))
    found.until(at("2026-06-01"))
    assert mails(found) == ["03-09 07:00 vp.tt done (cc)"]


def test_friday_at_nine_in_the_week_of_a_holiday() -> None:
    """A weekly report by Friday 09:00, over 27 April (a day off), 30 April and 1 May."""
    strict = """
ladder: chuan
rungs:
  - {id: due-soon,  at: 1 working day before, to: [head]}
  - {id: last-call, at: 3 hours before,       to: [focal]}
  - {id: missed,    at: 2 hours late,         to: [head]}
  - {id: overseer,  at: 3 working days late,  to: [overseer]}
"""
    weekly = book(task('{every: week, on: friday, at: "09:00", from: 2026-04-20, until: 2026-05-08}'), ladder=strict)
    # Friday 1 May and Thursday 30 April are holidays: reminders count to Wednesday 29 April, lateness from Monday 4 May.
    assert mails(run(weekly, "2026-04-20", "2026-05-15")) == [
        "04-23 07:00 gd.a due-soon",
        "04-24 07:00 vp.a last-call",  # 06:00 waits for the opening
        "04-24 11:00 gd.a missed",
        # Due on Friday 1 May: reminders count to 09:00 on Wednesday the 29th, lateness from 09:00 on Monday 4 May.
        "04-28 07:00 gd.a due-soon",
        "04-29 07:00 vp.a last-call",
        "05-04 11:00 gd.a missed",
        "05-07 07:00 gd.a due-soon",
        # The week of 1 May went up before the next report was due; that of 24 April had been closed by then.
        "05-07 07:00 pct overseer",
        "05-08 07:00 vp.a last-call",
        "05-08 11:00 gd.a missed",
        "05-13 07:00 pct overseer",
    ]


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        # Tết: due in the middle of it; reminded before it, late after it.
        ("2026-02-18", ["02-10 gd.a due-soon", "02-13 gd.a due-today", "02-24 gd.a late"]),
        # A worked Saturday is a working day like any other.
        ("2026-01-10", ["01-07 gd.a due-soon", "01-10 gd.a due-today", "01-12 gd.a late"]),
        ("2026-08-24", ["08-20 gd.a due-soon", "08-24 gd.a due-today", "08-25 gd.a late"]),
        # 29 February, a day only some years have.
        ("2028-02", ["02-24 gd.a due-soon", "02-29 gd.a due-today", "03-01 gd.a late"]),
        # The turn of the year.
        ("2025", ["12-26 gd.a due-soon", "12-31 gd.a due-today", "01-05 gd.a late"]),
        ("2026-01-02", ["12-26 gd.a due-soon", "12-31 gd.a due-today", "01-06 gd.a late"]),
        # Before a day: counted to the eve, late after the named day.
        ("{before: 2026-05-18}", ["05-12 gd.a due-soon", "05-15 gd.a due-today", "05-19 gd.a late"]),
    ],
)
def test_days_off_and_the_ends_of_months_and_years(deadline: str, expected: list[str]) -> None:
    first = {"2028-02": "2028-02-01", "2025": "2025-12-02", "2026-01-02": "2025-12-02"}.get(deadline, "2026-01-05")
    last = {"2028-02": "2028-03-05", "2025": "2026-01-07", "2026-01-02": "2026-01-07"}.get(deadline, "2026-08-26")
    found = [text.replace(" 07:00", "") for text in mails(run(book(task(deadline)), first, last), "gd.a")]
    assert found[:3] == expected


# --- People and programmes -------------------------------------------------------------------------------------------


def test_one_person_on_several_posts_reads_each_task_once() -> None:
    """The standing office leads a task itself: its focal post is copied as focal and as standing."""
    found = run(book(task("2026-03-31", lead="tt")), "2026-04-01", "2026-04-02")
    assert mails(found) == ["04-01 07:00 gd.tt baseline tt", "04-01 07:00 vp.tt baseline tt (cc)"]
    found = run(book(task("2026-03-31", lead="tt")), "2026-03-31", "2026-04-02")
    late = [message for message in found.messages if message.at == at("2026-04-01")]
    assert [(message.to, len(message.parcels), len(message.lines), len(message.digest.lines)) for message in late] == [
        ("gd.tt@x.example", 1, 1, 1),
        ("vp.tt@x.example", 2, 1, 1),
    ]


TWO_CALENDARS = """
---
programme: khac
title: Chương trình khác
document: {number: 02/CTr, date: 2025-12-01}
directory: tinh
calendar: thuong
ladder: chuan
standing: tt
tasks:
  - {id: K.1, title: Việc K.1, lead: a, deadline: 2026-01-15}
---
calendar: thuong
covers: [2025, 2026, 2027]
"""


def test_a_person_of_two_programmes_gets_one_digest_each_line_by_its_own_calendar() -> None:
    """Saturday 10 January 2026 is worked by the official calendar, not by the other one."""
    rules = book(task("2026-01-15"), head=PROGRAMME, ladder=STANDARD + TWO_CALENDARS)
    assert mails(run(rules, "2026-01-10 08:00", "2026-01-13"), "gd.a", "vp.a") == [
        "01-10 08:00 vp.a heads-up",
        "01-12 07:00 gd.a due-soon",
        "01-12 07:00 gd.a due-soon K.1",
        "01-12 07:00 vp.a due-soon (cc)",
        "01-12 07:00 vp.a due-soon K.1 (cc)",
    ]


def test_what_is_kept_back_leaves_by_its_own_calendar() -> None:
    """Friday's share is used up; on the worked Saturday only what goes by the official calendar leaves."""
    ladder = "ladder: chuan\nrungs: [{id: r, at: 1 hour before, to: [head]}]\n"
    tasks = "".join(one(f'{{by: 2026-01-09, at: "{hour}:00"}}', id=f"T.{hour}") for hour in (10, 11))
    other = TWO_CALENDARS.replace("deadline: 2026-01-15", 'deadline: {by: 2026-01-09, at: "12:00"}')
    found = run(
        book("tasks:\n" + tasks, ladder=ladder + other), "2026-01-09", "2026-01-14", replace(POLICY, daily_cap=1)
    )
    assert mails(found) == ["01-09 09:00 gd.a r T.10", "01-10 07:00 gd.a r T.11", "01-12 07:00 gd.a r K.1"]


def test_the_window_and_the_days_of_an_office_are_its_own() -> None:
    every_day = replace(POLICY, working_days_only=False)
    ladder = "ladder: chuan\nrungs: [{id: r, at: 3 days before, to: [head]}]\n"
    rules = book(task("2026-03-31"), ladder=ladder)
    assert mails(run(rules, "2026-03-02", "2026-04-01", every_day)) == ["03-28 07:00 gd.a r"]
    assert mails(run(rules, "2026-03-02", "2026-04-01")) == ["03-30 07:00 gd.a r"]


def test_a_simulation_covers_its_last_day_and_no_more() -> None:
    found = simulate(DUE_31_MARCH, POLICY, first=day("2026-03-26"), last=day("2026-03-31"))
    assert [f"{message.at:%m-%d}" for message in found.messages] == ["03-26", "03-26", "03-31", "03-31"]


def test_a_mail_knows_its_size_and_kind_without_its_lines() -> None:
    rules = book("tasks:\n" + one("2026-03-02", id="T.1") + one("2026-03-10", id="T.2") + one("2026-03-12", id="T.3"))
    found: Run = run(rules, "2026-03-10 08:00", "2026-03-20 09:00")
    first = next(message for message in found.messages if message.to == "gd.a@x.example")
    assert (first.kind, first.baseline, first.size) == ("reminder", True, 3)
    for message in found.messages:
        digest = message.digest
        assert (message.kind, message.baseline) == (digest.kind, digest.baseline)
        assert message.size == len(message.lines) + len(digest.matters) + len(digest.questions)
