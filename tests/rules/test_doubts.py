"""Doubts: what check warns of although nothing is wrong."""

from rules.doubts import doubts
from tests.both_languages import both_languages as both_languages
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


def test_an_event_ahead_of_which_something_is_due_needs_its_day_beforehand() -> None:
    [found] = messages((EVENT % "").replace("after: de-an, within:", "ahead_of: de-an, by:"))
    assert found.startswith(
        "its day is not known, and A.1 must be done before it; record the day as soon as it is set "
    )
    assert "dondoc event record de-an --on DATE" in found


def test_an_event_that_will_be_known_of_is_no_doubt() -> None:
    assert messages(EVENT % ", watch: {ask: a, every: month}") == []
    assert messages(EVENT % ", date: 2026-03-01") == []


def test_a_unit_that_owes_something_and_has_no_head_is_named() -> None:
    vacant = DIRECTORY.replace("{title: Giám đốc Sở A, email: gd.a@x.example}", "{title: Giám đốc Sở A, vacant: true}")
    tasks = "tasks: [{id: A.1, title: x, lead: a, deadline: 2026-03}]"
    assert messages(tasks, directory=vacant) == ["nobody is its head: what it owes goes to the post above"]
    assert messages(tasks.replace("lead: a", "lead: b"), directory=vacant) == []


TASKS = (
    "tasks: [{id: A.1, title: x, lead: [a, b], deadline: 2026-03}, {id: A.2, title: x, lead: b, deadline: 2026-03}, "
    "{id: A.3, title: x, lead: c, deadline: continuous}]"
)
NO_OVERSEER = DIRECTORY.replace("overseer: {title: Phó Chủ tịch, email: pct@x.example}\n", "")
NO_CHAIR = DIRECTORY.replace("chair: {title: Chủ tịch, email: ct@x.example}\n", "")
ITS_OWN = "a: {name: Sở A, overseer: {title: PCT, email: p@x.example}, "


def test_a_unit_whose_ladder_names_an_overseer_it_lacks_is_named_with_its_tasks() -> None:
    [found] = doubts(book(TASKS, directory=NO_OVERSEER.replace("a: {name: Sở A, ", ITS_OWN)), POLICY)
    assert str(found) == (
        "directory.yaml:6:3: units.b: unit b (2 tasks) has no overseer and the directory names none: "
        "rung overseer of ladder chuan reaches nobody but the chair"
    )


def test_units_without_overseer_are_summed_up_three_named_at_most() -> None:
    [found] = messages(TASKS, directory=NO_OVERSEER)
    assert found.startswith("units a (1 task), b (2 tasks) have no overseer and the directory names none: ")
    [found] = messages("tasks: [{id: A, title: x, lead: [a, b, c, tt], deadline: 2026-03}]", directory=NO_OVERSEER)
    assert found.startswith("units a (1 task), b (1 task), c (1 task) and 1 more have no overseer ")


def test_a_rung_for_a_chair_that_the_directory_lacks_reaches_nobody() -> None:
    assert messages(TASKS, directory=NO_CHAIR) == [
        "the directory names no chair for units a (1 task), b (2 tasks): rung chair of ladder chuan reaches nobody"
    ]
    neither = NO_CHAIR.replace("overseer: {title: Phó Chủ tịch, email: pct@x.example}\n", "")
    assert [found.rpartition(": ")[2] for found in messages(TASKS, directory=neither)] == [
        "rung chair of ladder chuan reaches nobody",
        "rung overseer of ladder chuan reaches nobody",
    ]


def test_an_overseer_who_only_gets_copies_is_missed_too() -> None:
    ladder = "ladder: chuan\nrungs: [{id: tre, at: 1 day late, to: [head]}, {id: x, at: 7 days late, to: [head], cc: [overseer]}]"
    [found] = messages(TASKS, directory=NO_OVERSEER, ladder=ladder)
    assert found.endswith(": rung x of ladder chuan copies nobody but the chair")


def test_a_missing_focal_alone_is_no_doubt() -> None:
    no_focal = DIRECTORY.replace(", focal: {title: Văn phòng Sở A, email: vp.a@x.example}", "")
    assert messages(TASKS, directory=no_focal) == []
