"""Decide: which notices an obligation owes at an instant, each with its reason, and when to look again.
Level-triggered: it compares what the rules ask for by now with what the ledger already holds; nothing depends on the
day a pass happens to run.

A Plan says which steps are taken and which are refused: the same for all units to which the same has happened. Whom
the steps reach is the address book's to say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from rules.announced import ANNOUNCEMENTS, APART, AT_THE_END
from rules.answered import moot
from rules.calendar import local_day
from rules.gate import gate, opened, read_above
from rules.ladder import Rung
from rules.ledger import Ledger
from rules.obligation import Announcement, Facts, Notice, Reason, Slot
from rules.recipients import AddressBook, Former, Handed, HandedOut, Owers, handing_out
from rules.timetable import BASELINE, Step, Timetable, is_too_old, step
from rules.window import is_open, opening


@dataclass(frozen=True, slots=True)
class Decision:
    """`notices` are rows for the ledger: owed ones to be sent, and ones settled without being sent.

    `wake_at` is the earliest instant at which something else may become owed, None when nothing ever will without new
    facts.
    """

    notices: tuple[Notice, ...]
    wake_at: datetime | None


class Plan(NamedTuple):
    """The steps taken at an instant, in order of time, and those refused, each for a reason; `wake_at` as in
    Decision."""

    ready: tuple[Step, ...]
    refused: tuple[tuple[Step, Reason], ...]
    wake_at: datetime | None


End = tuple[datetime, Reason]


def decide(
    owers: Owers,
    table: Timetable,
    facts: Facts,
    ledger: Ledger,
    book: AddressBook,
    *,
    now: datetime,
    planned: Plan | None = None,
    former: Former | None = None,
) -> Decision:
    """Return what is owed for one obligation at `now`.

    `table` is its ladder against its term, `ledger` what was decided before, `book` the directory on the local day.
    `planned` is its plan where that is known already, from an obligation to which the same happened. `former`: whom it
    concerns that others lead it now, where it was withdrawn.
    """
    ready, refused, wake_at = but_for_nobody(planned or plan(owers, table, facts, ledger, book, now=now), former)
    taken = tuple(this.posts for this in ready)
    handed = handing_out(taken, owers, book, former)[owers] if taken else None
    notices = (
        *settled_unsent(facts, ledger, now=now, former=former),
        *(notice for this, reason in refused for notice in refuse(this, reason, owers, facts, book, now=now)),
        *(_owe(ready, handed, table, facts, ledger, now) if handed else ()),
    )
    return Decision(notices, wake_at)


def but_for_nobody(found: Plan, former: Former | None) -> Plan:
    """Return a plan with all refused where nobody is left of those who are to be told that others lead it now."""
    if former is None or former.reason is None or not found.ready:
        return found
    return Plan((), (*found.refused, *((this, former.reason) for this in found.ready)), found.wake_at)


def plan(owers: Owers, table: Timetable, facts: Facts, ledger: Ledger, book: AddressBook, *, now: datetime) -> Plan:
    """Return which steps are taken at `now` and which are refused.

    Of `owers` only the heads matter, and whose mail an overseer reads: who has to know first.
    """
    ended = end_of(facts)
    due = _due(table, facts, ledger, ended, now)
    if not due:
        return Plan((), (), _next(table, facts, ledger, ended, now))
    if not ended and not is_open(now, table.policy, table.calendar):
        return Plan((), (), opening(now, table.policy, table.calendar))
    refused: list[tuple[Step, Reason]] = []
    acceptable: list[Step] = []
    for this in due:
        reason = _refusal(this, owers, table, facts, ledger, ended, now)
        if reason:
            refused.append((this, reason))
        else:
            acceptable.append(this)
    ready, held_until = gate(acceptable, owers, table, ledger, now=now, overseer_reads=read_above(owers, ledger, book))
    if held_until and refused:
        refused = _not_overtaking(refused, acceptable, ready)
    wake_at = _next(table, facts, ledger, ended, now)
    return Plan(tuple(ready), tuple(refused), min((at for at in (held_until, wake_at) if at), default=None))


def _not_overtaking(
    refused: list[tuple[Step, Reason]], acceptable: list[Step], ready: list[Step]
) -> list[tuple[Step, Reason]]:
    """Return the refused steps but for those of a rung of which an earlier turn still waits at the gate.

    The ledger knows of each rung the highest turn decided: what waits would be taken for behind.
    """
    waiting: dict[str, int] = {}
    for this in acceptable:
        if this not in ready:
            waiting.setdefault(this.rung.id, this.turn)
    return [(this, reason) for this, reason in refused if this.turn < waiting.get(this.rung.id, this.turn + 1)]


def end_of(facts: Facts) -> End | None:
    """Return when and why the obligation ended, the first end if there are several; None while it is open."""
    if facts.done_at is None and facts.withdrawn_at is None and facts.closed_at is None:
        return None
    ends = [
        (facts.done_at, Reason.REPORTED),
        (facts.withdrawn_at, Reason.WITHDRAWN),
        (facts.closed_at, Reason.CLOSED),
    ]
    return min((at, reason) for at, reason in ends if at is not None)


def void(slot: Slot, facts: Facts, *, now: datetime) -> Reason | None:
    """Return why a notice decided earlier is not sent at `now` after all, None when it is."""
    if slot.rung in APART:
        return moot(slot.rung, slot.turn, facts)
    ended = end_of(facts)
    if slot.rung in AT_THE_END:
        if facts.done_at is None or facts.withdrawn_at is not None:
            return Reason.WITHDRAWN if facts.withdrawn_at else Reason.MOVED
    elif ended:
        return ended[1]
    elif slot.edition != facts.edition:
        return Reason.MOVED
    return Reason.SILENCED if slot.rung not in ANNOUNCEMENTS and _is_silenced(facts, now) else None


def settled_unsent(facts: Facts, ledger: Ledger, *, now: datetime, former: Former | None = None) -> list[Notice]:
    """Return the notices owed so far that will not be sent, settled: it has ended, or its deadline has moved."""
    moved = [replace(notice, state="not_sent", reason=Reason.MOVED, settled_at=now) for notice in ledger.outdated]
    ended = end_of(facts)
    over = [(notice, _over(notice.slot, facts, ended, former)) for notice in ledger.owed.values()]
    return [*moved, *(replace(n, state="not_sent", reason=reason, settled_at=now) for n, reason in over if reason)]


def _over(slot: Slot, facts: Facts, ended: End | None, former: Former | None) -> Reason | None:
    """Return what put an end to a notice on its way, None while nothing did."""
    if slot.rung in APART:
        return moot(slot.rung, slot.turn, facts) or (former.why_not(slot) if former else None)
    return ended[1] if ended and slot.rung not in AT_THE_END else None


def refuse(
    this: Step, reason: Reason, owers: Owers, facts: Facts, book: AddressBook, *, now: datetime
) -> Iterator[Notice]:
    """Yield a refused step's notices: one for each post it would have reached, held or not."""
    for target in book.targets(this.posts, owers):
        slot = Slot(this.rung.id, this.turn, target.unit, target.role, facts.edition)
        yield Notice(slot, target.as_, this.opens, "not_sent", target.person, reason, now)


