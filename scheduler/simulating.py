"""Simulating: what happens on from the ledger in a database, tried without writing."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.engine import Connection

from rules.programme import Rulebook
from rules.register import Fact
from rules.resuming import resumed
from rules.simulate import Run, Simulation, carry_on, known_by, sorted_out
from rules.supposed import Edit, Supposition
from rules.window import Policy
from scheduler.present import present_of
from scheduler.registered import facts_said


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
    edited = [each.rulebook for each in assumed if isinstance(each, Edit)]
    run = going_on(connection, rulebook, policy, said, now=now, also=edited)
    return carry_on(run, policy, coming, assumed, last=last)


def going_on(
    connection: Connection,
    rulebook: Rulebook,
    policy: Policy,
    said: Iterable[Fact],
    *,
    now: datetime,
    also: Collection[Rulebook] = (),
) -> Run:
    """Return a run that begins at `now` with the ledger in the database.

    `said`: what is known by then; `also`: rulebooks that come into force later on.
    """
    recorded, register = known_by(said)
    programmes = [programme for book in (rulebook, *also) for programme in book.programmes.values()]
    present = present_of(connection, programmes, policy, now=now)
    return resumed(rulebook, policy, replace(present, recorded=recorded, register=register), now=now, also=also)
