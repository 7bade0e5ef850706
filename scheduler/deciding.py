"""Deciding: what one obligation comes to at an instant, from rules, facts and ledger: notices, its closing, and when to
look again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from db.obligations import Closing
from rules.announced import ANSWERS
from rules.calendar import local_day
from rules.decide import Plan, decide, plan
from rules.followed import Followed
from rules.gate import read_above
from rules.ladder import Role, Rung
from rules.ledger import Ledger, ledger_of
from rules.obligation import Facts, Notice, ObligationKey, Reason, Slot
from rules.passing import former
from rules.recipients import AddressBook, Owers, Posts, Target
from rules.roster import Roster


@dataclass(frozen=True, slots=True)
class Decided:
    """`notices` go into the ledger; `wake_at` is when to look again, None: not before something changes."""

    notices: tuple[Notice, ...] = ()
    wake_at: datetime | None = None
    closing: Closing | None = None


class Deciding:
    """Decides obligations, all by one roster at one instant.

    Those that differ in their units only, and to which the same happened, share what does not hang on the units.
    `present` are the rules in force, where the roster is that of what was withdrawn.
    """

    def __init__(self, roster: Roster, *, now: datetime, present: Roster | None = None) -> None:
        self._roster, self._now, self._present = roster, now, present or roster
        self._today = local_day(now, roster.policy.zone)
        self._cohorts: dict[tuple[object, ...], _Cohort | None] = {}

    def task(self, id_: int, key: ObligationKey, facts: Facts, rows: Mapping[Slot, Notice]) -> Decided:
        """Return what an obligation comes to; `rows` is its ledger. One that the rules no longer know owes nothing."""
        cohort = self._cohort(key, facts)
        if cohort is None:
            return Decided(tuple(self._given_up(key, facts, rows)))
        owers = self._roster.owers(cohort.followed.programme, cohort.followed.task, key)
        if not _are_known(owers, cohort.followed):
            return Decided(tuple(self._given_up(key, facts, rows)))
        ledger = cohort.ledger_of(rows.values()) if rows else cohort.blank
        as_withdrawn = cohort.followed.owed_by(owers, key) if facts.withdrawn_at else cohort.followed
        decision = decide(
            owers,
            cohort.followed.table,
            cohort.facts,
            ledger,
            cohort.book,
            now=self._now,
            planned=cohort.plan(owers, ledger, now=self._now),
            former=former(as_withdrawn, facts, self._present, now=self._now),
        )
        wakes = [at for at in (decision.wake_at, cohort.closes_at) if at]
        return Decided(decision.notices, min(wakes, default=None), cohort.closing(id_, key))

    def _given_up(self, key: ObligationKey, facts: Facts, rows: Mapping[Slot, Notice]) -> Iterator[Notice]:
        """Yield what is not sent of an obligation that the rules no longer know: what was on its way, and what was said
        back and not told, for those who would have been."""
        for notice in rows.values():
            if notice.state == "owed":
                yield replace(notice, state="not_sent", reason=Reason.WITHDRAWN, settled_at=self._now)
        decided = {(slot.rung, slot.turn) for slot in rows}
        for said in facts.announcements:
            if said.kind in ANSWERS and (said.kind, said.turn) not in decided:
                for target in self._would_have_reached(key, ANSWERS[said.kind]):
                    slot = Slot(said.kind, said.turn, target.unit, target.role, facts.edition)
                    yield Notice(slot, target.as_, said.at, "not_sent", target.person, Reason.WITHDRAWN, self._now)

    def _would_have_reached(self, key: ObligationKey, rung: Rung) -> Iterable[Target]:
        """Return the posts of a rung, with those who hold them where the directory still has them."""
        programme = self._roster.rulebook.programmes.get(key.programme)
        owers = Owers(key.units, key.units, programme.standing if programme else key.units[0])
        directory = self._roster.rulebook.directories[programme.directory] if programme else None
        if directory and all(unit in directory.units for unit in (*owers.units, owers.standing)):
            return self._roster.book(directory, self._today).targets(Posts(rung.to, rung.cc), owers)
        asked: list[tuple[Literal["to", "cc"], Role]] = [
            *(("to", role) for role in rung.to),
            *(("cc", role) for role in rung.cc),
        ]
        return [Target(owers.standing if role == "standing" else key.units[0], role, as_, None) for as_, role in asked]

    def _cohort(self, key: ObligationKey, facts: Facts) -> "_Cohort | None":
        place = (key.programme, key.task, key.part, key.occurrence, facts, self._roster.granted(key))
        try:
            return self._cohorts[place]
        except KeyError:
            return self._cohorts.setdefault(place, self._found(key, facts))

    def _found(self, key: ObligationKey, facts: Facts) -> "_Cohort | None":
        followed = self._roster.follow(key, facts, today=self._today)
        if followed is None:
            return None
        book = self._roster.book(followed.directory, self._today)
        is_open = not (facts.done_at or facts.withdrawn_at or facts.closed_at)
        closes_at = followed.occurrence.closes_at if is_open else None
        if closes_at is None or closes_at > self._now:
            return _Cohort(followed, facts, book, closes_at=closes_at)
        next_ = successor(followed, self._roster, today=self._today)
        return _Cohort(followed, replace(facts, closed_at=closes_at), book, closed_at=closes_at, next=next_)


@dataclass(slots=True)
class _Cohort:
    """What obligations share that differ in their units only: `followed` is that of any of them.

    `closes_at`: when the next occurrence takes over; `closed_at`: when that named `next` (of any unit) has.
    """

    followed: Followed
    facts: Facts
    book: AddressBook
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    next: ObligationKey | None = None
    blank: Ledger = field(init=False)
    """The ledger of those about which nothing was decided yet."""
    _plans: dict[tuple[object, ...], Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.blank = self.ledger_of(())

    def ledger_of(self, rows: Iterable[Notice]) -> Ledger:
        """Return the ledger of the present edition."""
        return ledger_of(rows, edition=self.facts.edition, late_rungs=self.followed.table.late_rungs)

    def plan(self, owers: Owers, ledger: Ledger, *, now: datetime) -> Plan:
        """Return the plan of one of them at `now`, always the same instant; who has been told the same shares it."""
        if ledger.owed or ledger.outdated:
            return plan(owers, self.followed.table, self.facts, ledger, self.book, now=now)
        told = (*map(ledger.told.get, owers.heads), "", *map(ledger.overseers.get, owers.units))
        happened = (told, read_above(owers, ledger, self.book), ledger.misled, *ledger.decided.items())
        known = self._plans.get(happened)
        if known is None:
            known = self._plans[happened] = plan(owers, self.followed.table, self.facts, ledger, self.book, now=now)
        return known

    def closing(self, id_: int, key: ObligationKey) -> Closing | None:
        """Return how one of them ends now, None when it does not."""
        if self.closed_at is None:
            return None
        return Closing(id_, self.closed_at, key._replace(occurrence=self.next.occurrence) if self.next else None)


def decide_task(
    id_: int, key: ObligationKey, facts: Facts, rows: Mapping[Slot, Notice], roster: Roster, *, now: datetime
) -> Decided:
    """Return what one obligation comes to at `now`."""
    return Deciding(roster, now=now).task(id_, key, facts, rows)


def successor(followed: Followed, roster: Roster, *, today: date) -> ObligationKey | None:
    """Return the name of the occurrence that takes over from this one, None when it is the last."""
    found = roster.next_after(followed, today=today)
    return followed.key._replace(occurrence=found.key) if found else None


def _are_known(owers: Owers, followed: Followed) -> bool:
    return all(unit in followed.directory.units for unit in owers.units)
