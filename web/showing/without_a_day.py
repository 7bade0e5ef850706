"""Without a day: the tasks that a standing office has to give a deadline, counted once for its work and its list."""

from sqlalchemy.engine import Connection

from db.obligations import Filter, StoredObligation, listing
from rules.calendar import local_day
from rules.followed import Followed
from rules.obligation import Facts
from web.visit import Visit

SHOWN = 500
"""So many are looked at in each programme."""


def undated(visit: Visit, connection: Connection) -> tuple[list[tuple[StoredObligation, Followed]], int]:
    """Return the open obligations that still have no day, of the programmes whose standing office who asks speaks for,
    and how many go on continuously and need none."""
    found: list[tuple[StoredObligation, Followed]] = []
    continuous = 0
    roster, today = visit.desk.roster(connection, now=visit.now), local_day(visit.now, visit.desk.zone)
    for programme in visit.desk.rulebook.programmes:
        if programme not in visit.who.standing:
            continue
        which = Filter(programme=programme, states=("open",), kinds=("task",), undated=True)
        for stored in listing(connection, which, limit=SHOWN):
            followed = roster.follow(stored.key, Facts(stored.watched_from), today=today)
            if followed is None:
                continue
            if followed.term.kind == "continuous":
                continuous += 1
            else:
                found.append((stored, followed))
    return found, continuous
