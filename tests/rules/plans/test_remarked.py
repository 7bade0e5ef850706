"""What a plan says beside its cells: notes, remarks that work is done, dates left over; and a head without blanks."""

from datetime import date

import pytest

from rules.plans.reading import read_plan
from rules.plans.sources.opening import pages
from tests.rules.plans.builders.word import cell, docx, notes, paragraph, row, run, table
from tests.rules.plans.tabled import draft

COMMENT = '<w:r><w:commentReference w:id="0"/></w:r>'
HEAD = "STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời gian hoàn thành\n"


def test_what_is_asked_of_one_row_does_not_hold_how_many_others_there_are() -> None:
    def asked(standing: int) -> list[str]:
        rows = [f"{n} ¦ Rà soát {n} (Nhiệm vụ thường xuyên) ¦ Sở A ¦ Ngày 01/01/2026" for n in range(2, 2 + standing)]
        first, *_ = draft(HEAD + "\n".join(["1 ¦ Lập kế hoạch ¦ Sở A ¦ Ngày 01/01/2026", *rows])).tasks
        return [doubt.said.vi for doubt in first.doubts]

    assert asked(4) == asked(5) != []


def test_two_dates_that_nothing_joins_are_asked_about() -> None:
    first, second = draft(HEAD + "1 ¦ a ¦ Sở A ¦ 30/6/2026 30/9/2026\n2 ¦ b ¦ Sở B ¦ 30/6/2026 và 30/9/2026").tasks
    assert [doubt.said.en for doubt in first.doubts] == [
        "Two dates side by side («30/6/2026 30/9/2026»): two deadlines, or an old one that was not deleted."
    ]
    assert second.doubts == ()


def test_a_head_without_blank_lines_is_read_line_by_line() -> None:
    lines = [
        *("ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN", "Số: 12/KH-UBND", "Thái Nguyên, ngày 05 tháng 02 năm 2026"),
        *("KẾ HOẠCH", "Triển khai chuyển đổi số", "trên địa bàn tỉnh năm 2026"),
    ]
    found = draft("\n".join(lines) + f"\n{HEAD}1 ¦ a ¦ Sở A ¦ Tháng 3", year=None)
    document = found.document
    assert (document.number, document.date, document.year) == ("12/KH-UBND", date(2026, 2, 5), 2026)
    assert document.subject == "Triển khai chuyển đổi số trên địa bàn tỉnh năm 2026"
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        ("(Đã thực hiện)", True),
        ("Đã hoàn thành trong tháng 4; Nhiệm vụ bổ sung", True),
        ("Theo danh mục đã ban hành của tỉnh", False),
        ("Nhiệm vụ bổ sung", False),
    ],
)
def test_a_note_that_a_task_is_done_is_asked_about(note: str, is_asked: bool) -> None:
    text = f"STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời hạn ¦ Ghi chú\n1 ¦ a ¦ Sở A ¦ Tháng 4/2026 ¦ {note}"
    (task,) = draft(text).tasks
    assert any("report it as done" in doubt.said.en for doubt in task.doubts) is is_asked


def test_a_note_at_a_row_is_kept_with_it_and_asked_about_where_it_may_hold_a_deadline() -> None:
    def noted(number: int) -> str:
        return cell(paragraph(run("30/6/2026") + f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'))

    head = row("STT", "Nhiệm vụ", "Cơ quan chủ trì", cell(paragraph(run("Thời hạn") + COMMENT)))
    rows = [row("1", "a", "Sở A", noted(1)), row("2", "b", "Sở B", noted(2)), row("3", "c", "Sở C", "Tháng 5")]
    footnotes = notes("footnote", {1: "Riêng cấp xã hoàn thành trước ngày 31/3/2026", 2: "Do Sở B đề xuất"})
    found = pages(docx(table(head, *rows), footnotes=footnotes, comments=notes("comment", {0: "Đã hỏi"})))
    draft = read_plan(found, directory=None, year=2026)
    assert [task.note for task in draft.tasks] == [
        "Riêng cấp xã hoàn thành trước ngày 31/3/2026",
        "Do Sở B đề xuất",
        "",
    ]
    assert [[doubt.field for doubt in task.doubts] for task in draft.tasks] == [["stated"], [], []]
    assert "«Riêng cấp xã hoàn thành trước ngày 31/3/2026»" in draft.tasks[0].doubts[0].said.en
    assert [doubt.said.en for doubt in draft.doubts if "note" in doubt.said.en] == [
        "A note in the table belongs to no task and was not read: «Đã hỏi»."
    ]
