"""The world as a model of the daemon: what exists when, who decides together, and who parts."""

from dataclasses import replace

import pytest

from rules.obligation import ObligationKey, Silence
from rules.programme import Occurred
from rules.register import Done
from rules.simulate import Run
from tests.rules.books import DIRECTORY, POLICY, STANDARD, at, book, day, key, mails, one, started, task

EACH = book(task("2026-03-31", lead="{each: cac-so}"))


def cohorts(run: Run) -> list[str]:
    """Return which units decide together."""
    found: dict[int, list[str]] = {}
    for entry in run.world.entries.values():
        found.setdefault(id(entry.cohort), []).append(entry.key.unit)
    return sorted("".join(units) for units in found.values())


def test_units_that_owe_the_same_decide_together() -> None:
    run = started(EACH, "2026-03-02")
    run.until(at("2026-06-01"))
    assert cohorts(run) == ["abc"]
    assert len([text for text in mails(run) if "heads-up" in text]) == 3


def test_a_unit_to_which_something_else_happens_goes_its_own_way() -> None:
    run = started(EACH, "2026-03-02")
    run.until(at("2026-03-20"))
    run.world.report_done(key(unit="b"), now=at("2026-03-20"))
    run.world.silence(key(unit="c"), Silence(at("2026-03-20"), at("2026-03-27")), now=at("2026-03-20"))
    run.until(at("2026-04-02"))
    assert cohorts(run) == ["a", "b", "c"]
    assert mails(run, "gd.a", "gd.b", "gd.c") == [
        "03-26 07:00 gd.a due-soon",
        "03-31 07:00 gd.a due-today",
        "03-31 07:00 gd.c due-today c",
        "04-01 07:00 gd.a late",
        "04-01 07:00 gd.c late c",
    ]


def test_each_of_a_cohort_fares_as_it_would_alone() -> None:
    """The same rules for one unit and for three: `a` gets the same mail, with or without the others."""
    alone = started(book(task("2026-03-31", lead="{each: [a]}")), "2026-03-02")
    among = started(EACH, "2026-03-02")
    for run in (alone, among):
        run.until(at("2026-04-03"))
        run.step(at("2026-05-04 10:00"))
        run.until(at("2026-05-20"))
    assert mails(alone, "gd.a", "vp.a") == mails(among, "gd.a", "vp.a")
    assert alone.world.entries[key()].ledger.told["a"] == among.world.entries[key()].ledger.told["a"]


def test_a_unit_without_an_overseer_is_told_of_with_the_others() -> None:
    """Nobody is overseer of `b`: that counts as told, and its chair hears on the same day as those of the others; it
    parts from them, since it is the chair who would have to hear of an extension."""
    directory = """
directory: tinh
chair: {title: Chủ tịch, email: ct@x.example}
units:
  a: {name: A, head: {title: A, email: gd.a@x.example}, overseer: {title: PCT, email: pct.a@x.example}}
  b: {name: B, head: {title: B, email: gd.b@x.example}}
  tt: {name: TT, head: {title: TT, email: gd.tt@x.example}}
"""
    run = started(book(task("2026-03-31", lead="{each: [a, b]}"), directory=directory), "2026-03-31")
    run.until(at("2026-04-08"))
    assert cohorts(run) == ["a", "b"]
    for unit, above in (("a", "overseer"), ("b", "chair")):
        ledger = run.world.entries[key(unit=unit)].ledger
        assert ledger.overseers == {unit: at("2026-04-07")}
        assert ledger.heard == {above, "standing"}
    assert mails(run, "pct.a", "ct") == ["04-07 07:00 pct.a overseer", "04-07 07:00 ct overseer b"]


def test_where_the_overseer_reads_for_a_vacant_head_the_chair_hears_a_day_later() -> None:
    """Down for weeks, so that the overseer's rung is missed; the head of `b` leaves meanwhile: the overseer reads in its
    place that it is late, for the first time. The chair hears of `a` with that, of `b` on the next day."""
    ladder = STANDARD.replace("to: [overseer], cc: [head, standing]", "to: [overseer], if_missed: drop")
    leaves = DIRECTORY.replace("email: gd.b@x.example", "email: gd.b@x.example, until: 2026-04-10")
    run = started(book(task("2026-03-31", lead="{each: [a, b]}"), ladder=ladder, directory=leaves), "2026-03-02")
    run.until(at("2026-04-03"))
    assert cohorts(run) == ["ab"]
    run.step(at("2026-05-06"))
    run.until(at("2026-05-08"))
    assert mails(run, "pct") == ["05-06 07:00 pct late b", "05-06 07:00 pct chair (cc)", "05-07 07:00 pct chair b (cc)"]
    assert mails(run, "ct") == ["05-06 07:00 ct chair", "05-07 07:00 ct chair b"]


