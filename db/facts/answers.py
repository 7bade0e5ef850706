"""Answers: what was said back of obligations that is told once to those whom it concerns; from remarks and verdicts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked
from db.facts.known import known_by
from rules.obligation import Announcement

_m, _r, _v = t.remark.c, t.report.c, t.verification.c
TOLD = ("difficulty", "not_ours", "focal")
"""The remarks that the standing office is told of."""


def answers_told(
    connection: Connection, ids: Iterable[int], *, until: datetime | None = None
) -> dict[int, list[Announcement]]:
    """Return what was said back of these obligations in order of time, by id; each kind is numbered from 0."""
    found: dict[int, list[Announcement]] = {}
    for chunk in chunked(ids):
        said = sa.union_all(_remarks(connection, chunk, until), _verdicts(connection, chunk, until)).subquery("said")
        for row in connection.execute(sa.select(said).order_by(said.c.at, said.c.id)):
            told = Announcement(row.kind, row.at, row.turn, said=row.text or "")
            found.setdefault(row.obligation_id, []).append(told)
    return found


def _remarks(connection: Connection, ids: list[int], until: datetime | None) -> sa.Select[*tuple[Any, ...]]:
    columns = (_m.obligation_id, _m.kind.label("kind"), _numbered(_m.obligation_id, _m.kind, _m.id))
    query = sa.select(*columns, _m.recorded_at.label("at"), _m.note.label("text"), _m.id)
    return query.where(among(connection, _m.obligation_id, ids), _m.kind.in_(TOLD), *known_by(_m.recorded_at, until))


def _verdicts(connection: Connection, ids: list[int], until: datetime | None) -> sa.Select[*tuple[Any, ...]]:
    columns = (_r.obligation_id, _v.verdict.label("kind"), _numbered(_r.obligation_id, _v.verdict, _v.id))
    query = sa.select(*columns, _v.recorded_at.label("at"), _v.reason.label("text"), _v.id)
    query = query.join(t.report, _r.id == _v.report_id)
    return query.where(among(connection, _r.obligation_id, ids), *known_by(_v.recorded_at, until))


def _numbered(
    of: sa.ColumnElement[Any], kind: sa.ColumnElement[Any], in_order_of: sa.ColumnElement[Any]
) -> sa.Label[int]:
    turn = sa.func.row_number().over(partition_by=(of, kind), order_by=in_order_of) - 1
    return turn.label("turn")
