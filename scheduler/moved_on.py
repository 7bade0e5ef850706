"""Moved on: what a plan has seen of the world, and whether it is still so when the plan is to be carried out."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from hashlib import sha256

from sqlalchemy.engine import Connection

from db.counters import Counters, counters
from db.migrate import newest_version
from rules.calendar import local_day
from rules.window import Policy
from scheduler.present import undeliverable

_NAMES = {
    "events": "events were recorded or taken back",
    "reports": "reports were recorded",
    "silences": "silences were recorded",
    "lifts": "silences were lifted",
    "notices": "notices became owed",
    "changes": "obligations came about, moved or ended",
    "letters": "letters left",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of facts and ledger a plan was made on. `policy`: the settings that decide what is sent when."""

    counters: Counters = field(default_factory=Counters)
    day: str = ""
    policy: str = ""
    schema: str = ""
    undeliverable: tuple[str, ...] = ()
    """The addresses at which the last letter was given up: no letter to them is counted."""


def seen(connection: Connection | None, policy: Policy, *, now: datetime) -> Seen:
    """Return what a plan made at `now` sees of the world; without a database nothing has been recorded."""
    day = local_day(now, policy.zone).isoformat()
    settings = sha256(repr(policy).encode()).hexdigest()
    version = newest_version() or ""
    if connection is None:
        return Seen(Counters(), day, settings, version)
    lost = tuple(sorted(trouble.subject for trouble in undeliverable(connection)))
    return Seen(counters(connection), day, settings, version, lost)


def moved_on(before: Seen, after: Seen) -> Iterator[str]:
    """Yield what has changed in the world since a plan was made, in words."""
    old, new = asdict(before.counters), asdict(after.counters)
    for each in fields(Counters):
        if old[each.name] != new[each.name]:
            yield _NAMES[each.name]
    if before.day != after.day:
        yield f"the plan is of {before.day}, today is {after.day}"
    if before.policy != after.policy:
        yield "the settings of the schedule or the mail are other ones"
    if before.schema != after.schema:
        yield "the database has the schema of another version"
    was, is_ = set(before.undeliverable), set(after.undeliverable)
    if lost := sorted(is_ - was):
        yield f"letters no longer arrive at {', '.join(lost)}"
    if found := sorted(was - is_):
        yield f"letters arrive again at {', '.join(found)}"
