"""Simulated messages: what one person would get in one pass.

Their letters are worked out when asked for, as things stood then.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from rules.calendar import Calendar, local_day
from rules.cohort import Look, Parcel
from rules.copies import owes_as
from rules.digest import SECTIONS, Digest, Kind, Matter, OwesAs, Question, Recipient
from rules.digests import Item, begins, digest, holder_of, kind_of, rank, recipient_of
from rules.lateness import days_late
from rules.lines import days_left, section
from rules.obligation import ObligationKey
from rules.recipients import Handed
from rules.roster import Roster
from rules.told import Told


@dataclass(slots=True)
class Said:
    """What a person is asked or told beside the ladders, and by whose calendar it may leave."""

    key: ObligationKey
    recipient: Recipient
    calendar: Calendar
    matters: list[Matter] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


class SimulatedLine(NamedTuple):
    """One line of a message: what is said, and of which unit."""

    told: Told
    unit: str


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
    def told(self) -> list[Told]:
        """Return what each line says of an obligation, whichever unit's it is, in no order."""
        return [tell(look, handed, entry.key) for look, entry, handed in self.parcels if not handed.is_again]

    @property
    def size(self) -> int:
        """Return how many lines it has, what is asked and told beside them included."""
        # The steps alone say it: the lines of a year need not be made to be counted.
        size = len([handed for _, _, handed in self.parcels if not handed.is_again])
        return size + sum(len(said.matters) + len(said.questions) for said in self.said)

    @property
    def kind(self) -> Kind:
        """Return which letter it is."""
        told = {(handed.target.role, look.ready[handed.place].rung.id) for look, _, handed in self.parcels}
        return kind_of(told, has_matters=any(said.matters for said in self.said))

    @property
    def baseline(self) -> bool:
        """Say whether it sums up what was late at first sight."""
        return any(begins(look.ready[handed.place].rung.id, look.facts) for look, _, handed in self.parcels)

    @property
    def recipient(self) -> Recipient:
        """Return how the reader is addressed: by the highest of the posts the notices were owed to."""
        return _recipient(self)


@lru_cache(maxsize=4)
def _lines(message: SimulatedMessage) -> list[SimulatedLine]:
    lines = [
        SimulatedLine(tell(look, handed, entry.key), entry.key.unit)
        for look, entry, handed in message.parcels
        if not handed.is_again
    ]
    lines.sort(key=_pressing)
    return lines


def tell(look: Look, handed: Handed, of: ObligationKey) -> Told:
    """Return what is said of a step to a post about one obligation; it is kept for all who are told the same."""
    target = handed.target
    alike = (handed.place, target.as_, owes_as(target.role, target.unit, (*of.units, *look.followed.task.head)))
    found = look.told.get(alike)
    if found is None:
        found = look.told[alike] = _told(look, handed, alike[2])
    return found


def _told(look: Look, handed: Handed, owing: OwesAs) -> Told:
    key, term = look.followed.key, look.followed.term
    zone = look.followed.table.policy.zone
    today = local_day(look.at, zone)
    rung, as_ = look.ready[handed.place].rung.id, handed.target.as_
    part = section(term, look.facts, rung, as_, owing, now=look.at, zone=zone)
    late = days_late(term, look.facts, now=look.at, zone=zone)
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
            entry.missed_before(message.at),
            entry.missed_when_due(message.at),
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
