"""What the promises come to in small stories: first starts, caps, changes of hands, hierarchy."""

from dataclasses import replace

import pytest

from rules.obligation import Silence
from tests.rules.books import (
    DIRECTORY,
    POLICY,
    at,
    book,
    key,
    mails,
    not_sent,
    one,
    run,
    started,
    task,
)

DUE_31_MARCH = book(task("2026-03-31"))


# --- Promise 4: no flood ---------------------------------------------------------------------------------------------


def test_a_first_start_on_a_running_programme_sums_up_and_starts_the_ladder_anew() -> None:
    """On a Saturday: what is late is told on Monday, and everyone gets one cycle before a superior hears."""
    rules = book("tasks:\n" + one("2026-03-31", id="T.1") + one("2026-01-31", id="T.2") + one("2026-05-15", id="T.3"))
    found = run(rules, "2026-05-02 10:00", "2026-05-21")
    assert mails(found, "gd.a", "pct", "ct") == [
        "05-04 07:00 gd.a baseline T.2",
        "05-04 07:00 gd.a baseline",
        "05-05 07:00 gd.a late T.2",
        "05-05 07:00 gd.a late",
        "05-11 07:00 pct overseer T.2",
        "05-11 07:00 pct overseer",
        "05-11 07:00 gd.a overseer T.2 (cc)",
        "05-11 07:00 gd.a overseer (cc)",
        "05-12 07:00 gd.a late T.2",
        "05-12 07:00 gd.a late",
        "05-12 07:00 gd.a due-soon T.3",
        "05-15 07:00 gd.a due-today T.3",
        "05-18 07:00 gd.a late T.3",
        "05-19 07:00 ct chair T.2",
        "05-19 07:00 ct chair",
        "05-19 07:00 pct chair T.2 (cc)",
        "05-19 07:00 pct chair (cc)",
        "05-19 07:00 gd.a chair T.2 (cc)",
        "05-19 07:00 gd.a chair (cc)",
    ]
    assert {each.notice.reason for each in found.not_sent if each.entry.key.task == "T.3"} == {None} - {None}


def test_a_deadline_near_at_first_start_gives_one_reminder_not_three() -> None:
    assert mails(run(DUE_31_MARCH, "2026-03-30", "2026-03-31"), "gd.a", "vp.a") == [
        "03-30 07:00 gd.a due-soon",
        "03-30 07:00 vp.a due-soon (cc)",
    ]


def test_one_digest_a_pass_and_no_more_than_the_cap_a_day() -> None:
    ladder = """
ladder: chuan
rungs:
  - {id: r, at: 1 hour before, to: [head]}
"""
    tasks = "".join(one(f'{{by: 2026-03-02, at: "{hour}:00"}}', id=f"T.{hour}") for hour in (10, 11, 12, 13, 14))
    found = run(book("tasks:\n" + tasks, ladder=ladder), "2026-03-02 07:00", "2026-03-04")
    assert mails(found) == [
        "03-02 09:00 gd.a r T.10",
        "03-02 10:00 gd.a r T.11",
        "03-02 11:00 gd.a r T.12",
        # The fourth and fifth of the day leave with tomorrow's first.
        "03-03 07:00 gd.a r T.13",
        "03-03 07:00 gd.a r T.14",
    ]
    assert len(found.messages) == 4


def test_what_is_late_first_thing_is_in_the_digest_of_the_morning_after() -> None:
    """Over a weekend: the cap of Friday is Monday's mail."""
    ladder = "ladder: chuan\nrungs: [{id: r, at: 1 hour before, to: [head]}]\n"
    tasks = one('{by: 2026-03-06, at: "10:00"}', id="T.1") + one('{by: 2026-03-06, at: "11:00"}', id="T.2")
    found = run(book("tasks:\n" + tasks, ladder=ladder), "2026-03-06", "2026-03-12", replace(POLICY, daily_cap=1))
    assert mails(found) == ["03-06 09:00 gd.a r", "03-09 07:00 gd.a r T.2"]


# --- Promise 5: looked up again when the mail is sent ----------------------------------------------------------------

TWO_ON_FRIDAY = (
    "tasks:\n" + one('{by: 2026-03-06, at: "10:00"}', id="T.1") + one('{by: 2026-03-06, at: "11:00"}', id="T.2")
)
HOURLY = "ladder: chuan\nrungs: [{id: r, at: 1 hour before, to: [head]}]\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        # Somebody else acts from Saturday on.
        (
            "email: gd.a@x.example, acting: [{from: 2026-03-07, until: 2026-03-20, title: Phó Giám đốc, email: pgd.a@x.example}]",
            "03-09 07:00 pgd.a r T.2",
        ),
        # The head leaves on Friday: the post above.
        ("email: gd.a@x.example, until: 2026-03-06", "03-09 07:00 pct r T.2"),
    ],
)
def test_a_mail_kept_back_goes_to_who_holds_the_post_by_then(head: str, expected: str) -> None:
    directory = DIRECTORY.replace("email: gd.a@x.example", head)
    rules = book(TWO_ON_FRIDAY, ladder=HOURLY, directory=directory)
    assert mails(run(rules, "2026-03-06", "2026-03-12", replace(POLICY, daily_cap=1))) == [
        "03-06 09:00 gd.a r",
        expected,
    ]


