"""Drafting: the scenario of a task that a simulation leads to, as the text of a rule file. Played, it passes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from rules.events import events_known
from rules.phrases.forms import Form
from rules.plans.writing.layout import Entry, flow, lines_of
from rules.problem import Source
from rules.programme import Occurred, Rulebook
from rules.roster import Roster
from rules.scenario import WHOM_ROLES, DoneGiven, DownGiven, EventGiven, Given, Scenario, SilenceGiven, Whom, WhomRole
from rules.scenarios.beginning import first_day
from rules.scenarios.judging import judge
from rules.scenarios.people import People
from rules.scenarios.playing import play
from rules.scenarios.sighting import Sighting
from rules.scenarios.supposing import supposed
from rules.window import Policy

_NOWHERE = Source("")


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a scenario, and what of the given could not happen, a line each."""

    text: str
    troubles: tuple[str, ...] = ()


def draft(
    rulebook: Rulebook,
    policy: Policy,
    *,
    programme: str,
    task: str,
    first: date,
    last: date,
    start: date | None = None,
    given: Sequence[Given] = (),
) -> Draft:
    """Return the scenario of a task from `first` to `last`; without `start`, dondoc begins before anything is late."""
    found = Scenario("", programme, _NOWHERE, (task,), (), first, last, is_only=True, given=tuple(given))
    rules = supposed(rulebook, replace(found, events=tuple(one.event for one in given if isinstance(one, EventGiven))))
    found = replace(found, start=start or min(_start(found, rules, policy), first))
    played = play(found, rules, policy)
    judged = judge(found, rules, played, lambda _: "")
    seen = [one for one in judged.seen if one.task == task and first <= one.day <= last]
    writer = Writer(judged.people, _roles(rules, programme, task))
    silence: dict[str, Form] = {"from": str(first), "until": str(last), "nobody": True}
    expect = list(_expectations(seen, writer, policy)) or [silence]
    title = f"{task}: {rulebook.programmes[programme].tasks[task].title}"
    text = "\n".join(_lines(title, found, given, expect)) + "\n"
    return Draft(text, tuple(f"{one.expected}: {one.instead[0]}" for one in played.failures))


def _roles(rules: Rulebook, programme: str, task: str) -> Mapping[str, tuple[WhomRole, ...]]:
    """Return whom each rung of the task's ladder names, in its order: a scenario calls them the same."""
    ladder = rules.ladders[rules.programmes[programme].tasks[task].ladder]
    return {rung.id: (*rung.to, *rung.cc) for rung in ladder.rungs} | {"undated": ("standing",)}


def _start(scenario: Scenario, rules: Rulebook, policy: Policy) -> date:
    programme = rules.programmes[scenario.programme]
    told: dict[str, tuple[Occurred, ...]] = defaultdict(tuple)
    for given in scenario.given:
        if isinstance(given, EventGiven):
            told[given.event] = (*told[given.event], Occurred(given.on))
    known = events_known(programme, told, {}, calendar=rules.calendars[programme.calendar], zone=policy.zone)
    context = Roster(rules, policy, {programme.id: known}).context(programme)
    days = [one.on for one in scenario.given if one.on is not None]
    return first_day(programme, rules, context, min([scenario.first, *days]))


# --- what is expected ------------------------------------------------------------------------------------------------


def _expectations(seen: Iterable[Sighting], writer: "Writer", policy: Policy) -> Iterator[dict[str, Form]]:
    """Yield what came, by day; what came on several days alike stands once."""
    by_mail: dict[tuple[str, time | None], list[date]] = defaultdict(list)
    mails: dict[str, dict[str, Form]] = {}
    for (day, at, *_), alike in _by_mail(seen, policy).items():
        mail = writer.mail(alike, day)
        mails[flow(mail)] = mail
        by_mail[flow(mail), at].append(day)
    by_days: dict[tuple[tuple[date, ...], time | None], list[dict[str, Form]]] = defaultdict(list)
    for (text, at), days in by_mail.items():
        by_days[tuple(days), at].append(mails[text])
    for (on, at), told in sorted(by_days.items(), key=lambda one: (one[0][0], one[0][1] or time(0))):
        said: dict[str, Form] = {"on": str(on[0]) if len(on) == 1 else [str(day) for day in on]}
        if at is not None:
            said["at"] = f"{at:%H:%M}"
        yield {**said, "mail": told[0] if len(told) == 1 else told}


