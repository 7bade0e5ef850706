"""Rows: the lines of a table of indicators made whole, the headings above each, and what stands there besides."""

from collections.abc import Iterator
from dataclasses import replace

from rules.plans.blocks import Row, Where
from rules.plans.draft import Doubt
from rules.plans.indicators.columns import Columns, columns_of
from rules.plans.tables.grids import Grid, is_blank
from rules.plans.tables.remarks import empty, is_remark, left_out
from rules.plans.tables.sections import JOINT, Path, heading_of
from rules.wording import Wording

_ENDED = (".", ";", ":", ")", "%")
_KEPT = frozenset({"no", "group", "title", "indicator", "unit", "target", "lead", "basis", "note", "status"})


def rows_of(grid: Grid, columns: Columns) -> tuple[list[tuple[str, Row]], list[tuple[str, Where]]]:
    """Return the rows with the headings they stand under, and all headings with their places.

    A column of groups names the last of them, for the rows below as well where it says nothing.
    """
    path, group = Path(), ""
    found: list[tuple[str, Row]] = []
    entered: list[tuple[str, Where]] = []
    for line in grid.lines:
        if is_blank(line.row) or is_remark(line.row):
            continue
        heading = heading_of(line.row, no=columns.no, title=columns.title)
        above = found[-1][1] if found and line.cut else None
        if heading and not (above and heading.label is None and _is_rest(line.row, above, columns)):
            path.enter(heading)
            group = ""
            entered.append((heading.text, line.row.at))
        elif above and not _begins(line.row, columns):
            found[-1] = (found[-1][0], _together(above, line.row))
        else:
            group = (line.row.cells[columns.group] if columns.group is not None else "") or group
            found.append((JOINT.join(filter(None, (str(path), group))), line.row))
    return found, entered


def left(grid: Grid) -> tuple[Doubt, ...]:
    """Return doubts about what stands in a table of indicators and is none: notes, headings without rows, columns."""
    found, entered = rows_of(grid, columns_of(grid.header, None))
    used = (heading for section, _ in found for heading in section.split(JOINT))
    remarks = (row for row in (*grid.above, *(line.row for line in grid.lines)) if row in grid.above or is_remark(row))
    return (*map(left_out, remarks), *empty(entered, used), *_unkept(grid))


def _unkept(grid: Grid) -> Iterator[Doubt]:
    """Yield a doubt for each column that says something and has no place in an indicator."""
    for index, column in enumerate(grid.header.columns):
        if column.holds not in _KEPT and any(line.row.cells[index] for line in grid.lines):
            name = column.heading or f"{index + 1}"
            yield Doubt(
                Wording(
                    f"Cột «{name}» của bảng chỉ tiêu không được đọc.", f"Column «{name}» of indicators is not read."
                ),
                grid.at,
            )


def _begins(row: Row, columns: Columns) -> bool:
    """Say whether a row after a page break is one of its own: it has a number, or a title and a target."""
    if columns.no is not None and row.cells[columns.no]:
        return True
    return bool(row.cells[columns.title]) and any(row.cells[index] for index in columns.targets.values())


def _is_rest(row: Row, above: Row, columns: Columns) -> bool:
    """Say whether a row of one text without a number is more of the title above it, not a heading."""
    title = row.cells[columns.title]
    if row.spanned or not title:
        return False
    return title[0].islower() or not (title.isupper() or above.cells[columns.title].endswith(_ENDED))


def _together(row: Row, rest: Row) -> Row:
    """Return a row with what a page break cut off its cells."""
    return replace(row, cells=tuple(f"{cell} {more}".strip() for cell, more in zip(row.cells, rest.cells, strict=True)))
