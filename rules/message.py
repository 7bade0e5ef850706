"""Simulated messages: what one person would get in one pass.

Their letters are worked out when asked for, as things stood then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from rules.calendar import Calendar, local_day
from rules.cohort import Entry, Look, Parcel
from rules.digest import SECTIONS, Digest, Matter, Question, Recipient, Section
from rules.digests import Item, digest, holder_of, kind_of, rank, recipient_of
from rules.lines import days_late, days_left, section
from rules.obligation import Slot
from rules.roster import Roster
from rules.term import Term


@dataclass(slots=True)
class Said:
    """What a person is asked or told beside the ladders, and by whose calendar it may leave."""

    recipient: Recipient
    calendar: Calendar
    matters: list[Matter] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


class Told(NamedTuple):
    """What a message says of an obligation: the same for all units that took the same decision."""

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


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedMessage:
    """One mail. `roster` holds the rules and events by which it was written."""

    at: datetime
    to: str
    parcels: tuple[Parcel, ...]
    said: tuple[Said, ...]
    roster: Roster

    @property
    def digest(self) -> Digest:
        """Return what the mail says, in full."""
        return _digest(self)

    @property
    def lines(self) -> list[SimulatedLine]:
        """Return a line for each obligation and rung, the most pressing first."""
        found: dict[tuple[Look, int, Entry], SimulatedLine] = {}
        for look, entry, handed in self.parcels:
            place = (look, handed.place, entry)
            if handed.target.as_ == "to" or place not in found:
                found[place] = SimulatedLine(told(look, handed.place, handed.target.as_), entry.key.unit)
        return sorted(found.values(), key=_pressing)

    @property
    def tally(self) -> Tally:
        """Return the figures of the mail."""
        lines = [line.told for line in self.lines]
        late = [line.days_late for line in lines if line.section == "overdue"]
        left = [line.days_left for line in lines if line.section == "due_soon"]
        matters = sum(len(said.matters) for said in self.said)
        return Tally(
            kind=kind_of(self._slots(), has_matters=matters > 0),
            baseline=any(line.rung == "baseline" for line in lines),
            overdue=len(late),
            longest=max(late, default=0),
            due_today=sum(line.section == "due_today" for line in lines),
            due_soon=len(left),
            nearest=min(left, default=0),
            new=sum(line.section == "new" and line.rung != "moved" for line in lines),
            moved=sum(line.section == "new" and line.rung == "moved" for line in lines),
            information=sum(line.section == "information" for line in lines),
            questions=sum(len(said.questions) for said in self.said),
            matters=matters,
        )

    @property
    def recipient(self) -> Recipient:
        """Return how the reader is addressed: by the highest of the posts the notices were owed to."""
        return _recipient(self)

    def _slots(self) -> Iterator[Slot]:
        return (look.slot(handed) for look, _, handed in self.parcels)


def told(look: Look, place: int, as_: Literal["to", "cc"]) -> Told:
    """Return what is said of the step at `place`; asked for again and again, it is worked out once."""
    found = look.told.get((place, as_))
    if found is None:
        found = look.told[(place, as_)] = _told(look, place, as_)
    assert isinstance(found, Told)
    return found


def _told(look: Look, place: int, as_: Literal["to", "cc"]) -> Told:
    followed, term = look.followed, look.followed.term
    today = local_day(look.at, followed.table.policy.zone)
    rung = look.ready[place].rung.id
    return Told(
        followed.key.programme,
        followed.key.task,
        followed.key.part,
        followed.key.occurrence,
        rung,
        as_,
        section(term, rung, as_, now=look.at, today=today),
        term,
        days_left(term, today=today),
        days_late(term, now=look.at, today=today),
    )


@lru_cache(maxsize=4)
def _digest(message: SimulatedMessage) -> Digest:
    items = [
        Item(entry.followed_as(look.followed), look.notice(handed), look.facts, look.ledger, entry.missed_before)
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
    what = line.told
    return SECTIONS.index(what.section), -what.days_late, what.term.due or date.max, what.programme, what.task
