"""The present: facts and ledger as the database holds them now, for a World to go on from."""

from collections.abc import Collection, Iterator
from datetime import datetime, time

from sqlalchemy.engine import Connection

from db.facts import events, facts_of
from db.ledger import notices_for, set_aside
from db.obligations import of_tasks, programmes_followed, prompts_over
from db.outbox import count_sent
from db.roll import first_watched
from db.troubles import Trouble, open_troubles
from rules.calendar import instant, local_day
from rules.follow import Place
from rules.programme import Programme
from rules.prompts import EVENT_PREFIX, STATEMENT
from rules.register import Happened, Register
from rules.resuming import Held, Present
from rules.window import Policy
from scheduler.prompting import UNDELIVERABLE
from scheduler.registered import facts_said


def present_of(
    connection: Connection,
    programmes: Collection[Programme],
    policy: Policy,
    tasks: Collection[Place] | None = None,
    *,
    now: datetime,
) -> Present:
    """Return how things stand at `now`: with the obligations of all tasks, or of those given.

    `programmes` are those whose events count, each before and after an edit.
    """
    begun = instant(local_day(now, policy.zone), time.min, policy.zone)
    return Present(
        obligations=list(_held(connection, tasks)),
        watched=first_watched(connection, tasks),
        running=frozenset(programmes_followed(connection, (programme.id for programme in programmes))),
        recorded={programme.id: events(connection, programme.id) for programme in programmes},
        register=_register(connection, programmes),
        prompted=frozenset(prompts_over(connection, _prompts(programmes))),
        had=count_sent(connection, from_=begun, until=now),
        undeliverable=frozenset(trouble.subject for trouble in undeliverable(connection)),
    )


def undeliverable(connection: Connection) -> list[Trouble]:
    """Return the addresses at which the last letter was given up, each with what was said of it."""
    return [trouble for trouble in open_troubles(connection) if trouble.kind == UNDELIVERABLE]


def _held(connection: Connection, tasks: Collection[Place] | None) -> Iterator[Held]:
    stuck = set_aside(connection)
    for page in of_tasks(connection, tasks):
        facts, ledgers = facts_of(connection, page), notices_for(connection, [stored.id for stored in page])
        for stored in page:
            notices = tuple(ledgers[stored.id].values())
            yield Held(
                stored.key,
                facts[stored.id],
                notices,
                stored.due_on,
                stored.late_at,
                stored.wake_at,
                stuck.get(stored.id, frozenset()),
            )


def _prompts(programmes: Collection[Programme]) -> set[Place]:
    """Return the names of all prompts there may be, as tasks."""
    events = {(programme.id, EVENT_PREFIX + event) for programme in programmes for event in programme.events}
    return events | {(programme.id, STATEMENT) for programme in programmes}


def _register(connection: Connection, programmes: Collection[Programme]) -> Register:
    """Return what bears on obligations still to come: silences, and what starts an event once it is done."""
    starting = {programme.id for programme in programmes if any(event.when_done for event in programme.events.values())}
    register = Register()
    register.enter(said for said in facts_said(connection, starting) if not isinstance(said, Happened))
    return register
