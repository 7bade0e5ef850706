"""A recurrence edited while it is lived by: the record of what fell due before stays, no period is owed twice, and those
who owe it are told that it moves."""

import re
from datetime import datetime

import pytest

from db.facts import record_report
from scheduler.past import past
from scheduler.standing import standing
from tests.e2e.planning import Editor
from tests.offices import DAY, HOUR, MONDAY, Desk, text_of

THREE_WEEKS_AGO = MONDAY - 21 * DAY


def weekly(day: str, more: str = "") -> str:
    return f"  - {{id: B.1, title: Báo cáo tuần, lead: u2, deadline: {{every: week, on: {day}}}{more}}}\n"


def monthly(day: object, more: str = "") -> str:
    return f"  - {{id: B.1, title: Báo cáo tháng, lead: u2, deadline: {{every: month, on: {day}}}{more}}}\n"


def live(desk: Desk, until: datetime) -> None:
    """Make a pass and a delivery every morning up to an instant, and one at it."""
    while desk.now < until:
        desk.tick()
        desk.now += DAY
    desk.now = until
    desk.tick()


def rows(desk: Desk) -> list[tuple[object, ...]]:
    """Return the obligations by name: occurrence, due day, state."""
    found = desk.run("SELECT occurrence, due_on, state FROM obligation WHERE kind = 'task' ORDER BY occurrence")
    return [(occurrence, str(due), state) for occurrence, due, state in found]


def report(desk: Desk, occurrence: str, unit: str = "u2") -> None:
    where = "occurrence = :occurrence AND unit = :unit"
    [(id_,)] = desk.run(f"SELECT id FROM obligation WHERE {where}", occurrence=occurrence, unit=unit)
    on = desk.now.date()
    with desk.engine.begin() as connection:
        record_report(
            connection,
            id_,  # type: ignore[arg-type]
            kind="done",
            said_on=on,
            unit=unit,
            recorded_by="an",
            recorded_at=desk.now,
            announce=True,
        )


def edit(desk: Desk, tasks: str) -> None:
    desk.now += HOUR / 60
    desk.restart()
    desk.apply(tasks)


def stood(desk: Desk, at: datetime) -> list[object]:
    """Return how things stood at an instant, as far as one can tell now."""
    with desk.engine.connect() as connection:
        return [row.as_json() for row in standing(connection, desk.config, at=at)]


FOLLOWED = weekly("friday")


def three_weeks(desk: Desk) -> None:
    """A weekly report is followed for three weeks, the last one reported; it is Monday morning."""
    desk.now = THREE_WEEKS_AGO
    desk.apply(FOLLOWED)
    live(desk, MONDAY - 3 * DAY)
    report(desk, "2026-03-27")
    live(desk, MONDAY)


PAST = [
    ("2026-03-13", "2026-03-13", "closed"),
    ("2026-03-20", "2026-03-20", "closed"),
    ("2026-03-27", "2026-03-27", "done"),
]


def test_what_fell_due_before_the_edit_stays_and_what_comes_moves_under_its_name(followed: Desk) -> None:
    before = stood(followed, MONDAY)
    edit(followed, weekly("thursday"))
    followed.tick()
    assert rows(followed) == [*PAST, ("2026-04-03", "2026-04-02", "open"), ("2026-04-10", "2026-04-09", "open")]
    assert stood(followed, MONDAY) == before
    assert followed.findings() == []


def test_the_head_is_told_once_that_it_moves_with_the_day_it_was_due_before(followed: Desk) -> None:
    edit(followed, weekly("saturday"))
    letters = [text_of(letter) for letter in followed.tick() if letter.recipient == "head2@tinh.example"]
    assert len(letters) == 1
    assert letters[0].count("Báo cáo tuần") == 1
    assert re.search("Hạn cũ: 03/4/2026", letters[0])
    live(followed, MONDAY + 12 * DAY)
    moved = [row for row in followed.notices("moved") if row[4] == "sent"]
    assert {(row[1], row[3]) for row in moved} == {
        ("2026-04-03", "head2@tinh.example"),
        ("2026-04-03", "focal2@tinh.example"),
    }


def test_a_unit_that_has_reported_the_current_one_is_told_of_the_next(followed: Desk) -> None:
    desk = followed
    edit(desk, weekly("friday").replace("u2", "{each: [u2, u3]}"))
    desk.tick()
    report(desk, "2026-04-03", "u3")
    edit(desk, weekly("saturday").replace("u2", "{each: [u2, u3]}"))
    desk.tick()
    assert {(row[1], row[3]) for row in desk.notices("moved") if str(row[3]).startswith("head")} == {
        ("2026-04-03", "head2@tinh.example"),
        ("2026-04-10", "head3@tinh.example"),
    }


def test_an_open_one_of_before_is_neither_withdrawn_nor_moved(desk: Desk) -> None:
    desk.now = THREE_WEEKS_AGO
    desk.apply(monthly(25))
    live(desk, MONDAY)
    edit(desk, monthly(28))
    live(desk, MONDAY + 7 * DAY)
    assert rows(desk) == [
        ("2026-03-25", "2026-03-25", "open"),
        ("2026-04-25", "2026-04-28", "open"),
        ("2026-05-25", "2026-05-28", "open"),
    ]
    assert desk.findings() == []