_Key = tuple[date, time | None, str, str, str, date | None]


def _by_mail(seen: Iterable[Sighting], policy: Policy) -> dict[_Key, list[Sighting]]:
    """Return the lines by what is said in them; the hour counts unless it is the one at which mail may first leave."""
    found: dict[_Key, list[Sighting]] = defaultdict(list)
    for one in seen:
        hour = one.hour.replace(second=0, microsecond=0)
        at = None if hour == policy.opens else hour
        found[one.day, at, one.rung, one.part, one.occurrence, one.due].append(one)
    return found


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts mails into the words of an expectation; `roles`: whom each rung names."""

    people: People
    roles: Mapping[str, tuple[WhomRole, ...]]

    def mail(self, alike: list[Sighting], day: date) -> dict[str, Form]:
        """Return lines that differ in their readers only as one mail."""
        first = alike[0]
        found: dict[str, Form] = {}
        for as_ in ("to", "cc"):
            persons = list(dict.fromkeys(one.person for one in alike if one.as_ == as_))
            if persons:
                names = self._named(persons, first, day)
                found[as_] = names[0] if len(names) == 1 else names
        found["rung"] = first.rung
        for key, value in (("part", first.part), ("occurrence", first.occurrence), ("due", first.due)):
            if value:
                found[key] = str(value)
        return found

    def _named(self, persons: Sequence[str], one: Sighting, day: date) -> list[str]:
        """Return the persons in as few words as say it: the posts of a ladder, a unit's post, an address."""
        left, names = list(persons), list[str]()
        for role in dict.fromkeys((*self.roles.get(one.rung, ()), *WHOM_ROLES)):
            whom = Whom(role, _NOWHERE, role=role)
            meant = {address for reader in self.people.readers(whom, one.task, ()) for address in reader(day)}
            if meant and meant <= set(persons) and meant & set(left):
                names.append(role)
                left = [person for person in left if person not in meant]
        return [*names, *(self._post(person, day) for person in left)]

    def _post(self, person: str, day: date) -> str:
        post = self.people.post_of(person, day)
        return post if "/" in post else person


# --- as text ---------------------------------------------------------------------------------------------------------


def _lines(title: str, scenario: Scenario, given: Sequence[Given], expect: list[dict[str, Form]]) -> Iterator[str]:
    entries: list[Entry] = [
        Entry("scenario", title),
        Entry("programme", scenario.programme),
        Entry("only", scenario.tasks[0]),
        Entry("start", str(scenario.start)),
        Entry("from", str(scenario.first)),
        Entry("until", str(scenario.last)),
    ]
    for entry in entries:
        yield from lines_of(entry, 0)
    if given:
        yield "given:"
        yield from (f"  - {flow(_given(one))}" for one in given)
    yield "expect:"
    for one in expect:
        yield from _expected(one)


def _expected(one: dict[str, Form]) -> Iterator[str]:
    mails = one.get("mail")
    if mails is None:
        yield f"  - {flow(one)}"
        return
    first, *others = ((key, value) for key, value in one.items() if key != "mail")
    yield f"  - {first[0]}: {flow(first[1])}"
    yield from (f"    {key}: {flow(value)}" for key, value in others)
    if isinstance(mails, dict):
        yield f"    mail: {flow(mails)}"
        return
    yield "    mail:"
    assert isinstance(mails, list)
    yield from (f"      - {flow(mail)}" for mail in mails)


def _given(one: Given) -> dict[str, Form]:
    match one:
        case EventGiven():
            hour: dict[str, Form] = {"at": f"{one.at:%H:%M}"} if one.at else {}
            return {"on": str(one.on), **hour, "event": one.event}
        case DoneGiven():
            return {"on": str(one.on), "done": list(one.tasks) if len(one.tasks) > 1 else one.tasks[0]}
        case SilenceGiven():
            until: dict[str, Form] = {"until": str(one.until)} if one.until else {}
            return {"on": str(one.on), **until, "silence": one.tasks[0]}
        case DownGiven():
            return {"down": str(one.on), "until": str(one.until)}
        case _:
            raise ValueError(f"{one} is not drafted")
