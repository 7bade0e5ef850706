"""What became of deadlines, leads and events in the week of a summary, as the database knows it."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from db.facts import Said
from rules.periodic.changed import from_to
from rules.periodic.period import read_period
from rules.periodic.snapshot import Snapshot
from rules.periodic.stored import as_json, from_text, to_text
from rules.programme import Occurred
from scheduler.extending import decided_extension
from scheduler.periodic.gathering import snapshot_at
from scheduler.recording import did_not_happen, happened, reported, verified
from tests.extending import STANDING, asked, granted
from tests.offices import DAY, HOUR, ONE_TASK, Desk, open_desk, text_of
from tests.scheduler.test_periodic import FREE, OFFICE, TASKS, WEEK, at, kept, local, message, one, said


def drawn(desk: Desk, period: str, moment: str) -> Snapshot:
    with desk.engine.connect() as connection:
        found = snapshot_at(connection, desk.config, OFFICE, read_period(period), at=local(moment))
    assert found is not None
    return found


def test_a_summary_tells_which_deadlines_moved_in_its_week_and_what_was_refused(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.now += DAY
    granted(desk, asked(desk, one(desk, "A.1").key, date(2026, 4, 15)))
    refused = asked(desk, one(desk, "A.4").key, date(2026, 4, 20))
    decided_extension(desk.office, refused.id, "refused", Said(STANDING, desk.now, "gắn với kỳ họp", via="web"))
    desk.apply(TASKS.replace("2026-03-20", "2026-04-24"))
    found = drawn(desk, "2026-W14", "2026-04-03T17:00")
    assert {(one.kind, one.number, one.units, one.before, one.after) for one in found.moved} == {
        ("moved", "A.1", ("Sở 2",), date(2026, 4, 3), date(2026, 4, 15)),
        ("moved", "A.2", ("Sở 3",), date(2026, 3, 20), date(2026, 4, 24)),
        ("refused", "A.4", ("Sở 2", "Sở 3"), date(2026, 4, 10), date(2026, 4, 20)),
    }
    told = {one.number: (one.document, one.reason) for one in found.moved}
    assert (told["A.1"], told["A.4"]) == (("12/SKHCN-VP", ""), ("", "gắn với kỳ họp"))
    assert drawn(desk, "2026-W14", "2026-03-30T07:59").moved == ()
    assert drawn(desk, "2026-W15", "2026-04-10T17:00").moved == ()


def test_the_hour_of_a_deadline_stays_with_it_when_it_is_moved_or_not(desk: Desk) -> None:
    desk.apply(
        TASKS.replace("2026-04-03", '{by: 2026-04-03, at: "15:00"}').replace(
            "2026-04-10", '{by: 2026-04-10, at: "10:00"}'
        )
    )
    desk.now += DAY
    granted(desk, asked(desk, one(desk, "A.1").key, date(2026, 4, 15)))
    refused = asked(desk, one(desk, "A.4").key, date(2026, 4, 20))
    decided_extension(desk.office, refused.id, "refused", Said(STANDING, desk.now, "gấp", via="web"))
    found = drawn(desk, "2026-W14", "2026-04-03T17:00")
    assert {one.number: from_to(one) for one in found.moved} == {
        "A.1": (
            "hạn từ 15h00 ngày 03/4/2026 thành 15h00 ngày 15/4/2026, theo 12/SKHCN-VP",
            "due 15:00 on 15 April 2026 instead of 15:00 on 3 April 2026, by 12/SKHCN-VP",
        ),
        "A.4": (
            "không đồng ý gia hạn đến 10h00 ngày 20/4/2026 (gấp); hạn vẫn là 10h00 ngày 10/4/2026",
            "an extension until 10:00 on 20 April 2026 was refused (gấp); still due 10:00 on 10 April 2026",
        ),
    }
    assert from_text(to_text(found)) == found


def test_a_deadline_that_moved_there_and_back_is_not_told(desk: Desk) -> None:
    desk.apply(TASKS)
    for day in ("2026-04-24", "2026-03-20"):
        desk.now += DAY
        desk.apply(TASKS.replace("2026-03-20", day))
    assert drawn(desk, "2026-W14", "2026-04-03T17:00").moved == ()


EVENTS = (
    "  de-an: {title: Ban hành đề án}\n"
    "  trien-khai: {title: Triển khai đề án, after: {event: de-an, within: 5 days}}\n"
    "  hop-bao: {title: Họp báo}\n"
)
HANGING = TASKS + (
    "  - {id: B.1, title: Kế hoạch triển khai, lead: {each: [u2, u3]}, deadline: {after: de-an, within: 10 days}}\n"
    "  - {id: B.2, title: Sơ kết đề án, lead: u3, deadline: {after: trien-khai, within: 1 weeks}}\n"
    "  - {id: B.3, title: Thông cáo, lead: u1, deadline: {after: hop-bao}}\n"
)


def record(desk: Desk, event: str, on: date, document: str | None = None) -> int:
    desk.now += HOUR
    return happened(desk.office, "p", event, Occurred(on), said(desk), document=document)


def take_back(desk: Desk, number: int) -> None:
    desk.now += HOUR
    did_not_happen(desk.office, number, "p", said(desk, "ghi nhầm"))


def led(old: str, new: str, tasks: str = TASKS) -> str:
    assert old in tasks
    return tasks.replace(old, new)


def passed(found: Snapshot) -> list[tuple[object, ...]]:
    return [(one.number, one.names_before, one.names_after, str(one.on), one.document) for one in found.passed]


def test_a_summary_tells_which_tasks_passed_to_other_units_in_its_week(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.now += DAY
    basis = "2026-04-03, basis: 95/UBND-TH ngày 30/3/2026"
    edited = led("lead: u2, deadline: 2026-04-03", f"lead: u3, deadline: {basis}")
    edited = led("lead: {each: all}", "lead: {each: [u1, u2]}", edited)
    desk.apply(led("lead: [u2, u3]", "lead: u2", edited))
    assert passed(drawn(desk, WEEK, "2026-04-03T17:00")) == [
        ("A.1", ("Sở 2",), ("Sở 3",), "2026-03-31", "95/UBND-TH ngày 30/3/2026"),
        # Of a unit that has to report no more, nobody else has to report instead.
        ("A.4", ("Sở 2", "Sở 3"), ("Sở 2",), "2026-03-31", ""),
    ]
    assert drawn(desk, WEEK, "2026-03-31T06:59").passed == ()
    assert drawn(desk, "2026-W15", "2026-04-10T17:00").passed == ()


def test_a_lead_that_passed_there_and_back_is_not_told_and_one_that_passed_on_is_told_once(desk: Desk) -> None:
    desk.apply(TASKS)
    for unit in ("u3", "u1", "u2"):
        desk.now += HOUR
        desk.apply(led("A.1, title: Kế hoạch hạ tầng số, lead: u2", f"A.1, title: Kế hoạch hạ tầng số, lead: {unit}"))
    assert [one.after for one in drawn(desk, WEEK, "2026-03-30T09:30").passed] == [("u1",)]
    assert drawn(desk, WEEK, "2026-04-03T17:00").passed == ()


def test_what_recurs_passes_as_one_task(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.now += DAY
    desk.apply(led("lead: {each: all}", "lead: {each: [u1, u2]}"))
    assert drawn(desk, WEEK, "2026-04-03T17:00").passed == ()
    desk.apply(led("lead: {each: all}", "lead: {each: [u1]}"))
    desk.now += DAY
    desk.apply(led("lead: {each: all}", "lead: {each: [u3]}"))
    [one] = drawn(desk, WEEK, "2026-04-03T17:00").passed
    assert (one.number, one.before, one.after) == ("A.3", ("u1",), ("u3",))


def test_a_unit_that_the_directory_has_no_more_is_called_as_it_was(desk: Desk) -> None:
    desk.apply(ONE_TASK.replace("u2", "u3"))
    desk.now += DAY
    desk.apply(ONE_TASK, units=2)
    assert passed(drawn(desk, WEEK, "2026-04-03T17:00")) == [("A.1", ("Sở 3",), ("Sở 2",), "2026-03-31", "")]


def test_what_was_returned_before_it_passed_has_passed(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.now += DAY
    desk.evaluate()
    reported(desk.office, [one(desk, "A.1")], "done", said(desk), on=date(2026, 3, 31))
    desk.now += HOUR
    verified(desk.office, one(desk, "A.1"), "returned", said(desk, "thiếu phụ lục"))
    desk.now += HOUR
    desk.apply(led("A.1, title: Kế hoạch hạ tầng số, lead: u2", "A.1, title: Kế hoạch hạ tầng số, lead: u3"))
    assert [one.number for one in drawn(desk, WEEK, "2026-04-03T17:00").passed] == ["A.1"]


def test_a_summary_tells_which_events_were_recorded_in_its_week_and_what_runs_from_them(desk: Desk) -> None:
    desk.apply(HANGING, events=EVENTS)
    record(desk, "de-an", date(2026, 3, 28), "12/KH-UBND")
    [one] = drawn(desk, WEEK, "2026-04-03T17:00").happened
    assert (one.kind, one.title, str(one.when.on), one.document) == (
        "recorded",
        "Ban hành đề án",
        "2026-03-28",
        "12/KH-UBND",
    )
    assert [(begun.number, begun.owers, begun.units, str(begun.due)) for begun in one.begun] == [
        ("B.1", ("u2", "u3"), ("Sở 2", "Sở 3"), "2026-04-07"),
        ("B.2", ("u3",), ("Sở 3",), "2026-04-09"),
    ]
    assert one.leads == ("u2", "u3")
    assert drawn(desk, WEEK, "2026-03-30T07:59").happened == ()
    assert drawn(desk, "2026-W15", "2026-04-10T17:00").happened == ()


def test_an_event_taken_back_or_recorded_anew_is_told_as_such_and_as_it_was_known(desk: Desk) -> None:
    desk.apply(HANGING, events=EVENTS)
    wrong = record(desk, "de-an", date(2026, 3, 28))
    mistaken = record(desk, "hop-bao", date(2026, 3, 29))
    take_back(desk, mistaken)
    desk.now = local("2026-04-01T08:00")
    take_back(desk, wrong)
    record(desk, "de-an", date(2026, 3, 30))

    def told(period: str, at: str) -> list[tuple[object, ...]]:
        return [
            (one.event, one.kind, one.when.on.day, one.before.on.day if one.before else None, len(one.begun))
            for one in drawn(desk, period, at).happened
        ]

    assert told(WEEK, "2026-04-03T17:00") == [("de-an", "corrected", 30, 28, 2), ("hop-bao", "retracted", 29, None, 0)]
    # As it was known at each hour.
    assert told(WEEK, "2026-03-30T08:30") == [("de-an", "recorded", 28, None, 2)]
    assert told(WEEK, "2026-04-01T09:30") == [
        ("de-an", "retracted", 28, None, 0),
        ("hop-bao", "retracted", 29, None, 0),
    ]


def test_deadlines_that_ran_before_an_event_was_recorded_did_not_begin_because_of_it(desk: Desk) -> None:
    desk.apply(HANGING, events=EVENTS.replace("Ban hành đề án", "Ban hành đề án, date: 2026-03-28"))
    record(desk, "de-an", date(2026, 3, 28))
    [one] = drawn(desk, WEEK, "2026-04-03T17:00").happened
    assert (one.kind, one.begun) == ("recorded", ())


@pytest.fixture
def free(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    """An office whose summary leaves on Friday, unconfirmed."""
    opened = open_desk(tmp_path / "office", database_url, **FREE)
    yield opened
    opened.engine.dispose()


def test_a_lead_passed_on_and_an_event_of_the_week_stand_in_all_that_is_sent(free: Desk) -> None:
    free.apply(HANGING, events=EVENTS)
    free.evaluate()
    free.now += DAY
    edited = HANGING.replace("lead: u2, deadline: 2026-04-03", "lead: u3, deadline: 2026-04-03, basis: 95/UBND-TH")
    free.apply(edited, events=EVENTS)
    free.evaluate()
    record(free, "de-an", date(2026, 3, 28), "12/KH-UBND")
    letters = [one for one in at(free, "2026-04-03T17:00") if "Báo cáo tuần" in one.subject]
    moves = "A.1. Kế hoạch hạ tầng số – chuyển từ Sở 2 sang Sở 3 từ ngày 31/3/2026, theo 95/UBND-TH"
    event = [
        "Ban hành đề án: ngày 28/3/2026, theo 12/KH-UBND; thời hạn tính theo đó:",
        "+ B.1. Kế hoạch triển khai (Sở 2; Sở 3): hạn 07/4/2026",
        "+ B.2. Sơ kết đề án (Sở 3): hạn 09/4/2026",
    ]
    text = [line.strip() for line in text_of(letters[0]).splitlines()]
    assert "Chuyển cơ quan chủ trì trong tuần (1):" in text
    assert f"- {moves}" in text
    assert "Sự kiện được ghi nhận trong tuần (1):" in text
    assert text[text.index(f"- {event[0]}") + 1 :][:2] == event[1:]
    word, excel = (BytesIO(part.get_content()) for part in message(letters[0]).iter_attachments())
    lines = [one.text for one in Document(word).paragraphs]
    assert f"- {moves}." in lines
    assert lines[lines.index(f"- {event[0]}") + 1 :][:2] == [event[1], f"{event[2]}."]
    page = load_workbook(excel)["Thay đổi trong kỳ"]
    rows = [row for row in page.iter_rows(values_only=True) if row[1] == "p"]
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("Chuyển cơ quan chủ trì", "A.1", "Sở 3"),
        ("Ghi nhận sự kiện", None, None),
        ("Thời hạn theo sự kiện", "B.1", "Sở 2; Sở 3"),
        ("Thời hạn theo sự kiện", "B.2", "Sở 3"),
    ]
    sent = kept(free, "sent")
    assert sent is not None
    stored = as_json(sent)
    assert [(one["number"], one["before"], one["after"]) for one in stored["passed"]] == [("A.1", ["u2"], ["u3"])]
    [one] = stored["events"]
    assert (one["event"], one["on"], [each["due"] for each in one["deadlines"]]) == (
        "de-an",
        "2026-03-28",
        ["2026-04-07", "2026-04-09"],
    )
    # Drawn up later as of that hour it says the same, whatever came after.
    take_back(free, 1)
    free.apply(HANGING, events=EVENTS)
    free.evaluate()
    again = drawn(free, WEEK, "2026-04-03T17:00")
    assert (again.passed, again.happened) == (sent.passed, sent.happened)
    [after] = at(free, "2026-04-10T17:00")[-1:]
    told = text_of(after).replace("\r\n", "\n")
    assert "- A.1. Kế hoạch hạ tầng số – chuyển từ Sở 3 sang Sở 2 từ ngày 03/4/2026" in told
    assert "- Ban hành đề án: đã rút việc ghi nhận ngày 28/3/2026\n" in told
