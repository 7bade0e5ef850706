"""What is given happens on its day, before the mail of that day, and only to what it names."""

import pytest

from tests.rules.scenarios.stage import ONE, failures

EVENT = """\
events:
  hop: {title: Họp, watch: {ask: b, every: month, expected: 2026-03-31}}
tasks:
  - {id: T.1, title: Việc, lead: a, deadline: DEADLINE}
"""


def hanging_on(deadline: str) -> str:
    return EVENT.replace("DEADLINE", deadline)


def test_a_report_ends_the_reminders_of_its_own_day() -> None:
    text = "only: T.1\nuntil: 2026-04-20\ngiven: [{on: 2026-03-26, done: T.1}]\nexpect:\n  - {on: 2026-03-26, mail: {cc: standing, rung: done}}\n"
    assert failures(text) == []
    # In the afternoon the morning's mail has left.
    later = text.replace("done: T.1", 'at: "14:00", done: T.1')
    assert len(failures(later)) == 1
    assert "due-soon" in failures(later)[0]


def test_a_report_before_the_start_owes_nothing_and_is_announced_to_nobody() -> None:
    text = "only: T.1\nstart: 2026-03-20\ngiven: [{on: 2026-03-10, done: T.1}]\nexpect:\n  - {from: 2026-03-20, until: 2026-04-20, nobody: true}\n"
    assert failures(text) == []


def test_what_is_done_already_cannot_be_reported_again() -> None:
    text = "task: T.1\ngiven: [{on: 2026-03-10, done: T.1}, {on: 2026-03-12, done: T.1}]\nexpect:\n  - {on: 2026-03-26, nobody: true}\n"
    assert failures(text) == [
        "2 given: given: T.1 reported done; instead: nothing of T.1 that had begun by 2026-03-12 is open"
    ]


def test_an_event_starts_what_hangs_on_it_on_the_day_it_is_known() -> None:
    tasks = hanging_on("{after: hop, within: 45 days}")
    text = "only: T.1\ngiven: [{on: 2026-03-10, event: hop}]\nexpect:\n  - {on: 2026-03-10, mail: {to: head, cc: focal, rung: new, due: 2026-04-24}}\n"
    assert failures(text, tasks) == []
    known = text.replace("event: hop", "event: hop, known: 2026-03-12")
    assert [said.partition(" ")[2][:7] for said in failures(known, tasks)] == ["missing", "missing"]
    assert failures(known.replace("- {on: 2026-03-10", "- {on: 2026-03-12"), tasks) == []


def test_the_day_of_an_event_that_a_deadline_lies_ahead_of_is_known_from_the_start() -> None:
    tasks = hanging_on("{ahead_of: hop, by: 1 working day}")
    text = "task: T.1\ngiven: [{on: 2026-04-10, event: hop}]\nexpect:\n  - {on: 2026-04-09, mail: {to: head, cc: focal, rung: due-today}}\n"
    assert failures(text, tasks) == []


def test_hours_count_from_the_hour_of_the_event() -> None:
    tasks = hanging_on("{after: hop, within: 24 hours}")
    text = 'task: T.1\ngiven: [{on: 2026-03-10, at: "09:30", event: hop}]\nexpect:\n  - {on: 2026-03-10, at: "09:30", mail: {to: head, cc: focal, rung: due-soon, due: 2026-03-11}}\n'
    assert failures(text, tasks) == []


def test_nobody_hears_while_the_daemon_is_down_and_all_is_owed_afterwards() -> None:
    text = """\
only: T.1
given: [{down: 2026-03-25, until: 2026-04-06}]
expect:
  - {from: 2026-03-25, until: 2026-04-06, nobody: true}
  - {on: 2026-04-07, mail: {to: head, cc: [focal, standing], rung: late}}
  - {on: 2026-04-08, mail: {to: overseer, rung: overseer}, others: allowed}
"""
    assert failures(text) == []
    # Still down on the last day looked at.
    assert (
        failures(
            "only: T.1\ngiven: [{down: 2026-03-25, until: 2026-04-06}]\nexpect: [{from: 2026-03-25, until: 2026-04-02, nobody: true}]\n"
        )
        == []
    )


def test_what_is_reported_while_the_daemon_is_down_counts() -> None:
    text = """\
only: T.1
given: [{down: 2026-03-25, until: 2026-04-06}, {on: 2026-03-30, done: T.1}]
expect:
  - {on: 2026-04-07, mail: {cc: standing, rung: done}}
"""
    assert failures(text) == []


