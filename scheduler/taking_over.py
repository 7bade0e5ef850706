"""Taking over: a rulebook that is to be in force, as it goes on from the one that is: with the deadlines that the tasks
followed so far were lived by."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.engine import Connection

from db.revisions import Revision, files_of, latest_revision
from rules.load.patched import patched
from rules.programme import Rulebook
from rules.succession import succeeded
from scheduler.lived import with_lived
from scheduler.office import rulebook_of

log = logging.getLogger(__name__)


def taking_over(
    connection: Connection,
    rulebook: Rulebook,
    files: Mapping[str, bytes],
    followed: Collection[tuple[str, str]],
    *,
    today: date,
) -> Rulebook:
    """Return the rulebook of these files as it takes over today from the one in force, if any."""
    latest = latest_revision(connection)
    if latest is None or latest.digest == rulebook.digest:
        return with_lived(connection, rulebook)
    try:
        before = in_force_beside(connection, latest, rulebook, files)
    except ValueError as fault:
        log.warning("what fell due before is not known: %s", fault)
        return with_lived(connection, rulebook)
    return succeeded(before, rulebook, followed, today=today)


def in_force_beside(
    connection: Connection, latest: Revision, rulebook: Rulebook, files: Mapping[str, bytes]
) -> Rulebook:
    """Return the rulebook in force, told from the new one of these files where they differ in some tasks only."""
    stored = {name: text.encode() for name, text in files_of(connection, latest.id).items()}
    before = patched(rulebook, files, stored, digest=latest.digest) if files else None
    return with_lived(connection, replace(before or rulebook_of(connection, latest.id), recast={}))
