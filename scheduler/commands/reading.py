"""What every command begins with: the configuration and the rules. Where they are wrong, it ends here and says so."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from rules.load.mistake import did_you_mean, listed
from rules.problem import Problem
from rules.programme import Rulebook
from rules.simulate import Assumption
from rules.wording import Language, Wording
from scheduler.commands.options import day
from scheduler.config import Config, load_config
from scheduler.folder import RuleFiles, load_rules, read_rules

DEFAULT = Path("config.toml")


class Refused(typer.TyperException):
    """The command cannot be carried out; the message says why, a line for each reason."""


class Misconfigured(Refused):
    """Wrong configuration or usage that typer could not know of."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A configuration and the rules it names, free of problems."""

    config: Config
    files: RuleFiles
    rulebook: Rulebook


def configuration(file: Path | None, rules: Path | None = None, *, at_start: bool = False) -> Config:
    """Return the settings. Without a file, the defaults do for a plain folder of rule files. `at_start`: as
    `load_config`."""
    if file is None and (DEFAULT.is_file() or rules is None):
        file = DEFAULT
    try:
        loaded = load_config(file, os.environ, at_start=at_start)
    except OSError as fault:
        hint = "; name one with --config FILE, or a folder of rule files with --rules DIR" if file == DEFAULT else ""
        raise Misconfigured(f"{file}: {fault.strerror}{hint}") from None
    if loaded.config is None:
        raise Misconfigured("\n".join(problem.line(loaded.language) for problem in loaded.problems))
    if rules is None:
        return loaded.config
    return replace(
        loaded.config, rules=(str(rules),), folder=loaded.config.folder if rules.is_absolute() else Path.cwd()
    )


def office_language(file: Path | None) -> Language:
    """Return the language of the office, as far as its configuration reads; where there is none, its default."""
    try:
        return load_config(file or (DEFAULT if DEFAULT.is_file() else None), os.environ).language
    except OSError:
        return "vi"


def read_all(file: Path | None, rules: Path | None = None) -> Reading:
    """Return configuration and rules; Refused when the rule files have problems."""
    config = configuration(file, rules)
    files = read_rules(config.rules, config.folder)
    loaded = load_rules(files)
    if loaded.rulebook is None:
        raise broken(loaded.problems, config.language)
    return Reading(config, files, loaded.rulebook)


def broken(problems: Iterable[Problem], language: Language, *, of: str = "") -> Refused:
    """Return the refusal of rule files that do not load (`of`: those of that folder), with their problems."""
    found = Wording(
        f"các tệp quy tắc{f' của {of}' if of else ''} có vấn đề:",
        f"the rule files{f' of {of}' if of else ''} have problems:",
    )
    return Refused("\n".join([found.say(language), *(problem.line(language) for problem in problems)]))


def assumptions(texts: Iterable[str] | None, rulebook: Rulebook) -> list[Assumption]:
    """Return what `--assume [PROGRAMME/]EVENT=DATE` says; in several programmes it happens in all."""
    return [found for text in texts or () for found in _assumed(text, rulebook)]


def _assumed(text: str, rulebook: Rulebook) -> list[Assumption]:
    name, equals, when = text.rpartition("=")
    if not equals:
        raise typer.BadParameter(
            f"{text!r}: write EVENT=2026-03-31 or PROGRAMME/EVENT=2026-03-31", param_hint="--assume"
        )
    wanted, _, event = name.rpartition("/")
    known = [(programme.id, id) for programme in rulebook.programmes.values() for id in programme.events]
    found = [pair for pair in known if pair[1] == event and wanted in ("", pair[0])]
    if not found:
        names = [f"{programme}/{id}" for programme, id in known]
        near = did_you_mean(name if wanted else next((n for n in names if n.endswith("/" + event)), name), names)
        raise typer.BadParameter(
            f"unknown event {name!r}; known: {listed(names, 12) or 'none'}{near.en}", param_hint="--assume"
        )
    return [Assumption(programme, event, day(when)) for programme, event in found]