def test_a_mail_kept_back_gives_way_to_a_later_one_for_whom_it_goes_to_now() -> None:
    """The head's first rung waits over the weekend; on Monday the second is due, and somebody else is in post."""
    ladder = """
ladder: chuan
rungs:
  - {id: first,  at: 1 hour before,        to: [head]}
  - {id: second, at: 1 working day late, to: [head]}
"""
    acting = "acting: [{from: 2026-03-07, until: 2026-03-20, title: Phó Giám đốc, email: pgd.a@x.example}]"
    directory = DIRECTORY.replace("email: gd.a@x.example", f"email: gd.a@x.example, {acting}")
    found = run(
        book(TWO_ON_FRIDAY, ladder=ladder, directory=directory),
        "2026-03-06",
        "2026-03-12",
        replace(POLICY, daily_cap=1),
    )
    assert mails(found) == [
        "03-06 09:00 gd.a first",
        "03-09 07:00 pgd.a second",
        "03-09 07:00 pgd.a second T.2",
    ]
    assert not_sent(found.not_sent) == ["03-09 07:00 gd.a first: superseded"]


def test_a_mail_kept_back_is_not_sent_when_it_is_silenced_meanwhile() -> None:
    found = started(book(TWO_ON_FRIDAY, ladder=HOURLY), "2026-03-06", replace(POLICY, daily_cap=1))
    found.until(at("2026-03-07"))
    found.world.silence(key("T.2"), Silence(at("2026-03-08"), None), now=at("2026-03-08"))
    found.until(at("2026-03-12"))
    assert mails(found) == ["03-06 09:00 gd.a r"]
    assert not_sent(found.not_sent) == ["03-08 07:00 gd.a r: silenced"]


# --- Promise 6: hierarchy --------------------------------------------------------------------------------------------


def test_the_heads_last_mail_says_when_it_goes_up() -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.until(at("2026-04-01"))
    found.step(at("2026-05-04 09:00"))
    found.until(at("2026-05-20"))
    said: dict[str, list[str]] = {}
    for message in found.messages:
        for line in message.digest.lines:
            if message.to == "gd.a@x.example" and line.section in ("overdue", "information"):
                said[f"{message.at:%m-%d}"] = [f"{step.on:%m-%d} {step.to_title}" for step in line.next if step.goes_up]
    assert said == {
        "05-04": ["05-05 Phó Chủ tịch"],
        "05-05": ["05-06 Chủ tịch"],
        "05-06": [],
        "05-13": [],
    }
    assert mails(found, "pct", "ct")[:2] == ["05-05 07:00 pct overseer", "05-06 07:00 ct chair"]


def test_when_the_cap_keeps_the_heads_mail_back_the_superiors_wait() -> None:
    """The head has had the day's only mail; the late one leaves a day later, and so does the overseer's."""
    ladder = """
ladder: chuan
rungs:
  - {id: late, at: 1 hour late,  to: [head]}
  - {id: up,   at: 2 hours late, to: [overseer], cc: [head]}
"""
    rules = book(
        "tasks:\n" + one('{by: 2026-03-02, at: "08:00"}', id="T.0") + one('{by: 2026-03-02, at: "10:00"}', id="T.1"),
        ladder=ladder,
    )
    found = run(rules, "2026-03-02", "2026-03-10", replace(POLICY, daily_cap=1))
    assert mails(found) == [
        "03-02 09:00 gd.a late T.0",
        "03-02 10:00 pct up T.0",
        # The head's share of 3 March: the copy of what went up, and late of T.1, kept back.
        "03-03 07:00 gd.a up T.0 (cc)",
        "03-03 07:00 gd.a late",
        "03-04 07:00 pct up",
        "03-04 07:00 gd.a up (cc)",
    ]


def test_every_head_of_a_joint_task_hears_before_the_overseer() -> None:
    found = run(book(task("2026-03-31", lead="[a, b]")), "2026-03-30", "2026-04-08")
    assert mails(found, "gd.a", "gd.b", "pct") == [
        "03-30 07:00 gd.a due-soon a+b",
        "03-30 07:00 gd.b due-soon a+b",
        "03-31 07:00 gd.a due-today a+b",
        "03-31 07:00 gd.b due-today a+b",
        "04-01 07:00 gd.a late a+b",
        "04-01 07:00 gd.b late a+b",
        "04-07 07:00 pct overseer a+b",
        "04-07 07:00 gd.a overseer a+b (cc)",
        "04-07 07:00 gd.b overseer a+b (cc)",
    ]


def test_where_the_file_names_another_head_that_one_answers() -> None:
    found = run(book(task("2026-03-31", more="head: [b]")), "2026-03-31", "2026-04-02")
    assert mails(found, "gd.a", "gd.b", "vp.a", "vp.b") == [
        "03-31 07:00 gd.b due-today",
        "03-31 07:00 vp.a due-today (cc)",
        "04-01 07:00 gd.b late",
        "04-01 07:00 vp.a late (cc)",
    ]


def test_where_a_weekend_puts_an_escalation_and_a_repetition_on_one_morning_nobody_is_lost_or_told_twice() -> None:
    """Fifteen days late is a Saturday; the second repetition is the Monday after it."""
    found = run(book(task("2026-03-27")), "2026-01-05", "2026-04-14")
    assert [text for text in mails(found) if text.startswith("04-13")] == [
        "04-13 07:00 ct chair",
        "04-13 07:00 pct chair (cc)",
        "04-13 07:00 gd.a late",
        "04-13 07:00 vp.a late (cc)",
        "04-13 07:00 vp.tt late (cc)",
    ]
