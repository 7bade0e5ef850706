"""Which of two rungs comes first, as far as that can be said without a calendar."""

from rules.deadline import Offset
from rules.ladder import RungTime

_DAYS = {"days": 1, "weeks": 7}


def certainly_later(first: RungTime, second: RungTime) -> bool:
    """Return True when `first` lies after `second` whatever the calendar and the hour."""
    if (first.stage == "late") != (second.stage == "late"):
        return first.stage == "late"
    if _way(first) == _way(second):
        return _exact(first) > _exact(second)
    return _earliest(first) >= _latest(second)


def same_time(first: RungTime, second: RungTime) -> bool:
    """Return True when both are owed together whatever the calendar."""
    return first.stage == second.stage and _way(first) == _way(second) and _exact(first) == _exact(second)


def _way(at: RungTime) -> str:
    """Return how the rung is counted: two counted alike compare exactly. `due` is counted as days are."""
    return "days" if at.offset is None or at.offset.unit in _DAYS else at.offset.unit


def _exact(at: RungTime) -> int:
    if at.offset is None:
        return 0
    count = at.offset.count * _DAYS.get(at.offset.unit, 1)
    return -count if at.stage == "before" else count


def _earliest(at: RungTime) -> int:
    """Return the first hour, counted from the beginning of the day reckoned from, at which the rung can be owed."""
    least, most = _hours(at.offset)
    return -most if at.stage == "before" else least


def _latest(at: RungTime) -> int:
    """Return the hour by which the rung is owed: at some hour of its day, or counted from some hour of the due day."""
    least, most = _hours(at.offset)
    return 24 + (-least if at.stage == "before" else most)


def _hours(offset: Offset | None) -> tuple[int, int]:
    """Return the least and the most hours a length comes to.

    N working days lie between N and about 2N + 9 calendar days: weekends, and the nine days of a long Tết.
    """
    if offset is None:
        return 0, 0
    if offset.unit == "hours":
        return offset.count, offset.count
    if offset.unit == "working days":
        return 24 * offset.count, 24 * (2 * offset.count + 9)
    days = offset.count * _DAYS[offset.unit]
    return 24 * days, 24 * days