def test_a_silence_keeps_back_what_it_names() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: {each: [a, b]}, deadline: 2026-03-31}\n"
    text = "task: T.1\ngiven: [{on: 2026-03-20, until: 2026-03-27, silence: T.1, unit: b}]\nexpect:\n  - {on: 2026-03-26, mail: {to: a/head, cc: a/focal}}\n"
    assert failures(text, tasks) == []
    assert len(failures(text.replace(", unit: b", ""), tasks)) == 2
    # A joint task is one: to silence it for one of its units is to silence it.
    joint = "tasks:\n  - {id: T.1, title: Việc, lead: [a, b], deadline: 2026-03-31}\n"
    assert failures(text.replace("mail: {to: a/head, cc: a/focal}", "nobody: true"), joint) == []


def test_somebody_stands_in_for_a_post_for_a_while() -> None:
    text = """\
only: T.1
given: [{acting: a/head, on: 2026-03-20, until: 2026-03-29, title: Phó Giám đốc, email: pgd.a@x.example}]
expect:
  - {on: 2026-03-26, mail: {to: Phó Giám đốc, cc: focal}}
  - {on: 2026-03-31, mail: {to: Giám đốc Sở A, cc: focal}}
"""
    assert failures(text) == []


@pytest.mark.parametrize("role", ["head", "focal", "overseer"])
def test_a_post_falls_vacant_and_its_mail_goes_one_up(role: str) -> None:
    directory = """\
directory: tinh
chair: {title: Chủ tịch, email: ct@x.example}
units:
  a:
    name: Sở A
    head: {title: Giám đốc, email: gd.a@x.example}
    focal: {title: Văn phòng, email: vp.a@x.example}
    overseer: {title: Phó Chủ tịch, email: pct@x.example}
  tt: {name: Thường trực, focal: {title: Phòng Tổng hợp, email: vp.tt@x.example}}
"""
    up = {"head": "overseer", "focal": "head", "overseer": "chair"}[role]
    day, rung = {
        "head": ("2026-03-31", "due-today"),
        "focal": ("2026-03-17", "heads-up"),
        "overseer": ("2026-04-07", "overseer"),
    }[role]
    text = f"task: T.1\ngiven: [{{on: 2026-03-15, vacant: a/{role}}}]\nexpect: [{{on: {day}, mail: {{to: {'a/' if up != 'chair' else ''}{up}, rung: {rung}}}, others: allowed}}]\n"
    assert failures(text, ONE, directory=directory) == []


def test_another_deadline_from_the_beginning_or_from_a_day_on() -> None:
    from_beginning = "only: T.1\ngiven: [{task: T.1, deadline: 2026-04-15}]\nexpect:\n  - {from: 2026-03-10, until: 2026-03-31, nobody: true}\n  - {on: 2026-04-01, mail: {to: focal, rung: heads-up, due: 2026-04-15}}\n"
    assert failures(from_beginning) == []
    moved = "task: T.1\ngiven: [{on: 2026-03-27, task: T.1, deadline: 2026-04-15}]\nexpect:\n  - {on: 2026-03-26, mail: {to: head, cc: focal, due: 2026-03-31}}\n  - {on: 2026-03-27, mail: {to: head, cc: focal, rung: moved, due: 2026-04-15}}\n  - {on: 2026-03-31, nobody: true}\n"
    assert failures(moved) == []


def test_an_amendment_before_the_given_day_stands() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: 2026-05-29, amended: [{deadline: 2026-03-31, until: 2026-03-20}]}\n"
    text = "task: T.1\ngiven: [{on: 2026-04-10, task: T.1, deadline: 2026-06-30}]\nexpect:\n  - {on: 2026-03-20, mail: {rung: moved, due: 2026-05-29}}\n  - {on: 2026-04-10, mail: {rung: moved, due: 2026-06-30}}\n"
    assert failures(text, tasks) == []


def test_an_event_of_an_event_and_a_task_it_waits_for_are_played_too() -> None:
    tasks = """\
events:
  xong: {title: Xong việc một, when_done: T.1}
  sau: {title: Sau đó, after: {event: xong, within: 5 days}}
tasks:
  - {id: T.1, title: Việc, lead: a, deadline: 2026-03-31}
  - {id: T.2, title: Việc, lead: b, deadline: {after: sau, within: 20 days}}
"""
    text = "only: T.2\ngiven: [{on: 2026-03-10, done: T.1}]\nexpect:\n  - {on: 2026-03-10, mail: {to: b/head, cc: b/focal, rung: new, due: 2026-04-04}}\n"
    assert failures(text, tasks) == []


