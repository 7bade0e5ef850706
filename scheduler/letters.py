"""Letters: claimed messages are checked once more, put into words, and stored, ready to be sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy.engine import Connection

from db.facts import active_silences, facts_for
from db.handover import readdress
from db.ledger import Owed, give_up, notices_for, owed_in, record, settle_unsent
from db.obligations import by_ids
from db.outbox import Claimed, claim, count_sent, defer, mark_empty, store_bodies
from db.switches import is_stopped
from db.troubles import note_trouble, open_troubles
from notifications.compose import MessageIdentity, compose
from notifications.envelope import Envelope
from rules.calendar import Calendar, instant, local_day
from rules.digest import Digest, Matter, Question, Recipient
from rules.digests import digest
from rules.obligation import Reason
from rules.prompts import STATEMENT
from rules.roster import Roster
from rules.window import is_open, next_day_opening, opening
from scheduler.crash import crashpoint
from scheduler.office import Office
from scheduler.prompting import matters_of, question_of
from scheduler.recheck import Known, Rechecked, recheck

ADMIN = "admin"
"""The kind of message that tells an admin what is wrong; it goes at any hour."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch: what was claimed, and the letters that came of it; the others were put off or had nothing left to say."""

    claimed: list[Claimed] = field(default_factory=list)
    letters: list[tuple[Claimed, Envelope]] = field(default_factory=list)


def prepare(office: Office, *, worker: str, now: datetime, limit: int, lease: timedelta) -> Prepared:
    """Claim up to `limit` messages and make letters of them. While the stop switch is on, nothing is claimed."""
    with office.engine.begin() as connection:
        if is_stopped(connection):
            return Prepared()
        claimed = claim(connection, now=now, worker=worker, limit=limit, lease=lease)
    if not claimed:
        return Prepared()
    crashpoint("after_claim")
    with office.engine.begin() as connection:
        roster = office.roster(connection, now=now)
        owed = owed_in(connection, [found.id for found in claimed])
        due = _put_off(connection, claimed, owed, roster, worker=worker, now=now)
        known = _known(connection, (owed[found.id] for found in due), now)
        left = {c.id: recheck(c.person, owed[c.id], known, roster, now=now) for c in due}
        _settle(connection, left.values(), now)
        digests = _digests(connection, due, left, roster, now)
        for found in due:
            if found.id not in digests:
                give_up(connection, [found.id], reason=Reason.REPORTED, at=now)
                mark_empty(connection, found.id, worker=worker)
    letters = [(found, _write(office, found, digests[found.id])) for found in due if found.id in digests]
    with office.engine.begin() as connection:
        store_bodies(connection, [(found.id, envelope.content) for found, envelope in letters], rendered_at=now)
        for _, envelope in letters:
            if envelope.fault:
                note_trouble(connection, "template", envelope.fault.partition(": ")[0], envelope.fault, at=now)
    crashpoint("after_store")
    return Prepared(claimed, letters)


def _write(office: Office, claimed: Claimed, said: Digest) -> Envelope:
    identity = MessageIdentity.of(said, key=claimed.key, date=claimed.created_at)
    return compose(said, identity=identity, settings=office.config.letters())


def _put_off(
    connection: Connection,
    claimed: list[Claimed],
    owed: Mapping[int, list[Owed]],
    roster: Roster,
    *,
    worker: str,
    now: datetime,
) -> list[Claimed]:
    """Return the messages that may leave now; the others wait for the window or for tomorrow's share."""
    policy = roster.policy
    today = local_day(now, policy.zone)
    had = count_sent(
        connection,
        from_=instant(today, time(0), policy.zone),
        until=instant(today, None, policy.zone),
        persons={found.person for found in claimed},
    )
    due = []
    for found in claimed:
        calendar = _calendar(owed[found.id], roster)
        if found.kind == ADMIN:
            due.append(found)
        elif not is_open(now, policy, calendar):
            defer(connection, found.id, worker=worker, until=opening(now, policy, calendar), why="quiet hours")
        elif had.get(found.person, 0) >= policy.daily_cap:
            tomorrow = next_day_opening(now, policy, calendar)
            defer(connection, found.id, worker=worker, until=tomorrow, why="daily cap")
        else:
            had[found.person] = had.get(found.person, 0) + 1
            due.append(found)
    return due


def _calendar(owed: list[Owed], roster: Roster) -> Calendar:
    """Return the calendar by which a message may leave: that of the first programme it speaks of."""
    programmes = (roster.rulebook.programmes.get(found.key.programme) for found in owed)
    first = next((programme for programme in programmes if programme), None)
    return roster.calendar(first) if first else next(iter(roster.rulebook.calendars.values()))


def _known(connection: Connection, owed: Iterable[list[Owed]], now: datetime) -> Known:
    ids = list({found.obligation_id for notices in owed for found in notices})
    silences = active_silences(connection, at=now)
    everything = {s.person for s in silences if s.person and not (s.programme or s.task or s.unit)}
    return Known(
        facts=facts_for(connection, ids),
        ledgers=notices_for(connection, ids),
        missed={id_: found.missed_before for id_, found in by_ids(connection, ids).items()},
        silenced=frozenset(everything),
    )


def _settle(connection: Connection, left: Iterable[Rechecked], now: datetime) -> None:
    left = list(left)
    settle_unsent(connection, [settled for found in left for settled in found.settled], at=now)
    readdress(connection, [moved for found in left for moved in found.readdressed])
    record(connection, [passed for found in left for passed in found.passed_up], decided_at=now)


def _digests(
    connection: Connection, due: list[Claimed], left: Mapping[int, Rechecked], roster: Roster, now: datetime
) -> dict[int, Digest]:
    found: dict[int, Digest] = {}
    for claimed in due:
        rest = left[claimed.id]
        if claimed.kind == ADMIN:
            matters = _troubles(connection, local_day(now, roster.policy.zone))
            if matters:
                admin = Recipient("Quản trị hệ thống", claimed.person)
                found[claimed.id] = digest(admin, [], roster, now=now, matters=matters)
        elif not rest.is_empty and rest.recipient:
            said = _digest(connection, rest, rest.recipient, roster, now)
            if said.lines or said.matters or said.questions:
                found[claimed.id] = said
    return found


def _digest(connection: Connection, rest: Rechecked, recipient: Recipient, roster: Roster, now: datetime) -> Digest:
    matters: list[Matter] = []
    questions: list[Question] = []
    for prompt in rest.prompts:
        programme = roster.rulebook.programmes[prompt.key.programme]
        if prompt.key.task == STATEMENT:
            matters += matters_of(connection, programme, roster, now=now)
        elif asked := question_of(prompt.key, programme, roster, now=now):
            questions.append(asked)
    return digest(recipient, rest.items, roster, now=now, matters=tuple(matters), questions=tuple(questions))


def _troubles(connection: Connection, today: date) -> tuple[Matter, ...]:
    troubles = open_troubles(connection)
    return tuple(
        Matter(
            "undeliverable" if trouble.kind == "undeliverable" else "problem",
            "",
            trouble.subject,
            trouble.text,
            since=today,
        )
        for trouble in troubles
    )
