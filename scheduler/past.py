"""The past: what the database knew at an instant: the rules in force then, the events recorded by then."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from db.facts import events, tasks_done
from db.revisions import latest_revision
from rules.events import events_known
from rules.programme import Occurred, Programme, Rulebook
from rules.roster import Known, Roster
from scheduler.config import Config
from scheduler.office import rulebook_of


@dataclass(frozen=True, slots=True)
class Past:
    """The rules of a revision with the events known at `at`."""

    revision: int
    roster: Roster
    at: datetime

    @property
    def rulebook(self) -> Rulebook:
        """Return the rules that were in force."""
        return self.roster.rulebook


def past(connection: Connection, config: Config, *, at: datetime) -> Past | None:
    """Return what was known at `at`; None when no rule files were in force yet."""
    revision = latest_revision(connection, until=at)
    if revision is None:
        return None
    rulebook = rulebook_of(connection, revision.id)
    known = {
        programme.id: _known(connection, programme, rulebook, config, at) for programme in rulebook.programmes.values()
    }
    return Past(revision.id, Roster(rulebook, config.policy, known), at)


def _known(connection: Connection, programme: Programme, rulebook: Rulebook, config: Config, at: datetime) -> Known:
    return events_known(
        programme,
        events(connection, programme.id, until=at),
        _done(connection, programme, at),
        calendar=rulebook.calendars[programme.calendar],
        zone=config.policy.zone,
    )


def _done(connection: Connection, programme: Programme, at: datetime) -> dict[str, tuple[Occurred, ...]]:
    starters = {event.when_done for event in programme.events.values() if event.when_done}
    if not starters:
        return {}
    reported = tasks_done(connection, programme.id, until=at)
    return {
        task: tuple(Occurred(report.said_on) for key, report in reported.items() if key.task == task)
        for task in starters
    }