# --- when it begins --------------------------------------------------------------------------------------------------


def test_by_itself_a_scenario_begins_before_anything_is_late() -> None:
    assert (
        failures("only: T.1\nexpect:\n  - {on: 2026-04-29, mail: {to: head, cc: [focal, standing], rung: late}}\n")
        == []
    )
    assert "baseline" in failures("only: T.1\nstart: 2026-04-20\nexpect: [{on: 2026-04-20, mail: {to: chair}}]\n")[1]


def test_of_what_recurs_the_occurrences_before_the_first_that_matters_are_taken_as_done() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: {every: month, on: 25}}\n"
    assert (
        failures("only: T.1\nexpect:\n  - {on: 2026-06-22, mail: {to: head, cc: focal, rung: due-soon}}\n", tasks) == []
    )
    # A scenario that begins with a delay means the occurrence before.
    assert (
        failures(
            "only: T.1\nexpect:\n  - {on: 2026-06-26, mail: {to: head, cc: [focal, standing], rung: late}}\n", tasks
        )
        == []
    )
    # One that is named is meant, and then those after it are owed as well.
    named = "task: T.1\nexpect:\n  - {on: 2026-05-05, mail: {to: overseer, rung: overseer, occurrence: 2026-04-25}, others: allowed}\n"
    assert failures(named, tasks) == []
    assert failures(named.replace(", occurrence: 2026-04-25", ", due: 2026-04-25"), tasks) == []


def test_a_report_of_what_recurs_is_about_the_occurrence_due_next_even_long_before_the_first_mail() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: {every: month, on: 25}}\n"
    text = "task: T.1\ngiven: [{on: 2026-04-20, done: T.1}]\nexpect:\n  - {on: 2026-05-26, mail: {to: head, cc: [focal, standing], rung: late, occurrence: 2026-05-25}}\n"
    assert failures(text, tasks) == []
    not_reported = text.replace(
        "given: [{on: 2026-04-20, done: T.1}]", "given: [{on: 2026-04-20, silence: T.1, until: 2026-04-21}]"
    )
    assert failures(not_reported, tasks) == []


def test_the_weeks_before_the_first_that_matters_are_not_chased() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: {every: week, on: friday, if_unreported: carry}}\n"
    expect = "  - {on: 2026-06-12, mail: {to: head, cc: focal, rung: due-today}, others: allowed}\n"
    no_late = "  - {from: 2026-06-08, until: 2026-06-12, no_mail: {rung: [late, overseer]}}\n"
    named = expect.replace("rung: due-today", "rung: due-today, occurrence: 2026-06-12")
    assert failures(f"task: T.1\nexpect:\n{named}{no_late}", tasks) == []
    assert failures(f"task: T.1\nstart: 2026-06-01\nexpect:\n{named}{no_late}", tasks) != []


def test_with_a_start_nothing_is_taken_as_done() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: {every: month, on: 25}}\n"
    due_soon = "  - {on: 2026-06-22, mail: {to: head, cc: focal, rung: due-soon}}\n"
    text = f"only: T.1\nfrom: 2026-06-15\nexpect:\n{due_soon}"
    assert failures(text, tasks) == []
    [said] = failures(f"start: 2026-05-20\n{text}", tasks)
    assert "late of T.1[2026-05-25]" in said


# --- what is asked beside the ladders --------------------------------------------------------------------------------


def test_questions_and_statements_count_where_they_are_named() -> None:
    tasks = hanging_on("{after: hop, within: 10 days}")
    text = "start: 2026-03-02\nexpect:\n  - {on: 2026-03-02, mail: {to: b/focal, rung: watch, event: hop}}\n"
    assert failures(text, tasks) == []
    assert len(failures(text.replace("2026-03-02, mail", "2026-03-03, mail"), tasks)) == 1
    late = "start: 2026-03-02\nexpect:\n  - {on: 2026-04-06, mail: {to: standing, rung: unrecorded, event: hop}}\n"
    assert failures(late, tasks) == []


def test_a_task_without_a_day_is_stated_every_week_and_counts() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: {set_by: Đề án}}\n"
    assert (
        failures("only: T.1\nexpect:\n  - {on: [2026-03-02, 2026-03-09], mail: {to: standing, rung: undated}}\n", tasks)
        == []
    )
    assert len(failures("only: T.1\nexpect:\n  - {from: 2026-03-02, until: 2026-03-09, nobody: true}\n", tasks)) == 2
