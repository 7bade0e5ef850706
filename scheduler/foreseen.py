"""Foreseen: what putting rule files in force would do, found out by doing it in a transaction that is rolled back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.engine import Engine

from db.facts import granted_extensions
from db.leader import lead
from db.revisions import latest_revision
from db.roll import first_watched
from db.sync import SyncCounts, sync
from rules.calendar import local_day
from rules.programme import Rulebook
from rules.roster import Roster
from scheduler.config import Config
from scheduler.office import known_events
from scheduler.owed import watched
from scheduler.taking_over import taking_over
from scheduler.wanted import wanted_of_all


def foreseen(
    config: Config, engine: Engine, rulebook: Rulebook, files: Mapping[str, bytes], *, now: datetime
) -> SyncCounts:
    """Return what applying the rulebook of these files at `now` would do to a database with the present schema."""
    with engine.connect() as connection, connection.begin() as transaction:
        lead(connection)
        latest = latest_revision(connection)
        followed, today = first_watched(connection), local_day(now, config.policy.zone)
        taken_over = taking_over(connection, rulebook, files, followed, today=today)
        known, extensions = known_events(connection, rulebook, config), granted_extensions(connection)
        roster = Roster(taken_over, config.policy, known, extensions)
        rows = wanted_of_all(roster, watched(connection, roster, now=now), now=now)
        if latest is None:
            count = sum(1 for _ in rows)
            counts = SyncCounts(wanted=count, new=count, moved=0, reopened=0, withdrawn=0, touched=0)
        else:
            counts = sync(connection, rows, revision=latest.id, now=now)
        transaction.rollback()
    return counts
