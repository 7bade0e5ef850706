"""Mails: the letters with a summary, checked once more and put into words when they are about to leave."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from db.outbox import Claimed, enqueue
from db.summaries import drafts_waiting, steps_of, summary_of
from notifications.answering import SEPARATOR
from notifications.compose import MessageIdentity
from notifications.envelope import Envelope
from notifications.mime import Attachment
from notifications.summary import LetterStep, SummaryLetter, compose_summary
from rules.access import Subject, may, roles_of
from rules.calendar import Calendar, local_day
from rules.digest import Recipient
from rules.directory import OrgUnit
from rules.periodic.period import read_period
from rules.periodic.schedule import Hours, hours_or_usual
from rules.periodic.snapshot import Snapshot
from rules.periodic.stored import from_text
from rules.periodic.telling import tell
from rules.programme import Rulebook
from rules.wording import Language
from scheduler.answering import links_of
from scheduler.config import Config
from scheduler.message_kinds import MISSING, REMINDER, REQUEST, SUMMARY
from scheduler.office import Office
from scheduler.periodic.bureaus import Bureau, bureau_of
from scheduler.periodic.sending import asked_by_unit, letters_of, people_of, still_missing
from scheduler.summaries_part import Summaries

if TYPE_CHECKING:
    from rules.periodic.word import Letterhead

MOST = 25
"""So many points of a list stand in a letter; the files attached have them all."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Named(NamedTuple):
    """What the name of a letter says."""

    office: str
    period: str
    step: str


class Written(NamedTuple):
    """A letter that is to leave: its words, and the summary that goes along as it is kept, '' where none does."""

    letter: SummaryLetter
    kept: str


def calendar_of(key: str, rulebook: Rulebook) -> Calendar | None:
    """Return the calendar by which a letter may leave; None when the rules no longer know its standing office."""
    bureau = bureau_of(rulebook, _named(key).office)
    return bureau.calendar if bureau else None


def written(connection: Connection, office: Office, found: Claimed, *, now: datetime) -> Written | None:
    """Return what a claimed letter says now; None when it holds no summary, when there is nothing left to say, or the
    address reads it no more: whoever has the post meanwhile gets a letter of their own."""
    if found.kind != SUMMARY:
        return None
    named = _named(found.key)
    bureau = bureau_of(office.rulebook, named.office)
    if bureau is None:
        return None
    asks = named.step in (MISSING, REQUEST)
    if named.step == REQUEST and now >= _hours(office.config, bureau, named.period).contributions_by:
        return None
    text = "" if asks else _kept(connection, named)
    snapshot = _read(text) if text else None
    missing = still_missing(connection, bureau, named.period) if asks else ()
    if snapshot is None and not missing and not _waits(connection, named):
        return None
    people = people_of(connection, office, bureau, named.step, snapshot, period=named.period, now=now)
    reader = next((one for one in people if one.email == found.person), None)
    if reader is None:
        enqueue(connection, letters_of(bureau, named.period, named.step, people, now=now))
        return None
    if named.step == REQUEST:
        asked = asked_by_unit(connection, office, bureau, named.period, now=now)
        missing = tuple(unit for unit in missing if unit.id in asked and asked[unit.id].email == found.person)
    today = local_day(now, office.config.policy.zone)
    letter = _letter(office.config, bureau, named, reader, snapshot, missing, now, today)
    if named.step == REQUEST:
        letter = replace(letter, links=_to_write_by(office, bureau, named, reader, missing, now))
    return Written(letter, text)


def enveloped(config: Config, found: Claimed, said: Written) -> Envelope:
    """Return the letter ready to be sent; a summary takes its document and its workbook along."""
    key = _named(found.key)
    identity = MessageIdentity(found.key, found.created_at, (f"{key.office}/summary/{found.person}",))
    settings = config.letters()
    files = _files(said.kept, config.language, config.policy.zone, config.summaries) if said.kept else ()
    return compose_summary(said.letter, attached=files, identity=identity, settings=settings)


def letterhead(summaries: Summaries) -> "Letterhead":
    """Return what the office's letterhead says beyond the directory."""
    from rules.periodic.word import Letterhead

    return Letterhead(summaries.superior, summaries.place)


@lru_cache(maxsize=2)
def _read(text: str) -> Snapshot:
    """Return the snapshot that is kept as `text`: all its readers get the same one."""
    return from_text(text)


