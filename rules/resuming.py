"""Resuming: a World that goes on from what a ledger holds, in place of a first start: what would happen from now on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from rules.announced import ANNOUNCEMENTS
from rules.calendar import local_day
from rules.cohort import Cohort, Entry, Look, Parcel
from rules.follow import Following, Place
from rules.followed import Followed
from rules.gate import WARNING
from rules.ladder import Rung
from rules.ledger import ledger_of
from rules.obligation import Facts, Notice, ObligationKey, Slot
from rules.owing import Since
from rules.passing import Told, sent_to_units
from rules.programme import Occurred, Rulebook
from rules.recipients import Handed, Target
from rules.recorded import Recorded, events_of
from rules.register import Register
from rules.roster import Roster
from rules.simulate import Run
from rules.timetable import BASELINE, step
from rules.window import Policy
from rules.world import World


class Held(NamedTuple):
    """An obligation as a ledger holds it.

    `due_on` and `late_at` are what its last edition came to, `wake_at` when it is to be looked at next. `stuck` are the
    notices on their way in a letter that was set aside: they do not leave by themselves.
    """

    key: ObligationKey
    facts: Facts
    notices: tuple[Notice, ...] = ()
    due_on: date | None = None
    late_at: datetime | None = None
    wake_at: datetime | None = None
    stuck: frozenset[Slot] = frozenset()


@dataclass(frozen=True, slots=True)
class Present:
    """Facts and ledger as they stand, of all tasks or of some."""

    obligations: Collection[Held] = ()
    watched: Mapping[Place, Since] = field(default_factory=dict)
    """Since when each unit owes each of the tasks."""
    running: frozenset[str] = frozenset()
    """The programmes that are followed."""
    recorded: Recorded = field(default_factory=dict)
    register: Register = field(default_factory=Register)
    prompted: frozenset[ObligationKey] = frozenset()
    """The questions asked and statements made so far."""
    had: Mapping[str, int] = field(default_factory=dict)
    """How many letters each person was sent today."""
    undeliverable: frozenset[str] = frozenset()
    """The addresses at which the last letter did not arrive, and none is taken to."""


def resumed(
    rulebook: Rulebook, policy: Policy, present: Present, *, now: datetime, also: Iterable[Rulebook] = ()
) -> Run:
    """Return a run that goes on at `now` from the present, under the rulebook in force.

    What was told is told, what is owed is still on its way, letters that were set aside stay where they are. `also`
    know what the rulebook does not: withdrawn obligations of tasks that may be taken up again.
    """
    done = {key: Occurred(said.on) for key, said in present.register.done.items()}
    rosters = [
        Roster(book, policy, events_of(book, policy, present.recorded, done), present.register.extensions)
        for book in (rulebook, *also)
    ]
    taken_up = Following(rosters[0], present.register)
    for cohort in _cohorts(present.obligations, rosters, local_day(now, policy.zone)):
        taken_up.take_up(cohort)
    _line_up(taken_up.entries)
    for place, since in present.watched.items():
        taken_up.take_up_task(place, since)
    taken_up.running |= present.running
    run = Run(World(rulebook, policy, now, present.recorded, present.register, taken_up))
    run.prompted |= present.prompted
    run.world.told = Told.by(sent for held in present.obligations for sent in sent_to_units(held.key, held.notices))
    run.mailroom.undeliverable = present.undeliverable
    run.mailroom.take_up(_on_their_way(run.world, present.obligations, now), present.had, local_day(now, policy.zone))
    return run


def _cohorts(obligations: Iterable[Held], rosters: list[Roster], today: date) -> Iterator[Cohort]:
    """Yield the obligations as cohorts: those together of which the same is known and nothing was decided yet."""
    alike: dict[tuple[object, ...], list[Held]] = defaultdict(list)
    for held in obligations:
        apart = held.key.unit if held.notices or held.key in rosters[0].extensions else ""
        of = (*held.key[:3], held.key.occurrence, held.facts, held.due_on, held.late_at, held.wake_at, apart)
        alike[of].append(held)
    for together in alike.values():
        found = _cohort(together, rosters, today)
        if found is not None:
            yield found


def _cohort(together: list[Held], rosters: list[Roster], today: date) -> Cohort | None:
    """Return the cohort of obligations alike; None where no rulebook knows them: nothing can come of them."""
    first = together[0]
    for roster in rosters:
        followed = roster.follow(first.key, first.facts, today=today)
        if followed is not None and _are_known(together, followed):
            break
    else:
        return None
    followed = _as_last_told(followed, first)
    late_rungs = followed.table.late_rungs
    ledger = ledger_of(first.notices, edition=first.facts.edition, late_rungs=late_rungs)
    cohort = Cohort(followed, first.facts, ledger, wake_at=first.wake_at)
    cohort.members = [
        Entry(held.key, roster.owers(followed.programme, followed.task, held.key), cohort) for held in together
    ]
    return cohort


def _line_up(entries: Mapping[ObligationKey, Entry]) -> None:
    """Have each occurrence of a deadline that recurs know the one before it."""
    recurring = [key for key, entry in entries.items() if entry.cohort.followed.term.kind == "recurring"]
    for before, key in pairwise(sorted(recurring)):
        if before[:-1] == key[:-1]:
            entries[key].before = entries[before]


def _are_known(together: Iterable[Held], followed: Followed) -> bool:
    return all(unit in followed.directory.units for held in together for unit in held.key.units)


def _as_last_told(followed: Followed, held: Held) -> Followed:
    """Return it with the deadline its last edition had, so that one which has changed since is seen to have moved."""
    term = followed.term
    if (term.due, term.late_at) == (held.due_on, held.late_at):
        return followed
    occurrence = replace(followed.occurrence, term=replace(term, due=held.due_on, late_at=held.late_at))
    return replace(followed, occurrence=occurrence)


def _on_their_way(world: World, obligations: Iterable[Held], now: datetime) -> Iterator[Parcel]:
    """Yield what was owed before and has not left yet, but for what is stuck."""
    for held in obligations:
        entry = world.entries.get(held.key)
        seen: set[tuple[str, int, str]] = set()
        for notice in entry.ledger.owed.values() if entry else ():
            if entry is None or notice.person is None or notice.slot in held.stuck:
                continue
            like = (notice.slot.rung, notice.slot.turn, notice.person)
            yield _parcel(entry, notice, world, now, is_again=like in seen)
            seen.add(like)


def _parcel(entry: Entry, notice: Notice, world: World, now: datetime, *, is_again: bool) -> Parcel:
    slot, followed, facts = notice.slot, entry.followed, entry.facts
    this = step(_rung(slot.rung, followed), 0, notice.owed_at, notice.owed_at, turn=slot.turn)
    book = world.book_of(followed, local_day(now, world.policy.zone))
    handing_out = book.handing_out((this.posts,))
    look = Look(now, followed, facts, entry.ledger.copy(), (this,), handing_out, now)
    target = Target(slot.unit, slot.role, notice.as_, notice.person)
    return look, entry, Handed(0, target, None, is_again)


def _rung(name: str, followed: Followed) -> Rung:
    """Return the rung of that name: of the ladder, or one that every ladder has; one the ladder no longer has tells
    what it told."""
    known = {BASELINE.id: BASELINE, WARNING.id: WARNING, **ANNOUNCEMENTS}
    known |= {rung.id: rung for rung in followed.ladder.rungs}
    return known.get(name) or replace(ANNOUNCEMENTS["new"], id=name)
