"""Vacancies: units whose head nobody is, who is told in place of one, and what those told before amount to."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rules.announced import ANNOUNCEMENTS
from rules.directory import Directory
from rules.followed import Followed
from rules.gate import WARNING
from rules.ladder import SUPERIORS, Role, Rung
from rules.ledger import Ledger
from rules.obligation import Notice, Slot
from rules.timetable import BASELINE

_ABOVE: dict[Role, tuple[Role, ...]] = {"overseer": ("chair",), "chair": ()}
"""Who stands above a superior; above everybody else all superiors do."""
_BESIDE = {rung.id: rung for rung in (BASELINE, WARNING)}
"""The rungs, beside those of a ladder, by which a head hears that something is late."""
_OF_THE_UNIT: frozenset[Role] = frozenset({"head", "focal"})


class Heads(NamedTuple):
    """How a reader stands to the heads of the units that owe a task. `vacant`: the titles of those that nobody is;
    `stands_in`: the reader is told what is meant for such a unit; `told`: all heads have been told, or are with it."""

    vacant: tuple[str, ...]
    stands_in: bool
    told: bool


def heads(followed: Followed, notice: Notice, ledger: Ledger, *, on: date) -> Heads:
    """Return how the reader of a notice stands to the heads concerned, as the directory is on that day."""
    vacant = tuple(title for unit in followed.owers.heads if (title := vacant_head(followed.directory, unit, on)))
    reminders = {rung.id: rung for rung in followed.ladder.rungs} | _BESIDE
    rungs = [_rung(followed, notice.slot.rung), *(rung for id, rung in reminders.items() if id in ledger.decided)]
    is_told = not vacant and any("head" in _roles(rung) for rung in rungs)
    return Heads(vacant, reads_for_head(followed, notice.slot, on=on) != "", is_told)


def vacant_head(directory: Directory, unit: str, on: date) -> str:
    """Return the title of the head of a unit where nobody is that, '' where somebody is."""
    if unit not in directory.units:
        return ""
    post = directory.units[unit].head
    if post is None:
        return f"Người đứng đầu {directory.units[unit].name}"
    return "" if post.holder(on) else post.title


def reads_for_head(followed: Followed, slot: Slot, *, on: date) -> str:
    """Return the title of the head in whose place a superior is told what the rung means for the unit itself, '' where
    the superior is told as such, or the unit does not owe the task."""
    if slot.role not in SUPERIORS or slot.unit not in (*followed.owers.units, *followed.owers.heads):
        return ""
    roles = _roles(_rung(followed, slot.rung))
    if slot.role in roles or _OF_THE_UNIT.isdisjoint(roles):
        return ""
    return vacant_head(followed.directory, slot.unit, on)


def told_above(followed: Followed, role: Role, ledger: Ledger) -> Iterator[Role]:
    """Yield the posts above that role that were told of the delay as superiors, or are on their way to be: not those
    that were only told what was meant for a head."""
    told = ledger.heard | {slot.role for slot in ledger.owed if slot.rung in ledger.late_rungs}
    meant = {role for rung in followed.ladder.rungs if rung.id in ledger.decided for role in _roles(rung)}
    yield from (above for above in _ABOVE.get(role, ("overseer", "chair")) if above in told and above in meant)


def _rung(followed: Followed, id: str) -> Rung | None:
    found = ANNOUNCEMENTS.get(id) or _BESIDE.get(id)
    return found or next((rung for rung in followed.ladder.rungs if rung.id == id), None)


def _roles(rung: Rung | None) -> tuple[Role, ...]:
    return (*rung.to, *rung.cc) if rung else ()
