"""Several: what a line of a letter tells of many units at once, unit by unit, each with its own link."""

from typing import NamedTuple

from starlette.responses import Response

from db.facts import answered, facts_for, last_reports
from db.obligations import Filter, listing
from notifications.answering import SEPARATOR
from rules.access import Subject
from rules.calendar import local_day
from rules.due_day import DueDay, due_day
from rules.status import UNANSWERED, Status, status
from web.page import Page
from web.refusal import Refusal
from web.visit import Visit


class Row(NamedTuple):
    """One unit's obligation, with the link under which the reader answers for it."""

    units: str
    due_day: DueDay | None
    status: Status | None
    url: str


def show(visit: Visit) -> Response:
    """Show the obligations that the link names, as far as who asks may see them."""
    assert visit.claim is not None
    words = visit.claim.scope.split(SEPARATOR)
    programme = visit.desk.rulebook.programmes.get(words[0])
    task = programme.task(words[1]) if programme and len(words) == 4 else None
    if programme is None or task is None:
        raise Refusal("not_found")
    with visit.reading() as connection:
        found = [
            one
            for one in listing(connection, Filter(programme=programme.id, task=task.id))
            if (one.key.part, one.key.occurrence) == (words[2], words[3]) and one.state != "withdrawn"
        ]
        seen = [
            one for one in found if visit.may("see_obligation", Subject.of_obligation(one.key, visit.desk.rulebook))
        ]
        ids = [one.id for one in seen]
        facts, last = facts_for(connection, ids), last_reports(connection, ids)
        said = answered(connection, last, ids)
        roster = visit.desk.roster(connection, now=visit.now)
    if not seen:
        raise Refusal("not_found")
    zone, directory = visit.desk.zone, visit.desk.rulebook.directories[programme.directory]
    rows = []
    for one in seen:
        followed = roster.follow(one.key, facts[one.id], today=local_day(visit.now, zone))
        stands = (
            status(followed.term, facts[one.id], said.get(one.id, UNANSWERED), zone=zone, now=visit.now)
            if followed
            else None
        )
        due = due_day(followed.term) if followed else DueDay(one.due_on, None, one.strict_on) if one.due_on else None
        names = ", ".join(directory.units[unit].name if unit in directory.units else unit for unit in one.key.units)
        url = visit.hall.links.answer(visit.claim.person, one.id, one.edition, issued_at=visit.claim.issued_at)
        rows.append(Row(names, due, stands, url))
    return visit.render("several.html.j2", title=task.title, part=words[2], rows=rows)


PAGES = (Page("/ds/{token}", "link", show, purpose="list"),)
