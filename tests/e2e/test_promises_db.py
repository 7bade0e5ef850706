"""The promises, over the real database: whatever is recorded, edited, crashes, sleeps or refuses mail, in whatever order."""

import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db.facts import event_records, record_event, record_report, record_silence, retract_event
from notifications.envelope import Verdict
from rules.calendar import local_day
from rules.obligation import ObligationKey
from rules.programme import Occurred
from scheduler.letters import prepare
from scheduler.passes import evaluate
from scheduler.worker import worker_name
from tests.e2e.conftest import Databases
from tests.extending import extended
from tests.offices import DAY, HOUR, TAKEN, Desk, open_desk

EVENTS = "  de-an: {title: Ban hành Đề án, watch: {ask: u3, every: month, expected: 2026-04-30}}\n"
WAITING = "  - {id: A.4, title: Kế hoạch, lead: [u2, u3], deadline: {after: de-an, within: 5 working days}}\n"
WEEKLY = "  - {id: B.1, title: Báo cáo tuần, lead: {each: all}, deadline: {every: week, on: friday, at: '09:00'}}\n"
MONTHLY = "  - {id: B.2, title: Báo cáo tháng, lead: u2, deadline: {every: month, on: 10}}\n"
OLD = "  - {id: C.1, title: Việc cũ, lead: u3, deadline: 2026-03-02}\n"
FIXED = "  - {{id: A.1, title: Nộp báo cáo, lead: {{each: all}}, deadline: {due}}}\n"
MEASURED = (
    "indicators:\n"
    "  - {id: I.1, title: Phủ sóng, unit: '%', targets: {2026: '≥ 70'}, owner: u2, measure: {every: week, on: tuesday}}\n"
    "  - {id: I.2, title: Trung tâm, targets: {2026: Có, 2027: Có}, owner: [u2, u3]}\n"
)
EDITIONS = (
    FIXED.format(due="2026-04-03") + WAITING + WEEKLY + MONTHLY + OLD,
    FIXED.format(due="2026-04-10") + WAITING + WEEKLY + OLD + MEASURED,
    WAITING + MONTHLY,
    FIXED.format(due="2026-03-20") + WAITING.replace("5 working", "10") + WEEKLY + MONTHLY + OLD + MEASURED,
    FIXED.format(due="2026-04-03")
    + WAITING
    + WEEKLY.replace("friday", "wednesday")
    + MONTHLY.replace("10", "20")
    + OLD,
    WAITING + WEEKLY.replace("every: week", "every: 2 weeks") + MONTHLY.replace("{every: month, on: 10}", "2026-05-08"),
    FIXED.format(due="2026-04-03") + WAITING + WEEKLY.replace("{each: all}", "[u1, u2]") + MONTHLY.replace("u2", "u3"),
    WAITING + WEEKLY.replace("{each: all}", "u3") + MONTHLY.replace("u2", "{each: [u2, u1]}") + OLD,
)
VERDICTS = {
    "transient": Verdict("transient", "later", 451, "recipient"),
    "permanent": Verdict("permanent", "no such user", 550, "recipient"),
    "unknown": Verdict("unknown", "lost", stage="content"),
    "configuration": Verdict("configuration", "login", 535, "login"),
}


