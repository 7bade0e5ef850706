"""Beginning: from which day a scenario is played when it does not say, and what is taken as done before it.

Early enough that nothing looked at is late at first sight; and of what recurs, the occurrences before the first one
that matters are taken as reported.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rules.days import plus
from rules.deadline import Continuous, Deadline, Every, recurs
from rules.gate import WARNING
from rules.ladder import Ladder
from rules.obligation import ObligationKey
from rules.programme import Programme, Rulebook, Task
from rules.register import Done
from rules.roster import Known, Roster, owing_units
from rules.scenario import DoneGiven, Scenario
from rules.term import Occurrence, TermContext
from rules.terms import following, occurrences
from rules.timetable import BASELINE
from rules.window import Policy, morning

_MARGIN = 10
_LOOK_BACK = (40, 400, 4_000)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first start of the daemon, and what was reported before it."""

    start: datetime
    done: tuple[Done, ...] = ()


def beginning(scenario: Scenario, rulebook: Rulebook, policy: Policy, known: Known) -> Beginning:
    """Return when to begin with these events `known` in the end; `rulebook` is the one supposed."""
    if scenario.start is not None:
        return Beginning(morning(scenario.start, policy))
    programme = rulebook.programmes[scenario.programme]
    context = Roster(rulebook, policy, {programme.id: known}).context(programme)
    day, reported = _beginning(scenario, programme, rulebook, context)
    at = morning(day, policy)
    return Beginning(at, tuple(Done(at, key, day) for key in reported))


def first_day(programme: Programme, rulebook: Rulebook, context: TermContext, first: date) -> date:
    """Return a day before which nothing of the programme is late, and before the reminders of what is due from
    `first` on; of what recurs, the day after the last occurrence that is due before `first`."""
    days = [first]
    for task in programme.tasks.values():
        ladder = rulebook.ladders[task.ladder]
        for _, deadline in _deadlines(task):
            if recurs(deadline):
                before = _before(deadline, context, first)
                days.append(plus(_due(before), 1) if before else plus(first, -_MARGIN))
            else:
                days += [plus(first, -_MARGIN), *_begins(task, deadline, context, ladder)]
    return min(days)


def _beginning(
    scenario: Scenario, programme: Programme, rulebook: Rulebook, context: TermContext
) -> tuple[date, list[ObligationKey]]:
    given = [one.on for one in scenario.given if one.on is not None]
    day, recurring = plus(min([scenario.first, *given]), -_MARGIN), []
    for task in programme.tasks.values():
        ladder = rulebook.ladders[task.ladder]
        for part, deadline in _deadlines(task):
            if recurs(deadline):
                matters = _first_that_matters(scenario, task, deadline, context, ladder)
                recurring.append((task, part, deadline, matters))
                day = min(day, plus(matters, -_lead(ladder)))
            else:
                day = min([day, *_begins(task, deadline, context, ladder)])
    keys = [
        ObligationKey(programme.id, task.id, part, unit, one.key)
        for task, part, deadline, matters in recurring
        for one in occurrences(deadline, context, first=plus(day, -_MARGIN), last=plus(matters, -1))
        for unit in owing_units(task)
    ]
    return day, keys


def _deadlines(task: Task) -> Iterator[tuple[str, Deadline]]:
    yield from task.deadlines.items()
    yield from ((amendment.part, amendment.deadline) for amendment in task.amended)


def _begins(task: Task, deadline: Deadline, context: TermContext, ladder: Ladder) -> list[date]:
    """Return for each term of a deadline that does not recur a day before its first reminder, and before it changes."""
    dues = [one.term.due for one in occurrences(deadline, context, first=date.min, last=date.max) if one.term.due]
    changes = [amendment.until_on for amendment in task.amended]
    return [plus(day, -_lead(ladder)) for day in (*dues, *changes)]


def _lead(ladder: Ladder) -> int:
    """Return so many days that the first rung of a ladder lies within them."""
    before = [rung.at.offset for rung in ladder.rungs if rung.at.stage == "before" and rung.at.offset]
    lengths = {"hours": 1 / 24, "days": 1.0, "working days": 2.0, "weeks": 7.0, "months": 31.0, "years": 366.0}
    return _MARGIN + max((int(offset.count * lengths[offset.unit]) + 1 for offset in before), default=0)


def _first_that_matters(
    scenario: Scenario, task: Task, deadline: Deadline, context: TermContext, ladder: Ladder
) -> date:
    """Return the due day of the first occurrence that is looked at: the earliest named, else the one around the first
    day; the one before it when the first mail expected tells of a delay."""
    assert isinstance(deadline, Every | Continuous)
    named = [_day(key) for key in _named_occurrences(scenario, task)]
    days = [day for day in named if day is not None]
    if not days and _begins_late(scenario, task, ladder) and (before := _before(deadline, context, scenario.first)):
        days.append(_due(before))
    # A report that names no occurrence is about the first one due from its day on.
    reported = _reported(scenario, task)
    for since in reported if days else [*reported, scenario.first]:
        coming = following(deadline, context, since, n=1)
        days.append(_due(coming[0]) if coming else since)
    return min(days)


def _reported(scenario: Scenario, task: Task) -> list[date]:
    """Return the days on which the task is reported done without an occurrence being named."""
    reports = [one for one in scenario.given if isinstance(one, DoneGiven) and one.occurrence is None]
    return [one.on for one in reports if task.id in one.tasks]


def _named_occurrences(scenario: Scenario, task: Task) -> Iterator[str]:
    for given in scenario.given:
        if isinstance(given, DoneGiven) and given.occurrence and task.id in given.tasks:
            yield given.occurrence
    for each in scenario.expect:
        for mail in (*each.mails, *each.unwanted, *each.not_sent):
            if not mail.tasks or task.id in mail.tasks:
                yield from (str(named) for named in (mail.occurrence, mail.due) if named)


def _begins_late(scenario: Scenario, task: Task, ladder: Ladder) -> bool:
    """Say whether the first mail expected about the task tells of a delay."""
    late = {BASELINE.id, WARNING.id, *(rung.id for rung in ladder.rungs if rung.at.stage == "late")}
    for each in sorted(scenario.expect, key=lambda each: each.first):
        rungs = [rung for mail in each.mails if not mail.tasks or task.id in mail.tasks for rung in mail.rungs]
        if rungs:
            return late.issuperset(rungs)
    return False


def _before(deadline: Deadline, context: TermContext, day: date) -> Occurrence | None:
    """Return the last occurrence that is due before a day, None when there is none within eleven years."""
    for days in _LOOK_BACK:
        found = occurrences(deadline, context, first=plus(day, -days), last=plus(day, -1))
        if found:
            return found[-1]
    return None


def _due(one: Occurrence) -> date:
    assert one.term.due is not None
    return one.term.due


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
