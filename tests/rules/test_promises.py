"""The promises as properties: whatever happens, in whatever order, they hold after every step.

The clock only moves forward. A world under test is told events, reports, silences and edits of the rules, is left
alone for days (the daemon is down) and set going again. `Account` keeps the books and says what must hold.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rules.calendar import local_day
from rules.decide import end_of
from rules.gate import WARNING
from rules.obligation import ObligationKey, Silence
from rules.programme import Occurred
from rules.simulate import Run
from rules.window import Policy, is_open, opening
from rules.world import World
from tests.rules.accounts import Account
from tests.rules.books import POLICY, at, book, one
from tests.rules.calendars import HCM

LADDERS = """
ladder: chuan
rungs:
  - {id: heads-up,  at: 14 days before,        to: [focal], if_missed: drop}
  - {id: due-soon,  at: 3 working days before, to: [head], cc: [focal]}
  - {id: due-today, at: due,                   to: [head], cc: [focal], expires: 2 days}
  - {id: late,      at: 1 working day late,    to: [head], cc: [focal, standing], repeat: 7 days}
  - {id: overseer,  at: 7 days late,           to: [overseer], cc: [head, standing], if_missed: late}
  - {id: chair,     at: 15 days late,          to: [chair],    cc: [overseer, head, standing], repeat: 20 days}
---
ladder: gap
rungs:
  - {id: last-call, at: 3 hours before,      to: [focal]}
  - {id: missed,    at: 2 hours late,        to: [head], cc: [focal], if_missed: drop}
  - {id: overseer,  at: 1 working day late,  to: [overseer], cc: [head], if_missed: drop}
  - {id: chair,     at: 2 working days late, to: [chair], cc: [head], expires: 10 days}
"""

DIRECTORY = """
directory: tinh
chair: {title: Chủ tịch, email: ct@x.example}
overseer: {title: Phó Chủ tịch, email: pct@x.example}
units:
  a: {name: Sở A, head: {title: Giám đốc A, email: gd.a@x.example,
        acting: [{from: 2026-02-10, until: 2026-03-20, title: Phó Giám đốc A, email: pgd.a@x.example}]},
      focal: {title: VP A, email: vp.a@x.example}}
  b: {name: Sở B, head: {title: Giám đốc B, email: gd.b@x.example, until: 2026-03-15}, focal: {title: VP B, vacant: true},
      overseer: {title: Phó Chủ tịch khác, email: pct2@x.example}}
  c: {name: Sở C, head: {title: Giám đốc C, email: gd.c@x.example}}
  tt: {name: Thường trực, head: {title: Chánh VP, email: gd.tt@x.example}, focal: {title: Phòng TH, email: vp.tt@x.example}}
groups:
  cac-so: {name: Các sở, members: [a, b, c]}
"""

EVENTS = """events:
  e: {title: Ban hành Đề án, watch: {ask: c, every: month, expected: 2026-03-01}}
  xong: {title: Kế hoạch đã ban hành, when_done: T.2}
