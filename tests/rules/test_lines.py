"""Lines of a letter: where a task stands, what happens next, what stood there before."""

from datetime import date

import pytest

from rules.citing import citation, cited, clause
from rules.digest import Earlier, Line
from rules.ledger import Ledger
from rules.lines import Lines
from rules.obligation import Announcement, Facts, Notice, Slot
from rules.programme import Document, Rulebook
from rules.roster import Roster
from rules.simulate import Run
from tests.rules.books import DIRECTORY, POLICY, STANDARD, at, book, key, run, started, task
from tests.rules.calendars import HCM

SINCE = at("2026-01-05")
DUE_31_MARCH = book(task("2026-03-31"))


def told(
    now: str,
    rung: str = "late",
    as_: str = "to",
    *,
    facts: Facts | None = None,
    decided: dict[str, int] | None = None,
    head: str = "",
    rulebook: Rulebook = DUE_31_MARCH,
    occurrence: str = "",
) -> Line:
    """Return the line of T.1 in a letter written at that local time; `head`: since when the head knows of the delay."""
    roster = Roster(rulebook, POLICY)
    facts = facts or Facts(SINCE)
    followed = roster.follow(key(occurrence=occurrence), facts, today=at(now).astimezone(HCM).date())
    assert followed
    ledger = Ledger(followed.table.late_rungs, decided or {})
    if head:
        ledger.note_known(["a"], [], at(head))
    notice = Notice(Slot(rung, 0, "a", "head"), as_, at(now), "owed", "gd.a@x.example")  # type: ignore[arg-type]
    return Lines(roster, now=at(now)).line(followed, notice, facts, ledger)


@pytest.mark.parametrize(
    ("now", "rung", "as_", "section", "left", "late"),
    [
        ("2026-03-26", "due-soon", "to", "ahead", 5, 0),
        ("2026-03-29", "due-soon", "to", "due_soon", 2, 0),
        ("2026-03-31", "due-today", "to", "due_today", 0, 0),
        ("2026-03-31 23:59", "due-today", "to", "due_today", 0, 0),
        ("2026-04-01 00:00", "late", "to", "overdue", 0, 1),
        ("2026-04-15", "late", "to", "overdue", 0, 15),
        ("2026-05-06", "baseline", "to", "overdue", 0, 36),
        # A head is copied on what goes up: it is the head's own all the same.
        ("2026-04-15", "overseer", "cc", "overdue", 0, 15),
        ("2026-04-15", "done", "to", "information", 0, 15),
        # New and moved stand together, even when there is little time left.
        ("2026-03-30", "new", "to", "new", 1, 0),
        ("2026-03-30", "moved", "cc", "new", 1, 0),
    ],
)
def test_a_line_stands_where_the_task_does(now: str, rung: str, as_: str, section: str, left: int, late: int) -> None:
    found = told(now, rung, as_)
    assert (found.section, found.days_left, found.days_late) == (section, left, late)


@pytest.mark.parametrize(
    ("now", "section", "late"),
    [
        ("2026-02-27", "due_today", 0),  # the last working day before Saturday 28 February
        ("2026-03-02", "due_today", 0),  # still on time
        ("2026-03-03", "overdue", 1),
    ],
)
def test_days_of_grace_are_not_late(now: str, section: str, late: int) -> None:
    found = told(now, rulebook=book(task("2026-02")))
    assert (found.section, found.days_late) == (section, late)


def ahead(found: Line) -> list[str]:
    """Return what happens next as texts: `04-07 Phó Chủ tịch ↑`."""
    return [f"{step.on:%m-%d} {step.rung} {step.to_title}{' ↑' if step.goes_up else ''}" for step in found.next]


BEFORE = {"heads-up": 0, "due-soon": 0, "due-today": 0}


