"""Office: what a process works with: its configuration, its database, and the rule files of the last good revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from sqlalchemy.engine import Connection, Engine

from db.facts import events, tasks_done
from db.revisions import files_of, latest_revision
from rules.calendar import local_day
from rules.events import events_known
from rules.load import load
from rules.programme import Occurred, Programme, Rulebook
from rules.roster import Known, Roster
from scheduler.config import Config
from scheduler.lived import with_lived


@dataclass
class Office:
    """`rulebook` is in force as `revision`; both change together when another revision is applied. Passes and
    deliveries share it, each in a thread of its own."""

    config: Config
    engine: Engine
    revision: int
    rulebook: Rulebook
    unsummed: set[tuple[str, str]] = field(default_factory=set, repr=False)
    """Standing offices and periods without anything to sum up: nothing was followed yet when they closed."""
    _roster: Roster | None = field(default=None, repr=False)
    _roster_of: tuple[int, date] | None = None
    _changing: Lock = field(default_factory=Lock, repr=False)

    def roster(self, connection: Connection, *, now: datetime) -> Roster:
        """Return the roster with the events known by now; what it has worked out is kept for the day, while nothing
        changes."""
        with self._changing:
            rulebook, revision = self.rulebook, self.revision
        known = known_events(connection, rulebook, self.config)
        of = (revision, local_day(now, self.config.policy.zone))
        with self._changing:
            roster = self._roster
            if roster is None or self._roster_of != of or roster.events != known:
                roster = self._roster = Roster(rulebook, self.config.policy, known)
                self._roster_of = of
        return roster

    def renew(self, connection: Connection) -> bool:
        """Take over a revision that another process has applied meanwhile; return True when there was one."""
        latest = latest_revision(connection)
        if latest is None or latest.id == self.revision:
            return False
        self.take_over(latest.id, rulebook_in_force(connection, latest.id))
        return True

    def take_over(self, revision: int, rulebook: Rulebook) -> None:
        """Work with another revision from now on."""
        with self._changing:
            self.rulebook, self.revision = rulebook, revision


class NothingApplied(Exception):
    """No revision of rule files has been applied to this database yet."""


def open_office(config: Config, engine: Engine) -> Office:
    """Return the office with the last revision applied; NothingApplied when there is none."""
    with engine.connect() as connection:
        latest = latest_revision(connection)
        if latest is None:
            raise NothingApplied("no rule files are in force yet: run `dondoc apply` first")
        return Office(config, engine, latest.id, rulebook_in_force(connection, latest.id))


def rulebook_in_force(connection: Connection, revision: int, *, until: datetime | None = None) -> Rulebook:
    """Return the rulebook of a stored revision with the deadlines lived by before, all or those known at an instant."""
    return with_lived(connection, rulebook_of(connection, revision), until=until)


def rulebook_of(connection: Connection, revision: int) -> Rulebook:
    """Return the rulebook of a stored revision."""
    loaded = load({name: text.encode() for name, text in files_of(connection, revision).items()})
    if loaded.rulebook is None:
        first = loaded.problems[0]
        raise ValueError(f"revision {revision} was written by another version and no longer loads: {first}")
    return loaded.rulebook


def known_events(connection: Connection, rulebook: Rulebook, config: Config) -> Mapping[str, Known]:
    """Return, for each programme, when its events have happened or are known to happen."""
    return {
        programme.id: events_known(
            programme,
            events(connection, programme.id),
            _done(connection, programme),
            calendar=rulebook.calendars[programme.calendar],
            zone=config.policy.zone,
        )
        for programme in rulebook.programmes.values()
    }


def _done(connection: Connection, programme: Programme) -> dict[str, tuple[Occurred, ...]]:
    """Return when the tasks that start an event were done."""
    starters = {event.when_done for event in programme.events.values() if event.when_done}
    if not starters:
        return {}
    reported = tasks_done(connection, programme.id)
    return {
        task: tuple(Occurred(report.said_on) for key, report in reported.items() if key.task == task)
        for task in starters
    }
