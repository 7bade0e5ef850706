"""Letters: claimed messages are checked once more, put into words, and stored, ready to be sent."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.facts import active_silences, facts_for
from db.handover import claimants, end_claims, readdress, renew
from db.ledger import Owed, give_up, notices_for, owed_in, record, settle_unsent
from db.missed import missed_before, missed_when_due
from db.outbox import Claimed, claim, mark_empty, release, store_bodies
from db.passing import begun_instead
from db.switches import is_stopped
from db.troubles import note_trouble
from notifications.answering import Answering
from notifications.compose import MailSettings, MessageIdentity, compose
from notifications.envelope import Envelope, Verdict
from notifications.links import LIVES, Links
from notifications.reply import compose_reply
from notifications.sign_in import SignIn, compose_sign_in
from rules.access import roles_of
from rules.calendar import local_day
from rules.digest import Digest, Recipient
from rules.lines import Lines
from rules.obligation import Reason
from rules.roster import Roster
from scheduler.answering import answering_of, links_of
from scheduler.attaching import calendar_with
from scheduler.crash import crashpoint
from scheduler.garbage import collected_later
from scheduler.hearing import heard
from scheduler.message_kinds import SIGN_IN
from scheduler.office import Office
from scheduler.periodic import mails
from scheduler.putting_off import put_off
from scheduler.recheck import Known, Recheck, Rechecked
from scheduler.replies_told import REPLY, ReplyLetter, reply_letter
from scheduler.saying import digest_of
from scheduler.setbacks import LETTER, set_aside
from scheduler.worker import LEASE, the_dead, worker_name

TOO_OLD = LIVES["sign_in"]
"""A link nobody could be sent for so long is not sent any more: who waited has asked again."""
TEMPLATE = "template"

log = logging.getLogger("dondoc.letters")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch: what was claimed, and the letters that came of it; the others were put off or had nothing left to
    say."""

    claimed: list[Claimed] = field(default_factory=list)
    letters: list[tuple[Claimed, Envelope]] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """The messages that may leave now on their way to becoming letters; those in `faults` do not get there."""

    due: list[Claimed]
    left: dict[int, Rechecked] = field(default_factory=dict)
    digests: dict[int, Digest] = field(default_factory=dict)
    sign_ins: dict[int, SignIn] = field(default_factory=dict)
    replies: dict[int, ReplyLetter] = field(default_factory=dict)
    calendars: dict[int, bytes] = field(default_factory=dict)
    answering: dict[int, Answering] = field(default_factory=dict)
    summaries: dict[int, mails.Written] = field(default_factory=dict)
    letters: list[tuple[Claimed, Envelope]] = field(default_factory=list)
    faults: dict[int, tuple[Claimed, str]] = field(default_factory=dict)

    def sound(self) -> list[Claimed]:
        return [found for found in self.due if found.id not in self.faults]

    def says(self, found: Claimed) -> bool:
        """Say whether a message has anything to say."""
        return any(found.id in said for said in (self.digests, self.sign_ins, self.replies, self.summaries))

    def fault(self, found: Claimed, fault: Exception) -> None:
        """Note that one message cannot be written; the others must not wait for it."""
        log.error("message %s cannot be written", found.id, exc_info=fault)
        self.faults[found.id] = (found, f"{type(fault).__name__}: {fault}")


@collected_later()
def prepare(office: Office, *, now: datetime, limit: int, held: Collection[int] = ()) -> Prepared:
    """Claim up to `limit` messages and make letters of them. While the stop switch is on, nothing is claimed.

    `held` are messages this process is sending at the moment: after a leap of the clock their claims may seem to have
    run out.
    """
    with office.engine.begin() as connection:
        if is_stopped(connection):
            return Prepared()
        end_claims(connection, the_dead(claimants(connection)), at=now)
        renew(connection, worker_name(), held, now=now, until=now + LEASE)
        claimed = claim(connection, now=now, worker=worker_name(), limit=limit, lease=LEASE)
    if not claimed:
        return Prepared()
    crashpoint("after_claim")
    try:
        letters = _written(office, claimed, now)
    except Exception:
        give_back(office, claimed)
        raise
    crashpoint("after_store")
    return Prepared(claimed, letters)


def give_back(office: Office, claimed: Iterable[Claimed]) -> None:
    """Return messages that were claimed and not tried to those that wait."""
    ids = [found.id for found in claimed]
    if ids:
        with office.engine.begin() as connection:
            release(connection, worker=worker_name(), ids=ids)


def _written(office: Office, claimed: list[Claimed], now: datetime) -> list[tuple[Claimed, Envelope]]:
    with office.engine.begin() as connection:
        office.renew(connection)
        roster = office.roster(connection, now=now)
        owed = owed_in(connection, [found.id for found in claimed])
        until = office.config.summaries.schedule.leaves_until
        batch = _Batch(put_off(connection, claimed, owed, roster, summaries_until=until, now=now))
        _recheck(connection, batch, owed, roster, now)
        _say(connection, office, batch, owed, roster, now)
        for found in batch.sound():
            if not batch.says(found):
                give_up(connection, [found.id], reason=Reason.REPORTED, at=now)
                mark_empty(connection, found.id, worker=worker_name())
    _write(office, batch)
    with office.engine.begin() as connection:
        store_bodies(connection, [(found.id, letter.content) for found, letter in batch.letters], rendered_at=now)
        crashpoint("before_store_commit")
        _note_faults(connection, batch, now)
    return batch.letters