def superseded(told: Iterable[tuple[str, Handed]], table: Timetable, ledger: Ledger, *, now: datetime) -> list[Notice]:
    """Return the notices on their way to persons, or posts, who are told something later now, as settled by that."""
    if not ledger.owed:
        return []
    stand = {this.rung.id for this in table.steps if this.rung.if_missed == "late"} | APART
    told = list(told)
    persons = {person for person, _ in told}
    posts = {(handed.target.unit, handed.target.role) for _, handed in told}
    return [
        replace(notice, state="not_sent", reason=Reason.SUPERSEDED, settled_at=now)
        for notice in ledger.owed.values()
        if notice.person in persons or (notice.slot.unit, notice.slot.role) in posts
        if notice.slot.rung not in stand
    ]


def _owe(
    ready: tuple[Step, ...], handed: HandedOut, table: Timetable, facts: Facts, ledger: Ledger, now: datetime
) -> Iterator[Notice]:
    """Yield the notices of the steps taken now, and those on their way that give way to them."""
    for place, target, reason, _ in handed.all:
        this = ready[place]
        slot = Slot(this.rung.id, this.turn, target.unit, target.role, facts.edition)
        if reason is None:
            yield Notice(slot, target.as_, this.opens, "owed", target.person)
        else:
            yield Notice(slot, target.as_, this.opens, "not_sent", target.person, reason, now)
    yield from superseded(handed.owed, table, ledger, now=now)


