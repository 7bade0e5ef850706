"""Days, periods, hours and lengths of time as annotations: the parser for the loader, the pattern for editors."""

from datetime import date, time
from typing import Annotated

from rules.deadline import Offset, OnDay, Period, Unit
from rules.ladder import RungTime
from rules.load import forms, periods
from rules.load.shapes.base import read_by

_YEAR = r"(19|20)\d\d|2100"
_DAY = rf"({_YEAR})-\d\d-\d\d"
PERIOD_PATTERN = rf"({_YEAR})(-\d\d(-\d\d)?|-Q[1-4]|-H[12])?"
_LENGTH = r"[1-9]\d* (hours?|(working )?days?|weeks?"
YEAR_SCHEMA = {"type": "integer", "minimum": periods.FIRST_YEAR, "maximum": periods.LAST_YEAR}
PERIOD_SCHEMAS = [{"type": "string", "pattern": f"^{PERIOD_PATTERN}$"}, YEAR_SCHEMA]

Day = Annotated[date, *read_by(periods.parse_day, type="string", pattern=f"^{_DAY}$")]
APeriod = Annotated[Period, *read_by(periods.parse_period, anyOf=PERIOD_SCHEMAS)]
LastDay = Annotated[date, *read_by(periods.parse_last_day, anyOf=PERIOD_SCHEMAS)]
Year = Annotated[int, *read_by(periods.parse_year, **YEAR_SCHEMA)]
Hour = Annotated[time, *read_by(forms.parse_time, type="string", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Length = Annotated[Offset, *read_by(forms.parse_offset, type="string", pattern=rf"^{_LENGTH}|months?|years?)$")]
ShortLength = Annotated[Offset, *read_by(forms.parse_short_offset, type="string", pattern=rf"^{_LENGTH})$")]
WhenOfRung = Annotated[
    RungTime, *read_by(forms.parse_rung_time, type="string", pattern=rf"^(due|{_LENGTH}) (before|late))$")
]
Pace = Annotated[
    tuple[int, Unit],
    *read_by(
        forms.parse_pace,
        type="string",
        pattern=r"^((day|week|month|quarter|half|year)|[1-9]\d* (days?|weeks?|months?|quarters?|half|halves|years?))$",
    ),
]
OnADay = Annotated[
    OnDay,
    *read_by(
        forms.parse_on,
        anyOf=[
            {"type": "integer", "minimum": 1, "maximum": 31},
            {"enum": ["last", "last working day", "first working day", "working day"]},
            {"enum": [*forms.WEEKDAYS, *(f"last {day}" for day in forms.WEEKDAYS)]},
            {"type": "string", "pattern": r"^(0[1-9]|1[0-2])-[0-3]\d$"},
        ],
    ),
]
AWeekday = Annotated[int, *read_by(forms.parse_weekday, enum=list(forms.WEEKDAYS))]
