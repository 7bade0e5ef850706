"""My work: what the visitor's own posts must do now, the most pressing first, each with where it is done."""

from collections.abc import Iterator

from sqlalchemy.engine import Connection
from starlette.responses import Response

from db.boards import Seen, Tally
from db.lists import Asked, listed
from rules.access import relations
from rules.status import OPEN, Timeliness, Verification
from rules.wording import Wording
from web.page import Page
from web.showing.figures import figures
from web.showing.pending import Duty, duties
from web.showing.rows import rows_of
from web.showing.scope import axes_of, seen_by, tally_of, values_seen_by
from web.showing.summed import to_confirm
from web.showing.without_a_day import undated
from web.visit import Visit

SHOWN = 50
OLD = 7
"""What is late for longer is the overseers' to see to."""


def show(visit: Visit) -> Response:
    """Show what the visitor must do: answer for the own units, verify and record, or see to what is long late."""
    with visit.reading() as connection:
        kept, axes = tally_of(visit, connection), axes_of(visit, connection)
        own = seen_by(visit, kept, "answer")
        everything = Asked(own, own.programmes, progress=OPEN)
        open_ = listed(connection, axes, everything, limit=SHOWN + 1)
        back = Asked(own, own.programmes, progress=OPEN, verification=frozenset({Verification.RETURNED}))
        returned = listed(connection, axes, back, limit=SHOWN)
        sent_back = {one.id for one in returned}
        cells = figures(connection, axes, visit.desk.rulebook, own, kept, roles=visit.who).cells
        late = _long_late(visit, kept)
        above = listed(connection, axes, late, limit=SHOWN) if late is not None else []
        owed = values_seen_by(visit, connection, "answer")
        of_values = Asked(owed, owed.programmes, progress=OPEN, kind="indicator")
        values = listed(connection, axes, of_values, limit=SHOWN)
        to_see_to = _duties(visit, connection, kept)
    return visit.render(
        "mine.html.j2",
        is_owner=not relations(visit.who).isdisjoint({"owner", "stand_in"}),
        returned=rows_of(visit, returned),
        rows=rows_of(visit, [one for one in open_[:SHOWN] if one.id not in sent_back]),
        values=rows_of(visit, values),
        more=len(open_) > SHOWN,
        cells=cells,
        duties=to_see_to,
        above=rows_of(visit, above) if late is not None else None,
        old=OLD,
    )


def _duties(visit: Visit, connection: Connection, kept: Tally) -> list[Duty]:
    """Return what a standing office has to do, in numbers."""
    seen = seen_by(visit, kept, "verify")
    if not seen.programmes:
        return []
    groups = [cells for (programme, _), cells in kept.units.items() if programme in seen.whole]
    return [
        Duty(
            "soon",
            Wording("Báo cáo chờ xác nhận", "Reports to verify"),
            sum(one.awaiting for one in groups),
            "/cho-xac-nhan",
        ),
        *duties(visit, connection, seen.whole),
        *_drafts(visit, connection),
        Duty(
            "calm",
            Wording("Chưa có thời hạn", "Without a deadline"),
            len(undated(visit, connection)[0]),
            "/chua-co-han",
        ),
    ]


def _drafts(visit: Visit, connection: Connection) -> Iterator[Duty]:
    for source, period in to_confirm(visit, connection):
        of = period.name
        name = Wording(f"Dự thảo báo cáo {of.vi} chờ xác nhận", f"Draft report of {of.en} to confirm")
        yield Duty("today", name, 1, source.path(period))


def _long_late(visit: Visit, kept: Tally) -> Asked | None:
    """Return what has been late for long of what the visitor oversees, None for who oversees nothing."""
    if relations(visit.who).isdisjoint({"overseer", "chair"}):
        return None
    seen: Seen = seen_by(visit, kept, "see_board")
    return Asked(seen, seen.programmes, timeliness=frozenset({Timeliness.LATE}), at_least_late=OLD + 1)


PAGES = (Page("/viec-cua-toi", "see_work", show, menu=Wording("Việc của tôi", "My work")),)