def _due(table: Timetable, facts: Facts, ledger: Ledger, ended: End | None, now: datetime) -> list[Step]:
    """Return the steps that should have been taken by now and about which the ledger says nothing yet, in order."""
    due = table.due(ledger.decided, now) if ended is None else _due_at_the_end(table, ledger, min(now, ended[0]))
    if not facts.announcements:
        return due
    return [*(said for said in _said(table, facts, ledger) if said.opens <= now), *due]


def _due_at_the_end(table: Timetable, ledger: Ledger, end: datetime) -> list[Step]:
    """Return what was owed when the obligation ended, what only waited for the send window to open included."""
    waiting_until = opening(end, table.policy, table.calendar)
    return [this for this in table.due(ledger.decided, waiting_until) if this.nominal <= end]


def _said(table: Timetable, facts: Facts, ledger: Ledger) -> Iterator[Step]:
    """Yield the announcements that belong to the present edition and are not decided yet, in order of time; at one
    instant what was said back, which stands beside a move, before the move."""
    for said in sorted(facts.announcements, key=lambda said: (said.at, said.kind not in APART)):
        if _stands(said, facts) and said.turn > ledger.decided.get(said.kind, -1):
            opens = said.at if said.kind in AT_THE_END else opening(said.at, table.policy, table.calendar)
            rung, is_apart = _announced(said, table, ledger), said.kind in APART
            yield step(rung, -2, said.at, opens, turn=said.turn, coordinating=not is_apart, reported_by=said.by)


def _announced(said: Announcement, table: Timetable, ledger: Ledger) -> Rung:
    """Return the rung of an announcement. That it is not late any more is told as well to those above the units that
    know the earlier deadline, and that it is late after all to those who were told so: no rung of the ladder would tell
    them."""
    rung = ANNOUNCEMENTS[said.kind]
    above = ledger.reassured if table.baseline else ledger.misled
    return replace(rung, cc=(*rung.cc, *sorted(above))) if said.kind == "moved" and above else rung


def _stands(said: Announcement, facts: Facts) -> bool:
    """Say whether nothing that came later makes an announcement pointless. Of an answer that is told as not sent."""
    match said.kind:
        case "new":
            moved = (one.at for one in facts.announcements if one.kind == "moved")
            return facts.edition == 0 or said.at >= max((facts.watched_from, *moved))
        case "moved":
            return said.turn == facts.edition
        case "done":
            return facts.done_at is not None and said.at >= facts.done_at
        case _:
            return True


def _refusal(
    this: Step, owers: Owers, table: Timetable, facts: Facts, ledger: Ledger, ended: End | None, now: datetime
) -> Reason | None:
    """Return why a due step is not taken, or None when it is."""
    if this.rung.id in APART:
        return moot(this.rung.id, this.turn, facts)
    if ended and this.rung.id not in AT_THE_END:
        return ended[1]
    # A silence keeps reminders back; that a task is new, moved or done is news, and told once.
    if this.rung.id not in ANNOUNCEMENTS and (_is_silenced(facts, now) or _is_silenced(facts, this.opens)):
        return Reason.SILENCED
    if table.baseline and not this.is_late and this.order >= 0:
        return Reason.BASELINE
    # That it has moved is announced, and is no first sight: nothing is left to sum up.
    moves = (said for said in facts.announcements if said.kind == "moved")
    if this.rung.id == BASELINE.id and any(_stands(said, facts) for said in moves):
        return Reason.SUPERSEDED
    if this.rung.expires is None and this.rung.if_missed != "drop":
        return None
    return _too_late(this, opened(this, owers, table, ledger), table, now)


def _too_late(this: Step, since: datetime | None, table: Timetable, now: datetime) -> Reason | None:
    """Return why a step that could have been taken `since` comes too late; one that waits at the gate (None) does not
    age."""
    if since is None:
        return None
    if is_too_old(this._replace(opens=since), now, table):
        return Reason.TOO_OLD
    zone = table.policy.zone
    if this.rung.if_missed == "drop" and local_day(now, zone) > local_day(since, zone):
        return Reason.MISSED
    return None


def _is_silenced(facts: Facts, at: datetime) -> bool:
    return any(silence.covers(at) for silence in facts.silences)


def _next(table: Timetable, facts: Facts, ledger: Ledger, ended: End | None, now: datetime) -> datetime | None:
    """Return the next instant at which a step opens or an announcement may go out."""
    wake_at = None if ended else table.next_after(now, ledger.decided)
    if not facts.announcements:
        return wake_at
    coming = [said.opens for said in _said(table, facts, ledger) if said.opens > now]
    return min([*coming, *([wake_at] if wake_at else [])], default=None)
