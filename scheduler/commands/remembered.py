"""Stories from the ledger: what became of each rung, as it was known at an instant, or would be at one to come."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.engine import Connection

from db.facts import facts_for
from db.ledger import outcomes
from db.obligations import Filter, StoredObligation, listing
from rules.announced import ANSWERS
from rules.calendar import local_day
from rules.explain import story
from rules.obligation import Facts, ObligationKey
from rules.programme import Programme, Task
from scheduler.commands.explained.circumstances import circumstances
from scheduler.commands.naming import check_narrowed, find_task
from scheduler.commands.reading import Refused
from scheduler.commands.rehearsed import has_ended
from scheduler.commands.stories import Question, Told
from scheduler.config import Config
from scheduler.past import Past, past


def remembered(
    connection: Connection, config: Config, question: Question, *, now: datetime, clock: datetime
) -> list[Told] | None:
    """Return the story of each obligation meant as it stood at `now`; None where the database knows none.

    Where `now` lies beyond the `clock` it is what would come of the ledger if nothing is said meanwhile.
    """
    then = past(connection, config, at=now)
    if then is None:
        return None
    programme, task = find_task(question.task, then.rulebook)
    check_narrowed(question.narrowed, task)
    stored = question.narrowed.chosen(listing(connection, Filter(programme=programme.id, task=task.id)))
    if question.narrowed.occurrence is None:
        stored = [found for found in stored if found.state in ("open", "done")] or stored
    told = [told for found in stored if (told := _told(connection, found, then, clock))]
    if now > clock:
        told += _still_to_come(question, programme, task, {one.key for one in stored}, then, clock)
    return told or None


def past_or_refused(connection: Connection, config: Config, *, at: datetime) -> Past:
    """Return what was known at `at`; Refused when no rule files were in force yet."""
    then = past(connection, config, at=at)
    if then is None:
        raise Refused(f"no rule files were in force on {local_day(at, config.policy.zone)}")
    return then


def _told(connection: Connection, stored: StoredObligation, then: Past, clock: datetime) -> Told | None:
    facts = facts_for(connection, [stored.id], until=then.at)[stored.id]
    today = local_day(then.at, then.roster.policy.zone)
    followed = then.roster.follow(stored.key, facts, today=today)
    if followed is None or (stored.recorded_at or facts.watched_from) > then.at:
        return None
    found = outcomes(connection, stored.id, until=then.at)
    notices = [one.notice for one in found]
    present = [n for n in notices if n.slot.edition == facts.edition or n.slot.rung in ANSWERS]
    return Told(
        followed,
        facts,
        story(followed, facts, then.roster, present, now=then.at, known_at=min(clock, then.at)),
        then.roster,
        is_rehearsed=False,
        now=then.at,
        has_ended=has_ended(followed, then.roster, today=today),
        known_at=clock if clock < then.at else None,
        known=circumstances(connection, stored.id, stored.key, found, at=then.at),
    )


def _still_to_come(
    question: Question, programme: Programme, task: Task, there: set[ObligationKey], then: Past, clock: datetime
) -> Iterator[Told]:
    """Yield the obligations that will have come about by then."""
    zone = then.roster.policy.zone
    today, facts = local_day(then.at, zone), Facts(clock)
    for wanted in then.roster.wanted(programme, task, since=local_day(clock, zone), today=today):
        followed = then.roster.follow(wanted.key, facts, today=today)
        named = question.narrowed.occurrence in (None, wanted.key.occurrence, str(wanted.occurrence.term.due))
        if followed is None or wanted.key in there or not named or not question.narrowed.concerns(wanted.key):
            continue
        rungs = story(followed, facts, then.roster, (), now=then.at, known_at=clock)
        yield Told(followed, facts, rungs, then.roster, is_rehearsed=False, now=then.at, known_at=clock)
