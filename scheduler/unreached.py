"""Unreached: who gets no letter in the days a plan looks ahead, because it was silenced or did not arrive before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.engine import Connection

from db.facts import silences
from rules.programme import Rulebook
from scheduler.present import undeliverable


@dataclass(frozen=True, slots=True)
class Unreached:
    """An address to which no letter is foreseen from an instant on, to its end or (None) until further notice.

    `silenced`: of what is named only, where a programme, a task or a unit is. `why` is the reason that was given, or
    what the mail server said.
    """

    person: str
    kind: Literal["silenced", "undeliverable"]
    from_: datetime
    until: datetime | None
    why: str
    programme: str | None = None
    task: str | None = None
    unit: str | None = None


def unreached(
    connection: Connection, rulebooks: Iterable[Rulebook], *, now: datetime, until: datetime
) -> tuple[Unreached, ...]:
    """Return who reads a post in one of the rulebooks and gets no letter at some time from `now` to `until`, sorted."""
    addresses = {
        address
        for rulebook in rulebooks
        for directory in rulebook.directories.values()
        for address in directory.addresses()
    }
    found = [*_silenced(connection, now, until), *_undeliverable(connection)]
    return tuple(sorted((one for one in found if one.person in addresses), key=lambda one: (one.person, one.from_)))


def _silenced(connection: Connection, now: datetime, until: datetime) -> Iterator[Unreached]:
    for one in silences(connection):
        if one.person is not None and one.from_ < until and (one.until is None or one.until > now):
            named = (one.programme, one.task, one.unit)
            yield Unreached(one.person, "silenced", one.from_, one.until, one.reason, *named)


def _undeliverable(connection: Connection) -> Iterator[Unreached]:
    for trouble in undeliverable(connection):
        yield Unreached(trouble.subject, "undeliverable", trouble.first_at, None, trouble.text)
