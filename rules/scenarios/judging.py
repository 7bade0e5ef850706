"""Judging: what a played scenario shows, set against what was expected: each mail that did not come, each that nobody
expected."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from rules.calendar import local_day
from rules.digest import Digest
from rules.obligation import Reason
from rules.problem import Source
from rules.programme import Rulebook
from rules.prompts import EVENT_PREFIX
from rules.scenario import Expectation, Mail, Scenario, Whom
from rules.scenarios.advising import no_mail_instead
from rules.scenarios.outcome import Failure, Touched
from rules.scenarios.people import People
from rules.scenarios.playing import Played
from rules.scenarios.reaching import Target, anybody, has_all, speaks_of, stretches
from rules.scenarios.saying import (
    clipped,
    ended_lines,
    expected_mail,
    held_back,
    not_sent_lines,
    nothing_about,
    seen,
    unexpected_lines,
)
from rules.scenarios.sighting import Sighting, holds, sightings
from rules.wording import Language, Wording

Letter = Callable[[Digest], str]
"""Puts a digest into the words of the letter that a person would get."""
_NEAR = timedelta(10)
_SHOWN = 4


@dataclass(frozen=True)
class Judge:
    """One scenario, what it shows and who is who; `covered` is what an expectation names."""

    scenario: Scenario
    rulebook: Rulebook
    played: Played
    letter: Letter
    people: People
    seen: tuple[Sighting, ...]
    language: Language = "en"
    covered: set[Sighting] = field(default_factory=set)

    def failures(self) -> Iterator[Failure]:
        """Yield every difference, in the order of the file, and then what nobody expected, by day."""
        yield from self.played.failures
        for each in self.scenario.expect:
            for mail in each.mails:
                yield from self._mail(mail, each)
            for mail in each.unwanted:
                yield from self._unwanted(mail, each)
            for mail in each.not_sent:
                yield from self._not_sent(mail, each)
        yield from self._unexpected()

    def touched(self) -> Touched:
        """Return what it touches, after its failures were asked for."""
        programme = self.rulebook.programmes[self.scenario.programme]
        tasks = programme.tasks
        rungs = {(tasks[one.task].ladder, one.rung) for one in self.covered if one.task in tasks}
        named = {(one.task, one.part) for one in self.covered if one.task in tasks}
        parts_seen = {(one.task, one.part) for one in self.seen}
        is_silent = self.scenario.is_only or any(each.nobody for each in self.scenario.expect)
        for task in self.scenario.tasks if is_silent else ():
            named |= {(task, part) for part in tasks[task].deadlines if (task, part) not in parts_seen}
        return Touched(frozenset(rungs), frozenset((programme.id, *each) for each in named))

    # --- one mail ----------------------------------------------------------------------------------------------------

    def _mail(self, mail: Mail, around: Expectation) -> Iterator[Failure]:
        targets = list(self._targets(mail))
        for days in stretches(around):
            inside = [one for one in self.seen if days[0] <= one.day <= days[1]]
            candidates = [one for one in inside if self._is_like(one, mail, around)]
            missing = []
            for target in targets:
                found = [one for one in candidates if target.gets(one) and target.task in (None, one.task)]
                self.covered.update(found)
                if not has_all(found, mail):
                    missing.append(target)
            yield from self._missing(mail, around, days, missing)
            if not missing:
                yield from self._says_otherwise(mail, days, candidates, targets)

    def _is_like(self, one: Sighting, mail: Mail, around: Expectation) -> bool:
        return (
            (not mail.rungs or one.rung in mail.rungs)
            and (one.task in mail.tasks if mail.tasks else self._is_looked_at(one, mail))
            and (not mail.units or not set(mail.units).isdisjoint(one.unit.split("+")))
            and mail.part in (None, one.part)
            and mail.occurrence in (None, one.occurrence, str(one.due))
            and (around.at is None or one.hour.replace(second=0, microsecond=0) == around.at)
        )

    def _is_looked_at(self, one: Sighting, mail: Mail) -> bool:
        if one.task == "" or one.task.startswith(EVENT_PREFIX):
            return one.rung in mail.rungs
        return not self.scenario.tasks or one.task in self.scenario.tasks

    def _targets(self, mail: Mail) -> Iterator[Target]:
        """Yield whom a mail must reach; where nobody is named, anybody."""
        if not (mail.to or mail.cc):
            yield from (Target(None, "", task, anybody) for task in mail.tasks or (None,))
        for as_, named in (("to", mail.to), ("cc", mail.cc)):
            for whom in named:
                by_role = whom.role is not None and whom.units is None
                tasks: tuple[str | None, ...] = mail.tasks or (self._own_tasks(mail) if by_role else ()) or (None,)
                for task in tasks:
                    yield from (Target(whom, as_, task, one) for one in self.people.readers(whom, task, mail.units))

    def _own_tasks(self, mail: Mail) -> tuple[str, ...]:
        """Return the tasks whose posts an open role means: all that are looked at."""
        return () if {"vacant", "watch", "unrecorded"} & set(mail.rungs) else self.scenario.tasks

    def _missing(
        self, mail: Mail, around: Expectation, days: tuple[date, date], missing: list[Target]
    ) -> Iterator[Failure]:
        by_whom: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for target in missing:
            by_whom[target.whom.said if target.whom else "", target.as_].append(target)
        for (said, as_), lacking in by_whom.items():
            whom, tasks = lacking[0].whom, [target.task for target in lacking]
            addresses = sorted({address for target in lacking for address in target.reader(days[0])})
            instead = [self.people.vacancy(whom, days[0], self.language)] if whom and whom.units else []
            instead += self._instead(mail, days, addresses, as_, ())
            expected = expected_mail(mail, days, around.at, said, as_, tasks, addresses, self.language)
            source = whom.source if whom else mail.source
            yield Failure("missing", source, days[0], expected, tuple(line for line in instead if line))

    def _instead(
        self, mail: Mail, days: tuple[date, date], addresses: list[str], as_: str, slots: Collection[tuple[str, str]]
    ) -> list[str]:
        """Return what came in place of a mail: the same day to the same people, the like on days around, what was held
        back."""
        tasks = mail.tasks or self.scenario.tasks
        about = [one for one in self.seen if not tasks or one.task in tasks]
        theirs = [one for one in about if not addresses or one.person in addresses]
        same_day = [one for one in theirs if days[0] <= one.day <= days[1]]
        around = [
            one
            for one in theirs
            if days[0] - _NEAR <= one.day <= days[1] + _NEAR
            and (not mail.rungs or one.rung in mail.rungs)
            and as_ in ("", one.as_)
        ]
        around.sort(key=lambda one: abs((one.day - days[0]).days))
        near_by = self._either("gần đó", "near")
        lines = [self._seen(one) for one in same_day[:_SHOWN]] or [
            f"{near_by}: {self._seen(one)}" for one in around[:2]
        ]
        refused, zone, near = self.played.run.not_sent, self.played.run.world.policy.zone, 3 if lines else _NEAR.days
        held = not_sent_lines(refused, mail, tasks, addresses, days, zone, self.language, slots=slots, near=near)
        lines += [*held[:_SHOWN], *self._ended(tasks, days[1])]
        return lines or [nothing_about(self.played.run.world.entries.values(), tasks, self.language)]

    def _either(self, vi: str, en: str) -> str:
        return Wording(vi, en).say(self.language)

    def _ended(self, tasks: tuple[str, ...], day: date) -> list[str]:
        world = self.played.run.world
        return ended_lines(world.entries.values(), tasks, day, world.policy.zone, self.language)

    def _seen(self, one: Sighting) -> str:
        return seen(one, self.people, self.language)

    # --- what a mail says --------------------------------------------------------------------------------------------

    def _says_otherwise(
        self, mail: Mail, days: tuple[date, date], candidates: list[Sighting], targets: list[Target]
    ) -> Iterator[Failure]:
        """Yield a failure for each text that a mail does not hold; copies are looked at where there is nothing else."""
        asked = [target for target in targets if target.as_ != "cc"] or targets
        meant = [one for one in candidates if any(target.gets(one) for target in asked)]
        for one in meant:
            if mail.due is not None and one.due != mail.due:
                yield Failure(
                    "text", mail.source, one.day, f"{self._either('hạn', 'due')} {mail.due}", (self._seen(one),)
                )
            for text in mail.because:
                if not one.gives(text):
                    expected = f"{self._either('lý do', 'because')} “{text}”"
                    yield Failure("text", mail.source, one.day, expected, (self._seen(one), *one.reason))
        yield from self._letters(mail, days, meant)

    def _letters(self, mail: Mail, days: tuple[date, date], meant: list[Sighting]) -> Iterator[Failure]:
        if not mail.says:
            return
        for message in {id(one.message): one.message for one in meant}.values():
            text = self.letter(message.digest)
            for wanted in mail.says:
                if not holds(text, wanted):
                    to = self.people.called(message.to, days[0])
                    told = (f"{self._either('đến', 'to')} {to}:", *clipped(text))
                    expected = self._either(f"thư có “{wanted}”", f"the letter says “{wanted}”")
                    yield Failure("text", mail.source, days[0], expected, told)

    # --- what must not be --------------------------------------------------------------------------------------------

    def _unwanted(self, mail: Mail, around: Expectation) -> Iterator[Failure]:
        targets = list(self._targets(mail))
        for days in stretches(around):
            for one in self.seen:
                is_inside = days[0] <= one.day <= days[1]
                if is_inside and self._is_like(one, mail, around) and any(target.gets(one) for target in targets):
                    expected = self._either("không có thư ấy", "no such mail")
                    yield Failure("unwanted", mail.source, one.day, expected, (self._seen(one),))

    def _not_sent(self, mail: Mail, around: Expectation) -> Iterator[Failure]:
        zone, tasks = self.played.run.world.policy.zone, mail.tasks or self.scenario.tasks
        for days in stretches(around):
            for whom in mail.to or (None,):
                addresses = sorted(self._addresses(whom, mail, days[0])) if whom else []
                slots = self._slots(whom, mail) if whom else set()
                refused = self.played.run.not_sent
                if not_sent_lines(refused, mail, tasks, addresses, days, zone, self.language, slots=slots, near=0):
                    continue
                expected = held_back(mail, whom, self.language)
                like = Mail(mail.source, rungs=mail.rungs, tasks=mail.tasks)
                instead = self._instead(like, days, addresses, "", slots)
                near = not_sent_lines(
                    refused, mail, tasks, addresses, days, zone, self.language, slots=slots, near=_NEAR.days
                )
                is_end = mail.reason in (None, Reason.REPORTED, Reason.CLOSED) and not near
                if is_end and self._ended(tasks, days[1]):
                    instead.append(no_mail_instead(mail, whom, tasks, self.language))
                yield Failure("not_sent", whom.source if whom else mail.source, days[0], expected, tuple(instead))

    def _addresses(self, whom: Whom, mail: Mail, day: date) -> set[str]:
        tasks: tuple[str | None, ...] = mail.tasks or self.scenario.tasks or (None,)
        readers = (reader for task in tasks for reader in self.people.readers(whom, task, mail.units))
        return {address for reader in readers for address in reader(day)}

    def _slots(self, whom: Whom, mail: Mail) -> set[tuple[str, str]]:
        tasks: tuple[str | None, ...] = mail.tasks or self.scenario.tasks or (None,)
        return {slot for task in tasks for slot in self.people.slots(whom, task, mail.units)}

    def _unexpected(self) -> Iterator[Failure]:
        by_day: dict[tuple[date, Source], list[Sighting]] = defaultdict(list)
        for one in self.seen:
            if one not in self.covered and (source := self._forbids(one)):
                by_day[one.day, source].append(one)
        for (day, source), found in sorted(by_day.items(), key=lambda one: one[0]):
            lines = unexpected_lines(found, self.people, self.language)
            yield Failure("unexpected", source, day, self._either("không ai khác", "nobody else"), tuple(lines))

    def _forbids(self, one: Sighting) -> Source | None:
        """Return the place that says that nobody else hears on the day of a line; None when others may."""
        if not self._counts(one):
            return None
        todays = [each for each in self.scenario.expect if speaks_of(each, one)]
        silent = next((each for each in todays if each.nobody and (not each.tasks or one.task in each.tasks)), None)
        if silent:
            return silent.source
        if self.scenario.others or any(each.others for each in todays):
            return None
        strict = next((each for each in todays if each.mails), None)
        if strict:
            return strict.source
        is_inside = self.scenario.first <= one.day <= self.scenario.last
        return self.scenario.only_source if self.scenario.is_only and is_inside else None

    def _counts(self, one: Sighting) -> bool:
        """Say whether a line is about what the scenario looks at; about events and posts only where it names them."""
        if one.task == "" or one.task.startswith(EVENT_PREFIX):
            mails = [mail for each in self.scenario.expect for mail in each.mails]
            return any(one.rung in mail.rungs and (not mail.tasks or one.task in mail.tasks) for mail in mails)
        return not self.scenario.tasks or one.task in self.scenario.tasks


def judge(
    scenario: Scenario, rulebook: Rulebook, played: Played, letter: Letter, *, language: Language = "en"
) -> Judge:
    """Return the judge of a played scenario; `rulebook` is the one supposed, `language` that of the differences."""
    first = local_day(played.start, played.run.world.policy.zone)
    found = tuple(one for one in sightings(played.run, scenario.programme) if first <= one.day <= scenario.last)
    return Judge(scenario, rulebook, played, letter, People(scenario, rulebook), found, language)
