"""Versions of a plan as documents: another one is told from a version, what its head and its passing days change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from rules.phrases import Context
from rules.phrases import read as phrase
from rules.plans.draft import DraftTask
from rules.plans.merging import Change, Merged, merged
from rules.plans.merging.changes import shown
from rules.plans.writing import rule_file
from tests.rules.plans.drafts import DOCUMENT, draft, office, programme, task

ONE = task("1", "Xây dựng kế hoạch phát triển mạng lưới đổi mới sáng tạo", "Tháng 4", product="Kế hoạch")
TWO = task("2", "Rà soát thủ tục hành chính trên địa bàn tỉnh", "Tháng 5")
THREE = task("3", "Tổ chức hội thi tìm hiểu chuyển đổi số", "Sau khi có hướng dẫn")
OTHER = task("9", "Đào tạo kỹ năng số cho cán bộ công chức cấp xã", "Quý II")
PLAN = (ONE, TWO, THREE)
FILE = rule_file(draft(*PLAN), office()).text


def test_a_later_document_that_repeats_a_task_does_not_ask_whether_its_day_had_passed() -> None:
    def of(day: date) -> str:
        read = [replace(each, reading=phrase(each.stated, Context(2026, day))) for each in PLAN]
        document = replace(DOCUMENT, number=f"{day.day}-QĐ/BCĐ", date=day)
        return rule_file(replace(draft(*read), document=document), office()).text

    found = merged(of(date(2026, 3, 7)), of(date(2026, 5, 20)), "en")
    assert "had passed when the document was issued" in of(date(2026, 5, 20))
    assert "had passed" not in found.text
    assert found.text == merged(found.text, of(date(2026, 5, 20)), "en").text


def test_what_the_head_of_a_new_version_says_otherwise_is_named_and_left() -> None:
    document = replace(DOCUMENT, number="11-QĐ/BCĐ", date=date(2026, 4, 2), subject="Chương trình công tác sửa đổi")
    found = merged(FILE, rule_file(replace(draft(*PLAN), document=document), office()).text, "en")
    assert [(each.kind, each.field, each.before, each.after) for each in found.changes] == [
        ("kept", "title", DOCUMENT.subject, "Chương trình công tác sửa đổi"),
        ("kept", "number", "07-QĐ/BCĐ", "11-QĐ/BCĐ"),
        ("kept", "date", "2026-03-07", "2026-04-02"),
    ]
    assert programme(found.text).document.number == "07-QĐ/BCĐ"


@pytest.mark.parametrize(
    ("number", "tasks", "is_another"),
    [
        # Another number, other tasks.
        ("44/KH-UBND", (OTHER,), True),
        # A number that is left blank, and another title.
        ("/KH-UBND", (OTHER,), True),
        # A plan reworked under its own number; a version with a number of its own.
        ("07-QĐ/BCĐ", (OTHER,), False),
        ("44/KH-UBND", PLAN, False),
    ],
)
def test_another_document_is_told_from_a_version_of_the_same(
    number: str, tasks: Sequence[DraftTask], is_another: bool
) -> None:
    document = replace(DOCUMENT, number=number, subject="Danh mục bổ sung")
    assert merged(FILE, rule_file(replace(draft(*tasks), document=document), office()).text).is_another is is_another


def test_a_task_that_a_person_added_is_not_gone() -> None:
    mine = "\n  - id: X.1\n    title: Việc thêm tay\n    lead: so-a\n    stated: Tháng 6\n    deadline: 2026-06\n"
    found = merged(FILE + mine, FILE, "en")
    assert found == Merged(FILE + mine, (Change("kept", "X.1", "Việc thêm tay"),))


def test_changes_are_shown_as_they_stand_in_a_file() -> None:
    assert shown({"continuous": "true", "until": "2026-12"}) == "{continuous: true, until: 2026-12}"
    assert shown(["so-a", "so-b"]) == "[so-a, so-b]"
    assert shown(None) == ""
