"""`dondoc summary`: how much is done and how much is late, by programme and unit, today or on a past day."""

from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ConfigOption, FormatOption, PastDayOption, moment_on, new_app

if TYPE_CHECKING:
    from rules.summary import Counts
    from scheduler.summing import Summary

app = new_app()


@app.command(epilog="Example: dondoc summary --on 2026-03-31 --format json")
def summary(
    on: PastDayOption = None,
    programme: Annotated[str | None, typer.Option(metavar="PROGRAMME", help="Only this programme.")] = None,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """Count what is done and not done, in time and late, by programme and unit; list what is late.

    For a past day it says what was true and known at the end of that day, whatever was edited or recorded since.
    """
    from scheduler.clock import system_clock
    from scheduler.commands.database import office
    from scheduler.commands.naming import find_programme
    from scheduler.commands.printing import print_json
    from scheduler.commands.remembered import past_or_refused
    from scheduler.summing import summary as summed_up

    with office(config) as opened:
        now = system_clock()
        at = moment_on(on, opened.config.policy.zone, now=now)
        with opened.engine.connect() as connection:
            then = past_or_refused(connection, opened.config, at=at)
            if programme is not None:
                find_programme(programme, then.rulebook)
            found = summed_up(connection, opened.config, then, programme=programme)
        if format == "json":
            from scheduler.commands.printing import local

            print_json({**found.as_json(), "at": local(found.at, opened.config.policy.zone)})
        else:
            _print(found)


def _print(found: "Summary") -> None:
    """Print a table for each programme, all of them together, and what is late."""
    from scheduler.commands.printing import counted, print_table

    heads = ("đơn vị", *_HEADS)
    for one in found.programmes:
        rows = [(unit.name, *_row(unit.counts)) for unit in one.units]
        print_table(heads, [*rows, ("Cộng", *_row(one.counts))], title=f"{one.programme.id}: {one.programme.title}")
        typer.echo("")
    print_table(("đến hết ngày", *_HEADS), [(found.on, *_row(found.counts))])
    if found.provisional:
        typer.echo(f"tạm tính (lịch nghỉ chưa được công bố): {counted(found.provisional, 'deadline')}")
    if found.late:
        typer.echo("")
        print_table(
            ("quá hạn (ngày)", "nhiệm vụ", "phần", "đơn vị", "hạn", ""),
            [
                (
                    row.days_late,
                    row.called.place,
                    row.key.part,
                    row.key.unit,
                    f"{row.due}{' (tạm tính)' if row.term.provisional else ''}",
                    row.title[:60],
                )
                for row in found.late
            ],
        )


_HEADS = ("tổng số", "HT đúng hạn", "HT quá hạn", "chưa HT trong hạn", "chưa HT quá hạn", "không thời hạn", "hết kỳ")
"""HT: hoàn thành, as offices write it."""


def _row(counts: "Counts") -> tuple[int, ...]:
    from rules.summary import Count

    of = {one: counts.of.get(one, 0) for one in Count}
    undated = of[Count.DONE_UNDATED] + of[Count.OPEN_UNDATED]
    return (
        counts.total,
        of[Count.DONE_IN_TIME],
        of[Count.DONE_LATE],
        of[Count.OPEN_IN_TIME],
        of[Count.OPEN_LATE],
        undated,
        of[Count.CLOSED],
    )
