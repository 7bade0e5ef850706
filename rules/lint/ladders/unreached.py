"""Unreached: rungs that lie before the task became known, whichever of the ladder's tasks one looks at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from rules.calendar import local_day
from rules.days import OutOfCalendarError
from rules.deadline import After, AheadOf, Deadline
from rules.events import dated_ahead
from rules.ladder import Ladder
from rules.lint.finding import Check, Found
from rules.lint.subject import Subject
from rules.programme import Occurred, Programme, Task
from rules.term import Term, TermContext
from rules.terms import occurrences
from rules.timetable import timetable
from rules.wording import Wording

_IN_ADVANCE = 2
"""Of a recurrence the one after the next exists from the morning on which an occurrence is due."""


class _Term(NamedTuple):
    """A term of a task, and the day from which it is known at the earliest; `event` where that is a supposed one."""

    task: str
    term: Term
    known_on: date
    event: str = ""


class _Early(NamedTuple):
    """A rung that lies too early for a term: on which day."""

    on: date
    of: _Term

    def said(self) -> Wording:
        """Return it as an example: the day of the rung, and the day from which the task is known."""
        task, known_on, event = self.of.task, self.of.known_on, self.of.event
        if event:
            return Wording(
                f"như {task}: nếu {event} xảy ra {known_on} thì bậc rơi vào {self.on}",
                f"as {task}: if {event} happens on {known_on} the rung is on {self.on}",
            )
        return Wording(
            f"như {task}: bậc ngày {self.on}, biết từ {known_on}",
            f"as {task}: the rung on {self.on}, known from {known_on}",
        )


def _find(subject: Subject) -> Iterator[Found]:
    for ladder in subject.rulebook.ladders.values():
        for rung, early in _unreached(subject, ladder).items():
            index = next(number for number, one in enumerate(ladder.rungs) if one.id == rung)
            said = Wording(
                f"bậc {rung} rơi trước khi việc được biết, ở mọi nhiệm vụ dùng thang {ladder.id} ({early.said().vi}): "
                "không bao giờ đến đúng lúc",
                f"rung {rung} lies before the task is known, for every task that climbs ladder {ladder.id} "
                f"({early.said().en}): it never comes at its time",
            )
            yield Found(subject.papers.of("ladder", ladder.id) / "rungs" / index / "at", said)


def _unreached(subject: Subject, ladder: Ladder) -> dict[str, _Early]:
    """Return the rungs that lie too early for all terms, each with the first of them; none where there is no term."""
    left = {rung.id for rung in ladder.rungs if rung.at.stage == "before"}
    found: dict[str, _Early] = {}
    climbing = [(programme, task) for programme, task in subject.tasks() if task.ladder == ladder.id]
    for programme, task in climbing:
        calendar = subject.rulebook.calendars[programme.calendar]
        terms = _terms(subject, programme, task)
        if terms is None:
            return {}
        for each in terms:
            if not left:
                return {}
            for step in timetable(each.term, ladder, calendar=calendar, policy=subject.policy).steps:
                on = local_day(step.nominal, subject.policy.zone)
                if on >= each.known_on:
                    left.discard(step.rung.id)
                elif step.rung.id in left:
                    found.setdefault(step.rung.id, _Early(on, each))
    return {rung: early for rung, early in found.items() if rung in left}


def _terms(subject: Subject, programme: Programme, task: Task) -> list[_Term] | None:
    """Return the terms with a day that the deadlines of a task come to; None where nobody can say since when one is
    known.

    What was past when it became known is left out: that is another fault.
    """
    found: list[_Term] = []
    for part in task.deadlines:
        terms = _of_part(subject, programme, task, part)
        if terms is None:
            return None
        found += terms
    return [one for one in found if one.term.due is not None and one.term.due >= one.known_on]


def _of_part(subject: Subject, programme: Programme, task: Task, part: str) -> list[_Term] | None:
    """Return the same of one part."""
    issued, deadline = programme.document.date, task.deadlines[part]
    if issued is None or isinstance(deadline, AheadOf):
        return None
    if isinstance(deadline, After) and _is_known_ahead(programme, deadline.event):
        return None
    known_on = max([issued, *(one.until_on for one in task.amended if one.part == part)])
    if isinstance(deadline, After):
        return _after(subject, programme, task, deadline)
    dated = [one for one in subject.dated(programme, task) if one.part == part]
    days = [one.term.due for one in dated]
    found = []
    for number, one in enumerate(dated):
        before = days[number - _IN_ADVANCE] if one.recurs and number >= _IN_ADVANCE else None
        found.append(_Term(task.named, one.term, max(known_on, before or known_on)))
    # Of the first two it is not known when the one before was due.
    return found[_IN_ADVANCE:] or found if dated and dated[0].recurs else found


def _is_known_ahead(programme: Programme, id: str) -> bool:
    """Say whether the day of an event may be known before it comes."""
    event = programme.events[id]
    return bool(event.dates or event.after) or id in dated_ahead(programme)


def _after(subject: Subject, programme: Programme, task: Task, deadline: After) -> list[_Term]:
    """Return the terms as if the event happened on one of the days of a week: they are known from that day on."""
    context, found = subject.context(programme), []
    for day in (subject.today + timedelta(days=count) for count in range(7)):
        happened = replace(context, events={**context.events, deadline.event: (Occurred(day),)})
        found += [_Term(task.named, term, day, deadline.event) for term in _occurring(deadline, happened, day)]
    return found


def _occurring(deadline: Deadline, context: TermContext, today: date) -> list[Term]:
    try:
        found = occurrences(deadline, context, first=today, last=today)
    except OutOfCalendarError:
        return []
    return [each.term for each in found if each.term.due is not None]


CHECK = Check(
    "D207",
    "rung-before-task",
    "warning",
    Wording("bậc thang rơi trước khi việc được biết", "a rung that lies before the task is known"),
    Wording(
        "Bậc rơi trước ngày ban hành văn bản, trước sự kiện làm việc ấy bắt đầu, hoặc trước khi kỳ ấy mở ra thì "
        "không bao giờ đến đúng lúc: nó đi cùng ngày việc được giao, hoặc nhường bậc sau.",
        "Before the document is issued, before the event that starts the task, or before the occurrence is open, a "
        "rung never comes at its time: it leaves on the day the task is given, or gives way to a later one.",
    ),
    Wording("rút ngắn at: của bậc này, hoặc bỏ nó", "bring the rung's at: nearer to the deadline, or remove it"),
    bad="- {id: rat-som, at: 120 days before, to: [head]}",
    good="- {id: rat-som, at: 60 days before, to: [head]}",
    find=_find,
    depends_on_today=True,
)
