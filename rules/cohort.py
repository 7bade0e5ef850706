"""Cohorts: obligations that differ in their units only and to which the same has happened so far.

They take the same decisions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from rules.decide import end_of, superseded
from rules.followed import Followed
from rules.ladder import Role
from rules.lateness import is_past
from rules.ledger import ABOVE, Ledger
from rules.obligation import Facts, Notice, ObligationKey, Reason, Slot
from rules.recipients import Handed, HandingOut, Owers
from rules.timetable import Step
from rules.told import Told


@dataclass(slots=True, eq=False)
class Cohort:
    """`followed` is that of any member; `ledger` holds notices on their way only where there is a single member."""

    followed: Followed
    facts: Facts
    ledger: Ledger
    members: list["Entry"] = field(default_factory=list)
    wake_at: datetime | None = None

    def split(self, *apart: "Entry") -> "Cohort":
        """Return a cohort of these members, to which something may happen that does not happen to the others."""
        if len(self.members) == len(apart):
            return self
        cohort = Cohort(apart[0].followed, self.facts, self.ledger.copy(), list(apart), self.wake_at)
        self.members = [entry for entry in self.members if entry not in apart]
        self.followed = self.members[0].followed
        for entry in apart:
            entry.cohort = cohort
        return cohort


@dataclass(slots=True, eq=False)
class Entry:
    """One obligation. `before`: the occurrence just before it, of a deadline that recurs."""

    key: ObligationKey
    owers: Owers = field(repr=False)
    cohort: Cohort = field(repr=False)
    before: "Entry | None" = field(default=None, repr=False)

    def missed_before(self, at: datetime) -> int:
        """Return how many occurrences just before it were closed unreported by `at`."""
        count, before = 0, self.before
        while before and before.facts.closed_at and before.facts.closed_at <= at:
            count, before = count + 1, before.before
        return count

    def missed_when_due(self, at: datetime) -> int:
        """Return how many it will be once the one just before, late at `at`, is closed; 0 when that one is not."""
        before = self.before
        return before.missed_before(at) + 1 if before and before._is_to_close(at) else 0

    def _is_to_close(self, at: datetime) -> bool:
        """Say whether it was late at `at` and closes when the next occurrence falls due."""
        occurrence, ended = self.cohort.followed.occurrence, end_of(self.facts)
        late_at, closes_at = occurrence.term.late_at, occurrence.closes_at
        if closes_at is None or late_at is None or (ended is not None and ended[0] <= at):
            return False
        return is_past(late_at, now=at, zone=self.cohort.followed.table.policy.zone)

    @property
    def followed(self) -> Followed:
        """Return it with the rules that bear on it."""
        return self.followed_as(self.cohort.followed)

    def followed_as(self, followed: Followed) -> Followed:
        """Return it with the rules by which a cohort it belongs to, or did, is followed."""
        return replace(followed, key=self.key, owers=self.owers)

    @property
    def facts(self) -> Facts:
        """Return what has happened to it."""
        return self.cohort.facts

    @property
    def ledger(self) -> Ledger:
        """Return what became of its notices."""
        return self.cohort.ledger


@dataclass(slots=True, eq=False)
class Look:
    """What the members of a cohort were found to owe at an instant, and how things stood then.

    `ready`: the steps taken; `handed`: whom they reach; `leaves_at`: when mail about them may leave.
    """

    at: datetime
    followed: Followed
    facts: Facts
    ledger: Ledger
    ready: tuple[Step, ...]
    handed: HandingOut
    leaves_at: datetime
    told: dict[tuple[int, str, str], Told] = field(default_factory=dict, repr=False)
    """What messages say of a step, asked to act or informed, kept for them."""

    def again(self, entry: "Entry", now: datetime) -> "Look":
        """Return the same steps as things stand later for one member."""
        return Look(now, entry.followed, entry.facts, entry.ledger.copy(), self.ready, self.handed, now)

    def ledger_of(self, entry: "Entry") -> Ledger:
        """Return the ledger of one member, with what is on its way and what gave way to it."""
        ledger, handed_out = self.ledger.copy(), self.handed[entry.owers]
        for notice in superseded(handed_out.owed, self.followed.table, ledger, now=self.at):
            ledger.note(notice)
        for handed in handed_out.all:
            if handed.reason in (None, Reason.SUPERSEDED):
                ledger.note(self.notice(handed))
        return ledger

    def slot(self, handed: Handed) -> Slot:
        """Return the place in the ledger of what was handed out."""
        this = self.ready[handed.place]
        return Slot(this.rung.id, this.turn, handed.target.unit, handed.target.role, self.facts.edition)

    def notice(self, handed: Handed) -> Notice:
        """Return what was handed out as a row of the ledger."""
        target, opens = handed.target, self.ready[handed.place].opens
        if handed.reason is None:
            return Notice(self.slot(handed), target.as_, opens, "owed", target.person)
        return Notice(self.slot(handed), target.as_, opens, "not_sent", target.person, handed.reason, self.at)


Parcel = tuple[Look, Entry, Handed]
"""One notice on its way to a person: what was found, of which obligation, for which post."""


class NotSent(NamedTuple):
    """A notice that was owed and is not sent, with its named reason."""

    at: datetime
    entry: Entry
    notice: Notice


class _News(NamedTuple):
    """The units whose head, and those whose overseer, hear of the delay; and the posts above the units that hear of
    the deadline, each with the rung that tells."""

    heads: tuple[str, ...]
    overseers: tuple[str, ...]
    above: frozenset[tuple[str, Role]] = frozenset()


_NO_NEWS = _News((), ())


def note_told(look: Look, entries: Iterable[Entry], kept: Collection[Parcel], *, now: datetime) -> Iterator[Cohort]:
    """Note who knows of a delay, and which posts above the units know of the deadline, now that what was handed out was
    sent, but for what was `kept` back.

    Yield the cohorts that part because the same is not true of all their members.
    """
    is_late = any(this.is_late for this in look.ready)
    for cohort, members in _by_cohort(entries):
        ledger = cohort.ledger
        tells = any((look.handed[entry.owers].roles & ABOVE) - ledger.heard for entry in members) or ledger.misled
        if not tells and (not is_late or _all_know(ledger, members[0].owers) == (True, True)):
            continue
        groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
        news = {entry: _news(look, entry, kept) for entry in members}
        for entry in members:
            above = frozenset(told for told in news[entry].above if told[1] not in ledger.heard - ledger.misled)
            groups[*_all_know(ledger, entry.owers, news[entry]), above].append(entry)
        for number, group in enumerate(groups.values(), 1):
            apart = cohort if number == len(groups) else cohort.split(*group)
            heads = [unit for entry in group for unit in news[entry].heads]
            apart.ledger.note_known(heads, [unit for entry in group for unit in news[entry].overseers], now)
            for rung, role in news[group[0]].above:
                apart.ledger.note_heard(rung, role)
            if apart is not cohort:
                yield apart


def _by_cohort(entries: Iterable[Entry]) -> list[tuple[Cohort, list[Entry]]]:
    found: dict[Cohort, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.cohort, []).append(entry)
    return list(found.items())


def _all_know(ledger: Ledger, owers: Owers, news: _News = _NO_NEWS) -> tuple[bool, bool]:
    """Return whether all heads concerned, and all overseers, know of the delay."""
    heads = all(unit in ledger.told or unit in news.heads for unit in owers.heads)
    return heads, all(unit in ledger.overseers or unit in news.overseers for unit in owers.units)


def _news(look: Look, entry: Entry, kept: Collection[Parcel]) -> _News:
    """Return who hears of the delay by this look, a post that nobody holds counting as told; and of the deadline."""
    heads, overseers, above = [], [], set()
    for handed in look.handed[entry.owers].all:
        if handed.reason is Reason.SUPERSEDED or (kept and (look, entry, handed) in kept):
            continue
        this = look.ready[handed.place]
        if handed.target.role in ABOVE and handed.reason is None:
            above.add((this.rung.id, handed.target.role))
        if not this.is_late:
            continue
        if handed.target.role == "head":
            heads.append(handed.target.unit)
        elif handed.target.role == "overseer":
            overseers.append(handed.target.unit)
    return _News(tuple(heads), tuple(overseers), frozenset(above))
