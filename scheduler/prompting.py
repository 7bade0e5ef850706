"""Prompting: questions about events and the weekly statements to the standing office, as passes decide and deliveries
write them."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.facts import RecordedProof, RecordedReport, RemarkKind, awaiting, open_requests, proofs_of, unresolved
from db.obligations import Closing, StoredObligation, Waking, by_ids
from db.roll import undated_parts
from db.troubles import open_troubles
from rules.bare import bare_words
from rules.calendar import local_day
from rules.digest import Matter, MatterKind, Question
from rules.digests import ASKED, answer_matter
from rules.directory import Directory
from rules.obligation import Facts, Notice, ObligationKey, Reason, Slot
from rules.programme import Programme
from rules.prompts import EVENT_PREFIX, STATEMENT, Prompt, matters, question, recipient, unrecorded
from rules.roster import Roster
from rules.term import Term
from rules.window import is_open, opening
from scheduler.config import Config
from scheduler.deciding import Decided
from scheduler.hearing import reported
from scheduler.unclear import unclear_matters
from scheduler.unconfirmed import unconfirmed_matters

UNDELIVERABLE = "undeliverable"
"""The kind of trouble an address makes that refuses mail."""
RULES = "rules"
"""The kind of trouble that rule files make which are not in force for their mistakes."""
WAITING = "rules_waiting"
"""The kind of trouble that whole rule files make which wait to be applied."""


class _Told(NamedTuple):
    """What a unit said of an obligation, and when."""

    matter: MatterKind
    obligation: int
    at: datetime
    said: str


def is_prompt(key: ObligationKey) -> bool:
    """Say whether an obligation is a prompt, not a task."""
    return key.task == STATEMENT or key.task.startswith(EVENT_PREFIX)


def decide_prompt(connection: Connection, found: Waking, roster: Roster, config: Config, *, now: datetime) -> Decided:
    """Return what a prompt comes to: decided once, and then closed; while nobody may be written to, to be looked at
    again."""
    programme = roster.rulebook.programmes.get(found.key.programme)
    if programme is None or found.state != "open":
        return Decided()
    calendar = roster.calendar(programme)
    if not is_open(now, roster.policy, calendar):
        return Decided(wake_at=opening(now, roster.policy, calendar))
    closing = Closing(found.id, now, None)
    directory = roster.rulebook.directories[programme.directory]
    if found.key.unit not in directory.units or not _has_to_say(connection, found.key, programme, roster, config, now):
        return Decided(closing=closing)
    kind: Literal["watch", "statement"] = "statement" if found.key.task == STATEMENT else "watch"
    prompt = Prompt(found.key, kind, "standing" if kind == "statement" else "focal", found.key.unit)
    reached = recipient(prompt, programme, roster.book(directory, local_day(now, roster.policy.zone)))
    if reached is None or reached.holder is None:
        slot = Slot(kind, 0, prompt.unit, prompt.role)
        return Decided((Notice(slot, "to", now, "not_sent", None, Reason.NOBODY, now),), closing=closing)
    slot = Slot(kind, 0, reached.unit, reached.role)
    return Decided((Notice(slot, "to", now, "owed", reached.holder.email),), closing=closing)


def question_of(key: ObligationKey, programme: Programme, roster: Roster, *, now: datetime) -> Question | None:
    """Return the question a watch asks, None when the event has been recorded meanwhile."""
    event = key.task.removeprefix(EVENT_PREFIX)
    today = local_day(now, roster.policy.zone)
    known = roster.events.get(programme.id, {})
    waiting = {found.id: found for found in unrecorded(programme, known, today=today)}
    return question(waiting[event], programme) if event in waiting else None


def matters_of(connection: Connection, programme: Programme, roster: Roster, *, now: datetime) -> tuple[Matter, ...]:
    """Return what the standing office of a programme must see to now: from the rules, and what went wrong."""
    today = local_day(now, roster.policy.zone)
    terms = _undated_terms(programme, roster, today)
    open_still = undated_parts(connection, programme.id, {task for task, _ in terms})
    undated = {f"{id}/{part}" if part else id: term for (id, part), term in terms.items() if (id, part) in open_still}
    directory = roster.rulebook.directories[programme.directory]
    book = roster.book(directory, today)
    found = matters(programme, roster.events.get(programme.id, {}), book, undated, today=today)
    unread = unclear_matters(connection, {programme.id}, roster)
    return (*found, *_answers(connection, programme, roster, today), *unread, *_troubles(connection, programme, roster))


def _answers(connection: Connection, programme: Programme, roster: Roster, today: date) -> Iterator[Matter]:
    """Yield what units said back that still waits for the standing office: reports to verify, requests to
    decide, and what they told it."""
    zone, waiting, told = roster.policy.zone, awaiting(connection, [programme.id]), list(_told(connection, programme))
    proofs = proofs_of(connection, [report.id for report in waiting])
    stored = by_ids(connection, {*(one.obligation_id for one in waiting), *(one.obligation for one in told)})
    reports = [
        _Told("unverified", one.obligation_id, one.recorded_at, _result(stored, one, proofs.get(one.id, []), zone))
        for one in waiting
    ]
    for matter, obligation, at, said in (*reports, *told):
        key = stored[obligation].key
        if key.programme != programme.id or stored[obligation].state == "withdrawn":
            continue
        followed = roster.follow(key, Facts(stored[obligation].watched_from), today=today)
        if followed is not None and all(unit in followed.directory.units for unit in key.units):
            yield answer_matter(matter, followed, said, local_day(at, zone))


def _told(connection: Connection, programme: Programme) -> Iterator[_Told]:
    """Yield what units told and asked that nobody has seen to, of whichever programme, and decided, of this one."""
    for kind, matter in ASKED.items():
        for remark in unresolved(connection, cast("RemarkKind", kind)).values():
            yield _Told(matter, remark.obligation_id, remark.recorded_at, remark.note or "")
    for request in open_requests(connection, [programme.id]):
        if request.goes_to == "standing":
            yield _Told("extension", request.obligation_id, request.at, request.in_words)


def _result(
    stored: Mapping[int, StoredObligation], report: RecordedReport, proofs: list[RecordedProof], zone: ZoneInfo
) -> str:
    """Return what a report says of itself, as the letter to verify it does, and its words or that it came with none."""
    said = reported(stored[report.obligation_id].key, report, len(proofs), zone=zone).vi
    bare = bare_words(report.note, report.document, report.evidence, proofs)
    more = bare.vi if bare is not None else report.note or ""
    # The words of a value are all that its report says.
    return "; ".join(dict.fromkeys(part for part in (said, more) if part))


def _troubles(connection: Connection, programme: Programme, roster: Roster) -> Iterator[Matter]:
    """Yield what went wrong that bears on the programme: mail that an address of its directory refuses, rule files not
    in force."""
    addresses = _addresses(roster.rulebook.directories[programme.directory])
    others = {other.source.file for other in roster.rulebook.programmes.values()} - {programme.source.file}
    for trouble in open_troubles(connection):
        since = local_day(trouble.first_at, roster.policy.zone)
        if trouble.kind == UNDELIVERABLE and trouble.subject in addresses:
            yield Matter("undeliverable", programme.id, trouble.subject, trouble.text, since)
        elif trouble.kind == RULES and trouble.subject.partition(":")[0] not in others:
            yield Matter("problem", programme.id, trouble.subject, trouble.text, since)


def _has_to_say(
    connection: Connection, key: ObligationKey, programme: Programme, roster: Roster, config: Config, now: datetime
) -> bool:
    if key.task == STATEMENT:
        drafts = unconfirmed_matters(connection, config, roster.rulebook, programme.id)
        return bool(drafts or matters_of(connection, programme, roster, now=now))
    return question_of(key, programme, roster, now=now) is not None


def _undated_terms(programme: Programme, roster: Roster, today: date) -> dict[tuple[str, str], Term]:
    """Return, by task and part, the terms of the deadlines that give no day as things stand."""
    return {
        (task.id, found.part): found.occurrence.term
        for task in programme.tasks.values()
        for found in roster.existing(programme, task, since=today, today=today)
        if found.occurrence.term.due is None
    }


def _addresses(directory: Directory) -> set[str]:
    posts = [directory.chair, directory.overseer]
    posts += [post for unit in directory.units.values() for post in (unit.head, unit.focal, unit.overseer)]
    acting = {stand_in.email for post in posts if post for stand_in in post.acting}
    return acting | {post.email for post in posts if post and post.email}
