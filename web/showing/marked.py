"""Marked: what the last mark says of an obligation as it stands."""

from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.facts import RecordedMark, mark_of
from rules.periodic.marks import entered
from web.answers.about import About


class Marked(NamedTuple):
    """The last mark of an obligation; `is_stale`: its state is another one by now."""

    mark: RecordedMark
    is_stale: bool


def marked(connection: Connection, found: About) -> Marked | None:
    """Return the last mark of an obligation, None where it was never entered in the national system."""
    mark = mark_of(connection, found.stored.id)
    if mark is None:
        return None
    return Marked(mark, found.owed is not None and mark.state != entered(found.owed.status))
