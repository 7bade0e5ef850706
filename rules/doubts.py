"""Doubts: what is right in the rule files and yet only assumed, or easily forgotten. `check` prints them."""

from collections.abc import Iterator

from rules.deadline import After, AheadOf, Continuous, Every
from rules.events import events_known
from rules.problem import Problem
from rules.programme import Event, Programme, Rulebook, Task
from rules.roster import Roster
from rules.term import Term, TermContext
from rules.terms import following, occurrences
from rules.window import Policy

_NAMED = 3


def doubts(rulebook: Rulebook, policy: Policy) -> list[Problem]:
    """Return one doubt per calendar a programme outlives, event nobody is asked about, and lead nobody answers for."""
    found: list[Problem] = []
    for programme in rulebook.programmes.values():
        known = events_known(programme, {}, {}, calendar=rulebook.calendars[programme.calendar], zone=policy.zone)
        roster = Roster(rulebook, policy, {programme.id: known})
        found += _beyond_calendar(programme, roster.context(programme))
        found += _unwatched(programme)
        found += _headless(programme, rulebook)
    return sorted(set(found))


def _beyond_calendar(programme: Programme, context: TermContext) -> Iterator[Problem]:
    until = context.calendar.announced_until
    if until is None:
        return
    beyond = [(task, term) for task in programme.tasks.values() for term in _provisional(task, context)]
    if not beyond:
        return
    dues = [f"{task.id} ({term.due})" for task, term in beyond]
    shown = ", ".join(dues[:_NAMED]) + (f" and {len(dues) - _NAMED} more" if len(dues) > _NAMED else "")
    message = (
        f"the calendar '{context.calendar.id}' is announced up to {until}, "
        f"days off beyond it are only expected: {shown}"
    )
    yield Problem(programme.source, programme.id, message)


def _provisional(task: Task, context: TermContext) -> Iterator[Term]:
    """Yield the first term of each deadline of the task that counts on days nobody has announced."""
    until = context.calendar.announced_until
    assert until is not None
    for deadline in task.deadlines.values():
        if isinstance(deadline, Every | Continuous):
            found = following(deadline, context, until, n=2)
        else:
            found = occurrences(deadline, context, first=until, last=until)
        terms = [occurrence.term for occurrence in found if occurrence.term.provisional]
        yield from terms[:1]


def _unwatched(programme: Programme) -> Iterator[Problem]:
    for event in programme.events.values():
        waiting = [task.id for task in programme.tasks.values() if _waits_for(task, event.id)]
        if waiting and not (event.watch or event.dates or event.after or event.when_done):
            shown = ", ".join(waiting[:_NAMED])
            message = f"nobody is asked whether it has happened, and {shown} may wait for ever; add `watch`"
            yield Problem(event.source, _path(programme, event), message)


def _path(programme: Programme, event: Event) -> str:
    return f"{programme.id}.events.{event.id}"


def _waits_for(task: Task, event: str) -> bool:
    return any(
        isinstance(deadline, After | AheadOf) and deadline.event == event for deadline in task.deadlines.values()
    )


def _headless(programme: Programme, rulebook: Rulebook) -> Iterator[Problem]:
    """Yield the units that owe something and have nobody at their head; the mail goes one post up."""
    units = rulebook.directories[programme.directory].units
    for id in sorted({id for task in programme.tasks.values() for id in task.head or task.lead.units}):
        unit = units[id]
        if unit.head is None or unit.head.email is None:
            yield Problem(unit.source, f"units.{id}", "nobody is its head: what it owes goes to the post above")
