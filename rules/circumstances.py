"""Circumstances: what people did that may have kept mail back, and the letters that notices are in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from rules.obligation import Slot


@dataclass(frozen=True, slots=True)
class Silencing:
    """A silence with who asked for it and why; `person` None: of everybody."""

    from_: datetime
    until: datetime | None
    by: str
    why: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A report that the work was done."""

    at: datetime
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A stretch in which the stop switch was on."""

    from_: datetime
    until: datetime | None
    by: str
    why: str | None


@dataclass(frozen=True, slots=True)
class InOutbox:
    """The letter a notice is in, and how it stands; `why` is what was said when it was put off or set aside."""

    number: int
    state: str
    next_try_at: datetime | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What people did, as far as it may have kept mail back, and the letters that notices are in."""

    silences: Sequence[Silencing] = ()
    report: Said | None = None
    stops: Sequence[Stopped] = ()
    letters: Mapping[Slot, InOutbox] = field(default_factory=dict)
