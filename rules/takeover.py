"""Takeover: the obligations of a ledger as they stand become those that a World follows."""

from collections.abc import Hashable, Iterator
from datetime import datetime

from rules.calendar import local_day
from rules.cohort import Cohort, Entry
from rules.decide import end_of
from rules.follow import Following
from rules.held import Held, Standing
from rules.ledger import Ledger, ledger_of
from rules.roster import Followed


def take_over(following: Following, standing: Standing, *, now: datetime) -> Iterator[Cohort]:
    """Enter all that the ledger holds and the rules still know; yield those about which something may be decided."""
    zone = following.roster.policy.zone
    for place, since in standing.followed_since.items():
        looked_on = local_day(standing.looked_at, zone)
        following.watch(place, since, edited_at=standing.edited_at, looked_on=looked_on)
    alike: dict[Hashable, Cohort] = {}
    before: dict[tuple[str, str, str, str], Entry] = {}
    for held in sorted(standing.held, key=lambda held: held.key):
        key = held.key
        followed = following.roster.follow(key, held.facts, today=local_day(now, zone))
        if followed is None:
            continue
        ledger = ledger_of(held.notices, edition=held.facts.edition, late_rungs=followed.table.late_rungs)
        cohort = _cohort(held, followed, ledger, alike)
        series = (*key[:3], key.unit)
        recurs = followed.term.kind == "recurring"
        entry = Entry(key, followed.owers, cohort, before.get(series) if recurs else None)
        before[series] = entry
        following.enter(entry)
        is_first = len(cohort.members) == 1
        if is_first and (end_of(held.facts) is None or ledger.owed or ledger.outdated):
            yield cohort


def _cohort(held: Held, followed: Followed, ledger: Ledger, alike: dict[Hashable, Cohort]) -> Cohort:
    """Return the cohort of those to which the same has happened, a new one where something is on its way."""
    cohort = Cohort(followed, held.facts, ledger)
    if ledger.owed or ledger.outdated:
        return cohort
    key, told = held.key, (ledger.decided, ledger.told, ledger.overseers)
    like = (key[:3], key.occurrence, held.facts, *(tuple(sorted(each.items())) for each in told))
    return alike.setdefault(like, cohort)
