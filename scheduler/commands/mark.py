"""`dondoc mark`: that the state of a task was entered in the national system."""

from datetime import date
from typing import Annotated

import typer

from scheduler.commands.options import (
    ByOption,
    ConfigOption,
    NoteOption,
    OccurrenceOption,
    PartOption,
    TaskArgument,
    UnitOption,
    day,
    new_app,
)

app = new_app()


@app.command(epilog="Example: dondoc mark dong-thap-2026/A.14 --entered-on 2026-04-03")
def mark(
    task: TaskArgument,
    entered_on: Annotated[date, typer.Option(metavar="DATE", parser=day, help="The day it was entered.")],
    unit: UnitOption = None,
    part: PartOption = None,
    occurrence: OccurrenceOption = None,
    all: Annotated[bool, typer.Option("--all", help="All that match, where several do.")] = False,
    note: NoteOption = None,
    by: ByOption = None,
    config: ConfigOption = None,
) -> None:
    """Record that the present state of a task was entered in the national system; once it changes, summaries say so."""
    from rules.calendar import local_day
    from scheduler.clock import system_clock
    from scheduler.commands.database import office, whoever
    from scheduler.commands.meant import called_in, chosen, obligations
    from scheduler.commands.naming import Narrowed
    from scheduler.commands.reading import Refused
    from scheduler.periodic.writing import marked
    from scheduler.recording import Said

    with office(config) as opened:
        now = system_clock()
        if entered_on > local_day(now, opened.config.policy.zone):
            raise typer.BadParameter(f"{entered_on} has not come yet", param_hint="--entered-on")
        found = obligations(opened, task, Narrowed(unit, part, occurrence), ("open", "done", "closed"))
        meant = chosen(opened, found, task, state="is followed", every=all)
        for obligation in meant:
            if not marked(opened, obligation, entered_on, Said(whoever(by), now, note)):
                raise Refused(f"{called_in(opened, obligation)} is in the rules no more")
        names = [called_in(opened, obligation) for obligation in meant]
    for name in names:
        typer.echo(f"entered on {entered_on}: {name}")
