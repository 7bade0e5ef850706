"""Decide: what is owed at an instant, each notice with its reason, and when to look again."""

from dataclasses import replace

import pytest

from rules.obligation import Facts, Notice, Reason, Silence
from tests.rules.books import DIRECTORY, at, book, task
from tests.rules.decisions import FACTS, LADDER_OF, LONG_AGO, decided, owed, sent

ON_TIME = (
    sent("heads-up", "2026-03-17", role="focal"),
    sent("due-soon", "2026-03-26"),
    sent("due-today", "2026-03-31"),
)
LATE = (*ON_TIME, sent("late", "2026-04-01"))


# The ladder, rung by rung, each on its day with all before it sent.
@pytest.mark.parametrize(
    ("now", "rows", "notices", "wake_at"),
    [
        ("2026-03-16", (), [], "03-17 07:00"),
        ("2026-03-17", (), ["heads-up vp.a"], "03-26 07:00"),
        ("2026-03-26", ON_TIME[:1], ["due-soon gd.a", "due-soon vp.a cc"], "03-31 07:00"),
        ("2026-03-31", ON_TIME[:2], ["due-today gd.a", "due-today vp.a cc"], "04-01 07:00"),
        ("2026-04-01", ON_TIME, ["late gd.a", "late vp.a cc", "late vp.tt cc"], "04-07 07:00"),
        ("2026-04-07", LATE, ["overseer pct", "overseer gd.a cc", "overseer vp.tt cc"], "04-08 07:00"),
        # Looked at again later the same day: nothing is owed twice.
        ("2026-04-01 12:00", LATE, [], "04-07 07:00"),
    ],
)
def test_each_rung_is_owed_on_its_day(now: str, rows: tuple[Notice, ...], notices: list[str], wake_at: str) -> None:
    assert decided(now, rows=rows) == (notices, wake_at)


def test_outside_the_window_nothing_is_decided_but_when_to_look_again() -> None:
    assert decided("2026-03-17 06:00") == ([], "03-17 07:00")
    assert decided("2026-03-17 19:00") == ([], "03-18 07:00")
    assert decided("2026-04-04 09:00", rows=ON_TIME) == ([], "04-06 07:00")  # a Saturday


def test_after_downtime_each_person_gets_the_latest_and_the_earlier_ones_are_superseded() -> None:
    notices, wake_at = decided("2026-04-02 10:00")
    assert notices == [
        "heads-up vp.a: superseded",
        "due-soon gd.a: superseded",
        "due-soon vp.a cc: superseded",
        "due-today gd.a: superseded",
        "due-today vp.a cc: superseded",
        "late gd.a",
        "late vp.a cc",
        "late vp.tt cc",
    ]
    assert wake_at == "04-07 07:00"


def test_a_rung_on_a_day_off_gives_way_to_one_of_monday() -> None:
    ladder = """
ladder: chuan
rungs:
  - {id: saturday, at: 3 days before, to: [head, focal]}
  - {id: monday,   at: 1 day before,  to: [head]}
"""
    # 31 March is a Tuesday: three days before is Saturday, one is Monday.
    notices, _ = decided("2026-03-30", rulebook=book(task("2026-03-31"), ladder=ladder))
    assert notices == ["saturday gd.a: superseded", "saturday vp.a", "monday gd.a"]


# What becomes of `first` (21 March, a Saturday: Monday 23) beside `second` (26 March).
@pytest.mark.parametrize(
    ("first", "now", "expected"),
    [
        ("if_missed: merge", "2026-03-23", ["first gd.a"]),
        ("if_missed: merge", "2026-03-25", ["first gd.a"]),  # a day late, nothing after it yet
        ("if_missed: merge", "2026-03-26", ["first gd.a: superseded", "second gd.a"]),
        ("if_missed: late", "2026-03-26", ["first gd.a", "second gd.a"]),
        ("if_missed: drop", "2026-03-23 17:00", ["first gd.a"]),  # the weekend has not missed it
        ("if_missed: drop", "2026-03-24", ["first gd.a: missed"]),
        ("expires: 1 day", "2026-03-24", ["first gd.a"]),
        ("expires: 1 day", "2026-03-25", ["first gd.a: too_old"]),
        ("expires: 30 hours", "2026-03-24 13:00", ["first gd.a"]),
        ("expires: 30 hours", "2026-03-24 13:01", ["first gd.a: too_old"]),
    ],
)
def test_a_rung_says_what_becomes_of_it_when_it_is_missed(first: str, now: str, expected: list[str]) -> None:
    rulebook = book(task("2026-03-31"), ladder=LADDER_OF.format(first=first))
    assert decided(now, rulebook=rulebook)[0] == expected


