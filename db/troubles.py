"""Troubles: what is wrong until it is resolved, told to the admins once and not at every pass."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import insert

_t = t.trouble.c
_IS_OPEN = _t.resolved_at.is_(None)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong: `kind` says what, `subject` with which file or address, `text` in words."""

    id: int
    kind: str
    subject: str
    text: str
    first_at: datetime
    last_at: datetime
    times: int
    told_at: datetime | None
    resolved_at: datetime | None


def note_trouble(
    connection: Connection, kind: str, subject: str, text: str, *, at: datetime, told: bool = False
) -> None:
    """Note that something is wrong, or wrong still; with another text it counts as not told yet, unless it is said to
    be `told`."""
    values = {"kind": kind, "subject": subject, "text": text, "first_at": at, "last_at": at, "times": 1}
    values |= {"told_at": at if told else None}
    statement: Any = insert(connection, t.trouble).values(values)
    statement = statement.on_conflict_do_update(
        index_elements=[_t.kind, _t.subject],
        index_where=sa.text("resolved_at IS NULL"),
        set_={
            "text": statement.excluded.text,
            # The clock may have been set back since.
            "last_at": sa.case((_t.last_at > statement.excluded.last_at, _t.last_at), else_=statement.excluded.last_at),
            "times": _t.times + 1,
            "told_at": sa.case((_t.text == statement.excluded.text, _t.told_at), else_=statement.excluded.told_at),
        },
    )
    connection.execute(statement)


def resolve_troubles(connection: Connection, kind: str, *, at: datetime, still: Collection[str] = ()) -> int:
    """Note that all troubles of a kind are over but those with the subjects `still`; return how many that are."""
    statement = sa.update(t.trouble).where(_IS_OPEN, _t.kind == kind, _t.subject.not_in(still))
    return connection.execute(statement.values(resolved_at=at)).rowcount


def resolve_told(connection: Connection, kind: str, *, at: datetime) -> int:
    """Note that all troubles of a kind are over of which somebody was told; return how many that are."""
    statement = sa.update(t.trouble).where(_IS_OPEN, _t.kind == kind, _t.told_at.is_not(None))
    return connection.execute(statement.values(resolved_at=at)).rowcount


def were_resolved(connection: Connection, kind: str, *, at: datetime) -> bool:
    """Say whether troubles of a kind, of which somebody was told, were over at that very instant."""
    query = sa.select(_t.id).where(_t.kind == kind, _t.told_at.is_not(None), _t.resolved_at == at).limit(1)
    return connection.execute(query).one_or_none() is not None


def open_troubles(connection: Connection, *, only_untold: bool = False) -> list[Trouble]:
    """Return the troubles that last, oldest first; those only that nobody was told of, if asked."""
    query = sa.select(t.trouble).where(_IS_OPEN).order_by(_t.first_at, _t.id)
    if only_untold:
        query = query.where(_t.told_at.is_(None))
    return [Trouble(*row) for row in connection.execute(query)]


def mark_told(connection: Connection, ids: Iterable[int], *, at: datetime) -> None:
    """Note that the admins were told of these troubles."""
    connection.execute(sa.update(t.trouble).where(_t.id.in_(list(ids))).values(told_at=at))
