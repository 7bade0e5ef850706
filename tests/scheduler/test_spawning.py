"""scheduler.spawning: a new day brings what it brings and no more; day by day comes to the same as all at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.synthetic import HEAD, config_for, rulebook_of
from db.engine import open_engine
from db.obligations import listing
from scheduler.applying import Origin, apply_rules
from scheduler.office import Office, open_office
from scheduler.spawning import spawn, spawn_what_changed
from tests.db.samples import statements

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


def stored(office: Office) -> set[Sequence[object]]:
    with office.engine.begin() as connection:
        return {(o.key, o.state, o.edition, o.due_at, o.watched_from) for o in listing(connection)}


def test_day_by_day_comes_to_the_same_as_all_anew_every_day(tmp_path: Path) -> None:
    careful, thorough = office_in(tmp_path / "careful"), office_in(tmp_path / "thorough")
    # Two days in a row, a week of downtime, over the end of a month and over the day of the amendment.
    for days in (0, 1, 2, 9, 14, 15, 18, 19, 29, 30, 31):
        now = START + timedelta(days=days)
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


def test_a_day_on_which_nothing_falls_due_stages_no_task(tmp_path: Path) -> None:
    office = office_in(tmp_path / "office")
    saturday, sunday = START + timedelta(days=5), START + timedelta(days=6)
    staged: list[list[str]] = []
    for now in (saturday, sunday):
        with office.engine.begin() as connection, statements(office.engine) as seen:
            spawn_what_changed(connection, office, now=now)
        staged.append([text for text in seen if text.startswith("INSERT INTO wanted_obligation")])
    office.engine.dispose()
    # All at first; then the daily report, and the statement of the week.
    assert len(staged[0]) == 2
    assert len(staged[1]) <= 2
