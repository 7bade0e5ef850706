"""Standing: how every obligation stands at an instant, from the database; and the indicators with their targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Connection

from db.facts import done_on, facts_for
from db.obligations import Filter, StoredObligation, listing
from rules.calendar import local_day
from rules.obligation import Facts, ObligationKey
from rules.programme import Indicator, Rulebook
from rules.status import Progress, Status, Timeliness, days_late, status
from rules.term import Term
from scheduler.config import Config
from scheduler.past import Past, past

PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation with its three axes; `days_late` counts from the day lateness counts from."""

    key: ObligationKey
    title: str
    term: Term
    facts: Facts
    done_on: date | None
    status: Status
    days_late: int
    source: str

    @property
    def due(self) -> date | None:
        """Return the day it is due, None when it has none."""
        return self.term.due

    @property
    def is_over(self) -> bool:
        """Say whether it was closed or withdrawn: nothing more is expected of it."""
        return self.status.progress in (Progress.CLOSED, Progress.WITHDRAWN)

    @property
    def is_late(self) -> bool:
        """Say whether it is open and late."""
        return self.status.progress in (Progress.NOT_DONE, Progress.NOT_STARTED) and (
            self.status.timeliness is Timeliness.LATE
        )

    def as_json(self) -> dict[str, object]:
        """Return it flat; the names are a contract (design.md §5)."""
        return {
            **self.key._asdict(),
            "kind": "task",
            "title": self.title,
            "due": self.due,
            "progress": self.status.progress,
            "timeliness": self.status.timeliness,
            "verification": self.status.verification,
            "days_late": self.days_late,
            "done_on": self.done_on,
            "why": self.term.why.vi,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator is to reach in a year; due on 31 December."""

    programme: str
    indicator: Indicator
    due: date
    target: str

    def as_json(self) -> dict[str, object]:
        """Return it flat; nobody has reported a value, so it has no axes."""
        return {
            "programme": self.programme,
            "kind": "indicator",
            "indicator": self.indicator.id,
            "title": self.indicator.title,
            "section": self.indicator.section,
            "owner": list(self.indicator.owner),
            "due": self.due,
            "progress": None,
            "timeliness": None,
            "verification": None,
            "target": self.target,
            "measured_in": self.indicator.unit,
            "source": str(self.indicator.place),
        }


def standing(
    connection: Connection, config: Config, *, at: datetime, programme: str | None = None, unit: str | None = None
) -> Iterator[Row]:
    """Yield every task's obligation that was followed at `at`, as it stood then and under the rules of then.

    Those closed or withdrawn by then are among them.
    """
    then = past(connection, config, at=at)
    if then is None:
        return
    which, after = Filter(programme=programme, unit=unit, kinds=("task",)), 0
    while page := listing(connection, which, after=after, limit=PAGE):
        after = page[-1].id
        yield from _rows(connection, page, then)


def indicators(rulebook: Rulebook, *, programme: str | None = None, unit: str | None = None) -> Iterator[Target]:
    """Yield every yearly target of every indicator."""
    for found in rulebook.programmes.values():
        if programme not in (None, found.id):
            continue
        for indicator in found.indicators:
            if unit is None or unit in indicator.owner:
                for year, target in sorted(indicator.targets.items()):
                    yield Target(found.id, indicator, date(year, 12, 31), target)


def _rows(connection: Connection, page: list[StoredObligation], then: Past) -> Iterator[Row]:
    ids = [found.id for found in page]
    facts, done = facts_for(connection, ids, until=then.at), done_on(connection, ids, until=then.at)
    for found in page:
        row = _row(found.key, facts[found.id], done.get(found.id), then)
        if row is not None:
            yield row


def _row(key: ObligationKey, facts: Facts, done: date | None, then: Past) -> Row | None:
    if facts.watched_from > then.at:
        return None
    zone, at = then.roster.policy.zone, then.at
    # What is over is judged by the deadline that was in force on the day it was over.
    over = done or (local_day(facts.closed_at, zone) if facts.closed_at else None)
    followed = then.roster.follow(key, facts, today=over or local_day(at, zone))
    if followed is None:
        return None
    stands = status(followed.term, facts, done, zone=zone, now=at)
    late = days_late(followed.term, facts, done, zone=zone, now=at)
    source = str(followed.task.deadline_source)
    return Row(key, followed.task.title, followed.term, facts, done, stands, late, source)
