"""`dondoc plan`: what putting the rule files in force would do, before anybody does it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.commands.options import ByOption, ConfigOption, RulesOption, new_app
from scheduler.garbage import left_uncollected

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.commands.reading import Reading
    from scheduler.planning import Planned

app = new_app()
CHANGES = 3
"""The exit code where there is something to do."""


@app.command(epilog="Example: dondoc plan --details")
def plan(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Save the plan; `dondoc apply FILE` carries it out.")
    ] = None,
    details: Annotated[bool, typer.Option("--details", "-v", help="Every letter, and how days were counted.")] = False,
    by: ByOption = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    format: Annotated[
        Literal["table", "json", "html"],
        typer.Option("--format", help="For people, for programs, or a page for offices."),
    ] = "table",
) -> None:
    """Say what putting the rule files in force would do: deadlines that move, obligations that appear and end, letters.

    Nothing is written to the database, nothing is sent. Ends with 0 where there is nothing to do, 3 where there is, 1
    where the rule files have problems.
    """
    with left_uncollected():
        from scheduler.clock import system_clock
        from scheduler.commands.reading import read_all

        read = read_all(config, rules)
        found = planned(read, system_clock())
        if out is not None:
            _save(found, out, by)
        _print(found, read, format, details=details)
        if format == "table" and out is not None:
            typer.echo(f"saved to {out}; carry it out with: dondoc apply {out}", err=True)
    if not found.changes.is_empty:
        raise typer.Exit(CHANGES)


def planned(read: "Reading", now: "datetime") -> "Planned":
    """Return what the rule files read would do to the database there is, or to one still to be made; its tasks by their
    present ids."""
    from dataclasses import replace

    from db.engine import open_reader
    from rules.called import present_ids
    from rules.changes.named import as_named
    from scheduler.commands.database import database, is_applied
    from scheduler.planning import plan_edit

    with database(read.config, open_reader) as engine:
        there = engine if is_applied(engine) else None
        found = plan_edit(read.config, there, read.rulebook, read.files.files, now=now)
    return replace(found, changes=as_named(found.changes, present_ids(read.rulebook)))


def _save(found: "Planned", out: Path, by: str | None) -> None:
    from scheduler.commands.database import whoever
    from scheduler.commands.reading import Misconfigured
    from scheduler.plan_file import as_saved

    try:
        out.write_text(as_saved(found, by=whoever(by)), encoding="utf-8")
    except OSError as fault:
        raise Misconfigured(f"{out}: {fault.strerror}") from None


def _print(found: "Planned", read: "Reading", format: str, *, details: bool) -> None:
    if format == "json":
        from scheduler.commands.printing import print_json
        from scheduler.plan_file import values_of

        in_force = found.in_force.id if found.in_force else None
        print_json({"summary": found.summary._asdict(), "revision": in_force, **values_of(found)})
    elif format == "html":
        from scheduler.plan_page import page

        typer.echo(page(found, read.config.policy.zone))
    else:
        from scheduler.commands.planned import print_plan

        print_plan(found, read.config.policy.zone, details=details)
