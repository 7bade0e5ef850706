"""Touched: the tasks on which an edit of the rule files can bear at all, by value: what differs in its place or its
comments only does not count, and the rest need not be looked at."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter

from rules.calendar import Calendar
from rules.days import plus
from rules.deadline import After, AheadOf
from rules.directory import Directory, Post
from rules.fields import content
from rules.follow import Place
from rules.inforce import in_force
from rules.programme import Programme, Rulebook, Task
from rules.roster import Known, Roster
from rules.timetable import timetable

LOOKED_BACK = timedelta(days=60)
"""How far back occurrences are compared under two calendars: what fell due earlier is not reminded of by the day."""

_FRAME = attrgetter("directory", "calendar", "standing", "before_means", "roll", "period", "document.date")
_COUNTED = attrgetter("weekend", "holidays", "worked", "covers", "based_on", "announced_until")


def touched(before: Roster, after: Roster, *, today: date) -> set[Place]:
    """Return the tasks (programme, task) that an edit adds, takes away, or may treat otherwise than before."""
    found: set[Place] = set()
    old, new = before.rulebook, after.rulebook
    for id in old.programmes.keys() | new.programmes.keys():
        was, is_ = old.programmes.get(id), new.programmes.get(id)
        if was is None or is_ is None:
            either = was or is_
            assert either is not None
            found |= {(id, task.id) for task in either.followed()}
        else:
            found |= {(id, task) for task in _of_programme(_Pair(before, after, was, is_, today))}
    return found


def same_calendar(one: Calendar, other: Calendar) -> bool:
    """Say whether two calendars count alike."""
    return bool(_COUNTED(one) == _COUNTED(other))


def units_changed(old: Directory, new: Directory) -> set[str]:
    """Return the units with a post that is held by another person, on whatever day."""
    return {id for id in old.units.keys() | new.units.keys() if _posts_of(old, id) != _posts_of(new, id)}


class _Pair:
    """A programme before and after an edit, with what bears on its tasks."""

    def __init__(self, before: Roster, after: Roster, was: Programme, is_: Programme, today: date) -> None:
        self.before, self.after, self.was, self.is_, self.today = before, after, was, is_, today
        old, new = before.rulebook, after.rulebook
        self.frame = _FRAME(was) != _FRAME(is_)
        self.calendar = not same_calendar(old.calendars[was.calendar], new.calendars[is_.calendar])
        self.events = _events_changed(before.events.get(was.id, {}), after.events.get(is_.id, {}), was, is_)
        directories = old.directories[was.directory], new.directories[is_.directory]
        self.units = units_changed(*directories) if directories[0] != directories[1] else set()
        self.shared = _shared(directories[0]) != _shared(directories[1]) or is_.standing in self.units
        self.ladders = {
            id
            for id in old.ladders.keys() | new.ladders.keys()
            if id not in old.ladders or id not in new.ladders or old.ladders[id].rungs != new.ladders[id].rungs
        }


def _of_programme(pair: _Pair) -> Iterator[str]:
    everything = pair.frame or pair.shared
    for id in {task.id for programme in (pair.was, pair.is_) for task in programme.followed()}:
        was, is_ = pair.was.task(id), pair.is_.task(id)
        if everything or was is None or is_ is None or _differs(was, is_, pair):
            yield id


def _differs(was: Task, is_: Task, pair: _Pair) -> bool:
    if content(was) != content(is_) or is_.ladder in pair.ladders:
        return True
    if pair.units and not pair.units.isdisjoint((*is_.lead.units, *is_.head, *is_.coordinate)):
        return True
    if pair.events and _waits_for(is_, pair.events):
        return True
    return pair.calendar and _days(pair.before, pair.was, was, pair.today) != _days(
        pair.after, pair.is_, is_, pair.today
    )


def _days(roster: Roster, programme: Programme, task: Task, today: date) -> list[object]:
    """Return the days and instants of a task that its calendar counts."""
    found: list[object] = []
    calendar, ladder = roster.calendar(programme), roster.rulebook.ladders[task.ladder]
    existing = roster.existing(programme, task, since=plus(today, -LOOKED_BACK.days), today=today)
    for part, occurrence, *_ in existing:
        term = occurrence.term
        steps = timetable(term, ladder, calendar=calendar, policy=roster.policy).steps
        opens = [(this.rung.id, this.opens) for this in steps]
        found.append((part, occurrence.key, term.due, term.remind_by, term.late_at, term.provisional, opens))
    if task.amended:
        found.append([in_force(task, part, today).edition for part in task.deadlines])
    return found


def _events_changed(before: Known, after: Known, was: Programme, is_: Programme) -> set[str]:
    ids = was.events.keys() | is_.events.keys()
    return {id for id in ids if before.get(id) != after.get(id) or id not in was.events or id not in is_.events}


def _waits_for(task: Task, events: set[str]) -> bool:
    deadlines = [*task.deadlines.values(), *(amendment.deadline for amendment in task.amended)]
    return any(isinstance(deadline, After | AheadOf) and deadline.event in events for deadline in deadlines)


def _posts_of(directory: Directory, unit: str) -> Mapping[str, object] | None:
    found = directory.units.get(unit)
    if found is None:
        return None
    return {"head": _held(found.head), "focal": _held(found.focal), "overseer": _held(found.overseer)}


def _shared(directory: Directory) -> object:
    return _held(directory.chair), _held(directory.overseer)


def _held(post: Post | None) -> object:
    return None if post is None else (post.title, post.email, post.until, post.acting)


def tasks_of(rulebook: Rulebook, places: Collection[Place]) -> Rulebook:
    """Return the rulebook with those tasks alone."""
    programmes = {}
    for id, programme in rulebook.programmes.items():
        tasks = {name: task for name, task in programme.tasks.items() if (id, name) in places}
        measuring = {name: task for name, task in programme.measuring.items() if (id, name) in places}
        programmes[id] = replace(programme, tasks=tasks, measuring=measuring)
    return replace(rulebook, programmes=programmes)
