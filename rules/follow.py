"""Following: which obligations exist in a World; how they come about, move, close and are withdrawn."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from rules.calendar import instant, local_day
from rules.cohort import Cohort, Entry
from rules.decide import end_of
from rules.extended import Granted
from rules.followed import Existing
from rules.inforce import in_force, in_force_since
from rules.ledger import Ledger
from rules.looks import LedOver, deadlines_of, is_undated, look_again, moves, waits
from rules.obligation import Announcement, Facts, ObligationKey
from rules.owing import HeldEntries, Since, followed_on, owed
from rules.programme import Programme, Task
from rules.register import Register
from rules.roster import Roster, owing_units
from rules.term import Occurrence, Term
from rules.update import follow, refresh, update, withdraw

Place = tuple[str, str]
"""A programme and a task."""
_Line = tuple[str, str, str, str]
"""Programme, task, part and occurrence: what several units owe alike."""


@dataclass(slots=True)
class _Watched:
    """Since when each unit owes a task, when its rules were edited last, and the last day it was looked at, with the
    deadlines then in force, by part and edition."""

    since: dict[str, datetime]
    edited_at: datetime
    looked_on: date
    editions: frozenset[tuple[str, int]] = frozenset()


@dataclass(repr=False)
class Following:
    """`entries` are all obligations there ever were, by name. What is new in a `running` programme is announced.

    `register`: what was said of obligations by now.
    """

    roster: Roster
    register: Register = field(default_factory=Register)
    entries: dict[ObligationKey, Entry] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    _lines: dict[_Line, list[Entry]] = field(default_factory=dict)
    _lines_of: dict[tuple[str, str, str], list[_Line]] = field(default_factory=dict)
    _seen: dict[_Line, Occurrence] = field(default_factory=dict)
    _tasks: dict[Place, _Watched] = field(default_factory=dict)
    _held: HeldEntries = field(init=False)
    _newest: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """The last occurrence of each recurring deadline so far."""

    def __post_init__(self) -> None:
        self._held = HeldEntries(self.entries, self.roster.policy.zone)

    def take_up(self, cohort: Cohort) -> None:
        """Hold obligations that came about earlier, as a ledger kept them."""
        for entry in cohort.members:
            programme, task, part, _, occurrence = entry.key
            line = (programme, task, part, occurrence)
            self._entries_of(line).append(entry)
            self.entries[entry.key] = entry
            self._newest[line[:3]] = max(occurrence, self._newest.get(line[:3], ""))

    def take_up_task(self, place: Place, since: Since) -> None:
        """Hold that units have owed a task since an instant; the next look at it is one from the beginning."""
        first = min(since.values())
        self._tasks[place] = _Watched(dict(since), first, local_day(first, self.roster.policy.zone))

    def look(self, programme: Programme, task: Task, *, now: datetime) -> tuple[Collection[Cohort], date | None]:
        """Bring the obligations of a task up to the local day of `now`; return those that are new or changed, and the
        next day on which others may be wanted."""
        today = local_day(now, self.roster.policy.zone)
        place = (programme.id, task.id)
        watched = self._tasks.setdefault(place, _Watched({}, now, today))
        new = frozenset(unit for unit in owing_units(task) if unit not in watched.since)
        found = list(self.roster.existing(programme, task, since=watched.looked_on, today=today))
        owing = list(owed(found, programme, task, self.roster, watched.since, self._held, today=today))
        watched.since |= dict.fromkeys(new, now)
        watched.looked_on = max(watched.looked_on, today)
        touched: dict[Cohort, None] = {}
        told = LedOver()
        for existing, units in owing:
            keys = [ObligationKey(*place, existing.part, unit, existing.occurrence.key) for unit in units]
            touched |= dict.fromkeys(self._bring(programme, task, existing, keys, watched, told, new=new, now=now))
        touched |= dict.fromkeys(self._drop_placeholders(programme, task, found, now))
        editions = frozenset((existing.part, existing.edition) for existing in found)
        if watched.editions and watched.editions != editions:
            touched |= dict.fromkeys(self._drop_amended(programme, task, watched, now))
        watched.editions = editions
        return touched.keys(), look_again(task, found, today)

    @property
    def followed(self) -> Collection[Place]:
        """Return the tasks that are followed."""
        return self._tasks.keys()

    def adopt(self, roster: Roster, *, now: datetime) -> Iterator[Cohort]:
        """Take over another rulebook; yield what it no longer knows, withdrawn, and what is to be looked at again since
        other rungs may be owed. The rest is for `look` to bring up to date.
        """
        self.roster = roster
        self._seen.clear()
        wanted = set(self._still_wanted(now))
        refreshed: dict[Cohort, None] = {}
        for entry in list(self.entries.values()):
            if end_of(entry.facts):
                continue
            if entry.key in wanted:
                refresh(entry, self.roster, now)
                refreshed[entry.cohort] = None
            else:
                cohort = entry.cohort.split(entry)
                cohort.facts = replace(cohort.facts, withdrawn_at=now)
                yield cohort
        yield from refreshed

    def extend(self, cohort: Cohort, *, now: datetime) -> Cohort | None:
        """Bring the one obligation of a cohort up to the extensions it has been granted; return None where that changes
        nothing."""
        today = local_day(now, self.roster.policy.zone)
        followed = self.roster.follow(cohort.members[0].key, cohort.facts, today=today)
        if followed is None or end_of(cohort.facts):
            return None
        return cohort if update(cohort, followed.occurrence, self.roster, now, now, announce=True) else None

    def reopen(self, cohort: Cohort, *, now: datetime) -> None:
        """Bring the one obligation of a cohort that is open again up to the rules in force: what they have edited
        meanwhile has moved, what they ask for no more is withdrawn."""
        entry, today = cohort.members[0], local_day(now, self.roster.policy.zone)
        found, watched = self.roster.follow(entry.key, cohort.facts, today=today), self._tasks.get(entry.key[:2])
        if found and watched and entry.key in self._wanted(found.programme, found.task, watched, today):
            refresh(entry, self.roster, now)
            self.extend(cohort, now=now)
        else:
            withdraw(cohort, now, is_known=found is not None)

    def close(self, cohort: Cohort, *, now: datetime) -> None:
        """Close what the next occurrence takes over from."""
        closes_at = cohort.followed.occurrence.closes_at
        if closes_at is not None and closes_at <= now and not end_of(cohort.facts):
            cohort.facts = replace(cohort.facts, closed_at=closes_at)

    def waiting_for_events(self, programme: Programme) -> list[str]:
        """Return the tasks of the programme that an event may start."""
        return [task.id for task in programme.tasks.values() if any(map(waits, deadlines_of(task)))]

    def undated_terms(self, programme: Programme, today: date) -> dict[str, Term]:
        """Return the present terms without a day of what is open in the programme, by task, or `task/part`."""
        found = {}
        for task in programme.tasks.values():
            if not any(map(is_undated, deadlines_of(task))):
                continue
            for part in task.deadlines:
                if not is_undated(in_force(task, part, today).deadline):
                    continue
                lines = self._lines_of.get((programme.id, task.id, part), ())
                cohorts = [entry.cohort for line in lines for entry in self._lines[line]]
                terms = [cohort.followed.term for cohort in cohorts if not end_of(cohort.facts)]
                if terms:
                    found[f"{task.id}/{part}" if part else task.id] = terms[0]
        return found

    def _bring(
        self,
        programme: Programme,
        task: Task,
        existing: Existing,
        keys: list[ObligationKey],
        watched: _Watched,
        told: LedOver,
        *,
        new: Collection[str],
        now: datetime,
    ) -> Iterable[Cohort]:
        """Bring these of one occurrence up to date; `told` knows who heard that it moves, `new` are new to the task."""
        part, occurrence, edition, is_led_over, begins = existing
        line, zone = (programme.id, task.id, part, occurrence.key), self.roster.policy.zone
        if self._seen.get(line) is occurrence:
            return ()
        self._seen[line] = occurrence
        entries = self._entries_of(line)
        at = self._changed_at(task, part, watched, now)
        # Units that owed it once and do not any more stay as they are.
        owed = set(keys)
        cohorts = {entry.cohort: None for entry in entries if entry.key in owed}
        running = programme.id in self.running
        changed = []
        for cohort in cohorts:
            # Whoever was granted an extension is apart from the others.
            key = cohort.members[0].key
            own, _ = self.roster.extended(programme, key, occurrence, edition, today=local_day(now, zone))
            leads_over = is_led_over and moves(cohort, own)
            for apart, announce in told.parted(cohort, part) if leads_over else [(cohort, False)]:
                announce = announce or bool(self.roster.granted(key))
                if update(apart, own, self.roster, at, now, announce=announce, begins=running and begins):
                    changed.append(apart)
        missing = [key for key in keys if key not in self.entries]
        if not missing:
            return changed
        repeats = occurrence.term.kind == "recurring"
        begun: dict[Facts, list[ObligationKey]] = {}
        for key in missing:
            said = (Announcement("new", now),) if running and (begins or key.unit in new or not repeats) else ()
            facts = Facts(watched.since[key.unit] if repeats else now, announcements=said)
            begun.setdefault(facts, []).append(key)
        before = self._newest.get(line[:3], "") if repeats else ""
        if repeats:
            self._newest[line[:3]] = occurrence.key
        parted = [each for facts, of in begun.items() for each in self._by_facts(of, facts)]
        added = [self._add(of, facts, entries, before, now) for facts, of in parted]
        # What was done before dondoc followed it owes nothing.
        return [*changed, *(cohort for cohort in added if not cohort.facts.done_at)]

    def _entries_of(self, line: _Line) -> list[Entry]:
        if line not in self._lines:
            self._lines[line] = []
            self._lines_of.setdefault(line[:3], []).append(line)
        return self._lines[line]

    def _by_facts(self, keys: list[ObligationKey], facts: Facts) -> Iterable[tuple[Facts, list[ObligationKey]]]:
        """Return the obligations with the facts they begin with, those together of which the same was said."""
        if not (self.register.done or self.register.silences or self.roster.extensions):
            return [(facts, keys)]
        found: dict[tuple[Facts, Granted], list[ObligationKey]] = {}
        for key in keys:
            found.setdefault((self.register.facts(key, facts), self.roster.granted(key)), []).append(key)
        return [(of, alike) for (of, _), alike in found.items()]

    def _add(self, keys: list[ObligationKey], facts: Facts, entries: list[Entry], before: str, now: datetime) -> Cohort:
        """Add obligations; `before` names the occurrence just before them."""
        followed = follow(keys[0], facts, self.roster, now)
        cohort = Cohort(followed, facts, Ledger(followed.table.late_rungs))
        programme, task = followed.programme, followed.task
        cohort.members = [
            Entry(
                key,
                self.roster.owers(programme, task, key),
                cohort,
                self.entries.get(key._replace(occurrence=before)) if "" < before < key.occurrence else None,
            )
            for key in keys
        ]
        self.entries |= {entry.key: entry for entry in cohort.members}
        entries += cohort.members
        return cohort

    def _changed_at(self, task: Task, part: str, watched: _Watched, now: datetime) -> datetime:
        """Return when the deadline in force by `now` came to be: by an amendment at the beginning of its day."""
        zone = self.roster.policy.zone
        day = in_force_since(task, part, local_day(now, zone))
        begun = instant(day, time.min, zone) if day else now
        return begun if watched.edited_at < begun <= now else now

    def _still_wanted(self, now: datetime) -> Iterator[ObligationKey]:
        """Yield all that the tasks followed so far ask for, and have them looked at again from the beginning."""
        for programme in self.roster.rulebook.programmes.values():
            for task in programme.followed():
                watched = self._tasks.get((programme.id, task.id))
                if watched:
                    today = local_day(now, self.roster.policy.zone)
                    watched.looked_on, watched.edited_at = followed_on(watched.since, self.roster, today), now
                    watched.editions = frozenset()
                    yield from self._wanted(programme, task, watched, today)

    def _wanted(self, programme: Programme, task: Task, watched: _Watched, today: date) -> Iterator[ObligationKey]:
        """Yield all that a task asks for since it is followed."""
        since = followed_on(watched.since, self.roster, today)
        existing = self.roster.existing(programme, task, since=since, today=today)
        for found, units in owed(existing, programme, task, self.roster, watched.since, self._held, today=today):
            for unit in units:
                yield ObligationKey(programme.id, task.id, found.part, unit, found.occurrence.key)

    def _drop_amended(self, programme: Programme, task: Task, watched: _Watched, now: datetime) -> Iterator[Cohort]:
        """Withdraw what was to come of a deadline in whose place an amendment put one of another rhythm."""
        wanted = set(self._wanted(programme, task, watched, local_day(now, self.roster.policy.zone)))
        lines = (line for part in task.deadlines for line in self._lines_of.get((programme.id, task.id, part), ()))
        for entry in [entry for line in lines for entry in self._lines[line]]:
            if entry.key not in wanted and not end_of(entry.facts):
                cohort = entry.cohort.split(entry)
                cohort.facts = replace(cohort.facts, withdrawn_at=now)
                yield cohort

    def _drop_placeholders(
        self, programme: Programme, task: Task, found: Iterable[Existing], now: datetime
    ) -> Iterator[Cohort]:
        """Withdraw the undated stand-ins of deadlines whose event has come."""
        standing = {existing.part for existing in found if not existing.occurrence.key}
        for part in {existing.part for existing in found} - standing:
            for cohort in {e.cohort: None for e in self._lines.get((programme.id, task.id, part, ""), ())}:
                if not end_of(cohort.facts):
                    cohort.facts = replace(cohort.facts, withdrawn_at=now)
                    yield cohort
