"""`dondoc read`: an official plan as a draft of its rule file, or the changes that a new version of it makes."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ConfigOption, Format, FormatOption, day, new_app

if TYPE_CHECKING:
    from rules.directory import Directory
    from rules.plans.blocks import Pages
    from rules.plans.draft import Draft
    from rules.plans.sources.progress import Progress
    from rules.plans.writing import Office
    from scheduler.commands.plans import Known
    from scheduler.commands.versions import Version

    Reads = Callable[[Directory | None], Draft]
    """Reads the plan with the agencies of a directory."""

app = new_app()
_LARGEST = 100_000_000
_CELL, _CELLS = 60, 3
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
    issued: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day, help="The document's day of issue, whatever stands in it."),
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
        now = version(rules, output) if output is not None and output.exists() else None
        pages = _pages(file)
        _refuse_classified(pages, file)

        def reads(directory: "Directory | None") -> "Draft":
            with _progress("reading"):
                return read_plan(pages, directory=directory, year=year, issued=issued)

        draft, chosen = (reads(now.directory), None) if now else _drafted(reads, rules, directory)
        if _is_empty(draft):
            _print_empty(draft, format)
            raise typer.Exit(1)
        if now is not None:
            _propose(draft, now, rules, merge=merge, format=format)
        elif chosen is None:
            _print_unresolved(draft, format, is_file=output is not None)
        else:
            id = programme_id(draft, file, output)
            _print_draft(draft, office(draft, chosen, rules, id=id, standing=standing), output, format)
    except TooLarge as fault:
        raise Refused(f"{file}: {fault.reason.en}") from None


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
    from rules.plans.sources.opening import pages, refuse_large
    from scheduler.commands.reading import Refused

    try:
        with file.open("rb") as opened:
            refuse_large(os.fstat(opened.fileno()).st_size)
            data = opened.read(_LARGEST + 1)
        # It speaks of every unusual font; what matters about a document is in its pages' notices.
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        with _progress("opening") as progress:
            return pages(data, file.name, progress)
    except OSError as fault:
        raise Refused(f"{file}: {fault.strerror}") from None
    except Unreadable as fault:
        raise Refused(f"{file}: {fault.reason.en}") from None


def _refuse_classified(pages: "Pages", file: Path) -> None:
    """Raise Refused where a document bears a marking of classified matter: nothing of it is written or shown."""
    from rules.classified import CODE
    from rules.plans.marked import marked
    from scheduler.commands.reading import Refused

    found = next(marked(pages), None)
    if found is not None:
        where = f", {found.at}" if str(found.at) else ""
        raise Refused(f"{file}{where}: {CODE}: {found.marking.said.vi} ({found.marking.said.en}); nothing was written")


@contextmanager
def _progress(step: str) -> "Iterator[Progress]":
    """Yield what shows how far a step has come, on a terminal only; a bar that moves, until it is told how far."""
    from rules.plans.sources.progress import unseen

    if not sys.stderr.isatty():
        yield unseen
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task(step, total=None)
        yield lambda done, total: bar.update(shown, completed=done, total=max(done, total))


def _drafted(reads: "Reads", rules: "Known", wanted: str | None) -> "tuple[Draft, Directory | None]":
    """Return the draft, and the directory its agencies were looked up in: the one wanted, or the one that fits best."""
    from scheduler.commands.plans import best_fit, directory_in, directory_of

    directories = list(rules.rulebook.directories.values())
    if wanted is not None:
        file = Path(wanted)
        if file.suffix not in _SUFFIXES:
            chosen = directory_of(wanted, rules.rulebook)
        elif file.exists():
            chosen = directory_in(file, rules.language)
        else:
            draft = reads(None)
            if _is_empty(draft):
                return draft, None
            chosen = _new_directory(draft, file, rules)
        return reads(chosen), chosen
    if len(directories) == 1:
        return reads(directories[0]), directories[0]
    draft = reads(None)
    fit = best_fit(draft, directories)
    if fit is None:
        return draft, None
    shown = [f"«{shorten(cell, _CELL, placeholder=' …')}»" for cell in list(fit.unknown)[:_CELLS]]
    more = ["…"] if len(fit.unknown) > _CELLS else []
    missing = f", not {', '.join(shown + more)}" if shown else ""
    typer.echo(
        f"directory {fit.directory.id}: {fit.found} of {fit.cells} cells found{missing}; another with --directory",
        err=True,
    )
    return reads(fit.directory), fit.directory


def _new_directory(draft: "Draft", file: Path, rules: "Known") -> "Directory":
    """Write the draft of a directory with the agencies of the plan, and return it."""
    from rules.plans.directory_draft import draft_directory
    from scheduler.commands.kept import keep
    from scheduler.commands.plans import directory_in

    keep(file, draft_directory(draft.tasks, id=file.stem, language=rules.language))
    typer.echo(f"{file}: a directory drafted from the plan", err=True)
    return directory_in(file, rules.language)


def _is_empty(draft: "Draft") -> bool:
    return not draft.tasks and not draft.indicators


def _print_empty(draft: "Draft", format: Format) -> None:
    """Print what is asked about a document without tasks and indicators, of which no rule file is made."""
    from scheduler.commands.drafted import as_json, print_doubts
    from scheduler.commands.printing import print_json

    if format == "json":
        print_json(as_json(draft))
    else:
        typer.echo("0 tasks, 0 indicators: nothing is written", err=True)
        print_doubts(draft)


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

    with _progress("writing"):
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
    from scheduler.commands.kept import backup, keep
    from scheduler.commands.printing import print_json
    from scheduler.commands.versions import next_version

    with _progress("writing"):
        merged = next_version(draft, now, rules.language)
    is_changed = merged.text != now.text
    if merge and is_changed:
        keep(backup(now.file), now.text)
        keep(now.file, merged.text)
    if format == "json":
        print_json(as_json(draft) | {"changes": changes_as_json(merged.changes)})
        return
    if merged.changes:
        print_changes(merged.changes)
    made = "changed" if merge else "left as it is; --merge makes these changes"
    typer.echo(f"{now.file}: {made if is_changed else 'the plan changes nothing in it'}", err=True)
