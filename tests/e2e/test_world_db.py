"""The daemon against its model: after the same steps the ledger in a database says what that of a World in memory does."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from db.facts import (
    RemarkKind,
    Said,
    Verdict,
    record_event,
    record_remark,
    record_report,
    record_silence,
)
from db.obligations import by_ids
from rules.calendar import local_day
from rules.decide import end_of
from rules.digests import ASKED
from rules.obligation import AnswerKind, Facts, ObligationKey, Silence, Slot
from rules.programme import Occurred, Rulebook
from rules.register import Prolonged
from rules.simulate import Run
from rules.world import World
from scheduler.letters import prepare
from scheduler.office import rulebook_of
from scheduler.passes import evaluate
from scheduler.recording import verified
from scheduler.worker import worker_name
from tests.e2e.conftest import Databases
from tests.e2e.test_promises_db import EDITIONS, EVENTS
from tests.extending import extended
from tests.offices import DAY, HOUR, Desk, open_desk

Place = tuple[ObligationKey, Slot]
Outcome = tuple[str, str | None, str | None]
"""State, reason and person of a notice."""


class Both(RuleBasedStateMachine):
    """One office, lived through twice: in a database and in memory."""

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self._databases, self._url = databases, databases.create()
        self._folder = tempfile.TemporaryDirectory()
        self.desk: Desk = open_desk(Path(self._folder.name) / "office", self._url)
        self.run: Run

    def teardown(self) -> None:
        self.desk.engine.dispose()
        self._databases.drop(self._url)
        self._folder.cleanup()

    @initialize(edition=st.sampled_from(EDITIONS))
    def start(self, edition: str) -> None:
        self.run = Run(World(self._applied(edition), self.desk.config.policy, self.desk.now))
        self._pass()

    @rule(hours=st.sampled_from([1, 3, 24, 24, 24, 72, 24 * 9, 24 * 35]))
    def time_passes(self, hours: int) -> None:
        self.desk.now += hours * HOUR
        self._pass()

    @rule()
    def a_crash_in_the_middle_of_a_pass(self) -> None:
        self.desk.now += DAY
        evaluate(self.desk.office, now=self.desk.now, stopping=lambda: True)
        self.desk.restart()
        self._pass()

    @rule(delivered=st.booleans())
    def a_crash_in_the_middle_of_a_delivery(self, delivered: bool) -> None:
        self.desk.now += DAY
        self.desk.evaluate()
        batch = prepare(self.desk.office, now=self.desk.now, limit=3)
        if delivered:
            self.desk.sent += [envelope for _, envelope in batch.letters]
        machine = worker_name().rpartition(":")[0].rpartition(":")[0]
        self.desk.run("UPDATE message SET claimed_by = :dead WHERE state = 'sending'", dead=f"{machine}:4194999:x")
        self.desk.restart()
        self._pass()

    @rule(edition=st.sampled_from(EDITIONS))
    def the_rule_files_are_edited(self, edition: str) -> None:
        self._a_minute_later()
        self.run.world.edit(self._applied(edition), now=self.desk.now)
        self._pass()

    @rule(days_ago=st.integers(0, 3))
    def an_event_is_recorded(self, days_ago: int) -> None:
        self._a_minute_later()
        occurred = Occurred(local_day(self.desk.now, self.desk.config.policy.zone) - timedelta(days=days_ago))
        with self.desk.engine.begin() as connection:
            record_event(
                connection,
                programme="p",
                event="de-an",
                occurred=occurred,
                recorded_by="an",
                recorded_at=self.desk.now,
            )
        self.run.world.record_event("p", "de-an", occurred, now=self.desk.now)
        self._pass()

    @rule(data=st.data())
    def a_unit_reports(self, data: st.DataObject) -> None:
        self._a_minute_later()
        if key := self._open_one(data):
            id_ = self._id(key)
            with self.desk.engine.begin() as connection:
                record_report(
                    connection,
                    id_,
                    kind="done",
                    said_on=date(2026, 4, 1),
                    unit=key.unit,
                    recorded_by="an",
                    recorded_at=self.desk.now,
                    announce=True,
                )
            self.run.world.report_done(key, now=self.desk.now)
            self._pass()

    @rule(data=st.data(), kind=st.sampled_from(["difficulty", "difficulty", "not_ours", "focal", "progress"]))
    def a_unit_says_something_back(self, data: st.DataObject, kind: RemarkKind) -> None:
        self._a_minute_later()
        if key := self._open_one(data):
            id_ = self._id(key)
            with self.desk.engine.begin() as connection:
                record_remark(
                    connection,
                    id_,
                    kind=kind,
                    unit=key.unit,
                    recorded_by="an",
                    recorded_at=self.desk.now,
                    via="web",
                    note="chờ kinh phí",
                )
            if kind in ASKED:
                self.run.world.say_back(key, kind, "chờ kinh phí", now=self.desk.now)  # type: ignore[arg-type]
            self._pass()

    @rule(data=st.data(), verdict=st.sampled_from(["accepted", "returned"]))
    def the_standing_office_gives_its_verdict(self, data: st.DataObject, verdict: Verdict) -> None:
        self._a_minute_later()
        entries = self.run.world.entries.items()
        found = sorted(key for key, entry in entries if entry.facts.done_at and not _is_judged(entry.facts))
        key = data.draw(st.sampled_from(found)) if found else None
        if key:
            id_ = self._id(key)
            with self.desk.engine.connect() as connection:
                owed = by_ids(connection, [id_])[id_]
            said = Said("an", self.desk.now, "thiếu phụ lục", via="web")
            verified(self.desk.office, owed, verdict, said)
            self.run.world.say_back(key, verdict, "thiếu phụ lục", now=self.desk.now)
            self._pass()

    @rule(data=st.data(), days=st.integers(1, 10))
    def reminders_are_silenced(self, data: st.DataObject, days: int) -> None:
        self._a_minute_later()
        key = self._open_one(data, task="A.1")
        if key:
            until = self.desk.now + days * DAY
            with self.desk.engine.begin() as connection:
                record_silence(
                    connection,
                    from_=self.desk.now,
                    until=until,
                    reason="bão",
                    recorded_by="an",
                    recorded_at=self.desk.now,
                    programme="p",
                    task=key.task,
                    unit=key.unit,
                )
            self.run.world.silence(key, Silence(self.desk.now, until), now=self.desk.now)
            self._pass()

    @rule(data=st.data(), days=st.integers(1, 12))
    def an_extension_is_granted(self, data: st.DataObject, days: int) -> None:
        self._a_minute_later()
        if key := self._open_one(data):
            found = extended(self.desk, key, days)
            if found is not None:
                kind: AnswerKind = "extension_above" if "u1" in key.units else "extension"
                self.run.world.say_back(key, kind, now=self.desk.now)
                self.run.world.hear(Prolonged(self.desk.now, key, found), now=self.desk.now)
            self._pass()

    def _pass(self) -> None:
        """Make a pass and a delivery in both, and compare what came of them."""
        self.desk.tick()
        self.run.step(self.desk.now)
        known, model = stored(self.desk), of_model(self.run)
        apart = {place for place in known.keys() | model.keys() if not agree(known.get(place), model.get(place))}
        told = [f"{place}: database {known.get(place)}, model {model.get(place)}" for place in sorted(apart)]
        assert not told, "\n".join([f"at {self.desk.now}:", *told])

    def _a_minute_later(self) -> None:
        """Move on by a minute, with a pass, as the daemon makes one every minute."""
        self.desk.now += HOUR / 60
        self._pass()

    def _applied(self, edition: str) -> Rulebook:
        applied = self.desk.apply(edition, events=EVENTS)
        with self.desk.engine.connect() as connection:
            return rulebook_of(connection, applied.revision)

    def _open_one(self, data: st.DataObject, task: str | None = None) -> ObligationKey | None:
        entries = self.run.world.entries.items()
        found = sorted(key for key, entry in entries if not end_of(entry.facts) and task in (None, key.task))
        return data.draw(st.sampled_from(found)) if found else None

    def _id(self, key: ObligationKey) -> int:
        where = " AND ".join(f"{name} = :{name}" for name in key._fields)
        [(id_,)] = self.desk.run(f"SELECT id FROM obligation WHERE {where}", **key._asdict())
        assert isinstance(id_, int)
        return id_


def _is_judged(facts: Facts) -> bool:
    return any(said.kind == "accepted" and facts.done_at and said.at >= facts.done_at for said in facts.announcements)


def agree(stored: Outcome | None, model: Outcome | None) -> bool:
    """Say whether both tell the same, apart from when they say what never left.

    What waits for tomorrow's share is looked at again only when it leaves: until then the database calls owed what the
    model knows to be silenced, and by then its reason may be another one. What the gate held back when its obligation
    was withdrawn the model names, the database never decided it. What one edit both withdrew and moved the database
    judges by the days it would have now, the model by those it had.
    """
    kept_back = model is not None and model[:2] == ("not_sent", "silenced")
    never_left = stored is not None and stored[0] != "sent"
    return stored == model or (kept_back and never_left)


def stored(desk: Desk) -> dict[Place, Outcome]:
    rows = desk.run(
        "SELECT o.programme, o.task, o.part, o.unit, o.occurrence, n.rung, n.turn, n.unit, n.role, n.edition,"
        " n.state, n.reason, n.person FROM notice n JOIN obligation o ON o.id = n.obligation_id WHERE o.kind IN ('task', 'indicator')"
    )
    return {(ObligationKey(*row[:5]), Slot(*row[5:10])): row[10:] for row in rows}  # type: ignore[arg-type,misc]


def of_model(run: Run) -> dict[Place, Outcome]:
    found: dict[Place, Outcome] = {}
    for message in run.messages:
        found |= {(entry.key, look.slot(handed)): ("sent", None, message.to) for look, entry, handed in message.parcels}
    for each in run.not_sent:
        notice = each.notice
        found[each.entry.key, notice.slot] = ("not_sent", notice.reason and notice.reason.value, notice.person)
    for key, entry in run.world.entries.items():
        found |= {(key, slot): ("owed", None, notice.person) for slot, notice in entry.ledger.owed.items()}
    return found


def test_the_ledger_is_that_of_the_model(databases: Databases) -> None:
    class Here(Both):
        def __init__(self) -> None:
            super().__init__(databases)

    run_state_machine_as_test(
        Here, settings=settings(max_examples=6, stateful_step_count=12, deadline=None, derandomize=True)
    )
