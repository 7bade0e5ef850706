"""Office: what a process works with: its configuration, its database, and the rule files of the last good revision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.engine import Connection, Engine

from db.facts import events, tasks_done
from db.revisions import files_of, latest_revision
from rules.calendar import local_day
from rules.events import events_known
from rules.load import load
from rules.programme import Occurred, Programme, Rulebook
from rules.roster import Known, Roster
from scheduler.config import Config


@dataclass
class Office:
    """`rulebook` is in force as `revision`; both change together when another revision is applied."""

    config: Config
    engine: Engine
    revision: int
    rulebook: Rulebook
    _roster: Roster | None = field(default=None, repr=False)
    _roster_of: tuple[int, date] | None = None

    def roster(self, connection: Connection, *, now: datetime) -> Roster:
        """Return the roster with the events known by now; what it has worked out is kept for the day, while nothing changes."""
        known = known_events(connection, self.rulebook, self.config)
        of = (self.revision, local_day(now, self.config.policy.zone))
        if self._roster is None or self._roster_of != of or self._roster.events != known:
            self._roster = Roster(self.rulebook, self.config.policy, known)
            self._roster_of = of
        return self._roster

    def renew(self, connection: Connection) -> bool:
        """Take over a revision that another process has applied meanwhile; return True when there was one."""
        latest = latest_revision(connection)
        if latest is None or latest.id == self.revision:
            return False
        self.rulebook, self.revision = rulebook_of(connection, latest.id), latest.id
        return True


class NothingApplied(Exception):
    """No revision of rule files has been applied to this database yet."""


def open_office(config: Config, engine: Engine) -> Office:
    """Return the office with the last revision applied; NothingApplied when there is none."""
    with engine.connect() as connection:
        latest = latest_revision(connection)
        if latest is None:
            raise NothingApplied("no rule files are in force yet: run `dondoc apply` first")
        return Office(config, engine, latest.id, rulebook_of(connection, latest.id))


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
