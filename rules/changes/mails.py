"""Values of a plan about mail: the letters that come, go and change, and the notices that go out of date."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from rules.obligation import ObligationKey


class Said(NamedTuple):
    """What a letter says of one obligation. `rung` is '' for a question or statement named by `task`."""

    programme: str
    task: str
    part: str
    occurrence: str
    unit: str
    rung: str
    as_: Literal["to", "cc"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes out because of the edit, does not go out any more, or says something else.

    `gained` and `lost` are the lines it has more and less; of a letter that is new or gone, all.
    """

    kind: Literal["more", "fewer", "other"]
    at: datetime
    to: str
    gained: tuple[Said, ...] = ()
    lost: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Outdated:
    """A notice already sent that told a day which is not the day any more. `due` is the new one, None when it ends.

    `corrected_at`: when the first letter leaves that tells the person the new day, `corrected_by` its rung; None when
    none follows. Of what ends, that letter tells of what begins in its place, the occurrence `instead`; where others
    owe it now, it may tell so of an earlier occurrence, with which the later ones go.
    """

    person: str
    key: ObligationKey
    title: str
    rung: str
    sent_at: datetime
    told_due: date | None
    due: date | None
    ends: bool
    corrected_at: datetime | None
    corrected_by: str | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class OverCap:
    """A day on which a person is owed more letters than the cap lets through; so much waits for another day."""

    person: str
    on: date
    waiting: int
