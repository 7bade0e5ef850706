"""Simulate: what would be mailed, to whom and why, over a span of days.

It runs the daemon's decisions over the clock, nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rules.calendar import instant, local_day
from rules.cohort import NotSent
from rules.digests import recipient_of
from rules.events import dated_ahead
from rules.mailroom import Mailroom
from rules.message import Said, SimulatedLine, SimulatedMessage
from rules.obligation import ObligationKey, Slot
from rules.programme import Occurred, Programme, Rulebook
from rules.prompts import Prompt, matters, prompts, question, recipient
from rules.recorded import Recorded
from rules.register import Fact, Happened, Register, Silenced
from rules.supposed import (
    AssumedDone,
    AssumedExtended,
    Assumption,
    Downtime,
    Edit,
    Outage,
    Supposition,
    outages,
    up_at,
)
from rules.told import Told
from rules.window import Policy, is_open, morning, opening
from rules.world import World

__all__ = [
    "AssumedDone",
    "AssumedExtended",
    "Assumption",
    "Downtime",
    "Edit",
    "NotSent",
    "Run",
    "SimulatedLine",
    "SimulatedMessage",
    "Simulation",
    "Told",
    "simulate",
]


@dataclass(frozen=True, slots=True)
class Simulation:
    """All mails in order of time, and all that was owed and not sent."""

    messages: tuple[SimulatedMessage, ...]
    not_sent: tuple[NotSent, ...]
    world: World


@dataclass(repr=False)
class Run:
    """A world and its mail, moved forward instant by instant. What happens is told to the `world` in between.

    `prompted`: the questions and statements that went out; `down`: when nothing runs, so that passes wait for its end.
    """

    world: World
    mailroom: Mailroom = field(init=False)
    prompted: set[ObligationKey] = field(default_factory=set)
    """What was asked and told so far."""
    down: Sequence[Outage] = ()
    _prompts_at: dict[str, datetime] = field(default_factory=dict)
    """When each programme's questions and statements are looked at next."""

    def __post_init__(self) -> None:
        self.mailroom = Mailroom(self.world)

    @property
    def messages(self) -> list[SimulatedMessage]:
        """Return all that was sent so far."""
        return self.mailroom.messages

    @property
    def not_sent(self) -> list[NotSent]:
        """Return all that was owed so far and is not sent."""
        return self.mailroom.not_sent

    def step(self, now: datetime) -> None:
        """Make one pass at `now`: decide, ask and tell, deliver."""
        advanced = self.world.advance(now)
        for programme in self.world.rulebook.programmes.values():
            if self._prompts_at.get(programme.id, now) <= now:
                self._prompt(programme, now)
        self.mailroom.deliver(advanced, now=now)

    def next_instant(self) -> datetime:
        """Return the earliest instant at which another pass may find something to do."""
        coming = (self.world.next_instant(), self.mailroom.deferred_until, *self._prompts_at.values())
        return min((at for at in coming if at is not None), default=self.world.start)

    def until(self, end: datetime) -> None:
        """Make every pass that falls before `end`."""
        while (now := up_at(self.next_instant(), self.down)) < end:
            self.step(now)

    def _prompt(self, programme: Programme, now: datetime) -> None:
        """Ask and tell what belongs to this day's period and has not been asked or told yet, if mail may leave."""
        world, calendar = self.world, self.world.roster.calendar(programme)
        today = local_day(now, world.policy.zone)
        if is_open(now, world.policy, calendar):
            for prompt in prompts(programme, world.roster.events[programme.id], today=today):
                if prompt.key not in self.prompted:
                    self.prompted.add(prompt.key)
                    self._put(programme, prompt, today)
            now = morning(today + timedelta(days=1), world.policy)
        self._prompts_at[programme.id] = opening(now, world.policy, calendar)

    def _put(self, programme: Programme, prompt: Prompt, today: date) -> None:
        world = self.world
        book = world.book(programme, today)
        found = recipient(prompt, programme, book)
        if found is None or found.holder is None:
            return
        reader = recipient_of(Slot(prompt.kind, 0, found.unit, found.role), found.holder, book.directory)
        said = Said(prompt.key, reader, world.roster.calendar(programme))
        known = world.roster.events[programme.id]
        if prompt.kind == "watch":
            event = programme.events[prompt.key.task.partition(":")[2]]
            said.questions = [question(event, programme)]
        else:
            said.matters = matters(programme, known, book, world.undated_terms(programme, today), today=today)
        if said.questions or said.matters:
            self.mailroom.say(said)


