"""Spawning: obligations that come about without an edit: the next occurrences, deadlines whose event was recorded,
amendments whose day has come, and the prompts of the day; and those withdrawn again whose event was not one."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.engine import Connection

from db.passes import Pulse, beat, pulses
from db.sync import WantedObligation, sync
from db.syncing import Scope
from rules.calendar import local_day
from rules.programme import Programme, Task
from rules.prompts import prompts
from rules.roster import Roster
from scheduler.office import Office
from scheduler.owed import watched
from scheduler.wanted import changes_by_itself, waits_for_events, wanted_of

SPAWNED, PROMPTED = "spawned", "prompted"
"""The pulses that hold what the obligations, and what the prompts, were last brought up to."""

Tasks = list[tuple[Programme, Task]]
Bearing = dict[str, str]
"""What the obligations that change by themselves depend on beside the day, condensed: the rules, and the events of each
programme."""
RULES = ""


def spawn_what_changed(connection: Connection, office: Office, *, now: datetime) -> bool:
    """Bring the obligations that change by themselves up to `now`, unless the day, the rules and the events are those
    of the last time; return whether that was done. Whoever recorded an event, and however, need not think of it."""
    roster = office.roster(connection, now=now)
    bearing, today = _bearing(office.revision, roster), local_day(now, roster.policy.zone)
    last = pulses(connection)
    spawned, prompted = (_last(last.get(name), roster) for name in (SPAWNED, PROMPTED))
    if spawned == prompted == (today, bearing):
        return False
    if spawned != (today, bearing):
        _bring_up(connection, office.revision, roster, spawned, bearing, now=now)
        note_spawned(connection, office.revision, roster, now=now)
    _prompt(connection, office.revision, roster, now=now)
    beat(connection, PROMPTED, at=now, text=_written(bearing))
    return True


def note_spawned(connection: Connection, revision: int, roster: Roster, *, now: datetime) -> None:
    """Note that all obligations are now those that the roster's rules and events ask for."""
    beat(connection, SPAWNED, at=now, text=_written(_bearing(revision, roster)))


def spawn(connection: Connection, office: Office, *, now: datetime) -> None:
    """Bring the obligations that change by themselves up to `now`, whatever was done before."""
    roster = office.roster(connection, now=now)
    _sync(connection, office.revision, roster, _changing(roster), now=now)
    _prompt(connection, office.revision, roster, now=now)


def _bring_up(
    connection: Connection,
    revision: int,
    roster: Roster,
    last: tuple[date, Bearing] | None,
    bearing: Bearing,
    *,
    now: datetime,
) -> None:
    """Bring the tasks up to `now` that differ from what they were `last`."""
    tasks, today = _changing(roster), local_day(now, roster.policy.zone)
    if last is None or last[1].get(RULES) != bearing[RULES] or last[0] > today:
        _sync(connection, revision, roster, tasks, now=now)
        return
    before, known = last
    news = {id for id in roster.rulebook.programmes if known.get(id) != bearing[id]}
    anew = [(programme, task) for programme, task in tasks if programme.id in news and waits_for_events(task)]
    _sync(connection, revision, roster, anew, now=now)
    if before < today:
        _bring_up_since(connection, revision, roster, [one for one in tasks if one not in anew], before, now=now)


def _bring_up_since(
    connection: Connection, revision: int, roster: Roster, tasks: Tasks, before: date, *, now: datetime
) -> None:
    """Bring up to `now` what the days since `before` have changed in these tasks, when nothing else has."""
    today = local_day(now, roster.policy.zone)
    fell_due, amended = [], []
    for programme, task in tasks:
        was, is_ = (set(roster.existing(programme, task, since=before, today=day)) for day in (before, today))
        if {(found.part, found.edition) for found in was} != {(found.part, found.edition) for found in is_}:
            amended.append((programme, task))
        elif was != is_:
            fell_due.append((programme, task))
    _sync(connection, revision, roster, amended, now=now)
    # What fell due earlier is there already, and none of it goes.
    _sync(connection, revision, roster, fell_due, now=now, since=before)


def _bearing(revision: int, roster: Roster) -> Bearing:
    return {RULES: _condensed(revision, roster.policy)} | {
        programme: _condensed(sorted(roster.events.get(programme, {}).items()))
        for programme in roster.rulebook.programmes
    }


def _condensed(*values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()[:32]


def _written(bearing: Bearing) -> str:
    return "\n".join(f"{of} {condensed}" for of, condensed in bearing.items())


def _read(text: str) -> Bearing:
    parted = (line.rpartition(" ") for line in text.splitlines())
    return {of: condensed for of, _, condensed in parted}


def _last(pulse: Pulse | None, roster: Roster) -> tuple[date, Bearing] | None:
    """Return the day and the bearing that something was last brought up to, None before the first time."""
    if pulse is None or pulse.text is None:
        return None
    return local_day(pulse.at, roster.policy.zone), _read(pulse.text)


def _sync(
    connection: Connection,
    revision: int,
    roster: Roster,
    tasks: Tasks,
    *,
    now: datetime,
    since: date | None = None,
) -> None:
    """Make the obligations of these tasks those there should be: all of them, or only those due from `since` on."""
    if not tasks:
        return
    followed = watched(connection, roster, [(programme.id, task.id) for programme, task in tasks], now=now)
    rows = (
        row
        for programme, task in tasks
        for row in wanted_of(programme, task, roster, followed, running=True, now=now, since=since)
    )
    sync(connection, rows, revision=revision, now=now, scope=Scope.GIVEN_TASKS if since is None else ())


def _changing(roster: Roster) -> Tasks:
    return [(programme, task) for programme, task in _tasks(roster) if changes_by_itself(task)]


def _tasks(roster: Roster) -> Iterator[tuple[Programme, Task]]:
    for programme in roster.rulebook.programmes.values():
        for task in programme.followed():
            yield programme, task


def _prompt(connection: Connection, revision: int, roster: Roster, *, now: datetime) -> None:
    """Add the prompts of the day."""
    sync(connection, _prompts(roster, now), revision=revision, now=now, scope=())


def _prompts(roster: Roster, now: datetime) -> Iterator[WantedObligation]:
    today = local_day(now, roster.policy.zone)
    for programme in roster.rulebook.programmes.values():
        for prompt in prompts(programme, roster.events.get(programme.id, {}), today=today):
            yield WantedObligation(prompt.key, prompt.kind, watched_from=now, wake_at=now)
