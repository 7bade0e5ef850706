"""Boards: how many obligations stand how, counted in the database and kept, so that a page over a million is quick."""

from db.boards.cells import BANDS, Cells, tally
from db.boards.kept import Tallies, Tally
from db.boards.seen import Seen

__all__ = ["BANDS", "Cells", "Seen", "Tallies", "Tally", "tally"]
