"""Standing: how every obligation stands at an instant, from the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.engine import Connection

from db.facts import RecordedReport, answered, facts_for, last_reports
from db.obligations import Filter, StoredObligation, listing
from rules.calendar import local_day
from rules.called import Called, called
from rules.followed import Followed
from rules.lateness import on_time_until
from rules.obligation import Facts, ObligationKey
from rules.programme import Rulebook, Task
from rules.status import OPEN, UNANSWERED, Answered, Progress, Status, Timeliness, days_late, status
from rules.term import Term
from scheduler.config import Config
from scheduler.past import A_MOMENT, Judges, Past, past

PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation with its three axes; `days_late` counts from `on_time_until`, the last day that is on time.

    `key` is the one that facts and ledger know, `called` what people read.
    """

    key: ObligationKey
    called: Called
    title: str
    term: Term
    facts: Facts
    done_on: date | None
    status: Status
    days_late: int
    on_time_until: date | None
    source: str
    percent: int | None = None
    days_backdated: int = 0
    """So many days after the day it names, once it was late, its report was made."""

    @property
    def due(self) -> date | None:
        """Return the day it is due, None when it has none."""
        return self.term.due

    @property
    def is_over(self) -> bool:
        """Say whether it was closed or withdrawn: nothing more is expected of it."""
        return self.status.progress in (Progress.CLOSED, Progress.CANCELLED)

    @property
    def is_late(self) -> bool:
        """Say whether it is open and late."""
        return self.status.progress in OPEN and self.status.timeliness is Timeliness.LATE

    def as_json(self) -> dict[str, object]:
        """Return it flat; the names are a contract (design.md §5)."""
        return {
            **self.called.as_json(),
            "kind": "task",
            "title": self.title,
            "due": self.due,
            "at": f"{self.term.at:%H:%M}" if self.term.at else None,
            "progress": self.status.progress,
            "timeliness": self.status.timeliness,
            "verification": self.status.verification,
            "percent": self.percent,
            "days_late": self.days_late,
            "done_on": self.done_on,
            "why": self.term.why.vi,
            "provisional": self.term.provisional,
            "source": self.source,
        }


def standing(
    connection: Connection, config: Config, *, at: datetime, programme: str | None = None, unit: str | None = None
) -> Iterator[Row]:
    """Yield every task's obligation that was followed at `at`, as it stood then and under the rules of then.

    Those closed or withdrawn by then are among them. Nothing that became known later bears on it: neither rules nor
    facts, nor that an obligation came to be or was found closed.
    """
    then = past(connection, config, at=at)
    if then is not None:
        yield from standing_then(connection, config, then, programme=programme, unit=unit)


def standing_then(
    connection: Connection, config: Config, then: Past, *, programme: str | None = None, unit: str | None = None
) -> Iterator[Row]:
    """Yield what `standing` does, given the rules of then."""
    judges = Judges(connection, config, then)
    which, after = Filter(programme=programme, unit=unit, kinds=("task",)), 0
    while page := listing(connection, which, after=after, limit=PAGE):
        after = page[-1].id
        yield from _rows(connection, page, judges)


def _rows(connection: Connection, page: list[StoredObligation], judges: Judges) -> Iterator[Row]:
    ids, at = [found.id for found in page], judges.then.at
    facts, last = facts_for(connection, ids, until=at), last_reports(connection, ids, until=at)
    said = answered(connection, last, ids, until=at)
    for found in page:
        report = last.get(found.id)
        done = report if report and report.kind == "done" else None
        row = _row(found, facts[found.id], done, said.get(found.id, UNANSWERED), judges)
        if row is not None:
            yield row


def _row(
    stored: StoredObligation, facts: Facts, report: RecordedReport | None, said: Answered, judges: Judges
) -> Row | None:
    at, key = judges.then.at, stored.key
    if (stored.recorded_at or facts.watched_from) > at:
        return None
    if facts.withdrawn_at is not None:
        followed = _until_withdrawn(key, facts, facts.withdrawn_at, judges)
        task = followed.task if followed else None
    else:
        task = _task(key, judges.then.rulebook)
        followed = _judged(stored, facts, report, judges) if task else None
    if task is None or followed is None:
        return None
    zone = judges.then.roster.policy.zone
    stands = status(followed.term, facts, said, zone=zone, now=at)
    late = days_late(followed.term, facts, said, zone=zone, now=at)
    until = on_time_until(followed.term, facts, zone)
    name, source, done_on = called(key, task), str(task.deadline_source), said.done_on
    backdated = report.days_backdated(zone) if report and done_on else 0
    return Row(
        key, name, task.title, followed.term, facts, done_on, stands, late, until, source, said.percent, backdated
    )


def _task(key: ObligationKey, rulebook: Rulebook) -> Task | None:
    """Return the task of an obligation; None when the rules no longer know it, or its part."""
    programme = rulebook.programmes.get(key.programme)
    task = programme.task(key.task) if programme else None
    return task if task is not None and key.part in task.deadlines else None


def _until_withdrawn(key: ObligationKey, facts: Facts, at: datetime, judges: Judges) -> Followed | None:
    """Return an obligation as it was when it was withdrawn: by the rules, and the deadline, that it was owed by."""
    then, day = judges.roster(at - A_MOMENT), local_day(at, judges.config.policy.zone)
    # An amendment ends on its day what was owed by the deadline before it.
    days = (day, day - timedelta(days=1))
    return next((found for on in days if (found := then.follow(key, facts, today=on))), None)


def _judged(stored: StoredObligation, facts: Facts, report: RecordedReport | None, judges: Judges) -> Followed | None:
    """Return the obligation with the deadline it is judged by: what is over, with the one in force on the day it was
    over, as the rules said when that was recorded; they may have been edited since."""
    then, zone = judges.then, judges.then.roster.policy.zone
    over, judged_by = local_day(then.at, zone), None
    if report is not None:
        over, judged_by = report.said_on, (report.recorded_at, report.due_on, report.late_at)
    elif facts.closed_at is not None:
        over = local_day(facts.closed_at, zone)
        judged_by = (stored.end_recorded_at or facts.closed_at, stored.due_on, stored.late_at)
    followed = then.roster.follow(stored.key, facts, today=over)
    if judged_by is None or (followed and (followed.term.due, followed.term.late_at) == judged_by[1:]):
        return followed
    # Another deadline than the rules of then give: to load the rules of its day takes its time, and few need it.
    return judges.roster(judged_by[0]).follow(stored.key, facts, today=over) or followed
