"""The list of obligations: filtered by what its address says, page by page, and the same as a file."""

from typing import NamedTuple

from starlette.responses import Response

from db.boards import Seen, Tally
from db.lists import count, listed
from rules.status import Progress, Timeliness, Verification
from rules.wording import Wording
from web.page import Page
from web.refusal import Refusal
from web.showing.filtered import filtered
from web.showing.filters import AFTER, MOST_COUNTED, filters_of, key_text
from web.showing.rows import rows_of
from web.showing.scope import axes_of, seen_by, tally_of
from web.showing.written import MOST_WRITTEN, as_csv, as_workbook
from web.visit import Visit

SHOWN = 50


class Choice(NamedTuple):
    """An option of a filter."""

    value: str
    name: str


class Choices(NamedTuple):
    """What can be chosen, of what the visitor sees."""

    programmes: list[Choice]
    sections: list[Choice]
    units: list[Choice]

    @property
    def names(self) -> tuple[dict[str, str], ...]:
        """Return the names of programmes, units and sections, by their values."""
        return dict(self.programmes), dict(self.units), dict(self.sections)


def show(visit: Visit) -> Response:
    """Show a page of the list."""
    filters = filters_of(visit.request.query_params)
    with visit.reading() as connection:
        tally = tally_of(visit, connection)
        seen = seen_by(visit, tally)
        asked = filters.asked(seen, tally, visit.desk.rulebook)
        axes = axes_of(visit, connection)
        found = listed(connection, axes, asked, after=filters.after, limit=SHOWN + 1)
        total = count(connection, axes, asked, most=MOST_COUNTED + 1)
        choices = _choices(visit, seen, tally)
    page = found[:SHOWN]
    more = filters.query(**{AFTER: key_text(page[-1].place)}) if len(found) > SHOWN else None
    return visit.render(
        "list.html.j2",
        filters=filters,
        rows=rows_of(visit, page),
        total=min(total, MOST_COUNTED),
        is_more=total > MOST_COUNTED,
        more=more,
        choices=choices,
        filtered=[visit.say(one) for one in filtered(filters, choices.names)],
        most_written=MOST_WRITTEN,
        axes=(tuple(Progress), tuple(Timeliness), tuple(Verification)),
    )


def download(visit: Visit) -> Response:
    """Return the whole list as a file."""
    filters = filters_of(visit.request.query_params)
    with visit.reading() as connection:
        tally = tally_of(visit, connection)
        asked = filters.asked(seen_by(visit, tally), tally, visit.desk.rulebook)
        rows = rows_of(visit, listed(connection, axes_of(visit, connection), asked, limit=MOST_WRITTEN + 1))
    match visit.request.path_params["form"]:
        case "csv":
            return as_csv(visit, rows)
        case "xlsx":
            return as_workbook(visit, rows)
    raise Refusal("not_found")


def _choices(visit: Visit, seen: Seen, tally: Tally) -> Choices:
    rulebook = visit.desk.rulebook
    programmes = [rulebook.programmes[one] for one in seen.programmes]
    owing = {(of, one) for of, unit in tally.units if _shows(seen, of, unit) for one in unit.split("+")}
    units: dict[str, str] = {}
    for programme in programmes:
        directory = rulebook.directories[programme.directory]
        for unit in directory.units.values():
            if (programme.id, unit.id) in owing:
                units[f"{directory.id}:{unit.id}"] = unit.name
    sections = dict.fromkeys(task.section for programme in programmes for task in programme.tasks.values())
    return Choices(
        [Choice(one.id, one.title) for one in programmes],
        [Choice(one, one) for one in sections if one],
        [Choice(value, name) for value, name in units.items()],
    )


def _shows(seen: Seen, programme: str, unit: str) -> bool:
    return programme in seen.whole or unit in dict(seen.units).get(programme, ())


PAGES = (
    Page("/danh-sach", "see_work", show, menu=Wording("Danh sách nhiệm vụ", "All tasks")),
    Page("/danh-sach.{form}", "see_work", download),
)
