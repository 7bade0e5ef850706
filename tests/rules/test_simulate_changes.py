"""What changes on the way: amendments, edits, events, recorded in time and late."""

from rules.digest import Earlier
from rules.programme import Occurred
from rules.simulate import Assumption, simulate
from tests.rules.books import (
    POLICY,
    at,
    book,
    day,
    key,
    mails,
    one,
    run,
    started,
    task,
)

DUE_31_MARCH = book(task("2026-03-31"))


# --- Promise 7: history stands ---------------------------------------------------------------------------------------


def test_an_amendment_moves_the_deadline_on_the_day_of_its_document() -> None:
    rules = book(
        task(
            "2026-03-31", more="coordinate: [b], amended: [{deadline: 2026-02-28, until: 5/CV of 2026-02-26, why: lùi}]"
        )
    )
    found = run(rules, "2026-02-02", "2026-03-20")
    assert mails(found) == [
        "02-13 07:00 vp.a heads-up",
        "02-24 07:00 gd.a due-soon",
        "02-24 07:00 vp.a due-soon (cc)",
        "02-26 07:00 gd.a moved",
        "02-26 07:00 vp.a moved (cc)",
        "02-26 07:00 vp.b moved (cc)",
        "03-17 07:00 vp.a heads-up",
    ]
    line = next(line for message in found.messages for line in message.digest.lines if line.change == "moved")
    assert (line.due, line.amended) == (day("2026-03-31"), (Earlier(day("2026-02-28"), "5/CV ngày 26/02/2026 (lùi)"),))


def test_lateness_is_judged_by_the_deadline_in_force_on_the_day() -> None:
    """Late in March by the old deadline; in April the new one comes into force, and nobody is late any more."""
    rules = book(task("2026-06-30", more="amended: [{deadline: 2026-03-02, until: 5/CV of 2026-04-01, why: lùi}]"))
    found = run(rules, "2026-02-24", "2026-06-10")
    assert [text for text in mails(found, "gd.a", "pct") if "(cc)" not in text] == [
        "02-25 07:00 gd.a due-soon",
        "03-02 07:00 gd.a due-today",
        "03-03 07:00 gd.a late",
        "03-09 07:00 pct overseer",
        "03-10 07:00 gd.a late",
        "03-24 07:00 gd.a late",
        "03-31 07:00 gd.a late",
        "04-01 07:00 gd.a moved",
    ]


def test_who_was_told_of_a_delay_is_told_once_that_the_deadline_was_extended() -> None:
    found = started(book(task("2026-03-10")), "2026-03-02")
    found.until(at("2026-03-18"))
    assert mails(found, "pct") == ["03-17 07:00 pct overseer"]
    for edited_at, due in (("2026-03-18 15:00", "2026-04-29"), ("2026-03-19 15:00", "2026-05-29")):
        found.world.edit(book(task(due)), now=at(edited_at))
        found.until(at(edited_at.replace("15:00", "16:00")))
    found.until(at("2026-03-31"))
    assert mails(found, "pct", "vp.tt") == [
        "03-11 07:00 vp.tt late (cc)",
        "03-17 07:00 pct overseer",
        "03-17 07:00 vp.tt overseer (cc)",
        "03-18 15:00 pct moved (cc)",
        "03-18 15:00 vp.tt moved (cc)",
    ]
    moved = next(m for m in found.messages if m.to == "pct@x.example" and m.at == at("2026-03-18 15:00"))
    [line] = moved.digest.lines
    assert (line.due, [was.due for was in line.amended]) == (day("2026-04-29"), [day("2026-03-10")])


def test_who_was_not_reached_by_the_news_of_one_extension_is_told_of_the_next() -> None:
    """Two edits before any pass: the second says it all."""
    found = started(book(task("2026-03-10")), "2026-03-02")
    found.until(at("2026-03-18"))
    found.world.edit(book(task("2026-04-29")), now=at("2026-03-18 15:00"))
    found.world.edit(book(task("2026-05-29")), now=at("2026-03-18 15:00"))
    found.until(at("2026-03-20"))
    assert mails(found, "pct")[1:] == ["03-18 15:00 pct moved (cc)"]


def test_a_deadline_moved_while_it_stays_late_is_no_news_to_superiors() -> None:
    found = started(book(task("2026-03-10")), "2026-03-02")
    found.until(at("2026-03-18"))
    found.world.edit(book(task("2026-03-12")), now=at("2026-03-18 15:00"))
    found.until(at("2026-03-19"))
    assert mails(found, "pct") == ["03-17 07:00 pct overseer"]


def test_an_edit_moves_adds_and_withdraws() -> None:
    found = started(book("tasks:\n" + one("2026-03-31", id="T.1") + one("2026-04-10", id="T.2")), "2026-03-02")
    found.until(at("2026-03-18"))
    edited = book("tasks:\n" + one("2026-05-29", id="T.1") + one("2026-04-30", id="T.3"))
    found.world.edit(edited, now=at("2026-03-18 15:00"))
    found.until(at("2026-04-20"))
    assert mails(found) == [
        "03-17 07:00 vp.a heads-up",
        "03-18 15:00 gd.a new T.3",
        "03-18 15:00 gd.a moved",
        "03-18 15:00 vp.a new T.3 (cc)",
        "03-18 15:00 vp.a moved (cc)",
        "04-15 07:00 vp.a heads-up T.3",
    ]
    assert found.world.entries[key("T.2")].facts.withdrawn_at == at("2026-03-18 15:00")


