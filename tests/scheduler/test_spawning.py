"""scheduler.spawning: a new day brings what it brings and no more; day by day comes to the same as all at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import event, text

from benchmarks.synthetic import HEAD, config_for, rulebook_of
from db.engine import open_engine
from db.facts import record_event
from db.obligations import listing
from rules.obligation import ObligationKey
from rules.programme import Occurred
from scheduler.applying import Origin, apply_rules
from scheduler.office import Office, open_office
from scheduler.spawning import spawn, spawn_what_changed

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
TASKS = """\
  so-a: {name: Sở A, head: {title: Giám đốc, email: gd@a.example}, focal: {title: Phòng, email: p@a.example}}
  so-b: {name: Sở B, head: {title: Giám đốc, email: gd@b.example}, focal: {title: Phòng, email: p@b.example}}
groups: {tat-ca: {name: Các sở, members: [so-a, so-b]}}
---
programme: p
title: Chương trình
document: {number: 07-QĐ/BCĐ, date: 2026-03-01, issuer: Ban Chỉ đạo}
period: 2026
directory: tinh
calendar: viet-nam
ladder: standard
standing: so-a
events: {hop: {title: Họp}}
tasks:
  - {id: A.1, section: A, title: Hằng ngày, lead: {each: tat-ca}, deadline: {every: day, at: "16:00"}}
  - {id: A.2, section: A, title: Hằng tuần, lead: {each: tat-ca}, deadline: {every: week, on: friday, at: "09:00"}}
  - {id: A.3, section: A, title: Hằng tháng, lead: so-b, deadline: {every: month, on: last}}
  - {id: A.4, section: A, title: Sau cuộc họp, lead: so-a, deadline: {after: hop, within: 5 days}}
  - {id: A.5, section: A, title: Được lùi hạn, lead: so-a, deadline: 2026-06,
     amended: [{deadline: 2026-05, until: 2026-03-20}]}
  - {id: A.6, section: A, title: Thường xuyên, lead: so-b, deadline: {continuous: true, review: month}}
  - {id: A.7, section: A, title: Đến giữa tháng, lead: so-b, deadline: {every: week, on: monday, until: 2026-03-16}}
"""


def office_in(folder: Path) -> Office:
    files = {"rules.yaml": (HEAD + TASKS).encode()}
    folder.mkdir()
    config = config_for(folder / "dondoc.db")
    engine = open_engine(config.database)
    apply_rules(config, engine, rulebook_of(files), files, origin=Origin("tests", ""), now=START)
    return open_office(config, engine)


def happens(office: Office, on: date, now: datetime) -> None:
    with office.engine.begin() as connection:
        record_event(connection, programme="p", event="hop", occurred=Occurred(on), recorded_by="an", recorded_at=now)


def staged(office: Office, now: datetime) -> set[str]:
    """Spawn and return the tasks whose obligations were compared with what is stored."""
    with office.engine.begin() as connection:
        seen: set[str] = set()

        def note(_connection: object, _cursor: object, said: str, values: Any, _context: object, many: bool) -> None:
            if said.startswith("INSERT INTO wanted_obligation"):
                seen.update(row[1] for row in (values if many else [values]))

        event.listen(connection, "before_cursor_execute", note)
        spawn_what_changed(connection, office, now=now)
        return seen


class Stored(NamedTuple):
    key: ObligationKey
    state: str
    edition: int
    due_at: datetime | None
    watched_from: datetime


def stored(office: Office) -> set[Stored]:
    with office.engine.begin() as connection:
        return {Stored(o.key, o.state, o.edition, o.due_at, o.watched_from) for o in listing(connection)}


def test_day_by_day_comes_to_the_same_as_all_anew_every_day(tmp_path: Path) -> None:
    careful, thorough = office_in(tmp_path / "careful"), office_in(tmp_path / "thorough")
    # Two days in a row, a week of downtime, over the end of a month and over the day of the amendment.
    for days in (0, 1, 2, 9, 14, 15, 18, 19, 29, 30, 31):
        now = START + timedelta(days=days)
        if days in (2, 18):
            for office in (careful, thorough):
                happens(office, now.date(), now)
        with careful.engine.begin() as connection:
            assert spawn_what_changed(connection, careful, now=now)
        with thorough.engine.begin() as connection:
            spawn(connection, thorough, now=now)
        assert stored(careful) == stored(thorough), f"after {days} days"
    careful.engine.dispose()
    thorough.engine.dispose()


def test_the_same_day_is_spawned_once(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    with office.engine.begin() as connection:
        assert spawn_what_changed(connection, office, now=START)
        assert not spawn_what_changed(connection, office, now=START + timedelta(hours=1))
    office.engine.dispose()


def test_a_database_from_before_learns_on_the_same_day_when_what_recurs_begins(tmp_path: Path) -> None:
    """As the migration leaves it: without these days, and without the note that all was brought up."""
    office = office_in(tmp_path / "office")
    query = text(
        "SELECT task, occurrence, starts_on FROM obligation WHERE kind = 'task' AND occurrence <> '' ORDER BY id"
    )
    with office.engine.begin() as connection:
        spawn_what_changed(connection, office, now=START)
        begins, before = connection.execute(query).all(), {(o.key, o.edition) for o in listing(connection)}
        assert all(starts is not None for *_, starts in begins)
        connection.execute(text("UPDATE obligation SET starts_on = NULL"))
        connection.execute(text("DELETE FROM pulse WHERE name = 'spawned'"))
    with office.engine.begin() as connection:
        assert spawn_what_changed(connection, office, now=START + timedelta(minutes=1))
        assert connection.execute(query).all() == begins
        assert {(o.key, o.edition) for o in listing(connection)} == before
    office.engine.dispose()


def test_a_day_stages_what_fell_due_and_no_other_task(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    staged(office, START)
    assert staged(office, START + timedelta(days=5)) == {"A.1", "A.2", "statement"}
    assert staged(office, START + timedelta(days=6)) == {"A.1", "statement"}
    office.engine.dispose()


def test_rules_just_applied_leave_nothing_but_the_prompts_to_be_spawned(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    assert staged(office, START + timedelta(minutes=1)) == {"statement"}
    assert staged(office, START + timedelta(minutes=2)) == set()
    office.engine.dispose()


def test_an_event_stages_the_tasks_that_wait_for_one_and_no_others(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    staged(office, START)
    now = START + timedelta(hours=1)
    happens(office, date(2026, 3, 2), now)
    assert staged(office, now) == {"A.4", "statement"}
    assert {key.occurrence for key, state, *_ in stored(office) if key.task == "A.4" and state == "open"} == {
        "2026-03-02"
    }
    office.engine.dispose()


def test_another_policy_stages_every_task_that_changes_by_itself(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    staged(office, START)
    config = replace(office.config, policy=replace(office.config.policy, closes=time(12)))
    office = open_office(config, office.engine)
    assert staged(office, START) == {f"A.{number}" for number in range(1, 8)} | {"statement"}
    office.engine.dispose()
