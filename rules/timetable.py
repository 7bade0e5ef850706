"""Timetable: a Ladder set against a Term, each rung with the instant from which it is owed. All units that owe the same term share it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from rules.calendar import Calendar, local_day
from rules.deadline import Offset
from rules.ladder import SUPERIORS, Ladder, Role, Rung, RungTime
from rules.term import Term
from rules.window import Policy, morning, opening

BASELINE = Rung("baseline", RungTime("late"), to=("head",), cc=("standing",))
"""The rung that sums up, at first sight, what was already late."""
WARNING_ID = "warning"


@dataclass(frozen=True, slots=True)
class Step:
    """A rung, or one repetition of it, on the calendar: `nominal` by the rule, `opens` when mail may first leave (both UTC)."""

    rung: Rung
    index: int
    turn: int
    nominal: datetime
    opens: datetime
    is_late: bool = field(init=False)
    """It tells of a delay."""
    superiors: frozenset[Role] = field(init=False)
    """The superior roles it reaches."""
    is_rising: bool = field(init=False)
    """It tells a superior of a delay."""

    def __post_init__(self) -> None:
        superiors = SUPERIORS & {*self.rung.to, *self.rung.cc}
        object.__setattr__(self, "is_late", self.rung.at.stage == "late")
        object.__setattr__(self, "superiors", superiors)
        object.__setattr__(self, "is_rising", self.is_late and bool(superiors))


@dataclass(frozen=True, slots=True)
class Timetable:
    """All first turns in order of time; repetitions are counted from their rung's first turn."""

    steps: tuple[Step, ...]
    calendar: Calendar
    policy: Policy
    late_rungs: frozenset[str] = frozenset()
    baseline: datetime | None = None
    """When what was already late at first sight is summed up; late rungs count from that day."""
    _turns: dict[tuple[int, int], Step] = field(default_factory=dict, compare=False)

    def due(self, decided: Mapping[str, int], until: datetime) -> list[Step]:
        """Return every step, repetitions included, that opens by `until` and is not behind yet, in order of time."""
        found = []
        for first in self.steps:
            if first.opens > until:
                break
            for step in self._from(first, decided.get(first.rung.id, -1) + 1):
                if step.opens > until:
                    break
                found.append(step)
        if len(found) > 1:
            found.sort(key=lambda step: (step.opens, step.nominal, step.index))
        return found

    def next_after(self, now: datetime, decided: Mapping[str, int]) -> datetime | None:
        """Return the earliest instant after `now` at which a step opens, or None."""
        earliest: datetime | None = None
        for first in self.steps:
            for step in self._from(first, max(decided.get(first.rung.id, 0), 0)):
                if step.opens > now:
                    if earliest is None or step.opens < earliest:
                        earliest = step.opens
                    break
            if first.opens > now:
                break
        return earliest

    def _from(self, first: Step, turn: int) -> Iterator[Step]:
        """Yield the turns of a rung from that turn on: without end if it repeats, else the first alone."""
        if first.rung.repeat is None:
            if turn == 0:
                yield first
            return
        for nth in count(turn):
            yield self._turn(first, nth)

    def _turn(self, first: Step, turn: int) -> Step:
        known = self._turns.get((first.index, turn))
        if known is None:
            known = self._turns[(first.index, turn)] = self._repetition(first, turn) if turn else first
        return known

    def _repetition(self, first: Step, turn: int) -> Step:
        assert first.rung.repeat is not None
        every = Offset(first.rung.repeat.count * turn, first.rung.repeat.unit)
        nominal = _moved(first.nominal, every, self.calendar, self.policy)
        return Step(first.rung, first.index, turn, nominal, opening(nominal, self.policy, self.calendar))


def timetable(
    term: Term, ladder: Ladder, *, calendar: Calendar, policy: Policy, baseline: datetime | None = None
) -> Timetable:
    """Return when each rung is owed for a dated term. With `baseline`, the instant the sum-up of what was already late goes out,
    late rungs count from that day on."""
    if term.due is None:
        return Timetable((), calendar, policy)
    steps = [Step(BASELINE, -1, 0, baseline, baseline)] if baseline else []
    for index, rung in enumerate(ladder.rungs):
        nominal = _nominal(rung, term, baseline, calendar, policy)
        steps.append(Step(rung, index, 0, nominal, opening(nominal, policy, calendar)))
    steps.sort(key=lambda step: (step.opens, step.nominal, step.index))
    late = frozenset({BASELINE.id, WARNING_ID, *(step.rung.id for step in steps if step.is_late)})
    return Timetable(tuple(steps), calendar, policy, late, baseline)


def _nominal(rung: Rung, term: Term, baseline: datetime | None, calendar: Calendar, policy: Policy) -> datetime:
    assert term.remind_by and term.remind_at and term.grace_until and term.late_at
    offset = rung.at.offset
    if rung.at.stage == "late":
        late_day = local_day(baseline, policy.zone) if baseline else term.grace_until
        return _shifted(late_day, baseline or term.late_at, offset, +1, calendar, policy)
    return _shifted(term.remind_by, term.remind_at, offset, -1, calendar, policy)


def _shifted(
    day: date, at: datetime, offset: Offset | None, sign: int, calendar: Calendar, policy: Policy
) -> datetime:
    if offset is None:
        return morning(day, policy)
    if offset.unit == "hours":
        return at + sign * timedelta(hours=offset.count)
    return morning(_shifted_day(day, offset, sign, calendar), policy)


def _shifted_day(day: date, offset: Offset, sign: int, calendar: Calendar) -> date:
    match offset.unit:
        case "working days":
            return calendar.shift(day, sign * offset.count)
        case "weeks":
            return day + timedelta(weeks=sign * offset.count)
        case "days":
            return day + timedelta(days=sign * offset.count)
        case _:
            raise ValueError(f"a rung cannot be {offset} away")


def _moved(first: datetime, every: Offset, calendar: Calendar, policy: Policy) -> datetime:
    if every.unit == "hours":
        return first + timedelta(hours=every.count)
    return morning(_shifted_day(local_day(first, policy.zone), every, +1, calendar), policy)


def age_limit(offset: Offset) -> timedelta:
    """Return an `expires` as a plain length of time; a working day counts as one day."""
    match offset.unit:
        case "hours":
            return timedelta(hours=offset.count)
        case "weeks":
            return timedelta(weeks=offset.count)
        case "days" | "working days":
            return timedelta(days=offset.count)
        case _:
            raise ValueError(f"a rung cannot expire after {offset}")
