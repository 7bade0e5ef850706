"""Options that several commands take, and how their values are read. Imports nothing heavy."""

from datetime import date, datetime
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


def instant_of(text: str | None, zone: ZoneInfo, *, daily: str) -> datetime | None:
    """Return the instant that `--at` names: without an offset local to `zone`, a bare day at the hour `daily`."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text if len(text) > 10 else f"{text}T{daily}")
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no instant; write 2026-03-31T09:00 or 2026-03-31", param_hint="--at"
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=zone)
