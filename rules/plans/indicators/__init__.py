"""Indicators: the rows of an annex of indicators, each with its targets by year, its unit, its owner and its source."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.plans.blocks import Row, Where
from rules.plans.draft import Doubt, DraftIndicator
from rules.plans.indicators.columns import Columns, columns_of
from rules.plans.indicators.rows import left, rows_of
from rules.plans.indicators.targets import legible, unit_within
from rules.plans.tables.grids import Grid
from rules.plans.tables.questions import numbering
from rules.wording import Wording

__all__ = ["indicators", "left"]

_NO_NUMBER = Wording("Dòng không có số thứ tự.", "The row has no number.")
_NO_TARGET = Wording("Chỉ tiêu không có giá trị cần đạt.", "No target is stated.")
_NO_YEAR = Wording(
    "Tiêu đề cột chỉ tiêu không ghi năm, hoặc ghi trùng năm.", "The heading of a target names no year, or one twice."
)
_ILLEGIBLE = Wording("Giá trị có ký hiệu không đọc được.", "The target has signs that cannot be read.")
_UNIT_IN_TARGET = Wording("Đơn vị tính lấy từ giá trị chỉ tiêu.", "The unit is taken from the target.")
_NOTHING = frozenset({"", "-", "–", "—"})


def indicators(grid: Grid, *, year: int | None) -> tuple[DraftIndicator, ...]:
    """Return the indicators of a table; `year` is that of the plan, for targets whose heading names none.

    Numbers begin anew under each heading, and one that does not follow the one before is doubted; a row that a page
    break cut is one row again.
    """
    columns = columns_of(grid.header, year)
    found = [_indicator(row, section, columns) for section, row in rows_of(grid, columns)[0]]
    jumps = numbering([(one.section, one.no, one.at) for one in found])
    return tuple(replace(one, doubts=(*one.doubts, *own)) for one, own in zip(found, jumps, strict=True))


def _indicator(row: Row, section: str, columns: Columns) -> DraftIndicator:
    def cell(index: int | None) -> str:
        return legible(row.cells[index]) if index is not None else ""

    stated = {year: cell(index) for year, index in columns.targets.items()}
    targets = {year: text for year, text in stated.items() if text not in _NOTHING}
    unit = cell(columns.unit)
    within = "" if unit else unit_within(tuple(targets.values()))
    found = DraftIndicator(
        no=cell(columns.no).rstrip("."),
        section=section,
        title=cell(columns.title),
        unit=unit or within,
        targets=targets,
        owner=cell(columns.owner),
        source=cell(columns.source),
        note=cell(columns.note),
        at=row.at,
    )
    return replace(found, doubts=tuple(_doubts(found, row.at, columns, derived=bool(within))))


def _doubts(found: DraftIndicator, at: Where, columns: Columns, *, derived: bool) -> Sequence[Doubt]:
    """Return what a person should look at in an indicator."""
    checks = (
        (not found.no, _NO_NUMBER, "no"),
        (not found.targets, _NO_TARGET, "targets"),
        (columns.unnamed, _NO_YEAR, "targets"),
        (any(re.search(r"[\\$]", text) for text in found.targets.values()), _ILLEGIBLE, "targets"),
        (derived, _UNIT_IN_TARGET, "unit"),
    )
    return [Doubt(said, at, field) for is_so, said, field in checks if is_so]
