"""Snapshot: how all obligations of one standing office stood when a period was summed up. Values, made once; mails,
documents, workbooks, pages and JSON say nothing that is not in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Literal, NamedTuple

from rules.obligation import ObligationKey
from rules.periodic.ages import Age, age
from rules.periodic.happened import Happened
from rules.periodic.moved import Moved
from rules.periodic.passed import Passed
from rules.periodic.period import Period
from rules.status import OPEN, Status, Timeliness
from rules.summary import Count, Counts, counted, counts_as

Section = Literal["results", "difficulties", "next"]
SECTIONS: tuple[Section, ...] = ("results", "difficulties", "next")

Outcome = Literal["reported", "accepted", "lapsed"]
"""What came of an obligation: reported done, accepted, or closed with nobody reporting."""


class StandingOffice(NamedTuple):
    """Who draws summaries up: a unit of a directory, for the programmes it follows."""

    directory: str
    unit: str

    def __str__(self) -> str:
        return f"{self.directory}/{self.unit}"


@dataclass(frozen=True, slots=True)
class Mark:
    """That the state of an obligation was entered in the national system; `is_stale`: it has changed since."""

    entered_on: date
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One obligation as it stood.

    `result`: what came of it in the period. `is_new`: its report was recorded in the period. `is_next`: due in the
    period to come. `before`: what it counted as in the summary before, None where that does not name it.
    """

    key: ObligationKey
    number: str
    """The task's id as the rule file writes it now."""
    title: str
    units: tuple[str, ...]
    """The names of those who owe it."""
    status: Status
    due: date | None = None
    hour: time | None = None
    """Until when on that day, where the deadline names an hour."""
    strict: date | None = None
    """The day before, where the document says *before* the due day."""
    done_on: date | None = None
    days_backdated: int = 0
    """So many days after the day it names, once it was late, its report was made."""
    days_late: int = 0
    percent: int | None = None
    provisional: bool = False
    source: str = ""
    result: Outcome | Literal[""] = ""
    is_new: bool = False
    is_next: bool = False
    is_ahead: bool = False
    """It recurs and its stretch of time has not begun: told where there is something to tell, counted for nothing."""
    difficulty: str | None = None
    before: Count | None = None
    mark: Mark | None = None

    @property
    def counts_as(self) -> Count | None:
        """Return what it counts as."""
        return counts_as(self.status)

    @property
    def is_late(self) -> bool:
        """Say whether it is open and late."""
        return self.status.progress in OPEN and self.status.timeliness is Timeliness.LATE

    @property
    def is_open(self) -> bool:
        """Say whether something is still expected of it."""
        return self.status.progress in OPEN

    @property
    def is_told(self) -> bool:
        """Say whether a summary has more to say of it than to count it."""
        was_late = self.before is Count.OPEN_LATE
        return bool(self.is_late or was_late or self.result or self.is_next or self.difficulty or self.mark)


@dataclass(frozen=True, slots=True)
class UnitPart:
    """The counts of one unit; what several units owe jointly counts with each of them."""

    unit: str
    name: str
    counts: Counts
    tasks: int = 0
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """One programme with its counts; `document` is cited in full, `document_en` in English."""

    id: str
    title: str
    document: str
    counts: Counts
    document_en: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a unit wrote for one section."""

    unit: str
    name: str
    section: Section
    content: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unheard:
    """A unit that owes something and had not written by the hour; `wrote_at`: it has since."""

    unit: str
    name: str
    wrote_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator for which a value was recorded: its values as written, with what they are measured in, the value
    `before` ('' for a first one) and the target of that year ('' where there is none)."""

    programme: str
    indicator: str
    title: str
    measured_in: str
    on: date
    value: str
    before: str = ""
    target: str = ""
    owners: tuple[str, ...] = ()
    """The ids of the units that own it."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The summary before, as far as this one is compared with it."""

    period: Period
    at: datetime
    counts: Counts
    units: Mapping[str, Counts] = field(default_factory=dict)
    """The counts of each unit; none where the summary before is that of one unit, or was drawn up by a version that did
    not keep them."""

    def of_unit(self, unit: str) -> "Previous | None":
        """Return what it said of one unit; None where nobody knows."""
        if not self.units:
            return None
        return Previous(self.period, self.at, self.units.get(unit) or counted(()))


