"""A deadline that is edited while its task is reported done, and the report returned after that: what is open again is
owed by the rules in force, and its units are told that it moved; in a database as in a World."""

from datetime import date

import pytest

from db.facts import Said
from rules.indicators.entry import Entry, checked_value
from rules.obligation import ObligationKey
from rules.simulate import Run
from rules.world import World
from scheduler.measuring import measured, taken_back
from scheduler.office import rulebook_of
from scheduler.recording import reported, verified
from tests.e2e.test_world_db import of_model
from tests.e2e.test_world_db import stored as told
from tests.extending import stored
from tests.offices import DAY, HOUR, Desk

TASK = "  - {{id: A.1, title: Nộp báo cáo, lead: {lead}, deadline: {due}}}\n"
OTHER = "  - {id: A.2, title: Việc khác, lead: u3, deadline: 2026-12-31}\n"
KEY = ObligationKey("p", "A.1", "", "u2", "")


class Both:
    """One office, in a database and in memory. A.1 is due on 3 April 2026 and reported done on 30 March."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        applied = desk.apply(TASK.format(lead="u2", due="2026-04-03") + OTHER)
        with desk.engine.connect() as connection:
            self.run = Run(World(rulebook_of(connection, applied.revision), desk.config.policy, desk.now))
        self.live(0)
        desk.now += HOUR
        reported(desk.office, [stored(desk, KEY)], "done", Said("an", desk.now, None), on=date(2026, 3, 30))
        self.run.world.report_done(KEY, now=desk.now)
        self.live(0)

    def edit(self, tasks: str) -> None:
        self.desk.now += HOUR
        applied = self.desk.apply(tasks + OTHER)
        with self.desk.engine.connect() as connection:
            self.run.world.edit(rulebook_of(connection, applied.revision), now=self.desk.now)
        self.live(0)

    def return_it(self) -> None:
        self.desk.now += HOUR
        verified(self.desk.office, stored(self.desk, KEY), "returned", Said("an", self.desk.now, "thiếu phụ lục"))
        self.run.world.say_back(KEY, "returned", "thiếu phụ lục", now=self.desk.now)
        self.live(0)

    def live(self, days: int) -> None:
        """Let days go by: after each pass and delivery both say the same, and an audit finds nothing."""
        for day in range(days + 1):
            self.desk.now += DAY if day else 0 * DAY
            self.desk.tick()
            self.run.step(self.desk.now)
            assert told(self.desk) == of_model(self.run), self.desk.now
            assert self.desk.findings() == []


@pytest.mark.parametrize(
    ("edited", "state", "moves"),
    [
        (TASK.format(lead="u2", due="2026-04-10"), ("2026-04-10", "open", 1), ["moved", "moved"]),
        # Moved into the past: nobody is late by a day that nobody knew of.
        (TASK.format(lead="u2", due="2026-04-01"), ("2026-04-01", "open", 1), ["moved", "moved"]),
        (TASK.format(lead="u2", due="2026-04-03"), ("2026-04-03", "open", 0), []),
        (TASK.format(lead="u3", due="2026-04-03"), ("2026-04-03", "withdrawn", 0), []),
        ("", ("2026-04-03", "withdrawn", 0), []),
    ],
)
def test_what_is_returned_is_owed_by_the_rules_in_force(
    desk: Desk, edited: str, state: tuple[object, ...], moves: list[str]
) -> None:
    both = Both(desk)
    both.edit(edited)
    both.live(3)
    both.return_it()
    where = "task = 'A.1' AND unit = 'u2'"
    assert [
        (str(due), *rest) for due, *rest in desk.run(f"SELECT due_on, state, edition FROM obligation WHERE {where}")
    ] == [state]
    both.live(2)
    # Edited once more to the same: that is told once.
    both.edit(edited)
    both.live(20)
    assert [rung for _, _, rung, _, how, _ in desk.notices("moved") if how == "sent"] == moves


def test_what_a_value_taken_back_opens_again_is_owed_by_the_rules_in_force(desk: Desk) -> None:
    indicator = (
        "indicators:\n  - {{id: I.1, title: Phủ sóng 5G, unit: '%', owner: u2, targets: {{2026: '≥ 70'}},"
        " measure: {{every: quarter, on: last{at}}}}}\n"
    )
    desk.apply(OTHER + indicator.format(at=""))
    desk.tick()
    desk.now += HOUR
    [one] = desk.office.rulebook.programmes["p"].indicators
    entry = Entry("p", one, desk.now.date(), checked_value(one, "72,5"), "u2", "Báo cáo 15/BC")
    [kept] = measured(desk.office, [entry], Said("an", desk.now, None))
    assert len(kept.answered) == 1
    desk.now += HOUR
    desk.apply(OTHER + indicator.format(at=', at: "10:00"'))
    desk.tick()
    desk.now += HOUR
    assert len(taken_back(desk.office, kept.number, Said("an", desk.now, "nhập nhầm"))) == 1
    assert desk.run("SELECT edition, state FROM obligation WHERE occurrence = '2026-03-31'") == [(1, "open")]
    desk.tick()
    assert desk.findings() == []
