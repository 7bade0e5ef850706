"""Tables that offices lay out in a way of their own, each written down by hand: `<` and `^` go on cells before them."""

from datetime import date, datetime

import pytest

from rules.plans.draft import Draft
from rules.plans.reading import read_plan
from rules.plans.sources.opening import pages
from tests.rules.plans.builders import excel, word
from tests.rules.plans.builders.layout import Rows
from tests.rules.plans.builders.offices import Part, as_docx

H = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành")
A = ("1", "Ban hành Nghị quyết", "Sở Tư pháp", "Sở Nội vụ", "Nghị quyết", "Quý II/2026")
B = ("2", "Rà soát thủ tục", "Sở Nội vụ", "Các sở", "Báo cáo", "30/6/2026")
C = ("3", "Phủ sóng 5G", "Sở Xây dựng", "", "", "31/12/2026")
FIRST = ("1",)


def docx(*found: Part | Rows) -> Draft:
    made = [part if isinstance(part, str) else [list(row) for row in part] for part in found]
    return drafted(as_docx(made))


def xlsx(*rows: tuple[object, ...]) -> Draft:
    return drafted(excel.xlsx(("Kế hoạch", rows)))


def drafted(data: bytes) -> Draft:
    return read_plan(pages(data), directory=None, year=2026)


def told(draft: Draft) -> list[tuple[str, str, str, str]]:
    return [(task.section, task.no, task.title, task.stated) for task in draft.tasks]


def row(section: str, cells: tuple[str, ...]) -> tuple[str, str, str, str]:
    return (section, cells[0], cells[1], cells[5])


def across(text: str) -> tuple[str, ...]:
    return (text, *"<" * 5)


def asked(draft: Draft) -> list[str]:
    """Return the doubts about the tables: the document has no number and no date."""
    return [doubt.said.en for doubt in draft.doubts if doubt.field not in ("number", "date")]


@pytest.mark.parametrize(
    ("found", "sections"),
    [
        ([[H, ("", "I. THỂ CHẾ", "", "", "", ""), A, ("", "II. Hạ tầng số", "", "", "", ""), B]],
         ("I. THỂ CHẾ", "II. Hạ tầng số")),
        (["I. THỂ CHẾ", [H, A], "II. HẠ TẦNG", [H, (*FIRST, *B[1:])]], ("I. THỂ CHẾ", "II. HẠ TẦNG")),
        ([[across("I. THỂ CHẾ"), H, A], [across("II. HẠ TẦNG"), H, B]], ("I. THỂ CHẾ", "II. HẠ TẦNG")),
        ([[H, ("A", "THỂ CHẾ", "", "", "", ""), A, ("B", "HẠ TẦNG", "", "", "", ""), (*FIRST, *B[1:])]],
         ("A THỂ CHẾ", "B HẠ TẦNG")),
    ],
    ids=["number in the title", "a table each", "above the headings in each table", "numbers begin anew"],
)  # fmt: skip
def test_sections(found: list[Part], sections: tuple[str, str]) -> None:
    draft = docx(*found)
    assert [task.section for task in draft.tasks] == list(sections)
    assert [task.title for task in draft.tasks] == [A[1], B[1]]
    assert asked(draft) == []


@pytest.mark.parametrize("counted", ["(1) (2) (3) (4) (5) (6)", "(1) (2) (3) (4) (5) (6)=(4)+(5)", "A B 1 2 3 4"])
def test_the_numbers_of_columns_are_no_row(counted: str) -> None:
    assert told(docx([H, tuple(counted.split()), A])) == [row("", A)]


def test_titles_above_the_headings_in_the_table_are_those_of_the_document() -> None:
    cited = "(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh)"
    draft = docx([across("PHỤ LỤC"), across("DANH MỤC NHIỆM VỤ NĂM 2026"), across(cited), H, A, B])
    assert told(draft) == [row("", A), row("", B)]
    assert (draft.document.number, draft.document.date) == ("12/KH-UBND", date(2026, 1, 5))
    assert draft.document.subject == "DANH MỤC NHIỆM VỤ NĂM 2026"


def test_a_number_merged_over_two_rows_is_that_of_both() -> None:
    draft = docx([H, A, ("^", *B[1:]), C])
    assert [task.no for task in draft.tasks] == ["1", "1", "3"]
    assert [task.title for task in draft.tasks] == [A[1], B[1], C[1]]


def test_agencies_and_their_heads_in_one_column_are_in_the_lead() -> None:
    (task,) = docx(
        [
            ("TT", "Nội dung", "Cơ quan chủ trì, người đứng đầu", "Thời hạn"),
            ("1", "Ban hành", "Sở A (Giám đốc)", "Quý II"),
        ]
    ).tasks
    assert (task.lead, task.head) == ("Sở A (Giám đốc)", "")


def test_a_beginning_and_an_end_under_one_heading() -> None:
    first, second = docx(
        [("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian", "<"), ("^", "^", "^", "Bắt đầu", "Kết thúc"),
         ("1", "Ban hành", "Sở A", "01/2026", "06/2026"), ("2", "Rà soát", "Sở B", "", "Tháng 9/2026")]
    ).tasks  # fmt: skip
    assert (first.stated, second.stated) == ("Từ 01/2026 đến 06/2026", "Tháng 9/2026")
    assert (first.lead, first.coordinate) == ("Sở A", "")


