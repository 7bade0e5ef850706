"""Owed: since when each unit owes what is followed, and what the database holds of those that have not owed it all
along."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Connection

from db.roll import first_watched, lapsed, occurrences_of
from rules.calendar import local_day
from rules.follow import Place
from rules.owing import NOTHING_HELD, Since, Stored
from rules.roster import Roster, owing_units


@dataclass(frozen=True, slots=True)
class Watched:
    """`since`: since when each unit owes each task, those included that owe it no more."""

    since: dict[Place, dict[str, datetime]] = field(default_factory=dict)
    held: Stored = NOTHING_HELD

    def of(self, place: Place) -> Since:
        """Return since when each unit owes that task: nothing where it is not followed yet."""
        return self.since.get(place, {})


def watched(
    connection: Connection, roster: Roster, tasks: Collection[Place] | None = None, *, now: datetime
) -> Watched:
    """Return what is followed, all tasks or those given, as these rules go on from it."""
    zone = roster.policy.zone
    since = first_watched(connection, tasks)
    gone = lapsed(connection, tasks, today=local_day(now, zone), zone=zone)
    places = {(key.programme, key.task, key.unit) for key in gone}
    places |= {(*place, unit) for place, units in since.items() for unit in _former(roster, place, units)}
    held = dict(occurrences_of(connection, places)) if places else {}
    return Watched(since, Stored(frozenset(held), frozenset(key for key, is_open in held.items() if is_open), gone))


def _former(roster: Roster, place: Place, since: Since) -> Collection[str]:
    """Return the units that owe the task no more."""
    programme = roster.rulebook.programmes.get(place[0])
    task = programme.task(place[1]) if programme else None
    return since.keys() - set(owing_units(task)) if task else ()