def test_a_superiors_rung_is_not_missed_by_waiting_at_the_gate() -> None:
    """Saturday and Sunday put `late` and `up` on one Monday; `up` waits until Tuesday, and is not dropped for that."""
    ladder = """
ladder: chuan
rungs:
  - {id: late, at: 4 days late, to: [head]}
  - {id: up,   at: 5 days late, to: [overseer], if_missed: drop, expires: 1 hour}
"""
    rulebook = book(task("2026-03-31"), ladder=ladder)
    assert decided("2026-04-06", rulebook=rulebook) == (["late gd.a"], "04-07 07:00")
    rows = [sent("late", "2026-04-06")]
    assert decided("2026-04-07", rows=rows, rulebook=rulebook)[0] == ["up pct"]
    assert decided("2026-04-08", rows=rows, rulebook=rulebook)[0] == ["up pct: too_old"]


# The end of an obligation: what opened before it and was not decided is recorded, what was on its way is settled.
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts(LONG_AGO, done_at=at("2026-03-27 10:00")), "reported"),
        (Facts(LONG_AGO, withdrawn_at=at("2026-03-27 10:00")), "withdrawn"),
        (Facts(LONG_AGO, closed_at=at("2026-03-27 10:00")), "closed"),
        # Done and then withdrawn: what came first counts.
        (Facts(LONG_AGO, done_at=at("2026-03-27 10:00"), withdrawn_at=at("2026-03-28")), "reported"),
    ],
)
def test_an_ended_obligation_owes_nothing_more(facts: Facts, reason: str) -> None:
    rows = [sent("heads-up", "2026-03-17", role="focal")]
    expected = [f"due-soon gd.a: {reason}", f"due-soon vp.a cc: {reason}"]
    assert decided("2026-03-27 10:00", facts, rows) == (expected, None)
    assert decided("2026-04-20", facts, rows) == (expected, None)
    on_its_way = [*rows, owed("due-soon", "2026-03-26")]
    assert decided("2026-03-27 20:00", facts, on_its_way) == ([f"due-soon gd.a: {reason}"], None)


def test_what_only_waited_for_the_window_when_it_ended_is_recorded() -> None:
    """Four days late is Saturday 4 April; on Sunday the report comes, before Monday's opening."""
    ladder = "ladder: chuan\nrungs: [{id: r, at: 4 days late, to: [head]}, {id: s, at: 6 days late, to: [head]}]\n"
    rulebook = book(task("2026-03-31"), ladder=ladder)
    done = Facts(LONG_AGO, done_at=at("2026-04-05 10:00"))
    assert decided("2026-04-05 10:00", done, rulebook=rulebook) == (["r gd.a: reported"], None)
    early = Facts(LONG_AGO, done_at=at("2026-04-03 20:00"))
    assert decided("2026-04-05 10:00", early, rulebook=rulebook) == ([], None)


@pytest.mark.parametrize(
    ("silence", "now", "expected"),
    [
        (
            Silence(at("2026-03-20"), at("2026-03-27")),
            "2026-03-26",
            ["due-soon gd.a: silenced", "due-soon vp.a cc: silenced"],
        ),
        (Silence(at("2026-03-20"), None), "2026-03-26", ["due-soon gd.a: silenced", "due-soon vp.a cc: silenced"]),
        (Silence(at("2026-03-20"), at("2026-03-26")), "2026-03-26", ["due-soon gd.a", "due-soon vp.a cc"]),  # over
        (Silence(at("2026-03-26 08:00"), None), "2026-03-26 07:30", ["due-soon gd.a", "due-soon vp.a cc"]),  # not yet
        # It opened in the silence and no pass ran then: the same as if one had.
        (
            Silence(at("2026-03-26"), at("2026-03-26 12:00")),
            "2026-03-27",
            ["due-soon gd.a: silenced", "due-soon vp.a cc: silenced"],
        ),
    ],
)
def test_a_silence_is_recorded_rung_by_rung(silence: Silence, now: str, expected: list[str]) -> None:
    facts = replace(FACTS, silences=(silence,))
    assert decided(now, facts, ON_TIME[:1])[0] == expected


