"""Resume: a run that goes on from how things stand in a ledger, what was on its way included."""

from collections.abc import Iterator
from datetime import datetime

from rules.calendar import local_day
from rules.cohort import Entry, Look, Parcel
from rules.decide import ANNOUNCEMENTS
from rules.gate import WARNING
from rules.held import Standing
from rules.obligation import Notice
from rules.programme import Rulebook
from rules.recipients import Handed, Target
from rules.register import Register
from rules.simulate import Run
from rules.timetable import WARNING_ID, Step, step
from rules.window import Policy
from rules.world import Recorded, World


def resume(
    rulebook: Rulebook, policy: Policy, standing: Standing, *, recorded: Recorded, register: Register, now: datetime
) -> Run:
    """Return a run that begins at `now` with that ledger: what was told is told, what is owed is still on its way.

    `recorded` and `register` are what was known by then. Letters that were set aside stay where they are.
    """
    world = World(rulebook, policy, now, recorded, register, standing=standing)
    run = Run(world)
    run.prompted |= standing.prompted
    run.mailroom.take_over(_waiting(world, standing, now), standing.had, now=now)
    return run


def _waiting(world: World, standing: Standing, now: datetime) -> Iterator[tuple[str, Parcel]]:
    """Yield the notices on their way, each with its person, as parcels that a pass at `now` would have handed out."""
    for held in standing.held:
        entry = world.entries.get(held.key)
        seen: set[tuple[str, int, str]] = set()
        for notice in list(entry.ledger.owed.values()) if entry else ():
            this = _step_of(notice, entry) if entry and notice.slot not in held.stuck else None
            if entry is None or this is None or notice.person is None:
                continue
            like = (notice.slot.rung, notice.slot.turn, notice.person)
            yield notice.person, _parcel(world, entry, this, notice, now, is_again=like in seen)
            seen.add(like)


def _parcel(world: World, entry: Entry, this: Step, notice: Notice, now: datetime, *, is_again: bool) -> Parcel:
    book = world.book(entry.followed.programme, local_day(now, world.policy.zone))
    handing_out = book.handing_out((this.posts,))
    look = Look(now, entry.followed, entry.facts, entry.ledger.copy(), (this,), handing_out, now)
    target = Target(notice.slot.unit, notice.slot.role, notice.as_, notice.person)
    return look, entry, Handed(0, target, None, is_again)


def _step_of(notice: Notice, entry: Entry) -> Step | None:
    """Return the step that a notice belongs to; None when the ladder no longer has its rung."""
    slot, at = notice.slot, notice.owed_at
    if slot.rung in ANNOUNCEMENTS:
        return step(ANNOUNCEMENTS[slot.rung], -2, at, at, turn=slot.turn, coordinating=True)
    if slot.rung == WARNING_ID:
        return step(WARNING, 0, at, at, turn=slot.turn)
    return entry.followed.table.turn_of(slot.rung, slot.turn)
