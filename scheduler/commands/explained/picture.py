"""Picture: the rungs of an obligation on an axis of days, in colours on a terminal, as plain text elsewhere."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

import typer

from rules.calendar import Calendar, days_between, local_day
from rules.days import day_vi, short_vi
from rules.due_day import DueDay
from rules.lateness import on_time_until
from rules.wording import Language, Wording
from scheduler.commands.explained import words
from scheduler.commands.stories import Told

Shade = Literal["worked", "weekend", "holiday"]
SHADES: Mapping[Shade, str] = {"worked": "·", "weekend": "░", "holiday": "▒"}
SYMBOLS = {"sent": "●", "would_be_sent": "◍", "owed": "◐", "coming": "○", "not_sent": "✕", "past": "•"}
STYLES = {
    "sent": "green",
    "would_be_sent": "green",
    "owed": "yellow",
    "coming": "cyan",
    "not_sent": "red",
    "past": "dim",
}
MARKS = {
    "remind_by": Wording("nhắc trước", "remind by"),
    "due": Wording("hạn", "due"),
    "grace_until": Wording("tính trễ sau", "grace until"),
}
TODAY = Wording("thời điểm xem", "looked at")
WIDEST, NARROWEST = 110, 20
MOST_ROWS = 16
"""So many rungs are drawn; of more the last ones."""


class Row(NamedTuple):
    """A row of the picture: its name, what stands at which day, and what is said beside it."""

    name: str
    on: date
    symbol: str
    style: str
    said: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, `per_cell` of them in each cell."""

    first: date
    last: date
    per_cell: int
    shades: tuple[Shade, ...]

    def cell(self, day: date) -> int:
        """Return the cell a day lies in."""
        return (day - self.first).days // self.per_cell

    def months(self) -> str:
        """Return the names of the months above the cells they begin in, as far as there is room."""
        line = ""
        for day in days_between(self.first, self.last):
            at = self.cell(day)
            if (day.day == 1 or day == self.first) and at >= len(line) + bool(line):
                line = line.ljust(at) + f"{day.month}/{day.year}"
        return line


def rows_of(told: Told, language: Language) -> list[Row]:
    """Return the three days of the term, those that fall together as one, and the rungs, in order of time."""
    zone, term = told.followed.table.policy.zone, told.followed.term
    rows = list(_marks(told, language))
    if term.due is None:
        return []
    for rung in told.rungs:
        on = local_day(rung.opens, zone)
        rehearsed = any(reader.is_rehearsed for reader in rung.readers)
        state = "would_be_sent" if rehearsed and rung.state == "sent" else rung.state
        name = f"{rung.rung} #{rung.turn + 1}" if rung.turn else rung.rung
        said = f"{short_vi(on)} {words.STATES[state].say(language)}" + (f": {rung.reason}" if rung.reason else "")
        rows.append(Row(name, on, SYMBOLS[state], STYLES[state], said))
    return sorted(rows, key=lambda row: row.on)[-MOST_ROWS:]


def axis_of(rows: list[Row], calendar: Calendar, width: int) -> Axis:
    """Return the axis on which all rows have a place, no wider than `width` cells."""
    first, last = min(row.on for row in rows) - timedelta(1), max(row.on for row in rows) + timedelta(1)
    days = (last - first).days + 1
    per_cell = -(-days // width)
    cells: list[list[date]] = [[] for _ in range(-(-days // per_cell))]
    for number, day in enumerate(days_between(first, last)):
        cells[number // per_cell].append(day)
    return Axis(first, last, per_cell, tuple(_shade(inside, calendar) for inside in cells))


def print_picture(told: Told, language: Language) -> None:
    """Print the timeline; nothing for a term without a day."""
    rows = rows_of(told, language)
    if not rows:
        return
    named = max(len(row.name) for row in rows)
    room = shutil.get_terminal_size((100, 24)).columns - named - 30
    axis = axis_of(rows, told.followed.table.calendar, max(NARROWEST, min(WIDEST, room)))
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        _print_rich(rows, axis, named)
    else:
        typer.echo("\n".join(plain_lines(rows, axis, named)))
    typer.echo(f"  {_legend(axis, language)}")


def plain_lines(rows: list[Row], axis: Axis, named: int) -> Iterator[str]:
    """Yield the picture as plain text, off days shaded in every row."""
    yield f"  {'':{named}} {axis.months()}".rstrip()
    ground = "".join(SHADES[shade] for shade in axis.shades)
    for row in rows:
        at = axis.cell(row.on)
        yield f"  {row.name:{named}} {ground[:at]}{row.symbol}{ground[at + 1 :]} {row.said}"


def _print_rich(rows: list[Row], axis: Axis, named: int) -> None:
    from rich.console import Console
    from rich.text import Text

    grounds = {"worked": "dim", "weekend": "on grey23", "holiday": "on dark_red"}
    console = Console()
    console.print(Text(f"  {'':{named}} {axis.months()}", style="dim"))
    for row in rows:
        line = Text(f"  {row.name:{named}} ", style=row.style)
        for number, shade in enumerate(axis.shades):
            is_here = number == axis.cell(row.on)
            symbol = row.symbol if is_here else "·" if shade == "worked" else " "
            ground = grounds[shade] if shade != "worked" else ""
            line.append(symbol, style=f"bold {row.style} {ground}".strip() if is_here else grounds[shade])
        line.append(f" {row.said}", style=row.style)
        console.print(line, soft_wrap=True)


def _marks(told: Told, language: Language) -> Iterator[Row]:
    term = told.followed.term
    days: dict[date, list[str]] = {}
    until = on_time_until(term, told.facts, told.roster.policy.zone)
    for name, day in (("remind_by", term.remind_by), ("due", term.due), ("grace_until", until)):
        if day is not None:
            days.setdefault(day, []).append(MARKS[name].say(language))
    for day, names in days.items():
        has_hour = term.at is not None and day in (term.due, term.grace_until)
        shown = DueDay(day, term.at).line.say(language) if has_hour else day_vi(day)
        yield Row("", day, "▼", "bold magenta", f"{', '.join(names)} {shown}")
    if told.rungs:
        now = local_day(told.now, told.followed.table.policy.zone)
        yield Row("", now, "│", "bold", f"{TODAY.say(language)} {day_vi(now)}")


def _shade(days: list[date], calendar: Calendar) -> Shade:
    off = [found for found in map(calendar.day_off, days) if found]
    if len(off) < len(days):
        return "worked"
    return "holiday" if any(one.source for one in off) else "weekend"


def _legend(axis: Axis, language: Language) -> str:
    off = f"{SHADES['weekend']} cuối tuần  {SHADES['holiday']} nghỉ lễ"
    if language == "en":
        off = f"{SHADES['weekend']} weekend  {SHADES['holiday']} holiday"
    states = "  ".join(f"{SYMBOLS[state]} {words.STATES[state].say(language)}" for state in SYMBOLS)
    cells = f"  1 ô = {axis.per_cell} ngày" if language == "vi" else f"  1 cell = {axis.per_cell} days"
    return f"{off}  {states}" + (cells if axis.per_cell > 1 else "")
