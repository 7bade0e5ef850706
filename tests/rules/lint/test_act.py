"""Which titles say an act, and which name a document or a field only."""

import pytest

from tests.rules.lint.folders import COMMON, found

ACTS = [
    "Ban hành Kế hoạch chuyển đổi số năm 2026",
    "Tham mưu UBND tỉnh Đề án phát triển nhân lực",
    "Họp Quý I của Ban Chỉ đạo",
    "Sơ kết 6 tháng đầu năm",
    "Báo cáo kết quả thực hiện Nghị quyết 57",
    "Báo cáo UBND tỉnh tiến độ giải ngân",
    "Hướng dẫn các xã lập hồ sơ",
    "Hệ thống hóa văn bản quy phạm pháp luật",
    "Đẩy mạnh chuyển đổi số trong cơ quan đảng",
]
NOUNS = [
    "Kế hoạch năm 2026",
    "Báo cáo",
    "Báo cáo quý I",
    "Đề án phát triển nhân lực",
    "Chuyển đổi số",
    "Chuyển đổi số ngành y tế",
    "Hệ thống thông tin đất đai",
    "Hội nghị tổng kết",
    "Cơ sở dữ liệu đất đai",
    "Nhân lực số",
]


def codes(title: str) -> list[str]:
    text = COMMON["programme"].decode().replace("Rà soát cơ sở dữ liệu", title)
    return [finding.code for finding in found(text)]


@pytest.mark.parametrize("title", ACTS)
def test_a_title_that_says_an_act_is_clear(title: str) -> None:
    assert codes(title) == []


@pytest.mark.parametrize("title", NOUNS)
def test_a_title_that_names_something_only_is_not(title: str) -> None:
    assert codes(title) == ["D102"]
