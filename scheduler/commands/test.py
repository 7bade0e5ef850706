"""`dondoc test`: the scenarios beside the rules, played and set against what they expect."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from scheduler.commands.options import ConfigOption, RulesOption, day, new_app
from scheduler.garbage import left_uncollected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.load import Loaded
    from rules.problem import Problem
    from rules.scenario import Scenario
    from rules.scenarios import Outcome
    from rules.wording import Language
    from scheduler.config import Config
    from scheduler.folder import RuleFiles

app = new_app()
_Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME|FILE]...", help="Only these: by title, part of it, or file; a file may stand elsewhere."
    ),
]
_Format = Annotated[Literal["table", "json", "junit"], typer.Option("--format", help="For people or for programs.")]


@app.command(epilog="Example: dondoc test --coverage, or dondoc test --write A.14 --from 2026-03-01 --to 2026-04-30")
def play(
    names: _Names = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Name the rungs, routes and deadlines that no scenario touches.")
    ] = False,
    write: Annotated[
        str | None, typer.Option("--write", metavar="TASK", help="Draft a scenario of that task from a simulation.")
    ] = None,
    first: Annotated[
        date | None, typer.Option("--from", metavar="DATE", parser=day, help="With --write: the first day looked at.")
    ] = None,
    last: Annotated[
        date | None, typer.Option("--to", metavar="DATE", parser=day, help="With --write: the last day looked at.")
    ] = None,
    start: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=day, help="With --write: the first start; well before, by default."),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--assume",
            metavar="WHAT=DATE",
            help="With --write: EVENT=DATE, done:TASK=DATE, silence:TASK=DATE..DATE, down=DATE..DATE; repeatable.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="With --write: into this file, never over one there is.")
    ] = None,
    config: ConfigOption = None,
    rules: RulesOption = None,
    language: Annotated[
        Literal["vi", "en"] | None, typer.Option(help="Of the differences; the configured one by default.")
    ] = None,
    format: _Format = "table",
) -> None:
    """Play the scenarios of the rules folder and say what came otherwise than they expect. Nothing is sent.

    Exit code 1 when a scenario fails or cannot be read. What is recorded in a database plays no part.
    """
    from scheduler.commands.reading import configuration
    from scheduler.folder import load_rules, read_rules

    only_with_write = {"--from": first, "--to": last, "--start": start, "--assume": assume, "-o": output}
    if write is None and (stray := [name for name, value in only_with_write.items() if value is not None]):
        raise typer.BadParameter("goes with --write TASK", param_hint=stray[0])
    settings = configuration(config, rules)
    loaded = load_rules(_with_files(read_rules(settings.rules, settings.folder), names or [], settings.folder))
    if write is not None:
        from scheduler.commands.drafting import draft_scenario

        draft_scenario(loaded, settings, write, first, last, start=start, assume=assume or [], output=output)
        return
    with left_uncollected():
        _play(loaded, settings, names or [], format, language or settings.language, coverage=coverage)


def _with_files(read: "RuleFiles", names: "Sequence[str]", folder: Path) -> "RuleFiles":
    """Return the rule files with those that are named and stand elsewhere."""
    from scheduler.folder import RuleFiles, read_rules

    there = {(folder / name).resolve() for name in read.files}
    elsewhere = [name for name in names if Path(name).is_file() and Path(name).resolve() not in there]
    more = read_rules(elsewhere, Path.cwd())
    return RuleFiles({**read.files, **more.files}, (*read.problems, *more.problems))


def _play(
    loaded: "Loaded", settings: "Config", names: "Sequence[str]", format: str, language: "Language", *, coverage: bool
) -> None:
    from rules.scenarios.coverage import coverage as touched
    from scheduler.commands import tested
    from scheduler.commands.reading import broken
    from scheduler.scenarios import played

    if loaded.rulebook is None:
        raise broken(loaded.problems, language)
    chosen = _chosen(loaded.scenarios, names, loaded.scenario_problems)
    outcomes: list[Outcome] = []
    with tested.progress(len(chosen), quiet=format != "table") as advance:
        for outcome in played(chosen, loaded, settings, language):
            outcomes.append(outcome)
            advance(outcome.scenario.name)
    problems = [
        one for one in loaded.scenario_problems if not names or any(_is_file(one.source.file, name) for name in names)
    ]
    covered = touched(loaded.rulebook, outcomes) if coverage else None
    tested.show(outcomes, problems, settings.policy.zone, format, language, covered=covered)
    if problems or any(not outcome.is_met for outcome in outcomes):
        raise typer.Exit(1)


def _chosen(scenarios: "Sequence[Scenario]", names: "Sequence[str]", problems: "Sequence[Problem]") -> "list[Scenario]":
    """Return the scenarios named, in the order of the files; BadParameter for a name that means none."""
    from rules.load.mistake import did_you_mean

    if not names:
        return list(scenarios)
    found: set[int] = set()
    for name in names:
        meant = [number for number, one in enumerate(scenarios) if _is_meant(one, name)]
        if not meant and not any(_is_file(one.source.file, name) for one in problems):
            known = [one.name for one in scenarios]
            near = did_you_mean(name, [*known, *dict.fromkeys(one.source.file for one in scenarios)]).en
            raise typer.BadParameter(f"no scenario is called {name!r}{near}", param_hint="NAME")
        found.update(meant)
    return [scenarios[number] for number in sorted(found)]


def _is_meant(scenario: "Scenario", name: str) -> bool:
    return _is_file(scenario.source.file, name) or name.casefold() in scenario.name.casefold()


def _is_file(file: str, name: str) -> bool:
    """Say whether a file of scenarios is named: by its path, or by the end of it."""
    there, path = Path(file), Path(name)
    return name == file or there.parts[-len(path.parts) :] == path.parts or path.absolute() == there.absolute()
