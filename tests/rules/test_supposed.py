"""What a simulation takes for granted: reports, downtime, other rules from a day on."""

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from rules.obligation import Silence
from rules.register import Silenced
from rules.simulate import Simulation, simulate
from rules.supposed import AssumedDone, AssumedExtended, Downtime, Edit, Supposition, outages, up_at
from tests.rules.books import POLICY, at, book, day, mails, not_sent, run, task

DUE = book(task("2026-03-31"))


def simulated(*supposed: Supposition, first: str = "2026-03-02", last: str = "2026-05-08") -> Simulation:
    return simulate(DUE, POLICY, first=day(first), last=day(last), assumed=supposed)


def to_head(found: Simulation) -> list[str]:
    return [text for text in mails(found, "gd.a", "pct", "ct") if "(cc)" not in text]


# --- silences --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["2026-03-02", "2026-03-27"])
def test_an_assumed_silence_is_what_a_recorded_one_is(first: str) -> None:
    for named in ({"programme": "ct", "task": "T.1"}, {"unit": "a"}, {"person": "gd.a@x.example"}):
        said = Silenced(at("2026-03-26"), Silence(at("2026-03-26"), at("2026-04-04")), **named)
        recorded = simulate(DUE, POLICY, first=day(first), last=day("2026-05-08"), recorded=[said])
        found = simulated(said, first=first)
        assert (mails(found), not_sent(found.not_sent)) == (mails(recorded), not_sent(recorded.not_sent))
        assert mails(found) != mails(simulated(first=first))


# --- reports ---------------------------------------------------------------------------------------------------------


def test_after_an_assumed_report_nobody_is_reminded() -> None:
    found = simulated(AssumedDone("ct", "T.1", None, day("2026-04-02")))
    assert [text[:5] for text in to_head(found)] == ["03-26", "03-31", "04-01"]


def test_a_report_before_the_first_day_is_known_from_the_start() -> None:
    assert to_head(simulated(AssumedDone("ct", "T.1", "a", day("2026-02-27")))) == []
    assert mails(simulated(AssumedDone("ct", "T.1", "a", day("2026-02-27"))), "vp.tt") == []


def test_the_report_of_another_unit_changes_nothing() -> None:
    assert to_head(simulated(AssumedDone("ct", "T.1", "b", day("2026-04-02")))) == to_head(simulated())


def test_a_recurring_task_is_done_for_all_that_is_due_by_then_or_else_for_the_next() -> None:
    rules = book(task("{every: month, on: 25, from: 2026-01}"))
    done = AssumedDone("ct", "T.1", None, day("2026-03-27"))
    found = simulate(rules, POLICY, first=day("2026-03-02"), last=day("2026-05-08"), assumed=[done])
    after = [message for message in found.messages if message.at > at("2026-03-27")]
    assert {line.told.occurrence for message in after for line in message.lines} == {"2026-04-25"}
    early = AssumedDone("ct", "T.1", None, day("2026-03-20"))
    found = simulate(rules, POLICY, first=day("2026-03-02"), last=day("2026-04-10"), assumed=[early])
    late = [line for message in found.messages for line in message.lines if line.told.rung == "late"]
    assert late == []


def test_what_is_due_on_the_day_of_the_report_is_done_with_what_was_due_before() -> None:
    rules = book(task("{every: month, on: 25, from: 2026-01}"))
    done = AssumedDone("ct", "T.1", None, day("2026-03-25"))
    found = simulate(rules, POLICY, first=day("2026-02-02"), last=day("2026-04-10"), assumed=[done])
    after = [message for message in found.messages if message.at > at("2026-03-26")]
    assert {line.told.occurrence for message in after for line in message.lines} == {"2026-04-25"}


# --- downtime --------------------------------------------------------------------------------------------------------


