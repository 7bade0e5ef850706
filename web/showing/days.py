"""Days: the load of each day of a stretch, with the days off of the calendars that bear on it."""

from collections.abc import Iterable, Mapping
from datetime import date

from rules.calendar import days_between
from web.showing.figures import DayLoad
from web.visit import Visit


def loads(
    visit: Visit, programmes: Iterable[str], counts: Mapping[date, int], first: date, last: date
) -> list[DayLoad]:
    """Return each day with how many obligations are due on it; off where the calendar of every programme is."""
    rulebook = visit.desk.rulebook
    calendars = {rulebook.programmes[one].calendar: None for one in programmes}
    found = []
    for on in days_between(first, last):
        offs = [rulebook.calendars[one].day_off(on) for one in calendars]
        off = offs[0].name if offs and all(offs) and offs[0] else None
        found.append(DayLoad(on, counts.get(on, 0), off))
    return found
