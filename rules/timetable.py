"""Timetable: a Ladder set against a Term, each rung with the instant from which it is owed.

All units that owe the same term share it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rules.calendar import Calendar, local_day
from rules.days import plus
from rules.deadline import Offset
from rules.ladder import SUPERIORS, Ladder, Role, Rung, RungTime
from rules.lateness import is_past
from rules.obligation import Facts
from rules.recipients import Posts
from rules.term import Term
from rules.window import Policy, morning, opening

BASELINE = Rung("baseline", RungTime("late"), to=("head",), cc=("standing",))
"""The rung that sums up, at first sight, what was already late."""
WARNING_ID = "warning"


class Step(NamedTuple):
    """A rung, or one repetition of it, on the calendar: `nominal` by the rule, `opens` when mail may first leave
    (both UTC).

    `is_late`: it tells of a delay. `superiors`: the superior roles it reaches. `posts`: all it reaches.
    """

    rung: Rung
    order: int
    turn: int
    nominal: datetime
    opens: datetime
    is_late: bool
    superiors: frozenset[Role]
    posts: Posts

    @property
    def is_rising(self) -> bool:
        """Say whether it tells a superior of a delay."""
        return self.is_late and bool(self.superiors)


def step(
    rung: Rung,
    order: int,
    nominal: datetime,
    opens: datetime,
    *,
    turn: int = 0,
    coordinating: bool = False,
    reported_by: str = "",
) -> Step:
    """Return a rung as a step; `order` ranks steps of one instant. `coordinating`: those who coordinate hear of it;
    `reported_by`: who reported it done, where it tells that."""
    superiors = SUPERIORS.intersection((*rung.to, *rung.cc))
    posts = Posts(rung.to, rung.cc, coordinating, rung.if_missed == "late", rung.id == "done", reported_by)
    return Step(rung, order, turn, nominal, opens, rung.at.stage == "late", superiors, posts)


@dataclass(frozen=True, slots=True)
class Timetable:
    """All first turns in order of time; repetitions are counted from their rung's first turn."""

    steps: tuple[Step, ...]
    calendar: Calendar
    policy: Policy
    late_rungs: frozenset[str] = frozenset()
    baseline: datetime | None = None
    """When what was already late at first sight is summed up; late rungs count from that day."""
    _turns: dict[tuple[int, int], Step] = field(default_factory=dict, compare=False, repr=False)
    _ahead: dict[tuple[tuple[str, int], ...], tuple[Step, ...]] = field(default_factory=dict, compare=False, repr=False)

    def due(self, decided: Mapping[str, int], until: datetime) -> list[Step]:
        """Return every step, repetitions included, that opens by `until` and is not behind yet, in order of time."""
        found: list[Step] = []
        for first in self.steps:
            if first.opens > until:
                break
            turn = decided.get(first.rung.id, -1) + 1
            if first.rung.repeat is None:
                if turn == 0:
                    found.append(first)
                continue
            while (this := self._turn(first, turn)).opens <= until:
                found.append(this)
                turn += 1
        if len(found) > 1:
            found.sort(key=_in_time)
        return found

    def ahead(self, decided: Mapping[str, int]) -> tuple[Step, ...]:
        """Return the next turn of each rung that is not behind yet, in order of time."""
        behind = tuple(decided.items())
        found = self._ahead.get(behind)
        if found is None:
            turns = ((first, decided.get(first.rung.id, -1) + 1) for first in self.steps)
            coming = (self._turn(first, turn) for first, turn in turns if first.rung.repeat is not None or turn == 0)
            found = self._ahead[behind] = tuple(sorted(coming, key=_in_time))
        return found

    def turn_of(self, rung: str, turn: int) -> Step | None:
        """Return that turn of a rung, None when there is no such rung or it does not repeat so often."""
        first = next((this for this in self.steps if this.rung.id == rung), None)
        return self._turn(first, turn) if first and (turn == 0 or first.rung.repeat) else None

    def next_after(self, now: datetime, decided: Mapping[str, int]) -> datetime | None:
        """Return the earliest instant after `now` at which a step opens, or None."""
        earliest: datetime | None = None
        for first in self.steps:
            if first.opens > now:
                return first.opens if earliest is None or first.opens < earliest else earliest
            if first.rung.repeat is None:
                continue
            turn = decided.get(first.rung.id, 0)
            while (coming := self._turn(first, turn)).opens <= now:
                turn += 1
            if earliest is None or coming.opens < earliest:
                earliest = coming.opens
        return earliest

    def _turn(self, first: Step, turn: int) -> Step:
        """Return that turn of a rung; only one that repeats has others than the first."""
        if turn == 0:
            return first
        known = self._turns.get((first.order, turn))
        if known is None:
            known = self._turns[(first.order, turn)] = self._repetition(first, turn)
        return known

    def _repetition(self, first: Step, turn: int) -> Step:
        assert first.rung.repeat is not None
        every = Offset(first.rung.repeat.count * turn, first.rung.repeat.unit)
        nominal = _moved(first.nominal, every, self.calendar, self.policy)
        return first._replace(turn=turn, nominal=nominal, opens=opening(nominal, self.policy, self.calendar))


