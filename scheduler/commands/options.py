"""Options that several commands take, and how their values are read. Imports nothing heavy."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

Format = Literal["table", "json"]


def new_app() -> typer.Typer:
    """Return an empty command, plain in its help and its errors."""
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def day(text: str) -> date:
    """Return the day that an argument names."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2026-03-31") from None


ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="The settings; ./config.toml by default.")
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Rule files in place of the configured ones.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="For people or for programs.")]
FromOption = Annotated[date, typer.Option("--from", metavar="DATE", parser=day, help="The first day.")]
ToOption = Annotated[date, typer.Option("--to", metavar="DATE", parser=day, help="The last day.")]
AssumeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--assume", metavar="[PROGRAMME/]EVENT=DATE", help="As if the event were recorded on that day; repeatable."
    ),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="INSTANT", help="As of then: 2026-03-31T09:00 (local), or a day; now by default."),
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who says it; the user of this machine by default.")
]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What else is to be known.")]
OnOption = Annotated[
    date | None, typer.Option("--on", metavar="DATE", parser=day, help="The day of it; today by default.")
]
PastDayOption = Annotated[
    date | None,
    typer.Option("--on", metavar="DATE", parser=day, help="As it stood at the end of that day; now by default."),
]
StandingOfficeOption = Annotated[
    str | None,
    typer.Option(
        "--office", metavar="DIRECTORY/UNIT", help="The standing office that draws it up; needless where there is one."
    ),
]
TaskArgument = Annotated[str, typer.Argument(metavar="[PROGRAMME/]TASK", help="The task, as dong-thap-2026/A.14.")]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="UNIT", help="Only what this unit owes.")]
PartOption = Annotated[str | None, typer.Option("--part", metavar="PART", help="Only this part of several deadlines.")]
OccurrenceOption = Annotated[
    str | None, typer.Option("--occurrence", metavar="KEY", help="This occurrence: its name, or the day it is due.")
]


def last_moment(day: date, zone: ZoneInfo) -> datetime:
    """Return the last moment of a day: its 24:00 is already the next one."""
    from rules.calendar import instant

    return instant(day, None, zone) - timedelta(microseconds=1)


def moment_on(day: date | None, zone: ZoneInfo, *, now: datetime) -> datetime:
    """Return the last moment of a past day, `now` of any other and where none is named."""
    return now if day is None else min(now, last_moment(day, zone))


def instant_of(text: str | None, zone: ZoneInfo, *, daily: str, option: str = "--at") -> datetime | None:
    """Return the instant (UTC) that an option names: without an offset local to `zone`, a bare day at the hour `daily`.

    `24:00`, as the hour of `daily` too, is the end of its day.
    """
    if text is None:
        return None
    full = _full(text, daily)
    is_midnight = full.endswith("T24:00")
    try:
        at = datetime.fromisoformat(full.replace("T24:00", "T00:00"))
    except ValueError:
        message = f"{text!r} is no instant; write 2026-03-31T09:00 or 2026-03-31"
        raise typer.BadParameter(message, param_hint=option) from None
    at += timedelta(days=1) if is_midnight else timedelta(0)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _full(text: str, daily: str) -> str:
    return text if len(text) > len("2026-03-31") else f"{text}T{daily}"
