"""Answers: what was said back of obligations that is told once to those whom it concerns; from remarks and verdicts,
and from requests for extensions."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among_those, as_one_value, chunked
from db.facts.known import known_by
from rules.answered import REMARKS
from rules.obligation import Announcement
from rules.requests import asked_in_words

_m, _r, _v = t.remark.c, t.report.c, t.verification.c
_x, _d = t.extension.c, t.extension_decision.c
_NO_DAY = sa.cast(sa.null(), sa.String()).label("wanted")
_STANDS = sa.false().label("settled")
_Until = sa.BindParameter[datetime] | None
TOLD = tuple(sorted(REMARKS))
"""The remarks that the standing office is told of."""


def answers_told(
    connection: Connection, ids: Iterable[int], *, until: datetime | None = None
) -> dict[int, list[Announcement]]:
    """Return what was said back of these obligations in order of time, by id; each kind is numbered from 0."""
    found: dict[int, list[Announcement]] = {}
    query = _said(connection.dialect.name, is_past=until is not None)
    for chunk in chunked(ids):
        for row in connection.execute(query, {"ids": as_one_value(connection, chunk), "until": until}):
            text = row.text or ""
            if row.wanted is not None:
                day, number, special = row.wanted.split()
                text = asked_in_words(date.fromisoformat(day), int(number), text, is_exception=special == "1")
            told = Announcement(row.kind, row.at, row.turn, said=text, is_settled=bool(row.settled))
            found.setdefault(row.obligation_id, []).append(told)
    return found


@cache
def _said(dialect: str, *, is_past: bool) -> sa.Select[*tuple[Any, ...]]:
    """Return the query for all that was said of `ids`, `until` an instant or by now: made once, since that takes
    longer than to run it."""
    until: _Until = sa.bindparam("until") if is_past else None
    parts = (_remarks, _verdicts, _asked_for, _refused)
    said = sa.union_all(*(part(dialect, until) for part in parts)).subquery("said")
    return sa.select(said).order_by(said.c.at, said.c.id)


def _remarks(dialect: str, until: _Until) -> sa.Select[*tuple[Any, ...]]:
    columns = (_m.obligation_id, _m.kind.label("kind"), _numbered(_m.obligation_id, _m.kind, _m.id))
    later = t.remark.alias("later").c
    resolved = sa.exists().where(
        later.obligation_id == _m.obligation_id,
        later.kind == "resolved",
        later.id > _m.id,
        *known_by(later.recorded_at, until),
    )
    settled = resolved.correlate(t.remark).label("settled")
    query = sa.select(*columns, _m.recorded_at.label("at"), _m.note.label("text"), _m.id, _NO_DAY, settled)
    return query.where(among_those(dialect, _m.obligation_id), _m.kind.in_(TOLD), *known_by(_m.recorded_at, until))


def _verdicts(dialect: str, until: _Until) -> sa.Select[*tuple[Any, ...]]:
    columns = (_r.obligation_id, _v.verdict.label("kind"), _numbered(_r.obligation_id, _v.verdict, _v.id))
    query = sa.select(*columns, _v.recorded_at.label("at"), _v.reason.label("text"), _v.id, _NO_DAY, _STANDS)
    query = query.join(t.report, _r.id == _v.report_id)
    return query.where(among_those(dialect, _r.obligation_id), *known_by(_v.recorded_at, until))


def _asked_for(dialect: str, until: _Until) -> sa.Select[*tuple[Any, ...]]:
    kind: sa.ColumnElement[str] = sa.case((_x.goes_to == "standing", "extension"), else_="extension_above")
    columns = (_x.obligation_id, kind.label("kind"), _numbered(_x.obligation_id, kind, _x.id))
    special = sa.case((_x.is_exception, " 1"), else_=" 0")
    wanted = (sa.cast(_x.due_wanted, sa.String()) + " " + sa.cast(_x.number, sa.String()) + special).label("wanted")
    decided = sa.exists().where(_d.extension_id == _x.id, *known_by(_d.recorded_at, until))
    settled = decided.correlate(t.extension).label("settled")
    query = sa.select(*columns, _x.recorded_at.label("at"), _x.reason.label("text"), _x.id, wanted, settled)
    return query.where(among_those(dialect, _x.obligation_id), *known_by(_x.recorded_at, until))


def _refused(dialect: str, until: _Until) -> sa.Select[*tuple[Any, ...]]:
    kind: sa.ColumnElement[str] = sa.literal_column("'extension_refused'")
    columns = (_x.obligation_id, kind.label("kind"), _numbered(_x.obligation_id, kind, _d.recorded_at))
    query = sa.select(*columns, _d.recorded_at.label("at"), _d.reason.label("text"), _x.id, _NO_DAY, _STANDS)
    query = query.join(t.extension_decision, _d.extension_id == _x.id).where(_d.verdict == "refused")
    return query.where(among_those(dialect, _x.obligation_id), *known_by(_d.recorded_at, until))


def _numbered(
    of: sa.ColumnElement[Any], kind: sa.ColumnElement[Any], in_order_of: sa.ColumnElement[Any]
) -> sa.Label[int]:
    turn = sa.func.row_number().over(partition_by=(of, kind), order_by=in_order_of) - 1
    return turn.label("turn")
