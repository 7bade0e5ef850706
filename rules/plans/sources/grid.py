"""Grid: a `Table` from cells that know their place and how many columns and rows they span."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rules.plans.blocks import OfCell, Row, Table, Where
from rules.wording import Wording


class Placed(NamedTuple):
    """A cell, by the row and column (from 0) of its upper left corner."""

    row: int
    column: int
    text: str
    width: int = 1
    height: int = 1
    doubt: Wording | None = None
    alternatives: tuple[str, ...] = ()
    """What its text may be instead, where there is a doubt about it."""


def table(cells: Iterable[Placed], places: Sequence[Where], at: Where) -> Table:
    """Return the table that `cells` make, with a row for each of `places`.

    Where two cells overlap, as in damaged files, the first has the place and the other ends there.
    """
    cells = list(cells)
    width = max((cell.column + cell.width for cell in cells), default=0)
    texts = [[""] * width for _ in places]
    spanned: list[set[int]] = [set() for _ in places]
    continued: list[set[int]] = [set() for _ in places]
    of_cells: list[list[OfCell]] = [[] for _ in places]
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        for row, column in _free(cell, len(places), taken):
            if column == cell.column:
                texts[row][column] = cell.text
                if cell.doubt:
                    of_cells[row].append(OfCell(column, cell.doubt, cell.alternatives))
            else:
                spanned[row].add(column)
            if row > cell.row:
                continued[row].add(column)
    return Table(
        tuple(
            Row(tuple(texts[n]), place, frozenset(spanned[n]), frozenset(continued[n]), of_cells=tuple(of_cells[n]))
            for n, place in enumerate(places)
        ),
        at,
    )


def _free(cell: Placed, rows: int, taken: set[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Yield the places of `cell` row by row and take them; stop at the first that another cell has."""
    for row in range(cell.row, min(cell.row + cell.height, rows)):
        for column in range(cell.column, cell.column + cell.width):
            if (row, column) in taken:
                return
            taken.add((row, column))
            yield row, column