def test_a_mail_kept_back_parts_its_unit_from_the_others() -> None:
    """The head of `a` has had the day's only mail; the others hear today, it tomorrow, and so do those above."""
    ladder = """
ladder: chuan
rungs:
  - {id: late, at: 1 hour late,  to: [head]}
  - {id: up,   at: 1 working day late, to: [overseer]}
"""
    rules = book(
        "tasks:\n"
        + one('{by: 2026-03-02, at: "08:00"}', id="T.0")
        + one('{by: 2026-03-02, at: "10:00"}', id="T.1", lead="{each: [a, b]}"),
        ladder=ladder,
    )
    run = started(rules, "2026-03-02", replace(POLICY, daily_cap=1))
    run.until(at("2026-03-06"))
    assert mails(run) == [
        "03-02 09:00 gd.a late T.0",
        "03-02 11:00 gd.b late b",
        "03-03 07:00 pct up T.0",
        "03-03 07:00 pct up b",
        "03-03 07:00 gd.a late",
        "03-04 07:00 pct up",
    ]


def test_a_dormant_task_stands_as_one_without_a_day_until_its_event() -> None:
    run = started(book("events:\n  e: {title: Sự kiện}\n" + task("{after: e, within: 10 days}")), "2026-03-02")
    run.until(at("2026-03-10"))
    assert run.world.entries[key()].followed.term.due is None
    run.world.record_event("ct", "e", Occurred(day("2026-03-09")), now=at("2026-03-10"))
    assert run.world.entries[key()].facts.withdrawn_at == at("2026-03-10")
    entry = run.world.entries[key(occurrence="2026-03-09")]
    assert entry.followed.term.due == day("2026-03-19")
    assert entry.facts.watched_from == at("2026-03-10")


def test_an_event_of_one_programme_wakes_nothing_in_another() -> None:
    other = """
---
programme: khac
title: Khác
document: {number: 02/CTr, date: 2025-12-01}
directory: tinh
calendar: viet-nam
ladder: chuan
standing: tt
tasks:
  - {id: K.1, title: Việc, lead: a, deadline: {every: week, on: friday}}
"""
    rules = book("events:\n  e: {title: Sự kiện}\n" + task("{after: e, within: 10 days}"), ladder=STANDARD + other)
    run = started(rules, "2026-03-02")
    before = run.world.entries[ObligationKey("khac", "K.1", "", "a", "2026-03-06")]
    run.world.record_event("ct", "e", Occurred(day("2026-03-02")), now=at("2026-03-02 10:00"))
    assert run.world.entries[ObligationKey("khac", "K.1", "", "a", "2026-03-06")].cohort is before.cohort
    assert run.world.roster.book(run.world.rulebook.directories["tinh"], day("2026-03-02")).reach(before.owers, "head")


def test_occurrences_followed_since_the_start_are_no_baseline_however_late_they_are_looked_at() -> None:
    run = started(book(task("{every: month, on: 25}")), "2026-03-02")
    run.step(at("2026-07-10 10:00"))
    # Those of May and June came about in the pass of July, late already.
    for occurrence in ("2026-03-25", "2026-05-25", "2026-06-25"):
        entry = run.world.entries[key(occurrence=occurrence)]
        assert entry.facts.watched_from == at("2026-03-02")
        assert entry.followed.table.baseline is None
    assert mails(run, "gd.a") == ["07-10 10:00 gd.a late"] * 4


def test_an_amendment_of_days_off_counts_from_its_own_day() -> None:
    """Down from before the amendment until the new deadline has passed as well: that is no baseline."""
    amended = "amended: [{deadline: 2026-03-10, until: 5/CV of 2026-03-12, why: lùi}]"
    run = started(book(task("2026-03-31", more=amended)), "2026-03-02")
    run.until(at("2026-03-11"))
    run.step(at("2026-04-10 10:00"))
    facts = run.world.entries[key()].facts
    assert facts.watched_from == at("2026-03-12 00:00")
    assert facts.announcements[0].at == at("2026-03-12 00:00")
    assert mails(run, "gd.a")[-1] == "04-10 10:00 gd.a late"