def simulate(
    rulebook: Rulebook,
    policy: Policy,
    *,
    first: date,
    last: date,
    assumed: Iterable[Supposition] = (),
    recorded: Iterable[Fact] = (),
) -> Simulation:
    """Return what happens from the daily hour of `first`, a first start, to the end of `last`.

    What was `recorded` by then is known from the start, the rest from the instant it was recorded. What is assumed to
    have happened before `first` is known from the start, and so is the planned day of an event that a deadline lies
    ahead of; the rest is recorded at the beginning of its day.
    """
    start, assumed = morning(first, policy), list(assumed)
    rulebook, assumed = _from_the_start(rulebook, assumed, first)
    said, coming = sorted_out(rulebook, policy, assumed, recorded, start)
    events, register = known_by(said)
    run = Run(World(rulebook, policy, start, events, register))
    before = [each for each in assumed if isinstance(each, AssumedDone) and each.on < first]
    for report in before:
        run.world.suppose_done(report, now=start, quietly=True)
    return carry_on(run, policy, coming, [each for each in assumed if each not in before], last=last)


def _from_the_start(
    rulebook: Rulebook, assumed: Iterable[Supposition], first: date
) -> tuple[Rulebook, list[Supposition]]:
    """Return the rules in force on the first day, and what is supposed beside: what holds from the start is no edit."""
    rest: list[Supposition] = []
    since = date.min
    for each in assumed:
        if not isinstance(each, Edit) or (each.on is not None and each.on > first):
            rest.append(each)
        elif (each.on or since) >= since:
            rulebook, since = each.rulebook, each.on or since
    return rulebook, rest


def carry_on(
    run: Run, policy: Policy, coming: Iterable[Fact], assumed: Iterable[Supposition], *, last: date
) -> Simulation:
    """Move a run forward to the end of `last`, what is said and supposed told to it at its instant, or at once."""
    assumed, end, start = list(assumed), instant(last, None, policy.zone), run.world.start
    run.down = outages(assumed, policy)
    told: list[tuple[datetime, Fact | AssumedDone | AssumedExtended | Edit]] = [(fact.at, fact) for fact in coming]
    told += [
        (max(start, instant(each.on, time(0), policy.zone)), each)
        for each in assumed
        if isinstance(each, AssumedDone | AssumedExtended | Edit) and each.on is not None
    ]
    told += [(start, each) for each in assumed if isinstance(each, AssumedExtended) and each.on is None]
    for at, what in sorted(told, key=lambda pair: pair[0]):
        if at >= end:
            break
        run.until(at)
        _tell(run.world, what, at)
    run.until(end)
    return Simulation(tuple(run.messages), tuple(run.not_sent), run.world)


def _tell(world: World, what: Fact | AssumedDone | AssumedExtended | Edit, at: datetime) -> None:
    match what:
        case AssumedExtended():
            world.suppose_extended(what, now=at)
        case AssumedDone():
            world.suppose_done(what, now=at, quietly=False)
        case Edit(rulebook=rulebook):
            world.edit(rulebook, now=at)
        case _:
            world.hear(what, now=at)


def sorted_out(
    rulebook: Rulebook,
    policy: Policy,
    assumed: Iterable[Supposition],
    recorded: Iterable[Fact],
    start: datetime,
) -> tuple[list[Fact], list[Fact]]:
    """Return what is known from the start, and what is said later, in order of time; assumed events and silences among
    them."""
    assumed, recorded = list(assumed), sorted(recorded, key=lambda fact: fact.at)
    said = [fact for fact in recorded if fact.at <= start]
    coming = [fact for fact in recorded if fact.at > start]
    for happened, is_known in _assumed(assumed, recorded, rulebook, policy, start):
        (said if is_known else coming).append(happened)
    # Said when they begin, so that they cover what there is by then; what a ledger holds knows of its own only.
    coming += [one._replace(at=max(one.at, start)) for one in assumed if isinstance(one, Silenced)]
    return said, sorted(coming, key=lambda fact: fact.at)


def known_by(said: Iterable[Fact]) -> tuple[Recorded, Register]:
    """Return the events, each in order of its days, and what was said of obligations."""
    known: dict[str, dict[str, tuple[Occurred, ...]]] = defaultdict(dict)
    register = Register()
    for fact in said:
        if isinstance(fact, Happened):
            before = known[fact.programme].get(fact.event, ())
            times = sorted((*before, fact.occurred), key=lambda occurred: occurred.on)
            known[fact.programme][fact.event] = tuple(times)
        else:
            register.enter([fact])
    return known, register


def _assumed(
    assumed: Iterable[Supposition], recorded: Iterable[Fact], rulebook: Rulebook, policy: Policy, start: datetime
) -> Iterator[tuple[Happened, bool]]:
    """Yield what is assumed to happen and is not recorded anyway, each with whether it is known from the start."""
    first = local_day(start, policy.zone)
    planned = {programme.id: dated_ahead(programme) for programme in rulebook.programmes.values()}
    there = {(one.programme, one.event, one.occurred.on) for one in recorded if isinstance(one, Happened)}
    for one in sorted((each for each in assumed if isinstance(each, Assumption)), key=lambda one: one.on):
        if (one.programme, one.event, one.on) in there:
            continue
        is_known = one.on < first or one.event in planned.get(one.programme, ())
        at = max(instant(one.on, time(0), policy.zone), start)
        yield Happened(at, one.programme, one.event, Occurred(one.on)), is_known
