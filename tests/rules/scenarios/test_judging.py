"""What is expected holds or is told apart: who, when, which rung, why, and nobody else."""

from datetime import date, timedelta

import pytest

from tests.rules.scenarios.stage import failures, outcome

ALL_OF_THE_MORNING = """\
only: T.1
expect:
  - on: 2026-03-26
    mail: {to: a/head, cc: a/focal, rung: due-soon}
"""


def expecting(day: str, mail: str, more: str = "") -> str:
    return f"only: T.1\nexpect:\n  - on: {day}\n    mail: {mail}\n{more}"


@pytest.mark.parametrize(
    ("day", "mail"),
    [
        # By post, by role, by title, by address, by group; one or several.
        ("2026-03-26", "{to: a/head, cc: a/focal, rung: due-soon}"),
        ("2026-03-26", "{to: head, cc: focal}"),
        ("2026-03-26", "{to: Giám đốc Sở A, cc: văn phòng sở a, rung: due-soon}"),
        ("2026-03-26", "{to: gd.a@x.example, cc: vp.a@x.example, rung: due-soon}"),
        ("2026-03-26", "{to: Sở A/head, cc: [focal], task: T.1}"),
        ("2026-04-01", "{to: head, cc: [focal, standing], rung: late}"),
        ("2026-04-07", "{to: overseer, cc: [head, standing], rung: overseer}"),
        ("2026-04-15", "{to: chair, cc: [overseer, head, standing], rung: chair}"),
        # Without names: somebody gets it, and nobody is said not to.
        ("2026-03-26", "{rung: due-soon}"),
        # Why, in either language, whatever the case; what it says.
        (
            "2026-03-26",
            "{to: head, cc: focal, because: [3 working days before, TRƯỚC HẠN 3 ngày làm việc, còn 5 ngày]}",
        ),
        ("2026-04-07", "{to: overseer, cc: [head, standing], because: quá hạn 7 ngày}"),
        ("2026-03-26", "{to: head, cc: focal, due: 2026-03-31, says: Giám đốc Sở A}"),
    ],
)
def test_what_comes_as_expected_is_met(day: str, mail: str) -> None:
    cc_all = "" if ("cc" in mail and day < "2026-04-15") or mail == "{rung: due-soon}" else "    others: allowed\n"
    assert failures(expecting(day, mail, cc_all)) == []


@pytest.mark.parametrize(
    ("day", "mail", "said"),
    [
        # Another person, another rung, another day, asked and informed mixed up.
        ("2026-03-26", "{to: b/head, rung: due-soon}", "missing: Thu 2026-03-26: due-soon to b/head"),
        ("2026-03-26", "{to: head, cc: focal, rung: due-today}", "missing: Thu 2026-03-26: due-today of T.1 to head"),
        ("2026-03-25", "{to: head, cc: focal, rung: due-soon}", "missing: Wed 2026-03-25: due-soon of T.1 to head"),
        ("2026-03-26", "{to: focal, cc: head, rung: due-soon}", "missing: Thu 2026-03-26: due-soon of T.1 to focal"),
        # Words.
        ("2026-03-26", "{to: head, cc: focal, because: quá hạn}", "text: because “quá hạn”"),
        ("2026-04-07", "{to: overseer, cc: [head, standing], because: quá hạn 17 ngày}", "text: because “quá hạn 17 ngày”"),
        ("2026-04-15", "{to: chair, cc: [overseer, head, standing], because: 5 ngày}", "text: because “5 ngày”"),
        ("2026-03-26", "{to: head, cc: focal, due: 2026-03-30}", "text: due 2026-03-30"),
        ("2026-03-26", "{to: head, cc: focal, says: Giám đốc Sở B}", "text: the letter says “Giám đốc Sở B”"),
    ],
)  # fmt: skip
def test_what_comes_otherwise_is_told(day: str, mail: str, said: str) -> None:
    found = [text for text in failures(expecting(day, mail, "    others: allowed\n")) if said in text]
    assert len(found) == 1, failures(expecting(day, mail))


