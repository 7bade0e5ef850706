"""Gate: no superior hears of a delay before the unit's own head has. Steps that reach a superior are held back until everyone
below was told that the obligation is late, and a working day has begun since; the lower superior comes before the higher."""

from datetime import datetime
from typing import NamedTuple

from rules.ladder import Rung, RungTime
from rules.ledger import Ledger
from rules.recipients import Owers
from rules.timetable import WARNING_ID, Step, Timetable
from rules.window import next_day_opening

WARNING = Rung(WARNING_ID, RungTime("late"), to=("head",), cc=("focal",))
"""The rung that tells a head what an earlier one did not (silenced, dropped, too old): that it is late and will go up."""


class Gated(NamedTuple):
    """`ready` may be taken now; the other due steps wait until `held_until` (None: none waits)."""

    ready: list[Step]
    held_until: datetime | None


def gate(due: list[Step], owers: Owers, table: Timetable, ledger: Ledger, *, now: datetime) -> Gated:
    """Part the due steps, in their order, into those that may be taken now and those that must wait."""
    rising = [step for step in due if step.is_rising]
    if not rising:
        return Gated(due, None)
    ready = [step for step in due if not step.is_rising]
    tomorrow = next_day_opening(now, table.policy, table.calendar)
    told = _told(owers, ledger)
    if told is None:
        if not _head_hears_now(ready, ledger):
            ready.append(Step(WARNING, rising[0].index, rising[0].index, now, now))
        return Gated(ready, tomorrow)
    lowest = min(_level(step) for step in rising)
    if lowest == 2:
        told = max(told, ledger.overseer_told or told)
    free_from = next_day_opening(told, table.policy, table.calendar)
    if free_from > now:
        return Gated(ready, free_from)
    taken = [step for step in due if not step.is_rising or _level(step) == lowest]
    return Gated(taken, tomorrow if len(taken) < len(due) else None)


def held_back_until(owers: Owers, table: Timetable, ledger: Ledger, *, now: datetime) -> datetime:
    """Return the earliest instant at which a superior may hear of a delay, if the head's last mail leaves at `now`."""
    return next_day_opening(_told(owers, ledger) or now, table.policy, table.calendar)


def _level(step: Step) -> int:
    return 2 if "chair" in step.superiors else 1


def _told(owers: Owers, ledger: Ledger) -> datetime | None:
    """Return since when every head concerned has known of the delay; None when one has not been told yet."""
    if any(unit not in ledger.told for unit in owers.heads):
        return None
    return max(ledger.told[unit] for unit in owers.heads)


def _head_hears_now(ready: list[Step], ledger: Ledger) -> bool:
    if any(step.is_late and "head" in (*step.rung.to, *step.rung.cc) for step in ready):
        return True
    return any(slot.role == "head" and slot.rung in ledger.late_rungs for slot in ledger.owed)
