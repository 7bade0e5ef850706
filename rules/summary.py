"""Summary: obligations counted as official reports count them: done or not, each in time or late, and without a day.

Names: Báo cáo 1270/BC-TCTTTg and the provinces' own forms; what recurs and went by unreported has a count of its own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.status import Progress, Status, Timeliness
from rules.wording import Wording


class Count(StrEnum):
    """What an obligation counts as; each counts once, and what was withdrawn not at all."""

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DONE_UNDATED = "done_undated"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"
    OPEN_UNDATED = "open_undated"
    CLOSED = "closed"


NAMES: Mapping[Count, Wording] = {
    Count.DONE_IN_TIME: Wording("Đã hoàn thành đúng hạn", "Done in time"),
    Count.DONE_LATE: Wording("Đã hoàn thành quá hạn", "Done late"),
    Count.DONE_UNDATED: Wording("Đã hoàn thành, không thời hạn", "Done, no deadline"),
    Count.OPEN_IN_TIME: Wording("Chưa hoàn thành trong hạn", "Not done, in time"),
    Count.OPEN_LATE: Wording("Chưa hoàn thành quá hạn", "Not done, late"),
    Count.OPEN_UNDATED: Wording("Chưa hoàn thành, không thời hạn", "Not done, no deadline"),
    Count.CLOSED: Wording("Hết kỳ, không báo cáo", "Closed unreported"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many obligations count as what; `due_soon` are those among `open_in_time` whose end is near, `due_today`
    those whose end is today, `awaiting` those among the done ones that nobody has verified yet."""

    of: Mapping[Count, int]
    due_soon: int
    awaiting: int = 0
    due_today: int = 0

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return sum(self.of.values())

    def as_json(self) -> dict[str, int]:
        """Return the counts under their names."""
        return {
            "total": self.total,
            **{str(one): self.of.get(one, 0) for one in Count},
            "due_today": self.due_today,
            "due_soon": self.due_soon,
            "awaiting": self.awaiting,
        }


def counts_as(status: Status) -> Count | None:
    """Return what an obligation counts as, None for what was withdrawn."""
    match status.progress:
        case Progress.CANCELLED:
            return None
        case Progress.CLOSED:
            return Count.CLOSED
        case Progress.REPORTED | Progress.DONE:
            done = {Timeliness.DONE_IN_TIME: Count.DONE_IN_TIME, Timeliness.DONE_LATE: Count.DONE_LATE}
            return done.get(status.timeliness, Count.DONE_UNDATED)
        case Progress.NOT_BEGUN | Progress.IN_PROGRESS | Progress.SUSPENDED:
            still_open = {Timeliness.LATE: Count.OPEN_LATE, Timeliness.UNDATED: Count.OPEN_UNDATED}
            return still_open.get(status.timeliness, Count.OPEN_IN_TIME)


def counted(those: Iterable[Status]) -> Counts:
    """Return the counts of these obligations."""
    found: Counter[Count] = Counter()
    today = soon = awaiting = 0
    for one in those:
        what = counts_as(one)
        if what is not None:
            found[what] += 1
            today += what is Count.OPEN_IN_TIME and one.timeliness is Timeliness.DUE_TODAY
            soon += what is Count.OPEN_IN_TIME and one.timeliness is Timeliness.DUE_SOON
            awaiting += one.progress is Progress.REPORTED
    return Counts(dict(found), soon, awaiting, today)
