"""`dondoc read`: an official plan as a draft of its rule file, or the changes that a new version of it makes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ConfigOption, Format, FormatOption, new_app

if TYPE_CHECKING:
    from rules.directory import Directory
    from rules.plans.blocks import Pages
    from rules.plans.draft import Draft
    from rules.plans.sources.progress import Progress
    from rules.plans.writing import Office
    from scheduler.commands.plans import Known
    from scheduler.commands.versions import Version

app = new_app()
_LARGEST = 100_000_000
_SUFFIXES = (".yaml", ".yml")


@app.command(epilog="Example: dondoc read ke-hoach.docx -o programmes/ke-hoach.yaml --year 2026")
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The plan: .docx, .xlsx, .pdf, or text with tables.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The rule file; stdout by default.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(metavar="YYYY", min=1945, max=2100, help="The year of dates that name none.")
    ] = None,
    directory: Annotated[
        str | None,
        typer.Option(metavar="ID|FILE", help="The agencies: a directory's id, its file, or a new file to draft it in."),
    ] = None,
    standing: Annotated[str | None, typer.Option(metavar="UNIT", help="The standing office of the programme.")] = None,
    merge: Annotated[bool, typer.Option("--merge", help="Write the changes into the rule file there is.")] = False,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """Read an official plan and draft its rule file, with a question (# CHECK:) at everything that is not sure.

    A rule file that is there already is never written over: the changes that the plan makes in it are shown, and with
    --merge made, in the lines concerned alone; the file as it was is kept beside it, ending in .bak.
    """
    from rules.plans.reading import read_plan
    from rules.plans.writing import TooLarge
    from scheduler.commands.plans import known, office, programme_id
    from scheduler.commands.reading import Refused
    from scheduler.commands.versions import version

    _check(output)
    rules = known(config)
    try:
        if output is not None and output.exists():
            now = version(rules, output)
            draft = read_plan(_pages(file), directory=now.directory, year=year)
            _propose(draft, now, rules, merge=merge, format=format)
        else:
            draft, chosen = _drafted(_pages(file), rules, directory, year)
            if chosen is None:
                _print_unresolved(draft, format, is_file=output is not None)
            else:
                id = programme_id(draft, file, output)
                _print_draft(draft, office(draft, chosen, rules, id=id, standing=standing), output, format)
    except TooLarge as fault:
        raise Refused(f"{file}: {fault.reason.en}") from None
    if not draft.tasks and not draft.indicators:
        raise typer.Exit(1)


def _check(output: Path | None) -> None:
    if output is None:
        return
    if output.is_dir() or not output.parent.is_dir():
        what = "is a folder" if output.is_dir() else f"lies in a folder that does not exist: {output.parent}"
        raise typer.BadParameter(f"{output} {what}", param_hint="-o")
    if output.suffix not in _SUFFIXES:
        raise typer.BadParameter(f"{output.name!r} ends in neither .yaml nor .yml", param_hint="-o")


def _pages(file: Path) -> "Pages":
    """Return what a document holds; Refused where it cannot be opened or read."""
    from rules.plans.blocks import Unreadable
    from rules.plans.sources.opening import pages
    from scheduler.commands.reading import Refused

    try:
        with file.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
        with _progress() as progress:
            return pages(data, file.name, progress)
    except OSError as fault:
        raise Refused(f"{file}: {fault.strerror}") from None
    except Unreadable as fault:
        raise Refused(f"{file}: {fault.reason.en}") from None


@contextmanager
def _progress() -> "Iterator[Progress]":
    """Yield what shows how far the reading has come, on a terminal only."""
    from rules.plans.sources.progress import unseen

    if not sys.stderr.isatty():
        yield unseen
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("reading")
        yield lambda done, total: bar.update(shown, completed=done, total=max(done, total))


def _drafted(pages: "Pages", rules: "Known", wanted: str | None, year: int | None) -> "tuple[Draft, Directory | None]":
    """Return the draft, and the directory its agencies were looked up in: the one wanted, or the one that fits best."""
    from rules.plans.reading import read_plan
    from scheduler.commands.plans import best_fit, directory_in, directory_of

    directories = list(rules.rulebook.directories.values())
    if wanted is not None:
        file = Path(wanted)
        if file.suffix not in _SUFFIXES:
            chosen = directory_of(wanted, rules.rulebook)
        else:
            chosen = directory_in(file) if file.exists() else _new_directory(pages, file, year, rules)
        return read_plan(pages, directory=chosen, year=year), chosen
    if len(directories) == 1:
        return read_plan(pages, directory=directories[0], year=year), directories[0]
    draft = read_plan(pages, directory=None, year=year)
    fit = best_fit(draft, directories)
    if fit is None:
        return draft, None
    typer.echo(
        f"directory {fit.directory.id}: {fit.found} of {fit.cells} cells found; another with --directory", err=True
    )
    return read_plan(pages, directory=fit.directory, year=year), fit.directory


def _new_directory(pages: "Pages", file: Path, year: int | None, rules: "Known") -> "Directory":
    """Write the draft of a directory with the agencies of the plan, and return it."""
    from rules.plans.directory_draft import draft_directory
    from rules.plans.reading import read_plan
    from scheduler.commands.kept import keep
    from scheduler.commands.plans import directory_in

    draft = read_plan(pages, directory=None, year=year)
    keep(file, draft_directory(draft.tasks, id=file.stem, language=rules.language))
    typer.echo(f"{file}: a directory drafted from the plan", err=True)
    return directory_in(file)


def _print_unresolved(draft: "Draft", format: Format, *, is_file: bool) -> None:
    """Print a draft without agencies, which only programs can use."""
    from scheduler.commands.drafted import as_json
    from scheduler.commands.printing import print_json
    from scheduler.commands.reading import Misconfigured

    if is_file or format != "json":
        raise Misconfigured(
            "no directory of agencies is known: name one with --directory, or a new file to draft it in"
        )
    print_json(as_json(draft))


def _print_draft(draft: "Draft", office: "Office", output: Path | None, format: Format) -> None:
    """Write the rule file of a draft, and print it where it goes to no file."""
    from rules.plans.writing import rule_file
    from scheduler.commands.drafted import as_json, print_summary
    from scheduler.commands.kept import keep
    from scheduler.commands.printing import print_json

    written = rule_file(draft, office) if output is not None or format != "json" else None
    if written is not None and output is not None:
        keep(output, written.text)
    if format == "json":
        print_json(as_json(draft))
    elif written is not None:
        if output is None:
            typer.echo(written.text, nl=False)
        print_summary(written, draft)


def _propose(draft: "Draft", now: "Version", rules: "Known", *, merge: bool, format: Format) -> None:
    """Print what the plan changes in a rule file, and make the changes where that is asked for."""
    from scheduler.commands.drafted import as_json, changes_as_json, print_changes
    from scheduler.commands.kept import keep
    from scheduler.commands.printing import print_json
    from scheduler.commands.versions import next_version

    merged = next_version(draft, now, rules.language)
    is_changed = merged.text != now.text
    if merge and is_changed:
        keep(now.file.with_name(f"{now.file.name}.bak"), now.text)
        keep(now.file, merged.text)
    if format == "json":
        print_json(as_json(draft) | {"changes": changes_as_json(merged.changes)})
        return
    if merged.changes:
        print_changes(merged.changes)
    made = "changed" if merge else "left as it is; --merge makes these changes"
    typer.echo(f"{now.file}: {made if is_changed else 'the plan changes nothing in it'}", err=True)
