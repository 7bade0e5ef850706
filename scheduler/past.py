"""The past: what the database knew at an instant: the rules in force then, the events recorded and the extensions
granted by then."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.facts import events, granted_extensions, granting_instants, recording_instants, tasks_done
from db.recasts import recast_instants
from db.revisions import applied, files_of, latest_revision
from rules.events import events_known
from rules.programme import Occurred, Programme, Rulebook
from rules.roster import Known, Roster
from scheduler.config import Config
from scheduler.office import rulebook_in_force

A_MOMENT = timedelta(microseconds=1)
"""So long before an instant it was as it was until then."""
_BEARS_ON_DATES = re.compile(r"^(programme|calendar):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Past:
    """The rules of a revision with the events and extensions known at `at`."""

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
    rulebook = rulebook_in_force(connection, revision.id, until=at)
    return Past(revision.id, _roster(connection, rulebook, config, at), at)


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """The rules by which things were owed until they were withdrawn, worked out once for all that were at one
    instant."""

    config: Config
    _known: dict[datetime, Roster | None] = field(default_factory=dict)

    def roster(self, connection: Connection, at: datetime) -> Roster | None:
        """Return what was known just before `at`; None when no rule files were in force yet."""
        if at not in self._known:
            then = past(connection, self.config, at=at - A_MOMENT)
            self._known[at] = then.roster if then else None
        return self._known[at]


class _Bearing(NamedTuple):
    """What dates hang on: the texts of programmes and calendars, how many deadlines replaced before are known, and how
    many of the records that date events, and how many extensions."""

    texts: tuple[tuple[str, str], ...]
    recasts: int
    records: int
    extensions: int


@dataclass
class Judges:
    """The rules by which things were judged on their day: each roster is worked out once for all instants between which
    no date can differ. `then` is the latest of them."""

    connection: Connection
    config: Config
    then: Past
    _instants: list[datetime] = field(init=False)
    _recast: list[datetime] = field(init=False)
    _granted: list[datetime] = field(init=False)
    _applied: list[tuple[datetime, int]] = field(init=False)
    _texts: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict, init=False)
    _known: dict[_Bearing, Roster] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._applied = applied(self.connection)
        self._recast = recast_instants(self.connection)
        self._granted = granting_instants(self.connection)
        self._instants = recording_instants(self.connection, _starters(self.then.rulebook))
        self._known[self._bearing(self.then.revision, self.then.at)] = self.then.roster

    def roster(self, at: datetime) -> Roster:
        """Return the rules in force at that instant, with the events known by then."""
        before = bisect_right(self._applied, at, key=lambda one: one[0])
        if before == 0:
            return self.then.roster
        revision = self._applied[before - 1][1]
        bearing = self._bearing(revision, at)
        found = self._known.get(bearing)
        if found is None:
            rulebook = rulebook_in_force(self.connection, revision, until=at)
            found = self._known[bearing] = _roster(self.connection, rulebook, self.config, at)
        return found

    def _bearing(self, revision: int, at: datetime) -> _Bearing:
        texts = self._texts.get(revision)
        if texts is None:
            texts = tuple(sorted(bears_on_dates(files_of(self.connection, revision)).items()))
            self._texts[revision] = texts
        known = (bisect_right(instants, at) for instants in (self._recast, self._instants, self._granted))
        return _Bearing(texts, *known)


def bears_on_dates(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files, by name, on which deadlines hang: those that hold a programme or a calendar."""
    return {name: text for name, text in files.items() if _BEARS_ON_DATES.search(text)}


def _roster(connection: Connection, rulebook: Rulebook, config: Config, at: datetime) -> Roster:
    known = {
        programme.id: _known(connection, programme, rulebook, config, at) for programme in rulebook.programmes.values()
    }
    return Roster(rulebook, config.policy, known, granted_extensions(connection, until=at))


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


def _starters(rulebook: Rulebook) -> set[str]:
    """Return the ids of the tasks whose being done starts an event."""
    return {
        event.when_done
        for programme in rulebook.programmes.values()
        for event in programme.events.values()
        if event.when_done
    }
