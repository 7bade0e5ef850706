"""Playing: a scenario's span of days lived through, with what it is given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rules.calendar import instant, local_day
from rules.days import plus
from rules.decide import end_of
from rules.events import dated_ahead, events_known
from rules.obligation import ObligationKey, Silence
from rules.programme import Occurred, Rulebook
from rules.register import Done, Happened, Register, Silenced
from rules.roster import Known
from rules.scenario import DoneGiven, DownGiven, EventGiven, Scenario, SilenceGiven
from rules.scenarios.beginning import Beginning, beginning
from rules.scenarios.outcome import Failure
from rules.simulate import Run
from rules.window import Policy
from rules.wording import Language, Wording
from rules.world import World

Down = tuple[datetime, datetime]
"""The instants between which the daemon does not run."""
_BACK = timedelta(10)
"""Long enough for the send window to open, holidays included."""


@dataclass(slots=True)
class Played:
    """A scenario played to its end, and what of the given could not happen."""

    run: Run
    start: datetime
    failures: list[Failure] = field(default_factory=list)
    language: Language = "en"
    """In which they are told."""


def play(scenario: Scenario, rulebook: Rulebook, policy: Policy, *, language: Language = "en") -> Played:
    """Return the scenario played by these rules, the ones supposed, up to the end of its last day; where the daemon is
    down then, some days beyond, in which what was owed meanwhile is decided.

    What was said on one instant is told in the order of the file.
    """
    begun = beginning(scenario, rulebook, policy, _known_in_the_end(scenario, rulebook, policy))
    timeline = sorted(_timeline(scenario, rulebook, policy, begun.start), key=lambda one: one[0])
    early = [given for at, given in timeline if at <= begun.start]
    played = _begun(early, scenario, rulebook, policy, begun, language)
    downs = [_down(given, policy) for given in scenario.given if isinstance(given, DownGiven)]
    pace = _Pace(played.run, sorted(downs))
    for at, given in timeline:
        if at > begun.start:
            pace.until(at)
            _tell(given, scenario, played, at, policy)
    pace.back(instant(scenario.last, None, policy.zone))
    return played


def _begun(
    early: list[EventGiven | DoneGiven | SilenceGiven],
    scenario: Scenario,
    rulebook: Rulebook,
    policy: Policy,
    begun: Beginning,
    language: Language,
) -> Played:
    """Return the scenario at its beginning: what was reported by then is done, and nobody is told of it any more."""
    failures: list[Failure] = []
    done = {one.key: one for one in begun.done}
    for given in early:
        if isinstance(given, DoneGiven):
            world = _world(early, scenario, rulebook, policy, begun.start, done)
            keys = _keys(given, scenario, world, failures, begun.start, language)
            done |= {key: Done(begun.start, key, given.on) for key in keys}
    return Played(Run(_world(early, scenario, rulebook, policy, begun.start, done)), begun.start, failures, language)


@dataclass(slots=True)
class _Pace:
    """Moves a run forward, but for the stretches in which the daemon is down."""

    run: Run
    downs: list[Down]

    def until(self, end: datetime) -> None:
        """Make every pass before `end` that the daemon makes; the first one after a stretch is made at its end."""
        while self.downs and self.downs[0][0] < end:
            down, up = self.downs[0]
            if down > self.run.world.start:
                self.run.until(down)
            if up > end:
                return
            self.run.step(up)
            self.downs.pop(0)
        self.run.until(end)

    def back(self, end: datetime) -> None:
        """Make every pass before `end`, and where the daemon is down then, those after it is back."""
        self.until(end)
        if self.downs and self.downs[0][0] < end:
            self.until(self.downs[0][1] + _BACK)


def _down(given: DownGiven, policy: Policy) -> Down:
    return instant(given.on, time(0), policy.zone), instant(plus(given.until, 1), time(0), policy.zone)


def _timeline(
    scenario: Scenario, rulebook: Rulebook, policy: Policy, start: datetime
) -> Iterator[tuple[datetime, EventGiven | DoneGiven | SilenceGiven]]:
    """Yield what is said on the way, each with the instant: the beginning of its day unless an hour is given."""
    ahead = dated_ahead(rulebook.programmes[scenario.programme])
    for given in scenario.given:
        match given:
            case EventGiven(known_on=None, event=event) if event in ahead:
                yield start, given
            case EventGiven(known_on=None) | DoneGiven():
                yield instant(given.on, given.at or time(0), policy.zone), given
            case EventGiven(known_on=known) if known is not None:
                yield instant(known, time(0), policy.zone), given
            case SilenceGiven():
                yield instant(given.on, time(0), policy.zone), given


def _world(
    early: Iterable[EventGiven | DoneGiven | SilenceGiven],
    scenario: Scenario,
    rulebook: Rulebook,
    policy: Policy,
    start: datetime,
    done: Mapping[ObligationKey, Done],
) -> World:
    events: dict[str, list[Occurred]] = defaultdict(list)
    register = Register(dict(done))
    for given in early:
        if isinstance(given, EventGiven):
            events[given.event].append(_occurred(given, policy))
        elif isinstance(given, SilenceGiven):
            register.enter(_silences(given, scenario, rulebook, policy, start))
    known = {event: tuple(sorted(times, key=lambda one: one.on)) for event, times in events.items()}
    return World(rulebook, policy, start, {scenario.programme: known}, register)


def _tell(
    given: EventGiven | DoneGiven | SilenceGiven, scenario: Scenario, played: Played, at: datetime, policy: Policy
) -> None:
    world = played.run.world
    match given:
        case EventGiven():
            world.hear(Happened(at, scenario.programme, given.event, _occurred(given, policy)), now=at)
        case SilenceGiven():
            for silence in _silences(given, scenario, world.rulebook, policy, at):
                world.hear(silence, now=at)
        case DoneGiven():
            for key in _keys(given, scenario, world, played.failures, played.start, played.language):
                world.hear(Done(at, key, given.on, "+".join(given.units)), now=at)


def _occurred(given: EventGiven, policy: Policy) -> Occurred:
    return Occurred(given.on, instant(given.on, given.at, policy.zone) if given.at else None)


def _silences(
    given: SilenceGiven, scenario: Scenario, rulebook: Rulebook, policy: Policy, at: datetime
) -> Iterator[Silenced]:
    from_ = instant(given.on, time(0), policy.zone)
    silence = Silence(from_, instant(given.until, None, policy.zone) if given.until else None)
    for task in given.tasks:
        lead = rulebook.programmes[scenario.programme].tasks[task].lead
        if not given.units:
            yield Silenced(at, silence, scenario.programme, task)
        elif lead.each:
            yield from (Silenced(at, silence, scenario.programme, task, unit) for unit in given.units)
        else:
            yield Silenced(at, silence, scenario.programme, task, "+".join(lead.units))


def _keys(
    given: DoneGiven, scenario: Scenario, world: World, failures: list[Failure], start: datetime, language: Language
) -> list[ObligationKey]:
    """Return what is reported; a failure is added for each task of which nothing can be."""
    found = []
    for task in given.tasks:
        meant = _meant(given, task, scenario, world)
        if not meant:
            why_not = _why_not(given, task, local_day(start, world.policy.zone)).say(language)
            failures.append(Failure("given", given.source, given.on, _said(given, task).say(language), (why_not,)))
        found += meant
    return found


def _meant(given: DoneGiven, task: str, scenario: Scenario, world: World) -> list[ObligationKey]:
    found: dict[tuple[str, str], ObligationKey] = {}
    for key, entry in world.entries.items():
        if (key.programme, key.task) != (scenario.programme, task) or end_of(entry.facts):
            continue
        if (given.units and not set(given.units) & set(key.units)) or given.part not in (None, key.part):
            continue
        term = entry.followed.term
        if given.occurrence is not None and given.occurrence not in (key.occurrence, str(term.due)):
            continue
        if given.occurrence is None and term.kind == "recurring" and term.starts and term.starts > given.on:
            continue
        known = found.get((key.unit, key.part))
        if known is None or key.occurrence < known.occurrence:
            found[key.unit, key.part] = key
    return list(found.values())


def _said(given: DoneGiven, task: str) -> Wording:
    what = "/".join(each for each in (given.part, given.occurrence) if each)
    named, units = f"{task}{f' [{what}]' if what else ''}", ", ".join(given.units)
    by = Wording(f" bởi {units}", f" by {units}") if units else Wording("", "")
    return Wording(f"given: {named} được báo cáo hoàn thành{by.vi}", f"given: {named} reported done{by.en}")


def _why_not(given: DoneGiven, task: str, start: date) -> Wording:
    is_before = given.on < start
    vi = f"không có gì của {task} đã bắt đầu đến ngày {given.on} còn mở"
    en = f"nothing of {task} that had begun by {given.on} is open"
    begins = Wording(f"; dondoc bắt đầu ngày {start}", f"; dondoc begins on {start}")
    return Wording(vi + begins.vi, en + begins.en) if is_before else Wording(vi, en)


def _known_in_the_end(scenario: Scenario, rulebook: Rulebook, policy: Policy) -> Known:
    """Return the days of all events, those that are given included."""
    programme = rulebook.programmes[scenario.programme]
    recorded: dict[str, list[Occurred]] = defaultdict(list)
    for given in scenario.given:
        if isinstance(given, EventGiven):
            recorded[given.event].append(_occurred(given, policy))
    told = {event: tuple(times) for event, times in recorded.items()}
    return events_known(programme, told, {}, calendar=rulebook.calendars[programme.calendar], zone=policy.zone)