@lru_cache(maxsize=2)
def _files(text: str, language: Language, zone: ZoneInfo, summaries: Summaries) -> tuple[Attachment, ...]:
    """Return a summary as a Word and as an Excel file, named by its period; made once for all readers."""
    # Either library takes a quarter of a second to import, which only a summary should cost.
    from rules.periodic.word import to_word
    from rules.periodic.workbook import to_workbook

    snapshot = _read(text)
    name = f"bao-cao-{snapshot.period}"
    return (
        Attachment(f"{name}.docx", WORD, to_word(snapshot, language, zone=zone, letterhead=letterhead(summaries))),
        Attachment(f"{name}.xlsx", EXCEL, to_workbook(snapshot, language, zone=zone)),
    )


def letter_of(
    config: Config, bureau: Bureau, snapshot: Snapshot, reader: Recipient, *, step: str, now: datetime
) -> SummaryLetter:
    """Return the letter in which `reader` would get a summary."""
    named = Named(str(bureau.office), str(snapshot.period), step)
    return _letter(config, bureau, named, reader, snapshot, (), now, local_day(now, config.policy.zone))


def _kept(connection: Connection, named: Named) -> str:
    """Return the summary of a step as it is kept; '' for a draft of what was sent meanwhile: it is needed no more."""
    steps = steps_of(connection, named.office, named.period)
    number = next((id_ for step, id_ in steps.items() if step == named.step), None)
    if number is None or (named.step == "draft" and "sent" in steps):
        return ""
    stored = summary_of(connection, number)
    return stored.snapshot if stored else ""


def _waits(connection: Connection, named: Named) -> bool:
    """Say whether a letter reminds of a draft that still waits to be confirmed."""
    return named.step == REMINDER and named.period in dict(drafts_waiting(connection, named.office))


def _letter(
    config: Config,
    bureau: Bureau,
    named: Named,
    reader: Recipient,
    snapshot: Snapshot | None,
    missing: tuple[OrgUnit, ...],
    now: datetime,
    today: date,
) -> SummaryLetter:
    schedule, zone, language = config.summaries.schedule, config.policy.zone, config.language
    period, hours = read_period(named.period), _hours(config, bureau, named.period)
    return SummaryLetter(
        step=cast(LetterStep, named.step),
        recipient=reader,
        name=period.name.say(language),
        office=bureau.name,
        made_at=now,
        today=today,
        send_at=hours.send_at,
        write_by=hours.contributions_by,
        needs_confirmation=schedule.needs_confirmation,
        told=tell(snapshot, language, zone=zone, most=MOST, brief=True) if snapshot else None,
        missing=tuple(unit.name for unit in missing),
        link=_link(config, named, reader, now),
    )


def _to_write_by(
    office: Office, bureau: Bureau, named: Named, reader: Recipient, missing: tuple[OrgUnit, ...], now: datetime
) -> tuple[str, ...]:
    """Return where the reader writes for each unit, '' for one of which they hold no post: who stands above it is
    asked to see to it, and cannot write for it. None where no pages are served."""
    links = links_of(office.config)
    if links is None:
        return ()
    roles = roles_of(office.rulebook, reader.email, local_day(now, office.config.policy.zone))
    found = []
    for unit in missing:
        scope = SEPARATOR.join((named.office, unit.id, named.period))
        writes = may(roles, "contribute", Subject(bureau.office.directory, units=(unit.id,)))
        found.append(links.make("contribute", reader.email, issued_at=now, scope=scope) if writes else "")
    return tuple(found)


def _link(config: Config, named: Named, reader: Recipient, now: datetime) -> str:
    """Return where a draft is confirmed, '' for other letters and where no pages are served."""
    links = links_of(config) if named.step in ("draft", REMINDER) and reader.email else None
    if links is None:
        return ""
    scope = SEPARATOR.join((named.office, named.period))
    return links.make("summary", reader.email, issued_at=now, scope=scope)


def _hours(config: Config, bureau: Bureau, period: str) -> Hours:
    return hours_or_usual(config.summaries.schedule, read_period(period), bureau.calendar, config.policy.zone)


def _named(key: str) -> Named:
    _, office, period, step, _ = key.split("|", 4)
    return Named(office, period, step)
