"""Register: what people have said that a simulation takes as given: events, reports, silences."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from rules.obligation import Facts, ObligationKey, Silence
from rules.programme import Occurred


class Happened(NamedTuple):
    """An event that has happened, or whose day was set, as recorded at `at`."""

    at: datetime
    programme: str
    event: str
    occurred: Occurred


class Done(NamedTuple):
    """A report, recorded at `at`, that an obligation was done on a day."""

    at: datetime
    key: ObligationKey
    on: date


class Silenced(NamedTuple):
    """A silence recorded at `at`; None means all programmes, tasks or units. `unit` is as an obligation names it."""

    at: datetime
    silence: Silence
    programme: str | None = None
    task: str | None = None
    unit: str | None = None

    def covers(self, key: ObligationKey) -> bool:
        """Say whether it keeps reminders of that obligation back."""
        named = ((self.programme, key.programme), (self.task, key.task), (self.unit, key.unit))
        return all(said in (None, is_) for said, is_ in named)


Fact = Happened | Done | Silenced


@dataclass
class Register:
    """What has been said so far of obligations, there or still to come."""

    done: dict[ObligationKey, Done] = field(default_factory=dict)
    silences: list[Silenced] = field(default_factory=list)

    def enter(self, said: Iterable[Done | Silenced]) -> None:
        """Take note of what was said, in the order of recording."""
        for one in said:
            if isinstance(one, Done):
                self.done[one.key] = one
            else:
                self.silences.append(one)

    def facts(self, key: ObligationKey, facts: Facts) -> Facts:
        """Return the facts an obligation begins with: one reported before is done, and announces nothing."""
        silences = tuple(one.silence for one in self.silences if one.covers(key))
        if silences:
            facts = replace(facts, silences=silences)
        done = self.done.get(key)
        return replace(facts, done_at=done.at, announcements=()) if done else facts
