"""Register: what people have said that a simulation takes as given: events, reports, silences, extensions."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from rules.extended import Extended, Granted
from rules.obligation import Facts, ObligationKey, Silence
from rules.programme import Occurred


class Happened(NamedTuple):
    """An event that has happened, or whose day was set, as recorded at `at`."""

    at: datetime
    programme: str
    event: str
    occurred: Occurred


class Done(NamedTuple):
    """A report, recorded at `at`, that an obligation was done on a day; `by`: the address or unit that gave it, ''
    where that is not known."""

    at: datetime
    key: ObligationKey
    on: date
    by: str = ""


class Silenced(NamedTuple):
    """A silence recorded at `at`; None means all programmes, tasks or units, and everybody.

    `unit` is as an obligation names it. A silence of one `person` is minded when a letter leaves.
    """

    at: datetime
    silence: Silence
    programme: str | None = None
    task: str | None = None
    unit: str | None = None
    person: str | None = None

    def covers(self, key: ObligationKey) -> bool:
        """Say whether it keeps reminders of that obligation back from everybody."""
        return self.person is None and self._names(key)

    def holds_back(self, key: ObligationKey, person: str, *, now: datetime) -> bool:
        """Say whether it is that person's, and what a letter of `now` would say of the obligation is left out."""
        from_, until = self.silence.from_, self.silence.until
        return self.person == person and from_ <= now and (until is None or now < until) and self._names(key)

    def _names(self, key: ObligationKey) -> bool:
        named = ((self.programme, key.programme), (self.task, key.task), (self.unit, key.unit))
        return all(said in (None, is_) for said, is_ in named)


class Prolonged(NamedTuple):
    """An extension granted at `at` to one obligation."""

    at: datetime
    key: ObligationKey
    extended: Extended


Fact = Happened | Done | Silenced | Prolonged


@dataclass
class Register:
    """What has been said so far of obligations, there or still to come."""

    done: dict[ObligationKey, Done] = field(default_factory=dict)
    silences: list[Silenced] = field(default_factory=list)
    personal: dict[str, list[Silenced]] = field(default_factory=dict)
    """The silences of one person each."""
    extensions: dict[ObligationKey, Granted] = field(default_factory=dict)

    def enter(self, said: Iterable[Done | Silenced | Prolonged]) -> None:
        """Take note of what was said, in the order of recording."""
        for one in said:
            if isinstance(one, Done):
                self.done[one.key] = one
            elif isinstance(one, Prolonged):
                self.extensions[one.key] = (*self.extensions.get(one.key, ()), one.extended)
            elif one.person is None:
                self.silences.append(one)
            else:
                self.personal.setdefault(one.person, []).append(one)

    def facts(self, key: ObligationKey, facts: Facts) -> Facts:
        """Return the facts an obligation begins with: one reported before is done, and announces nothing."""
        silences = tuple(one.silence for one in self.silences if one.covers(key))
        if silences:
            facts = replace(facts, silences=silences)
        done = self.done.get(key)
        return replace(facts, done_at=done.at, announcements=()) if done else facts
