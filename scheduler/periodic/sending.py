"""Sending: at the hours of a closing day, and after them as soon as a pass is made: units are asked to write, who has
not written, the draft, the summary, or that the draft still waits. Level-triggered: what was done is read from the
tables, never remembered; nothing is done twice."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.engine import read_only
from db.facts import owing_units, wrote_first
from db.leader import lead
from db.outbox import NewMessage, enqueue, named
from db.summaries import Step, add_summary, confirmed_unsent, drafts_waiting, steps_of, summary_of
from db.troubles import Trouble, note_trouble, open_troubles, resolve_troubles
from rules.calendar import local_day
from rules.digest import Recipient
from rules.directory import OrgUnit
from rules.periodic.period import KINDS, Period, read_period
from rules.periodic.schedule import Hours, latest, to_be_asked
from rules.periodic.snapshot import Snapshot
from rules.periodic.stored import from_text, to_text
from scheduler.message_kinds import MISSING, REMINDER, REQUEST, SUMMARY
from scheduler.office import Office
from scheduler.periodic.bureaus import Bureau, bureaus, compilers, readers, writers
from scheduler.periodic.gathering import snapshot_at

BY_ITSELF = "dondoc"
"""Who draws up and sends what nobody asked for."""

LOOK_AGAIN = timedelta(hours=1)
"""When a summary that could not be drawn up is tried again."""

log = logging.getLogger("dondoc.summaries")


class Due(NamedTuple):
    """What is to be done for a period: draw it up as of `at`, or send what was confirmed as number `confirmed`."""

    bureau: Bureau
    period: Period
    step: Step
    at: datetime
    confirmed: int | None = None


def sum_up(office: Office, *, now: datetime) -> int:
    """Do what is due for the summaries at `now`, and return how many letters were put into the outbox. What fails is
    noted as a trouble, and the next pass tries again."""
    with read_only(office.engine).connect() as connection:
        failed = {found.subject for found in _failed_lately(connection, now)}
        due = [one for one in _due(connection, office, now) if str(one.bureau.office) not in failed]
        unheard = list(_unheard(connection, office, now))
        asking = [*_asking(connection, office, now), *_reminding(connection, office, now)]
    letters = _put_in_outbox(office, unheard, asking, now) if unheard or asking else 0
    for one in due:
        try:
            letters += _carry_out(office, one, now)
        except SQLAlchemyError:
            raise
        # A fault of ours in one summary must not keep the reminders waiting.
        except Exception as fault:
            log.exception("the summary of %s by %s cannot be drawn up", one.period, one.bureau.office)
            _note(office, one, f"{type(fault).__name__}: {fault}", now)
    return letters


def message_key(office: str, period: str, step: str, person: str) -> str:
    """Return the name of a letter: one person gets one for each step of a period."""
    return "|".join((SUMMARY, office, period, step, person))


def letters_of(
    bureau: Bureau, period: str, step: str, persons: tuple[Recipient, ...], *, now: datetime
) -> list[NewMessage]:
    """Return the letters of one step, one for each person."""
    return [
        NewMessage(message_key(str(bureau.office), period, step, one.email), one.email, SUMMARY, now, now)
        for one in persons
    ]


def still_missing(connection: Connection, bureau: Bureau, period: str) -> tuple[OrgUnit, ...]:
    """Return the units that owe something and have not written for a period; the standing office, which
    draws it up, is not among them."""
    wrote = wrote_first(connection, period, bureau.office.directory)
    owing = owing_units(connection, tuple(programme.id for programme in bureau.programmes))
    owing -= {bureau.office.unit, *wrote}
    return tuple(unit for unit in bureau.directory.units.values() if unit.id in owing)


def _failed_lately(connection: Connection, now: datetime) -> Iterator[Trouble]:
    """Yield the troubles that are not looked into again yet: to draw a summary up takes its time."""
    return (one for one in open_troubles(connection) if one.kind == SUMMARY and one.last_at > now - LOOK_AGAIN)


def _note(office: Office, due: Due, text: str, now: datetime) -> None:
    with office.engine.begin() as connection:
        note_trouble(connection, SUMMARY, str(due.bureau.office), f"{due.period}: {text}", at=now)


def _due(connection: Connection, office: Office, now: datetime) -> Iterator[Due]:
    found = {str(bureau.office): bureau for bureau in bureaus(office.rulebook)}
    waiting = confirmed_unsent(connection, found)
    for name, text, number in waiting:
        yield Due(found[name], read_period(text), "sent", now, number)
    known = {(name, period) for name, period, _ in waiting}
    for bureau, period, closes in _closing(office, now):
        if (str(bureau.office), str(period)) not in known:
            yield from _of_period(connection, office, bureau, period, closes, now)


def _of_period(
    connection: Connection, office: Office, bureau: Bureau, period: Period, closes: Hours, now: datetime
) -> Iterator[Due]:
    """Yield what is due for a period: its draft, or, once the hour has come, itself; both as of their hours, however
    late this pass is made."""
    steps = steps_of(connection, str(bureau.office), str(period))
    if "sent" in steps or (str(bureau.office), str(period)) in office.unsummed:
        return
    if closes.send_at <= now and not office.config.summaries.schedule.needs_confirmation:
        yield Due(bureau, period, "sent", closes.send_at)
    elif closes.draft_at <= now and "draft" not in steps:
        yield Due(bureau, period, "draft", closes.draft_at)


def _closing(office: Office, now: datetime) -> Iterator[tuple[Bureau, Period, Hours]]:
    """Yield the last period of each kind that has come to its closing day, for each standing office."""
    schedule, zone = office.config.summaries.schedule, office.config.policy.zone
    for bureau in bureaus(office.rulebook):
        for kind in KINDS:
            found = latest(schedule, kind, bureau.calendar, zone, now=now)
            if found is not None:
                yield bureau, *found


def _unheard(connection: Connection, office: Office, now: datetime) -> Iterator[tuple[Bureau, Period]]:
    """Yield the periods for which units should have written by now and have not, and nobody was told so; from the
    draft on that stands in the summary."""
    for bureau, period, closes in _closing(office, now):
        if now >= closes.draft_at:
            continue
        people = _compilers(connection, office, bureau, now)
        keys = [message_key(str(bureau.office), str(period), MISSING, one.email) for one in people]
        told = any(named(connection, key) for key in keys)
        if people and not told and still_missing(connection, bureau, str(period)):
            yield bureau, period


def _asking(connection: Connection, office: Office, now: datetime) -> Iterator[NewMessage]:
    """Yield the letters that ask units to write and were not made yet; whoever has written is asked for nothing."""
    schedule, zone = office.config.summaries.schedule, office.config.policy.zone
    for bureau in bureaus(office.rulebook):
        for kind in KINDS:
            found = to_be_asked(schedule, kind, bureau.calendar, zone, now=now)
            if found is not None:
                period = str(found[0])
                people = people_of(connection, office, bureau, REQUEST, None, period=period, now=now)
                letters = letters_of(bureau, period, REQUEST, people, now=now)
                yield from (letter for letter in letters if not named(connection, letter.key))


def _reminding(connection: Connection, office: Office, now: datetime) -> Iterator[NewMessage]:
    """Yield the letters that remind a standing office, once, of a draft that nobody has confirmed by the hour at which
    the summary would leave. A draft that was drawn up after that hour is news by itself."""
    if not office.config.summaries.schedule.needs_confirmation:
        return
    for bureau, period, closes in _closing(office, now):
        drawn_at = dict(drafts_waiting(connection, str(bureau.office))).get(str(period))
        if drawn_at is None or not drawn_at < closes.send_at <= now:
            continue
        people = _compilers(connection, office, bureau, now)
        letters = letters_of(bureau, str(period), REMINDER, people, now=now)
        if not any(named(connection, letter.key) for letter in letters):
            yield from letters


def _put_in_outbox(
    office: Office, unheard: list[tuple[Bureau, Period]], asking: list[NewMessage], now: datetime
) -> int:
    with office.engine.begin() as connection:
        letters = [
            letter
            for bureau, period in unheard
            for letter in letters_of(bureau, str(period), MISSING, _compilers(connection, office, bureau, now), now=now)
        ]
        return len(enqueue(connection, [*letters, *asking]))


def _carry_out(office: Office, due: Due, now: datetime) -> int:
    """Draw up what is due, keep it and write to its readers, all or nothing; 0 when another process has done so."""
    name, period = str(due.bureau.office), str(due.period)
    with read_only(office.engine).connect() as connection:
        if due.confirmed is None:
            snapshot = snapshot_at(connection, office.config, name, due.period, at=due.at)
        else:
            stored = summary_of(connection, due.confirmed)
            snapshot = from_text(stored.snapshot) if stored else None
    if snapshot is None:
        # No rules of this office were in force at that hour, and none will have been.
        office.unsummed.add((name, period))
        return 0
    text = to_text(snapshot)
    with office.engine.begin() as connection:
        lead(connection)
        steps = steps_of(connection, name, period)
        if "sent" in steps or due.step in steps:
            return 0
        people = people_of(connection, office, due.bureau, due.step, snapshot, period=period, now=now)
        if not people:
            raise ValueError("nobody in post can be written to")
        add_summary(
            connection,
            office=name,
            period=period,
            kind=due.period.kind,
            step=due.step,
            snapshot=text,
            drawn_at=snapshot.at,
            recorded_at=now,
            recorded_by=BY_ITSELF,
        )
        resolve_troubles(connection, SUMMARY, at=now)
        return len(enqueue(connection, letters_of(due.bureau, period, due.step, people, now=now)))


def people_of(
    connection: Connection,
    office: Office,
    bureau: Bureau,
    step: str,
    snapshot: Snapshot | None,
    *,
    period: str,
    now: datetime,
) -> tuple[Recipient, ...]:
    """Return who reads the letter of a step, as the directory stands at `now`."""
    if step == REQUEST:
        asked = asked_by_unit(connection, office, bureau, period, now=now).values()
        return tuple({one.email: one for one in asked}.values())
    if step != "sent" or snapshot is None:
        return _compilers(connection, office, bureau, now)
    roster = office.roster(connection, now=now)
    units = (part.unit for part in snapshot.units)
    return readers(bureau, roster, units, local_day(now, roster.policy.zone))


def asked_by_unit(
    connection: Connection, office: Office, bureau: Bureau, period: str, *, now: datetime
) -> dict[str, Recipient]:
    """Return who is asked to write for each unit that has not written for a period."""
    missing = [unit.id for unit in still_missing(connection, bureau, period)]
    roster = office.roster(connection, now=now)
    return writers(bureau, roster, missing, local_day(now, roster.policy.zone))


def _compilers(connection: Connection, office: Office, bureau: Bureau, now: datetime) -> tuple[Recipient, ...]:
    roster = office.roster(connection, now=now)
    return compilers(bureau, roster, local_day(now, roster.policy.zone))