def test_a_head_who_was_silenced_is_warned_before_it_goes_up() -> None:
    facts = replace(FACTS, silences=(Silence(at("2026-04-01"), at("2026-04-06")),))
    silenced = replace(sent("late", "2026-04-01"), state="not_sent", reason=Reason.SILENCED)
    assert decided("2026-04-07", facts, [*ON_TIME, silenced]) == (["warning gd.a", "warning vp.a cc"], "04-08 07:00")
    rows = [*ON_TIME, silenced, sent("warning", "2026-04-07")]
    assert decided("2026-04-08", facts, rows)[0] == [
        "overseer pct",
        "overseer gd.a cc: superseded",
        "overseer vp.tt cc: superseded",
        "late#1 gd.a",
        "late#1 vp.a cc",
        "late#1 vp.tt cc",
    ]


def test_what_was_late_at_first_sight_is_summed_up_and_the_rungs_before_it_are_recorded() -> None:
    facts = Facts(at("2026-05-06 09:00"))
    notices, wake_at = decided("2026-05-06 09:00", facts)
    assert notices == [
        "heads-up vp.a: baseline",
        "due-soon gd.a: baseline",
        "due-soon vp.a cc: baseline",
        "due-today gd.a: baseline",
        "due-today vp.a cc: baseline",
        "baseline gd.a",
        "baseline vp.tt cc",
    ]
    assert wake_at == "05-07 07:00"


NOBODY_HOME = DIRECTORY.replace(
    "b: {name: Sở B, head: {title: Giám đốc Sở B, email: gd.b@x.example}",
    "b: {name: Sở B, head: {title: GĐ, vacant: true}",
).replace(
    "a: {name: Sở A, head: {title: Giám đốc Sở A, email: gd.a@x.example}",
    "a: {name: Sở A, head: {title: GĐ, vacant: true}",
)


def test_where_nobody_is_head_the_overseer_hears_and_the_ledger_says_why() -> None:
    rulebook = book(task("2026-03-31"), directory=NOBODY_HOME)
    assert decided("2026-04-01", rows=ON_TIME, rulebook=rulebook)[0] == [
        "late nobody: nobody",
        "late pct",
        "late vp.a cc",
        "late vp.tt cc",
    ]


def test_a_vacant_head_counts_as_told() -> None:
    rulebook = book(task("2026-03-31"), directory=NOBODY_HOME)
    nobody = replace(sent("late", "2026-04-01"), state="not_sent", person=None, reason=Reason.NOBODY)
    notices, _ = decided("2026-04-07", rows=[*ON_TIME, nobody], rulebook=rulebook)
    assert notices == ["overseer pct", "overseer nobody cc: nobody", "overseer vp.tt cc"]


def test_a_refused_rung_keeps_its_reason_where_nobody_is_in_post() -> None:
    rulebook = book(task("2026-03-31"), directory=NOBODY_HOME)
    facts = replace(FACTS, silences=(Silence(at("2026-04-01"), None),))
    notices, _ = decided("2026-04-01", facts, ON_TIME, rulebook=rulebook)
    assert notices[0] == "late nobody: silenced"


def test_what_waits_at_the_gate_is_not_overtaken_by_what_is_refused() -> None:
    """The second turn of `up` opened in a silence. The first waits for tomorrow: to record the second would bury it."""
    ladder = """
ladder: chuan
rungs:
  - {id: late, at: 1 working day late, to: [head]}
  - {id: up,   at: 2 days late, to: [overseer], repeat: 5 days}
"""
    rulebook = book(task("2026-03-31"), ladder=ladder)
    facts = replace(FACTS, silences=(Silence(at("2026-04-06"), at("2026-04-08")),))
    # Down from 1 to 8 April; `up` opened on 2 April and again on 7 April.
    assert decided("2026-04-08", facts, rulebook=rulebook) == (["late gd.a"], "04-09 07:00")
    rows = [sent("late", "2026-04-08")]
    assert decided("2026-04-09", facts, rows, rulebook=rulebook)[0] == ["up#1 pct: silenced", "up pct"]
