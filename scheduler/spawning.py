"""Spawning: obligations that come about without an edit: the next occurrences, deadlines whose event was recorded,
amendments whose day has come, and the prompts of the day; and those withdrawn again whose event was not one."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.engine import Connection

from db.leader import lead
from db.passes import beat, pulses
from db.roll import first_watched
from db.sync import Scope, WantedObligation, sync
from rules.calendar import local_day
from rules.programme import Programme, Task
from rules.prompts import prompts
from rules.roster import Roster
from scheduler.office import Office
from scheduler.wanted import changes_by_itself, waits_for_events, wanted_of

SPAWNED = "spawned"
"""The pulse that holds what the obligations were last brought up to."""


def spawn_what_changed(connection: Connection, office: Office, *, now: datetime) -> bool:
    """Bring the obligations that change by themselves up to `now`, unless the day, the rules and the events are those
    of the last time; return whether that was done. Whoever recorded an event, and however, need not think of it."""
    roster = office.roster(connection, now=now)
    bearing, today = _bearing(office, roster), local_day(now, roster.policy.zone)
    last = pulses(connection).get(SPAWNED)
    known = last is not None and last.text == bearing
    before = local_day(last.at, roster.policy.zone) if last is not None and known else None
    if before == today:
        return False
    if before is None or before > today:
        spawn(connection, office, now=now)
    else:
        _spawn_since(connection, office, before, now=now)
    beat(connection, SPAWNED, at=now, text=bearing)
    return True


def spawn(connection: Connection, office: Office, *, now: datetime) -> None:
    """Bring the obligations that change by themselves up to `now`."""
    roster = office.roster(connection, now=now)
    _sync(connection, office, _changing(roster), now=now)
    sync(connection, _prompts(roster, now), revision=office.revision, now=now, scope=())


def _spawn_since(connection: Connection, office: Office, before: date, *, now: datetime) -> None:
    """Bring up to `now` what the days since `before` have changed, when nothing else has."""
    roster = office.roster(connection, now=now)
    today = local_day(now, roster.policy.zone)
    fell_due, amended = [], []
    for programme, task in _changing(roster):
        was, is_ = (set(roster.existing(programme, task, since=before, today=day)) for day in (before, today))
        if {(found.part, found.edition) for found in was} != {(found.part, found.edition) for found in is_}:
            amended.append((programme, task))
        elif was != is_:
            fell_due.append((programme, task))
    _sync(connection, office, amended, now=now)
    # What fell due earlier is there already, and none of it goes.
    _sync(connection, office, fell_due, now=now, since=before)
    sync(connection, _prompts(roster, now), revision=office.revision, now=now, scope=())


def spawn_after_event(connection: Connection, office: Office, programme: str, *, now: datetime) -> None:
    """Bring the tasks that wait for events of that programme up to what has just been recorded or taken back."""
    lead(connection)
    roster = office.roster(connection, now=now)
    waiting = [(p, task) for p, task in _tasks(roster) if p.id == programme and waits_for_events(task)]
    _sync(connection, office, waiting, now=now)


def _bearing(office: Office, roster: Roster) -> str:
    """Return what the obligations that change by themselves depend on beside the day, condensed."""
    events = [(programme, sorted(known.items())) for programme, known in sorted(roster.events.items())]
    return sha256(repr((office.revision, roster.policy, events)).encode()).hexdigest()


def _sync(
    connection: Connection,
    office: Office,
    tasks: list[tuple[Programme, Task]],
    *,
    now: datetime,
    since: date | None = None,
) -> None:
    """Make the obligations of these tasks those there should be: all of them, or only those due from `since` on."""
    if not tasks:
        return
    roster = office.roster(connection, now=now)
    watched = first_watched(connection, [(programme.id, task.id) for programme, task in tasks])
    rows = (
        row
        for programme, task in tasks
        for row in wanted_of(programme, task, roster, watched, running=True, now=now, since=since)
    )
    sync(connection, rows, revision=office.revision, now=now, scope=Scope.GIVEN_TASKS if since is None else ())


def _changing(roster: Roster) -> list[tuple[Programme, Task]]:
    return [(programme, task) for programme, task in _tasks(roster) if changes_by_itself(task)]


def _tasks(roster: Roster) -> Iterator[tuple[Programme, Task]]:
    for programme in roster.rulebook.programmes.values():
        for task in programme.tasks.values():
            yield programme, task


def _prompts(roster: Roster, now: datetime) -> Iterator[WantedObligation]:
    today = local_day(now, roster.policy.zone)
    for programme in roster.rulebook.programmes.values():
        for prompt in prompts(programme, roster.events.get(programme.id, {}), today=today):
            yield WantedObligation(prompt.key, prompt.kind, watched_from=now, wake_at=now)
