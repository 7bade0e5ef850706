"""Cases: obligations as requests for extensions are judged, from the rules and what is known of them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.facts.assembled import facts_for
from db.facts.extensions import NotExtended, requests_of
from db.obligations import StoredObligation
from rules.calendar import local_day
from rules.extensions import Asked, Bound, bound_of, gone
from rules.followed import Followed
from rules.roster import Roster


@dataclass(frozen=True, slots=True)
class Case:
    """An obligation as requests for it are judged; `due_by_rules` is the day it would have without extensions."""

    stored: StoredObligation
    followed: Followed
    asked: Asked
    due_by_rules: date | None

    @property
    def is_standings_own(self) -> bool:
        """Say whether the standing office owes it itself."""
        return self.followed.programme.standing in {*self.stored.key.units, *self.followed.task.head}


def case(connection: Connection, roster: Roster, stored: StoredObligation, *, now: datetime) -> Case:
    """Return an obligation as it stands now; NotExtended when the rules no longer know it."""
    today = local_day(now, roster.policy.zone)
    facts = facts_for(connection, [stored.id])[stored.id]
    followed = roster.follow(stored.key, facts, today=today)
    if followed is None:
        raise NotExtended(gone())
    due = followed.term.due
    by_rules = followed.extended[-1].due_by_rules if followed.extended else due
    requests = requests_of(connection, [stored.id]).get(stored.id, [])
    asked = Asked(
        facts=facts,
        due=due,
        bound=_bound(followed, roster, by_rules, today),
        calendar=roster.calendar(followed.programme),
        today=today,
        requests=requests,
    )
    return Case(stored, followed, asked, by_rules)


def _bound(followed: Followed, roster: Roster, by_rules: date | None, today: date) -> Bound | None:
    if by_rules is None:
        return None
    period, event, next_due = followed.programme.period, None, None
    if followed.term.kind == "before_event" and followed.key.occurrence:
        event = date.fromisoformat(followed.key.occurrence.partition("#")[0])
    if followed.occurrence.closes_at is not None:
        after = roster.next_after(followed, today=today)
        next_due = after.term.due if after else None
    return bound_of(by_rules, period.end if period else None, event, next_due)
