"""Silences: stretches in which reminders are not sent, and their early ends."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import product

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db import tables as t
from db.facts.known import known_by
from rules.obligation import ObligationKey, Silence

_s, _l = t.silence.c, t.silence_lift.c


@dataclass(frozen=True, slots=True)
class RecordedSilence:
    """Who and what is silenced, None meaning all; `until` is its end or its lifting, what came first."""

    id: int
    programme: str | None
    task: str | None
    unit: str | None
    person: str | None
    from_: datetime
    until: datetime | None
    reason: str
    recorded_by: str
    recorded_at: datetime
    lifted_at: datetime | None = None
    lifted_by: str | None = None
    suspends: bool = False


def record_silence(
    connection: Connection,
    *,
    from_: datetime,
    until: datetime | None,
    reason: str,
    recorded_by: str,
    recorded_at: datetime,
    programme: str | None = None,
    task: str | None = None,
    unit: str | None = None,
    person: str | None = None,
    suspends: bool = False,
) -> int:
    """Record a silence and return its id. `unit` is meant as an obligation names it: joint units joined by '+'.
    `suspends`: the work itself rests as long, not only its reminders."""
    values = {
        "programme": programme,
        "task": task,
        "unit": unit,
        "person": person,
        "from_at": from_,
        "until_at": until,
        "reason": reason,
        "recorded_by": recorded_by,
        "recorded_at": recorded_at,
        "suspends": suspends,
    }
    return int(connection.execute(sa.insert(t.silence).values(values).returning(_s.id)).scalar_one())


def lift_silence(
    connection: Connection, silence: int, *, recorded_by: str, recorded_at: datetime, reason: str | None = None
) -> None:
    """End a silence at `recorded_at`; IntegrityError when there is no such one or it was lifted before."""
    values = {
        "silence_id": silence,
        "recorded_by": recorded_by,
        "recorded_at": recorded_at,
        "reason": reason,
    }
    connection.execute(sa.insert(t.silence_lift).values(values))


def active_silences(connection: Connection, *, at: datetime, until: datetime | None = None) -> list[RecordedSilence]:
    """Return the silences in force at `at`, in the order of recording, as far as was known at `until`."""
    found = silences(connection, until=until)
    return [s for s in found if s.from_ <= at and (s.until is None or at < s.until)]


def silences(connection: Connection, *, until: datetime | None = None) -> list[RecordedSilence]:
    """Return all silences, past and coming ones too, in the order of recording."""
    return [_recorded(row) for row in connection.execute(_query(until).order_by(_s.id))]


def silences_for(
    connection: Connection, keys: Iterable[ObligationKey], *, until: datetime | None = None
) -> dict[ObligationKey, tuple[Silence, ...]]:
    """Return the silences that cover each of these obligations, for all persons alike; most have none."""
    wanted = set(keys)
    given = {"programmes": list({key.programme for key in wanted}), "until": until}
    by_place: dict[tuple[str | None, ...], list[Silence]] = defaultdict(list)
    for row in connection.execute(_of_programmes(is_past=until is not None), given):
        found = _recorded(row)
        by_place[found.programme, found.task, found.unit].append(Silence(found.from_, found.until, found.suspends))
    if not by_place:
        return {}
    covering = {key: _covering(key, by_place) for key in wanted}
    return {key: found for key, found in covering.items() if found}


def _covering(key: ObligationKey, by_place: dict[tuple[str | None, ...], list[Silence]]) -> tuple[Silence, ...]:
    places = product((key.programme, None), (key.task, None), (key.unit, None))
    return tuple(silence for place in places for silence in by_place.get(place, ()))


@cache
def _of_programmes(*, is_past: bool) -> sa.Select[*tuple[object, ...]]:
    """Return the query for what is silenced for all persons in `programmes`, by `until` or by now: made once."""
    theirs = _s.programme.in_(sa.bindparam("programmes", expanding=True))
    query = _query(sa.bindparam("until") if is_past else None)
    return query.where(_s.person.is_(None), sa.or_(_s.programme.is_(None), theirs)).order_by(_s.from_at, _s.id)


def _query(until: datetime | sa.BindParameter[datetime] | None) -> sa.Select[*tuple[object, ...]]:
    lift = sa.and_(_l.silence_id == _s.id, *known_by(_l.recorded_at, until))
    columns = (t.silence, _l.recorded_at.label("lifted_at"), _l.recorded_by.label("lifted_by"))
    query = sa.select(*columns).outerjoin(t.silence_lift, lift)
    return query.where(*known_by(_s.recorded_at, until))


def _recorded(row: Row[*tuple[object, ...]]) -> RecordedSilence:
    ends = [at for at in (row.until_at, row.lifted_at) if at is not None]
    return RecordedSilence(
        id=row.id,
        programme=row.programme,
        task=row.task,
        unit=row.unit,
        person=row.person,
        from_=row.from_at,
        until=min(ends, default=None),
        reason=row.reason,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
        suspends=bool(row.suspends),
    )
