"""Deadlines that a row states outside its column of deadlines, and duties that a row states again."""

from dataclasses import replace

import pytest

from rules.phrases import read
from rules.plans.draft import Further
from rules.plans.duties import duties, secondary
from tests.rules.plans.told import CONTEXT, body, row


def test_a_duty_that_a_row_of_the_annex_states_is_not_doubled() -> None:
    text = body(
        "II. NHIỆM VỤ",
        "Sở Y tế rà soát, cấu trúc lại quy trình các dịch vụ công trực tuyến. (Hoàn thành trước 31/12/2025)",
    )
    title = "Rà soát, cấu trúc lại quy trình các dịch vụ công trực tuyến có tỷ lệ thấp"
    due = "Hoàn thành trước 31/12/2025"
    assert duties(text, CONTEXT, rows=[row(title, "Trước 31/12/2025")]) == ()
    beside = replace(row(title, "Thường xuyên"), secondary=(Further("product", due, read(due, CONTEXT)),))
    assert duties(text, CONTEXT, rows=[beside]) == ()
    (other,) = duties(text, CONTEXT, rows=[row(title, "Quý I/2026")])
    assert other.doubts[-1].alternatives == ("Quý I/2026",)
    assert "4" in other.doubts[-1].said.en
    assert (
        len(
            duties(
                text, CONTEXT, rows=[row("Đẩy mạnh tuyên truyền về kinh tế số trong doanh nghiệp", "Trước 31/12/2025")]
            )
        )
        == 1
    )


@pytest.mark.parametrize(
    ("stated", "product", "title", "expected"),
    [
        ("Thường xuyên", "Báo cáo kết quả hàng tháng", "Rà soát", ["FREQ=MONTHLY"]),
        ("Thường xuyên", "Định kỳ hằng tháng báo cáo kết quả", "Rà soát", ["FREQ=MONTHLY"]),
        ("Ngày 15/12/2025", "", "Cập nhật bổ sung dịch vụ công hằng tháng cho đến khi đủ 100%", ["FREQ=MONTHLY"]),
        ("03/2026", "Các nhiệm vụ giải quyết ngay trong năm 2026", "Lựa chọn bài toán", ["2026-12-31"]),
        ("Ngày 20/12/2025", "", "Số hóa; đến hết tháng 12/2025, hoàn thành 30% tài liệu", ["2025-12-31"]),
        ("Ngày 15/12/2025", "", "Rà soát (báo cáo Ban Chỉ đạo kết quả thực hiện trong tháng 12/2025).", ["2025-12-31"]),
        ("Ngày 01/01/2026", "", "Hoàn thiện cơ chế (Nhiệm vụ thường xuyên)", ["continuous"]),
        # The same as the column says.
        ("4/2026", "Hoàn thành trong tháng 4/2026", "Rà soát", []),
        ("Năm 2026", "Phấn đấu trong năm 2026, chỉ số xếp trong nhóm 10", "Cải cách", []),
        ("Thường xuyên", "", "Hoàn thiện cơ chế (nhiệm vụ thường xuyên)", []),
        ("Ngày 31/12/2025", "", "Rà soát (báo cáo kết quả thực hiện trong tháng 12/2025)", []),
        # No deadlines of this task.
        ("Tháng 3", "Báo cáo", "Bố trí ngân sách nhà nước hằng năm; kế hoạch hoạt động của mình trong năm 2026", []),
        ("12/2026", "", "Lộ trình Đổi mới công nghệ đến năm 2035; số hóa tài liệu trong 3 năm gần đây", []),
        ("Tháng 6", "", "Chuẩn bị nội dung Hội nghị sơ kết 6 tháng đầu năm 2026", []),
    ],
)
def test_secondary_deadlines_are_those_that_differ_from_the_column(
    stated: str, product: str, title: str, expected: list[str]
) -> None:
    readings = [each.reading for each in secondary(row(title, stated, product=product), CONTEXT)]
    assert [(one.rrules or (str(one.due) if one.due else one.kind,))[-1] for one in readings] == expected


def test_a_further_deadline_is_told_in_the_words_of_its_clause() -> None:
    (report,) = secondary(row("Tuyên truyền", "Thường xuyên", product="Định kỳ hằng tháng báo cáo kết quả"), CONTEXT)
    assert (report.field, report.said) == ("product", "Định kỳ hằng tháng báo cáo kết quả")
    title = "Xây dựng, hoàn thiện và đưa vào vận hành hệ thống thông tin phục vụ người dân, hoàn thành trước ngày 30/9/2026 để dùng"
    (other,) = secondary(row(title, "Thường xuyên"), CONTEXT)
    assert other.said == "…thông tin phục vụ người dân, hoàn thành trước ngày 30/9/2026 để…"
