"""A year of all five programmes, day by day: nobody over the cap, no superior first, nothing owed without an outcome."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from rules.calendar import instant, local_day
from rules.decide import end_of
from rules.load import load
from rules.obligation import Reason, Silence
from rules.programme import Occurred, Rulebook
from rules.simulate import Run
from rules.window import Policy, morning
from rules.world import World
from tests.rules.accounts import Account, Sent
from tests.rules.calendars import HCM

PROGRAMMES = Path(__file__).parents[2] / "programmes"
POLICY = Policy(HCM)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
TET = (date(2026, 2, 13), date(2026, 2, 24))
"""Days on which the daemon of the busy year is down: the last before Tết and the first after it included."""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    loaded = load({str(path): path.read_bytes() for path in sorted(PROGRAMMES.rglob("*.yaml"))})
    assert loaded.rulebook, loaded.problems
    return loaded.rulebook


@pytest.fixture(scope="module")
def silent(rulebook: Rulebook) -> Account:
    """The year in which nobody ever reports, checked day by day."""
    account = Account(Run(World(rulebook, POLICY, morning(FIRST, POLICY))))
    for day in _days():
        account.run.until(instant(day, None, HCM))
        _check(account, day)
    return account


@pytest.fixture(scope="module")
def busy(rulebook: Rulebook) -> Account:
    """A year like any other: most report in time, some late, some never; events happen, people are silenced, Tết stops all.

    A cap of one mail a day keeps many back.
    """
    chance = random.Random(57)
    policy = replace(POLICY, daily_cap=1)
    account = Account(Run(World(rulebook, policy, morning(FIRST, policy))))
    for day in _days():
        if not TET[0] <= day <= TET[1]:
            # The first pass after the days it was down is made when it is set going again.
            account.run.step(instant(day, time(8), HCM))
            account.run.until(instant(day, time(12), HCM))
            _happen(account.run, day, chance)
            account.run.until(instant(day, None, HCM))
        _check(account, day)
    return account


def _days() -> list[date]:
    return [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def _check(account: Account, day: date) -> None:
    """Check what the day brought."""
    new = account.take_in()
    account.mail_left_in_its_window(new)
    account.no_superior_came_first(new)
    account.the_head_knew_when(_first_turns(new))
    had = Counter(sent.message.to for sent in {sent.message: sent for sent in new}.values())
    assert not had or max(had.values()) <= account.run.world.policy.daily_cap
    assert {local_day(sent.at, HCM) for sent in new} <= {day}


def _first_turns(new: list[Sent]) -> list[Sent]:
    return [sent for sent in new if sent.step.turn == 0]


def _happen(run: Run, day: date, chance: random.Random) -> None:
    """Let some of what is open be reported, some of it be silenced, and an event happen now and then."""
    now, world = instant(day, time(12), HCM), run.world
    for key, entry in list(world.entries.items()):
        due = entry.followed.term.due
        if due is None or end_of(entry.facts):
            continue
        days_left = (due - day).days
        if days_left < 20 and chance.random() < (0.10 if days_left >= 0 else 0.02):
            world.report_done(key, now=now)
        elif days_left < 10 and chance.random() < 0.002:
            world.silence(key, Silence(now, now + timedelta(days=chance.randint(1, 30))), now=now)
    for programme in world.rulebook.programmes.values():
        for event in programme.events.values():
            if event.watch and event.id not in world.roster.events[programme.id] and chance.random() < 0.005:
                on = day - timedelta(days=chance.choice([0, 0, 1, 20, 60]))
                world.record_event(programme.id, event.id, Occurred(on), now=now)


@pytest.mark.slow
def test_everything_owed_in_a_silent_year_has_an_outcome(silent: Account) -> None:
    silent.everything_has_an_outcome()
    silent.nobody_is_flooded()
    assert len(silent.sent) > 200_000
    reasons = {reason for _, reason in silent.unsent.values()}
    assert reasons == {Reason.BASELINE, Reason.SUPERSEDED, Reason.CLOSED, Reason.NOBODY}


@pytest.mark.slow
def test_everything_owed_in_a_busy_year_has_an_outcome(busy: Account) -> None:
    busy.everything_has_an_outcome()
    busy.nobody_is_flooded()
    reasons = {reason for _, reason in busy.unsent.values()}
    assert reasons >= {Reason.BASELINE, Reason.SUPERSEDED, Reason.REPORTED, Reason.SILENCED, Reason.CLOSED}


@pytest.mark.slow
def test_at_the_end_of_the_year_nothing_is_left_undecided(silent: Account, busy: Account) -> None:
    for account in (silent, busy):
        now = instant(LAST, time(7), HCM) + timedelta(hours=1)
        account.nothing_is_left_undecided(max(now, _last_pass(account)))


def _last_pass(account: Account) -> datetime:
    return max((message.at for message in account.run.messages), default=datetime.min.replace(tzinfo=UTC))


@pytest.mark.slow
def test_the_first_mails_sum_up_and_nobody_above_hears_for_a_week(silent: Account) -> None:
    """1 January is a holiday and so are the days after it: the first start is on Monday 5 January."""
    days = sorted({local_day(message.at, HCM) for message in silent.run.messages})
    assert days[0] == date(2026, 1, 5)
    first = [message for message in silent.run.messages if local_day(message.at, HCM) == days[0]]
    assert any(message.baseline for message in first)
    rising = [message for message in silent.run.messages if message.kind == "escalation"]
    assert local_day(rising[0].at, HCM) >= date(2026, 1, 8)


@pytest.mark.slow
def test_nobody_is_written_to_on_a_day_off(silent: Account, rulebook: Rulebook) -> None:
    calendar = rulebook.calendars["viet-nam"]
    days = {local_day(message.at, HCM) for message in silent.run.messages}
    assert all(map(calendar.is_working_day, days))
    assert date(2026, 1, 10) in days  # a worked Saturday
    assert not {date(2026, 2, 17), date(2026, 4, 27), date(2026, 11, 24)} & days


@pytest.mark.slow
def test_every_mail_of_some_days_explains_itself(silent: Account, busy: Account) -> None:
    for account in (silent, busy):
        some = [message for message in account.run.messages if local_day(message.at, HCM).day in (5, 6)][:300]
        for message in some:
            digest = message.digest
            assert digest.lines or digest.matters or digest.questions
            assert len(digest.lines) == len(message.lines)
            assert all(told.document.vi and told.why.vi and told.source for told in digest.lines)
