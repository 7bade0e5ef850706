"""Beside: tables that an office laid side by side to fit the paper, put one under the other, or together again."""

from collections.abc import Iterable, Sequence

from rules.plans.blocks import Block, Row, Table
from rules.plans.tables.headings import Header, header_at
from rules.plans.tables.words import bare, scores

_TITLE_ROWS = 6
_NARROWEST = 3
"""Columns that one of two halves has at least."""


def set_right(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks, tables of two halves with the same headings as one long table, torn tables as one wide one.

    A table is torn where the one after it has as many rows, the same first column, and the headings that it lacks.
    """
    found: list[Block] = []
    for block in blocks:
        table = _unfolded(block) if isinstance(block, Table) else block
        last = found[-1] if found else None
        if isinstance(table, Table) and isinstance(last, Table) and _is_other_half(last, table):
            found[-1] = Table(tuple(map(_wide, last.rows, table.rows)), last.at)
        else:
            found.append(table)
    return found


def _unfolded(table: Table) -> Table:
    """Return the table with its right half below its left one, where both have the same headings."""
    for index, row in enumerate(table.rows[:_TITLE_ROWS]):
        if (step := _step(row)) and not any(any(one.cells[2 * step :]) for one in table.rows):
            halves = [_part(one, 0, step) for one in table.rows[: index + 1]]
            below = table.rows[index + 1 :]
            right = [part for one in below if any((part := _part(one, step, 2 * step)).cells)]
            return Table((*halves, *(_part(one, 0, step) for one in below), *right), table.at)
    return table


def _step(row: Row) -> int | None:
    """Return after how many columns the headings of a row begin again, None where they do not."""
    texts = [bare(cell) for cell in row.cells]
    filled = [n for n, text in enumerate(texts) if text]
    if not filled:
        return None
    for step in range(max(_NARROWEST, filled[-1] // 2), len(texts) // 2 + 2):
        left, right = (texts[start : start + step] for start in (0, step))
        same = right == left[: len(right)] and not any(left[len(right) :]) and filled[-1] < 2 * step
        if same and sum(map(bool, left)) >= _NARROWEST and all(scores(text) for text in left if text):
            return step
    return None


def _part(row: Row, start: int, end: int) -> Row:
    """Return the cells of some columns of a row, as many as there should be."""
    cells = (*row.cells[start:end], *[""] * (end - max(start, len(row.cells))))[: end - start]
    spanned, continued = (
        frozenset(column - start for column in columns if start <= column < end)
        for columns in (row.spanned, row.continued)
    )
    of_cells = tuple(one._replace(column=one.column - start) for one in row.of_cells if start <= one.column < end)
    return Row(cells, row.at, spanned, continued, row.doubts, of_cells)


def _is_other_half(left: Table, right: Table) -> bool:
    if len(left.rows) != len(right.rows) or len(left.rows) < 2:
        return False
    header = header_at(left.rows, 0)
    return (
        header is not None
        and header.kind == "undated"
        and [row.cells[0] for row in left.rows] == [row.cells[0] for row in right.rows]
        and header_at(right.rows, 0) is None
        and _holds_deadlines(right.rows, header)
    )


def _holds_deadlines(rows: Sequence[Row], header: Header) -> bool:
    """Say whether the headings of a table are such as the other lacks, the column of deadlines among them."""
    found = [scores(cell) for cell in rows[0].cells[1:] if cell]
    best = {scored[0].holds for scored in found if scored}
    return all(found) and "stated" in best and not best & {column.holds for column in header.columns}


def _wide(left: Row, right: Row) -> Row:
    """Return a row with the columns of another after its own, but the first, which both have."""
    width = len(left.cells) - 1
    spanned, continued = (
        mine | {column + width for column in its if column}
        for mine, its in ((left.spanned, right.spanned), (left.continued, right.continued))
    )
    of_cells = (*left.of_cells, *(one._replace(column=one.column + width) for one in right.of_cells if one.column))
    return Row((*left.cells, *right.cells[1:]), left.at, spanned, continued, (*left.doubts, *right.doubts), of_cells)
