"""Stories by the rules alone: as if each obligation had been followed from the beginning, and every mail had left."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import typer

from rules.calendar import instant, local_day
from rules.deadline import recurs
from rules.events import dated_ahead, events_known
from rules.explain import story
from rules.followed import Followed, Wanted
from rules.obligation import Facts, ObligationKey
from rules.programme import Occurred, Programme, Task
from rules.rehearse import BEGINNING
from rules.roster import Roster, owing_units
from rules.simulate import Assumption
from rules.unfollowed import as_past
from scheduler.commands.naming import Narrowed, check_narrowed, find_task
from scheduler.commands.reading import Reading, assumptions
from scheduler.commands.stories import Question, Told

_FACTS = Facts(BEGINNING)
_LOOK_BACK = (62, 400, 4_000, 40_000)
"""How many days back the end of a recurrence that has run out is looked for, the nearest first."""


def rehearsed(read: Reading, question: Question, *, now: datetime, followed_from: datetime | None = None) -> list[Told]:
    """Return the story of each obligation meant, by the rules alone.

    `followed_from`: since when the task has been followed, where there is a ledger that knows none of these.
    """
    programme, task = find_task(question.task, read.rulebook)
    check_narrowed(question.narrowed, task)
    policy = read.config.policy
    assumed = [one for one in assumptions(question.assumed, read.rulebook) if one.programme == programme.id]
    roster = _roster(read, programme, assumed)
    today = local_day(now, policy.zone)
    meant = _meant(programme, task, question.narrowed, roster, today)
    if not meant:
        named = question.narrowed.occurrence
        what = f"no occurrence {named!r}" if named is not None else "never an occurrence"
        raise typer.BadParameter(f"{task.id} has {what}", param_hint="--occurrence")
    found = (
        Told(
            followed,
            _FACTS,
            story(followed, _FACTS, roster, None, now=now, heard_at=_heard_at(followed, read, assumed, today=today)),
            roster,
            is_rehearsed=True,
            now=now,
            has_ended=has_ended(followed, roster, today=today),
            followed_from=followed_from,
        )
        for followed in meant
    )
    return [replace(told, rungs=as_past(told.rungs)) if told.unfollowed() else told for told in found]


def has_ended(followed: Followed, roster: Roster, *, today: date) -> bool:
    """Say whether it is the last occurrence of a recurrence that has run out."""
    due = followed.term.due
    if not recurs(followed.deadline) or due is None or due >= today:
        return False
    return roster.next_after(followed, today=today) is None


def _roster(read: Reading, programme: Programme, assumed: Iterable[Assumption]) -> Roster:
    """Return a roster that knows these events of the programme, and those its file gives the days of."""
    recorded: dict[str, tuple[Occurred, ...]] = defaultdict(tuple)
    for said in assumed:
        recorded[said.event] += (Occurred(said.on),)
    rulebook, policy = read.rulebook, read.config.policy
    calendar = rulebook.calendars[programme.calendar]
    known = events_known(programme, recorded, {}, calendar=calendar, zone=policy.zone)
    return Roster(rulebook, policy, {programme.id: known})


def _heard_at(followed: Followed, read: Reading, assumed: Sequence[Assumption], *, today: date) -> datetime | None:
    """Return the beginning of the day on which what is assumed lets the obligation come about; None where it is there
    without, or hangs on an event whose day is known ahead."""
    programme, zone = followed.programme, read.config.policy.zone
    ahead = dated_ahead(programme)
    days = [(date.min if one.event in ahead else one.on, one) for one in assumed]
    for day in sorted({date.min, *(known_on for known_on, _ in days)}):
        roster = _roster(read, programme, [one for known_on, one in days if known_on <= day])
        if roster.follow(followed.key, _FACTS, today=today):
            return None if day == date.min else instant(day, time.min, zone)
    return None


def _meant(programme: Programme, task: Task, narrowed: Narrowed, roster: Roster, today: date) -> list[Followed]:
    """Return the obligations meant: those that exist now, or of the occurrence asked for, by its name or due day."""

    def followed(keys: Iterable[ObligationKey]) -> list[Followed]:
        found = (roster.follow(key, _FACTS, today=today) for key in keys if narrowed.concerns(key))
        return [one for one in found if one is not None]

    name = narrowed.occurrence
    if name is None:
        return followed(_current(programme, task, roster, today))
    units = owing_units(task)
    named = [ObligationKey(programme.id, task.id, part, unit, name) for part in task.deadlines for unit in units]
    return followed(named) or followed(_due_on(programme, task, roster, name))


def _current(programme: Programme, task: Task, roster: Roster, today: date) -> list[ObligationKey]:
    """Return what exists now; of a recurrence that has run out its last occurrence."""
    found = [wanted.key for wanted in roster.wanted(programme, task, since=today, today=today)]
    for days in _LOOK_BACK:
        missing = task.deadlines.keys() - {key.part for key in found}
        if not missing:
            break
        since = today - timedelta(days=min(days, today.toordinal() - 1))
        earlier = list(roster.wanted(programme, task, since=since, today=today))
        for part in sorted(missing):
            found += _latest(wanted for wanted in earlier if wanted.key.part == part)
    return found


def _latest(wanted: Iterable[Wanted]) -> list[ObligationKey]:
    """Return the obligations of the last occurrence among these, which are in order of time."""
    keys = [one.key for one in wanted]
    return [key for key in keys if key.occurrence == keys[-1].occurrence]


def _due_on(programme: Programme, task: Task, roster: Roster, text: str) -> list[ObligationKey]:
    """Return the obligations due on the day that `text` names."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return []
    found = roster.wanted(programme, task, since=day, today=day)
    return [wanted.key for wanted in found if wanted.occurrence.term.due == day]
