"""Attaining: how the indicators stood to their targets at an instant, by the values recorded by then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from db.facts import Measurement, measurements
from rules.calendar import local_day
from rules.indicators.change import IndicatorChange, Recorded, change
from rules.indicators.standing import ATTAINED, YearStanding, measured_of, standings
from rules.indicators.target import unit_of
from rules.indicators.value import said_number
from rules.programme import Indicator, Programme
from scheduler.past import Past


@dataclass(frozen=True, slots=True)
class Attaining:
    """An indicator with the values that stand, in the order of their days, and how it stands to each target."""

    programme: Programme
    indicator: Indicator
    values: tuple[Measurement, ...]
    years: tuple[YearStanding, ...]

    @property
    def last(self) -> Measurement | None:
        """Return the value of the latest day."""
        return self.values[-1] if self.values else None

    def towards(self, year: int) -> YearStanding:
        """Return how it stands to the target of that year or, without one, to the next one, or the last there was."""
        return next((one for one in self.years if one.year >= year), self.years[-1])

    def as_json(self) -> Iterator[dict[str, object]]:
        """Yield it flat, one for each yearly target. An indicator has no axes: a value is no report of work."""
        for year in self.years:
            last, coming = year.last, year.forecast
            yield {
                "programme": self.programme.id,
                "kind": "indicator",
                "indicator": self.indicator.id,
                "title": self.indicator.title,
                "section": self.indicator.section,
                "owner": list(self.indicator.owner),
                "due": year.due,
                "progress": None,
                "timeliness": None,
                "verification": None,
                "target": self.indicator.targets[year.year],
                "measured_in": unit_of(self.indicator),
                "value": last.value.written if last else None,
                "measured_on": last.on if last else None,
                "attained": year.attained,
                "attained_vi": ATTAINED[year.attained].vi,
                "why_not_compared": year.reason.en if year.reason else None,
                "forecast": said_number(coming.number) if coming else None,
                "forecast_reaches": coming.is_reached if coming else None,
                "source": str(self.indicator.place),
            }


def attaining(
    connection: Connection, then: Past, *, programme: str | None = None, unit: str | None = None
) -> Iterator[Attaining]:
    """Yield every indicator as it stood at `then.at`, of one programme or unit or of all."""
    today = local_day(then.at, then.roster.policy.zone)
    recorded = measurements(connection, until=then.at)
    for found in then.rulebook.programmes.values():
        if programme in (None, found.id):
            for indicator in found.indicators:
                if unit is None or unit in indicator.owner:
                    values = tuple(recorded.get((found.id, indicator.id), ()))
                    read = measured_of(indicator, ((one.measured_on, one.value) for one in values))
                    yield Attaining(found, indicator, values, tuple(standings(indicator, read, today=today)))


def changes(
    connection: Connection, then: Past, *, since: datetime, programme: str | None = None
) -> Iterator[IndicatorChange]:
    """Yield the indicators of which a new value holds since an instant, as known at `then.at`: for a summary."""
    today = local_day(then.at, then.roster.policy.zone)
    recorded = measurements(connection, until=then.at)
    for found in then.rulebook.programmes.values():
        for indicator in found.indicators if programme in (None, found.id) else ():
            values = sorted(recorded.get((found.id, indicator.id), ()), key=lambda one: one.id)
            told = [Recorded(one.measured_on, one.value, one.recorded_at) for one in values]
            new = change(found, indicator, told, since=since, until=then.at, today=today)
            if new is not None:
                yield new
