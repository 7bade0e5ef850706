"""Decide, when something changed on the way: announcements, moves, what gives way, what no longer holds."""

from dataclasses import replace

import pytest

from rules.decide import void
from rules.ledger import Ledger, ledger_of
from rules.obligation import Announcement, Facts, Notice, Reason, Silence, Slot
from tests.rules.books import STANDARD, at, book, task
from tests.rules.decisions import DUE_31_MARCH, FACTS, LADDER_OF, LONG_AGO, decided, follow, owed, sent

ON_TIME = (
    sent("heads-up", "2026-03-17", role="focal"),
    sent("due-soon", "2026-03-26"),
    sent("due-today", "2026-03-31"),
)
LATE = (*ON_TIME, sent("late", "2026-04-01"))


# Announcements: new, moved and done, with those who coordinate; each belongs to its edition.
COORDINATED = book(task("2026-03-31", more="coordinate: [b]"))
NEW = Announcement("new", at("2026-03-02 20:00"))
MOVED = Announcement("moved", at("2026-03-10 10:00"), 1)


@pytest.mark.parametrize(
    ("facts", "rows", "now", "expected"),
    [
        (replace(FACTS, announcements=(NEW,)), (), "2026-03-02 20:00", ([], "03-03 07:00")),  # in quiet hours
        (
            replace(FACTS, announcements=(NEW,)),
            (),
            "2026-03-03",
            (["new gd.a", "new vp.a cc", "new vp.b cc"], "03-17 07:00"),
        ),
        (replace(FACTS, announcements=(NEW,)), (sent("new", "2026-03-03"),), "2026-03-03", ([], "03-17 07:00")),
        (
            Facts(LONG_AGO, 1, announcements=(NEW, MOVED)),
            (sent("new", "2026-03-03"),),
            "2026-03-10 10:00",
            (["moved#1 gd.a", "moved#1 vp.a cc", "moved#1 vp.b cc"], "03-17 07:00"),
        ),
        # Moved before it was announced as new: the move is all there is to say.
        (
            Facts(LONG_AGO, 1, announcements=(NEW, MOVED)),
            (owed("new", "2026-03-03"),),
            "2026-03-10 10:00",
            (["new gd.a: moved", "moved#1 gd.a", "moved#1 vp.a cc", "moved#1 vp.b cc"], "03-17 07:00"),
        ),
        # New and due soon at once: the head gets the rung, who coordinates the announcement.
        (
            replace(FACTS, announcements=(Announcement("new", at("2026-03-27")),)),
            (),
            "2026-03-27",
            (
                [
                    "new gd.a: superseded",
                    "new vp.a cc: superseded",
                    "new vp.b cc",
                    "heads-up vp.a: superseded",
                    "due-soon gd.a",
                    "due-soon vp.a cc",
                ],
                "03-31 07:00",
            ),
        ),
        # Done: those who coordinate and the standing office hear of it, whatever the hour; mail waits for its window.
        (
            Facts(
                LONG_AGO, done_at=at("2026-03-02 20:00"), announcements=(Announcement("done", at("2026-03-02 20:00")),)
            ),
            (),
            "2026-03-02 20:00",
            (["done vp.tt cc", "done vp.b cc"], None),
        ),
        # Opened again before anybody was told that it is done: nothing to say.
        (
            replace(FACTS, announcements=(Announcement("done", at("2026-03-02 20:00")),)),
            (),
            "2026-03-03",
            ([], "03-17 07:00"),
        ),
        # Done for the second time.
        (
            Facts(
                LONG_AGO,
                done_at=at("2026-03-09"),
                announcements=(Announcement("done", at("2026-03-02")), Announcement("done", at("2026-03-09"), 1)),
            ),
            (sent("done", "2026-03-02", role="standing", unit="tt"),),
            "2026-03-09",
            (["done#1 vp.tt cc", "done#1 vp.b cc"], None),
        ),
    ],
)
def test_announcements(
    facts: Facts, rows: tuple[Notice, ...], now: str, expected: tuple[list[str], str | None]
) -> None:
    assert decided(now, facts, rows, rulebook=COORDINATED) == expected


