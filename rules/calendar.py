"""Working days: weekends, holidays, worked Saturdays, each with its source; and the only local→UTC conversion."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from rules.problem import Source
from rules.wording import Wording


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is not worked, with its name and the document that says so (None for a weekend)."""

    on: date
    name: Wording
    source: str | None = None
