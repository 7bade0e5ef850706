"""The examples of the design and of the rule language load as written, and come to the nouns they should."""

from datetime import date, time
from pathlib import Path

import pytest

from rules.deadline import (
    After,
    AheadOf,
    Before,
    Continuous,
    Deadline,
    Every,
    MonthDay,
    Named,
    Offset,
    Period,
    SetBy,
    Span,
    Weekday,
    Within,
    YearDay,
)
from rules.load import load
from rules.programme import Amendment, Programme, Rulebook, Task
from tests.rules.load.files import COMMON, GOOD, HERE, programme, read

DAY = Period("day", date(2026, 5, 15), date(2026, 5, 15), "2026-05-15")
JUNE = Period("month", date(2026, 6, 1), date(2026, 6, 30), "2026-06")
Q2 = Period("quarter", date(2026, 4, 1), date(2026, 6, 30), "2026-Q2")
H2 = Period("half", date(2026, 7, 1), date(2026, 12, 31), "2026-H2")
YEAR = Period("year", date(2026, 1, 1), date(2026, 12, 31), "2026")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_the_examples_of_the_pages_load(path: Path) -> None:
    assert load({path.name: path.read_bytes()}).problems == ()


def test_the_programmes_in_the_repository_load() -> None:
    folder = HERE.parents[2] / "programmes"
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}
    assert load(files).problems == ()


def test_no_files_make_an_empty_rulebook() -> None:
    assert read() == Rulebook(digest=read().digest)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-05-15", Within(DAY)),
        ("2026-06", Within(JUNE)),
        ("2026-Q2", Within(Q2)),
        ("2026-H2", Within(H2)),
        ("2026", Within(YEAR)),
        ('"2026"', Within(YEAR)),
        ('{by: 2026-05-15, at: "17:00"}', Within(DAY, time(17))),
        ("{by: 2026-06}", Within(JUNE)),
        ("{before: 2026-05-15}", Before(DAY)),
        ("{before: 2026-05-15, at: 09:30}", Before(DAY, time(9, 30))),
        ("{before: 2026-Q2}", Before(Q2)),
        ("{from: 2026-06, by: 2026}", Span(JUNE, YEAR)),
        ("{after: hop, within: 30 days}", After("hop", Offset(30, "days"))),
        ("{after: hop, within: 1 working day}", After("hop", Offset(1, "working days"))),
        ("{after: hop, within: 24 hours}", After("hop", Offset(24, "hours"))),
        ("{after: hop}", After("hop")),
        ("{ahead_of: hop, by: 1 working day}", AheadOf("hop", Offset(1, "working days"))),
        ("{every: day}", Every("day", if_unreported="close")),
        ("{every: day, on: working day}", Every("day", on=(Named("working day"),), if_unreported="close")),
        ("{every: week, on: [monday, friday]}", Every("week", on=(Weekday(0), Weekday(4)), if_unreported="close")),
        ("{every: 2 weeks, if_unreported: carry}", Every("week", 2)),
        ("{every: 15 days, from: 2026-06}", Every("day", 15, from_=JUNE, if_unreported="close")),
        ("{every: month, on: 25, at: 16:00}", Every("month", on=(MonthDay(25),), at=time(16))),
        ("{every: month, on: 31, rounding: last day}", Every("month", on=(MonthDay(31),), rounding=True)),
        ("{every: month, on: last friday}", Every("month", on=(Weekday(4, last=True),))),
        ("{every: quarter, on: 30}", Every("quarter", on=(MonthDay(30),))),
        ("{every: half, on: last working day}", Every("half", on=(Named("last working day"),))),
        ("{every: year, on: [06-20, 12-20]}", Every("year", on=(YearDay(6, 20), YearDay(12, 20)))),
        ("{every: year, on: 31, from: 2026-05-15, until: 2026-H2}", Every("year", on=(MonthDay(31),), from_=DAY, until=H2)),
        ("continuous", Continuous()),
        ("{continuous: true}", Continuous()),
        ("{continuous: true, review: quarter}", Continuous(Every("quarter"))),
        ("{continuous: true, review: {every: week, on: friday}}", Continuous(Every("week", on=(Weekday(4),), if_unreported="close"))),
        ('{set_by: "Đề án số 05-ĐA/TU"}', SetBy("Đề án số 05-ĐA/TU")),
    ],
)  # fmt: skip
def test_each_form_of_a_deadline_is_read(written: str, expected: Deadline) -> None:
    text = f"events: {{hop: {{title: Họp}}}}\ntasks: [{{id: A.1, title: Việc, lead: so-a, deadline: {written}}}]\n"

    task = read(COMMON, programme(text)).programmes["ke-hoach"].tasks["A.1"]

    assert task.deadlines == {"": expected}


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return read((HERE / "good" / "language.yaml").read_bytes())


@pytest.fixture(scope="module")
def found(book: Rulebook) -> Programme:
    return book.programmes["dong-thap-2027"]


@pytest.fixture(scope="module")
def meeting(found: Programme) -> Task:
    return found.tasks["A.14"]


def test_a_programme_keeps_its_settings(found: Programme) -> None:
    assert found.document.number == "07-QĐ/BCĐ"
    assert found.period == Period("span", date(2025, 11, 1), date(2030, 12, 31), "2025-11/2030")
    assert (found.before_means, found.roll) == ("strict", False)
    assert len(found.digest) == 64


def test_groups_are_expanded_in_order_and_each_unit_once(found: Programme, book: Rulebook) -> None:
    assert book.directories["tinh-dong-thap"].groups["ca-tinh"].members == ("so-khcn", "so-tai-chinh", "ubnd-xa-a")
    lead = found.tasks["B.II.2"].lead
    assert lead.units == ("so-khcn", "so-tai-chinh", "ubnd-xa-a", "cong-an")
    assert lead.named == ("ca-tinh", "cong-an")


