"""The duties in the texts of the five plans."""

import pytest

from rules.plans.blocks import Block, Table
from rules.plans.duties import duties
from rules.plans.sources.flowed import flowed_blocks
from rules.plans.sources.text import text_pages
from tests.plans import needs_plans, plan_file
from tests.rules.plans.told import CONTEXT, row


def plan(name: str) -> tuple[Block, ...]:
    path = plan_file(name)
    return text_pages(path.read_bytes()).blocks


@needs_plans
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", []),
        ("002", []),
        ("003", [("Mục IV.1", "trước ngày 31/3/2026"), ("Mục IV.1", "Định kỳ hoặc theo yêu cầu"), ("Mục IV.2", "định kỳ hoặc đột xuất")]),
        ("004", [("Mục III.2", "muộn nhất vào 9h00' sáng ngày thứ Sáu hằng tuần"), ("Mục III.3", "Định kỳ trước 17h00' ngày thứ Sáu hằng tuần")]),
    ],
)  # fmt: skip
def test_the_duties_in_the_text_of_the_plans(name: str, expected: list[tuple[str, str]]) -> None:
    assert [(duty.basis, duty.stated) for duty in duties(plan(name), CONTEXT)] == expected


@needs_plans
def test_the_duties_of_plan_001_are_those_of_its_annex_but_for_two() -> None:
    path = plan_file("001")
    blocks = flowed_blocks(path.read_text("utf-8").split("\n"))
    assert blocks is not None
    (table,) = (block for block in blocks if isinstance(block, Table))
    rows = [row(cells[1], cells[4], no=cells[0]) for cells in (one.cells for one in table.rows[1:]) if cells[2]]
    assert len(duties(blocks, CONTEXT)) == 19
    kept = duties(blocks, CONTEXT, rows=rows)
    assert [duty.stated.split(" ")[0] for duty in kept] == ["sau", "nhiệm"]
    assert all("Row 15" in duty.doubts[-1].said.en or "Row 18" in duty.doubts[-1].said.en for duty in kept)
    assert not any(duty.lead == "" for duty in duties(blocks, CONTEXT))
