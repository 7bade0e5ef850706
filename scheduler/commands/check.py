"""`dondoc check`: everything that is wrong with the rule files and the templates, and what is only assumed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scheduler.commands.options import ConfigOption, FormatOption, new_app

if TYPE_CHECKING:
    from rules.load import Loaded
    from rules.problem import Problem
    from scheduler.config import Config

app = new_app()


@app.command(epilog="Example: dondoc check programmes")
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Rule files in place of the configured ones.")
    ] = None,
    no_scenarios: Annotated[
        bool, typer.Option("--no-scenarios", help="Leave the scenarios beside the rules out.")
    ] = False,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """Read the rule files and the office's own templates, play the scenarios beside the rules, and print every problem
    as file:line:column.

    Warnings (deadlines that no announced calendar covers yet, and the like) do not fail it.
    """
    from rules.doubts import doubts
    from scheduler.commands.reading import configuration
    from scheduler.folder import load_rules, read_rules

    settings = configuration(config, folder)
    read = read_rules(settings.rules, settings.folder)
    loaded = load_rules(read)
    problems = [*loaded.problems, *(() if no_scenarios else _of_scenarios(loaded, settings))]
    if settings.templates is not None:
        from notifications.verify import verify

        problems += verify(settings.templates, settings.language)
    warned = doubts(loaded.rulebook, settings.policy) if loaded.rulebook else []
    if format == "json":
        _print_json(problems, warned, _counts(loaded), len(read.files))
    else:
        _print_text(problems, warned, _counts(loaded), len(read.files))
    if problems:
        raise typer.Exit(1)


def _of_scenarios(loaded: "Loaded", settings: "Config") -> "list[Problem]":
    """Return what is wrong with scenarios, and what came otherwise than they expect."""
    if not loaded.scenarios:
        return list(loaded.scenario_problems)
    from scheduler.scenarios import differences, played

    outcomes = played(loaded.scenarios, loaded, settings)
    return sorted([*loaded.scenario_problems, *(found for each in outcomes for found in differences(each))])


def _counts(loaded: "Loaded") -> dict[str, int]:
    rulebook = loaded.rulebook
    if rulebook is None:
        return {}
    tests = {"scenarios": len(loaded.scenarios)} if loaded.scenarios else {}
    programmes = rulebook.programmes.values()
    return {
        "programmes": len(programmes),
        "tasks": sum(len(programme.tasks) for programme in programmes),
        "events": sum(len(programme.events) for programme in programmes),
        "indicators": sum(len(programme.indicators) for programme in programmes),
        "units": sum(len(directory.units) for directory in rulebook.directories.values()),
        **tests,
    }


def _print_text(problems: "list[Problem]", warned: "list[Problem]", found: dict[str, int], files: int) -> None:
    from scheduler.commands.printing import counted

    for problem in problems:
        typer.echo(str(problem))
    for warning in warned:
        typer.echo(f"{warning} (warning)")
    if problems:
        typer.echo(f"{counted(len(problems), 'problem')} in {counted(files, 'file')}")
        return
    counts = ", ".join(counted(count, name.removesuffix("s")) for name, count in found.items())
    typer.echo(f"{counted(files, 'file')}: {counts}; no problems, {counted(len(warned), 'warning')}")


def _print_json(problems: "list[Problem]", warned: "list[Problem]", found: dict[str, int], files: int) -> None:
    from scheduler.commands.printing import print_json

    print_json(
        {
            "problems": [_as_json(problem) for problem in problems],
            "warnings": [_as_json(warning) for warning in warned],
            "files": files,
            **found,
        }
    )


def _as_json(problem: "Problem") -> dict[str, object]:
    source = problem.source
    return {
        "file": source.file,
        "line": source.line,
        "column": source.column,
        "path": problem.path,
        "message": problem.message,
    }
