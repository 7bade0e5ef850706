"""Joint: two recurrences of one task after another, and where an occurrence of the earlier one goes when the later one
takes over on a day.

Both in the same rhythm: each occurrence to come is paired with one of the new ones, in order, the current one with
that nearest to it. It keeps its name and falls due on the new day. Only what existed by then can be known by its old
name; all that comes later is named by its own day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple, Protocol

from rules.days import OutOfCalendarError, plus
from rules.deadline import Continuous, Deadline, Every, Named, every_of
from rules.steps import MONTHS
from rules.term import Occurrence, TermContext
from rules.terms import following, occurrence, occurrences

_PAIRED = 14
"""Of how many occurrences at most the old name is kept where a new one could be taken for an older one."""


class Given(NamedTuple):
    """An occurrence, and the deadline it falls due by."""

    occurrence: Occurrence
    deadline: Deadline

    @property
    def due(self) -> date:
        """Return the day it is due."""
        assert self.occurrence.term.due is not None
        return self.occurrence.term.due


class Line(Protocol):
    """Occurrences in order, by whatever deadlines."""

    def between(self, first: date, last: date) -> tuple[Given, ...]:
        """Return what is due from `first` to `last`, both included."""

    def following(self, day: date, n: int) -> tuple[Given, ...]:
        """Return the first `n` due on `day` or later, fewer when there are no more."""

    def named(self, key: str) -> Given | None:
        """Return what is named so, or None."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The occurrences of one recurrence."""

    deadline: Every | Continuous
    context: TermContext

    def between(self, first: date, last: date) -> tuple[Given, ...]:
        """Return what is due from `first` to `last`."""
        return self._given(occurrences(self.deadline, self.context, first=first, last=last))

    def following(self, day: date, n: int) -> tuple[Given, ...]:
        """Return the first `n` due on `day` or later."""
        return self._given(following(self.deadline, self.context, day, n))

    def named(self, key: str) -> Given | None:
        """Return the occurrence of that nominal day."""
        found = occurrence(self.deadline, self.context, key)
        return Given(found, self.deadline) if found else None

    def _given(self, found: Sequence[Occurrence]) -> tuple[Given, ...]:
        return tuple(Given(one, self.deadline) for one in found)


@dataclass(frozen=True, slots=True)
class Fixed:
    """Occurrences one by one, in order; none at all where none are given."""

    given: tuple[Given, ...] = ()

    def between(self, first: date, last: date) -> tuple[Given, ...]:
        """Return what is due from `first` to `last`."""
        return tuple(one for one in self.given if first <= one.due <= last)

    def following(self, day: date, n: int) -> tuple[Given, ...]:
        """Return the first `n` due on `day` or later."""
        return tuple(one for one in self.given if one.due >= day)[:n]

    def named(self, key: str) -> Given | None:
        """Return what is named so, or None."""
        return next((one for one in self.given if one.occurrence.key == key), None)


@dataclass(frozen=True, slots=True)
class Joined:
    """`before` as far as it fell due before `until`, then `amid`, then `after` from `begins` on.

    `next_at`: when something falls due by `until` or later that is none of these.
    """

    before: Line
    until: date
    amid: Fixed
    after: Line
    begins: date
    next_at: datetime | None = None
    led_over: frozenset[str] = frozenset()
    """The names of those of `amid` that fall due by the new recurrence."""
    stays: frozenset[str] = frozenset()
    """The names of those that existed on the day `until`: they stay, however far away they are now."""
    _last: Given | None = field(init=False)

    def __post_init__(self) -> None:
        amid = self.amid.given
        coming = (*amid, *self.after.following(self.begins, 1))
        dues = [one.occurrence.term.due_at for one in coming]
        last = last_before(self.before, self.until)
        next_at = min((at for at in (*dues[:1], self.next_at) if at is not None), default=None)
        object.__setattr__(self, "_last", last and _closing(last, next_at))
        ended = (_closing(one, at) for one, at in zip(amid, [*dues[1:], None], strict=False))
        object.__setattr__(self, "amid", Fixed(tuple(ended)))

    def between(self, first: date, last: date) -> tuple[Given, ...]:
        """Return what is due from `first` to `last`."""
        before = self.before.between(first, min(last, plus(self.until, -1))) if first < self.until else ()
        after = self.after.between(max(first, self.begins), last) if last >= self.begins else ()
        return (*map(self._ended, before), *self.amid.between(first, last), *after)

    def following(self, day: date, n: int) -> tuple[Given, ...]:
        """Return the first `n` due on `day` or later."""
        found: list[Given] = []
        if day < self.until:
            found += (self._ended(one) for one in self.before.following(day, n) if one.due < self.until)
        found += self.amid.following(day, n)
        if len(found) < n:
            found += self.after.following(max(day, self.begins), n - len(found))
        return tuple(found[:n])

    def named(self, key: str) -> Given | None:
        """Return what is named so, or None."""
        amid = self.amid.named(key)
        if amid is not None:
            return amid
        before = self.before.named(key)
        if before is not None and before.due < self.until:
            return self._ended(before)
        after = self.after.named(key)
        return after if after is not None and after.due >= self.begins else None

    def _ended(self, one: Given) -> Given:
        """Return an earlier one as it ends: the last of them by what comes next."""
        last = self._last
        return last if last is not None and last.occurrence.key == one.occurrence.key else one


def cut(before: Line, until: date, *, next_at: datetime | None) -> Joined:
    """Return what of it fell due before `until`; what falls due at `next_at` comes after it."""
    return Joined(before, until, Fixed(), Fixed(), until, next_at)