def test_a_silence_keeps_reminders_back_and_hides_no_news() -> None:
    facts = replace(FACTS, announcements=(NEW,), silences=(Silence(at("2026-03-01"), None),))
    assert decided("2026-03-17", facts, rulebook=COORDINATED)[0] == [
        "heads-up vp.a: silenced",
        "new gd.a",
        "new vp.a cc",
        "new vp.b cc",
    ]


def test_a_moved_deadline_is_climbed_anew_and_what_was_on_its_way_is_settled() -> None:
    facts = Facts(at("2026-03-30 10:00"), 1)
    rows = [*ON_TIME[:2], owed("due-soon", "2026-03-26", person="vp.a", role="focal")]
    notices, _ = decided("2026-03-31", facts, rows)
    assert notices == [
        "due-soon vp.a: moved",
        "heads-up vp.a: superseded",
        "due-soon gd.a: superseded",
        "due-soon vp.a cc: superseded",
        "due-today gd.a",
        "due-today vp.a cc",
    ]


def test_what_is_on_its_way_gives_way_to_a_later_rung_for_the_same_person() -> None:
    rows = [*ON_TIME[:1], owed("due-soon", "2026-03-26"), owed("due-soon", "2026-03-26", role="focal", person="vp.a")]
    assert decided("2026-03-31", rows=rows)[0] == [
        "due-today gd.a",
        "due-today vp.a cc",
        "due-soon gd.a: superseded",
        "due-soon vp.a: superseded",
    ]


def test_what_is_sent_even_so_does_not_give_way_on_its_way() -> None:
    rulebook = book(task("2026-03-31"), ladder=LADDER_OF.format(first="if_missed: late"))
    assert decided("2026-03-26", rows=[owed("first", "2026-03-23")], rulebook=rulebook)[0] == ["second gd.a"]


TOLD_ABOVE = (
    sent("overseer", "2026-04-07", role="overseer"),
    sent("overseer", "2026-04-07", role="standing", unit="tt"),
)
CORRECTED = sent("moved", "2026-04-08", turn=1, role="overseer", edition=1)


@pytest.mark.parametrize(
    ("rows", "edition", "misled"),
    [
        ((), 1, set()),
        (TOLD_ABOVE, 0, set()),
        (TOLD_ABOVE, 1, {"overseer", "standing"}),
        ((*TOLD_ABOVE, CORRECTED), 1, {"standing"}),
        # Nobody was told of the first move: the second says it all.
        (TOLD_ABOVE, 2, {"overseer", "standing"}),
        # Who was told of the first is not told of each one after it.
        ((*TOLD_ABOVE, CORRECTED), 2, {"standing"}),
        # Late again under the second deadline, and extended again.
        ((*TOLD_ABOVE, CORRECTED, sent("overseer", "2026-05-07", role="overseer", edition=1)), 2, {"overseer", "standing"}),
        ((sent("done", "2026-04-07", role="standing", unit="tt"), sent("due-soon", "2026-03-26")), 1, set()),
    ],
)  # fmt: skip
def test_who_above_the_units_knows_an_earlier_deadline(
    rows: tuple[Notice, ...], edition: int, misled: set[str]
) -> None:
    assert ledger_of(rows, edition=edition, late_rungs=frozenset({"late", "overseer"})).misled == misled


def test_an_extension_is_told_to_those_above_the_units_who_know_the_earlier_deadline() -> None:
    facts = Facts(at("2026-03-30 10:00"), 1, announcements=(Announcement("moved", at("2026-03-30 10:00"), 1),))
    assert decided("2026-03-30 10:00", facts, TOLD_ABOVE)[0][:2] == [
        "moved#1 gd.a: superseded",
        "moved#1 vp.a cc: superseded",
    ]
    assert {"moved#1 pct cc", "moved#1 vp.tt cc"} < set(decided("2026-03-30 10:00", facts, TOLD_ABOVE)[0])