def test_in_a_downtime_nothing_leaves_and_afterwards_the_same_is_owed_in_one_mail() -> None:
    found = to_head(simulated(Downtime(day("2026-04-01"), day("2026-04-20"))))
    # Nothing on the 1st (late), the 8th and 15th (late again), the 7th (overseer), the 15th (chair).
    # The repetition of the 22nd comes at its time.
    assert [text for text in found if text > "04-01"][:4] == [
        "04-21 07:00 gd.a late",
        "04-22 07:00 pct overseer",
        "04-22 07:00 gd.a late",
        "04-23 07:00 ct chair",
    ]


@settings(deadline=None, max_examples=25)
@given(start=st.integers(0, 50), length=st.integers(0, 20))
def test_downtime_is_the_passes_it_leaves_out(start: int, length: int) -> None:
    """What is simulated over a downtime is what comes of passes that are not made, and of one when it is over."""
    first = day("2026-03-02") + timedelta(start)
    down = Downtime(first, first + timedelta(length))
    found = simulated(down, last="2026-06-30")
    model = run(DUE, "2026-03-02", f"{first} 00:00")
    model.step(at(f"{down.last + timedelta(1)} 00:00"))
    model.until(at("2026-07-01 00:00"))
    assert mails(found) == mails(model)


def test_downtimes_that_touch_are_one() -> None:
    down = [Downtime(day("2026-04-01"), day("2026-04-05")), Downtime(day("2026-04-06"), day("2026-04-07"))]
    [outage] = outages(down, POLICY)
    assert (outage.from_, outage.until) == (at("2026-04-01 00:00"), at("2026-04-08 00:00"))
    assert up_at(at("2026-04-01 00:00"), [outage]) == at("2026-04-08 00:00")
    assert up_at(at("2026-04-03"), [outage]) == at("2026-04-08 00:00")
    assert up_at(at("2026-04-08"), [outage]) == at("2026-04-08")


# --- other rules -----------------------------------------------------------------------------------------------------


def test_rules_from_the_first_day_are_as_if_there_were_no_others() -> None:
    other = book(task("2026-04-15"))
    alone = simulate(other, POLICY, first=day("2026-03-02"), last=day("2026-05-08"))
    assert mails(simulated(Edit(other))) == mails(alone)


def test_rules_from_a_day_on_move_what_is_to_come_and_say_so() -> None:
    found = to_head(simulated(Edit(book(task("2026-04-15")), day("2026-03-30"))))
    assert [text for text in found if text < "04-10"] == ["03-26 07:00 gd.a due-soon", "03-30 07:00 gd.a moved"]


@pytest.mark.parametrize("on", ["2026-02-01", "2026-03-02"])
def test_rules_from_a_day_before_the_span_are_in_force_from_its_start(on: str) -> None:
    other = book(task("2026-04-15"))
    assert mails(simulated(Edit(other, day(on)))) == mails(simulated(Edit(other)))


def test_rules_from_a_day_after_the_span_change_nothing() -> None:
    assert mails(simulated(Edit(book(task("2026-04-15")), day("2026-07-01")))) == mails(simulated())


def test_a_report_on_the_first_day_is_told_and_ends_the_reminders() -> None:
    found = simulated(AssumedDone("ct", "T.1", None, day("2026-03-30")), first="2026-03-30")
    assert to_head(found) == []
    assert mails(found, "vp.tt") == ["03-30 07:00 vp.tt done (cc)"]


def test_an_extension_moves_the_obligation_from_its_day_on() -> None:
    found = simulated(AssumedExtended("ct", "T.1", None, day("2026-04-20"), day("2026-03-31")))
    dues = {(one.term.due, each.at.date() >= day("2026-03-31")) for each in found.messages for one in each.told}
    assert (day("2026-04-20"), True) in dues
    assert day("2026-04-20") not in {due for due, is_after in dues if not is_after}
    from_start = simulated(AssumedExtended("ct", "T.1", None, day("2026-04-20")))
    assert {one.term.due for each in from_start.messages for one in each.told} == {day("2026-04-20")}
    too_early = simulated(AssumedExtended("ct", "T.1", None, day("2026-03-31")))
    assert to_head(too_early) == to_head(simulated())
