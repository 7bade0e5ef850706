"""Succession: the deadlines that a part of a task has had, one after another, and what they come to together.

What fell due before the day on which a recurrence was replaced stays as it was for ever; what was to fall due later
goes where the deadline that took its place puts it. Dates alone decide it, whenever it is asked.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from rules.deadline import Continuous, Deadline, Every, recurs
from rules.joint import Fixed, Given, Joined, Line, Plain, cut, joined, rhythm
from rules.programme import Programme, Recast, Rulebook, Task
from rules.term import TermContext

Part = tuple[str, str, str]
"""A programme, a task and one of its deadlines."""
Single = Callable[[Deadline], tuple[Given, ...]]
"""What a deadline comes to that does not recur."""


class Chain(NamedTuple):
    """A deadline in force, and those before it, oldest first."""

    earlier: tuple[Recast, ...]
    deadline: Deadline

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Return all of them."""
        return (*(one.deadline for one in self.earlier), self.deadline)


def chain(task: Task, part: str, lived: tuple[Recast, ...], on: date) -> Chain:
    """Return the deadlines of a part of a task as of a day. `lived` are those known to have been lived by: until the
    last of them ended, what the file says of amendments does not count."""
    if not (lived or task.amended):
        return Chain((), task.deadlines[part])
    over = tuple(one for one in lived if one.until_on <= on)
    if len(over) < len(lived):
        return Chain(over, lived[len(over)].deadline)
    since = over[-1].until_on if over else date.min
    amended = [one for one in task.amended if one.part == part and one.until_on > since]
    over += tuple(Recast(one.deadline, one.until_on) for one in amended if one.until_on <= on)
    return Chain(over, next((one.deadline for one in amended if one.until_on > on), task.deadlines[part]))


@dataclass(frozen=True, slots=True)
class Succession:
    """`singles` are due once, and stay; `line` is what recurs, None where nothing ever did.

    `begins` names the first occurrence of the last deadline where nothing of the one before it, of another rhythm, is
    led over: what was to come of that one ends.
    """

    singles: tuple[Given, ...]
    line: Line | None
    begins: str | None = None

    def named(self, key: str) -> Given | None:
        """Return the occurrence of that name, or None."""
        single = next((one for one in self.singles if one.occurrence.key == key), None)
        if single is not None or self.line is None:
            return single
        return self.line.named(key)

    @property
    def led_over(self) -> frozenset[str]:
        """Return the names of what the last recurrence has taken over from the one before it."""
        return self.line.led_over if isinstance(self.line, Joined) else frozenset()


def succession(found: Chain, context: TermContext, single: Single) -> Succession:
    """Return what the deadlines of a part come to, one after another."""
    singles: tuple[Given, ...] = ()
    line: Line | None = None
    old: Deadline | None = None
    begins: str | None = None
    until = date.min
    for deadline, ends in _in_turn(found):
        if recurs(deadline):
            assert isinstance(deadline, Every | Continuous)
            plain = Plain(deadline, context)
            singles = tuple(one for one in singles if one.occurrence.term.due and one.due < until)
            line = plain if until == date.min else joined(line or Fixed(), old, until, plain)
            is_other = until > date.min and (old is None or rhythm(old) != rhythm(deadline))
            begins = _first_named(line.following(until, 1)) if is_other else None
            old = deadline
        else:
            given = single(deadline)
            keys = {one.occurrence.key for one in given}
            singles = (*(one for one in singles if one.occurrence.key not in keys), *given)
            line = cut(line, until, next_at=_first(given)) if line else None
            begins = _first_named(given) if old else None
            old = None
        until = ends
    return Succession(singles, line, begins)


def _first_named(given: tuple[Given, ...]) -> str | None:
    return given[0].occurrence.key if given else None


def succeeded(before: Rulebook, after: Rulebook, followed: Collection[tuple[str, str]], *, today: date) -> Rulebook:
    """Return the rulebook `after` as it goes on from `before` on a day: with all deadlines that the tasks `followed` so
    far were lived by, where a recurrence among them, or in their place, is edited.

    Several edits on one day are one: what was put in force and replaced on the same day was never lived by.
    """
    lived = dict(before.recast)
    for programme, task in _followed(before, followed):
        is_ = after.programmes[programme.id].task(task.id) if programme.id in after.programmes else None
        for part in task.deadlines:
            place = (programme.id, task.id, part)
            over = _lived(task, is_, part, before.recast.get(place, ()), today)
            if over is not None:
                lived[place] = over
    return replace(after, recast=lived)


def recast_since(before: Mapping[Part, tuple[Recast, ...]], after: Rulebook) -> Iterator[tuple[Part, Recast]]:
    """Yield what a rulebook knows to have been lived by beyond what was known before."""
    for place, lived in after.recast.items():
        yield from ((place, one) for one in lived[len(before.get(place, ())) :])


def _followed(before: Rulebook, followed: Collection[tuple[str, str]]) -> Iterator[tuple[Programme, Task]]:
    for programme in before.programmes.values():
        for task in programme.followed():
            if (programme.id, task.id) in followed:
                yield programme, task


def _lived(was: Task, is_: Task | None, part: str, lived: tuple[Recast, ...], today: date) -> tuple[Recast, ...] | None:
    """Return the deadlines a part was lived by, None where nothing is to be noted of them."""
    if is_ is not None and (was is is_ or (was.deadlines == is_.deadlines and was.amended == is_.amended)):
        return None
    old = chain(was, part, lived, today)
    new = chain(is_, part, lived, today) if is_ is not None and part in is_.deadlines else None
    if old == new or not any(map(recurs, (*old.deadlines, *(new.deadlines if new else ())))):
        return None
    if old.earlier and old.earlier[-1].until_on >= today:
        return old.earlier
    words = was.stated if old.deadline == was.deadlines[part] else None
    return (*old.earlier, Recast(old.deadline, today, words))


def _in_turn(found: Chain) -> Iterator[tuple[Deadline, date]]:
    """Yield the deadlines, each with the day it ended; of those due once that follow one another only the last."""
    ends = [*found.earlier, Recast(found.deadline, date.max)]
    for one, after in zip(ends, [*ends[1:], None], strict=True):
        if after is None or recurs(one.deadline) or recurs(after.deadline):
            yield one.deadline, one.until_on


def _first(given: tuple[Given, ...]) -> datetime | None:
    return min((one.occurrence.term.due_at for one in given if one.occurrence.term.due_at), default=None)
