"""Simulated messages: what one person would get in one pass.

Their letters are worked out when asked for, as things stood then.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from rules.calendar import Calendar, local_day
from rules.cohort import Look, Parcel
from rules.digest import SECTIONS, Digest, Matter, Question, Recipient, Section
from rules.digests import Item, digest, holder_of, kind_of, rank, recipient_of
from rules.lines import days_late, days_left, section
from rules.roster import Roster
from rules.term import Term
from rules.timetable import BASELINE


@dataclass(slots=True)
class Said:
    """What a person is asked or told beside the ladders, and by whose calendar it may leave."""

    recipient: Recipient
    calendar: Calendar
    matters: list[Matter] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


class Told(NamedTuple):
    """What a message says of an obligation: the same for all units that took the same decision."""

    order: tuple[int, int, date, str, str]
    """The most pressing come first."""
    programme: str
    task: str
    part: str
    occurrence: str
    rung: str
    as_: Literal["to", "cc"]
    section: Section
    term: Term
    days_left: int
    days_late: int


class SimulatedLine(NamedTuple):
    """One line of a message: what is said, and of which unit."""

    told: Told
    unit: str


class Tally(NamedTuple):
    """The figures of a message, for its subject.

    `longest`: the days of the longest delay; `nearest`: until the next due day.
    """

    kind: Literal["reminder", "escalation", "standing"]
    baseline: bool
    overdue: int
    longest: int
    due_today: int
    due_soon: int
    nearest: int
    new: int
    moved: int
    information: int
    questions: int
    matters: int


@dataclass(slots=True, eq=False)
class SimulatedMessage:
    """One mail. `roster` holds the rules and events by which it was written."""

    at: datetime
    to: str
    parcels: list[Parcel] = field(repr=False)
    said: tuple[Said, ...] = field(repr=False)
    roster: Roster = field(repr=False)

    @property
    def digest(self) -> Digest:
        """Return what the mail says, in full."""
        return _digest(self)

    @property
    def lines(self) -> list[SimulatedLine]:
        """Return a line for each obligation and rung, the most pressing first."""
        return _lines(self)

    @property
    def tally(self) -> Tally:
        """Return the figures of the mail."""
        return _tally(self)

    @property
    def recipient(self) -> Recipient:
        """Return how the reader is addressed: by the highest of the posts the notices were owed to."""
        return _recipient(self)


@lru_cache(maxsize=4)
def _lines(message: SimulatedMessage) -> list[SimulatedLine]:
    lines = [
        SimulatedLine(told(look, handed.place, handed.target.as_), entry.key.unit)
        for look, entry, handed in message.parcels
        if not handed.is_again
    ]
    lines.sort(key=_pressing)
    return lines


@lru_cache(maxsize=4)
def _tally(message: SimulatedMessage) -> Tally:
    lines = [line.told for line in message.lines]
    sections = Counter("moved" if line.rung == "moved" else line.section for line in lines)
    matters = sum(len(said.matters) for said in message.said)
    return Tally(
        kind=kind_of((look.slot(handed) for look, _, handed in message.parcels), has_matters=matters > 0),
        baseline=any(line.rung == BASELINE.id for line in lines),
        overdue=sections["overdue"],
        longest=max((line.days_late for line in lines if line.section == "overdue"), default=0),
        due_today=sections["due_today"],
        due_soon=sections["due_soon"],
        nearest=min((line.days_left for line in lines if line.section == "due_soon"), default=0),
        new=sections["new"],
        moved=sections["moved"],
        information=sections["information"],
        questions=sum(len(said.questions) for said in message.said),
        matters=matters,
    )


def told(look: Look, place: int, as_: Literal["to", "cc"]) -> Told:
    """Return what is said of the step at `place`; asked for again and again, it is worked out once."""
    found = look.told.get((place, as_))
    if found is None:
        found = look.told[(place, as_)] = _told(look, place, as_)
    assert isinstance(found, Told)
    return found


def _told(look: Look, place: int, as_: Literal["to", "cc"]) -> Told:
    key, term = look.followed.key, look.followed.term
    today = local_day(look.at, look.followed.table.policy.zone)
    rung = look.ready[place].rung.id
    part = section(term, rung, as_, now=look.at, today=today)
    late = days_late(term, now=look.at, today=today)
    order = (SECTIONS.index(part), -late, term.due or date.max, key.programme, key.task)
    left = days_left(term, today=today)
    return Told(order, key.programme, key.task, key.part, key.occurrence, rung, as_, part, term, left, late)


@lru_cache(maxsize=4)
def _digest(message: SimulatedMessage) -> Digest:
    items = [
        Item(
            entry.followed_as(look.followed),
            look.notice(handed),
            look.facts,
            look.ledger_of(entry),
            entry.missed_before,
        )
        for look, entry, handed in message.parcels
    ]
    return digest(
        message.recipient,
        items,
        message.roster,
        now=message.at,
        matters=tuple(matter for said in message.said for matter in said.matters),
        questions=tuple(question for said in message.said for question in said.questions),
    )


def _recipient(message: SimulatedMessage) -> Recipient:
    if not message.parcels:
        return message.said[0].recipient
    look, _, handed = max(message.parcels, key=lambda parcel: rank(parcel[2].target.role))
    followed, slot = look.followed, look.slot(handed)
    book = message.roster.book(followed.directory, local_day(message.at, message.roster.policy.zone))
    holder = holder_of(slot, followed.programme.standing, book)
    holder = holder or book.holder_or_above(slot.unit, slot.role).holder
    assert holder is not None
    return recipient_of(slot, holder, followed.directory)


def _pressing(line: SimulatedLine) -> tuple[int, int, date, str, str]:
    return line[0][0]
