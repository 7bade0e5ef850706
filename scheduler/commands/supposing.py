"""Supposing: what `--assume`, `--with` and `--against` of `simulate` name, read and checked against the rules."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import typer

from rules.load.mistake import listed
from rules.obligation import Silence
from rules.programme import Rulebook, Task
from rules.register import Silenced
from rules.roster import owing_units
from rules.supposed import AssumedDone, AssumedExtended, Downtime, Edit, Supposition
from rules.wording import Language
from scheduler.commands.naming import check_address, find_task
from scheduler.commands.options import day, instant_of
from scheduler.commands.reading import assumptions, broken
from scheduler.folder import load_rules, read_rules

DONE, DOWN, SILENCE, EXTENDED = "done:", "down=", "silence:", "extended:"
_HINT = "--assume"
Found = TypeVar("Found")


def suppositions(texts: Iterable[str] | None, rulebooks: Iterable[Rulebook], zone: ZoneInfo) -> list[Supposition]:
    """Return what `--assume` says of events, reports, silences and downtime, by the first of the rulebooks that knows
    of it; hours are local to `zone`."""
    known = list(rulebooks)
    return [found for text in texts or () for found in _supposed(text, known, zone)]


def other_rules(text: str, folder: Path, language: Language) -> Edit:
    """Return what `--with DIR[@DATE]` puts in force; Refused when the rule files there have problems."""
    where, at, when = text.rpartition("@")
    # A folder may have an @ in its name.
    if not at or (folder / text).exists():
        where, when = text, ""
    return Edit(rulebook_in(where, folder, language), day(when) if when else None)


def rulebook_in(entry: str, folder: Path, language: Language) -> Rulebook:
    """Return the rulebook of a folder, or of one file; Refused when it has problems."""
    loaded = load_rules(read_rules((entry,), folder))
    if loaded.rulebook is None:
        raise broken(loaded.problems, language, of=entry)
    return loaded.rulebook


def _supposed(text: str, rulebooks: list[Rulebook], zone: ZoneInfo) -> Iterator[Supposition]:
    if text.startswith(DOWN):
        yield _downtime(text.removeprefix(DOWN))
    elif text.startswith(DONE):
        yield _by_the_first(lambda rulebook: _done(text.removeprefix(DONE), rulebook), rulebooks)
    elif text.startswith(EXTENDED):
        yield _by_the_first(lambda rulebook: _extended(text.removeprefix(EXTENDED), rulebook), rulebooks)
    elif text.startswith(SILENCE):
        yield from _by_the_first(lambda rulebook: _silences(text.removeprefix(SILENCE), rulebook, zone), rulebooks)
    else:
        yield from _by_the_first(lambda rulebook: assumptions([text], rulebook), rulebooks)


def _by_the_first(reading: Callable[[Rulebook], Found], rulebooks: list[Rulebook]) -> Found:
    """Return what is read by the first rulebook that knows what is named; what the first one says where none does."""
    complaint: typer.BadParameter | None = None
    for rulebook in rulebooks:
        try:
            return reading(rulebook)
        except typer.BadParameter as fault:
            complaint = complaint or fault
    assert complaint is not None
    raise complaint


def _downtime(text: str) -> Downtime:
    first, dots, last = text.partition("..")
    found = Downtime(_day(first), _day(last) if dots else _day(first))
    if found.last < found.first:
        raise typer.BadParameter(f"{DOWN}{text}: {last} comes before {first}", param_hint=_HINT)
    return found


def _done(text: str, rulebook: Rulebook) -> AssumedDone:
    name, equals, when = text.rpartition("=")
    if not equals:
        raise typer.BadParameter(f"{DONE + text!r}: write done:[PROGRAMME/]TASK[@UNIT]=2026-03-20", param_hint=_HINT)
    programme, task, unit = _owed(name, rulebook)
    return AssumedDone(programme, task.id, unit, _day(when))


def _extended(text: str, rulebook: Rulebook) -> AssumedExtended:
    name, equals, when = text.rpartition("=")
    due, at, on = when.partition("@")
    if not equals:
        raise typer.BadParameter(
            f"{EXTENDED + text!r}: write extended:[PROGRAMME/]TASK[@UNIT]=2026-04-20, or 2026-04-20@2026-04-01"
            " where it is granted on a day",
            param_hint=_HINT,
        )
    programme, task, unit = _owed(name, rulebook)
    return AssumedExtended(programme, task.id, unit, _day(due), _day(on) if at else None)


def _silences(text: str, rulebook: Rulebook, zone: ZoneInfo) -> list[Silenced]:
    """Return the silences of a person or a task, as `dondoc silence add` would record them on the day they begin."""
    name, equals, when = text.rpartition("=")
    first, dots, last = when.partition("..")
    if not equals or not first:
        raise typer.BadParameter(
            f"{SILENCE + text!r}: write silence:ADDRESS=2026-04-01..2026-04-20 or"
            " silence:[PROGRAMME/]TASK[@UNIT]=2026-04-01..2026-04-20; without a day after .. it lasts",
            param_hint=_HINT,
        )
    begins = instant_of(first, zone, daily="00:00", option=_HINT)
    ends = instant_of(last if dots else first, zone, daily="24:00", option=_HINT) if last or not dots else None
    assert begins is not None
    if ends is not None and ends <= begins:
        raise typer.BadParameter(f"{SILENCE}{text}: {last} comes before {first}", param_hint=_HINT)
    silence = Silence(begins, ends)
    if _is_address(name, rulebook):
        return [Silenced(begins, silence, person=name)]
    programme, task, unit = _owed(name, rulebook)
    units = [one for one in owing_units(task) if unit in (one, *one.split("+"))] if unit else [None]
    return [Silenced(begins, silence, programme, task.id, one) for one in units]


def _is_address(name: str, rulebook: Rulebook) -> bool:
    """Say whether it is an address, not [PROGRAMME/]TASK[@UNIT]; BadParameter when no post has that address."""
    _, at, domain = name.partition("@")
    units = {unit for directory in rulebook.directories.values() for unit in directory.units}
    if not at or all(one in units for one in domain.split("+")) or "." not in domain:
        return False
    with _as_assumed():
        check_address(name, rulebook)
    return True


def _owed(name: str, rulebook: Rulebook) -> tuple[str, Task, str | None]:
    """Return the programme, the task and the unit that [PROGRAMME/]TASK[@UNIT] names; None: all its units."""
    named, _, unit = name.partition("@")
    with _as_assumed():
        programme, task = find_task(named, rulebook)
    units = owing_units(task)
    if unit and not any(unit in (one, *one.split("+")) for one in units):
        message = f"{unit!r} does not owe {task.id}; it is owed by {listed(units)}"
        raise typer.BadParameter(message, param_hint=_HINT)
    return programme.id, task, unit or None


def _day(text: str) -> date:
    with _as_assumed():
        return day(text)


@contextmanager
def _as_assumed() -> Iterator[None]:
    """Say of what is wrong that `--assume` said it."""
    try:
        yield
    except typer.BadParameter as fault:
        raise typer.BadParameter(fault.message, param_hint=_HINT) from None
