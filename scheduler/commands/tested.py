"""What came of scenarios, shown: for people with every difference, for programs as JSON or JUnit's XML."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import typer

from rules.calendar import local_day
from rules.problem import Problem
from rules.scenarios import Failure, Outcome
from rules.scenarios.coverage import Coverage
from rules.scenarios.outcome import counts
from rules.wording import Language, Wording
from scheduler.commands.covered import show_coverage
from scheduler.commands.printing import counted_in, print_json
from scheduler.scenarios import CAME_INSTEAD, EXPECTED, nobody_expected, said

_HEADS = {
    "missing": EXPECTED,
    "text": EXPECTED,
    "not_sent": EXPECTED,
    "given": Wording("không thể xảy ra", "cannot happen"),
    "unwanted": Wording("không được đến", "not to come"),
}
_WAY_OUT = Wording(
    "(ai được phép nhận thì ghi ở to: hoặc cc:, hoặc ghi `others: allowed` ở ngày ấy)",
    "(whoever may hear is named under to: or cc:, or the days say `others: allowed`)",
)


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yield what is called with each scenario that was played; a bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scenarios", total=total)
        yield lambda name: bar.update(task, advance=1, description=name[:60])


def show(
    outcomes: Sequence[Outcome],
    problems: Sequence[Problem],
    zone: ZoneInfo,
    format: str,
    language: Language,
    *,
    covered: Coverage | None = None,
) -> None:
    """Print what came of the scenarios, what was wrong with those that could not be read, and what they touch."""
    if format == "json":
        told = {"coverage": _coverage_as_json(covered)} if covered else {}
        print_json({**_as_json(outcomes, problems, zone), **told})
    elif format == "junit":
        typer.echo(_as_junit(outcomes, problems, language))
    else:
        _print(outcomes, problems, language)
        if covered:
            show_coverage(covered, language)


def _print(outcomes: Sequence[Outcome], problems: Sequence[Problem], language: Language) -> None:
    for problem in problems:
        typer.echo(problem.line(language))
    for outcome in outcomes:
        if not outcome.is_met:
            _print_failed(outcome, language)
    numbers = counts(tuple(outcomes))
    count, words = counted_in(language), ("đạt", "không đạt", "trong tệp")
    met, failed, in_files = words if language == "vi" else ("passed", "failed", "in files")
    unread = f", {count(len(problems), 'problem')} {in_files}" if problems else ""
    played = count(numbers["scenarios"], "scenario")
    summary = f"{played}: {numbers['passed']} {met}, {numbers['failed']} {failed}{unread}"
    typer.secho(summary, fg=typer.colors.RED if numbers["failed"] or problems else typer.colors.GREEN)


def _print_failed(outcome: Outcome, language: Language) -> None:
    scenario = outcome.scenario
    typer.secho(
        f"{'KHÔNG ĐẠT' if language == 'vi' else 'FAILED'} {scenario.name} ({scenario.source.spot})",
        fg=typer.colors.RED,
        bold=True,
    )
    for number, failure in enumerate(outcome.failures):
        if failure.kind == "unexpected":
            typer.echo(f"  {failure.source}: {nobody_expected(failure).say(language)}:")
        else:
            typer.echo(f"  {failure.source}: {_HEADS[failure.kind].say(language)}: {failure.expected}")
        following = outcome.failures[number + 1 :][:1]
        # What several did not get, for one cause, has the cause once.
        if failure.kind != "missing" or [(failure.kind, failure.instead)] != [(f.kind, f.instead) for f in following]:
            _print_instead(failure, language)
    if any(failure.kind == "unexpected" for failure in outcome.failures):
        typer.echo(f"  {_WAY_OUT.say(language)}")
    typer.echo()


def _print_instead(failure: Failure, language: Language) -> None:
    lead = f"{CAME_INSTEAD.say(language)}: " if failure.kind in ("missing", "not_sent") else ""
    for number, line in enumerate(failure.instead):
        typer.echo(f"      {lead if number == 0 else ' ' * len(lead)}{line}")


# --- for programs ----------------------------------------------------------------------------------------------------


def _as_json(outcomes: Sequence[Outcome], problems: Sequence[Problem], zone: ZoneInfo) -> dict[str, Any]:
    return {
        **counts(tuple(outcomes)),
        "problems": [
            {"file": one.source.file, "line": one.source.line, "column": one.source.column, "path": one.path,
             "message": one.message, "message_vi": one.said.vi}
            for one in problems
        ],
        "outcomes": [
            {
                "scenario": outcome.scenario.name,
                "programme": outcome.scenario.programme,
                "file": outcome.scenario.source.file,
                "line": outcome.scenario.source.line,
                "start": local_day(outcome.start, zone),
                "from": outcome.scenario.first,
                "until": outcome.scenario.last,
                "passed": outcome.is_met,
                "mails": outcome.mails,
                "failures": [_failure(failure) for failure in outcome.failures],
            }
            for outcome in outcomes
        ],
    }  # fmt: skip


def _failure(failure: Failure) -> dict[str, Any]:
    source = failure.source
    return {
        "kind": failure.kind,
        "file": source.file,
        "line": source.line,
        "column": source.column,
        "on": failure.day,
        "expected": failure.expected,
        "instead": list(failure.instead),
    }


def _as_junit(outcomes: Sequence[Outcome], problems: Sequence[Problem], language: Language) -> str:
    numbers = counts(tuple(outcomes))
    suite = ElementTree.Element(
        "testsuite",
        name="dondoc scenarios",
        tests=str(numbers["scenarios"] + len(problems)),
        failures=str(numbers["failed"]),
        errors=str(len(problems)),
    )
    for outcome in outcomes:
        scenario = outcome.scenario
        case = ElementTree.SubElement(
            suite, "testcase", name=scenario.name, classname=scenario.programme, file=scenario.source.file,
            line=str(scenario.source.line),
        )  # fmt: skip
        if not outcome.is_met:
            failure = ElementTree.SubElement(case, "failure", message=said(outcome.failures[0], language))
            failure.text = "\n".join(f"{one.source}: {said(one, language)}" for one in outcome.failures)
    for problem in problems:
        case = ElementTree.SubElement(suite, "testcase", name=str(problem.source), classname="files")
        ElementTree.SubElement(case, "error", message=problem.said.say(language))
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True)


def _coverage_as_json(found: Coverage) -> dict[str, Any]:
    return {
        "rungs": [one._asdict() for one in found.rungs],
        "routes": [one._asdict() for one in found.routes],
        "kinds": [one._asdict() for one in found.kinds],
        "deadlines": [one._asdict() for one in found.deadlines],
    }