@dataclass(frozen=True, slots=True)
class Head:
    """How the standing office, whoever signs for it, the reader in chief and the overseers of the units are called; ''
    where the directory has nobody."""

    name: str
    signer: str = ""
    chair: str = ""
    overseers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """One summary. `first` and `last` are the working days it is of, `since` the instant from which results are told,
    `at` when all stood so (UTC), `contributions_by` when units should have written.

    `entries` holds every obligation that counts, the most pressing first; of more than fit, `unlisted` are only
    counted. `unit` is set where it is of one unit alone.
    """

    period: Period
    office: StandingOffice
    head: Head
    unit: str | None
    first: date
    last: date
    since: datetime
    at: datetime
    contributions_by: datetime
    revision: int
    counts: Counts
    """How many obligations there are: one for each unit and each stretch of time of a task."""
    tasks: int
    """Of so many tasks they are."""
    ahead: int
    """So many more recur, and their stretch of time has not begun: no count has them."""
    provisional: int
    """How many of those still open, with a day, have it beyond the announced days off."""
    programmes: tuple[ProgrammePart, ...]
    units: tuple[UnitPart, ...]
    entries: tuple[Entry, ...]
    unlisted: int
    contributions: tuple[Contribution, ...]
    unheard: tuple[Unheard, ...]
    measured: tuple[Measured, ...]
    previous: Previous | None
    moved: tuple[Moved, ...] = ()
    passed: tuple[Passed, ...] = ()
    happened: tuple[Happened, ...] = ()

    @cached_property
    def results(self) -> tuple[Entry, ...]:
        """Return what was reported done or accepted in the period."""
        return tuple(entry for entry in self.entries if entry.result in ("reported", "accepted"))

    @cached_property
    def lapsed(self) -> tuple[Entry, ...]:
        """Return what the next occurrence took over in the period, nobody having reported it."""
        return tuple(entry for entry in self.entries if entry.result == "lapsed")

    @cached_property
    def late(self) -> tuple[Entry, ...]:
        """Return what is open and late, the longest first."""
        return tuple(entry for entry in self.entries if entry.is_late)

    @cached_property
    def by_age(self) -> dict[Age, int]:
        """Return how many are late in each band."""
        ages = [age(entry.days_late) for entry in self.late]
        return {band: ages.count(band) for band in Age}

    @cached_property
    def troubled(self) -> tuple[Entry, ...]:
        """Return what is in a difficulty."""
        return tuple(entry for entry in self.entries if entry.difficulty)

    @cached_property
    def upcoming(self) -> tuple[Entry, ...]:
        """Return what is due in the period to come, the earliest first."""
        found = (entry for entry in self.entries if entry.is_next)
        return tuple(sorted(found, key=lambda entry: (entry.due or date.max, entry.key)))

    @cached_property
    def newly_late(self) -> tuple[Entry, ...]:
        """Return what is late and was not in the summary before; nothing where there is none."""
        return tuple(entry for entry in self.late if self.previous and entry.before is not Count.OPEN_LATE)

    @cached_property
    def caught_up(self) -> tuple[Entry, ...]:
        """Return what was late in the summary before and is done by now, or has its deadline moved."""
        late = (entry for entry in self.entries if entry.before is Count.OPEN_LATE and not entry.is_late)
        return tuple(entry for entry in late if entry.counts_as is not Count.CLOSED)

    @cached_property
    def closed_late(self) -> tuple[Entry, ...]:
        """Return what was late in the summary before and was closed unreported."""
        late = (entry for entry in self.entries if entry.before is Count.OPEN_LATE)
        return tuple(entry for entry in late if entry.counts_as is Count.CLOSED)

    @property
    def gone_late(self) -> int:
        """Return how many were late in the summary before and are not followed any more: withdrawn, or owed by another
        unit now."""
        change = self.change(Count.OPEN_LATE) or 0
        return len(self.newly_late) - len(self.caught_up) - len(self.closed_late) - change

    @cached_property
    def stale_marks(self) -> tuple[Entry, ...]:
        """Return what was entered in the national system and has changed since."""
        return tuple(entry for entry in self.entries if entry.mark and entry.mark.is_stale)

    def said(self, section: Section) -> tuple[Contribution, ...]:
        """Return what units wrote for a section, in the order of the directory."""
        return tuple(found for found in self.contributions if found.section == section)

    def change(self, what: Count) -> int | None:
        """Return by how many more there are than in the summary before; None where there is none."""
        return None if self.previous is None else self.counts.of.get(what, 0) - self.previous.counts.of.get(what, 0)
