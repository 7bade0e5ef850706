"""Deadlines with an hour as stories: what reminds comes before what tells of the delay, also in the night."""

from dataclasses import replace
from datetime import time

from rules.programme import Occurred
from tests.rules.books import POLICY, at, book, mails, run, started, task

LADDER = """
ladder: chuan
rungs:
  - {id: due, at: due, to: [head]}
  - {id: l1, at: 1 hour late, to: [head]}
  - {id: l2, at: 2 hours late, to: [overseer]}
"""
AT_NIGHT = book(task('{by: 2026-05-14, at: "03:00"}'), ladder=LADDER)
ALL_DAY = replace(POLICY, opens=time(0), closes=time(23, 59))


def test_what_fell_due_in_the_night_is_told_as_late_in_the_morning() -> None:
    found = run(AT_NIGHT, "2026-05-11", "2026-05-16")
    assert mails(found) == ["05-14 07:00 gd.a l1", "05-15 07:00 pct l2"]
    [told] = found.messages[0].digest.lines
    assert [(step.rung, str(step.on)) for step in told.next] == [("l2", "2026-05-15")]


def test_where_mail_leaves_at_all_hours_due_comes_with_the_hour() -> None:
    found = run(AT_NIGHT, "2026-05-11", "2026-05-16", ALL_DAY)
    assert mails(found) == ["05-14 03:00 gd.a due", "05-14 04:00 gd.a l1", "05-14 05:00 pct l2"]


def test_an_event_in_hours_at_night_keeps_the_same_order() -> None:
    events = "events:\n  ev: {title: Sự kiện}\n"
    found = started(book(task("{after: ev, within: 24 hours}") + events, ladder=LADDER), "2026-05-11")
    happened = at("2026-05-13 02:00")
    found.until(happened)
    found.world.record_event("ct", "ev", Occurred(at("2026-05-13").date(), happened), now=happened)
    found.until(at("2026-05-16"))
    assert [text for text in mails(found) if " new" not in text] == ["05-14 07:00 gd.a l1", "05-15 07:00 pct l2"]