@pytest.mark.parametrize(
    ("now", "decided", "head", "expected"),
    [
        # Before the deadline: the next reminder, and when it would go up.
        (
            "2026-03-26",
            {"heads-up": 0, "due-soon": 0},
            "",
            ["03-31 due-today Giám đốc Sở A", "04-07 overseer Phó Chủ tịch ↑"],
        ),
        # The first late mail: the next repetition, the overseer.
        ("2026-04-01", BEFORE | {"late": 0}, "", ["04-08 late Giám đốc Sở A", "04-07 overseer Phó Chủ tịch ↑"]),
        # The overseer has heard: the chair is next.
        (
            "2026-04-08",
            BEFORE | {"late": 1, "overseer": 0},
            "2026-04-01",
            ["04-15 late Giám đốc Sở A", "04-15 chair Chủ tịch ↑"],
        ),
        # After a month's downtime: the overseer hears on the next working day, not on the day that has passed.
        ("2026-05-04", BEFORE | {"late": 4}, "", ["05-06 late Giám đốc Sở A", "05-05 overseer Phó Chủ tịch ↑"]),
        # Over a weekend.
        ("2026-05-08", BEFORE | {"late": 5}, "", ["05-13 late Giám đốc Sở A", "05-11 overseer Phó Chủ tịch ↑"]),
        # Nobody is left to tell.
        ("2026-06-01", BEFORE | {"late": 8, "overseer": 0, "chair": 0}, "2026-04-01", ["06-03 late Giám đốc Sở A"]),
    ],
)
def test_a_line_says_what_happens_next(now: str, decided: dict[str, int], head: str, expected: list[str]) -> None:
    assert ahead(told(now, decided=decided, head=head)) == expected


@pytest.mark.parametrize(
    ("if_unreported", "now", "decided", "expected"),
    [
        # It closes when the next one falls due, on Friday 24 April at 17:00; what lies before is still told.
        ("close", "2026-04-23", {"late": 0}, ["04-24 overseer Phó Chủ tịch ↑"]),
        ("carry", "2026-04-23", {"late": 0}, ["04-28 late Giám đốc Sở A", "04-24 overseer Phó Chủ tịch ↑"]),
        ("close", "2026-04-24 09:00", {"late": 0, "overseer": 0}, []),
    ],
)
def test_nothing_comes_after_an_occurrence_has_closed_by_itself(
    if_unreported: str, now: str, decided: dict[str, int], expected: list[str]
) -> None:
    weekly = f'{{every: week, on: friday, at: "17:00", if_unreported: {if_unreported}}}'
    found = told(now, decided=BEFORE | decided, rulebook=book(task(weekly)), occurrence="2026-04-17")
    assert ahead(found) == expected


def test_what_happens_at_another_hour_says_so() -> None:
    ladder = """
ladder: chuan
rungs:
  - {id: late, at: 1 hour late, to: [head]}
  - {id: up, at: 3 hours late, to: [overseer], cc: [head]}
"""
    found = told("2026-03-31", "x", rulebook=book(task('{by: 2026-03-31, at: "09:00"}'), ladder=ladder))
    assert [(step.rung, str(step.at)) for step in found.next] == [("late", "10:00:00"), ("up", "12:00:00")]
    assert found.next[1].on == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("now", "decided", "head", "expected"),
    [
        # Sent before the daily hour of that day: what follows on the day itself says at which hour.
        ("2026-03-31 06:30", {"heads-up": 0, "due-soon": 0}, "", "03-31 07:00"),
        ("2026-03-30 23:30", {"heads-up": 0, "due-soon": 0}, "", "03-31"),
        # Due already, and told with the next pass: never on a day that has passed, nor at an hour that has.
        ("2026-04-07 07:01", BEFORE | {"late": 0}, "2026-04-01", "04-07"),
        ("2026-04-09 09:00", BEFORE | {"late": 1}, "2026-04-01", "04-09"),
    ],
)
def test_what_comes_next_lies_after_the_letter_itself(
    now: str, decided: dict[str, int], head: str, expected: str
) -> None:
    of = "overseer" if head else "due-today"
    [step] = [one for one in told(now, decided=decided, head=head).next if one.rung == of]
    assert f"{step.on:%m-%d}" + (f" {step.at:%H:%M}" if step.at else "") == expected


