"""Advance: what moving a World forward comes to, cohort by cohort; the decisions are noted in the ledgers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from rules.cohort import Cohort, Entry, Look, NotSent, Parcel
from rules.decide import but_for_nobody, plan, refuse, settled_unsent, superseded
from rules.gate import read_above
from rules.ladder import Role
from rules.obligation import Notice
from rules.recipients import AddressBook, Former, handing_out
from rules.timetable import Step
from rules.window import opening


@dataclass(slots=True)
class Advanced:
    """What came of moving forward: notices on their way, by person, and those owed and not sent.

    `all_leave`: mail about all of them may leave at once. `fresh`: what was looked at, with all whom it concerns.
    """

    parcels: dict[str, list[Parcel]] = field(default_factory=lambda: defaultdict(list))
    not_sent: list[NotSent] = field(default_factory=list)
    all_leave: bool = True
    fresh: list[tuple[Look, list[Entry]]] = field(default_factory=list)


def alike(cohort: Cohort, book: AddressBook) -> list[Cohort]:
    """Return a cohort, parted where an overseer reads the mail of vacant posts of some of its units: who has to hear
    before the chair is not the same then."""
    groups: dict[frozenset[Role], list[Entry]] = defaultdict(list)
    for entry in cohort.members if len(cohort.members) > 1 and cohort.ledger.told else ():
        groups[read_above(entry.owers, cohort.ledger, book)].append(entry)
    return [cohort, *(cohort.split(*group) for group in [*groups.values()][1:])]


def decide(
    cohort: Cohort, book: AddressBook, found: Advanced, *, now: datetime, former: Former | None = None
) -> datetime | None:
    """Decide for a cohort, note the decision in its ledger and in `found`; return when to look at it again. `former`:
    whom it concerns that others lead it now, where it was withdrawn."""
    followed, facts, ledger = cohort.followed, cohort.facts, cohort.ledger
    ready, refused, wake_at = but_for_nobody(plan(followed.owers, followed.table, facts, ledger, book, now=now), former)
    if ledger.owed or ledger.outdated:
        _settle(cohort.members[0], settled_unsent(facts, ledger, now=now, former=former), found, now)
        ledger.outdated = ()
    for this, reason in refused:
        ledger.note_decided(this.rung.id, this.turn)
        found.not_sent += (
            NotSent(now, entry, notice)
            for entry in cohort.members
            for notice in refuse(this, reason, entry.owers, facts, book, now=now)
        )
    if ready:
        _hand_out(cohort, ready, book, former, found, now)
    return wake_at


def _hand_out(
    cohort: Cohort,
    ready: tuple[Step, ...],
    book: AddressBook,
    former: Former | None,
    found: Advanced,
    now: datetime,
) -> None:
    for this in ready:
        cohort.ledger.note_decided(this.rung.id, this.turn)
    table = cohort.followed.table
    leaves_at = opening(now, table.policy, table.calendar)
    found.all_leave = found.all_leave and leaves_at <= now
    handed_to = handing_out(tuple(this.posts for this in ready), cohort.members[0].owers, book, former)
    followed = replace(cohort.followed, directory=former.book.directory) if former else cohort.followed
    look = Look(now, followed, cohort.facts, cohort.ledger.copy(), ready, handed_to, leaves_at)
    parcels = found.parcels
    for entry in cohort.members:
        handed_out = handed_to[entry.owers]
        for person, handed in handed_out.owed:
            parcels[person].append((look, entry, handed))
        if len(handed_out.all) > len(handed_out.owed):
            refused = (handed for handed in handed_out.all if handed.reason)
            found.not_sent += (NotSent(now, entry, look.notice(handed)) for handed in refused)
    found.fresh.append((look, list(cohort.members)))
    if cohort.ledger.owed:
        entry = cohort.members[0]
        told = handed_to[entry.owers].owed
        _settle(entry, superseded(told, table, cohort.ledger, now=now), found, now)


def _settle(entry: Entry, notices: Iterable[Notice], found: Advanced, now: datetime) -> None:
    """Note that notices on their way are not sent; of earlier editions the ledger holds answers alone."""
    for notice in notices:
        if notice.slot.edition == entry.facts.edition or notice.slot in entry.ledger.owed:
            entry.ledger.note(notice)
        found.not_sent.append(NotSent(now, entry, notice))
