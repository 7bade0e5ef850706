"""Figures: the board as values: how many obligations stand how, by programme, section and unit, and over time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db.axes import Axes, o
from db.boards import BANDS, Cells, Seen, Tally, tally
from db.boards.cells import added
from db.boards.trend import Week
from rules.access import Roles, UnitOf, sees_unit
from rules.programme import Rulebook
from rules.wording import Wording

Groups = dict[tuple[str, str], Cells]


class Line(NamedTuple):
    """A line of a table: what it is of, its counts, and the filter that lists them."""

    name: str
    of: str
    cells: Cells
    query: Mapping[str, object]
    page: str = ""
    """The page of its own that it has, if it has one."""


@dataclass(frozen=True, slots=True)
class Band:
    """What is late since so many days."""

    name: Wording
    count: int
    query: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Figures:
    """The board of what somebody sees, counted at `at`."""

    at: datetime
    cells: Cells
    programmes: tuple[Line, ...]
    sections: tuple[Line, ...]
    units: tuple[Line, ...]
    bands: tuple[Band, ...]
    weeks: tuple[Week, ...]
    """The Fridays that are over, and today."""


class _Counted(NamedTuple):
    units: Groups
    tasks: Groups


def figures(
    connection: Connection,
    axes: Axes,
    rulebook: Rulebook,
    seen: Seen,
    kept: Tally,
    *,
    roles: Roles,
    programme: str = "",
) -> Figures:
    """Return the figures of what is seen, of one programme or of all, with the pages that these roles may open."""
    programmes = [one for one in seen.programmes if programme in ("", one)]
    counted = {one: _counted(connection, axes, seen, kept, one) for one in programmes}
    all_ = added(cells for one in counted.values() for cells in one.units.values())
    groups = [group for one in counted.values() for group in one.units]
    narrow: dict[str, object] = {"ct": programme} if programme else {}
    return Figures(
        at=kept.at,
        cells=all_,
        programmes=tuple(_programme(rulebook, one, counted[one]) for one in rulebook.programmes if one in counted),
        sections=tuple(
            line for one in rulebook.programmes if one in counted for line in _sections(rulebook, one, counted[one])
        ),
        units=tuple(_units(rulebook, counted, narrow, roles)),
        bands=tuple(_bands(all_, narrow)),
        weeks=(*kept.past.weeks(groups), Week(axes.today, all_.open, all_.late, all_.done)),
    )


def _counted(connection: Connection, axes: Axes, seen: Seen, kept: Tally, programme: str) -> _Counted:
    """Return the counts of a programme by unit and by task: the kept ones where all of it is seen."""
    if programme in seen.whole:
        units, tasks = kept.units, kept.tasks
    else:
        where = (o.programme == programme, seen.of(programme))
        units = tally(connection, axes, (o.programme, o.unit), *where)
        tasks = tally(connection, axes, (o.programme, o.task), *where)
    return _Counted(_of(units, programme), _of(tasks, programme))


def _of(groups: Mapping[tuple[str, ...], Cells], programme: str) -> Groups:
    return {(of, name): cells for (of, name), cells in groups.items() if of == programme}


def _programme(rulebook: Rulebook, programme: str, counted: _Counted) -> Line:
    title = rulebook.programmes[programme].title
    return Line(title, "", added(counted.units.values()), {"ct": programme}, f"/bang?ct={programme}")


def _sections(rulebook: Rulebook, programme: str, counted: _Counted) -> Iterable[Line]:
    known = rulebook.programmes[programme]
    by_section: dict[str, list[Cells]] = {task.section: [] for task in known.tasks.values()}
    for (_, task), cells in counted.tasks.items():
        if task in known.tasks:
            by_section[known.tasks[task].section].append(cells)
    for section, those in by_section.items():
        if those:
            yield Line(section or "–", known.title, added(those), {"ct": programme, "muc": section})


def _units(
    rulebook: Rulebook, counted: Mapping[str, _Counted], narrow: Mapping[str, object], roles: Roles
) -> Iterable[Line]:
    """Return the units that owe something, those with most that is late first; joint ones count with each."""
    by_unit: dict[tuple[str, str], list[Cells]] = {}
    for programme, found in counted.items():
        directory = rulebook.programmes[programme].directory
        for (_, unit), cells in found.units.items():
            for one in unit.split("+"):
                by_unit.setdefault((directory, one), []).append(cells)
    lines = [_unit(rulebook, UnitOf(*unit), added(those), narrow, roles) for unit, those in by_unit.items()]
    return sorted(lines, key=lambda line: (-line.cells.late, -line.cells.open, line.name))


def _unit(rulebook: Rulebook, of: UnitOf, cells: Cells, narrow: Mapping[str, object], roles: Roles) -> Line:
    query = {**narrow, "dv": f"{of.directory}:{of.unit}"}
    known = rulebook.directories[of.directory].units
    name = known[of.unit].name if of.unit in known else of.unit
    return Line(name, of.directory, cells, query, unit_page(roles, of, rulebook))


def unit_page(roles: Roles, of: UnitOf, rulebook: Rulebook) -> str:
    """Return the page of a unit, '' where it has none or these roles may not open it."""
    is_shown = of.unit in rulebook.directories[of.directory].units and sees_unit(roles, of, rulebook)
    return f"/don-vi/{of.directory}/{of.unit}" if is_shown else ""


def _bands(cells: Cells, narrow: Mapping[str, object]) -> Iterable[Band]:
    for (first, last), count in zip(BANDS, cells.bands, strict=True):
        query: dict[str, object] = {**narrow, "thoi_han": "late"}
        if first > 1:
            query["tre_tu"] = first
        if last is not None:
            query["tre_den"] = last
            name = Wording(f"{first}–{last} ngày", f"{first}–{last} days")
        else:
            name = Wording(f"trên {first - 1} ngày", f"over {first - 1} days")
        yield Band(name, count, query)


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How many open obligations are due on a day, and whether it is worked."""

    on: date
    count: int
    off: Wording | None
    values: int = 0
    """The values of indicators that are due, beside the tasks."""