def test_a_done_task_has_nothing_ahead() -> None:
    assert told("2026-04-01", "done", facts=Facts(SINCE, done_at=at("2026-04-01"))).next == ()


AMENDED = book(
    task("2026-09", more="amended: [{deadline: 2026-01, until: 340/SVHTTDL-VP of 2026-01-23, why: lùi thời gian}]")
)


def test_an_amended_deadline_is_shown_with_the_earlier_day_the_document_and_the_reason() -> None:
    assert told("2026-09-01", rulebook=AMENDED).amended == (
        Earlier(date(2026, 1, 31), "340/SVHTTDL-VP ngày 23/01/2026 (lùi thời gian)"),
    )
    assert told("2026-01-22", rulebook=AMENDED).amended == ()
    assert told("2026-01-22", rulebook=AMENDED).due == date(2026, 1, 31)


def test_a_move_by_an_edit_is_shown_with_its_day() -> None:
    moved = Announcement("moved", at("2026-03-02 10:00"), 1, date(2026, 2, 28))
    found = told("2026-03-10", facts=Facts(SINCE, 1, announcements=(moved,)))
    assert found.amended == (Earlier(date(2026, 2, 28), "bản sửa quy tắc ngày 02/3/2026"),)


def test_a_move_by_an_amendment_is_shown_once() -> None:
    moved = Announcement("moved", at("2026-01-23 00:00"), 1, date(2026, 1, 31))
    found = told("2026-09-01", rulebook=AMENDED, facts=Facts(SINCE, 1, announcements=(moved,)))
    assert len(found.amended) == 1


def test_an_amended_recurrence_had_no_single_day_and_is_told_in_words() -> None:
    rulebook = book(
        task("2026-09", more="amended: [{deadline: {every: month}, until: 5/CV of 2026-02-01, why: gộp báo cáo}]")
    )
    assert told("2026-08-01", rulebook=rulebook).amended == (
        Earlier(None, "5/CV ngày 01/02/2026 (gộp báo cáo)", "Hằng tháng"),
    )


WORDED = book(
    task("2026-09", more="stated: Tháng 9, amended: [{deadline: {every: month, on: 25}, until: 5/CV of 2026-02-01}]")
)


def test_the_documents_words_are_told_only_of_the_deadline_they_are_about() -> None:
    later = told("2026-09-01", rulebook=WORDED)
    assert (later.stated, later.phrase) == ("Tháng 9", "")
    before = told("2026-01-20", rulebook=WORDED, occurrence="2026-01-25")
    assert (before.stated, before.phrase) == (None, "Ngày 25 hằng tháng")


@pytest.mark.parametrize(
    ("deadline", "phrase"),
    [
        ("2026-Q1", "Quý I/2026"),
        ("{before: 2026-04-15}", "Trước ngày 15/4/2026"),
        ("2026-03-31", ""),  # the day it comes to says it already
    ],
)
def test_a_deadline_without_words_of_its_document_is_told_as_an_office_says_it(deadline: str, phrase: str) -> None:
    found = told("2026-03-26", rulebook=book(task(deadline)))
    assert (found.stated, found.phrase) == (None, phrase)


def test_of_an_amended_recurrence_each_occurrence_tells_what_bears_on_it() -> None:
    amended = "amended: [{deadline: {every: week, on: friday}, until: 9/CV of 2026-09-21}]"
    roster = Roster(book(task("{every: week, on: thursday}", more=amended)), POLICY)
    moved = Facts(SINCE, 1, announcements=(Announcement("moved", at("2026-09-21"), 1, date(2026, 9, 25)),))

    def told_of(occurrence: str, facts: Facts) -> tuple[str, list[tuple[object, str, str]]]:
        lines = Lines(roster, now=at("2026-09-22"))
        followed = roster.follow(key(occurrence=occurrence), facts, today=lines.today)
        assert followed
        notice = Notice(Slot("late", 0, "a", "head"), "to", at("2026-09-22"), "owed", "x@x.example")
        line = lines.line(followed, notice, facts, Ledger(followed.table.late_rungs, {}))
        return line.phrase, [(was.due, was.replaced_by, was.phrase) for was in line.amended]

    assert told_of("2026-09-18", Facts(SINCE)) == ("Thứ Sáu hằng tuần", [])
    assert told_of("2026-09-25", moved) == (
        "Thứ Năm hằng tuần",
        [(None, "9/CV ngày 21/9/2026", "Thứ Sáu hằng tuần"), (date(2026, 9, 25), "9/CV ngày 21/9/2026", "")],
    )


