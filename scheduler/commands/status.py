"""`dondoc status`: how every obligation stands, on three axes, today or on a past day."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ConfigOption, FormatOption, PastDayOption, UnitOption, moment_on, new_app

if TYPE_CHECKING:
    from scheduler.attaining import Attaining
    from scheduler.standing import Row

app = new_app()


@app.command(epilog="Example: dondoc status --late --format json")
def status(
    on: PastDayOption = None,
    programme: Annotated[str | None, typer.Option(metavar="PROGRAMME", help="Only this programme.")] = None,
    unit: UnitOption = None,
    late: Annotated[bool, typer.Option("--late", help="Only what is open and late.")] = False,
    all: Annotated[bool, typer.Option("--all", help="Also what was closed or withdrawn.")] = False,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """Show how every obligation stands: progress, timeliness, verification; and the indicators with their targets
    and what was measured of them.

    As JSON one object a line. Done is not accepted: the three are told apart. A past day is told as it was known at its
    end, whatever was edited or recorded since.
    """
    from scheduler.attaining import attaining
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.naming import find_programme, find_unit
    from scheduler.commands.printing import print_json_lines
    from scheduler.commands.remembered import past_or_refused
    from scheduler.commands.switching import stopped
    from scheduler.standing import standing_then

    with office(config) as opened:
        now = system_clock()
        at = moment_on(on, opened.config.policy.zone, now=now)
        with opened.engine.connect() as connection:
            then = past_or_refused(connection, opened.config, at=at)
            if programme is not None:
                find_programme(programme, then.rulebook)
            if unit is not None:
                find_unit(unit, then.rulebook)
            # The switch as it is now: no part of what was so on a past day.
            if stop := stopped(connection, opened.config.policy.zone):
                typer.echo(stop, err=format == "json" or on is not None)
            found = standing_then(connection, opened.config, then, programme=programme, unit=unit)
            rows = (row for row in found if (row.is_late or not late) and (all or not row.is_over))
            if format == "json":
                print_json_lines(row.as_json() for row in rows)
            else:
                _print_table(list(rows))
            found_indicators = [] if late else list(attaining(connection, then, programme=programme, unit=unit))
    if format == "json":
        print_json_lines(line for one in found_indicators for line in one.as_json())
    elif found_indicators:
        _print_indicators(found_indicators)


def _print_table(rows: "list[Row]") -> None:
    from collections import Counter

    from rules.status import NAMES
    from scheduler.commands.printing import counted, due_cell, print_table

    shown = [
        (
            row.called.place,
            row.key.part,
            row.key.unit,
            due_cell(row.due, row.term.at) + (" (tạm tính)" if row.term.provisional else ""),
            NAMES[row.status.progress].vi,
            NAMES[row.status.timeliness].vi + (f" {row.days_late} ngày" if row.days_late else ""),
            NAMES[row.status.verification].vi,
            row.title[:60],
        )
        for row in rows
    ]
    print_table(("task", "part", "unit", "due", "progress", "timeliness", "verification", "title"), shown)
    counts = Counter(NAMES[row.status.timeliness].vi for row in rows)
    parts = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    typer.echo(counted(len(rows), "obligation") + (f": {parts}" if parts else ""))


def _print_indicators(found: "list[Attaining]") -> None:
    from rules.indicators.standing import ATTAINED
    from rules.indicators.target import unit_of
    from scheduler.commands.printing import print_table

    rows = [
        (
            f"{one.programme.id}/{one.indicator.id}",
            ", ".join(one.indicator.owner_named),
            year.due,
            year.target.said,
            year.last.value.said if year.last else "",
            year.last.on if year.last else "",
            ATTAINED[year.attained].vi,
            unit_of(one.indicator),
            one.indicator.title[:60],
        )
        for one in found
        for year in one.years
    ]
    typer.echo("")
    print_table(("indicator", "owner", "due", "target", "value", "measured", "status", "unit", "title"), rows)
