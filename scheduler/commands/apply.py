"""`dondoc apply`: put the rule files in force."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ByOption, ConfigOption, FormatOption, new_app

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from db.sync import SyncCounts
    from rules.programme import Rulebook
    from scheduler.applying import Applied
    from scheduler.commands.reading import Reading

app = new_app()


@app.command(epilog="Example: dondoc apply --yes")
def apply(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    by: ByOption = None,
    revert: Annotated[
        int | None, typer.Option(metavar="REVISION", min=1, help="Put the files of an earlier revision in force again.")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="With --revert: put these files back into the folder, too.")
    ] = False,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """Put the rule files in force: bring the database up to date and its obligations to what the files ask for.

    Says what would change and asks. What was already judged or sent stays as it is.
    """
    from scheduler.applying import Origin, apply_rules
    from scheduler.clock import system_clock
    from scheduler.commands.database import database, whoever
    from scheduler.commands.printing import print_json
    from scheduler.commands.reading import read_all

    if write and revert is None:
        raise typer.BadParameter("only a revert writes into the folder: say --revert REVISION", param_hint="--write")
    if revert is not None:
        from scheduler.commands import reverted

        reverted.revert(revert, write=write, yes=yes, by=by, config=config, format=format)
        return
    read = read_all(config)
    if not yes:
        _ask(read, system_clock())
    # After the question: what nobody had agreed to yet was not in force.
    now = system_clock()
    origin = Origin(whoever(by), ", ".join(read.config.rules))
    with database(read.config) as engine, _progress(read.rulebook) as progress:
        applied = apply_rules(
            read.config, engine, read.rulebook, read.files.files, origin=origin, now=now, progress=progress
        )
    if format == "json":
        print_json({"revision": applied.revision, "is_new": applied.is_new, **_changes(applied.counts)})
    else:
        typer.echo(_told(applied))


def _ask(read: "Reading", now: datetime) -> None:
    from scheduler.commands.database import database
    from scheduler.commands.reading import Misconfigured

    if not sys.stdin.isatty():
        raise Misconfigured("nobody is there to be asked: say --yes")
    with database(read.config) as engine:
        typer.echo(_counts(_planned(read, engine, now)), err=True)
    typer.confirm("Put these rule files in force?", abort=True, err=True)


def _planned(read: "Reading", engine: "Engine", now: datetime) -> "SyncCounts":
    from db.migrate import migrate
    from scheduler.foreseen import foreseen

    migrate(engine)
    return foreseen(read.config, engine, read.rulebook, now=now)


def _told(applied: "Applied") -> str:
    new = "" if applied.is_new else ", the same files as before"
    return f"revision {applied.revision} is in force{new}: {_counts(applied.counts)}"


def _counts(counts: "SyncCounts") -> str:
    from scheduler.commands.printing import counted

    changes = ", ".join(f"{count} {name}" for name, count in _changes(counts).items() if count and name != "wanted")
    return f"{counted(counts.wanted, 'obligation')} ({changes or 'no change'})"


def _changes(counts: "SyncCounts") -> dict[str, int]:
    return {name: getattr(counts, name) for name in ("wanted", "new", "moved", "reopened", "withdrawn")}


@contextmanager
def _progress(rulebook: "Rulebook") -> Iterator[Callable[[int], None] | None]:
    """Yield what shows how far it has come, on a terminal only; the total is an estimate."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    from rules.roster import owing_units

    tasks = [task for programme in rulebook.programmes.values() for task in programme.tasks.values()]
    total = sum(len(owing_units(task)) * len(task.deadlines) for task in tasks)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("obligations", total=total)
        yield lambda done: bar.update(shown, completed=done, total=max(done, total))
