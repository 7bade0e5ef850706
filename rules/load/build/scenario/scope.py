"""What a scenario may refer to: one programme with its tasks, events, rungs and people, and days that make sense."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.directory import Acting, Directory, Group, OrgUnit, Post
from rules.gate import WARNING
from rules.ladder import Ladder
from rules.load.build.task import EVENT, PART, TASK
from rules.load.documents import CALLED
from rules.load.mistake import IN_FILES, listed, quoted, suggestion, unknown
from rules.load.place import Faults, Place
from rules.load.shapes.scenario import ScenarioShape
from rules.programme import Programme, Rulebook, Task
from rules.timetable import BASELINE
from rules.wording import Wording

ANNOUNCED = ("new", "moved", "done")
ASKED = ("watch", "undated", "unrecorded", "vacant")
"""What people are asked or told beside the ladders."""
BEFORE, AFTER = timedelta(120), timedelta(366)
"""How far before and after the programme's period a day may lie."""


_RUNG = Wording("bậc", "rung")
_UNIT = Wording("đơn vị", "unit")


class Names:
    """What the units, groups and posts of a directory are called, in small letters; worked out once."""

    def __init__(self, directory: Directory) -> None:
        self.units: dict[str, str] = {}
        named: list[OrgUnit | Group] = [*directory.units.values(), *directory.groups.values()]
        for one in named:
            for name in (one.id, one.name, *one.aliases):
                self.units.setdefault(name.casefold(), one.id)
        holders = list(_holders(directory))
        self.titles = {one.title.casefold(): one.title for one in holders}
        self.addresses = {one.email for one in holders if one.email}


@dataclass(frozen=True, slots=True)
class Scope:
    """A scenario's programme, and where it is said what does not fit."""

    programme: Programme
    directory: Directory
    names: Names
    ladders: tuple[Ladder, ...]
    faults: Faults
    stand_ins: set[str] = field(default_factory=set)
    """Addresses of those who stand in for a post in this scenario, and their titles in small letters."""

    def day(self, day: date | None, place: Place) -> date | None:
        """Return the day; add a problem when it lies too far outside the programme's period."""
        period = self.programme.period
        if day is None or period is None or period.start - BEFORE <= day <= period.end + AFTER:
            return day
        far, near = _far(day, period.start, period.end), suggestion(_in_period(day, period.start, period.end))
        said = Wording(
            f"'{day}' nằm {far.vi} thời kỳ {period.text} của {self.programme.id}{near.vi}",
            f"'{day}' lies {far.en} the period {period.text} of {self.programme.id}{near.en}",
        )
        self.faults.at(place, said)
        return day

    def check_tasks(self, names: Sequence[str], place: Place) -> None:
        """Add a problem for each name that is no task of the programme."""
        for number, name in enumerate(names):
            if name not in self.programme.tasks:
                self._unknown(TASK, name, self.programme.tasks, place / number)

    def tasks(self, names: Iterable[str]) -> list[Task]:
        """Return the tasks of those names, as far as they exist."""
        return [self.programme.tasks[name] for name in names if name in self.programme.tasks]

    def check_event(self, name: str, place: Place) -> None:
        """Add a problem unless it is an event of the programme."""
        if name not in self.programme.events:
            self._unknown(EVENT, name, self.programme.events, place)

    def check_rungs(self, names: Sequence[str], place: Place) -> None:
        """Add a problem for each name that is no rung of a ladder of the programme, nor one beside the ladders."""
        ours = list(dict.fromkeys(rung.id for ladder in self.ladders for rung in ladder.rungs))
        known = [*ours, BASELINE.id, WARNING.id, *ANNOUNCED, *ASKED]
        for number, name in enumerate(names):
            if name not in known:
                self._unknown(_RUNG, name, known, place / number)

    def check_part(self, part: str | None, tasks: Sequence[str], place: Place) -> None:
        """Add a problem unless one of the tasks, of all where none is named, has that part."""
        meant = self.tasks(tasks) if tasks else list(self.programme.tasks.values())
        known = list(dict.fromkeys(name for task in meant for name in task.deadlines if name))
        if part is not None and meant and part not in known:
            self._unknown(PART, part, known, place / "part")

    def units(self, names: Sequence[str], place: Place) -> tuple[str, ...]:
        """Return the units that these units and groups come to; a problem for each that is neither."""
        found = (self.named(name, place / number) for number, name in enumerate(names))
        return tuple(dict.fromkeys(unit for units in found for unit in units))

    def named(self, name: str, place: Place) -> tuple[str, ...]:
        """Return the units meant by the id, name or alias of a unit or a group; none, and a problem, for another."""
        found = self.names.units.get(name.casefold())
        if found is None:
            self._unknown(_UNIT, name, [*self.directory.units, *self.directory.groups], place)
            return ()
        group = self.directory.groups.get(found)
        if group is not None and group.open:
            said = Wording(
                f"nhóm {quoted(found)} là nhóm mở: không ai biết gồm những ai",
                f"group {quoted(found)} is open: nobody knows who belongs to it",
            )
            self.faults.at(place, said)
        return group.members if group is not None else (found,)

    def _unknown(self, what: Wording, name: str, known: Iterable[str], place: Place) -> None:
        within = Wording(f" trong {self.programme.id}", f" in {self.programme.id}")
        self.faults.at(place, unknown(what, name, known, within=within, most=12))


