"""Happened: events recorded in a period, those recorded anew or taken back, and the deadlines that run from them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from rules.calendar import Calendar
from rules.days import clock, day_en, day_vi
from rules.due_day import DueDay
from rules.events import offset_from
from rules.programme import Occurred, Programme
from rules.wording import Wording

HappenedKind = Literal["recorded", "corrected", "retracted"]


class When(NamedTuple):
    """The local day of an event, with its hour where it is known."""

    on: date
    hour: time | None = None

    @classmethod
    def of(cls, occurred: Occurred, zone: ZoneInfo) -> "When":
        """Return when an event happened."""
        hour = occurred.at.astimezone(zone).time().replace(second=0, microsecond=0) if occurred.at else None
        return cls(occurred.on, hour)

    @property
    def words(self) -> Wording:
        """Return it as a sentence has it: `ngày 31/3/2026`, `on 31 March 2026`."""
        return Wording(self.day.vi, f"{'on' if self.hour is None else 'at'} {self.day.en}")

    @property
    def day(self) -> Wording:
        """Return it alone: `17h00 ngày 31/3/2026`, `17:00 on 31 March 2026`."""
        vi, en = f"ngày {day_vi(self.on)}", day_en(self.on)
        if self.hour is None:
            return Wording(vi, en)
        hour = clock(self.hour)
        return Wording(f"{hour.vi} {vi}", f"{hour.en} on {en}")


@dataclass(frozen=True, slots=True)
class Begun:
    """A deadline that runs from an event, of all units that have it alike. `owers` are the `unit` of each obligation,
    `units` their names in the same order."""

    task: str
    part: str
    occurrence: str
    number: str
    title: str
    owers: tuple[str, ...]
    units: tuple[str, ...]
    due: date | None
    hour: time | None = None

    @property
    def day(self) -> Wording:
        """Return the day in words."""
        if self.due is None:
            return Wording("chưa có ngày", "no day")
        line = DueDay(self.due, self.hour).line
        return Wording(f"hạn {line.vi}", f"due {line.en}")

    def of_unit(self, unit: str) -> "Begun | None":
        """Return what a unit owes of it, alone or with others; None where that is nothing."""
        own = [pair for pair in zip(self.owers, self.units, strict=True) if unit in pair[0].split("+")]
        if not own:
            return None
        return replace(self, owers=tuple(ower for ower, _ in own), units=tuple(name for _, name in own))


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of which it was recorded when it happened, that it happened at another time than was recorded `before`,
    or that it had been recorded by mistake."""

    programme: str
    event: str
    title: str
    kind: HappenedKind
    when: When
    before: When | None = None
    document: str = ""
    leads: tuple[str, ...] = ()
    """The units that lead a task of which a deadline hangs on it."""
    begun: tuple[Begun, ...] = ()

    def of_unit(self, unit: str) -> "Happened | None":
        """Return what it is to a unit, None where nothing that the unit leads hangs on it."""
        begun = tuple(found for one in self.begun if (found := one.of_unit(unit)))
        return replace(self, leads=(unit,), begun=begun) if begun or unit in self.leads else None


class Record(NamedTuple):
    """An entry of the register of events."""

    event: str
    occurred: Occurred
    recorded_at: datetime
    retracted_at: datetime | None = None
    document: str = ""


class News(NamedTuple):
    """What is told of a record; `before` is the one in whose place it was made."""

    kind: HappenedKind
    record: Record
    before: Record | None = None


def news(records: Iterable[Record], since: datetime) -> Iterator[News]:
    """Yield what the register says since an instant, event by event. A record that stands takes the place of one taken
    back since then; of one that was made and taken back in between it is told where nothing else is told of the
    event."""
    of: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        of[record.event].append(record)
    for those in of.values():
        yield from _news_of(those, since)


def _news_of(records: Sequence[Record], since: datetime) -> list[News]:
    gone = [one for one in records if one.retracted_at is not None and one.retracted_at > since]
    known = [one for one in gone if one.recorded_at <= since]
    between = [one for one in gone if one.recorded_at > since]
    replaced, told = [*known, *between], []
    for one in records:
        if one.retracted_at is None and one.recorded_at > since:
            before = next((was for was in replaced if was.recorded_at <= one.recorded_at), None)
            if before is not None:
                replaced.remove(before)
            told.append(News("corrected" if before else "recorded", one, before))
    told += [News("retracted", one) for one in known if one in replaced]
    return told or [News("retracted", one) for one in between[-1:]]


def times_from(record: Record, programme: Programme, calendar: Calendar, zone: ZoneInfo) -> dict[str, date]:
    """Return the day of the event, and of each that follows from it, by event."""
    found = {record.event: record.occurred}
    while new := {
        event.id: offset_from(found[event.after[0]], event.after[1], calendar=calendar, zone=zone)
        for event in programme.events.values()
        if event.after and event.after[0] in found and event.id not in found
    }:
        found |= new
    return {event: occurred.on for event, occurred in found.items()}