def joined(before: Line, old: Deadline | None, until: date, after: Plain) -> Joined:
    """Return a line and the recurrence that takes its place on the day `until`.

    `old` is the recurrence it ends in, None where something else came in between.
    """
    if old is None or rhythm(old) != rhythm(after.deadline):
        return _fresh(before, until, after)
    return _paired(before, until, after)


def last_before(line: Line, day: date) -> Given | None:
    """Return the last occurrence due before a day, None when there is none."""
    reach = 40
    while True:
        is_all = (day - date.min).days <= reach
        found = line.between(date.min if is_all else plus(day, -reach), plus(day, -1)) if day > date.min else ()
        if found or is_all:
            return found[-1] if found else None
        reach *= 8


def _fresh(before: Line, until: date, after: Plain) -> Joined:
    """Return a line and a recurrence to which nothing leads over: no name may come twice."""
    last = last_before(before, until)
    news = _from(after, until)
    first = next((new for new in news if last is None or new.occurrence.key > last.occurrence.key), None)
    if first is None:
        return cut(before, until, next_at=None)
    return Joined(before, until, Fixed((_begun_after(last, first, after),)), after, plus(first.due, 1))


def _begun_after(last: Given | None, new: Given, after: Plain) -> Given:
    """Return a new occurrence as it begins: on the day after the one that there is before it."""
    own = last_before(after, new.due)
    if last is None or (own and own.due == last.due):
        return new
    occurrence = new.occurrence
    return Given(replace(occurrence, term=replace(occurrence.term, starts=plus(last.due, 1))), new.deadline)


def _paired(before: Line, until: date, after: Plain) -> Joined:
    """Return both with the occurrences that existed on `until` led over from one to the other."""
    olds = existing_on(before, until)
    stays = frozenset(old.occurrence.key for old in olds)
    begun = last_before(before, until)
    if not olds:
        return _fresh(before, until, after)
    nearest = _nearest(after, olds[0].due)
    if nearest is None:
        return Joined(before, until, Fixed(), after, until)
    # Where nothing fell due earlier, what the new one puts before the current one is owed as well.
    first = after.between(until, plus(nearest.due, -1)) if begun is None and until < nearest.due else ()
    while True:
        amid, moved, rest = _lead_over(olds, begun, after, nearest, until)
        later = next(rest, None)
        if later is None or not amid or _is_later(later, amid, olds) or len(olds) >= _PAIRED:
            break
        more = before.following(until, len(olds) + 1)
        if len(more) == len(olds):
            break
        olds = more
    while later is not None and amid and not _is_later(later, amid, olds):
        later = next(rest, None)
    begins = later.due if later else date.max
    rest_of = after if later else Fixed()
    return Joined(before, until, Fixed((*first, *amid)), rest_of, begins, led_over=frozenset(moved), stays=stays)


def _lead_over(
    olds: Sequence[Given], begun: Given | None, after: Plain, nearest: Given, until: date
) -> tuple[list[Given], list[str], Iterator[Given]]:
    """Return the old occurrences, each where it falls due now, the names of those that follow the new recurrence, and
    the new ones that come after them."""
    news = _from(after, nearest.due)
    amid: list[Given] = []
    moved: list[str] = []
    for old, new in zip(olds, news, strict=False):
        if new.due < until or (amid and new.due <= amid[-1].due):
            amid.append(old)
        else:
            led = _begun_after(amid[-1] if amid else begun, new, after)
            amid.append(Given(replace(led.occurrence, key=old.occurrence.key), new.deadline))
            moved.append(old.occurrence.key)
    return amid, moved, news


def existing_on(line: Line, day: date) -> tuple[Given, ...]:
    """Return what there is on a day and still to come: the current one and the next, on its day one more, and what
    stays from before."""
    stays = staying(line)
    found = line.following(day, 3 + len(stays))
    count = 3 if found and found[0].due == day else 2
    last = max((at for at, one in enumerate(found, 1) if one.occurrence.key in stays), default=0)
    return found[: max(count, last)]


def staying(line: Line) -> frozenset[str]:
    """Return the names of what exists though it is neither the current nor the next one yet."""
    return line.stays if isinstance(line, Joined) else frozenset()


def _nearest(after: Plain, day: date) -> Given | None:
    """Return the occurrence nearest to a day, of two as near the later one."""
    later, earlier = after.following(day, 1), last_before(after, day)
    if not later or earlier is None:
        return later[0] if later else earlier
    return earlier if (day - earlier.due) < (later[0].due - day) else later[0]


def _from(line: Line, day: date) -> Iterator[Given]:
    """Yield what is due on a day and later, one after another."""
    while found := line.following(day, 8):
        yield from found
        try:
            day = plus(found[-1].due, 1)
        except OutOfCalendarError:
            return


def _is_later(new: Given, amid: Sequence[Given], olds: Sequence[Given]) -> bool:
    """Say whether a new occurrence comes after those led over, by its day and by its name."""
    return new.due > amid[-1].due and new.occurrence.key > max(one.occurrence.key for one in olds)


def _closing(one: Given, at: datetime | None) -> Given:
    """Return an occurrence that ends unreported at that instant, where its deadline says that it ends at all."""
    every = every_of(one.deadline)
    closes_at = at if every is not None and every.if_unreported == "close" else None
    return Given(replace(one.occurrence, closes_at=closes_at), one.deadline)


def rhythm(deadline: Deadline) -> tuple[object, ...] | None:
    """Return how often a recurrence falls due: days or months, how many, and how often in them."""
    every = every_of(deadline)
    if every is None:
        return None
    months = MONTHS.get(every.unit)
    length = ("months", months * every.count) if months else ("days", every.count * (7 if every.unit == "week" else 1))
    return (*length, max(1, len(every.on)), Named("working day") in every.on)