def timetable(
    term: Term, ladder: Ladder, *, calendar: Calendar, policy: Policy, baseline: datetime | None = None
) -> Timetable:
    """Return when each rung is owed for a dated term.

    With `baseline`, the instant the sum-up of what was already late goes out, late rungs count from that day on.
    """
    if term.due is None:
        return Timetable((), calendar, policy)
    steps = [step(BASELINE, -1, baseline, baseline)] if baseline else []
    for index, rung in enumerate(ladder.rungs):
        nominal = _nominal(rung, term, baseline, calendar, policy)
        steps.append(step(rung, index, nominal, opening(nominal, policy, calendar)))
    late = frozenset({BASELINE.id, WARNING_ID, *(this.rung.id for this in steps if this.is_late)})
    return Timetable(tuple(sorted(steps, key=_in_time)), calendar, policy, late, baseline)


def is_too_old(this: Step, now: datetime, table: Timetable) -> bool:
    """Say whether a step is past its `expires`, counted from the day or, in hours, the instant mail could first
    leave."""
    offset, zone = this.rung.expires, table.policy.zone
    if offset is None:
        return False
    if offset.unit == "hours":
        return now > this.opens + timedelta(hours=offset.count)
    return local_day(now, zone) > _shifted_day(local_day(this.opens, zone), offset, +1, table.calendar)


def _in_time(this: Step) -> tuple[datetime, datetime, int, int]:
    return this.opens, this.nominal, this.order, this.turn


def _nominal(rung: Rung, term: Term, baseline: datetime | None, calendar: Calendar, policy: Policy) -> datetime:
    assert term.remind_by is not None
    assert term.remind_at is not None
    assert term.grace_until is not None
    assert term.late_at is not None
    offset = rung.at.offset
    if rung.at.stage == "late":
        late_day = local_day(baseline, policy.zone) if baseline else term.grace_until
        return _shifted(late_day, baseline or term.late_at, offset, +1, calendar, policy)
    nominal = _shifted(term.remind_by, term.remind_at, offset, -1, calendar, policy)
    # The daily hour may come after the hour that is due: what reminds of it would overtake what tells of the delay.
    return min(nominal, term.remind_at)


def _shifted(day: date, at: datetime, offset: Offset | None, sign: int, calendar: Calendar, policy: Policy) -> datetime:
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
            return plus(day, 7 * sign * offset.count)
        case "days":
            return plus(day, sign * offset.count)
        case _:
            raise ValueError(f"a rung cannot be {offset} away")


def _moved(first: datetime, every: Offset, calendar: Calendar, policy: Policy) -> datetime:
    if every.unit == "hours":
        return first + timedelta(hours=every.count)
    return morning(_shifted_day(local_day(first, policy.zone), every, +1, calendar), policy)


def baseline_at(term: Term, facts: Facts, policy: Policy, calendar: Calendar) -> datetime | None:
    """Return when an obligation already late at first sight is summed up, or None when it was not late then."""
    if term.late_at is None or not is_past(term.late_at, now=facts.watched_from, zone=policy.zone):
        return None
    return opening(facts.watched_from, policy, calendar)
