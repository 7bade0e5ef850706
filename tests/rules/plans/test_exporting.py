"""What a sheet of a programme says: its head, a row for each task, how each stands, and how many stand so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.plans.exporting.byrules import standing_by_rules
from rules.plans.exporting.composing import compose
from rules.plans.exporting.sheet import Line, Section
from rules.plans.exporting.stands import State, counted
from rules.plans.exporting.texts import reference
from rules.programme import Document
from rules.roster import Roster
from rules.status import NAMES, Timeliness
from tests.rules.books import POLICY, PROGRAMME, book, one, task
from tests.rules.plans.sheets import DONE, row, sheet_of, stand

DETAILED = PROGRAMME.replace("Chương trình công tác", "Chương trình công tác năm 2026")
TITLES = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Người đứng đầu chịu trách nhiệm", "Cơ quan phối hợp", "Sản phẩm",
          "Thời hạn", "Ngày đến hạn", "Tiến độ", "Tình trạng thời hạn", "Xác nhận", "Ghi chú")  # fmt: skip


# --- the head ----------------------------------------------------------------------------------------------------


def test_the_head_names_the_document_and_the_day_and_claims_no_number_of_its_own() -> None:
    sheet = sheet_of(book(task("2026-03")))
    assert sheet.kind == "BẢN THEO DÕI THỰC HIỆN NHIỆM VỤ"
    assert sheet.reference == "(Kèm theo Chương trình số 01/CTr ngày 01 tháng 12 năm 2025 của Tỉnh)"
    assert sheet.state == "Bản theo dõi ngày 02/4/2026"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Document("07-QĐ/BCĐ", date(2026, 3, 7)), "(Kèm theo Quyết định số 07-QĐ/BCĐ ngày 07 tháng 3 năm 2026)"),
        (Document("3450/KH-UBND", None, "UBND tỉnh"), "(Kèm theo Kế hoạch số 3450/KH-UBND của UBND tỉnh)"),
        (Document("/CV-BCĐ"), "(Kèm theo Công văn số …/CV-BCĐ)"),  # the number is left blank
        (Document("12/UBND-TH"), "(Kèm theo văn bản số 12/UBND-TH)"),  # its kind is not in its number
    ],
)  # fmt: skip
def test_a_document_is_called_by_the_kind_in_its_number(document: Document, said: str) -> None:
    assert reference(document).vi == said


def test_a_sheet_by_the_rules_alone_says_that_it_knows_no_reports() -> None:
    rules = book(task("2026-03"))
    programme, directory = rules.programmes["ct"], rules.directories["tinh"]
    sheet = compose(programme, directory, (), on=date(2026, 4, 2), recorded=False)
    assert sheet.state == "Bản theo dõi ngày 02/4/2026 (tính theo thời hạn của văn bản, chưa có báo cáo của các đơn vị)"


# --- rows --------------------------------------------------------------------------------------------------------


def test_a_row_says_all_that_the_plan_says_and_how_it_stands() -> None:
    more = "coordinate: [b, cac-so], product: Kế hoạch, stated: Tháng 3, note: Bổ sung"
    found = row(sheet_of(book(task("2026-03", more=more))))
    assert {heading: cell.text for heading, cell in found.items()} == dict(
        zip(
            TITLES,
            ("T.1", "Việc T.1", "Sở A", "Giám đốc Sở A", "Sở B; Các sở", "Kế hoạch", "Tháng 3", "31/3/2026",
             "Chưa thực hiện", "Quá hạn 2 ngày", "Chưa báo cáo", "Bổ sung"),
            strict=True,
        )
    )  # fmt: skip
    assert found["Ngày đến hạn"].day == date(2026, 3, 31)
    assert found["Tình trạng thời hạn"].tone is Timeliness.LATE


def test_a_deadline_without_stated_words_is_said_as_offices_say_it() -> None:
    assert row(sheet_of(book(task("2026-Q2"))))["Thời hạn"].text == "Quý II/2026"


def test_an_event_stands_in_a_deadline_by_its_title() -> None:
    events = "events:\n  de-an: {title: Trung ương ban hành Đề án}\n"
    found = row(sheet_of(book(events + task("{after: de-an, within: 30 days}"))))
    assert found["Thời hạn"].text == "Trong 30 ngày kể từ khi Trung ương ban hành Đề án"
    assert (found["Ngày đến hạn"].text, found["Tiến độ"].text) == ("", "Chưa thực hiện")


def test_a_deadline_with_an_hour_shows_it_and_is_no_bare_day() -> None:
    due = row(sheet_of(book(task('{by: 2026-04-03, at: "09:00"}'))))["Ngày đến hạn"]
    assert (due.text, due.day) == ("09h00 03/4/2026", None)


AMENDED = "stated: Tháng 9, amended: [{deadline: 2026-01, until: 340/SVHTTDL-VP of 2026-01-23, why: đổi}]"


def test_an_amended_deadline_shows_the_old_one_and_what_changed_it() -> None:
    found = row(sheet_of(book(task("2026-09", more=AMENDED))))
    assert found["Thời hạn"].text == "Tháng 9"
    assert (
        found["Ghi chú"].text == "Điều chỉnh thời hạn từ tháng 01/2026 theo văn bản số 340/SVHTTDL-VP ngày 23/01/2026"
    )


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Nhiệm vụ bổ sung.", "Nhiệm vụ bổ sung;\nĐiều chỉnh thời hạn từ tháng 01/2026 theo văn bản số 340/SVHTTDL-VP ngày 23/01/2026"),
        ("Thay đổi thời gian từ tháng 01/2026", "Thay đổi thời gian từ tháng 01/2026"),
        ("Dời hạn theo Công văn 340/SVHTTDL-VP.", "Dời hạn theo Công văn 340/SVHTTDL-VP."),
    ],
)  # fmt: skip
def test_a_change_that_the_note_speaks_of_is_not_said_again(note: str, said: str) -> None:
    found = row(sheet_of(book(task("2026-09", more=f"{AMENDED}, note: {note!r}"))))
    assert found["Ghi chú"].text == said


def test_a_deadline_beyond_the_announced_days_off_is_remarked_while_it_is_open() -> None:
    rules = book(task("2027-01-31", more="note: Gấp"))
    assert row(sheet_of(rules))["Ghi chú"].text == "Gấp;\nTạm tính: lịch nghỉ của thời gian này chưa được công bố"
    done = stand(DONE, due="2027-01-31", done_on="2026-03-01")
    done = replace(done, term=replace(done.term, provisional=True))
    assert row(sheet_of(rules, stands=[done]))["Ghi chú"].text == "Gấp"


def test_before_the_amendment_the_old_deadline_stands() -> None:
    found = row(sheet_of(book(task("2026-09", more=AMENDED)), "2026-01-10"))
    assert (found["Thời hạn"].text, found["Ngày đến hạn"].text, found["Ghi chú"].text) == (
        "Tháng 01/2026",
        "31/01/2026",
        "",
    )


def test_parts_are_told_apart() -> None:
    parts = "tasks:\n  - {id: T.1, title: Việc, lead: a, deadlines: {phát động: 2026-03, báo cáo: 2026-06}}\n"
    found = row(sheet_of(book(parts)))
    assert found["Ngày đến hạn"].text == "phát động: 31/3/2026\nbáo cáo: 30/6/2026"
    assert found["Tình trạng thời hạn"].text == "Quá hạn 2 ngày: phát động\nTrong hạn: báo cáo"
    assert found["Thời hạn"].text == "Phát động: tháng 3/2026\nBáo cáo: tháng 6/2026"


def test_a_recurrence_shows_the_occurrence_that_is_running() -> None:
    found = row(sheet_of(book(task("{every: month, on: 25}")), "2026-04-02"))
    assert found["Ngày đến hạn"].day == date(2026, 4, 25)


def test_a_recurrence_that_has_run_out_shows_its_last_occurrence() -> None:
    found = row(sheet_of(book(task("{every: month, on: 25, from: 2025-12, until: 2026-01}")), "2026-04-02"))
    assert found["Ngày đến hạn"].day == date(2026, 1, 25)


def test_a_collective_names_its_heads_together() -> None:
    found = row(sheet_of(book(task("2026-03", lead="{each: cac-so}"))))
    assert (found["Cơ quan chủ trì"].text, found["Người đứng đầu chịu trách nhiệm"].text) == (
        "Các sở",
        "Người đứng đầu các sở",
    )


def test_headings_stand_over_their_rows_once() -> None:
    sections = ("I. Thể chế > 1. Đảng", "I. Thể chế > 1. Đảng", "I. Thể chế > 2. Nhà nước", "II. Hạ tầng", "B")
    tasks = "".join(one("2026", id=f"T.{n}", more=f"section: {said!r}") for n, said in enumerate(sections))
    rows = sheet_of(book(f"tasks:\n{tasks}")).grids[0].rows
    assert [(found.text, found.level) if isinstance(found, Section) else found.cells[0].text for found in rows] == [
        ("I. Thể chế", 0), ("1. Đảng", 1), "T.0", "T.1", ("2. Nhà nước", 1), "T.2", ("II. Hạ tầng", 0), "T.3", ("Mục B", 0), "T.4",
    ]  # fmt: skip


def test_no_address_is_written() -> None:
    sheet = sheet_of(book(task("2026-03")))
    assert "@" not in repr(sheet)


def test_in_english_headings_and_states_are_english() -> None:
    found = row(sheet_of(book(task("2026-03")), language="en"))
    assert (found["Progress"].text, found["Timeliness"].text) == ("Not begun", "Late 2 days")


# --- totals ------------------------------------------------------------------------------------------------------


def test_totals_count_every_task_once_on_each_axis() -> None:
    tasks = (
        "tasks:\n"
        + one("2026-03", id="T.1", lead="{each: cac-so}")
        + one("2026-12", id="T.2")
        + one("continuous", id="T.3")
    )
    assert sheet_of(book(tasks)).grids[0].totals == (
        "Tổng số: 3 nhiệm vụ",
        "Tiến độ: Chưa thực hiện 3",
        "Tình trạng thời hạn: Không thời hạn 1; Trong hạn 1; Quá hạn 1",
        "Xác nhận: Chưa báo cáo 3",
    )


@given(st.lists(st.sampled_from(tuple(NAMES))))
def test_what_is_counted_adds_up(states: list[State]) -> None:
    said = counted(states, "vi")
    assert sum(int(part.rpartition(" ")[2]) for part in said.split("; ") if part) == len(states)


# --- indicators --------------------------------------------------------------------------------------------------


def test_indicators_have_a_table_of_their_own_with_a_column_for_each_year() -> None:
    more = 'indicators:\n  - {id: I.1, section: Hạ tầng, title: Phủ sóng 5G, unit: "%", targets: {2026: "≥ 70", 2030: "100"}, owner: a}\n'
    grid = sheet_of(book(task("2026") + more)).grids[1]
    assert [column.heading for column in grid.columns][2:6] == [
        "Đơn vị tính",
        "Mục tiêu năm 2026",
        "Mục tiêu năm 2030",
        "Cơ quan chủ trì",
    ]
    [heading, line] = grid.rows
    assert isinstance(heading, Section)
    assert isinstance(line, Line)
    assert [cell.text for cell in line.cells] == ["I.1", "Phủ sóng 5G", "%", "≥ 70", "100", "Sở A", "", ""]


def test_the_rules_alone_leave_the_clock_to_the_caller() -> None:
    rules = book(task("2026-03"))
    roster = Roster(rules, POLICY, {"ct": {}})
    stands = standing_by_rules(rules.programmes["ct"], roster, now=datetime(2026, 4, 5, tzinfo=UTC))
    assert [(one.status.timeliness, one.days_late) for one in stands] == [(Timeliness.LATE, 5)]
