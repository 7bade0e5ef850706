"""Doubts: what check warns of although nothing is wrong."""

from rules.doubts import doubts
from tests.rules.books import DIRECTORY, POLICY, book

EVENT = (
    "events: {de-an: {title: Đề án%s}}\ntasks: [{id: A.1, title: x, lead: a, deadline: {after: de-an, within: 5 days}}]"
)


def messages(tasks: str, **parts: str) -> list[str]:
    return [problem.message for problem in doubts(book(tasks, **parts), POLICY)]


def test_deadlines_beyond_the_announced_calendar_are_named_three_at_most() -> None:
    tasks = ", ".join(f"{{id: A.{n}, title: x, lead: a, deadline: 202{n}-06}}" for n in range(6, 10))
    [found] = messages(f"tasks: [{tasks}, {{id: B.1, title: x, lead: a, deadline: {{every: year, on: 06-20}}}}]")
    assert found == (
        "the calendar 'viet-nam' is announced up to 2026-12-31, days off beyond it are only expected: "
        "A.7 (2027-06-30), A.8 (2028-06-30), A.9 (2029-06-30) and 1 more"
    )


def test_an_event_nobody_is_asked_about_is_named_with_what_waits_for_it() -> None:
    assert messages(EVENT % "") == ["nobody is asked whether it has happened, and A.1 may wait for ever; add `watch`"]


def test_an_event_that_will_be_known_of_is_no_doubt() -> None:
    assert messages(EVENT % ", watch: {ask: a, every: month}") == []
    assert messages(EVENT % ", date: 2026-03-01") == []


def test_a_unit_that_owes_something_and_has_no_head_is_named() -> None:
    vacant = DIRECTORY.replace("{title: Giám đốc Sở A, email: gd.a@x.example}", "{title: Giám đốc Sở A, vacant: true}")
    tasks = "tasks: [{id: A.1, title: x, lead: a, deadline: 2026-03}]"
    assert messages(tasks, directory=vacant) == ["nobody is its head: what it owes goes to the post above"]
    assert messages(tasks.replace("lead: a", "lead: b"), directory=vacant) == []