def scope(
    shape: ScenarioShape, place: Place, rulebook: Rulebook, names: dict[str, Names], faults: Faults
) -> Scope | None:
    """Return what the scenario may refer to; None, and a problem, when its programme is not known.

    `names` keeps what the directories' people are called.
    """
    name = shape.programme
    if name is None:
        if len(rulebook.programmes) != 1:
            if not (place / "programme").is_unread:
                faults.at(place, _which(list(rulebook.programmes)))
            return None
        name = next(iter(rulebook.programmes))
    programme = rulebook.programmes.get(name)
    if programme is None:
        faults.at(place / "programme", unknown(CALLED["programme"], name, rulebook.programmes, searched=IN_FILES))
        return None
    ladders = dict.fromkeys([programme.ladder, *(task.ladder for task in programme.tasks.values())])
    directory = rulebook.directories[programme.directory]
    if directory.id not in names:
        names[directory.id] = Names(directory)
    return Scope(programme, directory, names[directory.id], tuple(rulebook.ladders[id] for id in ladders), faults)


def _which(programmes: Sequence[str]) -> Wording:
    none = Wording("các tệp này chưa có chương trình nào", "none in these files")
    known = Wording(f"hiện có: {listed(programmes)}", listed(programmes)) if programmes else none
    return Wording(
        f"thiếu 'programme': thử chương trình nào? {known.vi}",
        f"'programme' is missing: which one is tested? known: {known.en}",
    )


def _holders(directory: Directory) -> Iterator[Post | Acting]:
    """Yield every post and everybody who stands in for one."""
    posts = [directory.chair, directory.overseer]
    for unit in directory.units.values():
        posts += [unit.head, unit.focal, unit.overseer]
    for post in posts:
        if post is not None:
            yield post
            yield from post.acting


def _in_period(day: date, start: date, end: date) -> str | None:
    """Return the same day of a year that lies in the period, None when there is none."""
    for year in range(start.year, end.year + 1):
        try:
            near = day.replace(year=year)
        except ValueError:
            continue
        if start <= near <= end:
            return near.isoformat()
    return None


def _far(day: date, start: date, end: date) -> Wording:
    if day < start:
        days = (start - day).days
        return Wording(f"trước {days} ngày so với", f"{days} days before")
    days = (day - end).days
    return Wording(f"sau {days} ngày so với", f"{days} days after")


def comes_before(last: date, first: date) -> Wording:
    """Return that the last day lies before the first."""
    return Wording(f"'{last}' đến trước '{first}'", f"'{last}' comes before '{first}'")