def _recheck(
    connection: Connection, batch: _Batch, owed: Mapping[int, list[Owed]], roster: Roster, now: datetime
) -> None:
    check = Recheck(_known(connection, (owed[found.id] for found in batch.due), roster, now), roster, now=now)
    for found in batch.due:
        try:
            batch.left[found.id] = check.message(found.person, owed[found.id])
        except Exception as fault:
            batch.fault(found, fault)
    left = batch.left.values()
    settle_unsent(connection, [settled for found in left for settled in found.settled], at=now)
    readdress(connection, [moved for found in left for moved in found.readdressed])
    record(connection, [passed for found in left for passed in found.passed_up], decided_at=now)


def _known(connection: Connection, owed: Iterable[list[Owed]], roster: Roster, now: datetime) -> Known:
    keys = {found.obligation_id: found.key for notices in owed for found in notices}
    ids = list(keys)
    ledgers = notices_for(connection, ids)
    return Known(
        facts=facts_for(connection, ids),
        ledgers=ledgers,
        missed=missed_before(connection, ids),
        missed_when_due=missed_when_due(connection, ids, now=now, zone=roster.policy.zone),
        personal=tuple(silence for silence in active_silences(connection, at=now) if silence.person),
        heard=heard(connection, keys, roster.rulebook, zone=roster.policy.zone),
        begun=begun_instead(connection, [id_ for id_ in ids if any(slot.rung == "new" for slot in ledgers[id_])]),
    )


def _say(
    connection: Connection,
    office: Office,
    batch: _Batch,
    owed: Mapping[int, list[Owed]],
    roster: Roster,
    now: datetime,
) -> None:
    lines, links = Lines(roster, now=now), links_of(office.config)
    for found in batch.sound():
        try:
            _say_one(connection, office, batch, found, owed[found.id], lines, links)
        except SQLAlchemyError:
            raise
        except Exception as fault:
            batch.fault(found, fault)


def _say_one(
    connection: Connection,
    office: Office,
    batch: _Batch,
    found: Claimed,
    owed: list[Owed],
    lines: Lines,
    links: Links | None,
) -> None:
    """Put into the batch what one message has to say, with its links and its calendar."""
    if found.kind == SIGN_IN:
        _sign_in(batch, found, office, lines.now)
        return
    if found.kind == REPLY:
        reply = reply_letter(connection, office, found, now=lines.now)
        if reply is not None:
            batch.replies[found.id] = reply
        return
    if summed_up := mails.written(connection, office, found, now=lines.now):
        batch.summaries[found.id] = summed_up
    left = batch.left[found.id]
    said = digest_of(connection, office, found, left, lines)
    if said is None or not (said.lines or said.matters or said.questions):
        return
    if links is not None:
        batch.answering[found.id] = answering_of(connection, links, said, found, owed, left.items)
    if office.config.mail.attach_calendar:
        calendar = calendar_with(connection, office, said, found, owed, left.items)
        if calendar is not None:
            batch.calendars[found.id] = calendar
    batch.digests[found.id] = said


def sign_in_key(number: str) -> str:
    """Return the key of the message that brings the link with that number."""
    return f"{SIGN_IN}|{number}"


def _sign_in(batch: _Batch, found: Claimed, office: Office, now: datetime) -> None:
    """Make the link anew whenever the letter is written, under the same number: its life begins when it leaves."""
    config = office.config
    today = local_day(now, config.policy.zone)
    roles = roles_of(office.rulebook, found.person, today, admins=config.mail.admins)
    if now - found.created_at <= TOO_OLD and roles.is_known:
        url = config.links().sign_in(found.person, found.key.removeprefix(sign_in_key("")), issued_at=now)
        batch.sign_ins[found.id] = SignIn(Recipient(roles.title or found.person, found.person), url)


def _write(office: Office, batch: _Batch) -> None:
    settings = office.config.letters()
    for found in batch.due:
        try:
            letter = _letter(office, batch, found, settings)
            if letter is not None:
                batch.letters.append((found, letter))
        except Exception as fault:
            batch.fault(found, fault)


def _letter(office: Office, batch: _Batch, found: Claimed, settings: MailSettings) -> Envelope | None:
    if found.id in batch.sign_ins:
        identity = MessageIdentity(found.key, found.created_at)
        return compose_sign_in(batch.sign_ins[found.id], identity=identity, settings=settings)
    if found.id in batch.replies:
        reply, mail_ids = batch.replies[found.id]
        return compose_reply(
            reply, identity=MessageIdentity(found.key, found.created_at, answers=mail_ids), settings=settings
        )
    if found.id in batch.summaries:
        return mails.enveloped(office.config, found, batch.summaries[found.id])
    if found.id in batch.digests:
        said = batch.digests[found.id]
        return compose(
            said,
            identity=MessageIdentity.of(said, key=found.key, date=found.created_at),
            settings=settings,
            answering=batch.answering.get(found.id),
            calendar=batch.calendars.get(found.id),
        )
    return None


def _note_faults(connection: Connection, batch: _Batch, now: datetime) -> None:
    for _, letter in batch.letters:
        if letter.fault:
            note_trouble(connection, TEMPLATE, letter.fault.partition(": ")[0], letter.fault, at=now)
    for found, text in batch.faults.values():
        note_trouble(connection, LETTER, found.person, text, at=now)
        set_aside(connection, found, Verdict("transient", text), worker=worker_name(), now=now)
