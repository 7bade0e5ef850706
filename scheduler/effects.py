"""Effects: the day on which a change of an obligation takes effect, which its document may have named."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from db.changes import RecordedChange
from rules.chronicle import Edition


class Effects(NamedTuple):
    """On which day a change takes effect: `amended` has the days of the amendments that each revision was the first to
    know, by revision and part."""

    amended: Mapping[tuple[int, str], list[date]]
    day: Callable[[datetime], date]

    @classmethod
    def of(cls, editions: Iterable[Edition], task: str, day: Callable[[datetime], date]) -> "Effects":
        """Return them as the editions of the task's programme, oldest first, give them."""
        amended: dict[tuple[int, str], list[date]] = defaultdict(list)
        known: set[tuple[str, date]] = set()
        for edition in editions:
            found = edition.programme.task(task) if edition.programme else None
            for one in found.amended if found else ():
                if (one.part, one.until_on) not in known:
                    known.add((one.part, one.until_on))
                    amended[edition.revision, one.part].append(one.until_on)
        return cls(amended, day)

    def on(self, change: RecordedChange, part: str) -> date:
        """Return the day of the amendment that moved a deadline; of any other change, the day it came about."""
        on = self.day(change.at)
        days = self.amended.get((change.revision or 0, part), []) if change.kind == "moved" else []
        return max((day for day in days if day <= on), default=on)