def test_an_edit_that_changes_nothing_of_a_task_sends_nothing() -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.until(at("2026-03-18"))
    found.world.edit(book(task("2026-03-31", more="product: Báo cáo")), now=at("2026-03-18 15:00"))
    found.until(at("2026-03-27"))
    assert mails(found, "gd.a", "vp.a") == [
        "03-17 07:00 vp.a heads-up",
        "03-26 07:00 gd.a due-soon",
        "03-26 07:00 vp.a due-soon (cc)",
    ]


def test_a_deadline_moved_into_the_past_is_told_as_a_move_and_late_from_the_day_it_became_known() -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.until(at("2026-03-18"))
    found.world.edit(book(task("2026-03-10")), now=at("2026-03-18 15:00"))
    found.until(at("2026-03-26"))
    assert mails(found)[1:] == [
        "03-18 15:00 gd.a moved",
        "03-18 15:00 vp.a moved (cc)",
        "03-19 07:00 gd.a late",
        "03-19 07:00 vp.a late (cc)",
        "03-19 07:00 vp.tt late (cc)",
        "03-25 07:00 pct overseer",
        "03-25 07:00 gd.a overseer (cc)",
        "03-25 07:00 vp.tt overseer (cc)",
    ]
    assert not any(message.baseline or message.digest.baseline for message in found.messages)
    lines = [message.digest.lines[0] for message in found.messages if message.to in ("gd.a@x.example", "pct@x.example")]
    assert [line.days_late for line in lines] == [0, 1, 7, 7]
    assert [told.days_late for message in found.messages for told in message.told] == [0, 0, 0, 1, 1, 1, 7, 7, 7]
    assert {(line.due, line.grace_until) for line in lines} == {(day("2026-03-10"), day("2026-03-18"))}
    assert {was.due for line in lines for was in line.amended} == {day("2026-03-31")}


def test_what_was_late_already_goes_on_being_late_when_it_moves_within_the_past() -> None:
    """Due on the 10th, then by what is learnt on the 18th on the 12th, then by the 20th on the 6th."""
    found = started(book(task("2026-03-10")), "2026-03-02")
    for edited_at, due in (("2026-03-18 15:00", "2026-03-12"), ("2026-03-20 15:00", "2026-03-06")):
        found.until(at(edited_at))
        found.world.edit(book(task(due)), now=at(edited_at))
    found.until(at("2026-03-21"))
    to_head = [message for message in found.messages if message.to == "gd.a@x.example"]
    told = [(f"{message.at:%d}", said.rung, said.days_late) for message in to_head for said in message.told]
    assert told[-4:] == [("18", "late", 8), ("18", "moved", 6), ("19", "late", 7), ("20", "moved", 8)]


def test_a_recurrence_that_is_edited_moves_and_nothing_comes_about_in_the_past() -> None:
    found = started(book(task("{every: week, on: friday}")), "2026-09-03")
    found.until(at("2026-09-21 09:00"))
    found.world.edit(book(task("{every: week, on: saturday}")), now=at("2026-09-21 09:00"))
    found.until(at("2026-09-22"))
    dues = {name.occurrence: str(entry.followed.term.due) for name, entry in found.world.entries.items()}
    assert dues == {
        "2026-09-04": "2026-09-04",
        "2026-09-11": "2026-09-11",
        "2026-09-18": "2026-09-18",
        "2026-09-25": "2026-09-26",
        "2026-10-02": "2026-10-03",
    }
    assert [mail for mail in mails(found, "gd.a") if mail >= "09-21 09"] == ["09-21 09:00 gd.a moved"]


def test_a_unit_that_has_reported_the_current_one_is_told_of_the_next() -> None:
    found = started(book(task("{every: week, on: friday}", lead="{each: [a, b]}")), "2026-09-03")
    found.until(at("2026-09-21 09:00"))
    found.world.report_done(key(occurrence="2026-09-25", unit="b"), now=at("2026-09-21 09:00"))
    found.world.edit(book(task("{every: week, on: saturday}", lead="{each: [a, b]}")), now=at("2026-09-21 09:30"))
    found.until(at("2026-09-22"))
    moved = {
        (name.unit, name.occurrence)
        for name, entry in found.world.entries.items()
        if any(said.kind == "moved" for said in entry.facts.announcements)
    }
    assert moved == {("a", "2026-09-25"), ("b", "2026-10-02")}
    assert [mail for mail in mails(found, "gd.a", "gd.b") if "moved" in mail] == [
        "09-21 09:30 gd.a moved",
        "09-21 09:30 gd.b moved b",
    ]


# --- Events ----------------------------------------------------------------------------------------------------------

