"""The page of one obligation: what is owed and how it stands, why that day, and its whole story."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.engine import Connection
from starlette.responses import Response

from db.facts import facts_for
from db.ledger import Outcome, outcomes
from rules.access import UnitOf
from rules.arithmetic import Count, counts
from rules.calendar import local_day
from rules.chronicle import KINDS, without_echoes
from rules.digest import Earlier
from rules.explain import STATES, RungStory, story
from rules.followed import Followed
from rules.lines import earlier
from rules.obligation import Facts
from rules.posts import ROLES
from rules.programme import Programme
from rules.reasons import plain
from rules.roster import Roster
from rules.rung_names import rung_name
from rules.stated import phrase, stated
from web.answers import KINDS as KINDS_OF_ANSWER
from web.answers.about import About, about
from web.page import Page
from web.pages.answer import of_path
from web.showing.figures import unit_page
from web.showing.marked import marked
from web.showing.names import occurrence_name
from web.showing.people import People
from web.showing.timeline import Timeline, timeline
from web.visit import Visit


@dataclass(frozen=True, slots=True)
class Why:
    """Why it is due on its day: in words, counted day by day, with what was in force before and where it stands."""

    wording: str
    counts: tuple[Count, ...]
    earlier: tuple[Earlier, ...]
    line: str
    ladder: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules and the ledger tell of an obligation that the rules know."""

    rungs: tuple[RungStory, ...]
    line: Timeline | None
    why: Why


def show(visit: Visit) -> Response:
    """Show an obligation to whoever may see it."""
    with visit.reading() as connection:
        found = about(visit, connection, of_path(visit))
        sent = outcomes(connection, found.stored.id)
        told = _told(visit, connection, found, sent)
        entries = visit.desk.chronicle(connection, found.stored)
        last = marked(connection, found)
    programme = visit.desk.rulebook.programmes[found.stored.key.programme]
    chair = visit.desk.rulebook.directories[programme.directory].chair
    return visit.render(
        "task.html.j2",
        about=found,
        programme=programme,
        task=programme.tasks.get(found.stored.key.task),
        told=told,
        entries=without_echoes(entries)[::-1],
        letters=_letters(sent),
        people=People(visit),
        roles=ROLES,
        states=STATES,
        why_not=partial(plain, passed_to=found.passed_to),
        kinds=KINDS,
        occurrence_name=occurrence_name,
        rung_name=partial(rung_name, chair=chair.title if chair else ""),
        can_answer=any(kind.is_open_to(found) for kind in KINDS_OF_ANSWER.values()),
        pages=_unit_pages(visit, programme, found),
        last=last,
        may_mark=visit.may("mark_national", found.subject),
    )


def _told(visit: Visit, connection: Connection, found: About, sent: list[Outcome]) -> Told | None:
    owed = found.owed
    if owed is None:
        return None
    roster = visit.desk.roster(connection, now=visit.now)
    facts = facts_for(connection, [found.stored.id])[found.stored.id]
    present = [one.notice for one in sent if one.notice.slot.edition == facts.edition]
    rungs = story(owed.followed, facts, roster, present, now=visit.now)
    line = timeline(
        rungs,
        owed.followed.term,
        owed.followed.table.calendar,
        today=found.today,
        zone=visit.desk.zone,
        language=visit.language,
    )
    return Told(rungs, line, _why(visit, owed.followed, facts, roster))


def _why(visit: Visit, followed: Followed, facts: Facts, roster: Roster) -> Why:
    today = local_day(visit.now, visit.desk.zone)
    key, task = followed.key, followed.task
    return Why(
        wording=stated(task, key.part, followed.deadline) or phrase(followed.programme, followed.deadline),
        counts=counts(followed.deadline, followed.occurrence, followed.table.calendar),
        earlier=earlier(followed, facts, roster, today),
        line=task.deadline_source.spot,
        ladder=f"{followed.ladder.id} ({followed.ladder.source.spot})",
    )


def _letters(sent: list[Outcome]) -> list[Outcome]:
    """Return what was sent, the latest first."""
    told = [one for one in sent if one.notice.state == "sent"]
    return sorted(told, key=lambda one: (one.sent_at or one.decided_at, one.message_id or 0), reverse=True)


def _unit_pages(visit: Visit, programme: Programme, found: About) -> Mapping[str, str]:
    """Return the pages of the units that owe it, by their names; '' where who asks may not open one."""
    return {
        name: unit_page(visit.who, UnitOf(programme.directory, unit), visit.desk.rulebook)
        for unit, name in zip(found.stored.key.units, found.units, strict=True)
    }


PAGES = (Page("/nhiem-vu/{id}", "see_obligation", show),)
