"""Two times: what was true and known at the end of a day is told the same for ever, whatever is edited, recorded, taken
back or reverted since."""

import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from db.facts import NotThatDay, event_records, record_silence
from db.obligations import Filter, StoredObligation, listing
from db.revisions import revisions
from rules.calendar import local_day
from rules.periodic.period import covering
from rules.periodic.stored import to_text
from rules.programme import Occurred
from scheduler.applying import Origin
from scheduler.attaining import attaining
from scheduler.commands.options import last_moment
from scheduler.commands.printing import as_json
from scheduler.past import past
from scheduler.periodic.gathering import snapshot_at
from scheduler.recording import Said, did_not_happen, happened, reported
from scheduler.reverting import CannotRevert, put_back
from scheduler.standing import standing_then
from scheduler.summing import summary
from tests.e2e.conftest import Databases
from tests.offices import COMMON, DAY, HOUR, Desk, open_desk

DE_AN = "  de-an: {title: Ban hành Đề án}\n"
XONG = "  xong: {title: Xong báo cáo, when_done: A.1}\n"
FOLLOWING = "  - {id: A.5, title: Tổng hợp, lead: u1, deadline: {after: xong, within: 3 days}}\n"
FIXED = "  - {{id: A.1, title: Nộp báo cáo, lead: {{each: all}}, deadline: {due}{more}}}\n"
AMENDED = ", amended: [{deadline: 2026-04-03, until: 340/SVHTTDL-VP of 2026-04-08, why: chờ số liệu}]"
OTHERS = (
    "  - {id: A.4, title: Kế hoạch, lead: [u2, u3], deadline: {after: de-an, within: 5 working days}}\n"
    "  - {id: D.1, title: Xin ý kiến, lead: u3, deadline: {set_by: Đề án số 05}}\n"
)
WEEKLY = "  - {{id: B.1, title: Báo cáo tuần, lead: {{each: all}}, deadline: {{every: week, on: {on}}}}}\n"
MONTHLY = "  - {{id: B.2, title: Báo cáo tháng, lead: u2, deadline: {{every: month, on: {on}}}}}\n"
INDICATOR = "indicators:\n  - {id: I.1, title: Tỷ lệ, unit: '%', owner: u1, targets: {2026: '80'}}\n"
EDITIONS = (
    FIXED.format(due="2026-04-03", more="") + WEEKLY.format(on="friday") + MONTHLY.format(on=10) + OTHERS,
    FIXED.format(due="2026-04-10", more="") + WEEKLY.format(on="monday") + OTHERS + INDICATOR,
    FIXED.format(due="2026-04-20", more=AMENDED) + MONTHLY.format(on=14) + OTHERS,
    WEEKLY.format(on="friday") + MONTHLY.format(on=10) + OTHERS.replace("5 working", "10"),
    WEEKLY.format(on="friday") + MONTHLY.format(on=10).replace("lead: u2", "lead: u3") + OTHERS.replace("u2, u3", "u1"),
    FIXED.format(due="2026-03-31", more="").replace("Nộp báo cáo", "Nộp báo cáo sơ kết") + OTHERS,
)
CALENDARS = (
    COMMON,
    COMMON.replace("2026-04-27,", "2026-04-03,"),
    COMMON.replace("announced_until: 2026-12-31", "announced_until: 2026-04-05"),
)


def put_in_force(desk: Desk, edition: str, calendar: str = COMMON) -> None:
    tasks, _, indicator = edition.partition("indicators:")
    if "id: A.1," in tasks:
        tasks, events = tasks + FOLLOWING, DE_AN + XONG
    else:
        events = DE_AN
    desk.apply(tasks + (f"indicators:{indicator}" if indicator else ""), events=events, common=calendar)


def known(desk: Desk, day: date) -> str:
    """All that is told of that day, as it leaves the commands."""
    at = last_moment(day, desk.config.policy.zone)
    with desk.engine.connect() as connection:
        then = past(connection, desk.config, at=at)
        if then is None:
            return ""
        lines = [row.as_json() for row in standing_then(connection, desk.config, then)]
        lines += [line for one in attaining(connection, then) for line in one.as_json()]
        week = snapshot_at(connection, desk.config, "tinh/u1", covering("week", day), at=at)
        of_week = [to_text(week)] if week else []
        return "\n".join([*map(as_json, [*lines, summary(connection, desk.config, then).as_json()]), *of_week])


