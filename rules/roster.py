"""Roster: the obligations a rulebook gives rise to, and each obligation with all the rules that bear on it.

What is shared by many units (terms, timetables, address books) is worked out once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rules.calendar import Calendar
from rules.days import plus
from rules.deadline import After, AheadOf, Deadline
from rules.directory import Directory
from rules.events import dormant
from rules.extended import Extensions, Granted, prolonged, standing
from rules.followed import Existing, Followed, Wanted
from rules.joint import Given, last_before
from rules.ladder import Ladder
from rules.obligation import Facts, ObligationKey
from rules.programme import Occurred, Programme, Recast, Rulebook, Task
from rules.recipients import AddressBook, AddressBooks, Owers
from rules.series import Series
from rules.succession import Chain, Succession, chain, succession
from rules.term import Occurrence, TermContext
from rules.terms import occurrences
from rules.timetable import Timetable, baseline_at, timetable
from rules.window import Policy

Known = Mapping[str, tuple[Occurred, ...]]
"""For each event of a programme that has happened or whose date is known: when."""


_Place = tuple[str, str, str, int]
"""Programme, task, part and edition: one deadline."""


@dataclass(frozen=True)
class Roster:
    """A rulebook, the office's policy, the events known so far, by programme, and the extensions granted so far."""

    rulebook: Rulebook
    policy: Policy
    events: Mapping[str, Known] = field(default_factory=dict)
    extensions: Extensions = field(default_factory=dict)
    _occurrences: dict[tuple[_Place, str], Given | None] = field(default_factory=dict, repr=False)
    _tables: dict[tuple[_Place, str, datetime | None, Granted], Timetable] = field(default_factory=dict, repr=False)
    _prolonged: dict[tuple[_Place, str, Granted], Occurrence] = field(default_factory=dict, repr=False)
    _series: dict[_Place, Series] = field(default_factory=dict, repr=False)
    _successions: dict[_Place, Succession] = field(default_factory=dict, repr=False)
    _books: dict[int, AddressBooks] = field(default_factory=dict, repr=False)
    _contexts: dict[str, TermContext] = field(default_factory=dict, repr=False)
    _owers: dict[tuple[str, str, str], Owers] = field(default_factory=dict, repr=False)

    def renewed(self, events: Mapping[str, Known], extensions: Extensions) -> "Roster":
        """Return a roster that knows these events and extensions, and all that this one has worked out and that depends
        on none."""
        roster = Roster(self.rulebook, self.policy, events, extensions, _books=self._books, _owers=self._owers)
        same = {id for id in self.rulebook.programmes if self.events.get(id, {}) == events.get(id, {})}
        roster._occurrences.update((at, found) for at, found in self._occurrences.items() if at[0][0] in same)
        roster._tables.update((at, found) for at, found in self._tables.items() if at[0][0] in same)
        roster._series.update((at, found) for at, found in self._series.items() if at[0] in same)
        roster._successions.update((at, found) for at, found in self._successions.items() if at[0] in same)
        return roster

    def wanted(self, programme: Programme, task: Task, *, since: date, today: date) -> Iterator[Wanted]:
        """Yield the obligations of a task that ought to exist on `today` when it has been followed since the day
        `since`."""
        for found in self.existing(programme, task, since=since, today=today):
            for unit in owing_units(task):
                yield self.owed_by(unit, found, programme, task, today=today)

    def owed_by(self, unit: str, existing: Existing, programme: Programme, task: Task, *, today: date) -> Wanted:
        """Return an occurrence as that unit owes it on a day, with what it was granted."""
        part, found, edition, is_led_over, begins = existing
        key = ObligationKey(programme.id, task.id, part, unit, found.key)
        occurrence, extended = self.extended(programme, key, found, edition, today=today)
        return Wanted(key, occurrence, edition, is_led_over, begins, extended)

    def existing(self, programme: Programme, task: Task, *, since: date, today: date) -> Iterator[Existing]:
        """Yield the occurrences of a task that ought to exist on `today`, each once for all units that owe it."""
        for part in task.deadlines:
            lived = self.chain(programme, task, part, today)
            edition = len(lived.earlier)
            place = (programme.id, task.id, part, edition)
            succeeds = self._succession(programme, place, lived)
            led_over, begins = succeeds.led_over, succeeds.begins
            for found in self._existing(programme, place, lived, since, today):
                yield Existing(part, found, edition, found.key in led_over, found.key == begins)

    def granted(self, key: ObligationKey) -> Granted:
        """Return the extensions that an obligation was granted, whether or not they stand."""
        return self.extensions.get(key, ()) if self.extensions else ()

    def extended(
        self, programme: Programme, key: ObligationKey, found: Occurrence, edition: int, *, today: date
    ) -> tuple[Occurrence, Granted]:
        """Return an obligation's occurrence, as its extensions have it on a day, with those of them that stand."""
        granted = self.granted(key)
        stand = standing(granted, found.term.due, on=today, zone=self.policy.zone) if granted else ()
        if not stand:
            return found, ()
        known = ((*key[:3], edition), found.key, stand)
        occurrence = self._prolonged.get(known)
        if occurrence is None:
            occurrence = self._prolonged[known] = prolonged(found, stand, self.context(programme))
        return occurrence, stand

    def chain(self, programme: Programme, task: Task, part: str, on: date) -> Chain:
        """Return the deadline of that part of the task that is in force on a day, and those before it."""
        return chain(task, part, self.rulebook.recast.get((programme.id, task.id, part), ()), on)

    def follow(self, key: ObligationKey, facts: Facts, *, today: date) -> Followed | None:
        """Return the obligation with its rules as in force on `today`; None when the rulebook no longer knows it."""
        programme = self.rulebook.programmes.get(key.programme)
        task = programme.task(key.task) if programme else None
        if programme is None or task is None or key.part not in task.deadlines:
            return None
        lived = self.chain(programme, task, key.part, today)
        place = (key.programme, key.task, key.part, len(lived.earlier))
        given = self._occurrence(programme, place, key.occurrence, lived)
        if given is None:
            return None
        found, extended = self.extended(programme, key, given.occurrence, place[3], today=today)
        ladder = self.rulebook.ladders[task.ladder]
        table = self._table(programme, ladder, place, found, facts, extended)
        owers = self.owers(programme, task, key)
        directory = self.rulebook.directories[programme.directory]
        return Followed(key, programme, task, directory, ladder, found, table, owers, given.deadline, extended)

    def instead_of(self, followed: Followed, *, today: date) -> Recast | None:
        """Return the deadline of another rhythm that ended where this obligation begins; None of any other one."""
        programme, key = followed.programme, followed.key
        lived = self.chain(programme, followed.task, key.part, today)
        if not lived.earlier:
            return None
        succeeds = self._succession(programme, (*key[:3], len(lived.earlier)), lived)
        return lived.earlier[-1] if succeeds.begins == key.occurrence else None

    def closes_before(self, followed: Followed, *, today: date) -> bool:
        """Say whether the occurrence just before this one ends unreported when this one falls due: by its own deadline,
        which may be an earlier one."""
        key, lived = followed.key, self.chain(followed.programme, followed.task, followed.key.part, today)
        line = self._succession(followed.programme, (*key[:3], len(lived.earlier)), lived).line
        given = line.named(key.occurrence) if line else None
        before = last_before(line, given.due) if line and given else None
        return before is not None and before.occurrence.closes_at is not None

    def next_after(self, followed: Followed, *, today: date) -> Occurrence | None:
        """Return the occurrence of a recurrence that comes after one, as of today; None where it is the last."""
        key, due = followed.key, followed.term.due
        lived = self.chain(followed.programme, followed.task, key.part, today)
        line = self._succession(followed.programme, (*key[:3], len(lived.earlier)), lived).line
        found = line.following(plus(due, 1), 1) if line and due else ()
        return found[0].occurrence if found else None

    def book(self, directory: Directory, on: date) -> AddressBook:
        """Return who holds which post on that day."""
        # What is withdrawn is looked up in its own directory, which may be another one of the same id.
        books = self._books.get(id(directory))
        if books is None:
            books = self._books[id(directory)] = AddressBooks(directory)
        return books.on(on)

    def calendar(self, programme: Programme) -> Calendar:
        """Return the calendar the programme counts by."""
        return self.rulebook.calendars[programme.calendar]

    def context(self, programme: Programme) -> TermContext:
        """Return what the arithmetic of this programme's terms needs to know."""
        context = self._contexts.get(programme.id)
        if context is None:
            context = self._contexts[programme.id] = TermContext(
                calendar=self.calendar(programme),
                zone=self.policy.zone,
                before_means=programme.before_means,
                roll=programme.roll,
                period=programme.period,
                issued=programme.document.date,
                events=self.events.get(programme.id, {}),
                event_titles={event.id: event.title for event in programme.events.values()},
            )
        return context

    def _existing(
        self, programme: Programme, place: _Place, lived: Chain, since: date, today: date
    ) -> Iterator[Occurrence]:
        """Yield what exists on a day, and keep by which deadline."""
        succeeds = self._succession(programme, place, lived)
        for one in succeeds.singles:
            self._occurrences[(place, one.occurrence.key)] = one
            yield one.occurrence
        if succeeds.line is None:
            return
        series = self._series.get(place)
        if series is None:
            series = self._series[place] = Series(succeeds.line, self.context(programme))
        for given in series.existing(since=since, today=today):
            self._occurrences[(place, given.occurrence.key)] = given
            yield given.occurrence

    def _succession(self, programme: Programme, place: _Place, lived: Chain) -> Succession:
        """Return what a deadline comes to together with those before it, worked out once."""
        found = self._successions.get(place)
        if found is None:
            context = self.context(programme)
            found = succession(lived, context, lambda deadline: self._single(programme, deadline))
            self._successions[place] = found
        return found

    def _single(self, programme: Programme, deadline: Deadline) -> tuple[Given, ...]:
        """Return what a deadline comes to that does not recur; its stand-in while its event has not happened."""
        found = occurrences(deadline, self.context(programme), first=date.min, last=date.max)
        if not found:
            assert isinstance(deadline, After | AheadOf), "every other deadline has a day"
            found = (dormant(deadline, programme),)
        return tuple(Given(one, deadline) for one in found)

    def _occurrence(self, programme: Programme, place: _Place, key: str, lived: Chain) -> Given | None:
        known = (place, key)
        if known not in self._occurrences:
            given = self._succession(programme, place, lived).named(key)
            if given is None and key == "" and isinstance(lived.deadline, After | AheadOf):
                given = Given(dormant(lived.deadline, programme), lived.deadline)
            self._occurrences[known] = given
        return self._occurrences[known]

    def _table(
        self,
        programme: Programme,
        ladder: Ladder,
        place: _Place,
        found: Occurrence,
        facts: Facts,
        extended: Granted,
    ) -> Timetable:
        calendar = self.calendar(programme)
        baseline = baseline_at(found.term, facts, self.policy, calendar)
        known = (place, found.key, baseline, extended)
        table = self._tables.get(known)
        if table is None:
            table = timetable(found.term, ladder, calendar=calendar, policy=self.policy, baseline=baseline)
            self._tables[known] = table
        return table

    def owers(self, programme: Programme, task: Task, key: ObligationKey) -> Owers:
        """Return the units in which an obligation's posts are looked up: one object for all its occurrences."""
        known = (programme.id, task.id, key.unit)
        owers = self._owers.get(known)
        if owers is None:
            units = key.units
            owers = self._owers[known] = Owers(units, task.head or units, programme.standing, task.coordinate)
        return owers


def owing_units(task: Task) -> tuple[str, ...]:
    """Return the `unit` of each obligation the task gives rise to: every lead alone, or all of them joined by '+'."""
    return task.lead.units if task.lead.each else ("+".join(task.lead.units),)