WAITING = "events:\n  e: {title: Ban hành Đề án}\n" + task("{after: e, within: 30 days}", more="coordinate: [b]")


def test_an_event_starts_what_waits_for_it() -> None:
    found = simulate(
        book(WAITING),
        POLICY,
        first=day("2026-03-02"),
        last=day("2026-04-15"),
        assumed=[Assumption("ct", "e", day("2026-03-10"))],
    )
    assert mails(found) == [
        "03-10 07:00 gd.a new",
        "03-10 07:00 vp.a new (cc)",
        "03-10 07:00 vp.b new (cc)",
        "03-26 07:00 vp.a heads-up",
        "04-06 07:00 gd.a due-soon",
        "04-06 07:00 vp.a due-soon (cc)",
        "04-09 07:00 gd.a due-today",
        "04-09 07:00 vp.a due-today (cc)",
        "04-10 07:00 gd.a late",
        "04-10 07:00 vp.a late (cc)",
        "04-10 07:00 vp.tt late (cc)",
    ]


def test_an_event_recorded_when_its_deadline_is_past_is_summed_up_for_that_task() -> None:
    found = started(book(WAITING), "2026-03-02")
    found.until(at("2026-05-20"))
    found.world.record_event("ct", "e", Occurred(day("2026-04-01")), now=at("2026-05-20 16:00"))
    found.until(at("2026-05-29"))
    assert mails(found) == [
        "05-20 16:00 vp.a new (cc)",
        "05-20 16:00 vp.b new (cc)",
        "05-20 16:00 gd.a baseline",
        "05-20 16:00 vp.tt baseline (cc)",
        "05-21 07:00 gd.a late",
        "05-21 07:00 vp.a late (cc)",
        "05-21 07:00 vp.tt late (cc)",
        "05-27 07:00 pct overseer",
        "05-27 07:00 gd.a overseer (cc)",
        "05-27 07:00 vp.tt overseer (cc)",
        "05-28 07:00 gd.a late",
        "05-28 07:00 vp.a late (cc)",
        "05-28 07:00 vp.tt late (cc)",
    ]


def test_an_event_known_before_the_first_day_is_no_news() -> None:
    found = simulate(
        book(WAITING),
        POLICY,
        first=day("2026-03-02"),
        last=day("2026-03-20"),
        assumed=[Assumption("ct", "e", day("2026-02-10"))],
    )
    # Due on 12 March; nothing is announced, the ladder is climbed from where it stands.
    assert mails(found)[:2] == ["03-02 07:00 vp.a heads-up", "03-09 07:00 gd.a due-soon"]


def test_the_planned_day_of_an_event_is_known_where_a_deadline_lies_ahead_of_it() -> None:
    event = "events:\n  e: {title: Họp Ban chỉ đạo}\n"
    meeting = [Assumption("ct", "e", day("2026-08-19"))]

    def said(deadline: str, last: str) -> list[str]:
        rules = book(event + task(deadline))
        return mails(simulate(rules, POLICY, first=day("2026-07-20"), last=day(last), assumed=meeting))

    assert said("{ahead_of: e, by: 1 working day}", "2026-08-19") == [
        "08-04 07:00 vp.a heads-up",
        "08-13 07:00 gd.a due-soon",
        "08-13 07:00 vp.a due-soon (cc)",
        "08-18 07:00 gd.a due-today",
        "08-18 07:00 vp.a due-today (cc)",
        "08-19 07:00 gd.a late",
        "08-19 07:00 vp.a late (cc)",
        "08-19 07:00 vp.tt late (cc)",
    ]
    assert said("{after: e, within: 30 days}", "2026-08-20") == ["08-19 07:00 gd.a new", "08-19 07:00 vp.a new (cc)"]


def test_an_event_that_happens_again_starts_a_new_obligation() -> None:
    found = started(book(WAITING), "2026-03-02")
    for on in ("2026-03-10", "2026-03-12"):
        found.world.record_event("ct", "e", Occurred(day(on)), now=at(on))
    open_ones = [k.occurrence for k, entry in found.world.entries.items() if not entry.facts.withdrawn_at]
    assert open_ones == ["2026-03-10", "2026-03-12"]


def test_what_follows_a_task_begins_when_all_who_owe_it_have_reported() -> None:
    rules = book(
        "events:\n  xong: {title: Kế hoạch đã ban hành, when_done: T.1}\n"
        "tasks:\n"
        + one("2026-06-30", id="T.1", lead="{each: [a, b]}")
        + one("{after: xong, within: 10 days}", id="T.2", lead="c")
    )
    found = started(rules, "2026-03-02")
    found.world.report_done(key("T.1", "a"), now=at("2026-03-03"))
    assert [k.occurrence for k in found.world.entries if k.task == "T.2"] == [""]
    found.world.report_done(key("T.1", "b"), now=at("2026-03-05"))
    assert [k.occurrence for k in found.world.entries if k.task == "T.2"] == ["", "2026-03-05"]
    assert found.world.entries[key("T.2", "c", "2026-03-05")].followed.term.due == day("2026-03-15")