def test_the_days_after_go_on_by_the_new_recurrence(followed: Desk) -> None:
    edit(followed, weekly("thursday"))
    live(followed, MONDAY + 15 * DAY)
    assert rows(followed) == [
        *PAST,
        ("2026-04-03", "2026-04-02", "closed"),
        ("2026-04-10", "2026-04-09", "open"),
        ("2026-04-16", "2026-04-16", "open"),
        ("2026-04-23", "2026-04-23", "open"),
    ]
    assert followed.findings() == []
    ended = followed.run("SELECT ended_at FROM obligation WHERE occurrence = '2026-04-03'")
    assert str(ended[0][0]).startswith("2026-04-09 17:00")


def test_an_edit_taken_back_leaves_no_phantoms(followed: Desk) -> None:
    before = rows(followed)
    for other in (weekly("thursday"), monthly(28), "  - {id: C.1, title: Khác, lead: u2, deadline: 2026-12-31}\n"):
        edit(followed, other)
        edit(followed, weekly("friday"))
        followed.tick()
        kept = [row for row in rows(followed) if row[2] != "withdrawn"]
        assert kept == before
        assert followed.findings() == []


def test_an_edit_taken_back_days_later_moves_back_what_had_moved(followed: Desk) -> None:
    edit(followed, weekly("thursday"))
    live(followed, MONDAY + 2 * DAY)
    edit(followed, weekly("friday"))
    told = [text_of(letter) for letter in followed.tick() if letter.recipient == "head2@tinh.example"]
    assert rows(followed) == [*PAST, ("2026-04-03", "2026-04-03", "open"), ("2026-04-10", "2026-04-10", "open")]
    assert [bool(re.search("Hạn cũ: 02/4/2026", text)) for text in told] == [True]


def test_another_rhythm_ends_what_was_to_come_and_nothing_of_it_lies_before(followed: Desk) -> None:
    edit(followed, monthly(20))
    followed.tick()
    assert [row for row in rows(followed) if row[2] != "withdrawn"] == [
        *PAST,
        ("2026-04-20", "2026-04-20", "open"),
        ("2026-05-20", "2026-05-20", "open"),
    ]


def test_an_amendment_in_the_rule_file_moves_it_on_its_day(followed: Desk) -> None:
    amended = ", amended: [{deadline: {every: week, on: friday}, until: 9/CV of 2026-03-31}]"
    edit(followed, weekly("thursday", amended))
    followed.tick()
    assert rows(followed)[3:] == [("2026-04-03", "2026-04-03", "open"), ("2026-04-10", "2026-04-10", "open")]
    live(followed, MONDAY + 1 * DAY)
    assert rows(followed) == [*PAST, ("2026-04-03", "2026-04-02", "open"), ("2026-04-10", "2026-04-09", "open")]
    assert {row[1] for row in followed.notices("moved")} == {"2026-04-03"}
    assert followed.findings() == []


def test_the_past_is_judged_by_what_was_known_of_it_then(followed: Desk) -> None:
    edit(followed, weekly("thursday"))
    thursday = followed.now
    edit(followed, weekly("friday"))
    with followed.engine.connect() as connection:
        then = past(connection, followed.config, at=thursday)
        now = past(connection, followed.config, at=followed.now)
    assert then is not None
    assert now is not None
    assert then.roster.rulebook.recast.keys() == {("p", "B.1", "")}
    assert then.roster.rulebook.recast == now.roster.rulebook.recast


def test_another_process_takes_over_what_was_lived_by(followed: Desk) -> None:
    office = followed.office
    edit(followed, weekly("thursday"))
    with followed.engine.connect() as connection:
        assert office.renew(connection)
    assert office.rulebook.recast.keys() == {("p", "B.1", "")}


def test_the_plan_shows_a_move_from_day_to_day(followed: Desk) -> None:
    editor = Editor(followed)
    followed.now += HOUR
    text = (followed.folder / "rules" / "p.yaml").read_text(encoding="utf-8")
    followed.write(text.replace("friday", "thursday"))
    changes = editor.plan().changes
    assert [(move.line.occurrence, str(move.before.due), str(move.after.due)) for move in changes.moves] == [
        ("2026-04-03", "2026-04-03", "2026-04-02"),
        ("2026-04-10", "2026-04-10", "2026-04-09"),
    ]
    # One letter says so of all.
    assert [move.is_told for move in changes.moves] == [True, False]
    assert not changes.appearing
    assert not changes.ending
    [(kind, source)] = {(cause.kind, cause.source) for move in changes.moves for cause in move.causes}
    assert kind == "deadline"
    assert re.fullmatch(r"rules/p.yaml:\d+", source)


FRIDAY = MONDAY + 4 * DAY


@pytest.mark.parametrize("days", [("monday",), ("monday", "tuesday")])
def test_all_that_existed_on_the_day_of_the_edit_keep_their_names_and_stay(
    days: tuple[str, ...], followed: Desk
) -> None:
    """On the day it is due the two after it exist as well."""
    live(followed, FRIDAY)
    before = [row for row in rows(followed) if row[2] == "open"]
    assert [occurrence for occurrence, *_ in before] == ["2026-04-03", "2026-04-10", "2026-04-17"]
    for day in days:
        edit(followed, weekly(day))
        assert [row for row in rows(followed) if row[0] in {row[0] for row in before} and row[2] != "open"] == []
    followed.tick()
    told = followed.notices("moved")
    live(followed, FRIDAY + 5 * DAY)
    assert [row for row in rows(followed) if row[2] == "withdrawn"] == []
    assert followed.notices("moved") == told
    assert followed.findings() == []
