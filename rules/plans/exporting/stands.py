"""Stands: how the obligations of one task stand, as one row of three axes; and how many rows stand so, in a line."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rules.days import day_en, day_vi
from rules.obligation import ObligationKey
from rules.status import NAMES, OPEN, REPORTED, Progress, Status, Timeliness, Verification
from rules.term import Term
from rules.wording import Language, Wording

State = Progress | Timeliness | Verification
Key = TypeVar("Key", Progress, Timeliness, Verification)
Named = Callable[[str], str]
"""From the id of a unit to its name."""

GRAVITY: tuple[State, ...] = (
    Progress.IN_PROGRESS, Progress.NOT_BEGUN, Progress.SUSPENDED, Progress.CLOSED, Progress.REPORTED, Progress.DONE,
    Progress.CANCELLED,
    Timeliness.LATE, Timeliness.DUE_TODAY, Timeliness.DUE_SOON, Timeliness.IN_TIME, Timeliness.UNDATED,
    Timeliness.DONE_LATE, Timeliness.DONE_IN_TIME,
    Verification.RETURNED, Verification.NONE_ASKED, Verification.AWAITING, Verification.ACCEPTED,
)  # fmt: skip
"""What a row with several obligations counts as: on each axis the first of these that any of them is in."""

OVER = (Progress.CLOSED, Progress.CANCELLED)
NAMED_ONE_BY_ONE = 5
"""So many obligations in one state are named; more of them are only counted."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How one obligation stood on the day; `days_late` counts from the day lateness counts from."""

    key: ObligationKey
    term: Term
    status: Status
    days_late: int = 0
    done_on: date | None = None


def current(stands: Iterable[Stand], on: date) -> tuple[Stand, ...]:
    """Return what a reader on that day looks for: of each part and unit the occurrence that is running, and before it
    whatever is still open. What was closed or withdrawn is left out, unless there is nothing else."""
    everything = tuple(stands)
    series: dict[tuple[str, str], list[Stand]] = defaultdict(list)
    for stand in [one for one in everything if one.status.progress not in OVER] or everything:
        series[stand.key.part, stand.key.unit].append(stand)
    return tuple(one for found in series.values() for one in _running(sorted(found, key=_due), on))


def _running(found: Sequence[Stand], on: date) -> list[Stand]:
    behind = [one for one in found if _due(one) < on]
    ahead = [one for one in found if _due(one) >= on]
    shown = [one for one in behind if one.status.progress in OPEN] + ahead[:1]
    return shown or behind[-1:]


def is_provisional(found: Sequence[Stand]) -> bool:
    """Say whether something still open has a deadline beyond the announced days off."""
    return any(one.term.provisional and one.status.progress in OPEN for one in found)


def _due(stand: Stand) -> date:
    return stand.term.due or date.max


def gravest(states: Iterable[Key]) -> Key:
    """Return the state that several obligations together count as."""
    return min(states, key=GRAVITY.index)


def counted(states: Iterable[State], language: Language) -> str:
    """Return how many are in each state of one axis: `Quá hạn 3; Trong hạn 12`."""
    counts = Counter(states)
    return "; ".join(f"{NAMES[state].say(language)} {counts[state]}" for state in NAMES if counts[state])


def progress(stands: Sequence[Stand], named: Named, language: Language) -> str:
    """Return what has come of the work, with the day when it is done."""
    return _told(stands, lambda one: one.status.progress, _done_on, named, language)


def timeliness(stands: Sequence[Stand], named: Named, language: Language) -> str:
    """Return how it stands to its deadline, with the days it is late."""
    return _told(stands, lambda one: one.status.timeliness, _days_late, named, language)


def verification(stands: Sequence[Stand], named: Named, language: Language) -> str:
    """Return what the standing office says of the reports."""
    return _told(stands, lambda one: one.status.verification, lambda _: Wording("", ""), named, language)


def _told(
    stands: Sequence[Stand],
    axis: Callable[[Stand], State],
    more: Callable[[Sequence[Stand]], Wording],
    named: Named,
    language: Language,
) -> str:
    """Return the state of all of them, or a line for each state with those in it, or how many."""
    by_state: dict[State, list[Stand]] = defaultdict(list)
    for stand in stands:
        by_state[axis(stand)].append(stand)
    lines = []
    for state in sorted(by_state, key=GRAVITY.index):
        these = by_state[state]
        said = NAMES[state].say(language) + more(these).say(language)
        if len(by_state) > 1:
            said += f": {_which(these, stands, named, language)}"
        lines.append(said)
    return "\n".join(lines)


def _done_on(stands: Sequence[Stand]) -> Wording:
    days = {one.done_on for one in stands if one.status.progress in REPORTED}
    day = days.pop() if len(days) == 1 else None
    return Wording(f" ngày {day_vi(day)}", f" on {day_en(day)}") if day else Wording("", "")


def _days_late(stands: Sequence[Stand]) -> Wording:
    days = {one.days_late for one in stands}
    most = max(days)
    if not most:
        return Wording("", "")
    if len(days) > 1:
        return Wording(f" đến {most} ngày", f" up to {_days(most)}")
    return Wording(f" {most} ngày", f" {_days(most)}")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _which(these: Sequence[Stand], among: Sequence[Stand], named: Named, language: Language) -> str:
    """Return the parts that are in one state with all their units, else which obligations are, or how many of all."""
    parts = dict.fromkeys(one.key.part for one in these)
    if "" not in parts and sum(one.key.part in parts for one in among) == len(these):
        return "; ".join(parts)
    if len(these) > NAMED_ONE_BY_ONE:
        return f"{len(these)}/{len(among)}"
    return "; ".join(label(one, among, named, language) for one in these)


def label(stand: Stand, among: Sequence[Stand], named: Named, language: Language) -> str:
    """Return what tells an obligation from the others of its task: its part, its units, the day it is due."""
    parts = []
    if stand.key.part and len({one.key.part for one in among}) > 1:
        parts.append(stand.key.part)
    if len({one.key.unit for one in among}) > 1:
        parts.append(", ".join(map(named, stand.key.units)))
    series = {one.key.occurrence for one in among if (one.key.part, one.key.unit) == (stand.key.part, stand.key.unit)}
    if stand.term.due and len(series) > 1:
        parts.append(day_vi(stand.term.due) if language == "vi" else day_en(stand.term.due))
    return ", ".join(parts)
