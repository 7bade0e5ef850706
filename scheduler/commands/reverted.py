"""`dondoc apply --revert`: an earlier revision in force again, after showing what changes, and its files in the
folder."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Engine

    from scheduler.applying import Applied
    from scheduler.config import Config
    from scheduler.reverting import Reversion
    from scheduler.writing_back import Folder, Prepared


def revert(number: int, *, write: bool, yes: bool, by: str | None, config: Path | None, format: str) -> None:
    """Put revision `number` in force again; with `write`, put its files back into the folder as well."""
    from db.migrate import migrate
    from scheduler.clock import system_clock
    from scheduler.commands.database import database, is_applied
    from scheduler.commands.reading import Misconfigured, Refused, configuration
    from scheduler.reverting import CannotRevert, reversion
    from scheduler.writing_back import CannotWrite

    settings = configuration(config)
    with database(settings) as engine:
        if not is_applied(engine):
            raise Refused("no rule files are in force yet: there is nothing to revert")
        migrate(engine)
        try:
            with engine.connect() as connection:
                found = reversion(connection, number)
            folder = _folder(engine, settings, found)
            if not yes:
                if not sys.stdin.isatty():
                    raise Misconfigured("nobody is there to be asked: say --yes")
                _show(found, folder, engine, settings, write=write, now=system_clock())
                typer.confirm(f"Put revision {number} in force again?", abort=True, err=True)
            done, kept = _carry_out(found, folder, engine, settings, write=write, by=by)
        except (CannotRevert, CannotWrite) as fault:
            raise Refused(str(fault)) from None
    _tell(done, found, () if write else folder.differs, kept, format)


def _folder(engine: "Engine", settings: "Config", found: "Reversion") -> "Folder":
    from db.revisions import files_of
    from scheduler.writing_back import compared

    with engine.connect() as connection:
        return compared(settings, found.texts, files_of(connection, found.in_force.id))


def _carry_out(
    found: "Reversion", folder: "Folder", engine: "Engine", settings: "Config", *, write: bool, by: str | None
) -> "tuple[Applied, list[Path]]":
    """Revert, and write the files back; what can fail about the files is tried before anything is in force."""
    from db.passes import beat
    from scheduler.clock import system_clock
    from scheduler.commands.database import whoever
    from scheduler.origin import Origin
    from scheduler.reload import AGREED
    from scheduler.reverting import put_back
    from scheduler.writing_back import prepared

    ready: Prepared | None = prepared(settings, found.texts, folder) if write else None
    origin = Origin(whoever(by), f"revision {found.target.id}")
    try:
        done = put_back(
            settings, engine, found.target.id, origin=origin, now=system_clock(), expected=found.in_force.id
        )
    except BaseException:
        if ready is not None:
            with suppress(OSError):
                ready.drop()
        raise
    if ready is None:
        return done, []
    kept = ready.replace()
    with engine.begin() as connection:
        beat(connection, AGREED, at=system_clock(), text=str(done.revision))
    return done, kept


def _show(
    found: "Reversion", folder: "Folder", engine: "Engine", settings: "Config", *, write: bool, now: "datetime"
) -> None:
    """Say, on standard error, what the revert changes, and what of the folder."""
    from contextlib import redirect_stdout

    from scheduler.commands.history import print_edits
    from scheduler.foreseen import foreseen
    from scheduler.reverting import told_since

    counts = foreseen(settings, engine, found.rulebook, found.data, now=now)
    with redirect_stdout(sys.stderr):
        typer.echo(f"from revision {found.in_force.id} back to the files of revision {found.target.id}:")
        for file in found.files:
            typer.echo(f"  {file.name}: {file.change}, +{file.lines_added} -{file.lines_removed} lines")
        print_edits(list(found.edits))
        typer.echo(
            f"obligations: {counts.new} new, {counts.moved} moved, {counts.reopened} reopened, "
            f"{counts.withdrawn} withdrawn"
        )
        for line in told_since(found):
            typer.echo(line)
        if write and folder.edited:
            names = ", ".join(folder.edited)
            typer.echo(f"edited since revision {found.in_force.id} was applied, kept as .bak, then replaced: {names}")


def _tell(done: "Applied", found: "Reversion", differs: "tuple[str, ...]", kept: list[Path], format: str) -> None:
    from scheduler.commands.printing import print_json
    from scheduler.reverting import told_since

    counts = {name: getattr(done.counts, name) for name in ("wanted", "new", "moved", "reopened", "withdrawn")}
    if format == "json":
        print_json(
            {
                "revision": done.revision,
                "is_new": done.is_new,
                "reverts": found.target.id,
                **counts,
                "given_since": dict(found.given_since),
                "unknown": [str(key) for key in found.unknown],
                "folder_differs": list(differs),
                "kept": [str(path) for path in kept],
            }
        )
        return
    changed = ", ".join(f"{count} {name}" for name, count in counts.items() if count and name != "wanted")
    typer.echo(
        f"revision {done.revision} is in force, the files of revision {found.target.id}: {changed or 'no change'}"
    )
    for line in told_since(found):
        typer.echo(line)
    for path in kept:
        typer.echo(f"edited since it was applied, kept as {path}")
    if differs:
        names = ", ".join(differs)
        typer.echo(f"the folder still differs from what is in force: {names}")
        typer.echo(
            "the daemon leaves it alone until it agrees or somebody applies it; "
            f"`dondoc history --revision {done.revision}` shows what was reverted"
        )
