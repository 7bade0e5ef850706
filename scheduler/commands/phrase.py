"""`dondoc phrase`: what deadline phrases of offices come to."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.commands.options import FormatOption, new_app

if TYPE_CHECKING:
    from rules.phrases import Reading

app = new_app()


@app.command(epilog="Example: dondoc phrase --year 2026 'Trước 17h00 thứ Sáu hằng tuần' 'Quý II/2026'")
def phrase(
    phrases: Annotated[
        list[str] | None, typer.Argument(metavar="[PHRASE]...", help="Phrases; without any, one a line on stdin.")
    ] = None,
    year: Annotated[int, typer.Option(metavar="YYYY", min=1945, max=2100, help="The year of phrases without one.")] = 0,
    issued: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day of the document: `từ nay`.")
    ] = None,
    format: FormatOption = "table",
) -> None:
    """Read deadline phrases as Vietnamese offices write them, and say what each comes to and how sure that is."""
    from rules.phrases import Context, read
    from scheduler.clock import system_clock

    day = issued.date() if issued else None
    context = Context(year or (day or system_clock()).year, day)
    said = phrases if phrases else (line.rstrip("\r\n") for line in sys.stdin)
    readings = ((text, read(text, context)) for text in said)
    if format == "json":
        _print_json(readings)
    else:
        _print_table(readings)


def _print_json(readings: "Iterable[tuple[str, Reading]]") -> None:
    import json

    from scheduler.commands.phrases import as_json

    for text, reading in readings:
        typer.echo(json.dumps({"phrase": text} | as_json(reading), ensure_ascii=False))


def _print_table(readings: "Iterable[tuple[str, Reading]]") -> None:
    from scheduler.commands.printing import print_table

    print_table(("phrase", "kind", "due", "", "why"), _rows(readings))


def _rows(readings: "Iterable[tuple[str, Reading]]") -> Iterator[tuple[Any, ...]]:
    for text, reading in readings:
        due = reading.due.isoformat() if reading.due else ", ".join(reading.rrules) or reading.offset or ""
        hour = f" {reading.at:%H:%M}" if reading.at else ""
        why = "; ".join(dict.fromkeys((reading.why.en, *(doubt.en for doubt in reading.doubts))))
        yield text, reading.kind, f"{due}{hour}", reading.confidence, why