def test_an_edit_comes_after_what_time_has_changed() -> None:
    """The amendment of 12 March took effect before the files were edited on the 13th, looked at or not."""
    amended = "amended: [{deadline: 2026-03-10, until: 5/CV of 2026-03-12, why: lùi}]"
    run = started(book(task("2026-03-31", more=amended)), "2026-03-02")
    run.until(at("2026-03-11"))
    run.world.edit(book(task("2026-03-31", more=f"{amended}, product: Báo cáo")), now=at("2026-03-13 10:00"))
    assert run.world.entries[key()].facts.watched_from == at("2026-03-12 00:00")


def test_what_is_withdrawn_and_comes_back_is_followed_again() -> None:
    run = started(book("tasks:\n" + one("2026-03-31", id="T.1") + one("2026-12-31", id="T.2")), "2026-03-02")
    run.until(at("2026-03-18"))
    run.world.edit(book("tasks:\n" + one("2026-12-31", id="T.2")), now=at("2026-03-18 10:00"))
    run.until(at("2026-03-27"))
    assert mails(run) == ["03-17 07:00 vp.a heads-up"]
    run.world.edit(
        book("tasks:\n" + one("2026-03-31", id="T.1") + one("2026-12-31", id="T.2")), now=at("2026-03-27 10:00")
    )
    run.until(at("2026-04-02"))
    entry = run.world.entries[key()]
    assert entry.facts.withdrawn_at is None
    assert mails(run, "gd.a") == [
        "03-27 10:00 gd.a due-soon",
        "03-31 07:00 gd.a due-today",
        "04-01 07:00 gd.a late",
    ]


def test_an_edit_of_ladder_and_people_takes_hold_without_a_move() -> None:
    run = started(book(task("2026-03-31")), "2026-03-02")
    run.until(at("2026-03-18"))
    ladder = "ladder: chuan\nrungs: [{id: only, at: 1 working day before, to: [head]}]\n"
    edited = book(task("2026-03-31", more="head: [b]"), ladder=ladder)
    run.world.edit(edited, now=at("2026-03-18 10:00"))
    run.until(at("2026-05-01"))
    assert mails(run) == ["03-17 07:00 vp.a heads-up", "03-30 07:00 gd.b only"]


def test_what_is_done_or_closed_no_edit_moves() -> None:
    run = started(book(task("2026-03-31")), "2026-03-02")
    run.world.report_done(key(), now=at("2026-03-10"))
    run.world.edit(book(task("2026-06-30")), now=at("2026-03-18 10:00"))
    run.until(at("2026-07-01"))
    assert run.world.entries[key()].facts.edition == 0
    assert mails(run) == ["03-10 07:00 vp.tt done (cc)"]


def test_the_other_units_of_a_joint_task_are_told_once_that_it_was_reported_done() -> None:
    run = started(book(task("2026-03-31", lead="[a, b]")), "2026-03-02")
    run.world.report_done(key(unit="a+b"), now=at("2026-03-10"), by="vp.A@x.example")
    run.until(at("2026-04-20"))
    assert mails(run) == [
        "03-10 07:00 vp.tt done a+b (cc)",
        "03-10 07:00 gd.b done a+b (cc)",
        "03-10 07:00 vp.b done a+b (cc)",
    ]


@pytest.mark.parametrize(("by", "told"), [("b", {"gd.a", "vp.a"}), ("a+b", {"gd.a", "vp.a", "gd.b", "vp.b"})])
def test_where_a_report_is_assumed_of_one_unit_the_others_are_told(by: str, told: set[str]) -> None:
    run = started(book(task("2026-03-31", lead="[a, b]")), "2026-03-02")
    run.world.hear(Done(at("2026-03-10"), key(unit="a+b"), day("2026-03-10"), by), now=at("2026-03-10"))
    run.until(at("2026-04-20"))
    assert {text.split()[2] for text in mails(run)} == {"vp.tt", *told}


def test_all_units_of_a_joint_task_are_told_that_it_is_done_where_none_of_them_reported_it() -> None:
    run = started(book(task("2026-03-31", lead="[a, b]")), "2026-03-02")
    run.world.report_done(key(unit="a+b"), now=at("2026-03-10"), by="vp.tt@x.example")
    run.until(at("2026-04-20"))
    assert [text.split()[2] for text in mails(run)] == ["vp.tt", "gd.a", "vp.a", "gd.b", "vp.b"]


def test_nothing_happens_twice_in_one_instant() -> None:
    run = started(book(task("2026-03-31")), "2026-03-02")
    for _ in range(3):
        run.step(at("2026-03-26 07:00"))
    assert mails(run, "gd.a") == ["03-26 07:00 gd.a due-soon"]
    assert run.next_instant() > at("2026-03-26 07:00")
