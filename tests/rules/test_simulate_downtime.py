"""Downtime, ends and gaps as stories: the same is owed afterwards, and nothing vanishes without a reason."""

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
from tests.rules.calendars import HCM

DUE_31_MARCH = book(task("2026-03-31"))


# --- Promise 1: level-triggered --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("down_from", "up_at", "expected"),
    [
        # A day.
        (
            "2026-04-01",
            "2026-04-02 09:00",
            ["04-02 09:00 gd.a late", "04-07 07:00 pct overseer", "04-08 07:00 gd.a late"],
        ),
        # A week: the head first, the overseer on the next working day, from there on as if nothing had been.
        ("2026-04-01", "2026-04-08 09:00", ["04-08 09:00 gd.a late", "04-09 07:00 pct overseer"]),
        # A month: head, overseer, chair on three working days.
        (
            "2026-04-01",
            "2026-05-04 09:00",
            ["05-04 09:00 gd.a late", "05-05 07:00 pct overseer", "05-06 07:00 ct chair", "05-06 07:00 gd.a late"],
        ),
        # Up again on a Saturday: Monday.
        ("2026-04-01", "2026-04-11 09:00", ["04-13 07:00 gd.a late", "04-14 07:00 pct overseer"]),
    ],
)
def test_after_downtime_the_same_is_owed_merged_into_one_line(down_from: str, up_at: str, expected: list[str]) -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.until(at(down_from))
    before = len(found.messages)
    found.step(at(up_at))
    found.until(at("2026-05-07"))
    told = [text for text in mails(found, "gd.a", "pct", "ct") if "(cc)" not in text]
    assert len(found.messages) > before
    assert [text for text in told if text >= down_from[5:]][: len(expected)] == expected


def test_what_was_missed_is_recorded_with_its_reason() -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.step(at("2026-04-01 09:00"))
    assert mails(found) == ["04-01 09:00 gd.a late", "04-01 09:00 vp.a late (cc)", "04-01 09:00 vp.tt late (cc)"]
    assert not_sent(found.not_sent) == [
        "04-01 09:00 vp.a heads-up: superseded",
        "04-01 09:00 gd.a due-soon: superseded",
        "04-01 09:00 vp.a due-soon: superseded",
        "04-01 09:00 gd.a due-today: superseded",
        "04-01 09:00 vp.a due-today: superseded",
    ]


def test_recurring_reports_missed_in_downtime_are_closed_and_counted() -> None:
    found = started(book(task("{every: week, on: friday}")), "2026-03-02")
    found.until(at("2026-03-06"))
    found.step(at("2026-03-30 09:00"))
    entries = {k.occurrence: entry for k, entry in found.world.entries.items()}
    # Each is closed at the end of the next one's Friday, and the next one counts it.
    assert [occurrence for occurrence, entry in entries.items() if entry.facts.closed_at] == [
        "2026-03-06",
        "2026-03-13",
        "2026-03-20",
    ]
    assert {occurrence: entry.missed_before(at("2026-03-30 09:00")) for occurrence, entry in entries.items()} == {
        "2026-03-06": 0,
        "2026-03-13": 1,
        "2026-03-20": 2,
        "2026-03-27": 3,
        "2026-04-03": 0,  # the one before it is still owed
        "2026-04-10": 0,
    }
    line = next(line for message in found.messages[-3:] for line in message.digest.lines if line.as_ == "to")
    assert (line.key.occurrence, line.missed_before) == ("2026-03-27", 3)


def test_each_letter_says_how_many_went_unreported_before() -> None:
    found = run(book(task("{every: week, on: friday}")), "2026-03-02", "2026-03-24")
    told = [
        (f"{message.at.astimezone(HCM):%d}", line.key.occurrence[-2:], line.rung, line.missed_before)
        for message in found.messages
        if message.to == "gd.a@x.example"
        for line in message.digest.lines
        if line.as_ == "to"
    ]
    # On its Friday each counts the one before, which closes that day; until then that one has a line of its own.
    assert told == [
        ("03", "06", "due-soon", 0),
        ("06", "06", "due-today", 0),
        ("09", "06", "late", 0),
        ("10", "13", "due-soon", 0),
        ("13", "13", "due-today", 1),
        ("16", "13", "late", 1),
        ("17", "20", "due-soon", 0),
        ("20", "20", "due-today", 2),
        ("23", "20", "late", 2),
    ]


def test_a_report_in_between_begins_the_count_anew() -> None:
    found = started(book(task("{every: week, on: friday}")), "2026-03-02")
    found.until(at("2026-03-18"))
    found.world.report_done(key(occurrence="2026-03-20"), now=at("2026-03-18"))
    found.until(at("2026-04-08"))
    counts = {k.occurrence: entry.missed_before(at("2026-04-08")) for k, entry in found.world.entries.items()}
    assert [counts[f"2026-{day}"] for day in ("03-13", "03-20", "03-27", "04-03")] == [1, 2, 0, 1]


