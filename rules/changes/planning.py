"""Planning: what putting other rule files in force would do, worked out by living through both, with and without."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.calendar import instant, local_day
from rules.changes.causes import Causes
from rules.changes.handovers import handovers
from rules.changes.letters import letters, over_cap
from rules.changes.mails import Letter
from rules.changes.obligations import coming_moves, compared
from rules.changes.outdated import outdated
from rules.changes.readers import readers
from rules.changes.renamed import renamings
from rules.changes.touched import tasks_of, touched
from rules.changes.unseen import unseen
from rules.changes.values import Changes
from rules.days import plus
from rules.follow import Place
from rules.programme import Occurred, Rulebook
from rules.recorded import events_of
from rules.resuming import Present, resumed
from rules.roster import Roster
from rules.simulate import Run
from rules.window import Policy
from rules.world import World

AHEAD = timedelta(days=14)
"""How far ahead letters are counted."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Two rulebooks: the one in force (None before the first) and the one that is to be."""

    before: Rulebook | None
    after: Rulebook


def concerned(edit: Edit, present: Present, policy: Policy, *, now: datetime) -> set[Place]:
    """Return the tasks an edit may bear on; `present` need hold no obligations for it."""
    assert edit.before is not None
    before, after = (_roster(book, present, policy) for book in (edit.before, edit.after))
    return touched(before, after, today=local_day(now, policy.zone))


def planned(
    edit: Edit, present: Present, policy: Policy, places: Collection[Place], *, whole: bool, now: datetime
) -> Changes:
    """Return what an edit does, from the present on, and the letters of the coming days.

    `places` are the tasks it may bear on (`concerned`). `whole`: the present holds the obligations of all tasks; else
    of those only, and letters are counted of them alone.
    """
    if edit.before is None:
        return _first(edit.after, policy, now)
    today = local_day(now, policy.zone)
    was, is_ = (book if whole else tasks_of(book, places) for book in (edit.before, edit.after))
    before, after = (resumed(was, policy, present, now=now, also=[is_]) for _ in range(2))
    after.world.edit(is_, now=now)
    causes = Causes(was, is_, (before.world.roster.events, after.world.roster.events), today)
    told = compared(before.world, after.world, causes)
    told.moves.extend(coming_moves(after.world, places, causes, today))
    held_by = tuple(readers(was, after.world, today=today))
    until = _live([before, after], now, policy)
    return Changes(
        moves=tuple(told.moves),
        appearing=tuple(told.appearing),
        ending=tuple(told.ending),
        passing=tuple(told.passing),
        closings=tuple(told.closings),
        settlings=tuple(told.settlings),
        handovers=tuple(handovers(edit.before, edit.after, present.obligations, after.messages)),
        readers=held_by,
        rewordings=tuple(unseen(edit.before, edit.after, told)),
        renamings=tuple(renamings(edit.before, edit.after, present.obligations)),
        letters=_by_time(letters(before.messages, after.messages, policy)),
        outdated=tuple(outdated(present.obligations, told, after.messages, until)),
        over_cap=tuple(over_cap(before, after)),
        whole=whole,
        until=until,
    )


def _first(rulebook: Rulebook, policy: Policy, now: datetime) -> Changes:
    """Return what a first start does: everything is new, and what is late already is summed up."""
    before, after = Run(World(Rulebook(), policy, now)), Run(World(rulebook, policy, now))
    causes = Causes(Rulebook(), rulebook, ({}, {}), local_day(now, policy.zone))
    told = compared(before.world, after.world, causes)
    until = _live([after], now, policy)
    return Changes(
        appearing=tuple(told.appearing),
        letters=_by_time(letters((), after.messages, policy)),
        over_cap=tuple(over_cap(None, after)),
        is_first=True,
        until=until,
    )


def _live(runs: Iterable[Run], now: datetime, policy: Policy) -> date:
    """Make every pass from now on that falls into the days looked ahead; return the last of them."""
    last = plus(local_day(now, policy.zone), AHEAD.days)
    for run in runs:
        run.step(now)
        run.until(instant(last, None, policy.zone))
    return last


def _by_time(found: Iterable[Letter]) -> tuple[Letter, ...]:
    return tuple(sorted(found, key=lambda letter: (letter.at, letter.to)))


def _roster(rulebook: Rulebook, present: Present, policy: Policy) -> Roster:
    done = {key: Occurred(said.on) for key, said in present.register.done.items()}
    return Roster(rulebook, policy, events_of(rulebook, policy, present.recorded, done))
