"""`dondoc check`: everything that is wrong with the rule files and the templates, and what is only assumed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.commands.options import ConfigOption, Format, FormatOption, new_app

if TYPE_CHECKING:
    from rules.problem import Problem
    from scheduler.commands.checking import Checked, Checker
    from scheduler.commands.linted import Asked

app = new_app()


@app.command(epilog="Example: dondoc check programmes --strict --language vi")
def check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Rule files in place of the configured ones.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Lint as well: what an office ought not to leave so.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CODE", help="With --strict: these codes alone; repeatable.")
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option("--limit", metavar="NAME=N", help="With --strict: a threshold, as load=20; repeatable."),
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a code means, with examples; or `all`.")
    ] = None,
    language: Annotated[
        Literal["vi", "en"] | None,
        typer.Option("--language", help="Of what is printed; the configured one by default."),
    ] = None,
    no_facts: Annotated[
        bool, typer.Option("--no-facts", help="With --strict: by the files alone, as if nothing were recorded.")
    ] = False,
    no_scenarios: Annotated[
        bool, typer.Option("--no-scenarios", help="Leave the scenarios beside the rules out.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again on every save, until Ctrl-C; scenarios are left out.")
    ] = False,
    config: ConfigOption = None,
    format: FormatOption = "table",
) -> None:
    """Read the rule files and the office's own templates, play the scenarios beside the rules, and print every problem
    as file:line:column.

    Warnings (deadlines that no announced calendar covers yet, and the like) do not fail it. With --strict the lint
    takes their place, and its errors and warnings fail it; a comment `# lint: CODE because …` lets a finding stand.
    """
    from scheduler.clock import system_clock
    from scheduler.commands import linted

    if explain is not None:
        linted.explain(explain, language or _language(config, folder))
        return
    if not strict and (only or limit or no_facts):
        raise typer.BadParameter(
            "it says something of the lint only", param_hint="--only, --limit, --no-facts without --strict"
        )
    asked = _asked(only, limit, with_facts=not no_facts and folder is None) if strict else None
    checker = _checker(config, folder, asked, language, with_scenarios=not (no_scenarios or watch))
    if watch:
        _watch(checker, format)
        return
    _print(checker.look(system_clock()), checker.language, format)


def _print(checked: "Checked", language: Literal["vi", "en"], format: str) -> None:
    """Print what was found; Exit where it fails."""
    if format == "json":
        _print_json(checked)
    else:
        _print_text(checked, language)
    if checked.fails:
        raise typer.Exit(1)


def _asked(only: list[str] | None, limit: list[str] | None, *, with_facts: bool) -> "Asked":
    from scheduler.commands.linted import Asked, codes, limits

    return Asked(codes(only or ()), limits(limit or ()), with_facts=with_facts)


def _checker(
    config: Path | None,
    folder: Path | None,
    asked: "Asked | None",
    language: Literal["vi", "en"] | None,
    *,
    with_scenarios: bool,
) -> "Checker":
    from scheduler.commands.checking import Checker
    from scheduler.commands.reading import configuration

    settings = configuration(config, folder, at_start=folder is None)
    return Checker(settings, asked, with_scenarios=with_scenarios, language=language or settings.language)


def _watch(checker: "Checker", format: Format) -> None:
    from scheduler.commands.watching import watch

    if format == "json":
        raise typer.BadParameter("it prints for people only", param_hint="--watch with --format json")
    watch(checker, checker.language)


def _language(config: Path | None, folder: Path | None) -> Literal["vi", "en"]:
    from scheduler.commands.reading import DEFAULT, configuration

    has_settings = config is not None or folder is not None or DEFAULT.is_file()
    return configuration(config, folder).language if has_settings else "vi"


def _counts(checked: "Checked") -> dict[str, int]:
    rulebook = checked.rulebook
    if rulebook is None:
        return {}
    tests = {"scenarios": checked.scenarios} if checked.scenarios else {}
    programmes = rulebook.programmes.values()
    return {
        "programmes": len(programmes),
        "tasks": sum(len(programme.tasks) for programme in programmes),
        "events": sum(len(programme.events) for programme in programmes),
        "indicators": sum(len(programme.indicators) for programme in programmes),
        "units": sum(len(directory.units) for directory in rulebook.directories.values()),
        **tests,
    }


def _print_text(checked: "Checked", language: Literal["vi", "en"]) -> None:
    from rules.wording import SEVERITIES, Wording
    from scheduler.commands.linted import counted_by_severity
    from scheduler.commands.printing import counted_in

    counted = counted_in(language)
    problems, files = checked.problems, counted(checked.files, "file")
    for problem in problems:
        typer.echo(problem.line(language))
    for finding in checked.findings:
        typer.echo(finding.line(language))
    for warning in checked.warnings:
        typer.echo(f"{warning.line(language)} ({SEVERITIES['warning'].say(language)})")
    if problems and not checked.findings:
        inside = "trong" if language == "vi" else "in"
        typer.echo(f"{counted(len(problems), 'problem')} {inside} {files}")
        return
    counts = ", ".join(counted(count, name.removesuffix("s")) for name, count in _counts(checked).items())
    said = (
        counted_by_severity(checked.findings, language)
        if checked.is_strict
        else counted(len(checked.warnings), "warning")
    )
    wrong = counted(len(problems), "problem") if problems else Wording("không có vấn đề", "no problems").say(language)
    typer.echo(f"{files}: {counts + '; ' if counts else ''}{wrong}, {said}")


def _print_json(checked: "Checked") -> None:
    from scheduler.commands import linted
    from scheduler.commands.printing import print_json

    strict = {"findings": [linted.as_json(finding) for finding in checked.findings]} if checked.is_strict else {}
    print_json(
        {
            "problems": [_as_json(problem) for problem in checked.problems],
            "warnings": [_as_json(warning) for warning in checked.warnings],
            **strict,
            "files": checked.files,
            **_counts(checked),
        }
    )


def _as_json(problem: "Problem") -> dict[str, object]:
    source, said = problem.source, problem.said
    # How a scenario came out otherwise is told in the language it was played in alone.
    in_vietnamese = {"message_vi": said.vi} if said.vi != said.en else {}
    return {
        "file": source.file,
        "line": source.line,
        "column": source.column,
        "path": problem.path,
        "message": problem.message,
        **in_vietnamese,
    }
