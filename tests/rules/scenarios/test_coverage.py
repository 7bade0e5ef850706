"""Coverage: what scenarios touch of ladders, routes and deadlines, and what none of them does."""

from rules.scenarios import run
from rules.scenarios.coverage import Coverage, coverage
from tests.rules.books import POLICY
from tests.rules.scenarios.stage import loaded

TASKS = """\
routes:
  - {match: {section: B}, ladder: nhe}
  - {match: {kind: [continuous, recurring]}, ladder: nhe}
tasks:
  - {id: A.1, title: Một, lead: a, deadline: 2026-03-31}
  - {id: A.2, title: Hai, lead: a, deadlines: {mở: 2026-04, đóng: 2026-06}}
  - {id: A.3, title: Ba, lead: b, deadline: continuous}
  - {id: A.4, title: Bốn, lead: b, deadline: 2026-03-31, ladder: nhe}
  - {id: B.1, title: Năm, lead: b, deadline: 2026-03-31}
"""
GENTLE = """
---
ladder: nhe
rungs: [{id: den-han, at: due, to: [head]}, {id: tre, at: 3 working days late, to: [head]}]
---
ladder: khong-dung
rungs: [{id: den-han, at: due, to: [head]}]
"""


def covered(scenarios: str) -> Coverage:
    from tests.rules.books import STANDARD

    found = loaded(scenarios, TASKS, ladder=STANDARD + GENTLE)
    assert found.rulebook is not None
    return coverage(found.rulebook, [run(one, found.rulebook, POLICY, letter=str) for one in found.scenarios])


ONE = """\
scenario: Một
programme: ct
expect: [{on: 2026-03-31, mail: {to: a/head, cc: a/focal, rung: due-today, task: A.1}}]
"""


def test_a_rung_is_touched_by_a_mail_that_was_expected_and_came() -> None:
    found = covered(ONE + "---\n" + ONE.replace("Một", "Hai"))
    assert {(one.ladder, one.rung): one.scenarios for one in found.rungs if one.scenarios} == {
        ("chuan", "due-today"): 2
    }
    missed = covered(ONE.replace("rung: due-today", "rung: late"))
    assert not any(one.scenarios for one in missed.rungs)


def test_ladders_that_no_task_climbs_are_left_out() -> None:
    assert {one.ladder for one in covered(ONE).rungs} == {"chuan", "nhe"}


def test_a_route_counts_the_tasks_that_take_it_and_not_those_with_a_ladder_of_their_own() -> None:
    found = covered(
        ONE
        + "---\n"
        + ONE.replace("Một", "Hai").replace(
            "a/head, cc: a/focal, rung: due-today, task: A.1", "b/head, rung: den-han, task: B.1"
        )
    )
    assert [(one.match, one.ladder, one.tasks, one.scenarios) for one in found.routes] == [
        ("section: B", "nhe", 1, 1),
        ("kind: continuous, recurring", "nhe", 1, 0),
    ]


def test_deadlines_are_counted_by_kind_and_named_by_task_and_part() -> None:
    found = covered(ONE.replace("on: 2026-03-31", "on: 2026-04-29").replace("A.1", "A.2"))
    assert [(one.task, one.part, one.kind, one.scenarios) for one in found.deadlines] == [
        ("A.1", "", "date", 0),
        ("A.2", "mở", "month", 1),
        ("A.2", "đóng", "month", 0),
        ("A.3", "", "continuous", 0),
        ("A.4", "", "date", 0),
        ("B.1", "", "date", 0),
    ]
    assert [tuple(one) for one in found.kinds] == [("continuous", 1, 0), ("date", 3, 0), ("month", 2, 1)]


def test_that_nobody_hears_touches_a_deadline_too() -> None:
    found = covered(
        "scenario: x\nprogramme: ct\nonly: A.3\nexpect: [{from: 2026-03-01, until: 2026-03-31, nobody: true}]\n"
    )
    assert {one.task: one.scenarios for one in found.deadlines if one.scenarios} == {"A.3": 1}