def test_a_line_says_where_it_comes_from() -> None:
    found = told("2026-04-01")
    assert found.source == "ct.yaml:10"
    assert found.document.vi == "01/CTr ngày 01/12/2025 của Tỉnh"
    assert found.unit_names == ("Sở A",)
    assert found.why.vi.startswith("Thứ Ba 31/3/2026") or "31/3/2026" in found.why.vi
    assert STANDARD


def test_a_line_is_the_same_whoever_was_told_of_the_task_before() -> None:
    roster, now = Roster(book(task("2026-03-31", lead="{each: [a, b]}")), POLICY), at("2026-04-15")
    moved = Announcement("moved", SINCE, 1, date(2026, 2, 28))
    cases = [
        (unit, rung, facts, ledger)
        for unit in ("a", "b")
        for rung in ("late", "overseer")
        for facts in (Facts(SINCE), Facts(SINCE, announcements=(moved,)), Facts(SINCE, done_at=now))
        for ledger in ({}, {"overseer": 0})
    ]

    def told(lines: Lines, unit: str, rung: str, facts: Facts, decided: dict[str, int]) -> Line:
        followed = roster.follow(key(unit=unit), facts, today=lines.today)
        assert followed
        notice = Notice(Slot(rung, 0, unit, "head"), "to", now, "owed", "x@x.example")
        return lines.line(followed, notice, facts, Ledger(followed.table.late_rungs, decided))

    shared = Lines(roster, now=now)
    found = [told(shared, *case) for case in cases]
    assert found == [told(Lines(roster, now=now), *case) for case in cases]
    assert len(set(found)) == 2 * 2 * (2 * 2 + 1)


@pytest.mark.parametrize(
    ("section", "id", "expected"),
    [("A.I", "A.14", "A.I, A.14"), ("A", "A.14", "A.14"), ("", "7", "7")],
)
def test_a_clause_names_the_section_where_the_number_does_not(section: str, id: str, expected: str) -> None:
    assert clause(section, id) == expected


def test_a_document_is_cited_as_far_as_it_is_known() -> None:
    assert citation(Document("5/QĐ")) == "5/QĐ"
    assert citation(Document("5/QĐ", issuer="Tỉnh")) == "5/QĐ của Tỉnh"
    whole = cited(Document("5/QĐ", date(2026, 8, 10), "Ủy ban nhân dân tỉnh"))
    assert whole == ("5/QĐ ngày 10/8/2026 của Ủy ban nhân dân tỉnh", "5/QĐ of 10 August 2026, Ủy ban nhân dân tỉnh")


def test_a_repetition_that_takes_the_place_of_a_copy_says_who_was_told() -> None:
    # The chair's rung falls on Saturday, 18 April, the repetition on Monday, when both leave.
    found = run(book(task("2026-04-03")), "2026-03-02", "2026-04-21")
    letters = {one.to.partition("@")[0]: one.digest.lines for one in found.messages if one.at == at("2026-04-20")}
    said = {who: [(line.rung, line.reported_to) for line in lines] for who, lines in letters.items()}
    assert said == {
        "gd.a": [("late", ("Phó Chủ tịch", "Chủ tịch"))],
        "vp.a": [("late", ("Phó Chủ tịch", "Chủ tịch"))],
        "vp.tt": [("late", ("Phó Chủ tịch", "Chủ tịch"))],
        "pct": [("chair", ("Chủ tịch",))],
        "ct": [("chair", ())],
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-04-06", ()),
        # The overseer hears a week after the deadline, the head with them.
        ("2026-04-10", ("Phó Chủ tịch",)),
        ("2026-04-13", ("Phó Chủ tịch",)),
        ("2026-04-20", ("Phó Chủ tịch", "Chủ tịch")),
        ("2026-04-28", ("Phó Chủ tịch", "Chủ tịch")),
    ],
)
def test_a_late_line_names_those_above_who_were_told(day: str, expected: tuple[str, ...]) -> None:
    found = run(book(task("2026-04-03")), "2026-03-02", "2026-05-05")
    [line] = [
        line for one in found.messages if one.at == at(day) and one.to.startswith("gd.a") for line in one.digest.lines
    ]
    assert line.reported_to == expected