def test_a_monthly_report_stays_owed_beside_the_next_one() -> None:
    found = run(book(task("{every: month, on: 25}")), "2026-03-02", "2026-05-04")
    late = [text for text in mails(found, "gd.a") if "late" in text]
    assert late == [
        "03-26 07:00 gd.a late",
        "04-02 07:00 gd.a late",
        # On 9 April it went up to the chair.
        "04-16 07:00 gd.a late",
        "04-23 07:00 gd.a late",
        "04-29 07:00 gd.a late",  # the report of April: 25 is a Saturday, 27 a day off
    ]
    assert {k.occurrence for k in found.world.entries} == {"2026-03-25", "2026-04-25", "2026-05-25", "2026-06-25"}


# --- Promise 2: nothing vanishes -------------------------------------------------------------------------------------


def test_what_a_report_leaves_in_the_bag_is_settled() -> None:
    """The cap keeps the second mail of the day back; before it can leave, the report comes."""
    found = started(DUE_31_MARCH, "2026-03-02", replace(POLICY, daily_cap=0))
    found.until(at("2026-03-18 10:00"))
    found.world.report_done(key(), now=at("2026-03-18 10:00"))
    found.until(at("2026-03-20"))
    assert found.messages == []
    assert not_sent(found.not_sent) == ["03-18 10:00 vp.a heads-up: reported"]
    assert list(found.world.entries[key()].ledger.owed) == [("done", 0, "tt", "standing", 0)]


def test_a_silence_is_told_rung_by_rung_and_ends_by_itself() -> None:
    found = started(DUE_31_MARCH, "2026-03-02")
    found.world.silence(key(), Silence(at("2026-03-20"), at("2026-04-03")), now=at("2026-03-20"))
    found.until(at("2026-04-09"))
    assert mails(found, "gd.a", "pct") == [
        # The first that the head hears of the delay, a working day before the overseer may.
        "04-07 07:00 gd.a warning",
        "04-08 07:00 pct overseer",
        "04-08 07:00 gd.a late",
    ]
    assert [text for text in not_sent(found.not_sent) if "gd.a" in text] == [
        "03-26 07:00 gd.a due-soon: silenced",
        "03-31 07:00 gd.a due-today: silenced",
        "04-01 07:00 gd.a late: silenced",
        "04-08 07:00 gd.a overseer: superseded",
    ]


def test_a_vacant_post_is_passed_over_and_recorded() -> None:
    vacant = DIRECTORY.replace(
        "head: {title: Giám đốc Sở A, email: gd.a@x.example}", "head: {title: Giám đốc Sở A, vacant: true}"
    )
    found = run(book(task("2026-03-31"), directory=vacant), "2026-03-30", "2026-04-09")
    assert mails(found, "pct", "vp.tt", statements=True) == [
        "03-30 07:00 pct due-soon",
        "03-30 07:00 vp.tt vacant: Giám đốc Sở A",
        "03-31 07:00 pct due-today",
        "04-01 07:00 pct late",
        "04-01 07:00 vp.tt late (cc)",
        "04-06 07:00 vp.tt vacant: Giám đốc Sở A",
        "04-07 07:00 pct overseer",
        "04-07 07:00 vp.tt overseer (cc)",
        "04-08 07:00 pct late",
        "04-08 07:00 vp.tt late (cc)",
    ]
    assert "04-01 07:00 nobody late: nobody" in not_sent(found.not_sent)


def test_what_a_move_leaves_in_the_bag_is_settled_and_the_ladder_climbed_anew() -> None:
    """Moved away and back while the mail waits for tomorrow's share: three editions, and none stands in another's way."""
    tasks = "tasks:\n" + one('{by: 2026-03-10, at: "10:00"}', id="T.0") + one("{deadline}", id="T.1")
    late, far = (book(tasks.replace("{deadline}", text)) for text in ("2026-02-10", "2026-12-31"))
    found = started(late, "2026-03-11", replace(POLICY, daily_cap=0))
    found.until(at("2026-03-11 08:00"))
    found.world.edit(far, now=at("2026-03-11 09:00"))
    found.until(at("2026-03-11 10:00"))
    found.world.edit(late, now=at("2026-03-11 11:00"))
    found.until(at("2026-03-11 12:00"))
    kept = [(slot.rung, slot.edition) for slot in found.world.entries[key()].ledger.owed]
    assert kept == [("moved", 2), ("moved", 2)]
    assert [text for text in not_sent(found.not_sent) if text.endswith(": moved")] == [
        "03-11 09:00 gd.a baseline: moved",
        "03-11 09:00 vp.tt baseline: moved",
        "03-11 11:00 gd.a moved: moved",
        "03-11 11:00 vp.a moved: moved",
    ]


def test_every_member_of_a_group_has_its_own_record_of_what_was_refused() -> None:
    found = started(book(task("2026-03-31", lead="{each: cac-so}")), "2026-05-04")
    found.step(at("2026-05-04"))
    assert len([text for text in not_sent(found.not_sent) if "heads-up: baseline" in text]) == 3
