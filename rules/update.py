"""Update: what another deadline, or another rulebook, makes of obligations that there are in a World."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from rules.calendar import local_day
from rules.cohort import Cohort, Entry
from rules.followed import Followed
from rules.looks import moves
from rules.obligation import Announcement, Facts, ObligationKey
from rules.roster import Roster
from rules.term import Occurrence


def update(
    cohort: Cohort,
    occurrence: Occurrence,
    roster: Roster,
    at: datetime,
    now: datetime,
    *,
    announce: bool,
    begins: bool = False,
    back: Announcement | None = None,
) -> bool:
    """Reopen what was withdrawn and move what has another deadline since `at`; return False when all stays.

    That it moved is told of a deadline that does not recur, and otherwise if `announce`. What was withdrawn and
    `begins` again, in place of another rhythm, begins anew, and that is told as well. One whose amended deadline
    comes to the same day, or to none as before, is no move: its rules change all the same. `back`: the move that is
    taken back.
    """
    facts, before = cohort.facts, cohort.followed.term
    if facts.done_at or facts.closed_at:
        return False
    begins = begins and facts.withdrawn_at is not None
    moved = begins or moves(cohort, occurrence)
    if not moved and not facts.withdrawn_at:
        if before == occurrence.term:
            return False
        cohort.followed = follow(cohort.members[0].key, facts, roster, now)
        return True
    watched_from = back.watched_before if back and back.watched_before else at
    facts = replace(facts, watched_from=watched_from, withdrawn_at=None)
    if moved:
        edition = facts.edition + 1
        said = Announcement(
            "moved",
            at,
            edition,
            before.due,
            due_at_before=before.due_at,
            watched_before=cohort.facts.watched_from,
        )
        announce = announce or begins or before.kind != "recurring"
        facts = replace(
            facts, edition=edition, announcements=(*facts.announcements, said) if announce else facts.announcements
        )
    cohort.facts = facts
    cohort.followed = follow(cohort.members[0].key, facts, roster, now)
    if moved:
        late_rungs, over = cohort.followed.table.late_rungs, facts.edition - 1
        ledger = cohort.ledger.moved(late_rungs, over)
        cohort.ledger = ledger.resumed(back.turn - 1) if back else ledger
    return True


def by_what_was_told(cohort: Cohort, occurrence: Occurrence) -> Iterator[tuple[Cohort, Announcement | None]]:
    """Yield a cohort, in two where letters left about some of its members only, each with the move that another
    deadline takes back: the last from the same deadline since which no letter left. None where there is none."""
    before, now = cohort.followed.term, occurrence.term
    since = (
        said
        for said in reversed(cohort.facts.announcements)
        if said.kind == "moved" and (said.due_before, said.due_at_before) == (now.due, now.due_at)
    )
    back = next(since, None) if before.due_at != now.due_at and not cohort.facts.withdrawn_at else None
    if back is None:
        yield cohort, None
        return
    untold = [entry for entry in cohort.members if entry.told_in < back.turn]
    if untold:
        apart = cohort.split(*untold)
        yield apart, back
        if apart is cohort:
            return
    yield cohort, None


def refresh(entry: Entry, roster: Roster, now: datetime) -> None:
    """Take over what another rulebook says of an obligation whose deadline it leaves alone."""
    followed = follow(entry.key, entry.facts, roster, now)
    entry.owers = followed.owers
    if (
        followed.term.due == entry.cohort.followed.term.due
        and followed.term.late_at == entry.cohort.followed.term.late_at
    ):
        entry.cohort.followed = followed
        entry.ledger.late_rungs = followed.table.late_rungs


def follow(key: ObligationKey, facts: Facts, roster: Roster, now: datetime) -> Followed:
    """Return an obligation of that roster with its rules as of now."""
    followed = roster.follow(key, facts, today=local_day(now, roster.policy.zone))
    assert followed is not None
    return followed
