"""Re-check: at the last moment before sending, whether each notice still holds, and who is to read it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from db.facts import RecordedSilence
from db.ledger import Owed, Settlement
from rules.calendar import local_day
from rules.decide import void
from rules.digest import Recipient
from rules.digests import Begun, Item, holder_of, recipient_of
from rules.directory import Directory, Holder
from rules.followed import Followed
from rules.ladder import Role
from rules.ledger import ledger_of
from rules.obligation import Facts, Notice, ObligationKey, Reason, Slot
from rules.passing import leads_again
from rules.recipients import AddressBook, Owers
from rules.roster import Roster
from rules.wording import Wording
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
    heard: Mapping[int, tuple[Wording, ...]] = field(default_factory=dict)
    """What units said of them."""
    begun: Mapping[int, Begun] = field(default_factory=dict)
    """What began with those that took the place of others."""


class Recheck:
    """Checks the messages of one batch, all by one roster at one instant; what notices differ in by their units only is
    looked up once."""

    def __init__(self, known: Known, roster: Roster, *, now: datetime) -> None:
        self._known, self._roster, self._now = known, roster, now
        self._today = local_day(now, roster.policy.zone)
        self._cohorts: dict[tuple[object, ...], _Cohort | None] = {}
        self._holders: dict[tuple[str, str, str, Role], Holder | None] = {}

    def message(self, person: str, owed: Iterable[Owed]) -> Rechecked:
        """Return what is left of the notices of one message."""
        left = Rechecked()
        for found in owed:
            programme = self._roster.rulebook.programmes.get(found.key.programme)
            if programme is None:
                left.settled.append(Settlement(found.id, Reason.WITHDRAWN))
                continue
            directory = self._roster.rulebook.directories[programme.directory]
            reason = self._void(found, person)
            if reason:
                left.settled.append(Settlement(found.id, reason))
            elif found.notice.slot.unit not in directory.units:
                left.settled.append(Settlement(found.id, Reason.NOBODY))
            else:
                self._tell(found, person, programme.standing, directory, left)
        return left

    def _void(self, found: Owed, person: str) -> Reason | None:
        """Return why a notice no longer holds, None when it does."""
        if any(_covers(silence, found.key, person) for silence in self._known.personal):
            return Reason.SILENCED
        if is_prompt(found.key):
            return None
        slot = found.notice.slot
        if slot.rung == "passed" and leads_again(slot.unit, found.key, self._roster.rulebook):
            return Reason.SUPERSEDED
        return void(slot, self._known.facts[found.obligation_id], now=self._now)

    def _tell(self, found: Owed, person: str, standing: str, directory: Directory, left: Rechecked) -> None:
        """Keep a notice that is `person`'s; else note to whom it goes."""
        slot = found.notice.slot
        holder = self._holder(slot, standing, directory)
        if holder is None:
            left.settled.append(Settlement(found.id, Reason.NOBODY))
            self._pass_up(found, standing, directory, left)
        elif holder.email != person:
            left.readdressed.append((found.id, holder.email))
        else:
            left.recipient = left.recipient or recipient_of(slot, holder, directory)
            self._keep(found, left)

    def _holder(self, slot: Slot, standing: str, directory: Directory) -> Holder | None:
        post = (directory.id, standing, slot.unit, slot.role)
        try:
            return self._holders[post]
        except KeyError:
            book = self._roster.book(directory, self._today)
            return self._holders.setdefault(post, holder_of(slot, standing, book))

    def _pass_up(self, found: Owed, standing: str, directory: Directory, left: Rechecked) -> None:
        slot = found.notice.slot
        above = _above(slot, standing, self._roster.book(directory, self._today))
        if above is not None:
            taken_over = Slot(slot.rung, slot.turn, slot.unit, above[0], slot.edition)
            notice = Notice(taken_over, found.notice.as_, found.notice.owed_at, "owed", above[1])
            left.passed_up.append((found.obligation_id, notice))

    def _keep(self, found: Owed, left: Rechecked) -> None:
        if is_prompt(found.key):
            left.prompts.append(found)
            return
        id_ = found.obligation_id
        facts = self._known.facts[id_]
        cohort = self._cohort(found.key, facts)
        followed = cohort.of(found.key, self._roster) if cohort else None
        if cohort is None or followed is None:
            left.settled.append(Settlement(found.id, Reason.WITHDRAWN))
            return
        rows = self._known.ledgers[id_].values()
        ledger = ledger_of(rows, edition=facts.edition, late_rungs=followed.table.late_rungs)
        missed = self._known.missed.get(id_, 0)
        when_due = self._known.missed_when_due.get(id_, 0)
        if when_due and (missed or not self._roster.closes_before(followed, today=self._today)):
            when_due = 0
        heard = self._known.heard.get(id_, ())
        begun = self._known.begun.get(id_, "")
        left.items.append(Item(followed, found.notice, facts, ledger, missed, when_due, heard, begun))

    def _cohort(self, key: ObligationKey, facts: Facts) -> "_Cohort | None":
        # Obligations to which the same happened share their facts.
        place = (key.programme, key.task, key.part, key.occurrence, id(facts), self._roster.granted(key))
        try:
            return self._cohorts[place]
        except KeyError:
            return self._cohorts.setdefault(place, self._found(key, facts))

    def _found(self, key: ObligationKey, facts: Facts) -> "_Cohort | None":
        followed = self._roster.follow(key, facts, today=self._today)
        if followed is None:
            return None
        return _Cohort(followed)


class _Cohort(NamedTuple):
    """What obligations share that differ in their units only: `followed` is that of any of them."""

    followed: Followed

    def of(self, key: ObligationKey, roster: Roster) -> Followed | None:
        """Return one of them with its rules; None when the rules no longer know a unit that owes it."""
        any_ = self.followed
        owers = roster.owers(any_.programme, any_.task, key)
        if not all(unit in any_.directory.units for unit in owers.units):
            return None
        return any_.owed_by(owers, key)


def _covers(silence: RecordedSilence, key: ObligationKey, person: str) -> bool:
    of = ((silence.programme, key.programme), (silence.task, key.task), (silence.unit, key.unit))
    return silence.person == person and all(said in (None, is_) for said, is_ in of)


def _above(slot: Slot, standing: str, book: AddressBook) -> tuple[Role, str] | None:
    reached = book.reach(Owers((slot.unit,), (slot.unit,), standing), slot.role)
    return next(((post.role, post.holder.email) for post in reached if post.holder), None)
