"""Outcome: what came of a scenario: nothing amiss, or each difference with its place; and what it touched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from rules.problem import Source
from rules.scenario import Scenario

Amiss = Literal["missing", "unexpected", "unwanted", "text", "not_sent", "given"]
"""A mail did not come; nobody expected one; it should not have come; it says something else; a notice was not held
back as expected; what is given cannot happen."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One difference. `expected` is what was, `instead` what came, a line each; `day` the day it is about."""

    kind: Amiss
    source: Source
    day: date
    expected: str
    instead: tuple[str, ...] = ()


class Touched(NamedTuple):
    """What a scenario touches: rungs whose mails it expected and that came, with their ladder; deadlines by task and
    part."""

    rungs: frozenset[tuple[str, str]]
    deadlines: frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one scenario, played from `start` on; `mails` were seen of what it looks at."""

    scenario: Scenario
    start: datetime
    failures: tuple[Failure, ...]
    touched: Touched
    mails: int

    @property
    def is_met(self) -> bool:
        """Say whether all came as expected."""
        return not self.failures


def counts(outcomes: tuple[Outcome, ...]) -> Mapping[str, int]:
    """Return how many scenarios were played, met and failed."""
    met = sum(outcome.is_met for outcome in outcomes)
    return {"scenarios": len(outcomes), "passed": met, "failed": len(outcomes) - met}
