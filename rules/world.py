"""World: obligations, facts and ledger held in memory, moved forward instant by instant.

The same decisions as the daemon's, without a database: `simulate` runs on it, and the daemon is tested against it.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import InitVar, dataclass, field, replace
from datetime import date, datetime, time
from itertools import count

from rules.advance import Advanced, alike, decide
from rules.answered import REQUESTS, settled
from rules.calendar import instant, local_day
from rules.cohort import Cohort, Entry, Look, Parcel, note_told
from rules.decide import end_of
from rules.extended import ASSUMED, Extended
from rules.follow import Following, Place
from rules.followed import Followed
from rules.obligation import Announcement, AnswerKind, ObligationKey, Silence
from rules.passing import Told, former, note_passed, sent_of, states_of
from rules.programme import Occurred, Programme, Rulebook
from rules.recipients import AddressBook
from rules.recorded import Recorded, events_of
from rules.register import Done, Fact, Happened, Prolonged, Register, Silenced
from rules.roster import Known, Roster
from rules.succession import succeeded
from rules.supposed import AssumedDone, AssumedExtended, done_by, extended_by
from rules.term import Term
from rules.window import Policy


@dataclass(repr=False)
class World:
    """`start` is the first instant: what is late by then is a baseline. `recorded`: the events known by then.

    `register`: what was said of obligations by then. `following`: what came about before, where it is not a first
    start: the world goes on from there.
    """

    rulebook: Rulebook
    policy: Policy
    start: datetime
    recorded: Recorded = field(default_factory=dict)
    register: Register = field(default_factory=Register)
    following: InitVar[Following | None] = None

    def __post_init__(self, following: Following | None) -> None:
        self._events: dict[str, dict[str, tuple[Occurred, ...]]] = defaultdict(dict)
        for programme, events in self.recorded.items():
            self._events[programme].update(events)
        self._done: dict[ObligationKey, Occurred] = {key: Occurred(one.on) for key, one in self.register.done.items()}
        self._wakes: list[tuple[datetime, int, Cohort | Place]] = []
        self._order: Iterator[int] = count()
        self._fresh: list[tuple[Look, list[Entry]]] = []
        self.told = Told()
        self.roster = Roster(self.rulebook, self.policy, self._known(), dict(self.register.extensions))
        self._following = following or Following(self.roster, self.register)
        self._following.roster = self.roster
        self.entries = self._following.entries
        for cohort in dict.fromkeys(entry.cohort for entry in self.entries.values()):
            self._wake(cohort.wake_at, cohort)
            self._wake_to_close(cohort, self.start)
        self._look_at_all(self.start)

    def next_instant(self) -> datetime | None:
        """Return the earliest instant at which something may change by itself, or None."""
        return self._wakes[0][0] if self._wakes else None

    def advance(self, now: datetime) -> Advanced:
        """Bring everything up to `now`: the decisions are in the ledger, the parcels wait for `settle`."""
        found = Advanced()
        for cohort in self._awake(now):
            self._look_at(cohort, found, now)
        self._fresh += found.fresh
        return found

    def settle(self, kept: Iterable[Parcel] = (), *, now: datetime) -> None:
        """Note that the parcels of the last advance were sent, but for those `kept` back, which stay on their way."""
        kept = list(kept)
        for look, entry, handed in kept:
            self._split(entry).ledger.owed[look.slot(handed)] = look.notice(handed)
        held = frozenset(kept)
        for look, entries in self._fresh:
            self.told.note_sent(sent_of(look, entries, held))
            for apart in note_told(look, entries, held, now=now):
                self._wake(apart.wake_at, apart)
        self._fresh.clear()

    def note_sent(self, parcel: Parcel, *, now: datetime) -> None:
        """Note that a parcel kept back earlier was sent."""
        look, entry, handed = parcel
        entry.ledger.note_sent(look.slot(handed), now)
        self.told.note_sent([parcel])

    def record_event(self, programme: str, event: str, occurred: Occurred, *, now: datetime) -> None:
        """Note that an event has happened; tasks that wait for it fall due."""
        before = self._events[programme].get(event, ())
        self._events[programme][event] = tuple(sorted((*before, occurred), key=lambda found: found.on))
        self._renew(now)

    def hear(self, said: Fact, *, now: datetime) -> None:
        """Note what was said, of obligations there are or still to come."""
        match said:
            case Happened(programme=programme, event=event, occurred=occurred):
                self.record_event(programme, event, occurred, now=now)
            case Done(key=key, on=on, by=by):
                self.register.enter([said])
                if key in self.entries and not end_of(self.entries[key].facts):
                    self.report_done(key, now=now, on=on, by=by)
                else:
                    self._note_done(key, on, now)
            case Silenced(silence=silence):
                self.register.enter([said])
                for key, entry in list(self.entries.items()):
                    if said.covers(key) and not end_of(entry.facts):
                        self.silence(key, silence, now=now)
            case Prolonged(key=key):
                self.register.enter([said])
                self._extend(key, now)

    def _extend(self, key: ObligationKey, now: datetime) -> None:
        """Bring one obligation up to the extension it has been granted."""
        extensions = dict(self.register.extensions)
        self.roster = self._following.roster = self.roster.renewed(self.roster.events, extensions)
        if key in self.entries:
            self.see_to(key, REQUESTS, now=now)
            self._following.extend(self._split(self.entries[key]), now=now)

    def report_done(self, key: ObligationKey, *, now: datetime, on: date | None = None, by: str = "") -> None:
        """Note that an obligation was reported done, `on` the day of `now` or another, `by` whom where known."""
        cohort = self._split(self.entries[key])
        # A request for more time is taken back by what makes it needless.
        facts = settled(cohort.facts, REQUESTS)
        before = facts.announcements
        said = Announcement("done", now, sum(one.kind == "done" for one in before), by=by)
        cohort.facts = replace(facts, done_at=now, announcements=(*before, said))
        self._wake(now, cohort)
        self._note_done(key, on or local_day(now, self.policy.zone), now)

    def suppose_done(self, said: AssumedDone, *, now: datetime, quietly: bool) -> None:
        """Note a report that is assumed; `quietly`: it was given before anything was followed, and is no news."""
        for key in done_by(said, self.entries):
            if quietly:
                self.register.enter([Done(now, key, said.on)])
                cohort = self._split(self.entries[key])
                cohort.facts = replace(cohort.facts, done_at=now, announcements=())
                self._note_done(key, said.on, now)
            else:
                self.report_done(key, now=now, on=said.on, by=said.unit or "")

    def say_back(self, key: ObligationKey, kind: AnswerKind, said: str = "", *, now: datetime) -> None:
        """Note what a unit, or the standing office of its report, said back; what is returned is open again."""
        cohort = self._split(self.entries[key])
        facts = settled(cohort.facts, REQUESTS) if kind == "extension_refused" else cohort.facts
        turn = sum(one.kind == kind for one in facts.announcements)
        told = (*facts.announcements, Announcement(kind, now, turn, said=said))
        cohort.facts = replace(facts, announcements=told, done_at=None if kind == "returned" else facts.done_at)
        if kind == "returned":
            self._done.pop(key, None)
            self.register.done.pop(key, None)
            self._following.reopen(cohort, now=now)
        self._wake(now, cohort)

    def see_to(self, key: ObligationKey, kinds: Collection[AnswerKind], *, now: datetime) -> None:
        """Note that what was said back in these ways was seen to: decided, resolved or taken back."""
        cohort = self._split(self.entries[key])
        cohort.facts = settled(cohort.facts, kinds)
        self._wake(now, cohort)

    def suppose_extended(self, said: AssumedExtended, *, now: datetime) -> None:
        """Note an extension that is assumed to be granted now."""
        for key, due in list(extended_by(said, self.entries)):
            extended = self.entries[key].followed.extended
            by_rules = extended[-1].due_by_rules if extended else due
            self.hear(Prolonged(now, key, Extended(now, by_rules, due, said.due, ASSUMED)), now=now)

    def _note_done(self, key: ObligationKey, on: date, now: datetime) -> None:
        """Note the day something was done; what follows from it happens."""
        self._done[key] = Occurred(on)
        programme = self.rulebook.programmes.get(key.programme)
        if programme and any(event.when_done == key.task for event in programme.events.values()):
            self._renew(now)

    def silence(self, key: ObligationKey, silence: Silence, *, now: datetime) -> None:
        """Note that nobody is to be reminded of an obligation for a while."""
        cohort = self._split(self.entries[key])
        cohort.facts = replace(cohort.facts, silences=(*cohort.facts.silences, silence))
        self._wake(now, cohort)

    def edit(self, rulebook: Rulebook, *, now: datetime) -> None:
        """Put another rulebook in force: what it adds is new, what it changes moves, the rest is withdrawn."""
        # What time alone has changed by now, it has changed by the rules as they were.
        self._look_at_places([what for at, _, what in self._wakes if at <= now], now)
        today = local_day(now, self.policy.zone)
        self.rulebook = succeeded(self.rulebook, rulebook, self._following.followed, today=today)
        self.roster = Roster(self.rulebook, self.policy, self._known(), dict(self.register.extensions))
        before = states_of(self.entries)
        for cohort in self._following.adopt(self.roster, now=now):
            self._wake(now, cohort)
        self._look_at_all(now)
        for cohort in note_passed(self.entries, before, self.told, self.rulebook, now=now):
            self._wake(now, cohort)

    def knows(self, entry: Entry, today: date) -> bool:
        """Say whether the rules still have that obligation."""
        return self.roster.follow(entry.key, entry.facts, today=today) is not None

    def book(self, programme: Programme, today: date) -> AddressBook:
        """Return who holds which post of the programme's directory on that day."""
        return self.roster.book(self.rulebook.directories[programme.directory], today)

    def book_of(self, followed: Followed, today: date) -> AddressBook:
        """Return the same for an obligation, by its last directory where the rules have it no more."""
        directory = self.rulebook.directories.get(followed.programme.directory, followed.directory)
        return self.roster.book(directory, today)

    def undated_terms(self, programme: Programme, today: date) -> dict[str, Term]:
        """Return the present terms without a day of what is open in the programme, by task, or `task/part`."""
        return self._following.undated_terms(programme, today)

    def _known(self) -> dict[str, Known]:
        return events_of(self.rulebook, self.policy, self._events, self._done)

    def _renew(self, now: datetime) -> None:
        """Take note of the events known by now; what waits for one comes about or changes."""
        before, known = self.roster.events, self._known()
        self.roster = self._following.roster = self.roster.renewed(known, self.roster.extensions)
        for programme in self.rulebook.programmes.values():
            if before[programme.id] != known[programme.id]:
                self._look(programme, self._following.waiting_for_events(programme), now)

    def _look_at_all(self, now: datetime) -> None:
        for programme in self.rulebook.programmes.values():
            self._look(programme, [task.id for task in programme.followed()], now)
        self._following.running |= self.rulebook.programmes.keys()

    def _look_at_places(self, woken: Iterable[Cohort | Place], now: datetime) -> None:
        """Bring those tasks up to date that are among what should wake and that the rules still know."""
        for what in woken:
            if isinstance(what, Cohort):
                continue
            programme = self.rulebook.programmes.get(what[0])
            if programme and programme.task(what[1]):
                self._look(programme, [what[1]], now)

    def _look(self, programme: Programme, tasks: Iterable[str], now: datetime) -> None:
        """Bring the obligations of some tasks up to the local day of `now`, and note when to look again."""
        for task in tasks:
            found = programme.task(task)
            assert found is not None
            touched, again = self._following.look(programme, found, now=now)
            for cohort in touched:
                self._wake(now, cohort)
                self._wake_to_close(cohort, now)
            if again is not None:
                self._wake(instant(again, time(0), self.policy.zone), (programme.id, task))

    def _wake_to_close(self, cohort: Cohort, now: datetime) -> None:
        """Have a cohort looked at when the next occurrence takes over from it."""
        closes_at = cohort.followed.occurrence.closes_at
        if closes_at is not None and closes_at > now:
            self._wake(closes_at, cohort)

    def _look_at(self, cohort: Cohort, found: Advanced, now: datetime) -> None:
        """Decide for a cohort, and note when to look at it again."""
        self._following.close(cohort, now=now)
        followed, today = cohort.followed, local_day(now, self.policy.zone)
        # What was withdrawn is not looked up any more: it was owed to those who held the posts by its own directory.
        is_gone = cohort.facts.withdrawn_at is not None
        book = self.roster.book(followed.directory, today) if is_gone else self.book_of(followed, today)
        told = former(cohort.members[0].followed, cohort.facts, self.roster, now=now) if is_gone else None
        for apart in alike(cohort, book):
            apart.wake_at = decide(apart, book, found, now=now, former=told)
            self._wake(apart.wake_at, apart)
            if apart is not cohort:
                self._wake_to_close(apart, now)

    def _split(self, entry: Entry) -> Cohort:
        """Return a cohort of that obligation alone."""
        cohort = entry.cohort.split(entry)
        self._wake(cohort.wake_at, cohort)
        return cohort

    def _wake(self, at: datetime | None, what: Cohort | Place) -> None:
        if at is not None:
            heapq.heappush(self._wakes, (at, next(self._order), what))

    def _awake(self, now: datetime) -> list[Cohort]:
        """Look at the tasks that should wake by `now`, and return the cohorts that should, each once."""
        cohorts: dict[Cohort, None] = {}
        while self._wakes and self._wakes[0][0] <= now:
            what = heapq.heappop(self._wakes)[2]
            if isinstance(what, Cohort):
                cohorts[what] = None
            else:
                self._look_at_places([what], now)
        # What closes first is looked at first.
        return sorted(cohorts, key=lambda cohort: cohort.followed.occurrence.closes_at or now)
