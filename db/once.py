"""Once: what is done one single time, whatever is pressed twice or sent again; noted in the transaction of what is
done."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from db.bulk import insert

_l = t.link_use.c


class Use(NamedTuple):
    """When a number was used up, by whom and for what."""

    purpose: str
    person: str
    used_at: datetime


class UsedUp(Exception):
    """The number was used before; what was to be done under it must not be done again."""


def use_once(connection: Connection, number: str, *, purpose: str, person: str, at: datetime) -> None:
    """Note that a number is used up; UsedUp when it was before, and the transaction is then to be rolled back."""
    values = {"number": number, "purpose": purpose, "person": person, "used_at": at}
    statement: Any = insert(connection, t.link_use).values(values).on_conflict_do_nothing(index_elements=[_l.number])
    if connection.execute(statement).rowcount == 0:
        raise UsedUp(number)


def use_of(connection: Connection, number: str) -> Use | None:
    """Return when and for what a number was used up, None when it was not."""
    row = connection.execute(sa.select(_l.purpose, _l.person, _l.used_at).where(_l.number == number)).one_or_none()
    return Use(*row) if row else None


def forget_uses(connection: Connection, *, before: datetime) -> int:
    """Forget the numbers used before that instant, all links with which have run out; return how many."""
    return connection.execute(sa.delete(t.link_use).where(_l.used_at < before)).rowcount
