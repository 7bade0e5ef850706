"""Subject: all that the lint looks at, and what several of its checks work out of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from rules.days import OutOfCalendarError
from rules.deadline import Continuous, Every
from rules.directory import Directory
from rules.events import events_known
from rules.ladder import Ladder
from rules.lint.papers import Papers, items, text_of
from rules.load.place import Place
from rules.programme import Occurred, Programme, Rulebook, Task
from rules.roster import Roster
from rules.term import Term, TermContext
from rules.terms import occurrences
from rules.window import Policy

Recorded = Mapping[str, Mapping[str, tuple[Occurred, ...]]]
"""By programme and event: when it was recorded to have happened."""


class Limits(NamedTuple):
    """From when on something is worth a word; days, but for `load` (deadlines of a head on one day) and `alike` (0 to
    100)."""

    load: int = 10
    undated: int = 60
    expected: int = 30
    announced: int = 60
    leaving: int = 60
    alike: int = 90


DEFAULT = Limits()


class Dated(NamedTuple):
    """A deadline of a task worked out, with its part and the place of the deadline."""

    part: str
    term: Term
    place: Place
    recurs: bool


@dataclass(frozen=True)
class Subject:
    """`recorded`: the events that have happened; `done`: programme and task of what is reported done everywhere."""

    rulebook: Rulebook
    papers: Papers
    policy: Policy
    today: date
    recorded: Recorded = field(default_factory=dict)
    done: frozenset[tuple[str, str]] = frozenset()
    limits: Limits = DEFAULT

    @cached_property
    def roster(self) -> Roster:
        """Return the roster of the rulebook with what is known of its events."""
        known = {
            programme.id: events_known(
                programme,
                self.recorded.get(programme.id, {}),
                {},
                calendar=self.rulebook.calendars[programme.calendar],
                zone=self.policy.zone,
            )
            for programme in self.rulebook.programmes.values()
        }
        return Roster(self.rulebook, self.policy, known)

    def tasks(self) -> Iterator[tuple[Programme, Task]]:
        """Yield every task with its programme."""
        for programme in self.rulebook.programmes.values():
            for task in programme.tasks.values():
                yield programme, task

    def open_tasks(self) -> Iterator[tuple[Programme, Task]]:
        """Yield every task that is not reported done, with its programme."""
        return ((programme, task) for programme, task in self.tasks() if (programme.id, task.id) not in self.done)

    def directory(self, programme: Programme) -> Directory:
        """Return the directory of a programme."""
        return self.rulebook.directories[programme.directory]

    def context(self, programme: Programme) -> TermContext:
        """Return what the programme's terms are counted with."""
        return self.roster.context(programme)

    def place(self, programme: Programme, task: Task) -> Place:
        """Return the place of a task."""
        return self.papers.item(programme.id, "tasks", task.id)

    def deadline_place(self, programme: Programme, task: Task, part: str) -> Place:
        """Return the place of a deadline in force of a task: in the programme that amends it, where one does."""
        amended = self._amended_at.get((programme.id, task.id, part))
        if amended is not None:
            return amended
        place = self.place(programme, task)
        return place / "deadlines" / part if part else place / "deadline"

    def dated(self, programme: Programme, task: Task) -> tuple[Dated, ...]:
        """Return the deadlines of a task that come to days; of recurring ones those of a year from today on."""
        known = self._dated.get((programme.id, task.id))
        if known is None:
            known = self._dated[programme.id, task.id] = tuple(self._worked_out(programme, task))
        return known

    @cached_property
    def _amended_at(self) -> dict[tuple[str, str, str], Place]:
        """Return where other programmes give a task its deadline, by programme, task and part; the latest of them."""
        found: dict[tuple[str, str, str], Place] = {}
        for programme in sorted(self.rulebook.programmes.values(), key=lambda one: one.document.date or date.min):
            place = self.papers.of("programme", programme.id)
            for index, entry in enumerate(items(place, "amend")):
                if entry.part("deadline"):
                    name = (text_of(entry, "programme"), text_of(entry, "task"), text_of(entry, "part"))
                    found[name] = place / "amend" / index / "deadline"
        return found

    @cached_property
    def _dated(self) -> dict[tuple[str, str], tuple[Dated, ...]]:
        return {}

    def _worked_out(self, programme: Programme, task: Task) -> Iterator[Dated]:
        context, until = self.context(programme), self.today + timedelta(days=366)
        for part, deadline in task.deadlines.items():
            place, recurs = self.deadline_place(programme, task, part), isinstance(deadline, Every | Continuous)
            try:
                found = occurrences(deadline, context, first=self.today, last=until)
            except OutOfCalendarError:
                continue
            yield from (Dated(part, each.term, place, recurs) for each in found if each.term.due is not None)

    @cached_property
    def climbing(self) -> dict[tuple[str, str], set[str]]:
        """Return by ladder and directory the units whose tasks climb that ladder."""
        found: dict[tuple[str, str], set[str]] = {}
        for programme, task in self.tasks():
            found.setdefault((task.ladder, programme.directory), set()).update(task.lead.units)
        return found

    def users(self, ladder: Ladder) -> list[Programme]:
        """Return the programmes whose tasks climb a ladder."""
        programmes = self.rulebook.programmes.values()
        return [one for one in programmes if any(task.ladder == ladder.id for task in one.tasks.values())]


def heads_of(task: Task) -> tuple[str, ...]:
    """Return the units whose head answers for a task."""
    return task.head or task.lead.units


def named(words: list[str], most: int = 3) -> str:
    """Return the first of some ids, and how many more there are: `A.1, A.2, A.3, +4`."""
    return ", ".join(words[:most]) + (f", +{len(words) - most}" if len(words) > most else "")
