"""Long cells: a cell with more text than anyone reads in a table is refused, before much is made of it."""

from collections.abc import Iterator

from rules.plans.blocks import Pages, Row, Table, Unreadable, Where
from rules.wording import Wording

LONGEST = 20_000
"""Characters that a cell may have."""


def without_long_cells(found: Pages) -> Pages:
    """Return `found`, or raise Unreadable, which names the row of a cell that is too long."""
    for row in _rows(found):
        if any(len(cell) > LONGEST for cell in row.cells):
            raise too_long(row.at)
    return found


def too_long(at: Where) -> Unreadable:
    """Return the refusal of a cell that is too long, which says where it is."""
    place = at.said()
    return Unreadable(
        Wording(
            f"{place.vi}: một ô dài hơn {LONGEST:,} ký tự: hãy xem lại dòng đó",
            f"{place.en}: a cell has more than {LONGEST:,} characters: look at that row",
        )
    )


def _rows(found: Pages) -> Iterator[Row]:
    return (row for block in found.blocks if isinstance(block, Table) for row in block.rows)
