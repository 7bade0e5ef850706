"""Decide: which notices an obligation owes at an instant, each with its reason, and when to look again. Level-triggered: it compares
what the rules ask for by now with what the ledger already holds; nothing depends on the day a pass happens to run."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from rules.calendar import local_day
from rules.gate import gate
from rules.ladder import Rung, RungTime
from rules.ledger import Ledger
from rules.obligation import Facts, Notice, Reason, Slot
from rules.recipients import AddressBook, Owers, Reached
from rules.timetable import Step, Timetable, age_limit
from rules.window import is_open, opening

_NEW = Rung("new", RungTime("due"), to=("head",), cc=("focal",))
_MOVED = replace(_NEW, id="moved")
_DONE = Rung("done", RungTime("due"), to=(), cc=("standing",))
_ANNOUNCEMENTS = {"new": _NEW, "moved": _MOVED, "done": _DONE}


@dataclass(frozen=True, slots=True)
class Decision:
    """`notices` are rows for the ledger: owed ones to be sent, and ones settled without being sent. `wake_at` is the earliest
    instant at which something else may become owed, None when nothing ever will without new facts."""

    notices: tuple[Notice, ...]
    wake_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    step: Step
    post: Reached
    as_: Literal["to", "cc"]


def decide(
    owers: Owers, table: Timetable, facts: Facts, ledger: Ledger, book: AddressBook, *, now: datetime
) -> Decision:
    """Return what is owed for one obligation at `now`.

    `table` is its ladder against its term, `ledger` what was decided before, `book` the directory on the local day.
    """
    ended = _ended(facts)
    due = _due(table, facts, ledger, ended, now)
    if not due:
        return Decision((), _next(table, facts, ledger, now))
    if not ended and not is_open(now, table.policy, table.calendar):
        return Decision((), opening(now, table.policy, table.calendar))
    refused, acceptable = _sort_out(due, table, facts, ended, now)
    ready, held_until = gate(acceptable, owers, table, ledger, now=now)
    notices = [
        *(notice for step, reason in refused for notice in _refuse(step, reason, owers, book, facts, now)),
        *_owe(ready, owers, book, facts, ledger, now),
    ]
    wake_at = _next(table, facts, ledger, now)
    return Decision(tuple(notices), min((wake for wake in (held_until, wake_at) if wake), default=None))


def _due(
    table: Timetable, facts: Facts, ledger: Ledger, ended: tuple[datetime, Reason] | None, now: datetime
) -> list[Step]:
    """Return the steps that should have been taken by now and about which the ledger says nothing yet, in order."""
    due = table.due(ledger.decided, min(now, ended[0]) if ended else now)
    if not facts.announcements:
        return due
    said = [step for step in _announced(facts, table, now) if step.turn > ledger.decided.get(step.rung.id, -1)]
    return [*said, *due]


def _announced(facts: Facts, table: Timetable, now: datetime) -> Iterable[Step]:
    for said in facts.announcements:
        opens = said.at if said.kind == "done" else opening(said.at, table.policy, table.calendar)
        if opens <= now:
            yield Step(_ANNOUNCEMENTS[said.kind], -2, said.turn, said.at, opens)


def _ended(facts: Facts) -> tuple[datetime, Reason] | None:
    """Return when and why the obligation ended, the first end if there are several."""
    if facts.done_at is None and facts.withdrawn_at is None and facts.closed_at is None:
        return None
    ends = [
        (facts.done_at, Reason.REPORTED),
        (facts.withdrawn_at, Reason.WITHDRAWN),
        (facts.closed_at, Reason.CLOSED),
    ]
    known = [(at, reason) for at, reason in ends if at is not None]
    return min(known, default=None)


def _sort_out(
    due: list[Step], table: Timetable, facts: Facts, ended: tuple[datetime, Reason] | None, now: datetime
) -> tuple[list[tuple[Step, Reason]], list[Step]]:
    """Part the due steps into those refused, each for a reason, and the others."""
    refused: list[tuple[Step, Reason]] = []
    acceptable: list[Step] = []
    for step in due:
        reason = _refusal(step, table, facts, ended, now)
        if reason:
            refused.append((step, reason))
        else:
            acceptable.append(step)
    return refused, acceptable


def _refusal(
    step: Step, table: Timetable, facts: Facts, ended: tuple[datetime, Reason] | None, now: datetime
) -> Reason | None:
    """Return why a due step is not taken, or None when it is."""
    if ended and step.rung.id != "done":
        return ended[1]
    if any(
        silence.from_ <= now and (silence.until is None or now < silence.until) for silence in facts.silences
    ):
        return Reason.SILENCED
    if table.baseline and not step.is_late and step.index >= 0:
        return Reason.BASELINE
    if step.rung.expires and now - step.opens > age_limit(step.rung.expires):
        return Reason.TOO_OLD
    if step.rung.if_missed == "drop" and local_day(now, table.policy.zone) > local_day(
        step.opens, table.policy.zone
    ):
        return Reason.MISSED
    return None


def _posts(step: Step, owers: Owers, book: AddressBook) -> list[_Candidate]:
    """Return every post the step reaches, once, asked ones before informed ones."""
    found: dict[tuple[str, str], _Candidate] = {}
    for role in step.rung.to:
        for post in book.reach(owers, role):
            found.setdefault(post[:2], _Candidate(step, post, "to"))
    for role in step.rung.cc:
        for post in book.reach(owers, role):
            found.setdefault(post[:2], _Candidate(step, post, "cc"))
    if step.rung.id in _ANNOUNCEMENTS:
        for post in book.focals(owers.coordinate):
            found.setdefault(post[:2], _Candidate(step, post, "cc"))
    return list(found.values())


def _slot(candidate: _Candidate, facts: Facts) -> Slot:
    step, post = candidate.step, candidate.post
    return Slot(step.rung.id, step.turn, post.unit, post.role, facts.edition)


def _refuse(
    step: Step, reason: Reason, owers: Owers, book: AddressBook, facts: Facts, now: datetime
) -> Iterable[Notice]:
    for found in _posts(step, owers, book):
        person = found.post.holder.email if found.post.holder else None
        why = reason if person else Reason.NOBODY
        yield Notice(_slot(found, facts), found.as_, step.opens, "not_sent", person, why, now)


def _owe(
    ready: list[Step], owers: Owers, book: AddressBook, facts: Facts, ledger: Ledger, now: datetime
) -> Iterable[Notice]:
    """Yield the notices of the steps taken now: the latest one for each person, the earlier ones superseded by it."""
    candidates = [found for step in ready for found in _posts(step, owers, book)]
    latest = {found.post.holder.email: found.step for found in candidates if found.post.holder}
    for found in candidates:
        slot, opens, holder = _slot(found, facts), found.step.opens, found.post.holder
        if holder is None:
            yield Notice(slot, found.as_, opens, "not_sent", None, Reason.NOBODY, now)
        elif found.step is latest[holder.email] or found.step.rung.if_missed == "late":
            yield Notice(slot, found.as_, opens, "owed", holder.email)
        else:
            yield Notice(slot, found.as_, opens, "not_sent", holder.email, Reason.SUPERSEDED, now)
    for notice in tuple(ledger.owed.values()):
        if notice.person in latest:
            yield replace(notice, state="not_sent", reason=Reason.SUPERSEDED, settled_at=now)


def _next(table: Timetable, facts: Facts, ledger: Ledger, now: datetime) -> datetime | None:
    """Return the next instant at which a step opens or an announcement may go out."""
    wake_at = None if _ended(facts) else table.next_after(now, ledger.decided)
    if not facts.announcements:
        return wake_at
    opens = [opening(said.at, table.policy, table.calendar) for said in facts.announcements]
    return min([at for at in opens if at > now] + ([wake_at] if wake_at else []), default=None)
