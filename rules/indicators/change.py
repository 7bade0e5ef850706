"""Change: an indicator for which values were recorded in a stretch of time, as a summary tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from rules.indicators.standing import Attained, Measured, read_again, standings
from rules.indicators.target import unit_of
from rules.programme import Indicator, Programme


class Recorded(NamedTuple):
    """A value as it was recorded: for which day, in what words, at what instant."""

    on: date
    written: str
    at: datetime


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """The value that holds since, the one `before` ('' where it is the first), and how the target of its year stands
    now; `target` and `attained` are '' and None where there is none for that year."""

    programme: str
    indicator: str
    title: str
    unit: str
    owner: tuple[str, ...]
    on: date
    value: str
    before: str = ""
    target: str = ""
    attained: Attained | None = None
    was_reached: bool = False
    """Whether the value before had reached the target already."""

    @property
    def is_newly_reached(self) -> bool:
        """Say whether the target is reached now and was not before."""
        return self.attained is Attained.REACHED and not self.was_reached


def change(
    programme: Programme,
    indicator: Indicator,
    recorded: Iterable[Recorded],
    *,
    since: datetime,
    until: datetime,
    today: date,
) -> IndicatorChange | None:
    """Return what became of an indicator in `since < … <= until`; None where nothing new holds.

    `recorded`: its values that stand, in the order of recording. A value for an earlier day than that of one known
    before changes nothing that holds.
    """
    known = [one for one in recorded if one.at <= until]
    before = [one for one in known if one.at <= since]
    if not known:
        return None
    last = _latest(known)
    earlier = _latest(before) if before else None
    if last.at <= since:
        return None
    is_, was = (_attained(indicator, found, last.on.year, today) for found in (known, before))
    return IndicatorChange(
        programme=programme.id,
        indicator=indicator.id,
        title=indicator.title,
        unit=unit_of(indicator),
        owner=indicator.owner,
        on=last.on,
        value=last.written,
        before=earlier.written if earlier else "",
        target=indicator.targets.get(last.on.year, ""),
        attained=is_,
        was_reached=was is Attained.REACHED,
    )


def _latest(found: Sequence[Recorded]) -> Recorded:
    """Return the value of the latest day; of several for one day the one recorded last."""
    return max(enumerate(found), key=lambda one: (one[1].on, one[0]))[1]


def _attained(indicator: Indicator, found: Sequence[Recorded], year: int, today: date) -> Attained | None:
    unit = unit_of(indicator)
    in_order = sorted(found, key=lambda one: one.on)
    values = [Measured(one.on, read_again(one.written, unit)) for one in in_order]
    return next((one.attained for one in standings(indicator, values, today=today) if one.year == year), None)
