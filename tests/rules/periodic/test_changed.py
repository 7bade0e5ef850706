"""What became of leads and events in the period of a summary: told, kept, of one unit, in the workbook."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from rules.calendar import Calendar
from rules.deadline import Offset
from rules.obligation import ObligationKey
from rules.periodic.drawing import Said, draw, of_unit
from rules.periodic.happened import Begun, Happened, Record, When, news, times_from
from rules.periodic.passed import Passed, Turn, document_of, handed_over
from rules.periodic.snapshot import Snapshot
from rules.periodic.stored import from_text, to_text
from rules.periodic.telling import tell
from rules.periodic.told import Points
from rules.programme import Amendment, Document, Event, Lead, Occurred, Programme, Task
from rules.wording import Language
from tests.rules.periodic.offices import PROGRAMMES, ZONE, entry, frame
from tests.rules.periodic.test_forms import below_heads, pages_of, word_of

DAYS = [datetime(2026, 3, 28 + number, 3, tzinfo=UTC) for number in range(4)]
SINCE = DAYS[0]


def turns(*those: str, occurrence: str = "") -> list[Turn]:
    """Turns written `1+u2` (u2 begins at the first instant) or `1-u2`; of joint ones `1+u2&u3`."""
    return [
        Turn(
            ObligationKey("p", "A.1", "", one[2:].replace("&", "+"), occurrence),
            SINCE + timedelta(hours=int(one[0])),
            one[1] == "+",
        )
        for one in those
    ]


@pytest.mark.parametrize(
    ("those", "before", "after"),
    [
        (["1-u2", "1+u3"], ("u2",), ("u3",)),
        (["1-u2", "1+u3", "2-u3", "2+u4"], ("u2",), ("u4",)),
        (["1-u2&u3", "1+u3&u4"], ("u2", "u3"), ("u3", "u4")),
        (["1-u2", "1-u3", "1+u4"], ("u2", "u3"), ("u4",)),
        # new in the period, beside one that stays, another that was let go of and one that was added
        (["1+u2", "1+u5", "1+u6", "2-u6", "3-u2", "3+u3", "4+u7"], ("u2",), ("u3",)),
        # back again, let go of, added, owed apart instead of jointly, an end and a beginning that have nothing in common
        (["1-u2", "1+u3", "2-u3", "2+u2"], None, None),
        (["1-u2"], None, None),
        (["1+u3"], None, None),
        (["1-u2&u3", "1+u2", "1+u3"], None, None),
        (["1-u2", "2+u3"], None, None),
    ],
)
def test_a_task_passes_where_one_unit_ends_as_another_begins(
    those: list[str], before: tuple[str, ...] | None, after: tuple[str, ...] | None
) -> None:
    found = handed_over(turns(*those))
    assert [(one.before, one.after) for one in found.values()] == ([] if before is None else [(before, after)])


def test_what_recurs_passes_once_for_all_its_occurrences() -> None:
    both = [*turns("1-u2", "1+u3", occurrence="2026-04-03"), *turns("2-u2", "2+u3", occurrence="2026-04-10")]
    found = handed_over(both)
    assert found == {("p", "A.1"): (("u2",), ("u3",), SINCE + timedelta(hours=2))}


def test_an_end_and_a_beginning_of_different_occurrences_are_no_passing() -> None:
    assert handed_over([*turns("1-u2", occurrence="a"), *turns("1+u3", occurrence="b")]) == {}


TASK = Task("A.1", "S", "Việc", Lead(("u2",), False, ("u2",)), {}, basis="Quyết định 1")


@pytest.mark.parametrize(
    ("edited", "programme", "document"),
    [
        (TASK, PROGRAMMES[0], ""),
        (replace(TASK, title="Khác"), PROGRAMMES[0], ""),
        (replace(TASK, basis="Quyết định 2\nngày 30/3/2026"), PROGRAMMES[0], "Quyết định 2 ngày 30/3/2026"),
        (TASK, replace(PROGRAMMES[0], document=Document("09-QĐ/BCĐ")), "09-QĐ/BCĐ"),
        (replace(TASK, basis=None, amended=(Amendment(None, DAYS[1].date(), "12/VP"),)), PROGRAMMES[0], "12/VP"),  # type: ignore[arg-type]
    ],
)
def test_a_task_passes_by_the_document_that_its_edit_names(edited: Task, programme: Programme, document: str) -> None:
    assert document_of((PROGRAMMES[0], TASK), (programme, edited)) == document


def record(day: int, recorded: int, retracted: int | None = None, event: str = "e") -> Record:
    """A record of that day of April, made and taken back at instants before (negative) or after the period began."""
    gone = None if retracted is None else SINCE + timedelta(hours=retracted)
    return Record(event, Occurred(date(2026, 4, day)), SINCE + timedelta(hours=recorded), gone)


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([record(1, 1)], [("recorded", 1, None)]),
        ([record(1, -1)], []),
        ([record(1, -2, -1)], []),
        ([record(1, -1, 1)], [("retracted", 1, None)]),
        ([record(1, -1, 1), record(2, 1)], [("corrected", 2, 1)]),
        ([record(1, 1, 2), record(2, 3)], [("corrected", 2, 1)]),
        ([record(1, -1, 1), record(2, 1, 2), record(3, 3)], [("corrected", 3, 1)]),
        ([record(1, -1, 1), record(2, 1, 2)], [("retracted", 1, None)]),
        ([record(1, 1, 2)], [("retracted", 1, None)]),
        ([record(1, -1, 1), record(2, 1), record(3, 2)], [("corrected", 2, 1), ("recorded", 3, None)]),
        ([record(1, -1, 1, "e"), record(2, 1, event="f")], [("retracted", 1, None), ("recorded", 2, None)]),
    ],
)
def test_what_the_register_says_anew_is_told_once(
    records: list[Record], told: list[tuple[str, int, int | None]]
) -> None:
    found = [
        (one.kind, one.record.occurred.on.day, one.before.occurred.on.day if one.before else None)
        for one in news(records, SINCE)
    ]
    assert found == told


def test_events_that_follow_from_one_have_their_days_with_it() -> None:
    followers = {
        "e": Event("e", "E"),
        "f": Event("f", "F", after=("e", Offset(10, "days"))),
        "g": Event("g", "G", after=("f", Offset(1, "months"))),
        "h": Event("h", "H"),
    }
    programme = replace(PROGRAMMES[0], events=followers)
    assert times_from(record(1, 1), programme, Calendar("lich"), ZONE) == {
        "e": date(2026, 4, 1),
        "f": date(2026, 4, 11),
        "g": date(2026, 5, 11),
    }


PASSED = (
    Passed("p", "A.1", "A.1", "Việc 1", ("u2",), ("u3",), ("Sở u2",), ("Sở u3",), date(2026, 3, 31), "95/UBND-TH"),
    Passed("p", "A.2", "A.2", "Việc 2", ("u2", "u3"), ("u4",), ("Sở u2", "Sở u3"), ("Sở u4",), date(2026, 4, 1)),
)


def begun(number: int, *units: str, **more: object) -> Begun:
    task, names = f"A.{number}", tuple(f"Sở {unit}" for unit in units)
    made = Begun(task, "", "2026-03-31", task, f"Việc {number}", units, names, date(2026, 4, 30))
    return replace(made, **more)  # type: ignore[arg-type]


HAPPENED = (
    Happened(
        "p",
        "e",
        "Ban hành đề án",
        "recorded",
        When(date(2026, 3, 31), time(17)),
        None,
        "12/KH-UBND",
        ("u2", "u3"),
        (begun(1, "u2", hour=time(9)), begun(2, "u2", "u3", part="đợt 1"), begun(3, "u3", due=None)),
    ),
    Happened(
        "p",
        "f",
        "Khai mạc",
        "corrected",
        When(date(2026, 4, 2)),
        When(date(2026, 4, 1)),
        "",
        ("u4",),
        (begun(4, "u4"),),
    ),
    Happened("p", "g", "Họp báo", "corrected", When(date(2026, 4, 2)), When(date(2026, 4, 2)), "13/VP", ("u4",)),
    Happened("p", "h", "Bế mạc", "retracted", When(date(2026, 4, 3)), None, "14/VP", ("u4",)),
)
FOUND = draw([entry(1), entry(2, "u3")], frame(), Said(passed=PASSED, happened=HAPPENED), None)


def lists_of(snapshot: Snapshot, language: Language = "vi") -> dict[str, Points]:
    return {one.heading: one for one in tell(snapshot, language, zone=ZONE).parts[0].lists}


def texts(points: Points) -> Sequence[str]:
    return [one.text.replace("\xa0", " ") for one in points.points]


def test_what_passed_to_other_units_is_told_in_both_languages() -> None:
    told = lists_of(FOUND)["Chuyển cơ quan chủ trì trong tuần"]
    assert [(one.text, one.detail) for one in told.points] == [
        ("A.1. Việc 1", "chuyển từ Sở u2 sang Sở u3 từ ngày 31/3/2026, theo 95/UBND-TH"),
        ("A.2. Việc 2", "chuyển từ Sở u2; Sở u3 sang Sở u4 từ ngày 01/4/2026"),
    ]
    english = lists_of(FOUND, "en")["Changes of lead of the week"]
    assert [one.detail.replace("\xa0", " ") for one in english.points] == [
        "passed from Sở u2 to Sở u3 on 31 March 2026, by 95/UBND-TH",
        "passed from Sở u2; Sở u3 to Sở u4 on 1 April 2026",
    ]


def test_events_are_told_with_what_runs_from_them_and_corrections_as_such() -> None:
    assert texts(lists_of(FOUND)["Sự kiện được ghi nhận trong tuần"]) == [
        "Ban hành đề án: 17h00 ngày 31/3/2026, theo 12/KH-UBND; thời hạn tính theo đó:\n"
        "+ A.1. Việc 1 (Sở u2): hạn 09h00 ngày 30/4/2026\n"
        "+ A.2. Việc 2 – đợt 1 (Sở u2; Sở u3): hạn 30/4/2026\n"
        "+ A.3. Việc 3 (Sở u3): chưa có ngày",
        "Khai mạc: ngày 02/4/2026, ghi nhận lại thay cho ngày 01/4/2026; thời hạn tính theo đó:\n"
        "+ A.4. Việc 4 (Sở u4): hạn 30/4/2026",
        "Họp báo: ngày 02/4/2026, ghi nhận lại, theo 13/VP",
        "Bế mạc: đã rút việc ghi nhận ngày 03/4/2026",
    ]
    assert texts(lists_of(FOUND, "en")["Events of the week"]) == [
        "Ban hành đề án: at 17:00 on 31 March 2026, by 12/KH-UBND; deadlines that run from it:\n"
        "+ A.1. Việc 1 (Sở u2): due 09:00 on 30 April 2026\n"
        "+ A.2. Việc 2 – đợt 1 (Sở u2; Sở u3): due 30 April 2026\n"
        "+ A.3. Việc 3 (Sở u3): no day",
        "Khai mạc: on 2 April 2026, recorded anew instead of 1 April 2026; deadlines that run from it:\n"
        "+ A.4. Việc 4 (Sở u4): due 30 April 2026",
        "Họp báo: on 2 April 2026, recorded anew, by 13/VP",
        "Bế mạc: the record that it happened on 3 April 2026 was taken back",
    ]


def test_of_many_deadlines_that_run_from_an_event_the_text_names_the_first() -> None:
    many = replace(HAPPENED[0], begun=tuple(begun(number, "u2") for number in range(1, 10)))
    found = draw([], frame(), Said(happened=(many,)), None)
    [text] = texts(lists_of(found)["Sự kiện được ghi nhận trong tuần"])
    assert text.split("\n")[5:] == ["+ A.5. Việc 5 (Sở u2): hạn 30/4/2026", "+ và 4 thời hạn khác"]
    assert len(changes_in(found)) == 10


def test_of_one_unit_only_what_concerns_it_is_told() -> None:
    own = of_unit(FOUND, "u3")
    assert [one.number for one in own.passed] == ["A.1", "A.2"]
    assert [one.event for one in own.happened] == ["e"]
    assert [(one.number, one.owers, one.units) for one in own.happened[0].begun] == [
        ("A.2", ("u3",), ("Sở u3",)),
        ("A.3", ("u3",), ("Sở u3",)),
    ]
    assert [one.event for one in of_unit(FOUND, "u4").happened] == ["f", "g", "h"]
    joint = replace(HAPPENED[0], begun=(begun(1, "u2+u3"),), leads=("u2", "u3"))
    owed = of_unit(draw([], frame(), Said(happened=(joint,)), None), "u3").happened[0].begun
    assert [one.owers for one in owed] == [("u2+u3",)]


def test_nothing_is_told_where_nothing_changed() -> None:
    empty = draw([entry(1)], frame(), Said(), None)
    assert not any("chủ trì" in heading or "Sự kiện" in heading for heading in lists_of(empty))
    assert [page.title for page in pages_of(empty)] == ["Nhiệm vụ", "Tổng hợp", "Theo đơn vị", "Đơn vị báo cáo"]


def test_leads_and_events_are_kept() -> None:
    assert from_text(to_text(FOUND)) == FOUND
    assert from_text(to_text(of_unit(FOUND, "u3"))) == of_unit(FOUND, "u3")


def test_a_summary_stored_before_leads_and_events_were_kept_is_read() -> None:
    found = draw([entry(1)], frame(), Said(), None)
    stored = json.loads(to_text(found))
    del stored["passed"], stored["events"]
    assert from_text(json.dumps(stored)) == found


def changes_in(snapshot: Snapshot, language: Language = "vi") -> list[tuple[str | None, ...]]:
    name = {"vi": "Thay đổi trong kỳ", "en": "Changes"}[language]
    [page] = [one for one in pages_of(snapshot, language) if one.title == name]
    return [tuple(row[:6]) for row in below_heads(page)]


def test_the_document_and_the_workbook_have_them() -> None:
    lines = [one.text for one in word_of(FOUND).paragraphs]
    assert "- A.1. Việc 1 – chuyển từ Sở u2 sang Sở u3 từ ngày 31/3/2026, theo 95/UBND-TH;" in lines
    at = lines.index("- Ban hành đề án: 17h00 ngày 31/3/2026, theo 12/KH-UBND; thời hạn tính theo đó:")
    assert lines[at + 1] == "+ A.1. Việc 1 (Sở u2): hạn 09h00 ngày 30/4/2026"
    rows = changes_in(FOUND)
    assert rows[0] == (
        "Chuyển cơ quan chủ trì",
        "p",
        "A.1",
        "Việc 1",
        "Sở u3",
        "chuyển từ Sở u2 sang Sở u3 từ ngày 31/3/2026, theo 95/UBND-TH",
    )
    assert rows[2] == ("Ghi nhận sự kiện", "p", None, "Ban hành đề án", None, "17h00 ngày 31/3/2026, theo 12/KH-UBND")
    assert rows[4] == (
        "Thời hạn theo sự kiện",
        "p",
        "A.2",
        "Việc 2 – đợt 1",
        "Sở u2; Sở u3",
        "hạn 30/4/2026; Ban hành đề án: 17h00 ngày 31/3/2026",
    )
    assert [row[0] for row in rows[6:]] == [
        "Ghi nhận lại sự kiện",
        "Thời hạn theo sự kiện",
        "Ghi nhận lại sự kiện",
        "Rút ghi nhận sự kiện",
    ]
    assert changes_in(FOUND, "en")[0][0] == "Passed to another unit"
