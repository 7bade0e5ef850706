"""`dondoc fmt`: rule files put in the house layout, every comment and meaning kept."""

from pathlib import Path
from typing import Annotated

import typer

from scheduler.commands.options import ConfigOption, new_app

app = new_app()


@app.command(epilog="Example: dondoc fmt programmes --diff")
def fmt(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE|DIR]...", help="Rule files in place of the configured ones.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a file is laid out otherwise.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
    config: ConfigOption = None,
) -> None:
    """Put rule files in the house layout: two blanks a level, keys in the order of the language.

    Comments, and what stands in quotes, braces and brackets, stay as they are written. A file with problems is left
    alone, and they are printed.
    """
    from rules.layout import laid_out
    from scheduler.commands.kept import keep
    from scheduler.commands.reading import configuration, office_language
    from scheduler.folder import read_rules

    entries, folder = ([str(path) for path in paths], Path.cwd()) if paths else ((), Path())
    if not paths:
        settings = configuration(config)
        entries, folder = list(settings.rules), settings.folder
    read = read_rules(entries, folder)
    problems, changed = list(read.problems), 0
    for name, data in read.files.items():
        made = laid_out(name, data)
        if isinstance(made, list):
            problems += made
        elif made.encode() != data:
            changed += 1
            if diff:
                _print_diff(name, data, made)
            elif check:
                typer.echo(f"{name}: would be laid out anew")
            else:
                keep(folder / name, made)
                typer.echo(f"{name}: laid out anew")
    language = office_language(config) if problems else "vi"
    for problem in problems:
        typer.echo(problem.line(language))
    _print_summary(len(read.files), changed, len(problems), is_dry=check or diff)
    if problems or (changed and (check or diff)):
        raise typer.Exit(1)


def _print_diff(name: str, data: bytes, made: str) -> None:
    from difflib import unified_diff

    before = data.decode("utf-8").removeprefix("\ufeff").splitlines()
    for line in unified_diff(before, made.splitlines(), name, name, lineterm=""):
        typer.echo(line)


def _print_summary(files: int, changed: int, problems: int, *, is_dry: bool) -> None:
    from scheduler.commands.printing import counted

    left = f"; {counted(problems, 'problem')}, such files are left alone" if problems else ""
    said = "would change" if is_dry else "changed"
    typer.echo(f"{counted(files, 'file')}: {changed} {said}, {files - changed} as they are{left}")