def test_a_mail_that_did_not_come_is_shown_with_what_came_instead() -> None:
    [first, *_] = failures(expecting("2026-03-26", "{to: head, cc: focal, rung: due-today}", "    others: allowed\n"))
    assert first == (
        "4 missing: Thu 2026-03-26: due-today of T.1 to head (gd.a@x.example); instead: "
        "Thu 2026-03-26 07:00 to a/head <gd.a@x.example>: due-soon of T.1 (a): 3 working days before, due 2026-03-31"
    )


def test_a_mail_of_another_day_is_shown_as_near() -> None:
    [first, *_] = failures(expecting("2026-03-25", "{to: head, cc: focal, rung: due-soon}"))
    assert "; instead: near: Thu 2026-03-26 07:00 to a/head" not in first  # only what is looked at is played
    found = failures("task: T.1\nuntil: 2026-03-31\n" + expecting("2026-03-25", "{to: head, rung: due-soon}")[10:])
    assert "; instead: near: Thu 2026-03-26 07:00 to a/head" in found[0]


def test_when_nothing_comes_at_all_the_due_day_is_told() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: 2026-06-30}\n"
    [said] = failures("task: T.1\nexpect:\n  - {on: 2026-03-26, mail: {to: head, rung: due-soon}}\n", tasks)
    assert said.endswith("instead: nothing about T.1 to them within ten days; T.1 is due on 2026-06-30")


def test_nobody_else_hears_on_a_day_that_is_named() -> None:
    assert failures("task: T.1\nexpect:\n  - {on: 2026-03-26, mail: {to: head, rung: due-soon}}\n") == [
        "3 unexpected: nobody else; instead: "
        "07:00 to a/focal <vp.a@x.example> (cc): due-soon of T.1 (a): 3 working days before, due 2026-03-31"
    ]


def test_others_may_be_allowed_on_a_day_or_throughout() -> None:
    day = "  - {on: 2026-03-26, mail: {to: head, rung: due-soon}, others: allowed}\n"
    assert failures(f"only: T.1\nexpect:\n{day}") == []
    assert failures(f"only: T.1\nothers: allowed\nexpect:\n{day.replace(', others: allowed', '')}") == []


def test_with_only_the_days_between_are_looked_at_too_and_with_task_they_are_not() -> None:
    expect = """
expect:
  - {on: 2026-03-17, mail: {to: focal, rung: heads-up}}
  - {on: 2026-03-31, mail: {to: head, cc: focal, rung: due-today}}
"""
    assert failures(f"task: T.1{expect}") == []
    [said] = failures(f"only: T.1{expect}")
    assert said.startswith("1 unexpected: nobody else; instead: 07:00 to a/head")
    # From and until make the span longer.
    assert len(failures(f"only: T.1\nfrom: 2026-03-10\nuntil: 2026-04-02{expect}")) == 2


def test_nobody_hears_in_a_span_but_as_others_expect() -> None:
    nobody = "  - {from: 2026-03-18, until: 2026-03-30, nobody: true}\n"
    assert len(failures(f"task: T.1\nexpect:\n{nobody}")) == 1
    mail = "  - {on: 2026-03-26, mail: {to: head, cc: focal, rung: due-soon}}\n"
    assert failures(f"task: T.1\nexpect:\n{nobody}{mail}") == []


def test_in_a_span_a_mail_may_come_on_any_day_and_on_each_of_several_days_it_must() -> None:
    mail = "mail: {to: head, cc: focal, rung: due-soon}"
    assert failures(f"task: T.1\nexpect:\n  - {{from: 2026-03-20, until: 2026-03-30, {mail}}}\n") == []
    several = f"task: T.1\nexpect:\n  - {{on: [2026-03-26, 2026-03-27], {mail}}}\n"
    assert [text.partition(";")[0] for text in failures(several)] == [
        "3 missing: Fri 2026-03-27: due-soon of T.1 to head (gd.a@x.example)",
        "3 missing: Fri 2026-03-27: due-soon of T.1 to focal (vp.a@x.example) (cc)",
    ]


def test_what_must_not_come_is_told_when_it_does() -> None:
    text = "task: T.1\nexpect:\n  - {on: 2026-03-26, no_mail: {to: head, rung: due-soon}}\n"
    assert failures(text) == [
        "3 unwanted: no such mail; instead: Thu 2026-03-26 07:00 to a/head <gd.a@x.example>: "
        "due-soon of T.1 (a): 3 working days before, due 2026-03-31"
    ]
    assert failures(text.replace("to: head", "cc: head")) == []
    assert failures(text.replace("rung: due-soon", "rung: late")) == []