def test_a_deadline_that_is_put_back_is_told_to_those_above_who_were_told_of_the_extension() -> None:
    back = at("2026-04-09 10:00")
    facts = Facts(back, 2, announcements=(Announcement("moved", at("2026-04-08"), 1), Announcement("moved", back, 2)))
    told = [name for name in decided("2026-04-09 10:00", facts, (*TOLD_ABOVE, CORRECTED))[0] if "moved" in name]
    # The standing office was not told of the extension.
    assert told == ["moved#2 gd.a", "moved#2 vp.a cc", "moved#2 pct cc"]


@pytest.mark.parametrize(
    ("rows", "reassured"),
    [
        (TOLD_ABOVE, set()),
        ((*TOLD_ABOVE, CORRECTED), {"overseer"}),
        # Late again by the second deadline, and told so: that is what the overseer knows.
        ((*TOLD_ABOVE, CORRECTED, sent("overseer", "2026-05-07", role="overseer", edition=1)), set()),
    ],
)
def test_who_above_the_units_knows_an_extension_from_rows_and_step_by_step(
    rows: tuple[Notice, ...], reassured: set[str]
) -> None:
    late_rungs = frozenset({"late", "overseer"})
    step_by_step = Ledger(late_rungs)
    for edition in range(3):
        step_by_step = step_by_step.moved(late_rungs) if edition else step_by_step
        for row in rows:
            if row.slot.edition == edition:
                step_by_step.note(row)
    from_rows = ledger_of(rows, edition=2, late_rungs=late_rungs)
    assert from_rows.reassured == step_by_step.reassured == reassured


# At the last moment before sending: does a notice decided earlier still hold?
@pytest.mark.parametrize(
    ("rung", "facts", "expected"),
    [
        ("late", FACTS, None),
        ("late", Facts(LONG_AGO, done_at=at("2026-04-01")), Reason.REPORTED),
        ("late", Facts(LONG_AGO, withdrawn_at=at("2026-04-01")), Reason.WITHDRAWN),
        ("late", Facts(LONG_AGO, closed_at=at("2026-04-01")), Reason.CLOSED),
        ("late", Facts(LONG_AGO, edition=1), Reason.MOVED),
        ("late", replace(FACTS, silences=(Silence(at("2026-04-01"), None),)), Reason.SILENCED),
        ("done", Facts(LONG_AGO, done_at=at("2026-04-01")), None),
        ("new", replace(FACTS, silences=(Silence(at("2026-04-01"), None),)), None),
        ("done", FACTS, Reason.MOVED),  # it was opened again
        ("done", Facts(LONG_AGO, done_at=at("2026-04-01"), withdrawn_at=at("2026-04-02")), Reason.WITHDRAWN),
    ],
)
def test_a_notice_is_checked_again(rung: str, facts: Facts, expected: Reason | None) -> None:
    assert void(Slot(rung, 0, "a", "head"), facts, now=at("2026-04-02")) is expected


def test_a_ledger_is_the_same_from_rows_and_step_by_step() -> None:
    followed, _ = follow(DUE_31_MARCH, FACTS, "2026-04-08")
    late_rungs = followed.table.late_rungs
    rows = [
        *LATE,
        sent("late", "2026-04-08", turn=1),
        sent("overseer", "2026-04-07", role="overseer"),
        owed("x", "2026-04-09"),
    ]
    step_by_step = Ledger(late_rungs)
    for row in reversed(rows):
        step_by_step.note(row)
    assert ledger_of(rows, edition=0, late_rungs=late_rungs) == step_by_step
    assert step_by_step.heard == {"overseer"}
    assert step_by_step.told == {"a": at("2026-04-01")}
    assert step_by_step.overseers == {"a": at("2026-04-07")}
    assert step_by_step.decided["late"] == 1
    assert STANDARD
