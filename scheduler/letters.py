"""Letters: claimed messages are checked once more, put into words, and stored, ready to be sent."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from db.facts import active_silences, facts_for
from db.handover import claimants, end_claims, readdress, renew, under_way
from db.ledger import Owed, give_up, notices_for, owed_in, record, settle_unsent
from db.missed import missed_before, missed_when_due
from db.outbox import Claimed, claim, count_sent, defer, mark_empty, release, store_bodies
from db.revisions import latest_revision
from db.switches import is_stopped
from db.troubles import note_trouble, open_troubles, were_resolved
from notifications.answering import Answering
from notifications.compose import MailSettings, MessageIdentity, compose
from notifications.envelope import Envelope, Verdict
from notifications.links import LIVES
from notifications.sign_in import SignIn, compose_sign_in
from rules.access import roles_of
from rules.calendar import Calendar, instant, local_day
from rules.digest import Digest, Matter, Question, Recipient
from rules.digests import digest
from rules.lines import Lines
from rules.obligation import Reason
from rules.prompts import STATEMENT
from rules.roster import Roster
from rules.window import is_open, next_day_opening, opening
from scheduler.answering import answering_of, links_of
from scheduler.crash import crashpoint
from scheduler.garbage import collected_later
from scheduler.office import Office
from scheduler.periodic import mails
from scheduler.periodic.sending import SUMMARY
from scheduler.prompting import RULES, UNDELIVERABLE, WAITING, matters_of, question_of
from scheduler.recheck import Known, Recheck, Rechecked
from scheduler.setbacks import LETTER, set_aside
from scheduler.worker import LEASE, the_dead, worker_name

ADMIN = "admin"
"""The kind of message that tells an admin what is wrong; it goes at any hour."""
SIGN_IN = "sign_in"
"""The kind of message with which somebody signs in to the pages; it goes at any hour, and uses up nobody's share."""
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
    answering: dict[int, Answering] = field(default_factory=dict)
    summaries: dict[int, mails.Written] = field(default_factory=dict)
    letters: list[tuple[Claimed, Envelope]] = field(default_factory=list)
    faults: dict[int, tuple[Claimed, str]] = field(default_factory=dict)

    def sound(self) -> list[Claimed]:
        return [found for found in self.due if found.id not in self.faults]

    def fault(self, found: Claimed, fault: Exception) -> None:
        """Note that one message cannot be written; the others must not wait for it."""
        log.error("message %s to %s cannot be written", found.id, found.person, exc_info=fault)
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
        batch = _Batch(_put_off(connection, claimed, owed, roster, now=now))
        _recheck(connection, batch, owed, roster, now)
        _say(connection, office, batch, owed, roster, now)
        for found in batch.sound():
            if not any(found.id in of for of in (batch.digests, batch.sign_ins, batch.summaries)):
                give_up(connection, [found.id], reason=Reason.REPORTED, at=now)
                mark_empty(connection, found.id, worker=worker_name())
    _write(office, batch)
    with office.engine.begin() as connection:
        store_bodies(connection, [(found.id, letter.content) for found, letter in batch.letters], rendered_at=now)
        crashpoint("before_store_commit")
        _note_faults(connection, batch, now)
    return batch.letters


def _put_off(
    connection: Connection, claimed: list[Claimed], owed: Mapping[int, list[Owed]], roster: Roster, *, now: datetime
) -> list[Claimed]:
    """Return the messages that may leave now; the others wait for the window or for tomorrow's share."""
    policy, worker = roster.policy, worker_name()
    had = _had_today(connection, claimed, roster, now)
    due = []
    for found in claimed:
        if found.kind == SUMMARY:
            calendar = mails.calendar_of(found.key, roster.rulebook)
        else:
            calendar = _calendar(owed[found.id], roster)
        if found.kind in (ADMIN, SIGN_IN) or calendar is None:
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


def _had_today(connection: Connection, claimed: list[Claimed], roster: Roster, now: datetime) -> dict[str, int]:
    """Return how many messages each person was sent today, those counted in that are on their way at this moment."""
    zone, persons = roster.policy.zone, {found.person for found in claimed}
    today = local_day(now, zone)
    from_, until = instant(today, time(0), zone), instant(today, None, zone)
    had = count_sent(connection, from_=from_, until=until, persons=persons, but=[SIGN_IN])
    for person, count in under_way(connection, persons, but=[found.id for found in claimed]).items():
        had[person] = had.get(person, 0) + count
    return had


def _calendar(owed: list[Owed], roster: Roster) -> Calendar | None:
    """Return the calendar by which a message may leave: that of the first programme it speaks of; None when the rules
    no longer know any, and nothing will be left to send."""
    programmes = (roster.rulebook.programmes.get(found.key.programme) for found in owed)
    first = next((programme for programme in programmes if programme), None)
    return roster.calendar(first) if first else None


