"""Naming: from what a user wrote to the task, event or obligation meant, or one line that says what is accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

import typer

from rules.load.mistake import did_you_mean, listed
from rules.obligation import ObligationKey
from rules.programme import Event, Indicator, Programme, Rulebook, Task
from rules.roster import owing_units

Found = TypeVar("Found", Task, Event, Indicator)


class Dated(Protocol):
    """An obligation with its name and the day it is due, if it has one."""

    @property
    def key(self) -> ObligationKey: ...  # noqa: D102
    @property
    def due_on(self) -> date | None: ...  # noqa: D102


Stored = TypeVar("Stored", bound=Dated)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was asked for: a task, and how it was narrowed down; None where it was not."""

    unit: str | None = None
    part: str | None = None
    occurrence: str | None = None

    def concerns(self, key: ObligationKey) -> bool:
        """Say whether that obligation is of the unit and the part meant."""
        return self.unit in (None, key.unit, *key.units) and self.part in (None, key.part)

    def chosen(self, found: Iterable[Stored]) -> list[Stored]:
        """Return the obligations meant; an occurrence goes by its name, or else by the day it is due."""
        inside = [one for one in found if self.concerns(one.key)]
        if self.occurrence is None:
            return inside
        named = [one for one in inside if one.key.occurrence == self.occurrence]
        return named or [one for one in inside if one.due_on and one.due_on.isoformat() == self.occurrence]


def find_task(text: str, rulebook: Rulebook) -> tuple[Programme, Task]:
    """Return the task named `PROGRAMME/TASK`, or by its id alone where one programme has it; BadParameter otherwise."""
    known = [(programme, task) for programme in rulebook.programmes.values() for task in programme.followed()]
    return _find("task", text, known, rulebook)


def find_event(text: str, rulebook: Rulebook) -> tuple[Programme, Event]:
    """Return the event named `PROGRAMME/EVENT`, or by its id alone where only one has it; BadParameter otherwise."""
    known = [(programme, event) for programme in rulebook.programmes.values() for event in programme.events.values()]
    return _find("event", text, known, rulebook)


def find_indicator(text: str, rulebook: Rulebook) -> tuple[Programme, Indicator]:
    """Return the indicator named `PROGRAMME/INDICATOR`, or by its id alone where only one has it; BadParameter."""
    known = [(programme, one) for programme in rulebook.programmes.values() for one in programme.indicators]
    return _find("indicator", text, known, rulebook)


def check_narrowed(narrowed: Narrowed, task: Task) -> None:
    """Raise BadParameter when the task has no such unit or part."""
    units = owing_units(task)
    if narrowed.unit is not None and not any(narrowed.unit in (unit, *unit.split("+")) for unit in units):
        message = f"{narrowed.unit!r} does not owe {task.id}; it is owed by {listed(units)}"
        raise typer.BadParameter(message, param_hint="--unit")
    if narrowed.part is not None and narrowed.part not in task.deadlines:
        parts = listed(task.deadlines) if any(task.deadlines) else "none"
        raise typer.BadParameter(f"{task.id} has no part {narrowed.part!r}; parts: {parts}", param_hint="--part")


def _find(
    kind: str, text: str, known: Sequence[tuple[Programme, Found]], rulebook: Rulebook
) -> tuple[Programme, Found]:
    wanted, _, id = text.rpartition("/")
    inside = [pair for pair in known if wanted in ("", pair[0].id)]
    found = [pair for pair in inside if _written(pair[1]) == id] or [pair for pair in inside if pair[1].id == id]
    if len(found) == 1:
        return found[0]
    hint = kind.upper()
    if found:
        several = listed(f"{programme.id}/{id}" for programme, _ in found)
        raise typer.BadParameter(f"several programmes have the {kind} {id!r}: {several}", param_hint=hint)
    if wanted and wanted not in rulebook.programmes:
        raise typer.BadParameter(_unknown("programme", wanted, rulebook.programmes), param_hint=hint)
    names = [f"{programme.id}/{_written(one)}" if wanted else _written(one) for programme, one in known]
    raise typer.BadParameter(_unknown(kind, text, names), param_hint=hint)


def _written(one: Task | Event | Indicator) -> str:
    """Return the id as the rule file writes it."""
    return one.named if isinstance(one, Task) and not one.indicator else one.id


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    all_known = list(known)
    return f"unknown {kind} {name!r}; known: {listed(all_known, 12) or 'none'}{did_you_mean(name, all_known).en}"


def find_programme(id: str, rulebook: Rulebook) -> Programme:
    """Return the programme of that id; BadParameter when there is none."""
    if id not in rulebook.programmes:
        raise typer.BadParameter(_unknown("programme", id, rulebook.programmes), param_hint="--programme")
    return rulebook.programmes[id]


def find_unit(id: str, rulebook: Rulebook) -> None:
    """Raise BadParameter when no directory has a unit of that id; joint units may be joined by '+'."""
    known = [unit for directory in rulebook.directories.values() for unit in directory.units]
    for one in id.split("+"):
        if one not in known:
            raise typer.BadParameter(_unknown("unit", one, known), param_hint="--unit")


def find_unit_of(text: str, rulebook: Rulebook) -> tuple[str, str]:
    """Return directory and id of the unit named `DIRECTORY/UNIT`, or by its id alone where one directory has it;
    BadParameter otherwise."""
    wanted, _, id = text.rpartition("/")
    found = [one.id for one in rulebook.directories.values() if id in one.units and wanted in ("", one.id)]
    if len(found) == 1:
        return found[0], id
    if found:
        several = listed(f"{directory}/{id}" for directory in found)
        raise typer.BadParameter(f"several directories have the unit {id!r}: {several}", param_hint="UNIT")
    known = [unit for one in rulebook.directories.values() for unit in one.units]
    raise typer.BadParameter(_unknown("unit", text, known), param_hint="UNIT")


def check_address(address: str, rulebook: Rulebook) -> None:
    """Raise BadParameter when no post of any directory has that address."""
    known = {found for directory in rulebook.directories.values() for found in directory.addresses()}
    if address not in known:
        raise typer.BadParameter(
            f"no post has the address {address!r}{did_you_mean(address, known).en}", param_hint="--to"
        )