class TwoTimes(RuleBasedStateMachine):
    """One office, over weeks of its time, with a snapshot of every day that was over."""

    def __init__(self, databases: Databases) -> None:
        super().__init__()
        self._databases, self._url = databases, databases.create()
        self._folder = tempfile.TemporaryDirectory()
        self.desk: Desk = open_desk(Path(self._folder.name) / "office", self._url)
        self.snapshots: dict[date, str] = {}

    def teardown(self) -> None:
        try:
            for day, snapshot in self.snapshots.items():
                assert known(self.desk, day) == snapshot, day
        finally:
            self.desk.engine.dispose()
            self._databases.drop(self._url)
            self._folder.cleanup()

    @initialize(edition=st.sampled_from(EDITIONS))
    def start(self, edition: str) -> None:
        put_in_force(self.desk, edition)

    @property
    def today(self) -> date:
        return local_day(self.desk.now, self.desk.config.policy.zone)

    @rule(days=st.sampled_from([1, 1, 2, 5, 9]))
    def days_pass(self, days: int) -> None:
        day = self.today
        self.desk.now += days * DAY
        self.snapshots[day] = known(self.desk, day)
        if days > 1:
            last = self.today - timedelta(days=1)
            self.snapshots[last] = known(self.desk, last)

    @rule()
    def a_pass(self) -> None:
        self.desk.now += HOUR / 4
        self.desk.evaluate()

    @rule(edition=st.sampled_from(EDITIONS), calendar=st.sampled_from(CALENDARS))
    def the_rule_files_are_edited(self, edition: str, calendar: str) -> None:
        put_in_force(self.desk, edition, calendar)

    @rule(back=st.integers(1, 4))
    def an_earlier_revision_is_put_in_force_again(self, back: int) -> None:
        with self.desk.engine.connect() as connection:
            found = revisions(connection, limit=back + 1)
        with suppress(CannotRevert):  # the same files as those in force
            put_back(self.desk.config, self.desk.engine, found[-1].id, origin=Origin("an", "rules"), now=self.desk.now)

    @rule(days_ago=st.integers(0, 6))
    def an_event_is_recorded(self, days_ago: int) -> None:
        self._renew()
        happened(self.desk.office, "p", "de-an", Occurred(self.today - timedelta(days=days_ago)), self._said())

    @rule(which=st.integers(0, 5))
    def an_event_is_taken_back(self, which: int) -> None:
        self._renew()
        with self.desk.engine.connect() as connection:
            found = [record for record in event_records(connection) if not record.retracted]
        if found:
            did_not_happen(self.desk.office, found[which % len(found)].id, "p", self._said())

    @rule(which=st.integers(0, 30), days_ago=st.integers(0, 9))
    def something_is_reported_done(self, which: int, days_ago: int) -> None:
        found = self._stored("open", "closed")
        if found:
            on = self.today - timedelta(days=days_ago)
            with suppress(NotThatDay):  # before it began
                reported(self.desk.office, [found[which % len(found)]], "done", self._said(), on=on)

    @rule(which=st.integers(0, 30))
    def something_is_not_done_after_all(self, which: int) -> None:
        found = self._stored("done")
        if found:
            reported(self.desk.office, [found[which % len(found)]], "reopened", self._said(), on=self.today)

    @rule(days=st.integers(1, 9))
    def reminders_are_kept_back(self, days: int) -> None:
        with self.desk.engine.begin() as connection:
            record_silence(
                connection,
                from_=self.desk.now - 3 * DAY,
                until=self.desk.now + days * DAY,
                reason="bão",
                recorded_by="an",
                recorded_at=self.desk.now,
                programme="p",
            )

    def _renew(self) -> None:
        with self.desk.engine.connect() as connection:
            self.desk.office.renew(connection)

    def _said(self) -> Said:
        return Said("an", self.desk.now)

    def _stored(self, *states: str) -> list[StoredObligation]:
        self._renew()
        with self.desk.engine.connect() as connection:
            found = listing(connection, Filter(kinds=("task",)))
        tasks = self.desk.office.rulebook.programmes["p"].tasks
        return [one for one in found if one.state in states and one.key.task in tasks]


def test_what_was_known_on_a_day_is_told_the_same_for_ever(databases: Databases) -> None:
    class Here(TwoTimes):
        def __init__(self) -> None:
            super().__init__(databases)

    run_state_machine_as_test(Here, settings=settings(max_examples=12, stateful_step_count=25, deadline=None))


def test_what_a_pass_closes_late_was_open_until_that_pass(desk: Desk) -> None:
    put_in_force(desk, WEEKLY.format(on="friday") + OTHERS)
    desk.evaluate()
    desk.now += 14 * DAY  # the daemon is down while the occurrence of Friday, 3 April, ends on the 10th
    day = local_day(desk.now, desk.config.policy.zone) - DAY
    before = known(desk, day)
    desk.evaluate()
    assert '"closed"' in known(desk, day + DAY)
    assert known(desk, day) == before


def test_what_was_done_late_stays_late_when_the_deadline_is_moved_without_a_document(desk: Desk) -> None:
    put_in_force(desk, EDITIONS[0])
    desk.now += 7 * DAY
    with desk.engine.connect() as connection:
        (first, *_) = listing(connection, Filter(task="A.1"))
    reported(desk.office, [first], "done", Said("an", desk.now), on=date(2026, 4, 6))
    desk.now += DAY
    put_in_force(desk, EDITIONS[1])  # the file now says 10 April
    desk.now += DAY
    with desk.engine.connect() as connection:
        then = past(connection, desk.config, at=desk.now)
        assert then is not None
        rows = [row for row in standing_then(connection, desk.config, then) if row.key.task == "A.1"]
    judged = {row.key.unit: (row.due, str(row.status.timeliness), row.days_late) for row in rows}
    assert judged[first.key.unit] == (date(2026, 4, 3), "done_late", 3)
    assert [found for unit, found in judged.items() if unit != first.key.unit] == [
        (date(2026, 4, 10), "due_soon", 0)
    ] * 2


def test_what_an_earlier_version_did_not_note_is_told_as_it_was(desk: Desk) -> None:
    put_in_force(desk, EDITIONS[0])
    desk.evaluate()
    desk.now += 7 * DAY
    desk.evaluate()
    with desk.engine.connect() as connection:
        (first, *_) = listing(connection, Filter(task="A.1"))
    reported(desk.office, [first], "done", Said("an", desk.now), on=date(2026, 4, 6))
    today = local_day(desk.now, desk.config.policy.zone)
    before = known(desk, today)
    desk.run("UPDATE obligation SET recorded_at = NULL, end_recorded_at = NULL")
    desk.run("UPDATE report SET due_on = NULL, late_at = NULL")
    assert known(desk, today) == before
