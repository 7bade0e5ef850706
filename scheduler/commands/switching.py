"""The stop switch: thrown for `stop` and `resume`, told of by `status` and `tick`."""

from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.switches import last_thrown, throw_stop
from scheduler.clock import system_clock
from scheduler.commands.database import office, whoever
from scheduler.commands.printing import minute


def throw(config: Path | None, *, is_on: bool, by: str | None, note: str | None) -> None:
    """Put the switch on or off, with who did it and why."""
    with office(config) as opened, opened.engine.begin() as connection:
        throw_stop(connection, is_on=is_on, recorded_by=whoever(by), recorded_at=system_clock(), why=note)


def stopped(connection: Connection, zone: ZoneInfo) -> str | None:
    """Return since when, by whom and why no letter leaves; None while the switch is off."""
    last = last_thrown(connection)
    if last is None or not last.is_on:
        return None
    why = f": {last.why}" if last.why else ""
    since = minute(last.recorded_at, zone)
    return f"stopped since {since} by {last.recorded_by}{why}; no letter leaves until `dondoc resume`"
