"""A plan's blocks become a draft: deadlines from columns, ticks and headings, what is doubtful, nothing left unsaid."""

from datetime import date

import pytest

from rules.directory import Directory, OrgUnit
from rules.plans.blocks import Pages
from rules.plans.reading import read_plan
from rules.plans.sources.text import text_pages
from tests.rules.plans.tabled import draft, tabs

HEAD = "STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời gian hoàn thành\n"


def said(text: str, *, year: int | None = 2026) -> list[str]:
    return [doubt.said.en for doubt in draft(text, year=year).doubts]


def test_ticks_under_quarters_are_deadlines() -> None:
    text = "STT ¦ Nhiệm vụ ¦ Đơn vị thực hiện ¦ Thời gian thực hiện ¦¦\n¦¦¦ Quý I ¦ Quý II ¦ Quý III\n1 ¦ a ¦ Sở A ¦ x ¦¦\n2 ¦ b ¦ Sở B ¦¦ x ¦ x"
    first, second = draft(text).tasks
    assert (first.stated, second.stated) == ("Quý I", "Quý II, Quý III")
    assert first.reading is not None
    assert str(first.reading.due) == "2026-03-31"


def test_a_beginning_and_an_end_are_one_span() -> None:
    (task,) = draft("TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Bắt đầu ¦ Hoàn thành\n1 ¦ a ¦ Sở A ¦ 01/02/2026 ¦ 30/6/2026").tasks
    assert task.reading is not None
    assert (str(task.reading.start), str(task.reading.due)) == ("2026-02-01", "2026-06-30")


def test_a_row_without_a_deadline_takes_that_of_its_heading_and_asks() -> None:
    (task,) = draft(HEAD + "I ¦ Quý II năm 2026 ¦¦\n1 ¦ a ¦ Sở A ¦").tasks
    assert task.reading is not None
    assert str(task.reading.due) == "2026-06-30"
    assert task.reading.confidence == "check"


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ("Tháng 2", []),
        # It begins in that quarter; the other waits for an event, whose day is not known.
        ("Tháng 02 đến hết năm 2026", []),
        ("Sau khi Bộ Nội vụ ban hành Đề án", []),
        ("Tháng 5", ["stated"]),
        ("Tháng 5 đến hết năm 2026", ["stated"]),
    ],
)
def test_a_deadline_outside_its_heading_is_asked_about(stated: str, asked: list[str]) -> None:
    (task,) = draft(HEAD + f"I ¦ Quý I năm 2026 ¦¦\n1 ¦ a ¦ Sở A ¦ {stated}").tasks
    assert [doubt.field for doubt in task.doubts] == asked


def test_new_years_day_beside_standing_work_is_a_placeholder() -> None:
    (task,) = draft(HEAD + "1 ¦ Rà soát quy trình (<i>Nhiệm vụ thường xuyên</i>) ¦ Sở A ¦ Ngày 01/01/2026").tasks
    assert task.reading is not None
    assert (task.reading.kind, task.doubts[-1].alternatives) == ("continuous", ("2026-01-01",))
    assert task.stated == "Ngày 01/01/2026"


def test_another_day_beside_standing_work_stands_and_is_asked_about() -> None:
    (task,) = draft(HEAD + "1 ¦ Rà soát quy trình (Nhiệm vụ thường xuyên) ¦ Sở A ¦ Ngày 15/12/2026").tasks
    assert task.reading is not None
    assert str(task.reading.due) == "2026-12-15"
    assert [doubt.field for doubt in task.doubts] == ["stated"]


def test_a_deadline_before_the_document_was_issued_is_told() -> None:
    text = f"Số: 12/KH-UBND\n\nThái Nguyên, ngày 15 tháng 3 năm 2026\n\nKẾ HOẠCH năm 2026\n\n{HEAD}1 ¦ a ¦ Sở A ¦ Tháng 02\n2 ¦ b ¦ Sở A ¦ Tháng 4"
    first, second = draft(text, year=None).tasks
    assert first.reading is not None
    assert len((*first.doubts, *first.reading.doubts)) == 1
    assert second.doubts == ()


def test_the_day_of_issue_that_a_person_states_stands_over_the_documents_own() -> None:
    text = f"Số: 12/KH-UBND\n\nThái Nguyên, ngày tháng 3 năm 2026\n\nKẾ HOẠCH năm 2026\n\n{HEAD}1 ¦ a ¦ Sở A ¦ Tháng 02"
    undated, dated = (
        read_plan(text_pages(tabs(text).encode()), directory=None, year=None, issued=day)
        for day in (None, date(2026, 3, 15))
    )
    assert [(found.document.date, found.document.year) for found in (undated, dated)] == [
        (None, 2026),
        (date(2026, 3, 15), 2026),
    ]
    assert "date" in {doubt.field for doubt in undated.doubts}
    assert "date" not in {doubt.field for doubt in dated.doubts}
    assert dated.tasks[0].reading is not None
    assert dated.tasks[0].reading.doubts


