"""`dondoc apply`: put the rule files in force."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ByOption, ConfigOption, FormatOption, new_app

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from db.revisions import Revision
    from db.sync import SyncCounts
    from rules.programme import Rulebook
    from scheduler.applying import Applied
    from scheduler.commands.reading import Reading

    Unless = Callable[[Connection], None]

app = new_app()


@app.command(epilog="Example: dondoc apply plan.json")
def apply(
    plan: Annotated[
        Path | None, typer.Argument(metavar="PLAN", help="A plan saved with `dondoc plan --out`: just that.")
    ] = None,
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

    Says what would change and asks. What was already judged or sent stays as it is. A saved plan is carried out
    without a question, unless the rule files, facts or letters are not those it was made for.
    """
    from scheduler.clock import system_clock
    from scheduler.commands.reading import Refused, read_all
    from scheduler.plan_file import MovedOn

    if write and revert is None:
        raise typer.BadParameter("only a revert writes into the folder: say --revert REVISION", param_hint="--write")
    if revert is not None:
        from scheduler.commands import reverted

        reverted.revert(revert, write=write, yes=yes, by=by, config=config, format=format)
        return
    if plan is not None:
        _carry_out(plan, config, by, format)
        return
    read = read_all(config)
    if yes:
        _print(_applied(read, by, system_clock()), format)
        return
    unless = _ask(read, system_clock())
    try:
        # After the question: what nobody had agreed to yet was not in force.
        _print(_applied(read, by, system_clock(), unless), format)
    except MovedOn as fault:
        raise Refused(f"somebody was quicker: {fault}; plan anew") from None


def _applied(read: "Reading", by: str | None, now: datetime, unless: "Unless" = lambda _: None) -> "Applied":
    from scheduler.applying import apply_rules
    from scheduler.commands.database import database, whoever
    from scheduler.origin import origin_of

    files = read.files.files
    origin = origin_of(read.config, files, by=whoever(by))
    with database(read.config) as engine, _progress(read.rulebook) as progress:
        return apply_rules(
            read.config, engine, read.rulebook, files, origin=origin, now=now, progress=progress, unless=unless
        )


def _print(applied: "Applied", format: str) -> None:
    from scheduler.commands.printing import print_json

    if format == "json":
        print_json({"revision": applied.revision, "is_new": applied.is_new, **_changes(applied.counts)})
    else:
        typer.echo(_told(applied))


def _ask(read: "Reading", now: datetime) -> "Unless":
    """Show the plan and ask; return what refuses should others have put another revision in force meanwhile."""
    from db.migrate import migrate
    from scheduler.commands.database import database
    from scheduler.commands.plan import planned
    from scheduler.commands.planned import print_plan
    from scheduler.commands.reading import Misconfigured
    from scheduler.plan_file import DoneAlready, check_revision

    if not sys.stdin.isatty():
        raise Misconfigured("nobody is there to be asked: say --yes")
    with database(read.config) as engine:
        migrate(engine)
    found = planned(read, now)
    with redirect_stdout(sys.stderr):
        print_plan(found, read.config.policy.zone, details=False)
    typer.confirm("Put these rule files in force?", abort=True, err=True)
    planned_from = found.in_force.id if found.in_force else None

    def unless(connection: "Connection") -> None:
        with suppress(DoneAlready):
            check_revision(connection, planned_from=planned_from, after=read.rulebook.digest)

    return unless


def _carry_out(file: Path, config: Path | None, by: str | None, format: str) -> None:
    """Put a saved plan in force, just as it was saved; one that is in force already is left at that."""
    from scheduler.clock import system_clock
    from scheduler.commands.reading import Reading, Refused, configuration
    from scheduler.folder import RuleFiles, read_rules
    from scheduler.moved_on import seen
    from scheduler.plan_file import DoneAlready, MovedOn, Unusable, check_world, files_changed, saved_plan

    settings = configuration(config)
    now = system_clock()
    try:
        saved, rulebook, files = saved_plan(file)
    except Unusable as fault:
        raise Refused(str(fault)) from None
    edited = list(files_changed(files, read_rules(settings.rules, settings.folder).files))

    def unless(connection: "Connection") -> None:
        check_world(connection, saved, seen(connection, settings.policy, now=now))
        if edited:
            raise MovedOn("; ".join(edited))

    try:
        read = Reading(settings, RuleFiles(files, ()), rulebook)
        _print(_applied(read, by, now, unless), format)
    except DoneAlready as known:
        _print_known(known.revision, format)
    except MovedOn as fault:
        raise Refused(f"the world has moved on since {file} was made: {fault}; plan anew") from None


def _print_known(revision: "Revision", format: str) -> None:
    from scheduler.commands.printing import print_json

    if format == "json":
        print_json({"revision": revision.id, "is_new": False, "carried_out_by": revision.applied_by})
    else:
        told = f"revision {revision.id} ({revision.applied_by}, {revision.applied_at:%Y-%m-%d %H:%M} UTC)"
        typer.echo(f"this plan was carried out already, as {told}: nothing to do")


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

    tasks = [task for programme in rulebook.programmes.values() for task in programme.followed()]
    total = sum(len(owing_units(task)) * len(task.deadlines) for task in tasks)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("obligations", total=total)
        yield lambda done: bar.update(shown, completed=done, total=max(done, total))
