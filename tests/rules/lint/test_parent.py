"""Which clause of the document above it a task cites, and that its deadline is held against that clause's."""

import pytest

from tests.rules.lint.folders import found

HEAD = "period: 2026\ndirectory: tinh\ncalendar: lich\nladder: chuan\nstanding: so-a\ntasks:\n"
PARENT = (
    "programme: p1\ntitle: Kế hoạch gốc\ndocument: {number: 01/QĐ-UBND, date: 2026-01-02}\n"
    + HEAD
    + "  - {id: A.1, title: Hoàn thiện cơ sở dữ liệu đất đai, lead: so-b, product: Báo cáo, stated: Tháng 3, deadline: 2026-03}\n"
    + "  - {id: A.12, title: Đào tạo cán bộ xã, lead: so-b, product: Báo cáo, stated: Tháng 11, deadline: 2026-11}\n"
    + "  - {id: 2, title: Kiểm tra việc thực hiện tại các xã, lead: so-b, product: Báo cáo, stated: Tháng 4, deadline: 2026-04}\n"
)  # fmt: skip


def later(basis: str) -> list[str]:
    child = (
        "programme: nen\ntitle: Kế hoạch năm 2026\ndocument: {number: 15/KH-UBND, date: 2026-01-05}\n"
        + HEAD
        + "  - {id: B.1, title: Rà soát quy chế phối hợp, lead: so-a, coordinate: [so-b], product: Báo cáo, "
        + f'basis: "{basis}", stated: Tháng 6, deadline: 2026-06}}\n'
    )
    return [each.said.en.rpartition("(")[2].rstrip(")") for each in found(f"{child}---\n{PARENT}")]


@pytest.mark.parametrize(
    ("basis", "whose"),
    [
        ("01/QĐ-UBND ngày 02/11/2026, A.1", ["p1/A.1"]),
        ("Quyết định số 01/QĐ-UBND, nhiệm vụ A.1.", ["p1/A.1"]),
        ("Mục A.1 Quyết định số 01/QĐ-UBND ngày 02/01/2026", ["p1/A.1"]),
        ("Quyết định số 01/QĐ-UBND ngày 2 tháng 1, mục 2", ["p1/2"]),
        ("Kế hoạch số 9/KH-UBND, mục B.3; 01/QĐ-UBND, A.1", ["p1/A.1"]),
        # The later of two clauses gives the time.
        ("01/QĐ-UBND, A.1 và A.12", []),
        ("01/QĐ-UBND, A.12", []),
        ("Điều 2 Quyết định số 01/QĐ-UBND", []),
        # No clause: the document as a whole, whose period lasts longer.
        ("01/QĐ-UBND ngày 2 tháng 1 năm 2026", []),
        ("01/QĐ-UBND ngày 02/01/2026", []),
        # Clauses of other documents.
        ("01/QĐ-UBND; 9/KH-UBND, A.1", []),
        ("01/QĐ-UBND và 9/KH-UBND, A.1", []),
        ("Mục A.1 Kế hoạch số 9/KH-UBND, Quyết định số 01/QĐ-UBND", []),
        ("01/QĐ-UBND, A.1.2", []),
    ],
)
def test_a_task_later_than_the_clause_it_cites_is_found(basis: str, whose: list[str]) -> None:
    assert later(basis) == whose
