"""What `--write` drafts passes when it is played, whatever the task and the days."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.load import Loaded, load
from rules.problem import Source
from rules.scenario import DoneGiven, DownGiven, EventGiven, Given, SilenceGiven
from rules.scenarios import run
from rules.scenarios.drafting import draft
from tests.rules.books import POLICY
from tests.rules.scenarios.stage import beside, loaded

ROOT = Path(__file__).parents[3]
HERE = Source("here")


@cache
def examples() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((ROOT / "programmes").glob("*.yaml"))}


@cache
def rules() -> Loaded:
    return load(examples())


def places() -> list[tuple[str, str]]:
    book = rules().rulebook
    assert book is not None
    return [(programme.id, task) for programme in book.programmes.values() for task in programme.tasks]


def drafted(
    programme: str, task: str, first: date, last: date, told: Sequence[Given] = (), start: date | None = None
) -> str:
    book = rules().rulebook
    assert book is not None
    return draft(book, POLICY, programme=programme, task=task, first=first, last=last, given=told, start=start).text


def differences(text: str) -> list[str]:
    """Return what comes otherwise when a drafted scenario is played beside the examples."""
    book = rules().rulebook
    assert book is not None
    [scenario], problems = beside(book, text)
    assert problems == []
    outcome = run(scenario, book, POLICY, letter=lambda digest: str(digest))
    return [f"{one.source} {one.kind} {one.day} {one.expected} {one.instead}" for one in outcome.failures]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(places()),
    st.dates(date(2025, 12, 1), date(2027, 1, 31)),
    st.integers(0, 60),
    st.data(),
)
def test_a_draft_of_any_task_over_any_days_passes(
    place: tuple[str, str], first: date, days: int, data: st.DataObject
) -> None:
    programme, task = place
    book = rules().rulebook
    assert book is not None
    last = first + timedelta(days)
    on = st.dates(first - timedelta(20), last)
    events = sorted(book.programmes[programme].events)
    choices: list[st.SearchStrategy[Given]] = [
        st.builds(lambda day: SilenceGiven(HERE, day, day + timedelta(9), (task,)), on),
        st.builds(lambda day: DownGiven(HERE, day, day + timedelta(9)), on),
    ]
    if events:
        choices.append(st.builds(lambda day, event: EventGiven(HERE, day, event), on, st.sampled_from(events)))
    told = data.draw(st.lists(st.one_of(choices), max_size=2))
    start = data.draw(st.none() | st.dates(first - timedelta(40), first))
    assert differences(drafted(programme, task, first, last, told, start)) == []


def test_a_draft_names_posts_as_the_ladder_does_and_groups_what_came_alike() -> None:
    text = drafted("dong-thap-2026", "A.8", date(2026, 3, 20), date(2026, 4, 10))
    assert (
        text
        == """\
scenario: "A.8: Cân đối ngân sách hằng năm cho khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"
programme: dong-thap-2026
only: A.8
start: 2026-03-06
from: 2026-03-20
until: 2026-04-10
expect:
  - on: 2026-03-26
    mail: {to: head, cc: focal, rung: due-soon, due: 2026-03-31}
  - on: 2026-03-31
    mail: {to: head, cc: focal, rung: due-today, due: 2026-03-31}
  - on: [2026-04-01, 2026-04-08]
    mail: {to: head, cc: [focal, standing], rung: late, due: 2026-03-31}
  - on: 2026-04-07
    mail: {to: overseer, cc: [head, standing], rung: overseer, due: 2026-03-31}
"""
    )


def test_a_draft_of_a_quiet_span_says_that_nobody_hears() -> None:
    text = drafted("dong-thap-2026", "A.8", date(2026, 3, 1), date(2026, 3, 10))
    assert text.endswith("expect:\n  - {from: 2026-03-01, until: 2026-03-10, nobody: true}\n")
    assert differences(text) == []


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (DoneGiven(HERE, date(2026, 3, 30), ("A.8",)), "- {on: 2026-03-30, done: A.8}"),
        (DownGiven(HERE, date(2026, 3, 30), date(2026, 4, 2)), "- {down: 2026-03-30, until: 2026-04-02}"),
        (SilenceGiven(HERE, date(2026, 3, 30), date(2026, 4, 2), ("A.8",)), "- {on: 2026-03-30, until: 2026-04-02, silence: A.8}"),
        (EventGiven(HERE, date(2026, 3, 30), "huong-dan-kpi"), "- {on: 2026-03-30, event: huong-dan-kpi}"),
    ],
)  # fmt: skip
def test_what_is_assumed_stands_in_the_draft(told: Given, line: str) -> None:
    text = drafted("dong-thap-2026", "A.8", date(2026, 3, 20), date(2026, 4, 10), [told])
    assert f"\n  {line}\n" in text
    assert differences(text) == []


def test_a_draft_fails_when_the_rules_change() -> None:
    text = drafted("dong-thap-2026", "A.8", date(2026, 3, 20), date(2026, 4, 10))
    changed = examples()["ladders.yaml"].replace(
        b"at: 3 working days before, to: [head]", b"at: 4 working days before, to: [head]"
    )
    found = load({**examples(), "ladders.yaml": changed, "draft.yaml": text.encode()})
    assert found.rulebook is not None
    outcome = run(found.scenarios[0], found.rulebook, POLICY, letter=str)
    assert [(one.kind, f"{one.day:%d}") for one in outcome.failures] == [
        ("missing", "26"),
        ("missing", "26"),
        ("unexpected", "25"),
    ]


def test_a_report_that_cannot_be_made_is_told() -> None:
    book = loaded("scenario: x\nexpect: [{on: 2026-03-31, nobody: true}]\n").rulebook
    assert book is not None
    told = [DoneGiven(HERE, date(2026, 3, 1), ("T.1",)), DoneGiven(HERE, date(2026, 3, 2), ("T.1",))]
    found = draft(book, POLICY, programme="ct", task="T.1", first=date(2026, 3, 1), last=date(2026, 3, 9), given=told)
    assert found.troubles == ("given: T.1 reported done: nothing of T.1 that had begun by 2026-03-02 is open",)