def test_without_a_year_only_what_needs_none_is_read() -> None:
    first, second, third = draft(
        HEAD + "1 ¦ a ¦ Sở A ¦ Tháng 3\n2 ¦ b ¦ Sở A ¦ 30/6/2026\n3 ¦ c ¦ Sở A ¦ Thường xuyên", year=None
    ).tasks
    assert first.reading is not None
    assert (first.reading.kind, first.reading.confidence) == ("unspecified", "check")
    assert second.reading is not None
    assert str(second.reading.due) == "2026-06-30"
    assert third.reading is not None
    assert third.reading.kind == "continuous"


def test_a_column_that_was_not_recognised_is_kept_and_named() -> None:
    found = draft("TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Thời hạn ¦ Nguồn vốn ODA\n1 ¦ a ¦ Sở A ¦ Tháng 3 ¦ JICA")
    assert dict(found.tasks[0].extra) == {"Nguồn vốn ODA": "JICA"}
    assert any("«Nguồn vốn ODA»" in doubt.said.en for doubt in found.doubts)


def test_a_column_of_changes_is_kept_without_a_question() -> None:
    found = draft("TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Thời hạn ¦ Nội dung điều chỉnh\n1 ¦ a ¦ Sở A ¦ Tháng 3 ¦ Nhiệm vụ bổ sung")
    assert dict(found.tasks[0].extra) == {"Nội dung điều chỉnh": "Nhiệm vụ bổ sung"}
    assert not any("was not recognised" in doubt.said.en for doubt in found.doubts)


def test_a_table_of_tasks_without_deadlines_is_refused_with_its_columns() -> None:
    text = "STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Sản phẩm\n1 ¦ a ¦ Sở A ¦ Báo cáo"
    assert draft(text).tasks == ()
    assert any("no column of deadlines" in doubt and "«Sản phẩm»" in doubt for doubt in said(text))


def test_headings_may_give_the_deadlines_of_a_table_without_their_column() -> None:
    first, second = draft(
        "STT ¦ Nhiệm vụ ¦ Chủ trì ¦ Sản phẩm\nI ¦ Tháng 3/2026 ¦¦\n1 ¦ a ¦ Sở A ¦ x\nII ¦ Tháng 4/2026 ¦¦\n1 ¦ b ¦ Sở A ¦ y"
    ).tasks
    assert first.reading is not None
    assert second.reading is not None
    assert (str(first.reading.due), str(second.reading.due)) == ("2026-03-31", "2026-04-30")


def test_a_table_without_headings_is_named() -> None:
    text = "\n".join(f"{n} ¦ Việc {n} ¦ Sở A ¦ Báo cáo ¦ Tháng {n}" for n in range(1, 6))
    assert any("no heading row" in doubt for doubt in said(text))


def test_a_text_without_tables_says_so() -> None:
    assert any("No table of tasks" in doubt for doubt in said("Kính gửi: Sở A."))


def test_no_blocks_at_all_are_no_fault() -> None:
    found = read_plan(Pages(()), directory=None, year=None)
    assert found.tasks == ()
    assert found.doubts


def test_a_text_that_ends_in_mid_phrase_is_asked_about() -> None:
    (task,) = draft("TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Thời hạn ¦ Ghi chú\n1 ¦ a ¦ Sở A ¦ Tháng 3 ¦ Bổ sung theo").tasks
    assert "note" in [doubt.field for doubt in task.doubts]


def test_indicators_are_no_tasks() -> None:
    found = draft(
        "STT ¦ Chỉ tiêu ¦ Đơn vị tính ¦ Năm 2026 ¦ Đến năm 2030 ¦ Cơ quan chủ trì\nI ¦ Hạ tầng ¦¦¦¦\n1 ¦ Phủ sóng 5G ¦ % ¦ ≥ 70 ¦ 100 ¦ Sở A"
    )
    assert found.tasks == ()
    assert [(one.title, dict(one.targets), one.owner) for one in found.indicators] == [
        ("Phủ sóng 5G", {2026: "≥ 70", 2030: "100"}, "Sở A")
    ]


def test_the_place_of_a_row_is_told() -> None:
    (task,) = draft(HEAD + "1 ¦ a ¦ Sở A ¦ Tháng 3").tasks
    assert task.at.line == 2


