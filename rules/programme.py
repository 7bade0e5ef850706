"""The nouns of a rule file: Programme, Task, Event, Indicator, and the Rulebook that holds all that a folder says."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from rules.calendar import Calendar
from rules.deadline import Deadline, DeadlineKind, Every, Offset, Period, Unit
from rules.directory import Directory
from rules.ladder import Ladder
from rules.problem import Source


@dataclass(frozen=True, slots=True)
class Document:
    """The official document a programme encodes."""

    number: str
    date: dt.date | None = None
    issuer: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A deadline that was in force before `until_on`, and the document that replaced it."""

    deadline: Deadline
    until_on: date
    document: str | None = None
    why: str | None = None
    part: str = ""
    """Which of the task's deadlines was replaced; '' where it has a single one."""


@dataclass(frozen=True, slots=True)
class Recast:
    """A deadline that was lived by before the day `until_on`, whatever the rule files say of that time by now, and
    the words its document had for it."""

    deadline: Deadline
    until_on: date
    stated: str | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """Who owes a task: `units` are unit ids with groups expanded; `each` means one obligation per unit."""

    units: tuple[str, ...]
    each: bool
    named: tuple[str, ...]
    """The ids as written, units or groups: what routes match on."""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a programme. `deadlines` maps a part's name to its deadline; a single deadline has the name ''."""

    id: str
    section: str
    title: str
    lead: Lead
    deadlines: Mapping[str, Deadline]
    head: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    """Unit ids, closed groups expanded, open groups left out; what the file names is in `coordinate_named`."""
    coordinate_named: tuple[str, ...] = ()
    product: str | None = None
    basis: str | None = None
    stated: str | None = None
    note: str | None = None
    ladder: str = ""
    """The ladder in force for the task: its own, its route's or the programme's; always set after loading."""
    amended: tuple[Amendment, ...] = ()
    source: Source = Source("")
    deadline_source: Source = Source("")
    ladder_source: Source = Source("")
    """What puts the task on its ladder: its own line, a route, or the programme's."""
    number: str = ""
    """The id as the file writes it now, where the task was renamed; facts and ledger know it by its first one, `id`."""
    indicator: str = ""
    """The indicator whose value it asks for; '' for a line of the document."""

    @property
    def named(self) -> str:
        """Return the id as the file writes it."""
        return self.number or self.id


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is asked, how often, whether an event has happened; `expected` is the last day of the expected period."""

    ask: str
    every: Unit
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that starts deadlines: dated by the document, following from an event or a task, or recorded."""

    id: str
    title: str
    dates: tuple[date, ...] = ()
    after: tuple[str, Offset] | None = None
    when_done: str | None = None
    watch: Watch | None = None
    source: Source = Source("")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A KPI with a target per year, as written."""

    id: str
    title: str
    section: str
    unit: str
    targets: Mapping[int, str]
    owner: tuple[str, ...]
    owner_named: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None
    place: Source = Source("")
    measure: Every | None = None
    """When values are asked for beside the days of the targets."""
    measure_place: Source | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Tasks that match all given conditions take `ladder`."""

    ladder: str
    section: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    kind: tuple[DeadlineKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """One official document: its tasks, events, indicators, defaults. What other programmes amend is in the tasks."""

    id: str
    title: str
    document: Document
    directory: str
    calendar: str
    ladder: str
    standing: str
    period: Period | None = None
    before_means: Literal["named", "strict"] = "named"
    roll: bool = True
    routes: tuple[Route, ...] = ()
    events: Mapping[str, Event] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    measuring: Mapping[str, Task] = field(default_factory=dict)
    """What the indicators ask of their owners, as tasks, by their ids."""
    source: Source = Source("")
    standing_source: Source = Source("")
    digest: str = ""
    """SHA-256 of the text of the document this programme was read from."""

    def task(self, id: str) -> Task | None:
        """Return what is followed under that id: a task of the document, or what an indicator asks for."""
        return self.tasks.get(id) or self.measuring.get(id)

    def followed(self) -> Iterator[Task]:
        """Yield all that is followed: the tasks, then what the indicators ask for."""
        yield from self.tasks.values()
        yield from self.measuring.values()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All that a folder of rule files says, cross-checked: every id used in it exists in it."""

    programmes: Mapping[str, Programme] = field(default_factory=dict)
    directories: Mapping[str, Directory] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    digest: str = ""
    """SHA-256 over the names and texts of all files."""
    recast: Mapping[tuple[str, str, str], tuple[Recast, ...]] = field(default_factory=dict)
    """For a programme, task and part whose recurrence was edited: all deadlines lived by up to then, oldest first."""


@dataclass(frozen=True, slots=True)
class Occurred:
    """An event that has happened: on `on`, at the instant `at` (UTC) when the hour is known."""

    on: date
    at: datetime | None = None
