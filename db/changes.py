"""Changes: what obligations went through: new, moved, withdrawn, back again, done; append-only, for their history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked

ChangeKind = Literal["new", "moved", "done", "withdrawn", "reopened"]

_c = t.change.c
_COLUMNS = (
    *(_c.obligation_id, _c.kind, _c.at, _c.revision_id, _c.due_before, _c.due_after, _c.document, _c.why),
    _c.due_at_before,
)


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """What happened to an obligation at `at`; `revision` is the one whose rules did it."""

    obligation_id: int
    kind: ChangeKind
    at: datetime
    revision: int | None
    due_before: date | None
    due_after: date | None
    document: str | None
    why: str | None
    due_at_before: datetime | None = None


def moves_between(connection: Connection, since: datetime, until: datetime) -> list[RecordedChange]:
    """Return which deadlines were moved after `since` and up to `until`, in the order in which that was recorded."""
    return _between(connection, since, until, _c.kind == "moved")


def turns_between(connection: Connection, since: datetime, until: datetime) -> list[RecordedChange]:
    """Return which obligations the rules withdrew, or gave back, after `since` and up to `until`, in the order in which
    that was recorded; what opens again by what is said of a report is none of them."""
    by_rules = sa.and_(_c.kind == "reopened", _c.revision_id.is_not(None))
    return _between(connection, since, until, sa.or_(_c.kind == "withdrawn", by_rules))


def _between(
    connection: Connection, since: datetime, until: datetime, which: sa.ColumnElement[bool]
) -> list[RecordedChange]:
    query = sa.select(*_COLUMNS).where(which, _c.at > since, _c.at <= until).order_by(_c.id)
    return [RecordedChange(*row) for row in connection.execute(query)]


def changes_of(connection: Connection, ids: Iterable[int]) -> list[RecordedChange]:
    """Return the changes of these obligations in the order in which they were recorded."""
    found: list[tuple[int, RecordedChange]] = []
    for chunk in chunked(ids):
        query = sa.select(_c.id, *_COLUMNS).where(among(connection, _c.obligation_id, chunk))
        found += [(id_, RecordedChange(*rest)) for id_, *rest in connection.execute(query)]
    return [change for _, change in sorted(found, key=lambda one: one[0])]
