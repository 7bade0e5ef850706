"""What `check --strict` adds: the lint run over the rule files and what was recorded, as text and as JSON."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from rules.load.mistake import did_you_mean, listed
from scheduler.commands.reading import Misconfigured

if TYPE_CHECKING:
    from datetime import date

    from rules.lint import Check, Finding, Limits
    from rules.load import Parser
    from rules.programme import Rulebook
    from rules.wording import Language
    from scheduler.config import Config
    from scheduler.folder import RuleFiles


class Asked(NamedTuple):
    """What of the lint is asked for: codes (none: all), thresholds, and whether what was recorded counts."""

    codes: frozenset[str]
    limits: "Limits"
    with_facts: bool


def limits(texts: Sequence[str]) -> "Limits":
    """Return the thresholds, of which `--limit NAME=N` says some; Misconfigured for what is none."""
    from rules.lint import Limits

    given: dict[str, int] = {}
    for text in texts:
        name, _, number = text.partition("=")
        if name not in Limits._fields or not number.isdecimal():
            known = ", ".join(f"{field}={default}" for field, default in Limits()._asdict().items())
            near = did_you_mean(name, Limits._fields).en if name not in Limits._fields else ""
            raise Misconfigured(f"--limit {text!r}: write NAME=N; known, with their defaults: {known}{near}")
        given[name] = int(number)
    return Limits(**given)


def codes(only: Sequence[str]) -> frozenset[str]:
    """Return the codes asked for, none where all are; Misconfigured for a code that there is not."""
    from rules.lint import CHECKS

    wanted = frozenset(code.strip().upper() for text in only for code in text.split(",") if code.strip())
    for code in sorted(wanted - CHECKS.keys()):
        raise Misconfigured(
            f"--only {code}: there is no such code; known: {listed(CHECKS, 60)}{did_you_mean(code, CHECKS).en}"
        )
    return wanted


def findings(
    settings: "Config",
    read: "RuleFiles",
    rulebook: "Rulebook | None",
    asked: Asked,
    *,
    today: "date",
    parser: "Parser | None" = None,
) -> "list[Finding]":
    """Return all findings: of files that do not load, the markings of classified matter alone."""
    from rules.lint import Subject, lint, papers
    from rules.lint.marked import marked

    if rulebook is None:
        return marked(read.files)
    recorded, done = _facts(settings, rulebook) if asked.with_facts else ({}, frozenset[tuple[str, str]]())
    found = lint(Subject(rulebook, papers(read.files, parser), settings.policy, today, recorded, done, asked.limits))
    return [finding for finding in found if not asked.codes or finding.code in asked.codes]


def _facts(settings: "Config", rulebook: "Rulebook") -> tuple[dict[str, dict[str, Any]], frozenset[tuple[str, str]]]:
    """Return what the database knows: the events recorded, and the tasks that all their units have reported done."""
    from db.engine import open_reader
    from rules.register import Done, Happened
    from rules.roster import owing_units
    from scheduler.commands.database import database, is_applied
    from scheduler.registered import facts_said

    with database(settings, open_reader) as engine:
        if not is_applied(engine):
            return {}, frozenset()
        with engine.connect() as connection:
            said = list(facts_said(connection, rulebook.programmes))
    recorded: dict[str, dict[str, Any]] = {}
    for one in said:
        if isinstance(one, Happened):
            events = recorded.setdefault(one.programme, {})
            events[one.event] = (*events.get(one.event, ()), one.occurred)
    keys = {(one.key.programme, one.key.task, one.key.part, one.key.unit) for one in said if isinstance(one, Done)}
    done = {
        (programme.id, task.id)
        for programme in rulebook.programmes.values()
        for task in programme.tasks.values()
        if all((programme.id, task.id, part, unit) in keys for part in task.deadlines for unit in owing_units(task))
    }
    return recorded, frozenset(done)


def fails(found: "Sequence[Finding]") -> bool:
    """Say whether a finding is more than a note."""
    return any(finding.severity != "note" for finding in found)


def counted_by_severity(found: "Sequence[Finding]", language: "Language") -> str:
    """Return how many findings there are, by severity: `2 errors, 1 warning, 0 notes`."""
    from scheduler.commands.printing import counted_in

    counted, severities = counted_in(language), ("error", "warning", "note")
    return ", ".join(counted(sum(each.severity == one for each in found), one) for one in severities)


def as_json(finding: "Finding") -> dict[str, object]:
    """Return a finding with both its languages."""
    source = finding.source
    return {
        "code": finding.code,
        "severity": finding.severity,
        "file": source.file,
        "line": source.line,
        "column": source.column,
        "path": finding.path,
        "message": finding.said.vi,
        "message_en": finding.said.en,
        "mend": finding.mend.vi,
        "mend_en": finding.mend.en,
    }


def explain(code: str, language: "Language") -> None:
    """Print what a code means, with a bad and a good example; all codes in a table for `all`. Misconfigured else."""
    from rules.lint import CHECKS
    from scheduler.commands.printing import print_table

    if code.lower() == "all":
        rows = [(check.code, check.name, check.severity, check.title.say(language)) for check in CHECKS.values()]
        print_table(("code", "name", "severity", "finds"), rows)
        return
    check = CHECKS.get(code.strip().upper())
    if check is None:
        known = listed(CHECKS, 60)
        raise Misconfigured(
            f"--explain {code}: there is no such code; known: all, {known}{did_you_mean(code.upper(), CHECKS).en}"
        )
    typer.echo("\n".join(explained(check, language)))


_HEADS: Mapping[str, tuple[str, str, str, str]] = {
    "vi": ("Vì sao", "Cách sửa", "Ví dụ bị nhắc", "Ví dụ đúng"),
    "en": ("Why", "Mend", "A bad example", "A good example"),
}


def explained(check: "Check", language: "Language") -> list[str]:
    """Return the lines that tell of a check."""
    why, mend, bad, good = _HEADS[language]
    return [
        f"{check.code} {check.name} ({check.severity}): {check.title.say(language)}",
        "",
        f"{why}: {check.why.say(language)}",
        f"{mend}: {check.mend.say(language)}",
        "",
        f"{bad}:",
        f"    {check.bad}",
        f"{good}:",
        f"    {check.good}",
    ]
