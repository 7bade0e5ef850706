"""Applying: rule files become the revision in force, and the obligations in the database those the files ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection, Engine

from db.facts import granted_extensions
from db.leader import lead
from db.migrate import migrate
from db.revisions import ProgrammeText, latest_revision, record_revision
from db.roll import first_watched
from db.sync import SyncCounts, sync
from rules.calendar import local_day
from rules.citing import citation
from rules.passing import those_told
from rules.programme import Rulebook
from rules.roster import Roster
from scheduler.config import Config
from scheduler.crash import crashpoint
from scheduler.folder import texts_of
from scheduler.garbage import collected_later
from scheduler.lived import note_lived
from scheduler.office import known_events
from scheduler.origin import Origin
from scheduler.owed import watched
from scheduler.spawning import note_spawned
from scheduler.taking_over import taking_over
from scheduler.wanted import wanted_of_all

__all__ = ["Applied", "Origin", "apply_rules"]


@dataclass(frozen=True, slots=True)
class Applied:
    """`is_new`: the files differ from those that were in force before. `rulebook` is in force now, with what came
    before it."""

    revision: int
    is_new: bool
    counts: SyncCounts
    rulebook: Rulebook


@collected_later()
def apply_rules(
    config: Config,
    engine: Engine,
    rulebook: Rulebook,
    files: Mapping[str, bytes],
    *,
    origin: Origin,
    now: datetime,
    progress: Callable[[int], None] | None = None,
    unless: Callable[[Connection], None] = lambda _: None,
    reverts: int | None = None,
) -> Applied:
    """Put the rule files in force: all in one transaction, so that either everything is or nothing.

    `unless` raises where they are not to be, since the world is not the one they were planned for. `reverts` is the
    earlier revision whose files they are.
    """
    migrate(engine)
    with engine.begin() as connection:
        lead(connection)
        unless(connection)
        followed, today = first_watched(connection), local_day(now, config.policy.zone)
        taken_over = taking_over(connection, rulebook, files, followed, today=today)
        revision, is_new = _revision(connection, rulebook, files, origin=origin, now=now, reverts=reverts)
        note_lived(connection, taken_over, revision=revision, now=now)
        known, extensions = known_events(connection, rulebook, config), granted_extensions(connection)
        roster = Roster(taken_over, config.policy, known, extensions)
        rows = wanted_of_all(roster, watched(connection, roster, now=now), now=now)
        counts = sync(
            connection,
            rows,
            revision=revision,
            now=now,
            progress=progress,
            told_of=lambda passed: those_told(passed, taken_over),
        )
        note_spawned(connection, revision, roster, now=now)
        crashpoint("before_apply_commit")
    return Applied(revision, is_new, counts, taken_over)


def _revision(
    connection: Connection,
    rulebook: Rulebook,
    files: Mapping[str, bytes],
    *,
    origin: Origin,
    now: datetime,
    reverts: int | None,
) -> tuple[int, bool]:
    latest = latest_revision(connection)
    if latest is not None and latest.digest == rulebook.digest:
        return latest.id, False
    programmes = [
        ProgrammeText(programme.id, programme.digest, programme.title, citation(programme.document))
        for programme in rulebook.programmes.values()
    ]
    recorded = record_revision(
        connection,
        digest=rulebook.digest,
        files=texts_of(files),
        programmes=programmes,
        origin=origin.folder,
        applied_by=origin.by,
        applied_at=now,
        git_commit=origin.git_commit,
        reverts=reverts,
    )
    return recorded, True