def test_a_notice_that_is_held_back_is_expected_with_its_reason() -> None:
    text = """\
task: T.1
given: [{on: 2026-03-25, until: 2026-03-27, silence: T.1}]
expect:
  - {on: 2026-03-26, not_sent: {to: head, rung: due-soon, reason: silenced}}
"""
    assert failures(text) == []
    assert [found.partition(";")[0] for found in failures(text.replace("silenced", "superseded"))] == [
        "4 not_sent: held back as superseded: due-soon to head"
    ]
    assert len(failures(text.replace("on: 2026-03-26", "on: 2026-03-27"))) == 1


@pytest.mark.parametrize("until", ["2026-04-05", "2026-04-09", "2026-04-19"])
def test_a_notice_that_is_decided_on_a_later_day_is_named_with_that_day(until: str) -> None:
    text = f"task: T.1\ngiven: [{{down: 2026-03-30, until: {until}}}]\nexpect:\n"
    expected = "not_sent: {to: head, rung: due-today, reason: superseded}}\n"
    decided = date.fromisoformat(until) + timedelta(1)
    [said] = failures(f"{text}  - {{on: 2026-03-31, {expected}")
    assert said == (
        "4 not_sent: held back as superseded: due-today to head; instead: not sent of Tue 2026-03-31, decided on "
        f"{decided:%a} {decided}: due-today of T.1 to gd.a@x.example: superseded"
    )
    assert failures(f"{text}  - {{on: {decided}, {expected}") == []


def test_a_notice_that_is_held_back_some_days_off_is_near() -> None:
    text = """\
task: T.1
until: 2026-03-27
given: [{on: 2026-03-25, until: 2026-03-27, silence: T.1}]
expect:
  - {on: 2026-03-20, not_sent: {to: head, rung: due-soon, reason: silenced}}
"""
    [said] = failures(text)
    assert said.endswith("instead: not sent on Thu 2026-03-26: due-soon of T.1 to gd.a@x.example: silenced")


@pytest.mark.parametrize(
    ("mail", "no_mail"),
    [
        ("{to: head, reason: reported}", "{to: head}"),
        ("{to: a/head, rung: due-soon, reason: reported}", "{to: a/head, rung: due-soon}"),
        ("{rung: [due-soon, late], reason: reported}", "{rung: [due-soon, late]}"),
        ("{reason: reported}", "{task: T.1}"),
    ],
)
def test_what_was_reported_earlier_owes_nothing_and_what_to_write_is_said(mail: str, no_mail: str) -> None:
    text = f"task: T.1\ngiven: [{{on: 2026-03-25, done: T.1}}]\nexpect:\n  - {{on: 2026-03-26, not_sent: {mail}}}\n"
    [said] = failures(text)
    assert said.endswith(
        "ct/T.1 (a) ended on 2026-03-25: reported; what has ended owes no notice any more; "
        f"for a mail that must not come write `no_mail: {no_mail}`"
    )
    assert failures(text.replace(f"not_sent: {mail}", f"no_mail: {no_mail}")) == []


def test_that_nothing_is_owed_is_not_said_where_another_reason_is_expected() -> None:
    text = "task: T.1\ngiven: [{on: 2026-03-25, done: T.1}]\nexpect:\n  - {on: 2026-03-26, not_sent: {to: head, reason: silenced}}\n"
    [said] = failures(text)
    assert said.endswith("instead: ct/T.1 (a) ended on 2026-03-25: reported")


def test_what_is_reported_before_a_notice_that_was_due_could_leave_holds_it_back() -> None:
    text = """\
task: T.1
given: [{down: 2026-03-25, until: 2026-03-28}, {on: 2026-03-27, done: T.1}]
expect:
  - {on: 2026-03-29, not_sent: {to: head, rung: due-soon, reason: reported}}
"""
    assert failures(text) == []
    [said] = failures(text.replace("on: 2026-03-29", "on: 2026-03-27"))
    assert "decided on Sun 2026-03-29: due-soon of T.1 to gd.a@x.example: reported" in said
    assert "no_mail" not in said


