"""Syncing: the obligations of one programme are brought up to what is known, after a fact that they hang on."""

from datetime import datetime

from sqlalchemy.engine import Connection

from db.sync import sync
from db.syncing import Scope
from scheduler.office import Office
from scheduler.owed import watched
from scheduler.wanted import wanted_of


def sync_programme(
    connection: Connection, office: Office, programme_id: str, task_id: str | None = None, *, now: datetime
) -> None:
    """Bring all obligations of a programme, or of one of its tasks, up to what is known now; those nothing calls for
    any more are withdrawn.

    Of a programme that is gone from the rules all are withdrawn already, but for what was reported done.
    """
    roster = office.roster(connection, now=now)
    programme = roster.rulebook.programmes.get(programme_id)
    if programme is None:
        return
    tasks = [task for task in programme.followed() if task_id in (None, task.id)]
    followed = watched(connection, roster, [(programme.id, task.id) for task in tasks], now=now)
    rows = [row for task in tasks for row in wanted_of(programme, task, roster, followed, running=True, now=now)]
    if task_id is None:
        sync(connection, rows, revision=office.revision, now=now, scope={programme_id})
    elif rows:
        sync(connection, rows, revision=office.revision, now=now, scope=Scope.GIVEN_TASKS)
    else:
        # Only the whole programme tells that nothing calls for the task any more.
        sync_programme(connection, office, programme_id, now=now)
