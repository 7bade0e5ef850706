"""Scenario: a test that an editor writes beside the rules. On these days, with these events and reports, these people
hear of these tasks, for these reasons, and nobody else."""

import datetime as dt
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from rules.deadline import Deadline
from rules.ladder import Role
from rules.obligation import Reason
from rules.problem import Source

WhomRole = Literal[Role, "coordinate"]
WHOM_ROLES: tuple[WhomRole, ...] = (*get_args(Role), "coordinate")
"""The posts of a ladder, and the units that coordinate a task, by their focal posts."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody who is named as the reader of a mail: by post, by title or by address.

    `units` None means the units that owe the task; `title` is in small letters.
    """

    said: str
    source: Source
    role: WhomRole | None = None
    units: tuple[str, ...] | None = None
    title: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """What is said of a mail, or of a notice not sent: empty fields say nothing.

    `tasks` are task ids, or `event:ID` for what is asked about an event. `because` and `says` are texts that its reason
    and its letter hold. `reason` is why a notice is not sent.
    """

    source: Source
    to: tuple[Whom, ...] = ()
    cc: tuple[Whom, ...] = ()
    rungs: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    part: str | None = None
    occurrence: str | None = None
    due: date | None = None
    because: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected on certain `days`, each of them; without `days` some time from `first` to `last`.

    `nobody`: nobody hears of `tasks` (of all looked at, when there are none) but as others expect. `others`: those
    whom nothing names may hear all the same.
    """

    source: Source
    first: date
    last: date
    days: tuple[date, ...] = ()
    at: dt.time | None = None
    mails: tuple[Mail, ...] = ()
    unwanted: tuple[Mail, ...] = ()
    not_sent: tuple[Mail, ...] = ()
    nobody: bool = False
    tasks: tuple[str, ...] = ()
    others: bool = False


@dataclass(frozen=True, slots=True)
class EventGiven:
    """An event happens on a day, and is recorded on that day or on `known_on`."""

    source: Source
    on: date
    event: str
    at: dt.time | None = None
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class DoneGiven:
    """Tasks are reported done; by all units that owe them, or by `units` alone."""

    source: Source
    on: date
    tasks: tuple[str, ...]
    at: dt.time | None = None
    units: tuple[str, ...] = ()
    part: str | None = None
    occurrence: str | None = None


@dataclass(frozen=True, slots=True)
class SilenceGiven:
    """Nobody is reminded of tasks from `on` to the end of `until`; no tasks: of none."""

    source: Source
    on: date
    until: date | None
    tasks: tuple[str, ...]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DownGiven:
    """The daemon does not run from the beginning of `on` to the end of `until`."""

    source: Source
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class PostGiven:
    """A post is vacant from `on` on; with a `title`, somebody stands in for it from `on` to `until`."""

    source: Source
    on: date
    unit: str
    role: Role
    until: date | None = None
    title: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class DeadlineGiven:
    """Tasks have another deadline: from `on` on, as if amended by a document of that day; or from the beginning."""

    source: Source
    on: date | None
    tasks: tuple[str, ...]
    deadline: Deadline
    part: str | None = None
    why: str | None = None


Given = EventGiven | DoneGiven | SilenceGiven | DownGiven | PostGiven | DeadlineGiven


@dataclass(frozen=True, slots=True)
class Scenario:
    """One test. `tasks` are those it looks at, all of the programme when there are none; `events` those it names.

    `is_only`: of these tasks nobody else hears on any day from `first` to `last`; `only_source` is where that stands.
    """

    name: str
    programme: str
    source: Source
    tasks: tuple[str, ...]
    events: tuple[str, ...]
    first: date
    last: date
    start: date | None = None
    is_only: bool = False
    only_source: Source = Source("")
    others: bool = False
    given: tuple[Given, ...] = ()
    expect: tuple[Expectation, ...] = ()
