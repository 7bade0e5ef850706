"""Supposing: what `--assume`, `--with` and `--against` of `simulate` name, read and checked against the rules."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import typer

from rules.load.mistake import listed
from rules.programme import Rulebook
from rules.roster import owing_units
from rules.supposed import AssumedDone, Downtime, Edit, Supposition
from scheduler.commands.naming import find_task
from scheduler.commands.options import day
from scheduler.commands.reading import Refused, assumptions
from scheduler.folder import load_rules, read_rules

DONE, DOWN = "done:", "down="
Found = TypeVar("Found")


def suppositions(texts: Iterable[str] | None, rulebooks: Iterable[Rulebook]) -> list[Supposition]:
    """Return what `--assume` says of events, reports and downtime, by the first of the rulebooks that knows of it."""
    known = list(rulebooks)
    return [found for text in texts or () for found in _supposed(text, known)]


def other_rules(text: str, folder: Path) -> Edit:
    """Return what `--with DIR[@DATE]` puts in force; Refused when the rule files there have problems."""
    where, at, when = text.rpartition("@")
    # A folder may have an @ in its name.
    if not at or (folder / text).exists():
        where, when = text, ""
    return Edit(rulebook_in(where, folder), day(when) if when else None)


def rulebook_in(entry: str, folder: Path) -> Rulebook:
    """Return the rulebook of a folder, or of one file; Refused when it has problems."""
    loaded = load_rules(read_rules((entry,), folder))
    if loaded.rulebook is None:
        raise Refused(f"the rule files of {entry} have problems:\n" + "\n".join(map(str, loaded.problems)))
    return loaded.rulebook


def _supposed(text: str, rulebooks: list[Rulebook]) -> Iterator[Supposition]:
    if text.startswith(DOWN):
        yield _downtime(text.removeprefix(DOWN))
    elif text.startswith(DONE):
        yield _by_the_first(lambda rulebook: _done(text.removeprefix(DONE), rulebook), rulebooks)
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
        raise typer.BadParameter(f"{DOWN}{text}: {last} comes before {first}", param_hint="--assume")
    return found


def _done(text: str, rulebook: Rulebook) -> AssumedDone:
    name, equals, when = text.rpartition("=")
    if not equals:
        raise typer.BadParameter(
            f"{DONE + text!r}: write done:[PROGRAMME/]TASK[@UNIT]=2026-03-20", param_hint="--assume"
        )
    named, _, unit = name.partition("@")
    try:
        programme, task = find_task(named, rulebook)
    except typer.BadParameter as fault:
        raise typer.BadParameter(fault.message, param_hint="--assume") from None
    units = owing_units(task)
    if unit and not any(unit in (one, *one.split("+")) for one in units):
        message = f"{unit!r} does not owe {task.id}; it is owed by {listed(units)}"
        raise typer.BadParameter(message, param_hint="--assume")
    return AssumedDone(programme.id, task.id, unit or None, _day(when))


def _day(text: str) -> date:
    try:
        return day(text)
    except typer.BadParameter as fault:
        raise typer.BadParameter(fault.message, param_hint="--assume") from None
