"""Drawing up: from how all obligations stand, and what was said of them, to the snapshot of a period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from rules.citing import cited
from rules.directory import Directory
from rules.obligation import ObligationKey
from rules.periodic.happened import Happened
from rules.periodic.marks import entered
from rules.periodic.moved import Moved
from rules.periodic.passed import Passed
from rules.periodic.period import Period
from rules.periodic.snapshot import (
    Contribution,
    Entry,
    Head,
    Mark,
    Measured,
    Outcome,
    Previous,
    ProgrammePart,
    Snapshot,
    StandingOffice,
    Unheard,
    UnitPart,
)
from rules.programme import Programme
from rules.status import REPORTED, UNSETTLED, Status
from rules.summary import Count, counted

MOST = 20_000
"""So many obligations a snapshot holds one by one; those beyond are counted, none of which has more to say."""


class Entered(NamedTuple):
    """That an obligation was entered in the national system on a day, in the state it was in then."""

    on: date
    state: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What is summed up, by whom, as of when."""

    period: Period
    office: StandingOffice
    first: date
    last: date
    today: date
    since: datetime
    at: datetime
    contributions_by: datetime
    revision: int
    directory: Directory
    programmes: Sequence[Programme]


@dataclass(frozen=True, slots=True)
class Said:
    """What people said that bears on the period. `outcomes` are those recorded in it, `reported` what was reported done
    in it, accepted by now or not, `difficulties` those not resolved
    yet, `contributions` what units wrote, `wrote_first` when each unit first did, `measured` the indicators with new
    values, `moved` the deadlines that were moved or for which that was refused, `passed` the tasks that others lead
    now, `happened` what was recorded of events."""

    outcomes: Mapping[ObligationKey, Outcome] = field(default_factory=dict)
    reported: frozenset[ObligationKey] = frozenset()
    difficulties: Mapping[ObligationKey, str] = field(default_factory=dict)
    marks: Mapping[ObligationKey, Entered] = field(default_factory=dict)
    contributions: tuple[Contribution, ...] = ()
    wrote_first: Mapping[str, datetime] = field(default_factory=dict)
    measured: tuple[Measured, ...] = ()
    moved: tuple[Moved, ...] = ()
    passed: tuple[Passed, ...] = ()
    happened: tuple[Happened, ...] = ()


def draw(standing: Iterable[Entry], frame: Frame, said: Said, before: Snapshot | None, *, most: int = MOST) -> Snapshot:
    """Return the snapshot of obligations that stand so; `before` is the one it is compared with, and `most` how many
    are listed one by one. What was withdrawn counts for nothing."""
    earlier = {entry.key: entry.counts_as for entry in before.entries} if before else {}
    bare = [entry for entry in standing if entry.counts_as is not None]
    entries = sorted((_told(entry, frame, said, earlier) for entry in bare), key=_pressing)
    listed = entries if len(entries) <= most else _as_many_as_fit(entries, most)
    counting = [entry for entry in entries if not entry.is_ahead]
    return Snapshot(
        period=frame.period,
        office=frame.office,
        head=_head(frame, entries),
        unit=None,
        first=frame.first,
        last=frame.last,
        since=frame.since,
        at=frame.at,
        contributions_by=frame.contributions_by,
        revision=frame.revision,
        counts=counted(entry.status for entry in counting),
        tasks=_tasks(counting),
        ahead=len(entries) - len(counting),
        provisional=_provisional(counting),
        programmes=_programmes(counting, frame),
        units=_units(entries, frame),
        entries=tuple(listed),
        unlisted=len(counting) - sum(not entry.is_ahead for entry in listed),
        contributions=said.contributions,
        unheard=_unheard(entries, frame, said),
        measured=said.measured,
        previous=_compared(before) if before else None,
        moved=said.moved,
        passed=said.passed,
        happened=said.happened,
    )


_DATED = (Count.OPEN_IN_TIME, Count.OPEN_LATE)
_ORDER = {what: number for number, what in enumerate((*_DATED[::-1], Count.OPEN_UNDATED))}


def _compared(before: Snapshot) -> Previous:
    return Previous(before.period, before.at, before.counts, {part.unit: part.counts for part in before.units})


def of_unit(snapshot: Snapshot, unit: str) -> Snapshot:
    """Return what a snapshot says of one unit; what it owes jointly with others is its own as well. Of obligations that
    are not listed one by one, only the unit's own counts know."""
    entries = tuple(entry for entry in snapshot.entries if unit in entry.key.units)
    counting = [entry for entry in entries if not entry.is_ahead]
    units = tuple(part for part in snapshot.units if part.unit == unit)
    found = _by_programme(counting)
    programmes = (replace(part, counts=counted(found[part.id])) for part in snapshot.programmes if part.id in found)
    own = units[0] if units else UnitPart(unit, unit, counted(()))
    return replace(
        snapshot,
        unit=unit,
        counts=own.counts,
        tasks=own.tasks,
        ahead=own.ahead,
        provisional=_provisional(counting),
        programmes=tuple(programmes),
        units=units,
        entries=entries,
        unlisted=own.counts.total - len(counting),
        contributions=tuple(one for one in snapshot.contributions if one.unit == unit),
        unheard=tuple(one for one in snapshot.unheard if one.unit == unit),
        measured=tuple(one for one in snapshot.measured if unit in one.owners),
        previous=snapshot.previous.of_unit(unit) if snapshot.previous else None,
        moved=tuple(one for one in snapshot.moved if unit in one.key.units),
        passed=tuple(one for one in snapshot.passed if one.concerns(unit)),
        happened=tuple(heard for one in snapshot.happened if (heard := one.of_unit(unit))),
    )


