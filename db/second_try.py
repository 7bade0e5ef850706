"""A second try: when a message that was set aside is tried again, what was given up in it is owed once more."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t
from rules.obligation import Reason

_n = t.notice.c


def owe_again(connection: Connection, message_ids: Collection[int]) -> int:
    """Have notices owed again that were given up as undeliverable in these messages, and return how many."""
    statement = sa.update(t.notice).where(_n.message_id.in_(message_ids), _n.reason == Reason.UNDELIVERABLE.value)
    return connection.execute(statement.values(state="owed", reason=None, settled_at=None)).rowcount
