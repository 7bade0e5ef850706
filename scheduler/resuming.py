"""Resuming: a World that goes on from the ledger in a database, to try what comes of it without writing."""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy.engine import Connection

from db.facts import facts_for
from db.ledger import notices_for, set_aside
from db.obligations import listing
from db.outbox import count_sent
from db.passes import pulses
from db.revisions import latest_revision
from db.roll import first_watched
from rules.calendar import instant, local_day
from rules.held import Held, Standing
from rules.programme import Rulebook
from rules.register import Fact
from rules.resume import resume
from rules.simulate import Run, Simulation, carry_on, known_by, sorted_out
from rules.supposed import Supposition
from rules.window import Policy
from scheduler.registered import facts_said
from scheduler.spawning import SPAWNED


def simulate_on(
    connection: Connection,
    rulebook: Rulebook,
    policy: Policy,
    assumed: Iterable[Supposition],
    *,
    now: datetime,
    last: date,
) -> Simulation:
    """Return what happens from `now` to the end of `last`, going on from the ledger as it stands.

    `rulebook` is the one in force. Nothing is written.
    """
    assumed = list(assumed)
    said, coming = sorted_out(rulebook, policy, assumed, facts_said(connection, rulebook.programmes), now)
    run = resumed(connection, rulebook, policy, said, now=now)
    return carry_on(run, policy, coming, assumed, last=last)


def resumed(connection: Connection, rulebook: Rulebook, policy: Policy, said: Iterable[Fact], *, now: datetime) -> Run:
    """Return a run that begins at `now` with the ledger in the database; `said`: what is known by then."""
    recorded, register = known_by(said)
    standing = standing_of(connection, policy, now=now)
    return resume(rulebook, policy, standing, recorded=recorded, register=register, now=now)


def standing_of(connection: Connection, policy: Policy, *, now: datetime) -> Standing:
    """Return how all obligations stand in the database."""
    stored = listing(connection)
    ledgers, stuck = notices_for(connection, [one.id for one in stored]), set_aside(connection)
    tasks = [one for one in stored if one.kind == "task"]
    facts = facts_for(connection, [one.id for one in tasks])
    revision, spawned = latest_revision(connection), pulses(connection).get(SPAWNED)
    today = local_day(now, policy.zone)
    begins, ends = instant(today, time(0), policy.zone), instant(today, None, policy.zone)
    return Standing(
        held=tuple(
            Held(one.key, facts[one.id], tuple(ledgers[one.id].values()), stuck.get(one.id, frozenset()))
            for one in tasks
        ),
        edited_at=revision.applied_at if revision else now,
        looked_at=spawned.at if spawned else now,
        followed_since=first_watched(connection),
        # A question still on its way is asked by the next pass as one that was not asked yet.
        prompted=frozenset(
            one.key
            for one in stored
            if one.kind != "task" and all(notice.state != "owed" for notice in ledgers[one.id].values())
        ),
        had=count_sent(connection, from_=begins, until=ends),
    )