def test_completion_turns_joint_into_each_and_back(found: Programme) -> None:
    each = {name: task.lead.each for name, task in found.tasks.items()}
    assert each == {
        "A.14": True,
        "A.4": False,
        "B.II.1": True,
        "B.II.2": False,
        "C.1": False,
        "15": False,
        "I.10.đ": False,
    }


def test_open_groups_stay_named_but_are_not_expanded(meeting: Task) -> None:
    assert meeting.coordinate == ("so-tai-chinh", "so-khcn")
    assert meeting.coordinate_named == ("so-tai-chinh", "cac-so-nganh", "don-vi-lien-quan")


def test_a_section_is_the_id_up_to_its_last_dot(found: Programme) -> None:
    assert {name: task.section for name, task in found.tasks.items()} == {
        "A.14": "A.I", "A.4": "A", "B.II.1": "B.II", "B.II.2": "B.II", "C.1": "C", "15": "", "I.10.đ": "I.10",
    }  # fmt: skip


def test_a_ladder_is_the_tasks_own_or_its_routes_or_the_programmes(found: Programme) -> None:
    # A.14 names one; B.… fall under section B; C.1 is recurring and led by the group; the others match no route.
    assert {name: task.ladder for name, task in found.tasks.items()} == {
        "A.14": "thuong", "A.4": "thuong", "B.II.1": "nhe", "B.II.2": "nhe", "C.1": "nhe", "15": "thuong", "I.10.đ": "thuong",
    }  # fmt: skip


def test_numbers_are_text_where_text_is_wanted(found: Programme) -> None:
    assert found.tasks["15"].title == "2026"
    assert found.indicators[0].targets == {2026: "≥ 70", 2030: "100"}


def test_an_amendment_by_another_programme_keeps_the_history(meeting: Task) -> None:
    january, february, march = (
        Within(Period("month", date(2026, month, 1), date(2026, month, last), f"2026-0{month}"))
        for month, last in ((1, 31), (2, 28), (3, 31))
    )
    assert meeting.amended == (
        Amendment(january, date(2026, 1, 23), "340/SVHTTDL-VP", "lùi thời gian"),
        Amendment(february, date(2026, 2, 20)),
        Amendment(march, date(2026, 5, 4), "99/KH-UBND", "bận"),
    )
    assert (meeting.title, meeting.stated) == ("Chuẩn bị họp", "Tháng 9")
    assert isinstance(meeting.deadlines[""], Within)
    assert meeting.deadlines[""].period.text == "2026-09"


def test_an_amendment_of_one_part_leaves_the_others(found: Programme) -> None:
    task = found.tasks["A.4"]
    assert task.deadlines["báo cáo"] == After("hop-quy-i", Offset(30, "days"))
    assert [(each.part, each.until_on) for each in task.amended] == [("báo cáo", date(2026, 5, 4))]
    assert isinstance(task.deadlines["phát động"], Within)


def test_events_keep_what_makes_them_happen(found: Programme) -> None:
    events = found.events
    assert events["hop-giao-ban"].dates == (date(2026, 4, 10), date(2026, 7, 10))
    assert events["sau-tong-ket"].after == ("hop-quy-i", Offset(10, "days"))
    assert events["co-ke-hoach"].when_done == "A.4"
    watch = events["de-an-an-ninh-mang"].watch
    assert watch is not None
    assert (watch.ask, watch.every, watch.expected) == ("cong-an", "month", date(2026, 6, 30))


@pytest.mark.parametrize(
    "deadline",
    [
        "{every: month, on: 31, from: 2026-07, until: 2026-08}",
        "{every: 2 months, on: 31, from: 2026-05, until: 2026-08}",
        "{every: 4 years, on: 02-29, from: 2028}",
        "{continuous: true, review: {every: year, on: 02-29, from: 2028, until: 2028}}",
    ],
)
def test_a_day_that_only_other_months_lack_needs_no_rounding(deadline: str) -> None:
    text = programme(f"tasks: [{{id: A.1, title: Việc, lead: so-a, deadline: {deadline}}}]\n")
    text = text.replace(b"period: 2026\n", b"")
    assert load({"a": text, "common.yaml": COMMON}).problems == ()


def test_a_calendar_keeps_every_line_with_its_source(book: Rulebook) -> None:
    calendar = book.calendars["viet-nam-2"]
    assert calendar.holidays[date(2026, 2, 18)].name.vi == "Tết Bính Ngọ"
    assert calendar.worked == {date(2026, 1, 10): "12729/VPCP-KGVX ngày 25/12/2025"}
    assert (calendar.covers, calendar.weekend) == (frozenset({2025, 2026}), frozenset({5, 6}))


def test_sources_point_to_the_task_and_to_its_deadline(meeting: Task) -> None:
    lines = (HERE / "good" / "language.yaml").read_text().splitlines()
    assert lines[meeting.source.line - 1][meeting.source.column - 1 :] == "id: A.14"
    # The deadline in force was written by the amending document.
    assert lines[meeting.deadline_source.line - 1][meeting.deadline_source.column - 1 :].startswith("deadline: 2026-09")


def test_digests_follow_the_text_of_the_programme_alone() -> None:
    one, other = programme(), programme().replace("năm 2026".encode(), "năm 2027".encode())
    book, same, changed = (
        read(text) for text in (COMMON + b"---\n" + one, b"# x\n" + one + b"---\n" + COMMON, COMMON + b"---\n" + other)
    )
    digests = [each.programmes["ke-hoach"].digest for each in (book, same, changed)]
    assert digests[0] == digests[1] != digests[2]
    assert len({each.digest for each in (book, same, changed)}) == 3
