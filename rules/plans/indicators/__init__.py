"""Indicators: the rows of an annex of indicators, each with its targets by year, its unit, its owner and its source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.plans.blocks import Row, Where
from rules.plans.draft import Doubt, DraftIndicator
from rules.plans.indicators.targets import legible, unit_within, year_of
from rules.plans.tables.grids import Grid, is_blank
from rules.plans.tables.headings import Header
from rules.plans.tables.sections import Path, heading_of
from rules.wording import Wording

_NO_NUMBER = Wording("Dòng không có số thứ tự.", "The row has no number.")
_NO_TARGET = Wording("Chỉ tiêu không có giá trị cần đạt.", "No target is stated.")
_NO_YEAR = Wording(
    "Tiêu đề cột chỉ tiêu không ghi năm, hoặc ghi trùng năm.", "The heading of a target names no year, or one twice."
)
_ILLEGIBLE = Wording("Giá trị có ký hiệu không đọc được.", "The target has signs that cannot be read.")
_UNIT_IN_TARGET = Wording("Đơn vị tính lấy từ giá trị chỉ tiêu.", "The unit is taken from the target.")
_ENDED = (".", ";", ":", ")", "%")
_NOTHING = frozenset({"", "-", "–", "—"})


def indicators(grid: Grid, *, year: int | None) -> tuple[DraftIndicator, ...]:
    """Return the indicators of a table; `year` is that of the plan, for targets whose heading names none.

    Numbers begin anew under each heading; a row that a page break cut is one row again.
    """
    columns = _columns(grid.header, year)
    path = Path()
    found: list[tuple[str, Row]] = []
    for line in grid.lines:
        if is_blank(line.row):
            continue
        heading = heading_of(line.row, no=columns.no, title=columns.title)
        above = found[-1][1] if found and line.cut else None
        if heading and not (above and heading.label is None and _is_rest(line.row, above, columns)):
            path.enter(heading)
        elif above and not _begins(line.row, columns):
            found[-1] = (found[-1][0], _together(above, line.row))
        else:
            found.append((str(path), line.row))
    return tuple(_indicator(row, section, columns) for section, row in found)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what; `targets` are those of each year, `unnamed` says that some heading named none."""

    no: int | None
    title: int
    unit: int | None
    owner: int | None
    source: int | None
    note: int | None
    targets: Mapping[int, int]
    unnamed: bool


def _columns(header: Header, year: int | None) -> _Columns:
    held = [(index, year_of(column.heading)) for index, column in enumerate(header.columns) if column.holds == "target"]
    years: dict[int, int] = {}
    unnamed = False
    for index, named in held:
        meant = named or year
        if meant is None or meant in years:
            unnamed = True
        else:
            years[meant] = index
            unnamed = unnamed or named is None
    title = header.at("indicator")
    title = header.at("title") if title is None else title
    assert title is not None
    at = header.at
    return _Columns(at("no"), title, at("unit"), at("lead"), at("basis"), at("note"), years, unnamed)


def _begins(row: Row, columns: _Columns) -> bool:
    """Say whether a row after a page break is one of its own: it has a number, or a title and a target."""
    if columns.no is not None and row.cells[columns.no]:
        return True
    return bool(row.cells[columns.title]) and any(row.cells[index] for index in columns.targets.values())


def _is_rest(row: Row, above: Row, columns: _Columns) -> bool:
    """Say whether a row of one text without a number is more of the title above it, not a heading."""
    title = row.cells[columns.title]
    if row.spanned or not title:
        return False
    return title[0].islower() or not (title.isupper() or above.cells[columns.title].endswith(_ENDED))


def _together(row: Row, rest: Row) -> Row:
    """Return a row with what a page break cut off its cells."""
    return replace(row, cells=tuple(f"{cell} {more}".strip() for cell, more in zip(row.cells, rest.cells, strict=True)))


def _indicator(row: Row, section: str, columns: _Columns) -> DraftIndicator:
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


def _doubts(found: DraftIndicator, at: Where, columns: _Columns, *, derived: bool) -> Sequence[Doubt]:
    """Return what a person should look at in an indicator."""
    checks = (
        (not found.no, _NO_NUMBER, "no"),
        (not found.targets, _NO_TARGET, "targets"),
        (columns.unnamed, _NO_YEAR, "targets"),
        (any(re.search(r"[\\$]", text) for text in found.targets.values()), _ILLEGIBLE, "targets"),
        (derived, _UNIT_IN_TARGET, "unit"),
    )
    return [Doubt(said, at, field) for is_so, said, field in checks if is_so]
