"""Limits: how often something may be tried from one address in a while."""

from datetime import timedelta
from typing import NamedTuple

from db.attempts import count_attempts, note_attempt
from web.forms import condensed
from web.refusal import Refusal
from web.visit import Visit


class Limit(NamedTuple):
    """So many attempts in so long a time, each kind counted by itself."""

    kind: str
    most: int
    within: timedelta


SIGN_IN_ADDRESS = Limit("sign_in_address", 5, timedelta(hours=1))
"""Letters to one address: nobody's mailbox is to be filled from here."""
SIGN_IN_ORIGIN = Limit("sign_in_origin", 30, timedelta(minutes=15))
"""Sign-ins from one network address; an office has one for all its people."""
BAD_LINK = Limit("bad_link", 60, timedelta(minutes=15))
"""Links that are no good, from one network address."""


def count(visit: Visit, limit: Limit, of: str) -> None:
    """Count an attempt; Refusal when there were too many, of which no more are counted."""
    key = condensed(visit.desk.keys, of)
    since = visit.now - limit.within
    # Looked at first without a lock: a flood must not keep a pass from writing.
    with visit.reading() as connection:
        is_over = count_attempts(connection, limit.kind, key, since=since) >= limit.most
    if not is_over:
        with visit.desk.engine.begin() as connection:
            if count_attempts(connection, limit.kind, key, since=since) < limit.most:
                note_attempt(connection, limit.kind, key, at=visit.now)
                return
    raise Refusal("too_many", wait=int(limit.within.total_seconds()))
