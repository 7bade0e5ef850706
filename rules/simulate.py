"""Simulate: what would be mailed, to whom and why, over a span of days. It runs the daemon's decisions over the clock, nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from rules.calendar import instant, local_day
from rules.digest import Digest, Matter, Question, Recipient
from rules.digests import Item, digest, holder_of, recipient_of
from rules.obligation import Notice, Slot
from rules.programme import Occurred, Programme, Rulebook
from rules.prompts import Prompt, matters, prompts, question, recipient
from rules.window import Policy, is_open, morning, next_day_opening, opening
from rules.world import Entry, World


@dataclass(frozen=True, slots=True)
class Assumption:
    """An event assumed to happen, and to be recorded, on that day."""

    programme: str
    event: str
    on: date


@dataclass(frozen=True, slots=True)
class SimulatedMessage:
    """One mail: `digest` is what it says."""

    at: datetime
    to: str
    digest: Digest


@dataclass(frozen=True, slots=True)
class NotSent:
    """A notice that was owed and is not sent, with its named reason."""

    at: datetime
    entry: Entry
    notice: Notice


@dataclass(frozen=True, slots=True)
class Simulation:
    """All mails in order of time, and all that was owed and not sent."""

    messages: tuple[SimulatedMessage, ...]
    not_sent: tuple[NotSent, ...]
    world: World


@dataclass
class _Mailbag:
    """What one person is owed and has not got yet."""

    items: list[tuple[Entry, Notice]] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    recipient: Recipient | None = None


@dataclass
class _Run:
    world: World
    bags: dict[str, _Mailbag] = field(default_factory=lambda: defaultdict(_Mailbag))
    sent_on: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))
    prompted: set[object] = field(default_factory=set)
    messages: list[SimulatedMessage] = field(default_factory=list)
    not_sent: list[NotSent] = field(default_factory=list)


def simulate(
    rulebook: Rulebook, policy: Policy, *, first: date, last: date, assumed: Iterable[Assumption] = ()
) -> Simulation:
    """Return what happens from the daily hour of `first`, a first start, to the end of `last`."""
    start, end = morning(first, policy), instant(last, None, policy.zone)
    pending = sorted(assumed, key=lambda assumption: assumption.on)
    world = World(rulebook, policy, start)
    run = _Run(world)
    prompt_at: datetime | None = start
    now: datetime | None = start
    while now is not None and now < end:
        while pending and _recorded_at(pending[0], policy) <= now:
            said = pending.pop(0)
            world.record_event(said.programme, said.event, Occurred(said.on), now=now)
        _collect(run, world.advance(now), now)
        if prompt_at and now >= prompt_at:
            _prompt(run, now)
            prompt_at = _tomorrow(now, policy)
        deferred = _deliver(run, now)
        coming = [
            world.next_instant(),
            prompt_at,
            deferred,
            *(_recorded_at(said, policy) for said in pending[:1]),
        ]
        now = min((at for at in coming if at and at > now), default=None)
    return Simulation(tuple(run.messages), tuple(run.not_sent), world)


def _recorded_at(assumption: Assumption, policy: Policy) -> datetime:
    return instant(assumption.on, time(0), policy.zone)


def _tomorrow(now: datetime, policy: Policy) -> datetime:
    return morning(date.fromordinal(local_day(now, policy.zone).toordinal() + 1), policy)


def _collect(run: _Run, decided: list[tuple[Entry, Notice]], now: datetime) -> None:
    """Put owed notices in their readers' bags; take out what a later rung has superseded."""
    for entry, notice in decided:
        if notice.state == "owed" and notice.person:
            run.bags[notice.person].items.append((entry, notice))
            continue
        run.not_sent.append(NotSent(now, entry, notice))
        bag = run.bags.get(notice.person or "")
        if bag:
            bag.items = [(e, n) for e, n in bag.items if e is not entry or n.slot != notice.slot]


def _prompt(run: _Run, now: datetime) -> None:
    """Ask and tell what belongs to this day's period and has not been asked or told yet."""
    world = run.world
    today = local_day(now, world.policy.zone)
    for programme in world.rulebook.programmes.values():
        if not is_open(now, world.policy, world.roster.calendar(programme)):
            continue
        for prompt in prompts(programme, world.roster.events[programme.id], today=today):
            if prompt.key not in run.prompted:
                run.prompted.add(prompt.key)
                _put_prompt(run, programme, prompt, today)


def _put_prompt(run: _Run, programme: Programme, prompt: Prompt, today: date) -> None:
    world = run.world
    directory = world.rulebook.directories[programme.directory]
    book = world.roster.book(directory, today)
    found = recipient(prompt, programme, book)
    if found is None or found.holder is None:
        return
    bag = run.bags[found.holder.email]
    slot = Slot(prompt.kind, 0, found.unit, found.role)
    bag.recipient = recipient_of(slot, found.holder, directory)
    if prompt.kind == "watch":
        event = programme.events[prompt.key.task.partition(":")[2]]
        bag.questions.append(question(event, programme))
        return
    terms = {task: entry.followed.term for task, entry in world.open_terms(programme).items()}
    bag.matters += matters(programme, world.roster.events[programme.id], book, terms, today=today)


def _deliver(run: _Run, now: datetime) -> datetime | None:
    """Send each person's bag as one digest; return when what the daily cap holds back may go."""
    policy = run.world.policy
    today = local_day(now, policy.zone)
    later: list[datetime] = []
    calendar = next(iter(run.world.rulebook.calendars.values()))
    for person, bag in list(run.bags.items()):
        if not (bag.items or bag.matters or bag.questions):
            del run.bags[person]
        elif not is_open(now, policy, calendar):
            later.append(opening(now, policy, calendar))
        elif run.sent_on[(person, today)] >= policy.daily_cap:
            later.append(next_day_opening(now, policy, calendar))
        else:
            del run.bags[person]
            run.sent_on[(person, today)] += 1
            run.messages.append(SimulatedMessage(now, person, _write(run.world, bag, today, now)))
            for entry, notice in bag.items:
                run.world.settle(entry, notice, now=now)
    return min(later, default=None)


def _write(world: World, bag: _Mailbag, today: date, now: datetime) -> Digest:
    items = [
        Item(entry.followed, notice, entry.facts, entry.ledger, world.missed[entry.followed.key[:4]])
        for entry, notice in bag.items
    ]
    reader = _reader(world, items, today) if items else bag.recipient
    assert reader is not None
    return digest(
        reader, items, world.roster, now=now, matters=tuple(bag.matters), questions=tuple(bag.questions)
    )


def _reader(world: World, items: list[Item], today: date) -> Recipient:
    """Return how to address the reader: by the highest post the notices were owed to."""
    followed, notice = items[0].followed, items[0].notice
    book = world.roster.book(followed.directory, today)
    holder = holder_of(notice.slot, followed.programme.standing, book)
    assert holder is not None
    return recipient_of(notice.slot, holder, followed.directory)
