"""Folding: what many units owe alike is told once, with the units named. A standing office would else read the same
task a hundred times."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from notifications.words import listed
from rules.digest import Line, Next
from rules.wording import Language

MOST_NAMED = 12


def folded(lines: Iterable[Line]) -> list[Line]:
    """Return the lines, those that differ by their unit alone made one, whose key names no unit; their order stays."""
    alike: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        alike.setdefault(_but_for_the_unit(line), []).append(line)
    return [_merged(same) for same in alike.values()]


def are_one(lines: Sequence[Line]) -> bool:
    """Say whether the lines fold into one."""
    if not lines:
        return False
    first = _but_for_the_unit(lines[0])
    return all(_but_for_the_unit(line) == first for line in lines[1:])


def named(units: tuple[str, ...], language: Language) -> str:
    """Return the names of the units, of very many only the first and how many more there are."""
    shown, more = units[:MOST_NAMED], len(units) - MOST_NAMED
    if more <= 0:
        return listed(shown, language)
    rest = f"{more} đơn vị khác" if language == "vi" else f"{more} other units"
    return listed((*shown, rest), language)


def _but_for_the_unit(line: Line) -> tuple[object, ...]:
    key = line.key
    obligation = (key.programme, key.task, key.part, key.occurrence)
    told = (
        line.section,
        line.rung,
        line.as_,
        line.change,
        line.missed_before,
        line.days_late,
        line.due,
        line.why,
        line.said,
        line.owes_as,
        line.heard,
        line.led,
        line.vacant,
        line.stands_in,
        line.head_told,
    )
    return (obligation, line.title, *told)


def _merged(same: list[Line]) -> Line:
    first = same[0]
    if len(same) == 1:
        return first
    units = tuple(dict.fromkeys(unit for line in same for unit in line.unit_names))
    key = first.key._replace(unit="")
    next_, reported_to = _shared(line.next for line in same), _agreed(line.reported_to for line in same)
    return replace(first, key=key, unit_names=units, next=next_, reported_to=reported_to)


def _shared(of_each: Iterable[tuple[Next, ...]]) -> tuple[Next, ...]:
    """Return what comes next at the same time for all of them, with whom it reaches where that is the same, too."""
    first, *others = ({replace(step, to_title=""): step for step in steps} for steps in dict.fromkeys(of_each))
    return tuple(
        step if all(other[alike] == step for other in others) else alike
        for alike, step in first.items()
        if all(alike in other for other in others)
    )


def _agreed(of_each: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return who was told, when it is the same for all of them; otherwise it is each unit's own affair."""
    different = [one for one, _ in groupby(of_each)]
    return different[0] if len(different) == 1 else ()
