"""World: obligations, facts and ledger held in memory, moved forward instant by instant. The same decisions as the daemon's, without
a database: `simulate` runs on it, and it is the model the daemon is tested against."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import count

from rules.calendar import instant, local_day
from rules.deadline import After, AheadOf, Continuous, Deadline, Every
from rules.decide import decide
from rules.events import events_known
from rules.inforce import in_force, next_change
from rules.ledger import Ledger
from rules.obligation import Announcement, Facts, Notice, ObligationKey, Silence
from rules.programme import Occurred, Programme, Rulebook, Task
from rules.roster import Followed, Roster, Wanted
from rules.window import Policy

Place = tuple[str, str]
"""A programme and a task."""


@dataclass(slots=True)
class Entry:
    """One obligation with what has happened to it."""

    followed: Followed
    facts: Facts
    ledger: Ledger
    history: list[Notice] = field(default_factory=list)


@dataclass
class World:
    """`start` is the first instant: what is late by then is a baseline."""

    rulebook: Rulebook
    policy: Policy
    start: datetime
    recorded: dict[str, dict[str, tuple[Occurred, ...]]] = field(default_factory=lambda: defaultdict(dict))
    entries: dict[ObligationKey, Entry] = field(default_factory=dict)
    missed: dict[tuple[str, str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    _looked: dict[Place, date] = field(default_factory=dict)
    _wakes: list[tuple[datetime, int, ObligationKey | Place]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _done: dict[str, dict[str, tuple[Occurred, ...]]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.roster = self._fresh_roster()
        for programme in self.rulebook.programmes.values():
            for task in programme.tasks.values():
                self._look(programme, task, self.start)

    def next_instant(self) -> datetime | None:
        """Return the earliest instant at which something may change by itself, or None."""
        return self._wakes[0][0] if self._wakes else None

    def advance(self, now: datetime) -> list[tuple[Entry, Notice]]:
        """Bring everything up to `now` and return the notices decided, owed and refused alike, already in the ledger."""
        decided: list[tuple[Entry, Notice]] = []
        for place in self._woken(now):
            if isinstance(place, ObligationKey):
                entry = self.entries.get(place)
                if entry is not None:
                    decided += self._decide(entry, now)
            else:
                programme = self.rulebook.programmes[place[0]]
                self._look(programme, programme.tasks[place[1]], now)
        if self._wakes and self._wakes[0][0] <= now:
            decided += self.advance(now)
        return decided

    def record_event(self, programme: str, event: str, occurred: Occurred, *, now: datetime) -> None:
        """Note that an event has happened; tasks that wait for it fall due."""
        before = self.recorded[programme].get(event, ())
        self.recorded[programme][event] = tuple(sorted((*before, occurred), key=lambda found: found.on))
        self._renew(programme, now)

    def report_done(self, key: ObligationKey, *, now: datetime) -> None:
        """Note that an obligation was reported done."""
        entry = self.entries[key]
        entry.facts = replace(
            entry.facts, done_at=now, announcements=(*entry.facts.announcements, Announcement("done", now))
        )
        self.missed[key[:4]] = 0
        self._wake(now, key)
        if any(event.when_done == key.task for event in entry.followed.programme.events.values()):
            self._done[key.programme][key.task] = (Occurred(local_day(now, self.policy.zone), now),)
            self._renew(key.programme, now)

    def silence(self, key: ObligationKey, silence: Silence, *, now: datetime) -> None:
        """Note that nobody is to be reminded of an obligation for a while."""
        entry = self.entries[key]
        entry.facts = replace(entry.facts, silences=(*entry.facts.silences, silence))
        self._wake(now, key)

    def settle(self, entry: Entry, notice: Notice, *, now: datetime) -> None:
        """Note that an owed notice was sent."""
        entry.ledger.note_sent(notice.slot, now)

    def open_terms(self, programme: Programme) -> Mapping[str, Entry]:
        """Return an open obligation of each task of the programme, by task id."""
        return {
            key.task: entry
            for key, entry in self.entries.items()
            if key.programme == programme.id and entry.facts.done_at is None and entry.facts.closed_at is None
        }

    def _fresh_roster(self) -> Roster:
        events = {
            programme.id: events_known(
                programme,
                self.recorded[programme.id],
                self._done[programme.id],
                calendar=self.rulebook.calendars[programme.calendar],
                zone=self.policy.zone,
            )
            for programme in self.rulebook.programmes.values()
        }
        return Roster(self.rulebook, self.policy, events)

    def _renew(self, programme_id: str, now: datetime) -> None:
        self.roster = self._fresh_roster()
        programme = self.rulebook.programmes[programme_id]
        for task in programme.tasks.values():
            if any(isinstance(deadline, After | AheadOf) for deadline in _deadlines(task)):
                self._look(programme, task, now)

    def _look(self, programme: Programme, task: Task, now: datetime) -> None:
        """Bring the obligations of one task up to the local day of `now`, and note when to look again."""
        today = local_day(now, self.policy.zone)
        place = (programme.id, task.id)
        first_look = place not in self._looked
        since = self._looked.setdefault(place, today)
        wanted = {found.key: found for found in self.roster.wanted(programme, task, since=since, today=today)}
        self._looked[place] = today
        for key, found in wanted.items():
            self._take_up(key, found, now, first_look=first_look)
        self._drop_placeholders(programme, task, wanted)
        again = _look_again(task, wanted, today)
        if again is not None:
            self._wake(instant(again, time(0), self.policy.zone), place)

    def _take_up(self, key: ObligationKey, found: Wanted, now: datetime, *, first_look: bool) -> None:
        entry = self.entries.get(key)
        if entry is not None:
            due = entry.followed.term.due
            if (
                found.occurrence.term.due == due
                and found.occurrence.term.late_at == entry.followed.term.late_at
            ):
                return
            turn = entry.facts.edition + 1
            said = (*entry.facts.announcements, Announcement("moved", now, turn))
            facts = replace(entry.facts, watched_from=now, edition=turn, announcements=said)
        else:
            facts = self._first_facts(found, now, first_look=first_look)
        followed = self.roster.follow(key, facts, today=local_day(now, self.policy.zone))
        assert followed is not None
        history = entry.history if entry else []
        self.entries[key] = Entry(followed, facts, Ledger(followed.table.late_rungs), history)
        self._wake(now, key)
        if found.occurrence.closes_at:
            self._wake(found.occurrence.closes_at, key)

    def _first_facts(self, found: Wanted, now: datetime, *, first_look: bool) -> Facts:
        if first_look or found.occurrence.term.kind not in ("event", "before_event"):
            return Facts(watched_from=self.start if not first_look else now)
        return Facts(watched_from=now, announcements=(Announcement("new", now),))

    def _drop_placeholders(
        self, programme: Programme, task: Task, wanted: Mapping[ObligationKey, Wanted]
    ) -> None:
        """Forget the undated stand-ins of deadlines whose event has come."""
        units = {key[2:4] for key in wanted if key.occurrence}
        for part, unit in units:
            self.entries.pop(ObligationKey(programme.id, task.id, part, unit, ""), None)

    def _decide(self, entry: Entry, now: datetime) -> list[tuple[Entry, Notice]]:
        closes_at = entry.followed.occurrence.closes_at
        if closes_at and closes_at <= now and not entry.facts.closed_at and not entry.facts.done_at:
            entry.facts = replace(entry.facts, closed_at=closes_at)
            self.missed[entry.followed.key[:4]] += 1
        book = self.roster.book(entry.followed.directory, local_day(now, self.policy.zone))
        decision = decide(
            entry.followed.owers, entry.followed.table, entry.facts, entry.ledger, book, now=now
        )
        for notice in decision.notices:
            entry.ledger.note(notice)
        entry.history += decision.notices
        if decision.wake_at:
            self._wake(decision.wake_at, entry.followed.key)
        return [(entry, notice) for notice in decision.notices]

    def _wake(self, at: datetime, place: ObligationKey | Place) -> None:
        heapq.heappush(self._wakes, (at, next(self._order), place))

    def _woken(self, now: datetime) -> list[ObligationKey | Place]:
        """Take all that should wake by `now`: tasks first, each place once."""
        woken: dict[ObligationKey | Place, None] = {}
        while self._wakes and self._wakes[0][0] <= now:
            woken[heapq.heappop(self._wakes)[2]] = None
        return sorted(woken, key=lambda place: isinstance(place, ObligationKey))


def _deadlines(task: Task) -> list[Deadline]:
    return [*task.deadlines.values(), *(amendment.deadline for amendment in task.amended)]


def _look_again(task: Task, wanted: Mapping[ObligationKey, Wanted], today: date) -> date | None:
    """Return the next day on which other obligations of the task may be wanted, or None."""
    days = [change] if (change := next_change(task, today)) else []
    for part in task.deadlines:
        deadline = in_force(task, part, today).deadline
        if isinstance(deadline, Every) or (isinstance(deadline, Continuous) and deadline.review):
            dues = (found.occurrence.term.due for key, found in wanted.items() if key.part == part)
            days += [due for due in dues if due and due > today]
    return min(days, default=None)
