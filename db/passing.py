"""Passing: obligations that a sync is about to withdraw since others come to owe them, and of which their units were
told."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked
from db.obligations import FOLLOWED, IS_OPEN
from rules.obligation import ObligationKey
from rules.passing import Owed, Passed, is_to_unit, owed_of

_o, _n = t.obligation.c, t.notice.c
_LINE = tuple(name for name in t.KEY if name != "unit")
_OWED = tuple(name for name in t.KEY if name != "occurrence")


def passed_and_told(connection: Connection, wanted: sa.Table) -> dict[int, Passed]:
    """Return them by their numbers; `wanted` is the table of those there should be."""
    columns = (_o.id, _o.due_on, *(_o[name] for name in t.KEY))
    query = sa.select(*columns).where(IS_OPEN, _o.kind.in_(FOLLOWED), *_passes(wanted))
    found = {id_: Passed(ObligationKey(*key), due) for id_, due, *key in connection.execute(query)}
    told = _told(connection, list(found))
    return {id_: one for id_, one in found.items() if owed_of(one.key) in told}


def _passes(wanted: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that nobody asks for an obligation any more, and that of the same occurrence one begins, or
    begins again."""
    other, there = wanted.alias("other").c, t.obligation.alias("there").c
    is_wanted = sa.exists().where(*(wanted.c[name] == _o[name] for name in t.KEY)).correlate(t.obligation)
    is_there = sa.exists().where(*(there[name] == other[name] for name in t.KEY), there.state != "withdrawn")
    begins = sa.exists().where(*(other[name] == _o[name] for name in _LINE), ~is_there).correlate(t.obligation)
    return ~is_wanted, begins


def _told(connection: Connection, ids: list[int]) -> set[Owed]:
    """Return of what of these, whatever the occurrence, a unit that owes it was sent anything."""
    told: set[Owed] = set()
    any_ = t.obligation.alias("any_occurrence").c
    columns = (*(_o[name] for name in _OWED), _n.unit, _n.role)
    for chunk in chunked(ids):
        query = (
            sa.select(*columns)
            .distinct()
            .where(
                among(connection, _o.id, chunk),
                *(any_[name] == _o[name] for name in _OWED),
                _n.obligation_id == any_.id,
                _n.state == "sent",
            )
        )
        for programme, task, part, units, unit, role in connection.execute(query):
            if is_to_unit(role, unit, units.split("+")):
                told.add((programme, task, part, units))
    return told
