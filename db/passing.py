"""Passing: obligations that a sync is about to withdraw since others come to owe them, or to open again, and of which
their units were told; and to whom those passed that it has withdrawn."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import among, chunked
from db.obligations import FOLLOWED, IS_OPEN
from db.tables.base import equals
from rules.digests import Begun
from rules.obligation import ObligationKey
from rules.passing import Passed, Told, first_of, is_to_unit, owed_of

Choosing = Callable[[Iterable[Passed]], Iterable[ObligationKey]]
"""Chooses of which obligations that pass to other units their former units are told so."""

_o, _n, _c = t.obligation.c, t.notice.c, t.change.c
_LINE = tuple(name for name in t.KEY if name != "unit")
_OWED = tuple(name for name in t.KEY if name != "occurrence")


class Telling(NamedTuple):
    """The numbers of the obligations whose units are told that others lead them now, and that they are theirs again."""

    passed: list[int]
    back: list[int]


def telling(connection: Connection, wanted: sa.Table, told_anyway: sa.ColumnElement[bool], choose: Choosing) -> Telling:
    """Return what is to be told before a sync; `wanted` is the table of those there should be, `told_anyway` the
    condition that the units are told of a stored one's move."""
    same = sa.and_(*(wanted.c[name] == _o[name] for name in t.KEY))
    is_wanted, is_followed = sa.exists().where(same).correlate(t.obligation), _o.kind.in_(FOLLOWED)
    gone = _read(connection, IS_OPEN, is_followed, ~is_wanted, _begins(wanted))
    back = _read(connection, equals(_o.state, "withdrawn"), is_followed, same, ~told_anyway)
    told = _told(connection, [*gone, *back])
    passed = set(choose(one for one in gone.values() if owed_of(one.key) in told.theirs))
    again = set(first_of(one for one in back.values() if owed_of(one.key) in told.gone))
    return Telling(
        [id_ for id_, one in gone.items() if one.key in passed], [id_ for id_, one in back.items() if one.key in again]
    )


def wake_those_on_their_way(connection: Connection, *, now: datetime) -> None:
    """Have what is withdrawn looked at again of which it is on its way to be told that others lead it now."""
    owed = sa.exists().where(_n.obligation_id == _o.id, equals(_n.state, "owed"), _n.rung == "passed")
    values = {"wake_at": now}
    connection.execute(sa.update(t.obligation).where(equals(_o.state, "withdrawn"), owed).values(values))


def passed_to(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return, of each of these obligations that is withdrawn since others came to owe it at that instant, their
    units."""
    other = t.obligation.alias("other").c
    again = sa.exists().where(_c.obligation_id == other.id, _c.kind == "reopened", _c.at == _o.ended_at)
    begins = sa.or_(other.recorded_at == _o.ended_at, again.correlate(t.obligation, other.id.table))
    same = (*(other[name] == _o[name] for name in _LINE), other.unit != _o.unit)
    found: dict[int, dict[str, None]] = {}
    for chunk in chunked(ids):
        query = sa.select(_o.id, other.unit).where(
            among(connection, _o.id, chunk), equals(_o.state, "withdrawn"), *same, begins
        )
        for id_, unit in connection.execute(query.order_by(other.id)):
            found.setdefault(id_, {}).update(dict.fromkeys(unit.split("+")))
    return {id_: tuple(units) for id_, units in found.items()}


def begun_instead(connection: Connection, ids: Iterable[int]) -> dict[int, Begun]:
    """Return, of those of these obligations that took the place of one withdrawn at that instant, what began with them:
    a deadline for what had been given without one, or another lead."""
    before = t.obligation.alias("before").c
    is_dated = sa.and_(before.unit == _o.unit, before.occurrence == "", _o.occurrence != "")
    is_passed = sa.and_(before.unit != _o.unit, before.occurrence == _o.occurrence)
    same = (*(before[name] == _o[name] for name in ("programme", "task", "part")), before.ended_at == _o.recorded_at)
    found: dict[int, Begun] = {}
    for chunk in chunked(ids):
        query = sa.select(_o.id, sa.case((is_dated, 1), else_=0)).where(
            among(connection, _o.id, chunk), equals(before.state, "withdrawn"), *same, sa.or_(is_dated, is_passed)
        )
        found |= {id_: "dated" if dated else "passed_on" for id_, dated in connection.execute(query)}
    return found


def _read(connection: Connection, *conditions: sa.ColumnElement[bool]) -> dict[int, Passed]:
    columns = (_o.id, _o.due_on, *(_o[name] for name in t.KEY))
    rows = connection.execute(sa.select(*columns).where(*conditions))
    return {id_: Passed(ObligationKey(*key), due) for id_, due, *key in rows}


def _begins(wanted: sa.Table) -> sa.ColumnElement[bool]:
    """Return the condition that of the same occurrence another obligation begins, or begins again."""
    other, there = wanted.alias("other").c, t.obligation.alias("there").c
    is_there = sa.exists().where(*(there[name] == other[name] for name in t.KEY), there.state != "withdrawn")
    return sa.exists().where(*(other[name] == _o[name] for name in _LINE), ~is_there).correlate(t.obligation)


def _told(connection: Connection, ids: list[int]) -> Told:
    """Return of what of these, whatever the occurrence, the units that owe it were told."""
    sent = []
    any_ = t.obligation.alias("any_occurrence").c
    columns = (*(_o[name] for name in _OWED), _n.unit, _n.role, _n.rung)
    for chunk in chunked(ids):
        query = (
            sa.select(sa.func.max(_n.settled_at), *columns)
            .where(
                among(connection, _o.id, chunk),
                *(any_[name] == _o[name] for name in _OWED),
                _n.obligation_id == any_.id,
                equals(_n.state, "sent"),
            )
            .group_by(*columns)
        )
        for at, programme, task, part, units, unit, role, rung in connection.execute(query):
            if is_to_unit(role, unit, units.split("+")):
                sent.append((at, (programme, task, part, units), rung))
    return Told.by(sent)