def _told(entry: Entry, frame: Frame, said: Said, earlier: Mapping[ObligationKey, Count | None]) -> Entry:
    key = entry.key
    mark = said.marks.get(key)
    # What was due on a day off is on time for some days more.
    is_due = entry.due is not None and entry.due <= frame.period.following.last
    result = _result(entry, said.outcomes.get(key))
    return replace(
        entry,
        result=result,
        is_new=result == "reported" or (result == "accepted" and key in said.reported),
        is_next=is_due and entry.is_open and not entry.is_late,
        difficulty=said.difficulties.get(key) if entry.status.progress in UNSETTLED else None,
        before=earlier.get(key),
        mark=Mark(mark.on, mark.state != entered(entry.status)) if mark else None,
    )


def _result(entry: Entry, outcome: Outcome | None) -> Outcome | Literal[""]:
    """Return what came of it in the period: what was recorded then and still holds, whichever day it names."""
    if outcome == "lapsed":
        return "lapsed" if entry.counts_as is Count.CLOSED else ""
    return outcome if outcome is not None and entry.status.progress in REPORTED else ""


def _pressing(entry: Entry) -> tuple[int, int, date, ObligationKey]:
    what = entry.counts_as if not entry.is_ahead else None
    order = _ORDER.get(what, len(_ORDER)) if what is not None else len(_ORDER)
    return (order, -entry.days_late if entry.is_late else 0, entry.due or date.max, entry.key)


def _as_many_as_fit(entries: Sequence[Entry], most: int) -> list[Entry]:
    """Return those of which there is something to tell, and of the others as many as fit, all in their order."""
    room = most - sum(entry.is_told for entry in entries)
    kept = []
    for entry in entries:
        if entry.is_told or room > 0:
            kept.append(entry)
            room -= not entry.is_told
    return kept


def _programmes(entries: Iterable[Entry], frame: Frame) -> tuple[ProgrammePart, ...]:
    found = _by_programme(entries)
    return tuple(
        ProgrammePart(one.id, one.title, cited(one.document).vi, counted(found[one.id]), cited(one.document).en)
        for one in frame.programmes
    )


def _by_programme(entries: Iterable[Entry]) -> defaultdict[str, list[Status]]:
    found: defaultdict[str, list[Status]] = defaultdict(list)
    for entry in entries:
        found[entry.key.programme].append(entry.status)
    return found


def _provisional(entries: Iterable[Entry]) -> int:
    return sum(entry.provisional for entry in entries if entry.counts_as in _DATED)


def _tasks(entries: Iterable[Entry]) -> int:
    return len({(entry.key.programme, entry.key.task) for entry in entries})


def _units(entries: Iterable[Entry], frame: Frame) -> tuple[UnitPart, ...]:
    """Return the counts of each unit that owes something, in the order of the directory; one that the directory no
    longer has still owed what it owed."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for unit in entry.key.units:
            found[unit].append(entry)
    known = frame.directory.units
    order = [*(unit for unit in known if unit in found), *sorted(found.keys() - known.keys())]
    return tuple(_unit(unit, found[unit], frame) for unit in order)


def _unit(unit: str, entries: Sequence[Entry], frame: Frame) -> UnitPart:
    counting = [entry for entry in entries if not entry.is_ahead]
    counts = counted(entry.status for entry in counting)
    return UnitPart(unit, _name(unit, frame.directory), counts, _tasks(counting), len(entries) - len(counting))


def _unheard(entries: Iterable[Entry], frame: Frame, said: Said) -> tuple[Unheard, ...]:
    """Return the units that owe something and had written nothing by the hour, or by now if it has not come; the
    standing office has until the summary leaves."""
    owing = {unit for entry in entries if entry.is_open for unit in entry.key.units} - {frame.office.unit}
    found = []
    for unit in (unit for unit in frame.directory.units if unit in owing):
        wrote = said.wrote_first.get(unit)
        if wrote is None or wrote > frame.contributions_by:
            found.append(Unheard(unit, _name(unit, frame.directory), wrote))
    return tuple(found)


def _head(frame: Frame, entries: Iterable[Entry]) -> Head:
    unit, directory = frame.directory.units.get(frame.office.unit), frame.directory
    signer = unit.head.holder(frame.today) if unit and unit.head else None
    chair = directory.chair.holder(frame.today) if directory.chair else None
    owing = {unit for entry in entries for unit in entry.key.units}
    posts = (directory.post(unit, "overseer") for unit in directory.units if unit in owing)
    over = (post.holder(frame.today) for post in posts if post)
    titles = dict.fromkeys(one.title for one in over if one and (chair is None or one.email != chair.email))
    name = _name(frame.office.unit, directory)
    return Head(name, signer.title if signer else "", chair.title if chair else "", tuple(titles))


def _name(unit: str, directory: Directory) -> str:
    return directory.units[unit].name if unit in directory.units else unit
