"""Wanted: the obligations the rule files ask for, as rows for the database, each with the instant at which a pass must
first look at it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from db.sync import WantedObligation
from rules.calendar import local_day
from rules.deadline import After, AheadOf, Deadline, Every, recurs
from rules.inforce import replaced_by
from rules.obligation import Facts
from rules.programme import Programme, Task
from rules.roster import Roster, Wanted

Watched = Mapping[tuple[str, str], datetime]
"""Since when each task (programme, task) is followed."""


def wanted_of_all(roster: Roster, watched: Watched, *, now: datetime) -> Iterator[WantedObligation]:
    """Yield all obligations the rule files ask for at `now`."""
    known = {programme for programme, _ in watched}
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
    """Yield the obligations of one task: all since it is followed, or those due from the day `since` on.

    `running`: the programme was followed before, so what is new in it is announced.
    """
    today = local_day(now, roster.policy.zone)
    followed_since = watched.get((programme.id, task.id))
    watched_on = local_day(followed_since, roster.policy.zone) if followed_since else today
    since = max(since, watched_on) if since else watched_on
    row = _Rows(roster, task, now, followed_since, running)
    for found in roster.wanted(programme, task, since=since, today=today):
        yield row.of(found)


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

    def __init__(
        self, roster: Roster, task: Task, now: datetime, followed_since: datetime | None, running: bool
    ) -> None:
        self._roster = roster
        self._task = task
        self._now = now
        self._followed_since = followed_since
        self._running = running
        self._today = local_day(now, roster.policy.zone)
        self._shared: dict[tuple[object, ...], WantedObligation] = {}

    def of(self, found: Wanted) -> WantedObligation:
        """Return the row of one obligation."""
        granted = self._roster.granted(found.key)
        place = (found.key.part, found.key.occurrence, granted)
        row = self._shared.get(place)
        if row is None:
            row = self._shared[place] = self._first(found, is_extended=bool(granted))
        return row._replace(key=found.key)

    def _first(self, found: Wanted, *, is_extended: bool) -> WantedObligation:
        term = found.occurrence.term
        repeats = term.kind == "recurring"
        is_new = self._followed_since is None
        watched_from = self._followed_since if repeats and self._followed_since else self._now
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
            wake_at=self._now if announce and is_new else self._wake_at(found, watched_from),
            announce=announce,
            leads=self._running and found.is_led_over,
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
