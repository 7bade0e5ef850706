"""What an edit of the rule files comes to: plain values, to be shown, saved and compared."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from rules.changes.mails import Letter, Outdated, OverCap
from rules.edits import Edit
from rules.ladder import Role
from rules.obligation import ObligationKey
from rules.term import Term
from rules.wording import Wording


class Line(NamedTuple):
    """What several units may owe alike: an occurrence of one deadline of a task."""

    programme: str
    task: str
    part: str
    occurrence: str

    @classmethod
    def of(cls, key: ObligationKey) -> "Line":
        """Return the line an obligation belongs to."""
        return cls(key.programme, key.task, key.part, key.occurrence)

    def __str__(self) -> str:
        extras = "/".join(extra for extra in (self.part, self.occurrence) if extra)
        return f"{self.programme}/{self.task}" + (f"[{extras}]" if extras else "")


class Days(NamedTuple):
    """The days a term comes to; `due` is stated, reminders count back from `remind_by`, lateness from `grace_until`."""

    due: date | None = None
    remind_by: date | None = None
    grace_until: date | None = None
    late_at: datetime | None = None
    at: time | None = None
    provisional: bool = False

    @classmethod
    def of(cls, term: Term) -> "Days":
        """Return the days a term comes to."""
        return cls(term.due, term.remind_by, term.grace_until, term.late_at, term.at, term.provisional)


class Cause(NamedTuple):
    """Why something changes. `source`: the document or the place in a rule file that says so."""

    kind: Literal[
        "amendment", "deadline", "calendar", "programme", "event", "ladder", "task", "lead", "directory", "extension"
    ]
    text: Wording
    source: str = ""


class RungChange(NamedTuple):
    """A rung of one obligation: when mail about it may first leave, before and after; None where it is not there."""

    rung: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline, the days counted from it, or its reminders move.

    With `reminders` the due day and hour stay. `is_anew`: a new edition of the deadline begins, lateness counts from
    another instant. `is_told`: the units are told of the move. `from_on`: the day it takes effect, where that is still
    to come.
    """

    kind: Literal["deadline", "reminders"]
    line: Line
    title: str
    units: tuple[str, ...]
    before: Days
    after: Days
    causes: tuple[Cause, ...]
    why_before: Wording
    why_after: Wording
    rungs: tuple[RungChange, ...] = ()
    is_told: bool = False
    is_anew: bool = False
    from_on: date | None = None

    @property
    def by(self) -> int | None:
        """Return by how many days the due day moves, None where there is none before or after."""
        if self.before.due is None or self.after.due is None:
            return None
        return (self.after.due - self.before.due).days


@dataclass(frozen=True, slots=True)
class Appearing:
    """Obligations that come about; `again`: they were there before and had been withdrawn."""

    line: Line
    title: str
    units: tuple[str, ...]
    days: Days
    why: Wording
    source: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """Obligations that nobody owes any more; they are withdrawn, and nobody is written to about it, but where another
    rhythm takes their place."""

    line: Line
    title: str
    units: tuple[str, ...]
    days: Days
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Passing:
    """An obligation passes from some units to others; with `heads`, those who owe it stay, and others answer for it.

    What passes begins anew for those who take it over.
    """

    kind: Literal["lead", "head", "coordinate", "standing"]
    line: Line
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    days: Days


@dataclass(frozen=True, slots=True)
class Closing:
    """An occurrence that closes when the next one falls due and nobody has reported it, before or after the edit only.

    `before`, `after`: when it closes, None: it stays open until it is reported. `rungs`: those that come since it stays
    open, or come no more since it closes. `source`: the deadline's place.
    """

    line: Line
    title: str
    units: tuple[str, ...]
    days: Days
    before: datetime | None
    after: datetime | None
    rungs: tuple[RungChange, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Settling:
    """A deadline that becomes provisional, or firm, its days staying: the calendar is announced up to another day."""

    line: Line
    title: str
    units: tuple[str, ...]
    days: Days
    is_provisional: bool
    source: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Another person reads the mail of a post. `obligations`: how many open ones reach that post.

    `before` and `after` hold the post, None: nobody does. `until`: the last day of it, None: it stays so. Where nobody
    holds it afterwards, `instead` reads its mail in the post of `instead_role` above (None: nobody up to the chair, and
    no mail leaves), and the standing offices `told` are told of the vacancy each week.
    """

    directory: str
    unit: str
    unit_name: str
    role: Role
    before: str | None
    after: str | None
    from_on: date
    obligations: int
    source: str
    until: date | None = None
    instead: str | None = None
    instead_role: Role | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renaming:
    """A task that ends and one that begins are the same in all but their id; or two parts of the task `part_of`.

    `sent` and `reported`: how many notices were sent of what ends, and how many obligations of it are reported done:
    that stays under the old name, and does not count for the new one.
    """

    programme: str
    before: str
    after: str
    title: str
    source: str
    part_of: str = ""
    sent: int = 0
    reported: int = 0


class Reported(NamedTuple):
    """What is reported done and waits to be verified."""

    line: Line
    title: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """What passes to another standing office of a programme beside what is open.

    `statement_at`: when the first weekly statement leaves that goes to it (None: none within the days looked ahead),
    with so many `matters`; `on_their_way`: how many notices owed to the office have not left yet.
    """

    programme: str
    title: str
    before: str
    after: str
    source: str
    statement_at: datetime | None
    matters: int
    reported: tuple[Reported, ...]
    on_their_way: int


@dataclass(frozen=True, slots=True)
class Changes:
    """All that an edit does. `whole`: letters of all tasks were counted, not only of those the edit touches."""

    moves: tuple[Move, ...] = ()
    appearing: tuple[Appearing, ...] = ()
    ending: tuple[Ending, ...] = ()
    passing: tuple[Passing, ...] = ()
    closings: tuple[Closing, ...] = ()
    settlings: tuple[Settling, ...] = ()
    handovers: tuple[Handover, ...] = ()
    readers: tuple[Reader, ...] = ()
    rewordings: tuple[Edit, ...] = ()
    """Words that change, and rules of which nothing comes yet."""
    renamings: tuple[Renaming, ...] = ()
    letters: tuple[Letter, ...] = ()
    outdated: tuple[Outdated, ...] = ()
    over_cap: tuple[OverCap, ...] = ()
    is_first: bool = False
    whole: bool = True
    until: date | None = field(default=None)
    """The last day for which letters were counted."""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing changes at all."""
        found = (getattr(self, each.name) for each in fields(self))
        return not self.is_first and not any(part for part in found if isinstance(part, tuple))