def test_agencies_are_resolved_where_there_is_a_directory() -> None:
    office = Directory("tinh", None, None, {"so-y-te": OrgUnit("so-y-te", "Sở Y tế")}, {})
    text = "TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Phối hợp ¦ Thời hạn\n1 ¦ a ¦ Sở Y tế ¦ Sở Lạ ¦ Tháng 3"
    (task,) = read_plan(text_pages(tabs(text).encode()), directory=office, year=2026).tasks
    assert [agency.ids for agency in task.leads] == [("so-y-te",)]
    assert [agency.sure for agency in task.coordinates] == [False]
    assert draft(text).tasks[0].leads == ()


def test_duties_of_the_text_follow_the_tasks_of_the_tables() -> None:
    text = f"III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế báo cáo kết quả thực hiện trước ngày 20/6/2026.\n\n{HEAD}1 ¦ a ¦ Sở A ¦ Tháng 3"
    assert [(task.no, task.stated) for task in draft(text).tasks] == [("1", "Tháng 3"), ("", "trước ngày 20/6/2026")]


def test_what_a_row_amends_elsewhere_is_told() -> None:
    text = "TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Thời hạn ¦ Nội dung điều chỉnh\n1 ¦ a ¦ Sở A ¦ Tháng 3 ¦ Nhiệm vụ số 03 Phụ lục II cập nhật lại tên"
    assert [(one.target, one.what, one.task) for one in draft(text).amends] == [
        ("Nhiệm vụ số 03 Phụ lục II", "title", "1")
    ]


PLACEHOLDERS = HEAD + "\n".join(
    [*(f"{n} ¦ Rà soát quy trình {n} (Nhiệm vụ thường xuyên) ¦ Sở A ¦ Ngày 01/01/2026" for n in (1, 2)),
     "3 ¦ Hỗ trợ người dân. Nhiệm vụ thường xuyên ¦ Sở A ¦ Ngày 01/01/2026",
     "4 ¦ Giao ban định kỳ ¦ Sở A ¦ 01/01/2026",
     "5 ¦ Ban hành quy chế ¦ Sở A ¦ 02/01/2026"]
)  # fmt: skip


def test_standing_work_may_be_called_so_in_the_last_sentence_of_its_title() -> None:
    task = draft(PLACEHOLDERS).tasks[2]
    assert task.reading is not None
    assert (task.reading.kind, task.doubts[-1].alternatives) == ("continuous", ("2026-01-01",))


def test_a_date_that_is_a_placeholder_elsewhere_in_the_plan_is_asked_about() -> None:
    *_, same, other = draft(PLACEHOLDERS).tasks
    assert same.reading is not None
    assert str(same.reading.due) == "2026-01-01"
    assert [(doubt.field, doubt.alternatives) for doubt in same.doubts] == [("stated", ("continuous",))]
    assert other.doubts == ()


def test_a_date_that_few_rows_of_standing_work_have_is_no_placeholder() -> None:
    few = "\n".join(line for line in PLACEHOLDERS.splitlines() if not line.startswith("3"))
    assert [doubt.field for doubt in draft(few).tasks[2].doubts] == ["no"]


def test_a_task_whose_title_was_guessed_is_asked_about() -> None:
    text = """
    STT ¦ Trọng tâm ¦ Chủ trì ¦ Thời hạn ¦ Ngày giao nhiệm vụ
    1   ¦ Phủ sóng 5G ¦ Sở A ¦ Quý II ¦ Kế hoạch số 5
    """
    (task,) = draft(text).tasks
    assert ("title", True) in [(doubt.field, "«Trọng tâm»" in doubt.said.vi) for doubt in task.doubts]


@pytest.mark.parametrize(
    ("product", "asked"),
    [
        ("Báo cáo (Khi tỉnh được lựa chọn thí điểm)", ["Khi tỉnh được lựa chọn thí điểm"]),
        ("Báo cáo (nếu được Trung ương phê duyệt)", ["nếu được Trung ương phê duyệt"]),
        ("Báo cáo (nếu có)", []),
        ("Báo cáo (kèm danh sách)", []),
    ],
)
def test_work_that_depends_on_something_in_brackets_is_asked_about(product: str, asked: list[str]) -> None:
    text = f"TT ¦ Nhiệm vụ ¦ Chủ trì ¦ Sản phẩm ¦ Thời hạn\n1 ¦ Thí điểm bản sao số ¦ Sở A ¦ {product} ¦ 9/2026"
    (task,) = draft(text).tasks
    conditions = [doubt for doubt in task.doubts if doubt.field == "stated"]
    assert [doubt.alternatives for doubt in conditions] == [(f'{{set_by: "{each}"}}',) for each in asked]
    assert all(f"«{each}»" in doubt.said.en for each, doubt in zip(asked, conditions, strict=True))