def test_dates_of_a_workbook_and_empty_columns_between() -> None:
    draft = xlsx(
        ("",) * 8,
        ("", "TT", "", "Nội dung", "Chủ trì", "", "", "Thời hạn"),
        ("", 1, "", "Ban hành", "Sở A", "", "", date(2026, 6, 30)),
        ("", "I", "", "THỂ CHẾ", "", "", "", ""),
        ("", 2, "", "Rà soát", "Sở B", "", "", "Quý III"),
    )
    assert told(draft) == [("", "1", "Ban hành", "30/06/2026"), ("I THỂ CHẾ", "2", "Rà soát", "Quý III")]


@pytest.mark.parametrize(
    "header",
    [
        ("No.", "Task", "Lead agency", "Coordinating agencies", "Output", "Deadline"),
        (
            "No",
            "Nhiệm vụ (Task)",
            "Cơ quan chủ trì / Lead",
            "Phối hợp / Coordination",
            "Sản phẩm / Deliverable",
            "Due on",
        ),
        (
            "- STT",
            "• Nội dung\nnhiệm vụ",
            "+ Cơ quan\nchủ\ntrì",
            "• Phối\nhợp",
            "* Sản\nphẩm",
            "Thời\ngian\n(hoàn thành)",
        ),
        ("stt", "nhiệm vụ", "chủ trì", "phối hợp", "sản phẩm", "hạn"),
    ],
)
def test_headings_in_two_languages_with_signs_and_line_ends(header: tuple[str, ...]) -> None:
    (task,) = xlsx(header, A).tasks
    assert (task.no, task.title, task.lead, task.coordinate, task.product, task.stated) == A


@pytest.mark.parametrize(
    "below",
    [
        across("Ghi chú: Các đơn vị báo cáo kết quả về Sở Nội vụ trước ngày 25 hằng tháng."),
        ("Ghi chú: (*) Nhiệm vụ bổ sung.", "", "", "", "", ""),
        ("", "Tổng cộng: 02 nhiệm vụ", "", "", "", ""),
        ("Tổng số", "2", "", "", "", ""),
    ],
)
def test_notes_and_sums_below_are_no_tasks_and_are_told(below: tuple[str, ...]) -> None:
    draft = docx([H, A, B, below])
    assert told(draft) == [row("", A), row("", B)]
    (said,) = asked(draft)
    assert said.startswith(f"Row «{next(filter(None, below))}"[:20])


def test_a_heading_without_rows_is_told() -> None:
    draft = docx([H, A, across("Các đơn vị báo cáo trước ngày 25 hằng tháng")])
    assert asked(draft) == [
        "No row stands under the heading «Các đơn vị báo cáo trước ngày 25 hằng tháng»; if it is a task, it was not read."
    ]


@pytest.mark.parametrize("between", [[], ["Phụ lục II"]])
def test_a_second_annex_has_columns_of_its_own(between: list[Part]) -> None:
    second = [("TT", "Tên đề án", "Thời hạn trình", "Đơn vị soạn thảo"), ("1", "Đề án A", "Tháng 6", "Sở X")]
    *_, task = docx([H, A, B], *between, second).tasks
    assert (task.title, task.stated, task.lead) == ("Đề án A", "Tháng 6", "Sở X")


def test_a_table_torn_in_two_to_fit_the_paper_is_one() -> None:
    left = [("TT", "Nhiệm vụ", "Cơ quan chủ trì"), ("1", "Ban hành", "Sở Tư pháp"), ("2", "Rà soát", "Sở Nội vụ")]
    right = [("TT", "Sản phẩm", "Thời hạn"), ("1", "Nghị quyết", "Quý II"), ("2", "Báo cáo", "30/6/2026")]
    found = [(task.no, task.title, task.product, task.stated) for task in docx(left, right).tasks]
    assert found == [("1", "Ban hành", "Nghị quyết", "Quý II"), ("2", "Rà soát", "Báo cáo", "30/6/2026")]


def test_two_halves_beside_each_other_are_read_one_after_the_other() -> None:
    half = ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
    draft = xlsx(
        (*half, "", *half),
        (1, "Ban hành", "Sở A", "Quý II", "", 3, "Kho dữ liệu", "Sở C", "Quý IV"),
        (2, "Rà soát", "Sở B", "Quý III", "", "", "", "", ""),
    )
    assert [(task.no, task.title, task.stated) for task in draft.tasks] == [
        ("1", "Ban hành", "Quý II"), ("2", "Rà soát", "Quý III"), ("3", "Kho dữ liệu", "Quý IV"),
    ]  # fmt: skip
    assert asked(draft) == []


