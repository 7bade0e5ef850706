"""Obligation and Notice: what is followed up, and the rows of the ledger.

Values only; who owes what when is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from rules.ladder import Role


class ObligationKey(NamedTuple):
    """The name of an obligation for ever. `unit` is one unit id, or several joined by '+' when owed jointly."""

    programme: str
    task: str
    part: str
    unit: str
    occurrence: str

    @property
    def units(self) -> tuple[str, ...]:
        """Return the unit ids that owe it."""
        return tuple(self.unit.split("+"))

    def __str__(self) -> str:
        extras = "/".join(x for x in (self.part, self.occurrence) if x)
        return f"{self.programme}/{self.task}" + (f"[{extras}]" if extras else "") + f" ({self.unit})"


class Reason(StrEnum):
    """Why an owed notice was not sent. Closed set: promise 2 holds because nothing else may be recorded."""

    SUPERSEDED = "superseded"
    SILENCED = "silenced"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    MOVED = "moved"
    BASELINE = "baseline"
    TOO_OLD = "too_old"
    MISSED = "missed"
    NOBODY = "nobody"
    UNDELIVERABLE = "undeliverable"
    DROPPED = "dropped"


class Slot(NamedTuple):
    """What makes a notice exist once within its obligation: the rung, which repetition of it, the post it is owed to,
    and the edition of the deadline (0 for the first one, one more each time it moves: a moved deadline is climbed
    anew).

    Beside the rungs of a ladder there are `baseline`, `new`, `moved`, `done`, `passed` (others lead it now), `warning`
    (the head is told that it will go up), and the kinds of answers.
    """

    rung: str
    turn: int
    unit: str
    role: Role
    edition: int = 0


NoticeState = Literal["owed", "sent", "not_sent"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One rung owed to one post: the ledger row.

    `owed_at` is the instant from which it was owed (UTC), `settled_at` when it was sent or given up. `as_`: asked to
    act, or informed. `person` is the address it was decided for.
    """

    slot: Slot
    as_: Literal["to", "cc"]
    owed_at: datetime
    state: NoticeState
    person: str | None = None
    reason: Reason | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which nobody is to be reminded; `until` None is open-ended. `suspends`: the work rests as long."""

    from_: datetime
    until: datetime | None
    suspends: bool = False

    def covers(self, at: datetime) -> bool:
        """Say whether that instant lies in it."""
        return self.from_ <= at and (self.until is None or at < self.until)


AnswerKind = Literal[
    "difficulty", "not_ours", "focal", "returned", "accepted", "extension", "extension_above", "extension_refused"
]
"""What is said back: by a unit to the standing office, and by the standing office of a unit's report. A request for an
extension is told to the standing office or, where that owes the task itself, to the overseer."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something that is told once: the obligation is new, its deadline moved, it is done, others lead it now
    (`passed`), or what was said back.

    `turn` numbers the moves: it is the edition that began; of the others it counts those of one kind. `due_before` is
    the due day up to then, if it had one, `due_at_before` its instant; `said` are the words of an answer; `is_settled`:
    it was decided, resolved or taken back; `by`: who reported it done, as recorded, or the unit of
    which that is assumed.
    """

    kind: Literal["new", "moved", "done", "passed"] | AnswerKind
    at: datetime
    turn: int = 0
    due_before: date | None = None
    said: str = ""
    is_settled: bool = False
    due_at_before: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one obligation.

    `watched_from` is the instant dondoc began to follow it with its present deadline: what was already late then is a
    baseline.
    """

    watched_from: datetime
    edition: int = 0
    done_at: datetime | None = None
    withdrawn_at: datetime | None = None
    closed_at: datetime | None = None
    silences: tuple[Silence, ...] = ()
    announcements: tuple[Announcement, ...] = ()

    def is_suspended(self, at: datetime) -> bool:
        """Say whether the work rests at that instant."""
        return any(silence.suspends and silence.covers(at) for silence in self.silences)
