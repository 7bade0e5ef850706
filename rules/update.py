"""Update: what another deadline, or another rulebook, makes of obligations that there are in a World."""

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
) -> bool:
    """Reopen what was withdrawn and move what has another deadline since `at`; return False when all stays.

    That it moved is told of a deadline that does not recur, and otherwise if `announce`. What was withdrawn and
    `begins` again, in place of another rhythm, begins anew, and that is told as well. One whose amended deadline
    comes to the same day, or to none as before, is no move: its rules change all the same.
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
    facts = replace(facts, watched_from=at, withdrawn_at=None)
    if moved:
        edition = facts.edition + 1
        said = Announcement("moved", at, edition, before.due, due_at_before=before.due_at)
        announce = announce or begins or before.kind != "recurring"
        facts = replace(
            facts, edition=edition, announcements=(*facts.announcements, said) if announce else facts.announcements
        )
    cohort.facts = facts
    cohort.followed = follow(cohort.members[0].key, facts, roster, now)
    if moved:
        cohort.ledger = cohort.ledger.moved(cohort.followed.table.late_rungs)
    return True


def withdraw(cohort: Cohort, now: datetime, *, is_known: bool) -> None:
    """Withdraw what is open again and that nothing calls for any more; of what the rules no longer know no rung that
    came meanwhile is owed."""
    for this in () if is_known else cohort.followed.table.due(cohort.ledger.decided, now):
        cohort.ledger.note_decided(this.rung.id, this.turn)
    cohort.facts = replace(cohort.facts, withdrawn_at=now)


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
