"""What units say of their obligations without ending them: how far they are, what is difficult, whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked
from db.facts.answers import TOLD
from db.facts.known import known_by
from db.obligations import IS_OPEN, set_wake
from db.tables.base import equals

RemarkKind = Literal["progress", "difficulty", "resolved", "focal", "not_ours"]
Via = Literal["cli", "web", "mail"]
"""By which way something was said: the command line, a page, an answered letter."""

_r, _o = t.remark.c, t.obligation.c
_UNSETTLED = sa.or_(IS_OPEN, sa.and_(equals(_o.state, "done"), _o.verdict.is_distinct_from("accepted")))
"""Of these a difficulty is still one: `rules.status.UNSETTLED` in the ledger."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said of one obligation; `percent` goes with `progress` only."""

    id: int
    obligation_id: int
    kind: RemarkKind
    percent: int | None
    note: str | None
    unit: str
    recorded_at: datetime
    recorded_by: str
    via: Via


def record_remark(
    connection: Connection,
    obligation_id: int,
    *,
    kind: RemarkKind,
    unit: str,
    recorded_by: str,
    recorded_at: datetime,
    via: Via,
    percent: int | None = None,
    note: str | None = None,
) -> int:
    """Record a remark and return its id; what is to be told is, in the next pass.

    IntegrityError when there is no such obligation or the percentage is none.
    """
    values = {
        "obligation_id": obligation_id,
        "kind": kind,
        "percent": percent,
        "note": note,
        "unit": unit,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        "via": via,
    }
    id_ = int(connection.execute(sa.insert(t.remark).values(values).returning(_r.id)).scalar_one())
    if kind == "progress":
        connection.execute(sa.update(t.obligation).where(t.obligation.c.id == obligation_id).values(has_begun=True))
    if kind in TOLD:
        set_wake(connection, [(obligation_id, recorded_at)])
    return id_


def is_unresolved(connection: Connection, obligation_id: int) -> bool:
    """Say whether something told of an obligation waits to be seen to."""
    query = sa.select(_r.kind).where(_r.obligation_id == obligation_id, _r.kind.in_((*TOLD, "resolved")))
    return connection.execute(query.order_by(_r.id.desc()).limit(1)).scalar() in TOLD


def remarks(connection: Connection, ids: Iterable[int], *, until: datetime | None = None) -> dict[int, list[Remark]]:
    """Return the remarks on these obligations in the order of recording, by obligation id."""
    found: dict[int, list[Remark]] = {}
    for chunk in chunked(ids):
        query = sa.select(t.remark).where(among(connection, _r.obligation_id, chunk), *known_by(_r.recorded_at, until))
        for row in connection.execute(query.order_by(_r.id)):
            found.setdefault(row.obligation_id, []).append(Remark(*row))
    return found


def difficulties(connection: Connection, *, until: datetime | None = None) -> dict[int, Remark]:
    """Return the difficulty each obligation is in, by obligation id: the last one told that was not resolved since.
    One of an obligation that is over (`rules.status.UNSETTLED`) is none; as of earlier, its status then says so."""
    return unresolved(connection, "difficulty", until=until)


def unresolved(connection: Connection, kind: RemarkKind, *, until: datetime | None = None) -> dict[int, Remark]:
    """Return the last remark of that kind on each obligation, by obligation id, unless it was resolved since, or is a
    difficulty of what is over now."""
    last = sa.select(sa.func.max(_r.id)).where(_r.kind.in_((kind, "resolved")), *known_by(_r.recorded_at, until))
    query = sa.select(t.remark).where(_r.id.in_(last.group_by(_r.obligation_id)), _r.kind == kind)
    if kind == "difficulty" and until is None:
        query = query.join(t.obligation, _o.id == _r.obligation_id).where(_UNSETTLED)
    return {row.obligation_id: Remark(*row) for row in connection.execute(query.order_by(_r.id))}