def test_nobody_above_was_told_of_a_deadline_that_moved() -> None:
    found = started(book(task("2026-04-03")), "2026-03-02")
    found.until(at("2026-04-21"))
    found.world.edit(book(task("2026-04-24")), now=at("2026-04-22"))
    found.until(at("2026-04-30"))
    [line] = [one.digest.lines[0] for one in found.messages if one.at == at("2026-04-28") and one.to.startswith("gd.a")]
    assert (line.rung, line.reported_to) == ("late", ())


NO_HEAD = DIRECTORY.replace("title: Giám đốc Sở A, email: gd.a@x.example", "title: Giám đốc Sở A, vacant: true")


def lines_to(who: str, found: Run) -> dict[str, Line]:
    """Return the lines that a person has of T.1, by the day of the letter."""
    letters = [one for one in found.messages if one.to == f"{who}@x.example" and one.digest.lines]
    return {f"{one.at.astimezone(HCM):%m-%d}": one.digest.lines[0] for one in letters}


def test_who_is_told_in_place_of_a_vacant_head_is_told_so_until_it_is_told_as_a_superior() -> None:
    told = lines_to("pct", run(book(task("2026-03-31"), directory=NO_HEAD), "2026-03-02", "2026-04-08"))
    assert {(line.rung, line.stands_in, line.vacant) for line in told.values()} == {
        ("due-soon", True, ("Giám đốc Sở A",)),
        ("due-today", True, ("Giám đốc Sở A",)),
        ("late", True, ("Giám đốc Sở A",)),
        ("overseer", False, ("Giám đốc Sở A",)),
    }


def test_nobody_is_said_to_have_heard_as_a_superior_who_was_told_in_place_of_a_head() -> None:
    found = run(book(task("2026-03-31"), directory=NO_HEAD), "2026-03-02", "2026-04-08")
    said = {day: line.reported_to for day, line in lines_to("vp.a", found).items() if line.days_late}
    assert said == {"04-01": ()}
    assert lines_to("vp.tt", found)["04-07"].reported_to == ("Phó Chủ tịch",)


def test_the_same_person_is_not_reminded_and_told_as_a_superior_on_one_day() -> None:
    ladder = STANDARD.replace("repeat: 7 days", "repeat: 6 days")
    found = run(book(task("2026-03-31"), ladder=ladder, directory=NO_HEAD), "2026-03-02", "2026-04-02")
    assert ahead(lines_to("vp.a", found)["04-01"]) == ["04-07 overseer Phó Chủ tịch ↑"]


@pytest.mark.parametrize(
    ("rung", "decided", "directory", "expected"),
    [
        ("heads-up", {}, DIRECTORY, False),
        ("due-soon", {"heads-up": 0}, DIRECTORY, True),
        ("new", {}, DIRECTORY, True),
        ("difficulty", {"new": 0}, DIRECTORY, False),
        ("heads-up", {"due-soon": 0}, DIRECTORY, True),
        ("heads-up", {"baseline": 0}, DIRECTORY, True),
        ("due-soon", {"heads-up": 0}, NO_HEAD, False),
    ],
)
def test_a_head_has_been_reminded_where_a_rung_went_to_it(
    rung: str, decided: dict[str, int], directory: str, expected: bool
) -> None:
    rulebook = book(task("2026-03-31"), directory=directory)
    assert told("2026-03-26", rung, "cc", decided=decided, rulebook=rulebook).head_told is expected
