"""Syncing: the obligations of one programme are brought up to what is known, after a fact that they hang on."""

from datetime import datetime

from sqlalchemy.engine import Connection

from db.sync import sync
from scheduler.office import Office
from scheduler.owed import watched
from scheduler.wanted import wanted_of


def sync_programme(connection: Connection, office: Office, programme_id: str, *, now: datetime) -> None:
    """Bring all obligations of a programme up to what is known now; those nothing calls for any more are withdrawn.

    Of one that is gone from the rules all are withdrawn already, but for what was reported done.
    """
    roster = office.roster(connection, now=now)
    programme = roster.rulebook.programmes.get(programme_id)
    if programme is None:
        return
    followed = watched(connection, roster, [(programme.id, task.id) for task in programme.followed()], now=now)
    rows = [
        row
        for task in programme.followed()
        for row in wanted_of(programme, task, roster, followed, running=True, now=now)
    ]
    sync(connection, rows, revision=office.revision, now=now, scope={programme_id})
