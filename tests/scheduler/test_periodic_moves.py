"""What became of deadlines in the week of a summary, as the database knows it."""

from datetime import date

from db.facts import Said
from rules.periodic.period import read_period
from rules.periodic.snapshot import Snapshot
from scheduler.extending import decided_extension
from scheduler.periodic.gathering import snapshot_at
from tests.extending import STANDING, asked, granted
from tests.offices import DAY, Desk
from tests.scheduler.test_periodic import OFFICE, TASKS, local, one


def drawn(desk: Desk, period: str, at: str) -> Snapshot:
    with desk.engine.connect() as connection:
        found = snapshot_at(connection, desk.config, OFFICE, read_period(period), at=local(at))
    assert found is not None
    return found


def test_a_summary_tells_which_deadlines_moved_in_its_week_and_what_was_refused(desk: Desk) -> None:
    desk.apply(TASKS)
    desk.now += DAY
    granted(desk, asked(desk, one(desk, "A.1").key, date(2026, 4, 15)))
    refused = asked(desk, one(desk, "A.4").key, date(2026, 4, 20))
    decided_extension(desk.office, refused.id, "refused", Said(STANDING, desk.now, "gắn với kỳ họp", via="web"))
    desk.apply(TASKS.replace("2026-03-20", "2026-04-24"))
    found = drawn(desk, "2026-W14", "2026-04-03T17:00")
    assert {(one.kind, one.number, one.units, one.before, one.after) for one in found.moved} == {
        ("moved", "A.1", ("Sở 2",), date(2026, 4, 3), date(2026, 4, 15)),
        ("moved", "A.2", ("Sở 3",), date(2026, 3, 20), date(2026, 4, 24)),
        ("refused", "A.4", ("Sở 2", "Sở 3"), date(2026, 4, 10), date(2026, 4, 20)),
    }
    said = {one.number: (one.document, one.reason) for one in found.moved}
    assert (said["A.1"], said["A.4"]) == (("12/SKHCN-VP", ""), ("", "gắn với kỳ họp"))
    assert drawn(desk, "2026-W14", "2026-03-30T07:59").moved == ()
    assert drawn(desk, "2026-W15", "2026-04-10T17:00").moved == ()


def test_a_deadline_that_moved_there_and_back_is_not_told(desk: Desk) -> None:
    desk.apply(TASKS)
    for day in ("2026-04-24", "2026-03-20"):
        desk.now += DAY
        desk.apply(TASKS.replace("2026-03-20", day))
    assert drawn(desk, "2026-W14", "2026-04-03T17:00").moved == ()
