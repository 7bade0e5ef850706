"""Throwing the stop switch, for `stop` and `resume`."""

from pathlib import Path

from db.switches import throw_stop
from scheduler.clock import system_clock
from scheduler.commands.database import office, whoever


def throw(config: Path | None, *, is_on: bool, by: str | None, note: str | None) -> None:
    """Put the switch on or off, with who did it and why."""
    with office(config) as opened, opened.engine.begin() as connection:
        throw_stop(connection, is_on=is_on, recorded_by=whoever(by), recorded_at=system_clock(), why=note)
