"""Re-check: at the last moment before sending, whether each notice still holds, and who is to read it now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from db.facts import RecordedSilence
from db.ledger import Owed, Settlement
from rules.calendar import local_day
from rules.decide import void
from rules.digest import Recipient
from rules.digests import Item, holder_of, recipient_of
from rules.inforce import in_force
from rules.ladder import Role
from rules.ledger import ledger_of
from rules.obligation import Facts, Notice, ObligationKey, Reason, Slot
from rules.recipients import AddressBook, Owers
from rules.roster import Roster, closes
from scheduler.deciding import follow
from scheduler.prompting import is_prompt


@dataclass(slots=True)
class Rechecked:
    """What is left of a message: `items` and `prompts` are still to be told to `recipient`; the rest is settled, goes
    to somebody else, or went up because nobody is in post."""

    recipient: Recipient | None = None
    items: list[Item] = field(default_factory=list)
    prompts: list[Owed] = field(default_factory=list)
    settled: list[Settlement] = field(default_factory=list)
    readdressed: list[tuple[int, str]] = field(default_factory=list)
    passed_up: list[tuple[int, Notice]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is left to send."""
        return not (self.items or self.prompts)


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says of the obligations in a batch of messages, by obligation id."""

    facts: Mapping[int, Facts]
    ledgers: Mapping[int, Mapping[Slot, Notice]]
    missed: Mapping[int, int]
    missed_when_due: Mapping[int, int]
    personal: tuple[RecordedSilence, ...]
    """The silences in force that concern one address only."""


def recheck(person: str, owed: list[Owed], known: Known, roster: Roster, *, now: datetime) -> Rechecked:
    """Return what is left of the notices of one message at `now`."""
    left = Rechecked()
    today = local_day(now, roster.policy.zone)
    for found in owed:
        programme = roster.rulebook.programmes.get(found.key.programme)
        if programme is None:
            left.settled.append(Settlement(found.id, Reason.WITHDRAWN))
            continue
        directory = roster.rulebook.directories[programme.directory]
        book = roster.book(directory, today)
        reason = _void(found, known, person, now)
        if reason:
            left.settled.append(Settlement(found.id, reason))
        elif found.notice.slot.unit not in directory.units:
            left.settled.append(Settlement(found.id, Reason.NOBODY))
        elif _hand_over(found, person, programme.standing, book, left):
            holder = holder_of(found.notice.slot, programme.standing, book)
            assert holder is not None
            left.recipient = left.recipient or recipient_of(found.notice.slot, holder, directory)
            _keep(found, known, roster, left, now)
    return left


def _keep(found: Owed, known: Known, roster: Roster, left: Rechecked, now: datetime) -> None:
    if is_prompt(found.key):
        left.prompts.append(found)
        return
    id_, today = found.obligation_id, local_day(now, roster.policy.zone)
    facts = known.facts[id_]
    followed = follow(found.key, facts, roster, today=today)
    if followed is None:
        left.settled.append(Settlement(found.id, Reason.WITHDRAWN))
        return
    ledger = ledger_of(known.ledgers[id_].values(), edition=facts.edition, late_rungs=followed.table.late_rungs)
    missed, missed_when_due = known.missed.get(id_, 0), 0
    if not missed and closes(in_force(followed.task, found.key.part, today).deadline):
        missed_when_due = known.missed_when_due.get(id_, 0)
    left.items.append(Item(followed, found.notice, facts, ledger, missed, missed_when_due))


def _void(found: Owed, known: Known, person: str, now: datetime) -> Reason | None:
    """Return why a notice no longer holds, None when it does."""
    if any(_covers(silence, found.key, person) for silence in known.personal):
        return Reason.SILENCED
    if is_prompt(found.key):
        return None
    return void(found.notice.slot, known.facts[found.obligation_id], now=now)


def _covers(silence: RecordedSilence, key: ObligationKey, person: str) -> bool:
    of = ((silence.programme, key.programme), (silence.task, key.task), (silence.unit, key.unit))
    return silence.person == person and all(said in (None, is_) for said, is_ in of)


def _hand_over(found: Owed, person: str, standing: str, book: AddressBook, left: Rechecked) -> bool:
    """Return True when the notice stays with `person`; else note to whom it goes."""
    slot = found.notice.slot
    holder = holder_of(slot, standing, book)
    if holder is not None:
        if holder.email != person:
            left.readdressed.append((found.id, holder.email))
        return holder.email == person
    left.settled.append(Settlement(found.id, Reason.NOBODY))
    above = _above(slot, standing, book)
    if above is not None:
        taken_over = Slot(slot.rung, slot.turn, slot.unit, above[0], slot.edition)
        notice = Notice(taken_over, found.notice.as_, found.notice.owed_at, "owed", above[1])
        left.passed_up.append((found.obligation_id, notice))
    return False


def _above(slot: Slot, standing: str, book: AddressBook) -> tuple[Role, str] | None:
    reached = book.reach(Owers((slot.unit,), (slot.unit,), standing), slot.role)
    return next(((post.role, post.holder.email) for post in reached if post.holder), None)
