"""Timetable: a Ladder set against a Term, each rung with the instant from which it is owed. Shared by all units that owe the same term."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from rules.calendar import Calendar, local_day
from rules.deadline import Offset
from rules.ladder import SUPERIORS, Ladder, Role, Rung, RungTime
from rules.term import Term
from rules.window import Policy, morning, opening

_FURTHEST_REPEAT = 1_000
BASELINE = Rung("baseline", RungTime("late"), to=("head",), cc=("standing",))
"""The rung that sums up, at first sight, what was already late."""


@dataclass(frozen=True, slots=True)
class Step:
    """A rung, or one repetition of it, on the calendar: `nominal` by the rule, `opens` when mail may first leave (both UTC)."""

    rung: Rung
    index: int
    turn: int
    nominal: datetime
    opens: datetime

    @property
    def is_late(self) -> bool:
        """Say whether this step tells of a delay."""
        return self.rung.at.stage == "late"

    @property
    def superiors(self) -> frozenset[Role]:
        """Return the superior roles this step reaches."""
        return SUPERIORS & {*self.rung.to, *self.rung.cc}


@dataclass(frozen=True, slots=True)
class Timetable:
    """All first turns in order of time; repetitions are counted from their rung's first turn."""

    steps: tuple[Step, ...]
    calendar: Calendar
    policy: Policy
    baseline: datetime | None = None
    """When what was already late at first sight is summed up; late rungs count from that day."""
    _turns: dict[tuple[int, int], Step] = field(default_factory=dict, compare=False)

    def until(self, now: datetime) -> Iterator[Step]:
        """Yield every step, repetitions included, that opens at or before `now`."""
        for step in self.steps:
            if step.opens > now:
                continue
            yield step
            if step.rung.repeat is not None:
                yield from self._repeats(step, now)

    def next_after(self, now: datetime) -> datetime | None:
        """Return the earliest instant after `now` at which a step opens, or None."""
        instants = [step.opens for step in self.steps if step.opens > now]
        for step in self.steps:
            if step.rung.repeat is not None and step.opens <= now:
                instants.append(self._first_repeat_after(step, now).opens)
        return min(instants, default=None)

    def _repeats(self, first: Step, now: datetime) -> Iterator[Step]:
        for turn in range(1, _FURTHEST_REPEAT):
            step = self._turn(first, turn)
            if step.opens > now:
                return
            yield step

    def _first_repeat_after(self, first: Step, now: datetime) -> Step:
        for turn in range(1, _FURTHEST_REPEAT):
            step = self._turn(first, turn)
            if step.opens > now:
                return step
        return step

    def _turn(self, first: Step, turn: int) -> Step:
        known = self._turns.get((first.index, turn))
        if known is None:
            known = self._turns[(first.index, turn)] = self._repetition(first, turn)
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
    return Timetable(tuple(steps), calendar, policy, baseline)


def _nominal(
    rung: Rung, term: Term, baseline: datetime | None, calendar: Calendar, policy: Policy
) -> datetime:
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
