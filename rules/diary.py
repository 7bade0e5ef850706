"""Diary: a deadline as an entry of a calendar program: its day, its words, and the hours at which to remind of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from rules.citing import place_of
from rules.decide import end_of
from rules.due_day import DueDay
from rules.followed import Followed
from rules.obligation import Facts, ObligationKey
from rules.wording import Wording

UNSAID = Wording("", "")
EntryState = Literal["open", "done", "closed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """A deadline on its day. `at` is the instant it ends (UTC) where the rules name an hour, else it fills the last day
    in time.

    `sequence` grows with every change of the day or of whether it is owed at all; `reminders` are instants still to
    come.
    """

    key: ObligationKey
    title: str
    due: DueDay
    units: tuple[str, ...] = ()
    place: Wording = UNSAID
    """Where the task stands in its document."""
    at: datetime | None = None
    remind_by: date | None = None
    why: Wording = UNSAID
    provisional: bool = False
    state: EntryState = "open"
    done_on: date | None = None
    sequence: int = 0
    reminders: tuple[datetime, ...] = ()
    source: str = ""


def diary_entry(
    followed: Followed,
    facts: Facts,
    *,
    now: datetime,
    done_on: date | None = None,
    sequence: int = 0,
    reminds: bool = False,
    source: str = "",
) -> DiaryEntry | None:
    """Return the entry of an obligation, None when it has no day. `reminds`: with the rungs of its ladder that are
    still to come before it is due, as long as it is open."""
    term, task, key = followed.term, followed.task, followed.key
    if term.due is None:
        return None
    state = _state(facts)
    return DiaryEntry(
        key=key,
        title=f"{task.title} – {key.part}" if key.part else task.title,
        due=DueDay(term.due, term.at, term.strict),
        units=tuple(followed.directory.units[unit].name for unit in key.units if unit in followed.directory.units),
        place=place_of(task, followed.programme),
        at=term.due_at if term.at is not None else None,
        remind_by=term.remind_by,
        why=term.why,
        provisional=term.provisional,
        state=state,
        done_on=done_on,
        sequence=sequence,
        reminders=_reminders(followed, now) if reminds and state == "open" and not facts.is_suspended(now) else (),
        source=source,
    )


def _state(facts: Facts) -> EntryState:
    if facts.withdrawn_at:
        return "withdrawn"
    if facts.done_at:
        return "done"
    return "closed" if end_of(facts) else "open"


def _reminders(followed: Followed, now: datetime) -> tuple[datetime, ...]:
    """Return when the rungs before the end are reached that are still to come: mail leaves then, too."""
    before = (step.opens for step in followed.table.steps if not step.is_late)
    end = followed.term.due_at
    return tuple(sorted({at for at in before if at > now and (end is None or at < end)}))
