"""Outcomes: of which obligations something was reported done, or accepted, in a stretch of time."""

from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import tables as t

Outcome = Literal["reported", "accepted"]

_r, _v, _o = t.report.c, t.verification.c, t.obligation.c


def outcomes_between(connection: Connection, since: datetime, until: datetime) -> dict[int, Outcome]:
    """Return, by obligation id, what was reported done, or accepted, after `since` and up to `until`."""
    accepted = sa.select(_r.obligation_id).join(t.verification, _v.report_id == _r.id)
    accepted = accepted.where(_v.verdict == "accepted", _v.recorded_at > since, _v.recorded_at <= until)
    found: dict[int, Outcome] = dict.fromkeys(reported_between(connection, since, until), "reported")
    return found | dict.fromkeys(connection.execute(accepted).scalars(), "accepted")


def reported_between(connection: Connection, since: datetime, until: datetime) -> set[int]:
    """Return the ids of the obligations of which a report that they are done was recorded after `since` and up to
    `until`."""
    query = sa.select(_r.obligation_id).where(_r.kind == "done", _r.recorded_at > since, _r.recorded_at <= until)
    return set(connection.execute(query).scalars())


def owing_units(connection: Connection, programmes: tuple[str, ...]) -> set[str]:
    """Return the units that owe something which is still open, of these programmes; joint ones each."""
    query = sa.select(_o.unit).where(_o.kind == "task", _o.state == "open", _o.programme.in_(programmes)).distinct()
    return {unit for joint in connection.execute(query).scalars() for unit in joint.split("+")}
