"""What was recorded, in a simulation: known from the start or from the instant it was recorded."""

from collections.abc import Iterable

from rules.obligation import Silence
from rules.programme import Occurred, Rulebook
from rules.register import Done, Fact, Happened, Silenced
from rules.simulate import Assumption, Simulation, simulate
from tests.rules.books import POLICY, at, book, day, key, mails, not_sent, one, task

EACH = book(task("2026-03-31", lead="{each: [a, b]}"))
EVENT = "events:\n  ev: {title: Sự kiện}\n"
AFTER = book(EVENT + task("{after: ev, within: 10 days}"))


def simulated(
    rulebook: Rulebook, *recorded: Fact, first: str = "2026-03-30", assumed: Iterable[Assumption] = ()
) -> Simulation:
    return simulate(rulebook, POLICY, first=day(first), last=day("2026-04-10"), recorded=recorded, assumed=assumed)


def test_what_was_reported_before_is_done_from_the_beginning() -> None:
    found = simulated(EACH, Done(at("2026-03-02"), key(unit="a"), day("2026-03-02")))
    assert mails(found, "gd.a", "gd.b", "vp.a") == [
        "03-30 07:00 gd.b due-soon b",
        "03-31 07:00 gd.b due-today b",
        "04-01 07:00 gd.b late b",
        "04-07 07:00 gd.b overseer b (cc)",
        "04-08 07:00 gd.b late b",
    ]
    assert not [text for text in not_sent(found.not_sent) if "gd.a" in text]
    assert found.world.entries[key(unit="a")].facts.done_at == at("2026-03-02")


def test_what_was_late_and_done_before_is_no_baseline() -> None:
    done = Done(at("2026-04-02"), key(unit="a"), day("2026-04-02"))
    assert mails(simulated(EACH, done, first="2026-04-06"), "gd.a", "gd.b")[:1] == ["04-06 07:00 gd.b baseline b"]


def test_a_report_recorded_later_counts_from_then_on() -> None:
    found = simulated(book(task("2026-03-31")), Done(at("2026-04-02 15:00"), key(), day("2026-04-01")))
    assert mails(found, "gd.a", "vp.tt") == [
        "03-30 07:00 gd.a due-soon",
        "03-31 07:00 gd.a due-today",
        "04-01 07:00 gd.a late",
        "04-01 07:00 vp.tt late (cc)",
        "04-02 15:00 vp.tt done (cc)",
    ]


def test_an_occurrence_reported_before_it_comes_about_is_done() -> None:
    weekly = book(task("{every: week, on: friday}"))
    done = Done(at("2026-03-01"), key(occurrence="2026-04-10"), day("2026-03-01"))
    found = simulated(weekly, done)
    told = {line.told.occurrence for message in found.messages for line in message.lines}
    assert "2026-04-03" in told
    assert "2026-04-10" not in told


def test_a_recorded_event_starts_what_waits_for_it() -> None:
    before = Happened(at("2026-03-20"), "ct", "ev", Occurred(day("2026-03-20")))
    assert mails(simulated(AFTER, before), "gd.a")[0] == "03-30 07:00 gd.a due-today"
    later = Happened(at("2026-04-02 10:00"), "ct", "ev", Occurred(day("2026-03-20")))
    assert mails(simulated(AFTER, later), "gd.a")[0] == "04-02 10:00 gd.a baseline"


def test_what_is_assumed_and_recorded_happens_once() -> None:
    recorded = Happened(at("2026-03-20"), "ct", "ev", Occurred(day("2026-03-20")))
    found = simulated(AFTER, recorded, assumed=[Assumption("ct", "ev", day("2026-03-20"))])
    assert found.world.entries.keys() == {key(occurrence="2026-03-20")}


def test_a_report_starts_the_event_that_follows_from_it() -> None:
    events = "events:\n  ev: {title: Sự kiện, when_done: T.2}\n"
    tasks = "tasks:\n" + one("{after: ev, within: 10 days}", id="T.1") + one("2026-06", id="T.2")
    for said_at in ("2026-03-20", "2026-04-01"):
        found = simulated(book(events + tasks), Done(at(said_at), key("T.2"), day("2026-03-20")))
        assert found.world.entries[key(occurrence="2026-03-20")].followed.term.due == day("2026-03-30")


def test_a_silence_holds_for_what_it_names_there_or_still_to_come() -> None:
    silence = Silence(at("2026-03-30"), at("2026-04-07"))
    before = simulated(EACH, Silenced(at("2026-03-27"), silence, unit="a"))
    assert mails(before, "gd.a") == ["04-07 07:00 gd.a warning", "04-08 07:00 gd.a late"]
    assert "04-01 07:00 gd.b late b" in mails(before, "gd.b")
    later = simulated(EACH, Silenced(at("2026-03-31 12:00"), silence, task="T.1"))
    assert [text for text in mails(later, "gd.a", "gd.b") if "04-01" <= text < "04-07"] == []
    assert "03-31 07:00 gd.a due-today" in mails(later)


def test_a_silence_of_one_person_keeps_back_what_that_person_is_told_and_nothing_else() -> None:
    silence = Silence(at("2026-03-31"), at("2026-04-03"))
    found = simulated(EACH, Silenced(at("2026-03-27"), silence, person="gd.a@x.example"))
    assert mails(found, "gd.a") == [
        "03-30 07:00 gd.a due-soon",
        "04-07 07:00 gd.a warning",
        "04-08 07:00 gd.a late",
    ]
    assert mails(found, "gd.b") == mails(simulated(EACH), "gd.b")
    kept = [text for text in not_sent(found.not_sent) if "gd.a" in text and "silenced" in text]
    assert [text.split()[0] for text in kept] == ["03-31", "04-01"]


def test_a_silence_of_one_person_and_one_task_lets_the_others_through() -> None:
    both = book("tasks:\n" + one("2026-03-31", id="T.1") + one("2026-03-31", id="T.2"))
    silence = Silenced(at("2026-03-27"), Silence(at("2026-03-27"), None), task="T.1", person="gd.a@x.example")
    told = {
        person: {
            line.told.task
            for message in simulated(both, silence).messages
            if message.to == person
            for line in message.lines
        }
        for person in ("gd.a@x.example", "vp.a@x.example")
    }
    assert told == {"gd.a@x.example": {"T.2"}, "vp.a@x.example": {"T.1", "T.2"}}


def test_who_is_silenced_is_asked_nothing() -> None:
    watched = "events:\n  ev: {title: Sự kiện, watch: {ask: b, every: month, expected: 2026-03-01}}\n"
    rules = book(watched + task("{after: ev, within: 10 days}"))
    assert asked(simulated(rules)) == {"vp.b@x.example"}
    silence = Silenced(at("2026-03-27"), Silence(at("2026-03-27"), None), person="vp.b@x.example")
    assert asked(simulated(rules, silence)) == set()


def asked(found: Simulation) -> set[str]:
    return {message.to for message in found.messages for said in message.said if said.questions}
