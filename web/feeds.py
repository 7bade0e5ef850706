"""Feeds: the content of one private calendar."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Event
from sqlalchemy.engine import Connection

from db.facts import answered, facts_of, last_reports
from db.feeds import Feed, in_calendar, sequences
from db.obligations import StoredObligation
from notifications.calendars import CalendarHead, calendar_of, deadlines, notice_event
from notifications.links import LIVES
from rules.access import Roles
from rules.calendar import hour_on, instant, local_day
from rules.citing import place_of
from rules.days import day_en, day_vi
from rules.diary import UNSAID, DiaryEntry, diary_entry
from rules.due_day import DueDay
from rules.feeds import FeedScope, belongs, is_reminded, owed_in
from rules.programme import Rulebook, Task
from rules.roster import Roster
from rules.status import UNANSWERED
from rules.term import Term
from rules.wording import Language, Wording

BEHIND, AHEAD = timedelta(days=92), timedelta(days=400)
"""So far a calendar looks back and ahead."""
KEPT = timedelta(days=90)
"""So long what was withdrawn stays, as cancelled: until every program has fetched it."""
MOST = 3_000
"""Events that a calendar has at most: programs give up on more."""
SOON_OVER = timedelta(days=14)
"""So long before a calendar's address runs out its reader is told, in the calendar itself."""

MINE = Wording("Đôn đốc: việc của tôi", "Follow-up: my work")
NAMED = Wording("Đôn đốc: {name}", "Follow-up: {name}")
RENEW = Wording("Đổi địa chỉ lịch đôn đốc trước {day}", "Renew the address of this calendar before {day}")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which calendar of whom, in which language, and the page under which obligations are found."""

    scope: FeedScope
    roles: Roles
    feed: Feed
    language: Language
    pages: str
    """The address of the pages, without a slash at its end."""
    task_of: Callable[[StoredObligation], Task | None]
    """What tells the task of an obligation, also of one that was withdrawn."""


def content(connection: Connection, asked: Asked, roster: Roster, *, now: datetime, made_at: datetime) -> bytes:
    """Return the calendar; `made_at` is the instant of the last change, so that nothing in it differs until the
    next."""
    found = list(_entries(connection, asked, roster, now))
    stored = {one.key: one.id for one, _ in found}
    events = deadlines(
        (entry for _, entry in found),
        language=asked.language,
        made_at=made_at,
        url=lambda key: f"{asked.pages}/nhiem-vu/{stored[key]}",
    )
    head = CalendarHead(name_of(asked.scope, roster.rulebook).say(asked.language), asked.language)
    return calendar_of([*events, *_renewal(asked, roster, now, made_at)], head)


def name_of(scope: FeedScope, rulebook: Rulebook) -> Wording:
    """Return what a calendar is called."""
    if scope.kind == "mine":
        return MINE
    name = scope.of
    if scope.kind == "unit":
        directory = rulebook.directories.get(scope.directory)
        name = directory.units[name].name if directory and name in directory.units else name
    elif name in rulebook.programmes:
        name = rulebook.programmes[name].title
    return Wording(NAMED.vi.format(name=name), NAMED.en.format(name=name))


def _entries(
    connection: Connection, asked: Asked, roster: Roster, now: datetime
) -> Iterator[tuple[StoredObligation, DiaryEntry]]:
    today, rulebook = local_day(now, roster.policy.zone), roster.rulebook
    rows = in_calendar(
        connection,
        owed_in(asked.scope, asked.roles, rulebook),
        from_=today - BEHIND,
        until=today + AHEAD,
        withdrawn_since=now - KEPT,
        most=MOST,
    )
    rows = [row for row in rows if belongs(row.key, asked.scope, asked.roles, rulebook)]
    ids = [row.id for row in rows]
    facts, counted = facts_of(connection, rows), sequences(connection, rows)
    said = answered(connection, last_reports(connection, ids), ids)
    for row in rows:
        done_on = said.get(row.id, UNANSWERED).done_on
        followed = roster.follow(row.key, facts[row.id], today=done_on or today)
        if followed is not None and row.state != "withdrawn" and _agree(followed.term, row):
            entry = diary_entry(
                followed,
                facts[row.id],
                now=now,
                done_on=done_on,
                sequence=counted[row.id],
                reminds=is_reminded(row.key, asked.roles, rulebook),
            )
        else:
            task = asked.task_of(row)
            entry = _as_kept(row, task, roster, sequence=counted[row.id], done_on=done_on)
        if entry is not None:
            yield row, entry


def _agree(term: Term, row: StoredObligation) -> bool:
    """Say whether the rules have the same deadline as the ledger, which alone counts the changes of it: they differ
    while rules put in force by another process are not read here yet, and for good in what was done before."""
    return (term.due, term.due_at) == (row.due_on, row.due_at)


def _as_kept(
    row: StoredObligation, task: Task | None, roster: Roster, *, sequence: int, done_on: date | None
) -> DiaryEntry | None:
    """Return an obligation as the ledger has it, None where it has no day."""
    if row.due_on is None:
        return None
    programme = roster.rulebook.programmes[row.key.programme]
    units = roster.rulebook.directories[programme.directory].units
    hour = hour_on(row.due_on, row.due_at, roster.policy.zone) if row.due_at is not None else None
    title = task.title if task else row.key.task
    return DiaryEntry(
        key=row.key,
        title=f"{title} – {row.key.part}" if row.key.part else title,
        due=DueDay(row.due_on, hour, row.strict_on),
        units=tuple(units[unit].name if unit in units else unit for unit in row.key.units),
        place=place_of(task, programme) if task else UNSAID,
        at=row.due_at if hour is not None else None,
        state=row.state,
        done_on=done_on,
        sequence=sequence,
    )


def _renewal(asked: Asked, roster: Roster, now: datetime, made_at: datetime) -> Iterator[Event]:
    ends_at = asked.feed.begun_at + LIVES["feed"]
    if ends_at - now > SOON_OVER:
        return
    zone = roster.policy.zone
    day = local_day(ends_at, zone)
    text = RENEW.say(asked.language).format(day=day_vi(day) if asked.language == "vi" else day_en(day))
    event = notice_event(("renew", asked.feed.number), text, day, url=f"{asked.pages}/lich-cua-toi")
    event.add("dtstamp", made_at)
    yield event


def changed_at(asked: Asked, state_at: datetime | None, roster: Roster, *, now: datetime) -> datetime:
    """Return since when a calendar has been as it is: the last record, or the beginning of the local day."""
    midnight = instant(local_day(now, roster.policy.zone), time.min, roster.policy.zone)
    return max(midnight, asked.feed.begun_at, *([state_at] if state_at else []))