"""
SAME = (
    one("2026-02-27", id="T.2", lead="[a, b]")
    + one('{every: week, on: friday, at: "09:00"}', id="T.3", lead="{each: [a, c]}", more="ladder: gap")
    + one("{after: e, within: 15 days}", id="T.5", more="coordinate: [c]")
    + one("{after: xong, within: 5 working days}", id="T.6", lead="b", more="ladder: gap")
    + one("{set_by: Đề án khác}", id="T.7")
)
BOOKS = [
    book(EVENTS + "tasks:\n" + tasks, ladder=LADDERS, directory=DIRECTORY)
    for tasks in (
        SAME
        + one("2026-02-28", id="T.1", lead="{each: cac-so}", more="coordinate: [tt]")
        + one("{every: month, on: 25}", id="T.4", lead="c")
        + one("2026-05-29", id="T.8", more="amended: [{deadline: 2026-03-10, until: 5/CV of 2026-03-30, why: lùi}]"),
        SAME
        + one("2026-04-15", id="T.1", lead="{each: [a, b]}", more="coordinate: [tt]")
        + one("{every: month, on: 20}", id="T.4", lead="c")
        + one("2026-03-31", id="T.9", lead="tt", more="head: [c]"),
        SAME.replace("{each: [a, c]}", "[b, c]").replace("lead: [a, b]", "lead: [b, c]")
        + one("2026-02-28", id="T.1", lead="{each: [c]}", more="coordinate: [tt]")
        + one("{every: month, on: 25}", id="T.4", lead="b")
        + one("2026-05-29", id="T.8", lead="[b, c]"),
    )
]
START = at("2026-01-26 07:00")
LONG_AFTER = at("2030-01-01")


class Promises(RuleBasedStateMachine):
    """A daemon without a database: passes as time goes by, facts in between, downtime now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.run: Run
        self.edited_at = START

    @initialize(cap=st.integers(1, 3), days=st.integers(0, 60), which=st.sampled_from([0, 1, 2]))
    def start(self, cap: int, days: int, which: int) -> None:
        self.now = START + timedelta(days=days)
        self.edited_at = self.now
        self.run = Run(World(BOOKS[which], replace(POLICY, daily_cap=cap), self.now))
        self.account = Account(self.run)
        self.run.step(self.now)

    @rule(hours=st.integers(1, 24 * 10))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.run.until(self.now)

    @rule(days=st.integers(1, 45), hour=st.integers(0, 23))
    def it_is_down_for_days(self, days: int, hour: int) -> None:
        self.now += timedelta(days=days, hours=hour)
        self.run.step(self.now)

    @rule(data=st.data())
    def somebody_reports(self, data: st.DataObject) -> None:
        if key := self._open_one(data):
            self.run.world.report_done(key, now=self._a_minute_later())

    @rule(data=st.data(), days=st.integers(1, 30), ago=st.integers(0, 3))
    def somebody_is_silenced(self, data: st.DataObject, days: int, ago: int) -> None:
        now = self._a_minute_later()
        silence = Silence(now - timedelta(days=ago), now + timedelta(days=days))
        if key := self._open_one(data):
            self.run.world.silence(key, silence, now=now)

    @rule(ago=st.integers(0, 60))
    def an_event_is_recorded_in_time_or_late(self, ago: int) -> None:
        on = local_day(self.now, HCM) - timedelta(days=ago)
        known = self.run.world.roster.events["ct"].get("e", ())
        if len(known) < 3 and all(occurred.on != on for occurred in known):
            self.run.world.record_event("ct", "e", Occurred(on), now=self._a_minute_later())

    @rule(which=st.sampled_from([0, 1, 2]))
    def the_rules_are_edited(self, which: int) -> None:
        self.edited_at = self._a_minute_later()
        self.run.world.edit(BOOKS[which], now=self.edited_at)

    @rule()
    def a_pass_more_changes_nothing(self) -> None:
        self.run.step(self._a_minute_later())
        self.account.take_in()
        before = (len(self.run.messages), len(self.run.not_sent))
        self.run.step(self.now)
        assert before == (len(self.run.messages), len(self.run.not_sent))

    @precondition(lambda self: hasattr(self, "account"))
    @invariant()
    def the_promises_hold(self) -> None:
        account = self.account
        new = account.take_in()
        account.everything_has_an_outcome()
        account.nobody_is_flooded()
        account.mail_left_in_its_window(new)
        account.no_superior_came_first(new)
        # A mail written before an edit knows nothing of the ladder after it.
        account.the_head_knew_when([sent for sent in new if sent.at > self.edited_at + timedelta(days=30)])
        account.every_mail_explains_itself(new)

    def teardown(self) -> None:
        if hasattr(self, "account"):
            policy = self.run.world.policy
            calendar = self.run.world.rulebook.calendars["viet-nam"]
            self.now = opening(self._a_minute_later(), policy, calendar)
            self.run.until(self.now)
            self.run.step(self.now)
            self.the_promises_hold()
            self.account.nothing_is_left_undecided(self.now)

    def _a_minute_later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _open_one(self, data: st.DataObject) -> ObligationKey | None:
        entries = self.run.world.entries.values()
        found = sorted(entry.key for entry in entries if not end_of(entry.facts))
        return data.draw(st.sampled_from(found)) if found else None


