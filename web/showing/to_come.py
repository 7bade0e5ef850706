"""To come: how many obligations of a board recur and have not begun, counted as the list counts that shows them."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.axes import Axes
from db.boards import Seen, Tally
from db.lists import count
from web.showing.filters import MOST_COUNTED, Filters
from web.visit import Visit


class ToCome(NamedTuple):
    """So many, or more than so many, and the filter that lists them."""

    number: int
    is_more: bool
    query: Mapping[str, object]


def to_come(
    visit: Visit, connection: Connection, axes: Axes, seen: Seen, kept: Tally, *, programme: str = "", unit: str = ""
) -> ToCome:
    """Return what of the seen recurs and has not begun, of one programme or unit (`directory:unit`) or of all."""
    filters = Filters(programme=programme, unit=unit, ahead=True)
    asked = filters.asked(seen, kept, visit.desk.rulebook)
    total = count(connection, axes, asked, most=MOST_COUNTED + 1)
    return ToCome(min(total, MOST_COUNTED), total > MOST_COUNTED, filters.query())
