"""Obligations before and after an edit, told apart: what moves, appears, ends, and passes to others.

Both worlds go on from the same present, so that what time alone changes is no change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from rules.changes.causes import Causes
from rules.changes.kept import Both, closings, settlings, units_of
from rules.changes.values import (
    Appearing,
    Closing,
    Days,
    Ending,
    Line,
    Move,
    Passing,
    RungChange,
    Settling,
)
from rules.cohort import Cohort, Entry
from rules.decide import end_of
from rules.obligation import ObligationKey
from rules.recipients import Owers
from rules.timetable import Timetable
from rules.world import World

_IN_ORDER = attrgetter("line", "units")


class Told(NamedTuple):
    """What becomes of the obligations of two worlds."""

    moves: list[Move]
    appearing: list[Appearing]
    ending: list[Ending]
    passing: list[Passing]
    closings: list[Closing]
    settlings: list[Settling]


def compared(before: World, after: World, causes: Causes) -> Told:
    """Return what is otherwise in the second world, units that owe alike together."""
    both: dict[tuple[Line, Cohort, Cohort], list[tuple[Entry, Entry]]] = defaultdict(list)
    new: dict[tuple[Line, Cohort, bool], list[Entry]] = defaultdict(list)
    gone: dict[tuple[Line, Cohort], list[Entry]] = defaultdict(list)
    for key in before.entries.keys() | after.entries.keys():
        was, is_ = _open(before, key), _open(after, key)
        if was and is_:
            both[Line.of(key), was.cohort, is_.cohort].append((was, is_))
        elif is_:
            new[Line.of(key), is_.cohort, key in before.entries].append(is_)
        elif was:
            gone[Line.of(key), was.cohort].append(was)
    appearing = [_appearing(line, entries, again) for (line, _, again), entries in new.items()]
    ending = [_ending(line, entries, causes) for (line, _), entries in gone.items()]
    passing = [*_passed_on(appearing, ending), *_answered_by_others(both)]
    passed = {(found.line, found.kind == "lead") for found in passing}
    return Told(
        sorted(_moves(both, causes), key=_IN_ORDER),
        sorted((each for each in appearing if (each.line, True) not in passed), key=_IN_ORDER),
        sorted((each for each in ending if (each.line, True) not in passed), key=_IN_ORDER),
        sorted(passing, key=lambda found: (found.line, found.kind)),
        sorted(closings(both), key=_IN_ORDER),
        sorted(settlings(both), key=_IN_ORDER),
    )


def _open(world: World, key: ObligationKey) -> Entry | None:
    entry = world.entries.get(key)
    return entry if entry and end_of(entry.facts) is None else None


def _moves(both: Both, causes: Causes) -> Iterator[Move]:
    for (line, one, other), entries in both.items():
        was, is_ = one.followed, other.followed
        old, new = Days.of(was.term), Days.of(is_.term)
        rungs = () if was.table is is_.table else _rungs(was.table, is_.table, one.ledger.decided)
        if old[:5] == new[:5] and not rungs:
            continue
        is_new_edition = one.facts.edition != other.facts.edition
        yield Move(
            "deadline" if (old.due, old.at) != (new.due, new.at) else "reminders",
            line,
            is_.task.title,
            units_of(entry for _, entry in entries),
            old,
            new,
            causes.of_move(was, is_),
            was.term.why,
            is_.term.why,
            () if is_new_edition else rungs,
            is_told=is_new_edition and _is_announced(other),
            is_anew=is_new_edition,
        )


def _is_announced(cohort: Cohort) -> bool:
    """Say whether the units are told that the present edition began."""
    facts = cohort.facts
    return any(said.kind == "moved" and said.turn == facts.edition for said in facts.announcements)


def _rungs(was: Timetable, is_: Timetable, decided: Mapping[str, int]) -> tuple[RungChange, ...]:
    """Return the rungs not behind yet that open at another instant, or are there only before or after."""
    old = {this.rung.id: this for this in was.steps if this.rung.id not in decided}
    new = {this.rung.id: this for this in is_.steps if this.rung.id not in decided}
    found = []
    for id in {**old, **new}:
        one, other = old.get(id), new.get(id)
        if (one and (one.opens, one.posts, one.rung.repeat)) != (
            other and (other.opens, other.posts, other.rung.repeat)
        ):
            found.append(RungChange(id, one.opens if one else None, other.opens if other else None))
    return tuple(found)


def _appearing(line: Line, entries: list[Entry], again: bool) -> Appearing:
    followed = entries[0].cohort.followed
    source = str(followed.task.deadline_source)
    term = followed.term
    return Appearing(line, followed.task.title, units_of(entries), Days.of(term), term.why, source, again)


def _ending(line: Line, entries: list[Entry], causes: Causes) -> Ending:
    followed = entries[0].cohort.followed
    why = causes.of_end(followed, [entry.key for entry in entries])
    return Ending(line, followed.task.title, units_of(entries), Days.of(followed.term), why)


def _passed_on(appearing: list[Appearing], ending: list[Ending]) -> Iterator[Passing]:
    """Yield what ends for some units and begins for others, of the same line."""
    began: dict[Line, list[Appearing]] = defaultdict(list)
    for found in appearing:
        began[found.line].append(found)
    ended: dict[Line, list[Ending]] = defaultdict(list)
    for over in ending:
        ended[over.line].append(over)
    for line in sorted(began.keys() & ended.keys()):
        first = began[line][0]
        old = tuple(sorted(unit for found in ended[line] for unit in found.units))
        new = tuple(sorted(unit for found in began[line] for unit in found.units))
        yield Passing("lead", line, first.title, old, new, first.days)


def _answered_by_others(
    both: Both,
) -> Iterator[Passing]:
    """Yield obligations whose owers stay, and which other heads, coordinating units or another office hear of."""
    seen: set[tuple[Line, str, tuple[str, ...], tuple[str, ...]]] = set()
    for (line, _, other), entries in both.items():
        for was, is_ in entries:
            for kind, old, new in _otherwise(was.owers, is_.owers):
                if (line, kind, old, new) not in seen:
                    seen.add((line, kind, old, new))
                    followed = other.followed
                    yield Passing(kind, line, followed.task.title, old, new, Days.of(followed.term))  # type: ignore[arg-type]


def _otherwise(was: Owers, is_: Owers) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    if was.units == is_.units and was.heads != is_.heads:
        yield "head", was.heads, is_.heads
    if was.coordinate != is_.coordinate:
        yield "coordinate", was.coordinate, is_.coordinate
    if was.standing != is_.standing:
        yield "standing", (was.standing,), (is_.standing,)


def coming_moves(after: World, places: Iterable[tuple[str, str]], causes: Causes, today: date) -> Iterator[Move]:
    """Yield the deadlines that an amendment moves on a day still to come."""
    for programme_id, task_id in sorted(places):
        programme = after.rulebook.programmes.get(programme_id)
        task = programme.task(task_id) if programme else None
        if programme is None or task is None:
            continue
        for amendment in task.amended:
            if amendment.until_on > today and causes.is_new(programme_id, task_id, amendment):
                yield from _on_that_day(after, programme_id, task_id, amendment.part, amendment.until_on, causes)


def _on_that_day(after: World, programme: str, task: str, part: str, on: date, causes: Causes) -> Iterator[Move]:
    lines: dict[tuple[Line, Cohort], list[Entry]] = defaultdict(list)
    for key, entry in after.entries.items():
        if key[:3] == (programme, task, part) and end_of(entry.facts) is None:
            lines[Line.of(key), entry.cohort].append(entry)
    told: set[str] = set()
    for (line, cohort), entries in sorted(lines.items(), key=lambda one: one[0][0]):
        was = cohort.followed
        then = after.roster.follow(entries[0].key, cohort.facts, today=on)
        if then is not None and Days.of(then.term)[:5] != Days.of(was.term)[:5]:
            why = causes.of_amendment(then, on)
            units = units_of(entries)
            # That a recurrence moves is told once, of its first occurrence that does.
            leads = then.deadline != was.deadline and not told.issuperset(units)
            told |= set(units) if leads else set()
            yield Move(
                "deadline",
                line,
                was.task.title,
                units,
                Days.of(was.term),
                Days.of(then.term),
                why,
                was.term.why,
                then.term.why,
                is_told=leads or was.term.kind != "recurring",
                is_anew=True,
                from_on=on,
            )