def _recheck(
    connection: Connection, batch: _Batch, owed: Mapping[int, list[Owed]], roster: Roster, now: datetime
) -> None:
    check = Recheck(_known(connection, (owed[found.id] for found in batch.due), now), roster, now=now)
    for found in batch.due:
        try:
            batch.left[found.id] = check.message(found.person, owed[found.id])
        except Exception as fault:
            batch.fault(found, fault)
    left = batch.left.values()
    settle_unsent(connection, [settled for found in left for settled in found.settled], at=now)
    readdress(connection, [moved for found in left for moved in found.readdressed])
    record(connection, [passed for found in left for passed in found.passed_up], decided_at=now)


def _known(connection: Connection, owed: Iterable[list[Owed]], now: datetime) -> Known:
    ids = list({found.obligation_id for notices in owed for found in notices})
    return Known(
        facts=facts_for(connection, ids),
        ledgers=notices_for(connection, ids),
        missed=missed_before(connection, ids),
        missed_when_due=missed_when_due(connection, ids, now=now),
        personal=tuple(silence for silence in active_silences(connection, at=now) if silence.person),
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
        if found.kind == SIGN_IN:
            _sign_in(batch, found, office, now)
            continue
        try:
            if summed_up := mails.written(connection, office, found, now=now):
                batch.summaries[found.id] = summed_up
            left = batch.left[found.id]
            said = _digest(connection, found, left, roster, lines)
            if said is not None and links is not None:
                made = answering_of(connection, links, said, found, owed[found.id], left.items)
                batch.answering[found.id] = made
        except SQLAlchemyError:
            raise
        except Exception as fault:
            batch.fault(found, fault)
        else:
            if said is not None and (said.lines or said.matters or said.questions):
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


def _digest(connection: Connection, claimed: Claimed, rest: Rechecked, roster: Roster, lines: Lines) -> Digest | None:
    now = lines.now
    if claimed.kind == ADMIN:
        matters = (*_troubles(connection, roster), *_whole_again(connection, claimed.created_at))
        return digest(Recipient("Quản trị hệ thống", claimed.person), [], roster, now=now, matters=matters)
    if rest.is_empty or rest.recipient is None:
        return None
    matters, questions = _prompted(connection, rest.prompts, roster, now)
    return digest(rest.recipient, rest.items, roster, now=now, matters=matters, questions=questions, lines=lines)


def _prompted(
    connection: Connection, prompts: list[Owed], roster: Roster, now: datetime
) -> tuple[tuple[Matter, ...], tuple[Question, ...]]:
    """Return what prompts come to now: after a while of silence two of them may ask or tell the same, which is said
    once."""
    matters: dict[Matter, None] = {}
    questions: dict[Question, None] = {}
    for prompt in prompts:
        programme = roster.rulebook.programmes[prompt.key.programme]
        if prompt.key.task == STATEMENT:
            matters |= dict.fromkeys(matters_of(connection, programme, roster, now=now))
        elif asked := question_of(prompt.key, programme, roster, now=now):
            questions[asked] = None
    return tuple(matters), tuple(questions)


def _whole_again(connection: Connection, at: datetime) -> Iterator[Matter]:
    """Yield that the rule files are whole again, if that was so at `at` and still is."""
    broken = any(trouble.kind == RULES for trouble in open_troubles(connection))
    latest = latest_revision(connection)
    if latest is not None and not broken and were_resolved(connection, RULES, at=at):
        text = (
            f"Tệp quy tắc không còn lỗi; bản {latest.id} có hiệu lực. / "
            f"The rule files are whole again; revision {latest.id} is in force."
        )
        yield Matter("rules", "", latest.origin, text)


def _troubles(connection: Connection, roster: Roster) -> tuple[Matter, ...]:
    kinds: Mapping[str, Literal["undeliverable", "rules"]] = {UNDELIVERABLE: "undeliverable", WAITING: "rules"}
    return tuple(
        Matter(
            kinds.get(trouble.kind, "problem"),
            "",
            trouble.subject,
            trouble.text,
            since=_day(trouble.first_at, roster),
        )
        for trouble in open_troubles(connection)
    )


def _day(at: datetime, roster: Roster) -> date:
    return local_day(at, roster.policy.zone)


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
    if found.id in batch.summaries:
        return mails.enveloped(office.config, found, batch.summaries[found.id])
    if found.id in batch.digests:
        said = batch.digests[found.id]
        identity = MessageIdentity.of(said, key=found.key, date=found.created_at)
        return compose(said, identity=identity, settings=settings, answering=batch.answering.get(found.id))
    return None


def _note_faults(connection: Connection, batch: _Batch, now: datetime) -> None:
    for _, letter in batch.letters:
        if letter.fault:
            note_trouble(connection, TEMPLATE, letter.fault.partition(": ")[0], letter.fault, at=now)
    for found, text in batch.faults.values():
        note_trouble(connection, LETTER, found.person, text, at=now)
        set_aside(connection, found, Verdict("transient", text), worker=worker_name(), now=now)