class Promises(RuleBasedStateMachine):
    """One office, over months of its time."""

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self._databases, self._url = databases, databases.create()
        self._folder = tempfile.TemporaryDirectory()
        self.desk: Desk = open_desk(Path(self._folder.name) / "office", self._url)
        self.settled: dict[object, tuple[object, ...]] = {}
        self.is_calm = False

    def teardown(self) -> None:
        self.desk.engine.dispose()
        self._databases.drop(self._url)
        self._folder.cleanup()

    @initialize(edition=st.sampled_from(EDITIONS))
    def start(self, edition: str) -> None:
        self.desk.apply(edition, events=EVENTS)

    @rule(hours=st.sampled_from([1, 3, 24, 24, 24, 72, 24 * 9, 24 * 35]))
    def time_passes(self, hours: int) -> None:
        self.desk.now += hours * HOUR
        self.is_calm = False

    @rule()
    def a_pass_and_a_delivery(self) -> None:
        self.desk.verdict = TAKEN
        self.desk.tick()
        self.is_calm = True

    @rule(verdict=st.sampled_from(sorted(VERDICTS)))
    def the_mail_does_not_take_it(self, verdict: str) -> None:
        self.desk.verdict = VERDICTS[verdict]
        self.desk.tick()

    @rule()
    def a_crash_in_the_middle_of_a_pass(self) -> None:
        evaluate(self.desk.office, now=self.desk.now, stopping=lambda: True)
        self.desk.restart()

    @rule(delivered=st.booleans())
    def a_crash_in_the_middle_of_a_delivery(self, delivered: bool) -> None:
        self.desk.evaluate()
        batch = prepare(self.desk.office, now=self.desk.now, limit=3)
        if delivered:
            self.desk.sent += [envelope for _, envelope in batch.letters]
        machine = worker_name().rpartition(":")[0].rpartition(":")[0]
        self.desk.run("UPDATE message SET claimed_by = :dead WHERE state = 'sending'", dead=f"{machine}:4194999:x")
        self.desk.restart()
        self.is_calm = False

    @rule(edition=st.sampled_from(EDITIONS))
    def the_rule_files_are_edited(self, edition: str) -> None:
        self.desk.apply(edition, events=EVENTS)
        self.is_calm = False

    @rule(days_ago=st.integers(0, 3))
    def an_event_is_recorded(self, days_ago: int) -> None:
        on = local_day(self.desk.now, self.desk.config.policy.zone) - timedelta(days=days_ago)
        with self.desk.engine.begin() as connection:
            record_event(
                connection,
                programme="p",
                event="de-an",
                occurred=Occurred(on),
                recorded_by="an",
                recorded_at=self.desk.now,
            )
        self.is_calm = False

    @rule()
    def the_last_event_is_taken_back(self) -> None:
        with self.desk.engine.begin() as connection:
            standing = [record.id for record in event_records(connection, "p") if not record.retracted]
            if standing:
                retract_event(connection, standing[-1], recorded_by="an", recorded_at=self.desk.now)
        self.is_calm = False

    @rule(which=st.integers(0, 20))
    def a_unit_reports(self, which: int) -> None:
        open_ = self.desk.run(
            "SELECT id, unit FROM obligation WHERE state = 'open' AND kind IN ('task', 'indicator') ORDER BY id"
        )
        if open_:
            id_, unit = open_[which % len(open_)]
            assert isinstance(id_, int)
            with self.desk.engine.begin() as connection:
                record_report(
                    connection,
                    id_,
                    kind="done",
                    said_on=date(2026, 4, 1),
                    unit=str(unit),
                    recorded_by="an",
                    recorded_at=self.desk.now,
                    announce=True,
                )
        self.is_calm = False

    @rule(which=st.integers(0, 20), days=st.integers(1, 12))
    def an_extension_is_granted(self, which: int, days: int) -> None:
        open_ = self.desk.run(
            "SELECT programme, task, part, unit, occurrence FROM obligation"
            " WHERE state = 'open' AND kind = 'task' ORDER BY id"
        )
        if open_:
            extended(self.desk, ObligationKey(*map(str, open_[which % len(open_)])), days)
        self.is_calm = False

    @rule(days=st.integers(1, 10), task=st.sampled_from(["A.1", "B.1", "C.1"]))
    def reminders_are_silenced(self, days: int, task: str) -> None:
        with self.desk.engine.begin() as connection:
            record_silence(
                connection,
                from_=self.desk.now,
                until=self.desk.now + days * DAY,
                reason="bão",
                recorded_by="an",
                recorded_at=self.desk.now,
                programme="p",
                task=task,
            )

    @precondition(lambda self: self.is_calm)
    @invariant()
    def an_audit_finds_nothing(self) -> None:
        assert self.desk.findings() == []

    @invariant()
    def history_stands(self) -> None:
        now = {id_: rest for id_, *rest in self.desk.run("SELECT id, state, reason, settled_at FROM notice")}
        for id_, before in self.settled.items():
            assert tuple(now[id_]) == before
        self.settled = {id_: tuple(rest) for id_, rest in now.items() if rest[0] != "owed"}

    @invariant()
    def copies_carry_the_same_message_id_and_are_counted(self) -> None:
        counted = Counter(letter.message_id for letter in self.desk.sent)
        copies = {message_id for message_id, count in counted.items() if count > 1}
        # One that has not been marked yet has no Message-ID of its own in the outbox.
        undoubted = self.desk.run("SELECT smtp_id FROM message WHERE possible_duplicate = 0")
        assert copies.isdisjoint(id_ for (id_,) in undoubted)

    @invariant()
    def nobody_gets_more_than_the_cap(self) -> None:
        zone = self.desk.config.policy.zone
        counted: dict[tuple[object, date], int] = {}
        for person, at in self.desk.run("SELECT person, sent_at FROM message WHERE state = 'sent'"):
            day = local_day(_instant(at), zone)
            counted[person, day] = counted.get((person, day), 0) + 1
        assert all(count <= 3 for count in counted.values())

    @invariant()
    def no_superior_hears_of_a_delay_before_the_head(self) -> None:
        told = self.desk.run(
            "SELECT n.obligation_id, n.edition, n.unit, n.settled_at FROM notice n WHERE n.state = 'sent'"
            " AND n.rung = 'overseer' AND n.role = 'overseer'"
        )
        for obligation, edition, unit, at in told:
            heads = self.desk.run(
                "SELECT count(*) FROM notice WHERE obligation_id = :o AND edition = :e AND unit = :u AND role = 'head'"
                " AND rung IN ('late', 'baseline', 'warning') AND settled_at < :at"
                " AND (state = 'sent' OR reason IN ('nobody', 'undeliverable'))",
                o=obligation,
                e=edition,
                u=unit,
                at=at,
            )
            assert heads != [(0,)], (obligation, edition, unit)


class PromisesInTheEnd(Promises):
    """The same, and then two quiet weeks: by their end everything owed has come to something."""

    def teardown(self) -> None:
        if self.desk.run("SELECT count(*) FROM revision") != [(0,)]:
            self.desk.verdict = TAKEN
            self.desk.restart()
            for _ in range(14):
                self.desk.now += DAY
                self.desk.tick()
            before = self.desk.now - 7 * DAY
            owed = self.desk.run("SELECT owed_at FROM notice WHERE state = 'owed'")
            assert [at for (at,) in owed if _instant(at) < before] == []
            assert self.desk.findings() == []
        super().teardown()


def _instant(value: object) -> datetime:
    """Return an instant as a database without its own notion of one gives it back, or one that has it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value)).replace(tzinfo=UTC)


def test_promises(databases: Databases) -> None:
    class Here(PromisesInTheEnd):
        def __init__(self) -> None:
            super().__init__(databases)

    run_state_machine_as_test(Here, settings=settings(max_examples=5, stateful_step_count=14, deadline=None))
