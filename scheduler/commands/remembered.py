"""Stories from the ledger: what became of each rung, as it was known at an instant."""

from datetime import datetime

from sqlalchemy.engine import Connection

from db.facts import facts_for
from db.ledger import outcomes
from db.obligations import Filter, StoredObligation, listing
from rules.calendar import local_day
from rules.explain import story
from scheduler.commands.naming import check_narrowed, find_task
from scheduler.commands.reading import Refused
from scheduler.commands.rehearsed import has_ended
from scheduler.commands.stories import Question, Told
from scheduler.config import Config
from scheduler.past import Past, past


def remembered(connection: Connection, config: Config, question: Question, *, now: datetime) -> list[Told] | None:
    """Return the story of each obligation meant as it stood at `now`; None where the database knows none."""
    then = past(connection, config, at=now)
    if then is None:
        return None
    programme, task = find_task(question.task, then.rulebook)
    check_narrowed(question.narrowed, task)
    stored = question.narrowed.chosen(listing(connection, Filter(programme=programme.id, task=task.id)))
    if question.narrowed.occurrence is None:
        stored = [found for found in stored if found.state in ("open", "done")] or stored
    return [told for found in stored if (told := _told(connection, found, then))] or None


def past_or_refused(connection: Connection, config: Config, *, at: datetime) -> Past:
    """Return what was known at `at`; Refused when no rule files were in force yet."""
    then = past(connection, config, at=at)
    if then is None:
        raise Refused(f"no rule files were in force on {local_day(at, config.policy.zone)}")
    return then


def _told(connection: Connection, stored: StoredObligation, then: Past) -> Told | None:
    facts = facts_for(connection, [stored.id], until=then.at)[stored.id]
    today = local_day(then.at, then.roster.policy.zone)
    followed = then.roster.follow(stored.key, facts, today=today)
    if followed is None or (stored.recorded_at or facts.watched_from) > then.at:
        return None
    notices = [outcome.notice for outcome in outcomes(connection, stored.id, until=then.at)]
    present = [notice for notice in notices if notice.slot.edition == facts.edition]
    rungs = story(followed, facts, then.roster, present, now=then.at)
    ended = has_ended(followed, then.roster, today=today)
    return Told(followed, facts, rungs, is_rehearsed=False, has_ended=ended)
