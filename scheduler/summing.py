"""Summing up: all obligations at an instant, counted by programme and unit, with the list of what is late."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from rules.calendar import local_day
from rules.citing import citation
from rules.programme import Programme
from rules.status import Status
from rules.summary import Count, Counts, counted, counts_as
from scheduler.config import Config
from scheduler.past import Past
from scheduler.standing import Row, standing_then


@dataclass(frozen=True, slots=True)
class UnitSum:
    """The counts of one unit; what several units owe jointly counts with each of them."""

    unit: str
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class ProgrammeSum:
    """The counts of one programme, and of each unit that owes something of it, in the order of the directory."""

    programme: Programme
    counts: Counts
    units: tuple[UnitSum, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How all stood at `at`, the local day `on`, under the revision then in force.

    `late` is what was open and late, the longest first.
    """

    at: datetime
    on: date
    revision: int
    counts: Counts
    programmes: tuple[ProgrammeSum, ...]
    late: tuple[Row, ...]
    provisional: int
    """How many of those still open have a deadline beyond the announced days off."""

    def as_json(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "on": self.on,
            "at": self.at,
            "revision": self.revision,
            **self.counts.as_json(),
            "provisional": self.provisional,
            "programmes": [_programme_json(one) for one in self.programmes],
            "late": [_late_json(row) for row in self.late],
        }


def summary(connection: Connection, config: Config, then: Past, *, programme: str | None = None) -> Summary:
    """Return the summary of what was true and known at `then.at`, of one programme or of all."""
    rows = list(standing_then(connection, config, then, programme=programme))
    by_programme: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_programme[row.key.programme].append(row)
    open_ = [row for row in rows if counts_as(row.status) in (Count.OPEN_IN_TIME, Count.OPEN_LATE)]
    late = sorted((row for row in rows if row.is_late), key=lambda row: (-row.days_late, row.key))
    programmes = [one for one in then.rulebook.programmes.values() if programme in (None, one.id)]
    return Summary(
        at=then.at,
        on=local_day(then.at, config.policy.zone),
        revision=then.revision,
        counts=counted(row.status for row in rows),
        programmes=tuple(_of_programme(one, by_programme[one.id], then) for one in programmes),
        late=tuple(late),
        provisional=sum(row.term.provisional for row in open_),
    )


def _of_programme(programme: Programme, rows: Iterable[Row], then: Past) -> ProgrammeSum:
    by_unit: dict[str, list[Status]] = defaultdict(list)
    rows = list(rows)
    for row in rows:
        for unit in row.key.units:
            by_unit[unit].append(row.status)
    known = then.rulebook.directories[programme.directory].units
    # A unit that the directory no longer has still owed what it owed.
    order = [*(unit for unit in known if unit in by_unit), *sorted(by_unit.keys() - known.keys())]
    units = (UnitSum(unit, known[unit].name if unit in known else unit, counted(by_unit[unit])) for unit in order)
    return ProgrammeSum(programme, counted(row.status for row in rows), tuple(units))


def _programme_json(one: ProgrammeSum) -> dict[str, object]:
    return {
        "programme": one.programme.id,
        "title": one.programme.title,
        "document": citation(one.programme.document),
        **one.counts.as_json(),
        "units": [{"unit": unit.unit, "name": unit.name, **unit.counts.as_json()} for unit in one.units],
    }


def _late_json(row: Row) -> dict[str, object]:
    return {
        **row.called.as_json(),
        "title": row.title,
        "due": row.due,
        "grace_until": row.on_time_until,
        "days_late": row.days_late,
        "provisional": row.term.provisional,
        "source": row.source,
    }
