"""Wanted: the obligations the rule files ask for, as rows for the database, each with the instant at which a pass must
first look at it."""

from collections.abc import Iterator
from datetime import date, datetime

from db.sync import WantedObligation
from rules.calendar import local_day
from rules.deadline import After, AheadOf, Deadline, Every, recurs
from rules.followed import Wanted
from rules.inforce import replaced_by
from rules.obligation import Facts
from rules.owing import followed_on, owed
from rules.programme import Programme, Task
from rules.roster import Roster
from scheduler.owed import Watched


def wanted_of_all(roster: Roster, watched: Watched, *, now: datetime) -> Iterator[WantedObligation]:
    """Yield all obligations the rule files ask for at `now`."""
    known = {programme for programme, _ in watched.since}
    for programme in roster.rulebook.programmes.values():
        for task in programme.followed():
            yield from wanted_of(programme, task, roster, watched, running=programme.id in known, now=now)


def wanted_of(
    programme: Programme,
    task: Task,
    roster: Roster,
    watched: Watched,
    *,
    running: bool,
    now: datetime,
    since: date | None = None,
) -> Iterator[WantedObligation]:
    """Yield the obligations of one task: all since its units owe it, or those due from the day `since` on.

    `running`: the programme was followed before, so what is new in it is announced.
    """
    today = local_day(now, roster.policy.zone)
    since_by_unit = watched.of((programme.id, task.id))
    row = _Rows(roster, task, now, running)
    for found in owed_by_units(programme, task, roster, watched, today=today, since=since):
        yield row.of(found, since_by_unit.get(found.key.unit))


def owed_by_units(
    programme: Programme, task: Task, roster: Roster, watched: Watched, *, today: date, since: date | None = None
) -> Iterator[Wanted]:
    """Yield the obligations of one task that ought to exist: all, or those due from the day `since` on."""
    by_unit = watched.of((programme.id, task.id))
    first = followed_on(by_unit, roster, today)
    existing = roster.existing(programme, task, since=max(since, first) if since else first, today=today)
    for found, units in owed(existing, programme, task, roster, by_unit, watched.held, today=today):
        for unit in units:
            yield roster.owed_by(unit, found, programme, task, today=today)


def changes_by_itself(task: Task) -> bool:
    """Say whether the obligations of a task change without an edit: it recurs, waits for an event, or is amended on a
    day."""
    return bool(task.amended) or any(_moves(deadline) for deadline in task.deadlines.values())


def waits_for_events(task: Task) -> bool:
    """Say whether a recorded event may start one of the task's deadlines."""
    deadlines = [*task.deadlines.values(), *(amendment.deadline for amendment in task.amended)]
    return any(isinstance(deadline, After | AheadOf) for deadline in deadlines)


def _moves(deadline: Deadline) -> bool:
    return isinstance(deadline, Every | After | AheadOf) or recurs(deadline)


class _Rows:
    """Rows of one task; what its units share is worked out once."""

    def __init__(self, roster: Roster, task: Task, now: datetime, running: bool) -> None:
        self._roster = roster
        self._task = task
        self._now = now
        self._running = running
        self._today = local_day(now, roster.policy.zone)
        self._shared: dict[tuple[object, ...], WantedObligation] = {}

    def of(self, found: Wanted, since: datetime | None) -> WantedObligation:
        """Return the row of one obligation, whose unit owes the task since then; None where it is new to it."""
        granted = self._roster.granted(found.key)
        place = (found.key.part, found.key.occurrence, since, granted)
        row = self._shared.get(place)
        if row is None:
            row = self._shared[place] = self._first(found, since, is_extended=bool(granted))
        return row._replace(key=found.key)

    def _first(self, found: Wanted, since: datetime | None, *, is_extended: bool) -> WantedObligation:
        term = found.occurrence.term
        repeats = term.kind == "recurring"
        is_new = since is None
        watched_from = since if repeats and since else self._now
        # Who was granted an extension is told of every move: it comes, or it is overtaken.
        announce = self._running and (is_new or not repeats or is_extended)
        document, why = self._cause(found)
        return WantedObligation(
            key=found.key,
            kind="indicator" if self._task.indicator else "task",
            watched_from=watched_from,
            due_on=term.due,
            due_at=term.due_at,
            late_at=term.late_at,
            strict_on=term.strict,
            starts_on=term.starts if found.key.occurrence else None,
            wake_at=self._now if announce and is_new else self._wake_at(found, watched_from),
            announce=announce,
            leads=self._running and found.is_led_over,
            begins=self._running and found.begins,
            document=document,
            why=why,
        )

    def _cause(self, found: Wanted) -> tuple[str | None, str | None]:
        """Return the document that gave it its day, other than the programme's own, and why it did."""
        if found.extended:
            return found.extended[-1].document, found.extended[-1].why or None
        amendments = replaced_by(self._task, self._today, found.key.part)
        return (amendments[-1].document, amendments[-1].why) if amendments else (None, None)

    def _wake_at(self, found: Wanted, watched_from: datetime) -> datetime | None:
        followed = self._roster.follow(found.key, Facts(watched_from), today=self._today)
        if followed is None or not followed.table.steps:
            return None
        opens = [followed.table.steps[0].opens, *([found.occurrence.closes_at] if found.occurrence.closes_at else [])]
        return max(min(opens), self._now)
