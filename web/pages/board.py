"""The board for leaders: how all stands at a glance, and from each number to the list behind it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.engine import Connection
from starlette.responses import Response

from db.boards import Seen
from db.facts import Remark, difficulties, event_records
from db.lists import Asked, by_day
from db.obligations import by_ids
from rules.calendar import local_day
from rules.wording import Wording
from web.page import Page
from web.refusal import Refusal
from web.showing.days import loads
from web.showing.figures import figures
from web.showing.names import title_of, unit_name
from web.showing.pending import duties
from web.showing.scope import axes_of, seen_by, tally_of
from web.showing.to_come import to_come
from web.visit import Visit

UNITS, DIFFICULTIES = 30, 8
"""So many units, those with most that is late, and so many difficulties are shown, unless all are asked for."""
NEXT = timedelta(days=30)


class Difficulty(NamedTuple):
    """A difficulty that nobody has seen to yet."""

    id: int
    title: str
    units: str
    said: Remark


def show(visit: Visit) -> Response:
    """Show the board of what the visitor sees, of one programme or of all."""
    rulebook = visit.desk.rulebook
    programme = visit.request.query_params.get("ct", "")
    if programme and programme not in rulebook.programmes:
        raise Refusal("not_found")
    today = local_day(visit.now, visit.desk.zone)
    with visit.reading() as connection:
        kept, axes = tally_of(visit, connection), axes_of(visit, connection)
        seen = seen_by(visit, kept, "see_board")
        if programme and programme not in seen.programmes:
            raise Refusal("not_allowed")
        board = figures(connection, axes, rulebook, seen, kept, roles=visit.who, programme=programme)
        asked = Asked(seen, tuple(one for one in seen.programmes if programme in ("", one)))
        ahead = to_come(visit, connection, axes, seen, kept, programme=programme)
        days = by_day(connection, asked, today, today + NEXT)
        told = _difficulties(visit, connection, seen, programme)
        waited = _events_waited_for(visit, connection, seen, programme)
        office = {one for one in visit.who.standing if programme in ("", one)}
        to_see_to = duties(visit, connection, office) if office else []
    all_units = visit.request.query_params.get("don_vi") == "tat_ca"
    return visit.render(
        "board.html.j2",
        board=board,
        ahead=ahead,
        programme=rulebook.programmes.get(programme),
        units=board.units if all_units else board.units[:UNITS],
        days=loads(visit, asked.programmes, days, today, today + NEXT),
        difficulties=told[:DIFFICULTIES],
        difficult=len(told),
        waited=waited,
        duties=to_see_to,
        narrow={"ct": programme} if programme else {},
    )


def _difficulties(visit: Visit, connection: Connection, seen: Seen, programme: str) -> list[Difficulty]:
    """Return what units told of difficulties, of what is seen, the latest first."""
    rulebook, said = visit.desk.rulebook, difficulties(connection)
    found = by_ids(connection, said)
    keys = {id_: one.key for id_, one in found.items() if programme in ("", one.key.programme)}
    return [
        Difficulty(
            id_,
            title_of(rulebook, key),
            unit_name(rulebook, rulebook.programmes.get(key.programme), key.unit),
            said[id_],
        )
        for id_, key in sorted(keys.items(), key=lambda one: -said[one[0]].id)
        if seen.shows(key.programme, key.task, key.unit)
    ]


def _events_waited_for(visit: Visit, connection: Connection, seen: Seen, programme: str) -> int:
    """Return how many events nobody has recorded yet, of the programmes that are seen whole."""
    recorded = {(one.programme, one.event) for one in event_records(connection) if not one.retracted}
    programmes: Iterable[str] = (one for one in seen.whole if programme in ("", one))
    return sum(
        not (event.dates or event.after or event.when_done) and (one, event.id) not in recorded
        for one in programmes
        for event in visit.desk.rulebook.programmes[one].events.values()
    )


PAGES = (Page("/bang", "see_board", show, menu=Wording("Bảng tổng hợp", "Board")),)
