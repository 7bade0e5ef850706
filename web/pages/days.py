"""The calendar: what is due on each of the next 30 days, or of any other 30, with the days off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from starlette.responses import Response

from db.lists import Asked, by_day
from rules.calendar import local_day
from rules.wording import Wording
from web.page import Page
from web.refusal import Refusal
from web.showing.days import loads
from web.showing.figures import DayLoad
from web.showing.scope import seen_by, tally_of, values_seen_by
from web.visit import Visit

LENGTH = 30
START = "tu"


def show(visit: Visit) -> Response:
    """Show 30 days, from today or from the day asked for."""
    query, today = visit.request.query_params, local_day(visit.now, visit.desk.zone)
    first = _first(query.get(START, ""), today)
    last = first + timedelta(days=LENGTH)
    programme = query.get("ct", "")
    with visit.reading() as connection:
        seen = seen_by(visit, tally_of(visit, connection))
        programmes = tuple(one for one in seen.programmes if programme in ("", one))
        counts = by_day(connection, Asked(seen, programmes), first, last)
        owed = values_seen_by(visit, connection)
        of = tuple(one for one in owed.programmes if programme in ("", one))
        values = by_day(connection, Asked(owed, of, kind="indicator"), first, last)
    days = [replace(one, values=values.get(one.on, 0)) for one in loads(visit, programmes, counts, first, last)]
    narrow = {"ct": programme} if programme else {}
    return visit.render(
        "days.html.j2",
        days=days,
        weeks=_weeks(days),
        today=today,
        narrow=narrow,
        total=sum(one.count for one in days),
        values=sum(values.values()),
        before=first - timedelta(days=LENGTH + 1),
        after=last + timedelta(days=1),
    )


def _first(text: str, today: date) -> date:
    if not text:
        return today
    try:
        first = date.fromisoformat(text)
    except ValueError:
        raise Refusal("not_found") from None
    if abs((first - today).days) > 20 * 366:
        raise Refusal("not_found")
    return first


def _weeks(days: Iterable[DayLoad]) -> list[list[DayLoad | None]]:
    """Return the days in weeks from Monday on; None where a week begins before or ends after."""
    weeks: list[list[DayLoad | None]] = []
    for one in days:
        if not weeks or one.on.weekday() == 0:
            weeks.append([None] * (one.on.weekday() if not weeks else 0))
        weeks[-1].append(one)
    weeks[-1] += [None] * (7 - len(weeks[-1]))
    return weeks


PAGES = (Page("/lich-han", "see_work", show, menu=Wording("Lịch 30 ngày", "Calendar")),)
