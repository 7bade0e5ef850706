"""`dondoc summary`: how much is done and how much is late, by programme and unit, today or on a past day; and what the
standing office says of a week, a month or a quarter."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.commands.options import (
    ByOption,
    ConfigOption,
    NoteOption,
    PastDayOption,
    StandingOfficeOption,
    moment_on,
    new_app,
)

if TYPE_CHECKING:
    from scheduler.summing import Summary

app = new_app()
Form = Literal["table", "json", "html", "docx", "xlsx"]


@app.callback(
    invoke_without_command=True,
    epilog="Example: dondoc summary --period 2026-W14 --out bao-cao.docx",
)
def summary(
    context: typer.Context,
    on: PastDayOption = None,
    programme: Annotated[str | None, typer.Option(metavar="PROGRAMME", help="Only this programme.")] = None,
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="The summary of 2026-W14, 2026-04 or 2026-Q2.")
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="UNIT", help="What that summary says of this unit.")] = None,
    standing: StandingOfficeOption = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="As all stands now, even if that period is over or its summary was sent.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to; its ending says the form.")
    ] = None,
    config: ConfigOption = None,
    format: Annotated[
        Form | None, typer.Option("--format", help="For people, for programs, or as a file; a table by default.")
    ] = None,
) -> None:
    """Count what is done and not done, in time and late, by programme and unit; list what is late.

    For a past day it says what was true and known at the end of that day, whatever was edited or recorded since.

    With --period it is the summary of a week, a month or a quarter: as it was sent, or as it stands if it was not.
    """
    if context.invoked_subcommand is not None:
        return
    wants_period = period or unit or standing or anew or out or format in ("html", "docx", "xlsx")
    if not wants_period:
        _count(on, programme, config, as_json=format == "json")
        return
    from scheduler.commands.summarised import Asked, summarised

    summarised(config, Asked(period, on, programme, unit, standing, anew, out, format))


@app.command(epilog="Example: dondoc summary confirm 2026-W14")
def confirm(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="Which one: 2026-W14, 2026-04, 2026-Q2.")],
    standing: StandingOfficeOption = None,
    anew: Annotated[bool, typer.Option("--anew", help="As all stands now, not as the draft has it.")] = False,
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Confirm the draft of a period for the standing office: the next pass sends it to the overseers and the chair."""
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.reading import Refused
    from scheduler.commands.summarised import bureau_meant, period_meant
    from scheduler.periodic.writing import AlreadySent, confirmed
    from scheduler.recording import Said

    with office(config) as opened:
        now = system_clock()
        meant = period_meant(period, opened.config.policy.zone, now=now)
        bureau = bureau_meant(opened.rulebook, standing)
        if meant.first > now.astimezone(opened.config.policy.zone).date():
            raise Refused(f"{meant} has not begun")
        try:
            found = confirmed(opened, str(bureau.office), meant, Said(whoever(by), now, note), anew=anew)
        except AlreadySent:
            raise Refused(f"the summary of {meant} was sent already") from None
        if found is None:
            raise Refused(f"{bureau.office} follows nothing yet")
        told = f"{found.at.astimezone(opened.config.policy.zone):%Y-%m-%d %H:%M}"
    typer.echo(f"confirmed: {meant} of {bureau.office}, as of {told}")


def _count(on: date | None, programme: str | None, config: Path | None, *, as_json: bool) -> None:
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
        if as_json:
            from scheduler.commands.printing import local

            print_json({**found.as_json(), "at": local(found.at, opened.config.policy.zone)})
        else:
            _print(found)


def _print(found: "Summary") -> None:
    """Print a table for each programme, all of them together, and what is late."""
    from rules.periodic.telling import unit_row
    from scheduler.commands.printing import counted, due_cell, print_table

    heads = ("đơn vị", *_HEADS)
    for one in found.programmes:
        rows = [(unit.name, *unit_row(unit.counts)) for unit in one.units]
        print_table(heads, [*rows, ("Cộng", *unit_row(one.counts))], title=f"{one.programme.id}: {one.programme.title}")
        if sum(unit.counts.total for unit in one.units) > one.counts.total:
            typer.echo("(lượt chung tính cho từng đơn vị)")
        typer.echo("")
    print_table(("đến hết ngày", *_HEADS), [(found.on, *unit_row(found.counts))])
    typer.echo(f"đến hạn hôm nay: {found.counts.due_today}; sắp đến hạn: {found.counts.due_soon}")
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
                    due_cell(row.due, row.term.at) + (" (tạm tính)" if row.term.provisional else ""),
                    row.title[:60],
                )
                for row in found.late
            ],
        )


_HEADS = ("tổng số", "HT đúng hạn", "HT quá hạn", "chưa HT trong hạn", "chưa HT quá hạn", "không thời hạn", "hết kỳ")
"""HT: hoàn thành, as offices write it."""
