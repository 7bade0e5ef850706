"""What is new: told by a rung that stands in place of the announcement as well."""

from dataclasses import replace

from rules.simulate import Run
from tests.rules.books import POLICY, at, book, one, run, started, task

DUE_31_MARCH = book(task("2026-03-31"))


def test_whoever_hears_of_a_new_task_by_a_later_rung_is_told_that_it_is_new() -> None:
    """Another unit gets the task on the day before it is due: the reminder stands in place of the announcement."""
    found = started(DUE_31_MARCH, "2026-03-24")
    found.until(at("2026-03-30 09:00"))
    found.world.edit(book(task("2026-03-31", lead="b")), now=at("2026-03-30 09:00"))
    found.until(at("2026-04-01 09:00"))
    assert changes(found, "gd.b") == [("due-soon", "new"), ("due-today", ""), ("late", "")]
    assert changes(found, "vp.tt") == [("late", "")]


def test_whoever_gets_a_task_that_is_late_already_is_told_that_it_is_new() -> None:
    found = started(DUE_31_MARCH, "2026-03-24")
    found.until(at("2026-04-06 09:00"))
    found.world.edit(book(task("2026-03-31", lead="b")), now=at("2026-04-06 09:00"))
    found.until(at("2026-04-07 09:00"))
    assert changes(found, "gd.b") == [("baseline", "new"), ("late", "")]


def test_what_is_late_at_first_sight_is_not_called_new() -> None:
    found = run(DUE_31_MARCH, "2026-04-06", "2026-04-07")
    assert changes(found, "gd.a") == [("baseline", "baseline")]


def test_an_announcement_that_a_later_rung_overtakes_on_its_way_is_told_by_that_rung() -> None:
    """The day's only letter has left when the task comes: the announcement waits, and gives way to the late reminder."""
    tasks = one("2026-03-02", id="T.0")
    found = started(book("tasks:\n" + tasks), "2026-03-02", replace(POLICY, daily_cap=1))
    found.until(at("2026-03-02 08:00"))
    late = one('{by: 2026-03-02, at: "10:00"}', id="T.1")
    ladder = "ladder: chuan\nrungs:\n  - {id: late, at: 1 hour late, to: [head]}\n"
    found.world.edit(book("tasks:\n" + tasks + late, ladder=ladder), now=at("2026-03-02 08:00"))
    found.until(at("2026-03-03 08:00"))
    assert changes(found, "gd.a")[-1] == ("late", "new")


def changes(found: Run, who: str) -> list[tuple[str, str]]:
    """Return which rungs a person was sent, each with the change it is said to tell of."""
    to = f"{who}@x.example"
    return [(line.rung, line.change) for sent in found.messages if sent.to == to for line in sent.digest.lines]
