"""What `explain --to` tells of a person is counted as deliveries count it."""

from datetime import date, datetime
from pathlib import Path

from rules.calendar import local_day
from scheduler.commands.explained.persons import person_in_ledger
from tests.offices import open_desk
from tests.scheduler.test_periodic import FREE, TASKS

FRIDAY = date(2026, 4, 3)


def test_a_summary_uses_up_nothing_of_the_letters_of_a_day(tmp_path: Path, sqlite_url: str) -> None:
    desk = open_desk(tmp_path / "office", sqlite_url, **FREE)
    desk.apply(TASKS)
    sent = []
    for hour in ("07:00", "09:01", "17:00"):
        desk.now = datetime.fromisoformat(f"2026-04-03T{hour}+07:00")
        sent += [one.subject for one in desk.tick() if one.recipient == "over2@tinh.example"]
    with desk.engine.connect() as connection:
        told = person_in_ledger(
            connection, desk.config, desk.office.rulebook, "over2@tinh.example",
            span=(FRIDAY, FRIDAY), now=desk.now, clock=desk.now,
        )  # fmt: skip
    of_day = [one for one in told.told if local_day(one.at, desk.config.policy.zone) == FRIDAY]
    summaries = [one for one in of_day if "Báo cáo tuần" in (one.subject or "")]
    assert (len(of_day), len(summaries)) == (len(sent), 1)
    assert told.per_day(desk.config)[FRIDAY] == len(of_day) - 1
    desk.engine.dispose()
