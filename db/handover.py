"""Handover: between ledger and outbox, where what is owed joins a message still waiting, or changes hands before it is sent."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import chunked
from db.tables.base import equals

_n, _m = t.notice.c, t.message.c


def pending_by_person(connection: Connection, persons: Collection[str]) -> dict[str, int]:
    """Return the id of a message still waiting for each of these persons that has one: the newest."""
    query = sa.select(_m.person, sa.func.max(_m.id)).where(equals(_m.state, "pending"), _m.kind == "digest")
    found: dict[str, int] = {}
    for chunk in chunked(persons):
        rows = connection.execute(query.where(_m.person.in_(chunk)).group_by(_m.person))
        found |= dict(rows.tuples().all())
    return found


def readdress(connection: Connection, notices: Iterable[tuple[int, str]]) -> None:
    """Take owed notices out of their message and owe them to another person: pairs (notice id, address)."""
    statement = sa.update(t.notice).where(_n.id == sa.bindparam("of"), equals(_n.state, "owed"))
    statement = statement.values(person=sa.bindparam("to"), message_id=None)
    for chunk in chunked(notices):
        connection.execute(statement, [{"of": id_, "to": person} for id_, person in chunk])
