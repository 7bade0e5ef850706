"""Summed: whose summaries a visitor may read, whole or as far as they tell of the visitor's own units; and which period
is being written for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.summaries import drafts_waiting, sent_by_all
from rules.access import Subject, UnitOf
from rules.calendar import local_day
from rules.load.mistake import Mistake
from rules.periodic.period import KINDS, Period, PeriodKind, covering, read_period
from rules.periodic.schedule import OFF, Hours, Schedule, hours_or_usual
from rules.periodic.snapshot import StandingOffice
from rules.programme import Programme, Rulebook
from rules.wording import Wording
from web.refusal import Refusal
from web.visit import Visit

EARLIEST = 2000
"""No summary is of a year before."""
STEPS = {
    "sent": Wording("Đã gửi", "Sent"),
    "confirmed": Wording("Đã xác nhận", "Confirmed"),
    "draft": Wording("Dự thảo", "Draft"),
    "live": Wording("Chưa lập", "Not drawn up"),
}
"""How far a summary has come, in words."""
TONES = {"sent": "good", "confirmed": "good", "draft": "today", "live": "calm"}


class Readable(NamedTuple):
    """A standing office whose summaries a visitor may read: whole, or what they say of these units."""

    office: StandingOffice
    name: str
    programmes: tuple[Programme, ...]
    whole: bool
    units: tuple[str, ...]

    def path(self, period: Period) -> str:
        """Return the page of the summary of a period."""
        return f"/bao-cao/{self.office}/{period}"


class Writable(NamedTuple):
    """A unit that a visitor writes for."""

    directory: str
    unit: str
    name: str

    def path(self, period: Period) -> str:
        """Return the page on which it writes for a period."""
        return f"/dong-gop/{self.directory}/{self.unit}/{period}"


def offices(rulebook: Rulebook) -> dict[StandingOffice, list[Programme]]:
    """Return the standing offices of the rules in force, each with the programmes it sums up."""
    found: dict[StandingOffice, list[Programme]] = {}
    for programme in rulebook.programmes.values():
        found.setdefault(StandingOffice(programme.directory, programme.standing), []).append(programme)
    return found


def readable(visit: Visit) -> Iterator[Readable]:
    """Yield the standing offices whose summaries who asks may read, in the order of the programmes."""
    rulebook = visit.desk.rulebook
    for office, programmes in offices(rulebook).items():
        known = rulebook.directories[office.directory].units
        whole = any(visit.may("see_summary", Subject.of_programme(one)) for one in programmes)
        own = tuple(unit for unit in known if UnitOf(office.directory, unit) in visit.who.units)
        if whole or own:
            yield Readable(office, known[office.unit].name, tuple(programmes), whole, tuple(known) if whole else own)


def writable(visit: Visit) -> list[Writable]:
    """Return the units that who asks writes for, of directories in which something is summed up."""
    rulebook = visit.desk.rulebook
    summed = dict.fromkeys(office.directory for office in offices(rulebook))
    return [
        Writable(directory, unit.id, unit.name)
        for directory in summed
        for unit in rulebook.directories[directory].units.values()
        if visit.may("contribute", Subject(directory, units=(unit.id,)))
    ]


def summed_in(rulebook: Rulebook, directory: str) -> list[Programme]:
    """Return the programmes of a directory, whichever standing office sums them up."""
    return [programme for programme in rulebook.programmes.values() if programme.directory == directory]


def hours_of(visit: Visit, programmes: Iterable[Programme], period: Period) -> Hours:
    """Return the hours of a period, by the calendar of the first of the programmes that are summed up."""
    calendar = visit.desk.rulebook.calendars[next(iter(programmes)).calendar]
    return hours_or_usual(visit.desk.schedule, period, calendar, visit.desk.zone)


def is_asked(visit: Visit, unit: Writable) -> bool:
    """Say whether a unit is asked to write until an hour; a standing office to which alone it would write is not."""
    drawn_up_by = {office.unit for office in offices(visit.desk.rulebook) if office.directory == unit.directory}
    return drawn_up_by != {unit.unit}


def leaves_by_itself(schedule: Schedule, period: Period) -> bool:
    """Say whether the summary of a period leaves at its hour though nobody confirms it."""
    return schedule.closing(period.kind) != OFF and not schedule.needs_confirmation


def is_sent(visit: Visit, connection: Connection, directory: str, period: Period) -> bool:
    """Say whether every standing office of a directory has sent the summary of a period."""
    names = [str(office) for office in offices(visit.desk.rulebook) if office.directory == directory]
    return sent_by_all(connection, names, str(period))


def to_confirm(visit: Visit, connection: Connection) -> Iterator[tuple[Readable, Period]]:
    """Yield the drafts that leave only once they are confirmed and wait for who asks to do so."""
    if not visit.desk.schedule.needs_confirmation:
        return
    for source in readable(visit):
        if visit.may("confirm_summary", Subject.of_programme(source.programmes[0])):
            for period, _ in drafts_waiting(connection, str(source.office)):
                yield source, read_period(period)


def running(visit: Visit, connection: Connection, directory: str) -> list[Period]:
    """Return the periods that units write for now: the present one of each kind that is summed up, the next one where
    that was sent; a week in any case."""
    found = []
    for kind in _kinds(visit):
        period = covering(kind, local_day(visit.now, visit.desk.zone))
        found.append(period.following if is_sent(visit, connection, directory, period) else period)
    return found


def present(visit: Visit) -> list[Period]:
    """Return the present period of each kind that is summed up; a week in any case."""
    today = local_day(visit.now, visit.desk.zone)
    return [covering(kind, today) for kind in _kinds(visit)]


def period_in(visit: Visit, text: str, *, ahead: bool = False) -> Period:
    """Return the period that an address names; Refusal when it names none, or one that has not begun. `ahead`: the one
    that comes next is one, too."""
    try:
        period = read_period(text)
    except Mistake:
        raise Refusal("not_found") from None
    today = local_day(visit.now, visit.desk.zone)
    begun = period.first.year >= EARLIEST and period.first <= today
    if not begun and not (ahead and period == covering(period.kind, today).following):
        raise Refusal("not_found")
    return period


def _kinds(visit: Visit) -> list[PeriodKind]:
    return [kind for kind in KINDS if kind == "week" or visit.desk.schedule.closing(kind) != OFF]
