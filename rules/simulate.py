"""Simulate: what would be mailed, to whom and why, over a span of days.

It runs the daemon's decisions over the clock, nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
from rules.register import Fact, Happened, Register
from rules.told import Told
from rules.window import Policy, is_open, morning, opening
from rules.world import World

__all__ = [
    "Assumption",
    "NotSent",
    "Run",
    "SimulatedLine",
    "SimulatedMessage",
    "Simulation",
    "Told",
    "simulate",
]


@dataclass(frozen=True, slots=True)
class Assumption:
    """An event assumed to happen, and to be recorded, on that day."""

    programme: str
    event: str
    on: date


@dataclass(frozen=True, slots=True)
class Simulation:
    """All mails in order of time, and all that was owed and not sent."""

    messages: tuple[SimulatedMessage, ...]
    not_sent: tuple[NotSent, ...]
    world: World


@dataclass(repr=False)
class Run:
    """A world and its mail, moved forward instant by instant. What happens is told to the `world` in between."""

    world: World
    mailroom: Mailroom = field(init=False)
    prompted: set[ObligationKey] = field(default_factory=set)
    """What was asked and told so far."""
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
        while (now := self.next_instant()) < end:
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
        said = Said(reader, world.roster.calendar(programme))
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
    assumed: Iterable[Assumption] = (),
    recorded: Iterable[Fact] = (),
) -> Simulation:
    """Return what happens from the daily hour of `first`, a first start, to the end of `last`.

    What was `recorded` by then is known from the start, the rest from the instant it was recorded. What is assumed to
    have happened before `first` is known from the start, and so is the planned day of an event that a deadline lies
    ahead of; the rest is recorded at the beginning of its day.
    """
    start, end = morning(first, policy), instant(last, None, policy.zone)
    recorded = sorted(recorded, key=lambda fact: fact.at)
    said = [fact for fact in recorded if fact.at <= start]
    coming = [fact for fact in recorded if fact.at > start]
    for happened, is_known in _assumed(assumed, recorded, rulebook, policy, start):
        (said if is_known else coming).append(happened)
    run = Run(_world(rulebook, policy, start, said))
    for fact in sorted(coming, key=lambda fact: fact.at):
        if fact.at >= end:
            break
        run.until(fact.at)
        run.world.hear(fact, now=fact.at)
    run.until(end)
    return Simulation(tuple(run.messages), tuple(run.not_sent), run.world)


def _world(rulebook: Rulebook, policy: Policy, start: datetime, said: Iterable[Fact]) -> World:
    """Return a world that begins at `start` and knows what was said before."""
    known: dict[str, dict[str, tuple[Occurred, ...]]] = defaultdict(dict)
    register = Register()
    for fact in said:
        if isinstance(fact, Happened):
            before = known[fact.programme].get(fact.event, ())
            times = sorted((*before, fact.occurred), key=lambda occurred: occurred.on)
            known[fact.programme][fact.event] = tuple(times)
        else:
            register.enter([fact])
    return World(rulebook, policy, start, known, register)


def _assumed(
    assumed: Iterable[Assumption], recorded: Iterable[Fact], rulebook: Rulebook, policy: Policy, start: datetime
) -> Iterator[tuple[Happened, bool]]:
    """Yield what is assumed to happen and is not recorded anyway, each with whether it is known from the start."""
    first = local_day(start, policy.zone)
    planned = {programme.id: dated_ahead(programme) for programme in rulebook.programmes.values()}
    there = {(one.programme, one.event, one.occurred.on) for one in recorded if isinstance(one, Happened)}
    for one in sorted(assumed, key=lambda one: one.on):
        if (one.programme, one.event, one.on) in there:
            continue
        is_known = one.on < first or one.event in planned.get(one.programme, ())
        at = max(instant(one.on, time(0), policy.zone), start)
        yield Happened(at, one.programme, one.event, Occurred(one.on)), is_known
