"""Ladder and Rung: the escalation policy, an ordered list of "when, to which post"."""

from dataclasses import dataclass
from typing import Literal

from rules.deadline import Offset
from rules.problem import Source

Role = Literal["head", "focal", "overseer", "chair", "standing"]
SUPERIORS: frozenset[Role] = frozenset({"overseer", "chair"})


@dataclass(frozen=True, slots=True)
class RungTime:
    """When a rung is owed: so long before, on the due morning (`offset` None), or so long late."""

    stage: Literal["before", "due", "late"]
    offset: Offset | None = None

    def __str__(self) -> str:
        return "due" if self.offset is None else f"{self.offset} {self.stage}"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: `to` are asked to act, `cc` are informed."""

    id: str
    at: RungTime
    to: tuple[Role, ...]
    cc: tuple[Role, ...] = ()
    repeat: Offset | None = None
    if_missed: Literal["merge", "late", "drop"] = "merge"
    expires: Offset | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in order of time."""

    id: str
    rungs: tuple[Rung, ...]
    source: Source
