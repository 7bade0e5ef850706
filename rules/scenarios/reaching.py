"""Reaching: whom an expected mail must reach, and which days and lines an expectation speaks of."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rules.scenario import Expectation, Mail, Whom
from rules.scenarios.people import Reader
from rules.scenarios.sighting import Sighting


class Target(NamedTuple):
    """One reader whom a mail must reach, and the task it must tell of; None where any will do.

    `whom` None: whoever it may be.
    """

    whom: Whom | None
    as_: str
    task: str | None
    reader: Reader

    def gets(self, one: Sighting) -> bool:
        """Say whether the line goes to that reader."""
        return self.whom is None or (one.as_ == self.as_ and one.person in self.reader(one.day))


def stretches(each: Expectation) -> Iterable[tuple[date, date]]:
    """Return each day expected; without days, the whole stretch, in which it may come on any."""
    return [(day, day) for day in each.days] or [(each.first, each.last)]


def speaks_of(each: Expectation, one: Sighting) -> bool:
    """Say whether an expectation is about the day of a line, and about its minute where it gives one."""
    is_then = one.day in each.days if each.days else each.first <= one.day <= each.last
    return is_then and each.at in (None, one.hour.replace(second=0, microsecond=0))


def has_all(found: list[Sighting], mail: Mail) -> bool:
    """Say whether there is a line, of each rung that is named."""
    return bool(found) and {one.rung for one in found}.issuperset(mail.rungs)


def anybody(day: date) -> frozenset[str]:  # noqa: ARG001
    """Return no reader in particular."""
    return frozenset()
