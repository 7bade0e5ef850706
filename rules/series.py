"""Series: which occurrences of a recurring deadline exist on a day: the current and the next one, and all since it is
followed."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.days import OutOfCalendarError, plus
from rules.joint import Given, Line, staying
from rules.term import TermContext

_AHEAD = 3


@dataclass(slots=True)
class Series:
    """What recurs; occurrences are worked out once, in order, from the first day that was asked for."""

    line: Line
    context: TermContext
    _from: date | None = None
    _found: list[Given] = field(default_factory=list)
    _has_ended: bool = False
    _stays: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._stays = staying(self.line)

    def existing(self, *, since: date, today: date) -> Iterator[Given]:
        """Yield what fell due from `since` on, what was still on time on that day, the current occurrence, the next
        one, and what stays.

        On the due day of the current one the two after it exist.
        """
        since = min(since, today)
        first = self._still_on_time(since)
        if self._from is None or first < self._from:
            self._from, self._has_ended = first, False
            self._found = list(self.line.between(first, today))
        self._reach(today)
        begin = bisect_left(self._found, first, key=_due)
        coming = bisect_left(self._found, today, key=_due)
        is_due_today = coming < len(self._found) and _due(self._found[coming]) == today
        end = coming + (3 if is_due_today else 2)
        while any(one.occurrence.key in self._stays for one in self._found[end:]):
            end += 1
        yield from self._found[begin:end]

    def _reach(self, today: date) -> None:
        """Work out occurrences until enough of them are due on `today` or later."""
        ahead = _AHEAD + len(self._stays)
        while not self._has_ended and (len(self._found) < ahead or _due(self._found[-ahead]) < today):
            try:
                start = plus(_due(self._found[-1]), 1) if self._found else today
            except OutOfCalendarError:
                start = None
            missing = ahead - sum(_due(one) >= today for one in self._found[-ahead:])
            more = self.line.following(start, missing) if start else ()
            self._has_ended = len(more) < missing
            self._found += more

    def _still_on_time(self, day: date) -> date:
        """Return the earliest due day for which what arrives on `day` is on time: days off before it belong to it."""
        if not self.context.roll:
            return day
        while day > date.min and not self.context.calendar.is_working_day(day - timedelta(days=1)):
            day -= timedelta(days=1)
        return day


def _due(given: Given) -> date:
    return given.due
