"""The shape of a calendar document."""

from pydantic import Field

from rules.load.shapes.base import Line, Shape, Slug
from rules.load.shapes.dates import AWeekday, Day, LastDay, Year


class HolidayShape(Shape):
    """A day off, or a run of them, with the document that says so."""

    date: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    name: Line
    source: Line


class WorkedShape(Shape):
    """A day off that is worked."""

    date: Day
    source: Line


class CalendarShape(Shape):
    """Weekends, holidays, worked Saturdays."""

    calendar: Slug
    based_on: Line | None = None
    covers: tuple[Year, ...] = ()
    holidays: tuple[HolidayShape, ...] = ()
    worked: tuple[WorkedShape, ...] = ()
    weekend: tuple[AWeekday, ...] = (5, 6)
    announced_until: LastDay | None = None
