"""Roster: the obligations a rulebook gives rise to, and each obligation with all the rules that bear on it. What is shared by many
units (terms, timetables, address books) is worked out once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from rules.calendar import Calendar
from rules.days import plus
from rules.deadline import After, AheadOf, Continuous, Deadline, Every
from rules.directory import Directory
from rules.inforce import in_force
from rules.ladder import Ladder
from rules.obligation import Facts, ObligationKey
from rules.programme import Occurred, Programme, Rulebook, Task
from rules.recipients import AddressBook, Owers
from rules.term import Occurrence, Term, TermContext
from rules.terms import following, occurrence, occurrences
from rules.timetable import Timetable, timetable
from rules.window import Policy, opening
from rules.wording import Wording

Known = Mapping[str, tuple[Occurred, ...]]
"""For each event of a programme that has happened or whose date is known: when."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An obligation that ought to exist on a day, with its term under the deadline then in force."""

    key: ObligationKey
    occurrence: Occurrence
    edition: int


@dataclass(frozen=True, slots=True)
class Followed:
    """One obligation with the rules that bear on it."""

    key: ObligationKey
    programme: Programme
    task: Task
    directory: Directory
    ladder: Ladder
    occurrence: Occurrence
    table: Timetable
    owers: Owers

    @property
    def term(self) -> Term:
        """Return its term."""
        return self.occurrence.term


@dataclass(frozen=True)
class Roster:
    """A rulebook, the office's policy and the events known so far, by programme."""

    rulebook: Rulebook
    policy: Policy
    events: Mapping[str, Known] = field(default_factory=dict)
    _occurrences: dict[tuple[str, str, str, str, int], Occurrence | None] = field(default_factory=dict)
    _tables: dict[tuple[str, str, str, str, int, datetime | None], Timetable] = field(default_factory=dict)
    _books: dict[tuple[str, date], AddressBook] = field(default_factory=dict)

    def wanted(self, programme: Programme, task: Task, *, since: date, today: date) -> Iterator[Wanted]:
        """Yield the obligations of a task that ought to exist on `today` when it has been followed since the day `since`."""
        for part in task.deadlines:
            deadline, edition = in_force(task, part, today)
            for found in self._existing(programme, deadline, since, today):
                self._occurrences[(programme.id, task.id, part, found.key, edition)] = found
                for unit in owing_units(task):
                    yield Wanted(ObligationKey(programme.id, task.id, part, unit, found.key), found, edition)

    def follow(self, key: ObligationKey, facts: Facts, *, today: date) -> Followed | None:
        """Return the obligation with its rules as in force on `today`; None when the rulebook no longer knows it."""
        programme = self.rulebook.programmes.get(key.programme)
        task = programme.tasks.get(key.task) if programme else None
        if programme is None or task is None or key.part not in task.deadlines:
            return None
        deadline, edition = in_force(task, key.part, today)
        found = self._occurrence(programme, task, key, deadline, edition)
        if found is None:
            return None
        ladder = self.rulebook.ladders[task.ladder]
        table = self._table(programme, ladder, key, found, edition, facts)
        owers = Owers(key.units, task.head or key.units, programme.standing, task.coordinate)
        directory = self.rulebook.directories[programme.directory]
        return Followed(key, programme, task, directory, ladder, found, table, owers)

    def book(self, directory: Directory, on: date) -> AddressBook:
        """Return who holds which post on that day."""
        found = self._books.get((directory.id, on))
        if found is None:
            found = self._books[(directory.id, on)] = AddressBook(directory, on)
        return found

    def calendar(self, programme: Programme) -> Calendar:
        """Return the calendar the programme counts by."""
        return self.rulebook.calendars[programme.calendar]

    @cached_property
    def _contexts(self) -> dict[str, TermContext]:
        return {}

    def context(self, programme: Programme) -> TermContext:
        """Return what the arithmetic of this programme's terms needs to know."""
        if programme.id not in self._contexts:
            self._contexts[programme.id] = TermContext(
                calendar=self.calendar(programme),
                zone=self.policy.zone,
                before_means=programme.before_means,
                roll=programme.roll,
                period=programme.period,
                issued=programme.document.date,
                events=self.events.get(programme.id, {}),
                event_titles={event.id: event.title for event in programme.events.values()},
            )
        return self._contexts[programme.id]

    def _existing(
        self, programme: Programme, deadline: Deadline, since: date, today: date
    ) -> Iterator[Occurrence]:
        context = self.context(programme)
        recurring = deadline.review if isinstance(deadline, Continuous) else deadline
        if isinstance(recurring, Every):
            yield from _recurring(recurring, context, since, today)
        else:
            found = occurrences(deadline, context, first=since, last=today)
            yield from found or (dormant(deadline, programme),)

    def _occurrence(
        self, programme: Programme, task: Task, key: ObligationKey, deadline: Deadline, edition: int
    ) -> Occurrence | None:
        place = (programme.id, task.id, key.part, key.occurrence, edition)
        if place not in self._occurrences:
            recurring = isinstance(deadline, Continuous) and deadline.review
            found = occurrence(recurring or deadline, self.context(programme), key.occurrence)
            if found is None and key.occurrence == "" and isinstance(deadline, After | AheadOf):
                found = dormant(deadline, programme)
            self._occurrences[place] = found
        return self._occurrences[place]

    def _table(
        self,
        programme: Programme,
        ladder: Ladder,
        key: ObligationKey,
        found: Occurrence,
        edition: int,
        facts: Facts,
    ) -> Timetable:
        calendar = self.calendar(programme)
        baseline = baseline_at(found.term, facts, self.policy, calendar)
        place = (key.programme, key.task, key.part, key.occurrence, edition, baseline)
        table = self._tables.get(place)
        if table is None:
            table = timetable(found.term, ladder, calendar=calendar, policy=self.policy, baseline=baseline)
            self._tables[place] = table
        return table


def owing_units(task: Task) -> tuple[str, ...]:
    """Return the `unit` of each obligation the task gives rise to: every lead alone, or all of them joined by '+'."""
    return task.lead.units if task.lead.each else ("+".join(task.lead.units),)


def baseline_at(term: Term, facts: Facts, policy: Policy, calendar: Calendar) -> datetime | None:
    """Return when an obligation that was already late at first sight is summed up, or None when it was not late then."""
    if term.late_at is None or facts.watched_from < term.late_at:
        return None
    return opening(facts.watched_from, policy, calendar)


def dormant(deadline: Deadline, programme: Programme) -> Occurrence:
    """Return the undated occurrence that stands for a deadline whose event has not happened yet."""
    assert isinstance(deadline, After | AheadOf)
    title = programme.events[deadline.event].title
    why = Wording(f"Chờ sự kiện: {title}", f"Waiting for the event: {title}")
    return Occurrence("", Term("event" if isinstance(deadline, After) else "before_event", why))


def _recurring(deadline: Every, context: TermContext, since: date, today: date) -> Iterator[Occurrence]:
    """Yield what has fallen due since `since`, the current occurrence, the next one, and on the due day the one after."""
    if since < today:
        yield from occurrences(deadline, context, first=since, last=plus(today, -1))
    coming = following(deadline, context, today, n=3)
    yield from coming if coming and coming[0].term.due == today else coming[:2]
