"""Gate: no superior hears of a delay before the unit's own head has.

A step that reaches a superior is on schedule when every head concerned was told of the delay before the step's own
time. One that comes too early for that (after downtime, a silence, a vacancy) is held back until the next working day
has begun since they were told. The overseer comes before the chair in the same way.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from rules.ladder import Role, Rung, RungTime
from rules.ledger import Ledger
from rules.recipients import AddressBook, Owers
from rules.timetable import WARNING_ID, Step, Timetable, step
from rules.window import next_day_opening

WARNING = Rung(WARNING_ID, RungTime("late"), to=("head",), cc=("focal",))
"""The rung that tells a head what no earlier one did (silenced, dropped, too old): that it is late and will go up."""
_BELOW: tuple[Role, ...] = ("head", "focal")


class Gated(NamedTuple):
    """`ready` may be taken now; other due steps wait until `held_until` (None: none waits)."""

    ready: list[Step]
    held_until: datetime | None


def read_above(owers: Owers, ledger: Ledger, book: AddressBook) -> frozenset[Role]:
    """Return the posts of the units that nobody holds and whose mail an overseer reads who, of something whose heads
    were told of a delay, knows nothing yet."""
    if not ledger.told:
        return frozenset()
    reached = ((role, post) for role in _BELOW for post in book.reach(owers, role) if post.unit not in ledger.overseers)
    return frozenset(role for role, post in reached if post.role == "overseer" and post.holder)


def gate(
    due: list[Step],
    owers: Owers,
    table: Timetable,
    ledger: Ledger,
    *,
    now: datetime,
    overseer_reads: Collection[Role] = (),
) -> Gated:
    """Part the due steps, which are in order of time, into those that may be taken now and those that must wait.

    `overseer_reads`: the posts below whose mail tells an overseer, as `read_above` has them.
    """
    rising = [this for this in due if this.is_rising]
    if not rising:
        return Gated(due, None)
    told = _told(owers, ledger)
    if told is None:
        ready = [this for this in due if not this.is_rising]
        if not _head_hears_now(ready, ledger):
            turn = ledger.decided.get(WARNING_ID, -1) + 1
            ready.append(step(WARNING, rising[0].order, now, now, turn=turn))
        return Gated(ready, next_day_opening(now, table.policy, table.calendar))
    overseer_hears = any(_tells_overseer_first(this, overseer_reads) for this in due)
    free = {this.rung.id: _free_from(this, overseer_hears, told, owers, table, ledger, now) for this in rising}
    ready = [this for this in due if free.get(this.rung.id, now) <= now]
    return Gated(ready, min((at for at in free.values() if at > now), default=None))


def held_back_until(this: Step, owers: Owers, table: Timetable, ledger: Ledger, *, now: datetime) -> datetime:
    """Return the earliest instant at which a step may tell its superior, if what is on its way leaves at `now`."""
    since = _since(this, _told(owers, ledger) or now, owers, ledger)
    if _waits_for_overseer(this, False, owers, ledger):
        since = max(since, now)
    return _passes_at(this, since, table)


def opened(this: Step, owers: Owers, table: Timetable, ledger: Ledger) -> datetime | None:
    """Return since when a step could have been taken: a rising one not before the gate let it pass.

    None while it waits there.
    """
    if not this.is_rising:
        return this.opens
    told = _told(owers, ledger)
    if told is None:
        return None if _head_hears_now((), ledger) else this.opens
    if _waits_for_overseer(this, False, owers, ledger):
        return None
    return _passes_at(this, _since(this, told, owers, ledger), table)


def _free_from(
    this: Step, overseer_hears: bool, told: datetime, owers: Owers, table: Timetable, ledger: Ledger, now: datetime
) -> datetime:
    if _waits_for_overseer(this, overseer_hears, owers, ledger):
        return next_day_opening(now, table.policy, table.calendar)
    return _passes_at(this, _since(this, told, owers, ledger), table)


def _passes_at(this: Step, since: datetime, table: Timetable) -> datetime:
    """Return when a step may be taken, if everyone below has known of the delay since then."""
    return this.opens if this.opens > since else next_day_opening(since, table.policy, table.calendar)


def _since(this: Step, told: datetime, owers: Owers, ledger: Ledger) -> datetime:
    """Return since when everyone below the highest post the step reaches has known."""
    if "chair" not in this.superiors:
        return told
    return max([told, *(ledger.overseers[unit] for unit in owers.units if unit in ledger.overseers)])


def _tells_overseer_first(this: Step, overseer_reads: Collection[Role]) -> bool:
    """Say whether a step tells an overseer of a delay and not the chair."""
    if not this.is_late or "chair" in this.superiors:
        return False
    return any(role == "overseer" or role in overseer_reads for role in (*this.rung.to, *this.rung.cc))


def _waits_for_overseer(this: Step, overseer_hears: bool, owers: Owers, ledger: Ledger) -> bool:
    """Say whether a step that reaches the chair waits for an overseer who hears by another one now or soon."""
    if "chair" not in this.superiors or all(unit in ledger.overseers for unit in owers.units):
        return False
    return overseer_hears or any(slot.role == "overseer" and slot.rung in ledger.late_rungs for slot in ledger.owed)


def _told(owers: Owers, ledger: Ledger) -> datetime | None:
    """Return since when every head concerned has known of the delay; None when one has not been told yet."""
    if not ledger.told:
        return None
    told = [ledger.told.get(unit) for unit in owers.heads]
    known = [at for at in told if at is not None]
    return max(known) if len(known) == len(told) else None


def _head_hears_now(ready: Sequence[Step], ledger: Ledger) -> bool:
    """Say whether a head hears of the delay by a step taken now, or by a notice still on its way."""
    if any(this.is_late and ("head" in this.rung.to or "head" in this.rung.cc) for this in ready):
        return True
    return any(slot.role == "head" and slot.rung in ledger.late_rungs for slot in ledger.owed)