def test_each_of_a_group_must_hear_and_each_task_must_be_told_of() -> None:
    tasks = """\
tasks:
  - {id: T.1, title: Một, lead: {each: cac-so}, deadline: 2026-03-31}
  - {id: T.2, title: Hai, lead: b, deadline: 2026-03-31}
"""
    both = "expect:\n  - {on: 2026-03-26, mail: {to: head, cc: focal, rung: due-soon}}\n"
    assert failures(f"only: [T.1, T.2]\n{both}", tasks) == []
    assert failures(f"only: T.1\n{both.replace('to: head', 'to: cac-so/head')}", tasks) == []
    done = "given: [{on: 2026-03-20, done: T.1, unit: b}]\n"
    assert [text.partition(";")[0] for text in failures(f"only: [T.1, T.2]\n{done}{both}", tasks)] == [
        "4 missing: Thu 2026-03-26: due-soon of T.1 to head (gd.b@x.example)",
        "4 missing: Thu 2026-03-26: due-soon of T.1 to focal (vp.b@x.example) (cc)",
    ]
    # A post that is named must be told of every task that is named.
    named = "task: [T.1, T.2]\nexpect:\n  - {on: 2026-03-26, mail: {to: a/head, task: [T.1, T.2]}, others: allowed}\n"
    assert len(failures(named, tasks)) == 1


def test_without_tasks_named_the_whole_programme_is_looked_at() -> None:
    tasks = "tasks:\n" + "".join(
        f"  - {{id: T.{n}, title: Việc, lead: {unit}, deadline: 2026-03-31}}\n" for n, unit in ((1, "a"), (2, "b"))
    )
    one = "expect:\n  - {on: 2026-03-17, mail: {to: a/focal, rung: heads-up}}\n"
    [said] = failures(one, tasks)
    assert "vp.b@x.example" in said
    assert failures(one.replace("a/focal", "[a/focal, b/focal]"), tasks) == []


def test_a_part_and_an_occurrence_are_told_apart() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadlines: {mở: 2026-03-31, đóng: 2026-03-31}}\n"
    mail = "  - {on: 2026-03-17, mail: {to: focal, rung: heads-up, part: mở}}\n"
    [said] = failures(f"only: T.1\nexpect:\n{mail}", tasks)
    assert "unexpected" in said
    assert "T.1[đóng]" in said


def test_another_occurrence_is_another_mail() -> None:
    tasks = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadline: {every: week, on: friday}}\n"
    mail = "- {on: 2026-03-20, mail: {to: head, cc: focal, rung: due-today, occurrence: 2026-03-20}, others: allowed}"
    assert failures(f"task: T.1\nstart: 2026-03-02\nexpect:\n  {mail}\n", tasks) == []
    other = mail.replace("occurrence: 2026-03-20", "occurrence: 2026-03-27")
    assert len(failures(f"task: T.1\nstart: 2026-03-02\nexpect:\n  {other}\n", tasks)) == 2


def test_the_hour_counts_where_it_is_given() -> None:
    text = 'task: T.1\nexpect:\n  - {on: 2026-03-17, at: "07:00", mail: {to: focal, rung: heads-up}}\n'
    assert failures(text) == []
    # An item with an hour speaks of that minute alone; with `only` the whole day counts.
    other = text.replace("07:00", "07:30")
    assert [said.split(" ", 1)[1].partition(":")[0] for said in failures(other)] == ["missing"]
    whole = failures(other.replace("task:", "only:"))
    assert [said.split(" ", 1)[1].partition(":")[0] for said in whole] == ["missing", "unexpected"]


def test_a_vacant_post_that_is_named_is_said_to_be_vacant() -> None:
    text = "task: T.1\ngiven: [{on: 2026-03-20, vacant: a/head}]\nexpect:\n  - {on: 2026-03-26, mail: {to: a/head}, others: allowed}\n"
    [said] = failures(text)
    assert "nobody holds a/head on 2026-03-26: its mail goes to overseer <pct@x.example>" in said


def test_the_mails_and_the_start_are_told() -> None:
    found = outcome(ALL_OF_THE_MORNING)
    assert found.is_met
    assert f"{found.start:%Y-%m-%d}" == "2026-03-06"
    assert found.mails == 3  # heads-up, then two of the morning that is looked at
