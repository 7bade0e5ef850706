"""What the rows of a plan say against one another or against themselves becomes a question, with its answers."""

import pytest

from rules.plans.draft import Doubt, DraftTask
from tests.rules.plans.tabled import draft

HEAD = "STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời gian hoàn thành\n"
NOTED = "STT ¦ Nhiệm vụ ¦ Cơ quan chủ trì ¦ Thời gian hoàn thành ¦ {}\n1 ¦ Hội thi ¦ Sở A ¦ Tháng 4 ¦ {}"


def rows(*dates: str) -> tuple[DraftTask, ...]:
    return draft(HEAD + "\n".join(f"{n} ¦ Việc {n} ¦ Sở A ¦ {date}" for n, date in enumerate(dates, 1))).tasks


def about(task: DraftTask, field: str) -> list[Doubt]:
    return [doubt for doubt in task.doubts if doubt.field == field]


def test_a_day_that_many_rows_have_in_another_year_may_be_a_slip() -> None:
    *_, slip = rows("20/12/2026", "20/12/2026", "20/12/2026", "20/12/2027")
    (asked,) = about(slip, "stated")
    assert asked.alternatives == ("2026-12-20",)
    assert "slip of the year" in asked.said.en


@pytest.mark.parametrize(
    "dates",
    [
        # The last of a month or year is no day that anybody mistypes: plans of several years have it in each.
        ("31/12/2026", "31/12/2026", "31/12/2026", "31/12/2027"),
        # Two rows agree with each other.
        ("20/12/2026", "20/12/2026", "20/12/2026", "20/12/2027", "20/12/2027"),
        # Too few to tell.
        ("20/12/2026", "20/12/2026", "20/12/2027"),
    ],
)
def test_days_in_several_years_are_no_slips(dates: tuple[str, ...]) -> None:
    assert [doubt for task in rows(*dates) for doubt in about(task, "stated")] == []


def test_the_question_about_a_placeholder_does_not_change_with_the_number_of_rows() -> None:
    standing = [f"{n} ¦ Rà soát {n} (Nhiệm vụ thường xuyên) ¦ Sở A ¦ 01/01/2026" for n in range(1, 6)]
    other = "6 ¦ Giao ban ¦ Sở A ¦ 01/01/2026"
    asked = [draft(HEAD + "\n".join([*standing[:count], other])).tasks[-1].doubts[-1].said for count in (3, 5)]
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Gắn mã định danh khi có hướng dẫn của Bộ, ngành có liên quan để bảo đảm tính duy nhất",
         ["khi có hướng dẫn của Bộ, ngành có liên quan"]),
        ("Xây dựng quy chế sau khi có ý kiến của Ban Thường vụ", ["sau khi có ý kiến của Ban Thường vụ"]),
        ("Cấp phép khi có đủ hồ sơ theo quy định", []),
        ("Hướng dẫn các xã, báo cáo khi có yêu cầu", []),
    ],
)  # fmt: skip
def test_work_that_waits_for_guidance_is_asked_about(title: str, asked: list[str]) -> None:
    (task,) = draft(f"{HEAD}1 ¦ {title} ¦ Sở A ¦ 20/12/2026").tasks
    assert [doubt.alternatives for doubt in about(task, "stated")] == [(f'{{set_by: "{each}"}}',) for each in asked]


@pytest.mark.parametrize("note", ["(Đã thực hiện)", "Đã hoàn thành", "Đã ban hành tháng 3/2026.", "Việc này đã xong"])
@pytest.mark.parametrize("heading", ["Ghi chú", "Tình hình"])
def test_a_task_that_is_done_already_is_asked_about(heading: str, note: str) -> None:
    (task,) = draft(NOTED.format(heading, note)).tasks
    assert len(about(task, "note")) == 1
    assert "dondoc report done" in about(task, "note")[0].said.vi


@pytest.mark.parametrize("note", ["Đã hoàn thành 50%", "Đã có chủ trương", "Chưa thực hiện", "Đã giao tại Công văn 12"])
def test_a_task_that_is_under_way_is_not(note: str) -> None:
    (task,) = draft(NOTED.format("Ghi chú", note)).tasks
    assert about(task, "note") == []


def test_a_number_and_a_day_in_handwriting_are_asked_about_by_name() -> None:
    found = draft(
        f"Số: *44*/KH-UBND\n\nThái Nguyên, ngày *15* tháng 11 năm 2026\n\nKẾ HOẠCH năm 2026\n\n{HEAD}1 ¦ a ¦ A ¦ Tháng 2"
    )
    asked = [doubt.said.vi for doubt in found.doubts if doubt.field in ("number", "date")]
    assert [each.partition(" được")[0] for each in asked] == ["Số văn bản", "Ngày ban hành"]
