"""Gate: no superior hears of a delay before the unit's own head has. Steps that reach a superior are held back until everyone below
was told that the obligation is late, and a working day has begun since; the lower superior comes before the higher."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from rules.ladder import Rung, RungTime
from rules.obligation import Notice, Reason, Slot
from rules.recipients import Owers
from rules.timetable import BASELINE, Step, Timetable
from rules.window import next_day_opening

WARNING = Rung("warning", RungTime("late"), to=("head",), cc=("focal",))
"""The rung that tells a head what an earlier rung did not (silenced, dropped, too old): that it is late and will go up."""
_REACHED_NOBODY = frozenset({Reason.NOBODY, Reason.UNDELIVERABLE})


class Gated(NamedTuple):
    """`ready` may be taken now; the other due steps wait until `held_until` (None: none waits)."""

    ready: list[Step]
    held_until: datetime | None


def gate(
    due: list[Step], owers: Owers, table: Timetable, ledger: Mapping[Slot, Notice], *, now: datetime
) -> Gated:
    """Part the due steps, in their order, into those that may be taken now and those that must wait."""
    rising = [step for step in due if step.is_late and step.superiors]
    ready = [step for step in due if step not in rising]
    if not rising:
        return Gated(ready, None)
    told = _told(owers, table, ledger)
    tomorrow = next_day_opening(now, table.policy, table.calendar)
    if told is None:
        if not _head_hears_now(ready, table, ledger):
            ready.append(Step(WARNING, rising[0].index, rising[0].index, now, now))
        return Gated(ready, tomorrow)
    lowest = min(_level(step) for step in rising)
    if lowest == 2:
        told = max(told, _overseer_told(ledger) or told)
    free_from = next_day_opening(told, table.policy, table.calendar)
    if free_from > now:
        return Gated(ready, free_from)
    taken = [step for step in rising if _level(step) == lowest]
    return Gated(
        [step for step in due if step in ready or step in taken],
        tomorrow if len(taken) < len(rising) else None,
    )


def held_back_until(
    owers: Owers, table: Timetable, ledger: Mapping[Slot, Notice], *, now: datetime
) -> datetime:
    """Return the earliest instant at which a superior may hear of a delay, if the head's last mail leaves at `now`."""
    told = _told(owers, table, ledger) or now
    return next_day_opening(told, table.policy, table.calendar)


def _level(step: Step) -> int:
    return 2 if "chair" in step.superiors else 1


def _late_rungs(table: Timetable) -> set[str]:
    return {BASELINE.id, WARNING.id, *(step.rung.id for step in table.steps if step.is_late)}


def _told(owers: Owers, table: Timetable, ledger: Mapping[Slot, Notice]) -> datetime | None:
    """Return since when every head concerned has known of the delay, or has been known to be out of reach; None when one has not."""
    late = _late_rungs(table)
    first: dict[str, datetime] = {}
    for slot, notice in ledger.items():
        if slot.role != "head" or slot.rung not in late or notice.settled_at is None:
            continue
        if notice.state == "sent" or notice.reason in _REACHED_NOBODY:
            first[slot.unit] = min(notice.settled_at, first.get(slot.unit, notice.settled_at))
    if any(unit not in first for unit in owers.heads):
        return None
    return max(first[unit] for unit in owers.heads)


def _head_hears_now(ready: list[Step], table: Timetable, ledger: Mapping[Slot, Notice]) -> bool:
    late = _late_rungs(table)
    if any(step.is_late and "head" in (*step.rung.to, *step.rung.cc) for step in ready):
        return True
    return any(
        slot.role == "head" and slot.rung in late and notice.state == "owed"
        for slot, notice in ledger.items()
    )


def _overseer_told(ledger: Mapping[Slot, Notice]) -> datetime | None:
    sent = [
        notice.settled_at
        for slot, notice in ledger.items()
        if slot.role == "overseer" and notice.state == "sent"
    ]
    return max((at for at in sent if at), default=None)
