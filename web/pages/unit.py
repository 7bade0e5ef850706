"""The page of a unit: how its work stands, who holds its posts, and what presses most."""

from typing import NamedTuple

from starlette.responses import Response

from db.axes import o
from db.boards import tally
from db.boards.cells import Cells, added
from db.lists import Asked, listed
from rules.access import UnitOf, sees_unit
from rules.calendar import local_day
from rules.directory import Holder
from rules.ladder import Role
from rules.posts import ROLES
from rules.status import OPEN
from web.page import Page
from web.refusal import Refusal
from web.showing.figures import Line
from web.showing.rows import rows_of
from web.showing.scope import axes_of, owed_by, seen_by, tally_of
from web.showing.to_come import to_come
from web.visit import Visit

SHOWN = 20
_POSTS: tuple[Role, ...] = ("head", "focal", "overseer")


class Held(NamedTuple):
    """A post of the unit, and who holds it today."""

    role: Role
    holder: Holder | None


def show(visit: Visit) -> Response:
    """Show a unit, as far as its work is the visitor's to see."""
    rulebook, params = visit.desk.rulebook, visit.request.path_params
    directory = rulebook.directories.get(params["directory"])
    unit = directory.units.get(params["unit"]) if directory else None
    if directory is None or unit is None:
        raise Refusal("not_found")
    if not sees_unit(visit.who, UnitOf(directory.id, unit.id), rulebook):
        raise Refusal("not_allowed")
    today = local_day(visit.now, visit.desk.zone)
    with visit.reading() as connection:
        kept, axes = tally_of(visit, connection), axes_of(visit, connection)
        seen = seen_by(visit, kept)
        programmes = [one for one in seen.programmes if rulebook.programmes[one].directory == directory.id]
        stored = owed_by([unit.id], {name for _, name in kept.units})
        found = {
            one: tally(connection, axes, (o.task,), o.programme == one, o.unit.in_(sorted(stored)), seen.of(one))
            for one in programmes
        }
        asked = Asked(seen, tuple(programmes), units=frozenset(stored), progress=OPEN)
        pressing = listed(connection, axes, asked, limit=SHOWN + 1)
        of = f"{directory.id}:{unit.id}"
        ahead = to_come(visit, connection, axes, seen, kept, unit=of)
    lines = [
        Line(section or "–", rulebook.programmes[programme].title, cells, {"dv": of, "ct": programme, "muc": section})
        for programme, by_task in found.items()
        for section, cells in _by_section(visit, programme, by_task).items()
    ]
    posts = [Held(role, post.holder(today)) for role in _POSTS if (post := directory.post(unit.id, role)) is not None]
    return visit.render(
        "unit.html.j2",
        unit=unit,
        posts=posts,
        roles=ROLES,
        ahead=ahead,
        cells=added(line.cells for line in lines),
        lines=lines,
        rows=rows_of(visit, pressing[:SHOWN]),
        more=len(pressing) > SHOWN,
        query={"dv": of},
    )


def _by_section(visit: Visit, programme: str, by_task: dict[tuple[str, ...], Cells]) -> dict[str, Cells]:
    tasks = visit.desk.rulebook.programmes[programme].tasks
    found: dict[str, list[Cells]] = {}
    for (task,), cells in by_task.items():
        found.setdefault(tasks[task].section if task in tasks else "", []).append(cells)
    return {section: added(those) for section, those in found.items()}


PAGES = (Page("/don-vi/{directory}/{unit}", "see_work", show),)
