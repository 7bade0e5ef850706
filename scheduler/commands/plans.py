"""What `dondoc read` takes from the rule files there are: the directory that a plan names, and an office for it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from rules.directory import Directory
from rules.load import load
from rules.load.mistake import did_you_mean, listed
from rules.plans.agencies import Resolver
from rules.plans.draft import Draft, DraftTask
from rules.plans.writing import Office
from rules.plans.writing.clean import slug
from rules.programme import Programme, Rulebook
from rules.wording import Language
from scheduler.commands.reading import DEFAULT, Refused, configuration
from scheduler.folder import read_rules

_CALENDAR, _LADDER = "viet-nam", "standard"
"""What a programme names where the rule files have none, or several."""


@dataclass(frozen=True, slots=True)
class Known:
    """The rule files there are, as far as they load, and the language of the office."""

    rulebook: Rulebook
    files: Mapping[str, bytes]
    language: Language


def known(config: Path | None) -> Known:
    """Return what the configured rule files say; nothing where there is no configuration."""
    if config is None and not DEFAULT.is_file():
        return Known(Rulebook(), {}, "vi")
    settings = configuration(config)
    files = read_rules(settings.rules, settings.folder).files
    return Known(_loadable(files), files, settings.language)


def _loadable(files: Mapping[str, bytes]) -> Rulebook:
    """Return the rulebook of all files, of those that load by themselves where some do not."""
    whole = load(files).rulebook
    if whole is not None:
        return whole
    sound = {name: data for name, data in files.items() if load({name: data}).rulebook is not None}
    return load(sound).rulebook or Rulebook()


def directory_in(file: Path, language: Language) -> Directory:
    """Return the only directory of a file; Refused where it does not load or has several."""
    try:
        loaded = load({str(file): file.read_bytes()})
    except OSError as fault:
        raise Refused(f"{file}: {fault.strerror}") from None
    if loaded.rulebook is None:
        raise Refused("\n".join(problem.line(language) for problem in loaded.problems))
    found = list(loaded.rulebook.directories.values())
    if len(found) != 1:
        raise Refused(f"{file}: {len(found)} directories; a file with one is wanted")
    return found[0]


def directory_of(name: str, rulebook: Rulebook) -> Directory:
    """Return the directory of that id."""
    if name in rulebook.directories:
        return rulebook.directories[name]
    ids = list(rulebook.directories)
    hint = "; name a file ending in .yaml to use it, or to draft one there"
    raise typer.BadParameter(
        f"unknown directory {name!r}; known: {listed(ids) or 'none'}{did_you_mean(name, ids).en}{hint}",
        param_hint="--directory",
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """How many of a plan's cells name agencies that a directory has, and which do not, the most frequent first."""

    directory: Directory
    cells: int
    unknown: Mapping[str, int]

    @property
    def found(self) -> int:
        """Return of how many cells every agency is found."""
        return self.cells - sum(self.unknown.values())


def best_fit(draft: Draft, directories: Iterable[Directory]) -> Fit | None:
    """Return the directory in which most of the plan's leads and heads are found, None where there is none."""
    cells = Counter(cell for task in draft.tasks for cell in (task.lead, task.head) if cell)
    fits = [Fit(each, cells.total(), _unknown(cells, each)) for each in directories]
    return max(fits, key=lambda fit: fit.found, default=None)


def _unknown(cells: Counter[str], directory: Directory) -> Mapping[str, int]:
    resolver = Resolver(directory)
    return {
        cell: count
        for cell, count in cells.most_common()
        if not all(agency.sure for agency in resolver.resolve(cell, role="lead"))
    }


def office(draft: Draft, directory: Directory, rules: Known, *, id: str, standing: str | None) -> Office:
    """Return the office that a new programme is for: with the calendar and ladder there are, and a standing office."""
    book = rules.rulebook
    if standing is not None and standing not in directory.units:
        near = did_you_mean(standing, directory.units).en
        raise typer.BadParameter(
            f"unknown unit {standing!r} in directory {directory.id}{near}", param_hint="--standing"
        )
    named = next((each.standing for each in book.programmes.values() if each.directory == directory.id), None)
    return Office(
        id=id,
        directory=directory,
        calendar=_only(book.calendars, _CALENDAR),
        ladder=_only(book.ladders, _LADDER),
        standing=standing or named or _busiest(draft.tasks, directory),
        language=rules.language,
        is_standing_sure=bool(standing or named),
        programmes={key: each for key, each in book.programmes.items() if key != id},
    )


def office_of(
    programme: Programme, directory: Directory, language: Language, others: Mapping[str, Programme]
) -> Office:
    """Return the office that a programme there is already is for; `others` are its programmes besides."""
    return Office(
        id=programme.id,
        directory=directory,
        calendar=programme.calendar,
        ladder=programme.ladder,
        standing=programme.standing,
        language=language,
        events={event.id: event.title for event in programme.events.values()},
        programmes=others,
        is_new=False,
    )


def programme_id(draft: Draft, file: Path, output: Path | None) -> str:
    """Return an id for the programme of a plan: by the file it goes to, or by the plan's number, or by its own file."""
    number = draft.document.number
    name = output.stem if output else number if number[:1].isdigit() else file.stem
    return slug(name, otherwise="ke-hoach")


def _only(found: Mapping[str, object], usual: str) -> str:
    return usual if usual in found or not found else next(iter(found))


def _busiest(tasks: Iterable[DraftTask], directory: Directory) -> str:
    """Return the unit that leads most tasks, any unit where none is found."""
    leads = Counter(id for task in tasks for agency in task.leads for id in agency.ids if id in directory.units)
    return leads.most_common(1)[0][0] if leads else next(iter(directory.units))