TestPromises = Promises.TestCase
TestPromises.settings = settings(stateful_step_count=25, suppress_health_check=list(HealthCheck))


# --- Promise 1 once more: up all the time, and down for weeks, come to the same ---------------------------------------

Happening = tuple[int, str, int]
"""So many hours after the start, what, and how much of it."""

HAPPENINGS = st.lists(
    st.tuples(st.integers(1, 24 * 90), st.sampled_from(["report", "silence", "event", "edit"]), st.integers(0, 50)),
    max_size=6,
    unique_by=lambda one: one[0],
).map(sorted)


@given(happenings=HAPPENINGS, gaps=st.lists(st.tuples(st.integers(0, 80), st.integers(1, 40)), max_size=3))
def test_downtime_changes_when_and_why_never_what_is_decided(
    happenings: list[Happening], gaps: list[tuple[int, int]]
) -> None:
    steady, halting = (_lived_through(happenings, down) for down in ([], gaps))
    # What an edit withdraws in the gap need never have come about.
    apart = steady.world.entries.keys() ^ halting.world.entries.keys()
    assert all((steady.world.entries | halting.world.entries)[key].facts.withdrawn_at for key in apart)
    for key in steady.world.entries.keys() & halting.world.entries.keys():
        entry, other = steady.world.entries[key], halting.world.entries[key]
        assert entry.facts == other.facts, key
        assert _decided(entry.ledger.decided) == _decided(other.ledger.decided), key
        assert entry.missed_before(LONG_AFTER) == other.missed_before(LONG_AFTER)


def _lived_through(happenings: list[Happening], gaps: list[tuple[int, int]]) -> Run:
    """Return a run in which these things happened and no pass was made in the gaps (first day, length in days)."""
    run = Run(World(BOOKS[0], Policy(HCM, daily_cap=1000), START))
    down = [(START + timedelta(days=first), START + timedelta(days=first + length)) for first, length in gaps]
    for hours, what, how_much in happenings:
        _pass_time(run, START + timedelta(hours=hours), down)
        _happen(run.world, what, how_much, START + timedelta(hours=hours))
    # Long enough for what waits at the gate: head, overseer, chair, each on a working day of its own.
    end = START + timedelta(days=150)
    _pass_time(run, end, down)
    run.step(end)
    return run


def _pass_time(run: Run, end: datetime, down: list[tuple[datetime, datetime]]) -> None:
    while (now := run.next_instant()) < end:
        until = max((last for first, last in down if first <= now < last), default=now)
        if until >= end:
            return
        run.step(until)


def _happen(world: World, what: str, how_much: int, now: datetime) -> None:
    open_ones = sorted(
        entry.key for entry in world.entries.values() if not end_of(entry.facts) and entry.key.task < "T.3"
    )
    if what == "event":
        on = local_day(now, HCM) - timedelta(days=how_much)
        if all(occurred.on != on for occurred in world.roster.events["ct"].get("e", ())):
            world.record_event("ct", "e", Occurred(on), now=now)
    elif what == "edit":
        world.edit(BOOKS[how_much % 2], now=now)
    elif open_ones and what == "report":
        world.report_done(open_ones[how_much % len(open_ones)], now=now)
    elif open_ones:
        silence = Silence(now, now + timedelta(days=how_much % 20 + 1))
        world.silence(open_ones[how_much % len(open_ones)], silence, now=now)


def _decided(turns: dict[str, int]) -> dict[str, int]:
    """Return what was decided, but for the warnings that stand in for what a head was not told."""
    return {rung: turn for rung, turn in turns.items() if rung != WARNING.id}


def test_the_start_is_open_for_mail() -> None:
    assert is_open(START, POLICY, BOOKS[0].calendars["viet-nam"])