def test_how_far_a_task_has_come_is_no_part_of_the_plan() -> None:
    status = ("Tình trạng", "Kết quả thực hiện", "Tiến độ", "Xác nhận", "Ngày đến hạn", "Tình trạng thời hạn")
    draft = docx([(*H, *status), (*A, "Đang làm", "50%", "Đúng hạn", "Rồi", "30/6/2026", "Còn 5 ngày")])
    assert told(draft) == [row("", A)]
    assert (draft.tasks[0].product, dict(draft.tasks[0].extra)) == (A[4], {})
    assert asked(draft) == []


def test_progress_alone_is_the_column_of_deadlines() -> None:
    (task,) = docx([("TT", "Nhiệm vụ", "Chủ trì", "Tiến độ"), ("1", "Ban hành", "Sở A", "Quý II")]).tasks
    assert task.stated == "Quý II"


def test_columns_without_a_heading_or_with_the_same_keep_their_texts_apart() -> None:
    (task,) = docx([(*H, "Lạ", "Lạ", ""), (*A, "a", "b", "c")]).tasks
    assert dict(task.extra) == {"Lạ": "a", "Lạ (cột 8)": "b", "(cột 9)": "c"}


def test_a_headless_table_of_any_size_is_told_and_a_signature_is_not() -> None:
    signed = word.drawn([("Nơi nhận:\n- Như trên", "", "TM. BAN CHỈ ĐẠO")])
    stray = word.drawn([("Họp", "tháng", "Sở A")])
    draft = drafted(word.docx(word.drawn([H, A]), word.paragraph("Hết"), signed, word.paragraph("Hết"), stray))
    (said,) = asked(draft)
    assert said == "A table of 3 columns and 1 rows has no heading row that was recognised; it was not read."


TWO_ROWS = [
    ("STT", "Nhiệm vụ", "Phân công thực hiện", "<", "Sản phẩm", "Thời gian"),
    ("^", "^", "Chủ trì", "Phối hợp", "^", "Hoàn thành"),
]


@pytest.mark.parametrize("between", [[], [""]])
@pytest.mark.parametrize("rest", [("", ""), ("", "ngành; UBND cấp xã")])
def test_a_row_goes_on_under_two_rows_of_headings_that_are_repeated(between: list[Part], rest: tuple[str, str]) -> None:
    section = ("I", "Quý I năm 2026", "<", "<", "<", "<")
    more = ("", "cho các tổ chức công lập.", *rest, "", "")
    draft = docx([*TWO_ROWS, section, A], *between, [*TWO_ROWS, more, B])
    whole = (A[0], f"{A[1]} {more[1]}", *A[2:])
    assert told(draft) == [row("I Quý I năm 2026", whole), row("I Quý I năm 2026", B)]
    assert [task.coordinate for task in draft.tasks] == [f"{A[3]} {rest[1]}".strip(), B[3]]
    assert asked(draft) == []


def dated_cell(value: object, form: str = "General") -> Draft:
    data = excel.xlsx(
        ("Kế hoạch", [H, (1, *A[1:5], value)]), then=lambda sheet: setattr(sheet["F2"], "number_format", form)
    )
    return drafted(data)


@pytest.mark.parametrize(
    ("form", "alternatives"),
    [("m/d/yyyy", [("2026-06-05",)]), ("yyyy-mm-dd", []), ("d/m/yyyy", []), ("yyyy/m/d", [])],
)
def test_a_deadline_shown_month_first_is_asked_about(form: str, alternatives: list[tuple[str, ...]]) -> None:
    (task,) = dated_cell(datetime(2026, 5, 6), form).tasks
    assert task.reading is not None
    assert task.reading.due == date(2026, 5, 6)
    assert [doubt.alternatives for doubt in task.doubts if doubt.field == "stated"] == alternatives


def test_the_doubt_about_a_cell_is_about_the_field_of_its_column() -> None:
    other = ("m/d/yyyy", datetime(2026, 5, 6))
    data = excel.xlsx(
        ("Kế hoạch", [H, (*A[:4], other[1], "Quý II")]),
        then=lambda sheet: setattr(sheet["E2"], "number_format", other[0]),
    )
    assert [doubt.field for doubt in drafted(data).tasks[0].doubts] == ["product"]


def test_a_number_may_be_a_date_as_excel_keeps_it() -> None:
    (task,) = dated_cell(46203).tasks
    assert [(doubt.field, doubt.alternatives) for doubt in task.doubts] == [("stated", ("2026-06-30",))]
    assert task.reading is not None
    assert task.reading.due is None


@pytest.mark.parametrize(("value", "due"), [(6.2026, date(2026, 6, 30)), (12.203, date(2030, 12, 31))])
def test_a_month_typed_as_a_number_is_that_month_and_asked_about(value: float, due: date) -> None:
    (task,) = dated_cell(value).tasks
    assert task.reading is not None
    assert (task.reading.due, task.reading.confidence) == (due, "check")


@pytest.mark.parametrize("value", [12345, 2026, 13.2026, 6.5])
def test_other_numbers_are_no_dates(value: float) -> None:
    (task,) = dated_cell(value).tasks
    assert not any(doubt.alternatives for doubt in task.doubts)
    assert task.reading is not None
    assert task.reading.kind != "month"
