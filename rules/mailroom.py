"""Mailroom: what people are owed becomes one message per person and pass, as the send window and the day's share
allow."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from rules.calendar import Calendar, local_day
from rules.cohort import Entry, NotSent, Parcel
from rules.decide import void
from rules.message import Said, SimulatedMessage
from rules.obligation import Notice, Reason
from rules.window import is_open, opening, tomorrows_opening
from rules.world import Advanced, World


@dataclass(slots=True)
class _Bag:
    """What one person is owed: `fresh` since this pass, `kept` from an earlier one."""

    fresh: list[Parcel] = field(default_factory=list)
    kept: list[Parcel] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@dataclass
class Mailroom:
    """Delivers for one World. `deferred_until`: when something kept back may leave."""

    world: World
    messages: list[SimulatedMessage] = field(default_factory=list)
    not_sent: list[NotSent] = field(default_factory=list)
    deferred_until: datetime | None = None
    _bags: dict[str, _Bag] = field(default_factory=lambda: defaultdict(_Bag))
    _had: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))

    def collect(self, advanced: Advanced) -> None:
        """Take in what came of the world's last advance."""
        self.not_sent += advanced.not_sent
        for parcel in advanced.parcels:
            person = parcel[2].target.person
            assert person is not None
            self._bags[person].fresh.append(parcel)

    def say(self, said: Said) -> None:
        """Take in a question or a statement."""
        self._bags[said.recipient.email].said.append(said)

    def deliver(self, now: datetime) -> None:
        """Send each person's bag as one message, or keep it back; tell the world what was sent."""
        today = local_day(now, self.world.policy.zone)
        self.deferred_until = None
        for person in [person for person, bag in self._bags.items() if bag.kept]:
            self._check_again(person, today, now)
        kept: list[Parcel] = []
        for person, bag in list(self._bags.items()):
            kept += self._send(person, bag, today, now)
            if bag.kept or bag.said:
                self._wait_for(person, bag, today, now)
            else:
                del self._bags[person]
        self.world.settle(kept, now=now)

    def _send(self, person: str, bag: _Bag, today: date, now: datetime) -> list[Parcel]:
        """Send what may leave, and return what is fresh and may not."""
        leaving = [parcel for parcel in bag.fresh if parcel[0].leaves_at <= now]
        again = [parcel for parcel in bag.kept if self._is_open(_calendar(parcel), now)]
        said = [one for one in bag.said if self._is_open(one.calendar, now)]
        if not (leaving or again or said) or self._has_had_enough(person, today):
            leaving, again, said = [], [], []
        else:
            self._write(person, leaving, again, said, now)
            self._had[(person, today)] += 1
        staying = bag.fresh if not leaving else [parcel for parcel in bag.fresh if parcel[0].leaves_at > now]
        bag.kept = [*(parcel for parcel in bag.kept if parcel not in again), *staying]
        bag.said = [one for one in bag.said if one not in said]
        bag.fresh = []
        return staying

    def _write(self, person: str, fresh: list[Parcel], again: list[Parcel], said: list[Said], now: datetime) -> None:
        for parcel in again:
            self.world.note_sent(parcel, now=now)
        parcels = (*(_as_of(parcel, now) for parcel in again), *fresh)
        self.messages.append(SimulatedMessage(now, person, parcels, tuple(said), self.world.roster))

    def _wait_for(self, person: str, bag: _Bag, today: date, now: datetime) -> None:
        """Note when what stays in the bag may leave."""
        policy, enough = self.world.policy, self._has_had_enough(person, today)
        for calendar in [*map(_calendar, bag.kept), *(one.calendar for one in bag.said)]:
            wait = tomorrows_opening if enough and self._is_open(calendar, now) else opening
            until = wait(now, policy, calendar)
            if self.deferred_until is None or until < self.deferred_until:
                self.deferred_until = until

    def _has_had_enough(self, person: str, today: date) -> bool:
        return self._had[(person, today)] >= self.world.policy.daily_cap

    def _is_open(self, calendar: Calendar, now: datetime) -> bool:
        return is_open(now, self.world.policy, calendar)

    def _check_again(self, person: str, today: date, now: datetime) -> None:
        """Drop what has been settled since, settle what no longer holds, hand over what another person is to read
        now."""
        bag = self._bags[person]
        waiting, bag.kept = bag.kept, []
        for parcel in waiting:
            look, entry, handed = parcel
            notice = entry.ledger.owed.get(look.slot(handed))
            if notice is None:
                continue
            book = self.world.book(look.followed.programme, today)
            holder = book.holder_or_above(notice.slot.unit, notice.slot.role).holder
            reason = void(notice.slot, entry.facts, now=now) or (None if holder else Reason.NOBODY)
            if reason or holder is None:
                self._give_up(entry, notice, reason or Reason.NOBODY, now)
            else:
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
