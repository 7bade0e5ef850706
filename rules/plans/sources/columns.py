"""Columns: the columns that people see in a Word table whose rows are not quite aligned.

Where a border of one row stands a millimetre beside that of another, Word's grid has a sliver of a column between them,
which each row counts to a different neighbour.
"""

from collections.abc import Sequence

from rules.plans.sources.grid import Placed

_SLIVER = 170
"""Twentieths of a point: 3 mm, in which no text stands."""


def straightened(cells: Sequence[Placed], widths: Sequence[int]) -> list[Placed]:
    """Return the cells without the slivers among the columns, whose widths are `widths` in twentieths of a point."""
    count = max((cell.column + cell.width for cell in cells), default=0)
    slivers = {column for column, width in enumerate(widths[:count]) if width < _SLIVER}
    slivers -= {column for cell in cells if cell.text and _within(cell) <= slivers for column in _within(cell)}
    if not slivers or len(widths) < count or count - len(slivers) < 3:
        return list(cells)
    before = [0]
    for column in range(count):
        before.append(before[-1] + (column not in slivers))
    moved = (
        cell._replace(column=before[cell.column], width=before[cell.column + cell.width] - before[cell.column])
        for cell in cells
    )
    return [cell for cell in moved if cell.width]


def _within(cell: Placed) -> frozenset[int]:
    return frozenset(range(cell.column, cell.column + cell.width))
