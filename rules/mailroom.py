"""Mailroom: what people are owed becomes one message per person and pass, as the send window and the day's share
allow."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from rules.advance import Advanced
from rules.calendar import Calendar, local_day
from rules.cohort import Entry, NotSent, Parcel
from rules.decide import void
from rules.message import Said, SimulatedMessage
from rules.obligation import Notice, Reason
from rules.window import is_open, opening, tomorrows_opening
from rules.world import World


@dataclass(slots=True)
class _Bag:
    """What waits for one person: parcels kept back by an earlier pass, and what is asked or told beside them."""

    kept: list[Parcel] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@dataclass(repr=False)
class Mailroom:
    """Delivers for one World. `deferred_until`: when something kept back may leave.

    `undeliverable` are the addresses at which no letter arrives.
    """

    world: World
    undeliverable: frozenset[str] = frozenset()
    messages: list[SimulatedMessage] = field(default_factory=list)
    not_sent: list[NotSent] = field(default_factory=list)
    deferred_until: datetime | None = None
    put_off: dict[tuple[date, str], int] = field(default_factory=dict)
    """How many notices and questions of a person wait for another day since the day's share is used up."""
    _bags: dict[str, _Bag] = field(default_factory=lambda: defaultdict(_Bag))
    _today: date = date.min
    _hindered: frozenset[str] = frozenset()
    """Those who may be told less than they are owed, or nothing."""
    _had: Counter[str] = field(default_factory=Counter)
    """How many messages each person was sent today."""
    _void: list[tuple[Parcel, Reason]] = field(default_factory=list)
    """What was to leave with this pass and does not, since its reader is to get no letter."""

    def take_up(self, kept: Iterable[Parcel], had: Mapping[str, int], today: date) -> None:
        """Take in what was on its way before, and how many messages each person was sent `today`."""
        for parcel in kept:
            person = parcel[2].target.person
            assert person is not None
            self._bags[person].kept.append(parcel)
            self.deferred_until = self.world.start
        self._today, self._had = today, Counter(had)

    def say(self, said: Said) -> None:
        """Take in a question or a statement."""
        self._bags[said.recipient.email].said.append(said)

    def deliver(self, advanced: Advanced, *, now: datetime) -> None:
        """Send each person what the world's last advance and earlier ones owe, as one message, or keep it back.

        The world is told what was sent.
        """
        today = local_day(now, self.world.policy.zone)
        self._hindered = self.undeliverable.union(self.world.register.personal)
        if today != self._today:
            self._today, self._had = today, Counter()
        self.not_sent += advanced.not_sent
        for person in [person for person, bag in self._bags.items() if bag.kept]:
            self._check_again(person, now)
        kept: list[Parcel] = []
        for person, fresh in advanced.parcels.items():
            is_plain = person not in self._bags and person not in self._hindered
            if advanced.all_leave and is_plain and not self._has_had_enough(person):
                self._write(person, fresh, (), now)
            else:
                kept += self._send(person, fresh, now)
        for person in [person for person in self._bags if person not in advanced.parcels]:
            self._send(person, [], now)
        self.world.settle(kept, now=now)
        self._give_up_void(now)
        self._note_when_to_come_back(now)

    def _send(self, person: str, fresh: list[Parcel], now: datetime) -> list[Parcel]:
        """Send what may leave, and return what is fresh and not sent."""
        bag = self._bags[person]
        leaving = [parcel for parcel in fresh if parcel[0].leaves_at <= now]
        again = [parcel for parcel in bag.kept if self._is_open(_calendar(parcel), now)]
        said = [one for one in bag.said if self._is_open(one.calendar, now)]
        if self._has_had_enough(person) and (leaving or again or said):
            self.put_off[self._today, person] = len(leaving) + len(again) + len(said)
        if self._has_had_enough(person) or not (leaving or again or said):
            leaving, again, said = [], [], []
        staying = [parcel for parcel in fresh if parcel[0].leaves_at > now] if leaving else fresh
        bag.kept = [*(parcel for parcel in bag.kept if parcel not in again), *staying]
        bag.said = [one for one in bag.said if one not in said]
        if person in self._hindered:
            again, due = self._allowed(person, again, now), leaving
            leaving = self._allowed(person, due, now)
            staying = [*staying, *(parcel for parcel in due if parcel not in leaving)]
            said = [one for one in said if self._why_not(person, one, now) is None]
        if leaving or again or said:
            for parcel in again:
                self.world.note_sent(parcel, now=now)
            self._write(person, [*(_as_of(parcel, now) for parcel in again), *leaving], tuple(said), now)
        return staying

    def _allowed(self, person: str, parcels: list[Parcel], now: datetime) -> list[Parcel]:
        """Return what a person is told of these; the rest is given up at the end of the pass."""
        allowed = []
        for parcel in parcels:
            reason = self._why_not(person, parcel[1], now)
            if reason is None:
                allowed.append(parcel)
            else:
                self._void.append((parcel, reason))
        return allowed

    def _why_not(self, person: str, what: Entry | Said, now: datetime) -> Reason | None:
        """Return why a letter does not tell a person of something; None where it does."""
        silences = self.world.register.personal.get(person, ())
        if any(silence.holds_back(what.key, person, now=now) for silence in silences):
            return Reason.SILENCED
        return Reason.UNDELIVERABLE if person in self.undeliverable else None

    def _give_up_void(self, now: datetime) -> None:
        for (look, entry, handed), reason in self._void:
            notice = entry.ledger.owed.get(look.slot(handed))
            if notice is not None:
                self._give_up(entry, notice, reason, now)
        self._void.clear()

    def _write(self, person: str, parcels: list[Parcel], said: tuple[Said, ...], now: datetime) -> None:
        self.messages.append(SimulatedMessage(now, person, parcels, said, self.world.roster))
        self._had[person] += 1

    def _note_when_to_come_back(self, now: datetime) -> None:
        """Forget bags that are empty, and note when something in the others may leave."""
        self.deferred_until = None
        for person, bag in list(self._bags.items()):
            for calendar in [*map(_calendar, bag.kept), *(one.calendar for one in bag.said)]:
                enough = self._has_had_enough(person) and self._is_open(calendar, now)
                until = (tomorrows_opening if enough else opening)(now, self.world.policy, calendar)
                if self.deferred_until is None or until < self.deferred_until:
                    self.deferred_until = until
            if not (bag.kept or bag.said):
                del self._bags[person]

    def _has_had_enough(self, person: str) -> bool:
        return self._had[person] >= self.world.policy.daily_cap

    def _is_open(self, calendar: Calendar, now: datetime) -> bool:
        return is_open(now, self.world.policy, calendar)

    def _check_again(self, person: str, now: datetime) -> None:
        """Drop what was settled since, settle what no longer holds, hand over what another person is to read now."""
        bag = self._bags[person]
        waiting, bag.kept = bag.kept, []
        for parcel in waiting:
            look, entry, handed = parcel
            notice = entry.ledger.owed.get(look.slot(handed))
            if notice is None:
                continue
            book = self.world.book_of(look.followed, self._today)
            holder = book.holder_or_above(notice.slot.unit, notice.slot.role).holder
            gone = None if self.world.knows(entry, self._today) else Reason.WITHDRAWN
            reason = gone or void(notice.slot, entry.facts, now=now) or (None if holder else Reason.NOBODY)
            if reason or holder is None:
                self._give_up(entry, notice, reason or Reason.NOBODY, now)
            else:
                entry.ledger.owed[notice.slot] = replace(notice, person=holder.email)
                self._bags[holder.email].kept.append(parcel)

    def _give_up(self, entry: Entry, notice: Notice, reason: Reason, now: datetime) -> None:
        settled = replace(notice, state="not_sent", reason=reason, settled_at=now)
        entry.ledger.note(settled)
        self.not_sent.append(NotSent(now, entry, settled))


def _calendar(parcel: Parcel) -> Calendar:
    return parcel[0].followed.table.calendar


def _as_of(parcel: Parcel, now: datetime) -> Parcel:
    """Return a parcel that was kept back, as things stand now."""
    look, entry, handed = parcel
    return look.again(entry, now), entry, handed
