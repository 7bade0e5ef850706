"""What is played of a few tasks is what the whole would say of them; and no text, however broken, stops anything."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.load import load
from rules.problem import Source
from rules.programme import Rulebook
from rules.scenario import Scenario
from rules.scenarios import run
from rules.scenarios.playing import play
from rules.scenarios.supposing import supposed
from rules.simulate import Assumption, Run, Simulation, simulate
from tests.rules.books import POLICY
from tests.rules.scenarios.stage import beside, failures

FOLDER = Path(__file__).parents[3] / "programmes"
HERE = Source("here")
UNCAPPED = replace(POLICY, daily_cap=1_000)

Said = set[tuple[object, ...]]


@cache
def examples() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.yaml"))}


@cache
def book() -> Rulebook:
    found = load(examples()).rulebook
    assert found is not None
    return found


def said(found: Run | Simulation) -> dict[tuple[str, str], Said]:
    """Return what mails say of each task: when, to whom, of which unit and occurrence, on which rung."""
    told: dict[tuple[str, str], Said] = defaultdict(set)
    for message in found.messages:
        for line, unit in message.lines:
            told[line.programme, line.task].add(
                (message.at, message.to, unit, line.part, line.occurrence, line.rung, line.as_, line.term.due)
            )
    return told


@pytest.mark.parametrize(
    ("first", "last"), [(date(2025, 12, 8), date(2026, 1, 9)), (date(2026, 3, 9), date(2026, 4, 17))]
)
def test_a_task_played_alone_says_what_the_whole_would_say_of_it(first: date, last: date) -> None:
    whole = said(simulate(book(), UNCAPPED, first=first, last=last))
    for programme in book().programmes.values():
        for task in programme.tasks:
            scenario = Scenario("x", programme.id, HERE, (task,), (), first, last, start=first)
            alone = said(play(scenario, supposed(book(), scenario), UNCAPPED).run)
            assert alone[programme.id, task] == whole[programme.id, task], (programme.id, task)


def test_with_an_event_it_says_the_same_too() -> None:
    first, last = date(2026, 5, 4), date(2026, 6, 12)
    happened = [Assumption("lam-dong-nq57", "su-co-an-ninh-mang", date(2026, 5, 12))]
    whole = said(simulate(book(), UNCAPPED, first=first, last=last, assumed=happened))
    text = """\
scenario: Sự cố
programme: lam-dong-nq57
task: VIII.6
start: 2026-05-04
until: 2026-06-12
given: [{on: 2026-05-12, event: su-co-an-ninh-mang}]
expect: [{on: 2026-05-04, nobody: true}]
"""
    [scenario] = load({**examples(), "s.yaml": text.encode()}).scenarios
    alone = said(play(scenario, supposed(book(), scenario), UNCAPPED).run)
    assert alone["lam-dong-nq57", "VIII.6"]
    assert alone["lam-dong-nq57", "VIII.6"] == whole["lam-dong-nq57", "VIII.6"]


# --- broken texts ----------------------------------------------------------------------------------------------------


@cache
def texts() -> list[str]:
    return [text for path in sorted(FOLDER.glob("scenarios/*.yaml")) for text in path.read_text().split("---\n")]


WORDS = [
    "[]",
    "{}",
    "2026-02-30",
    "true",
    "null",
    '"x"',
    "late",
    "nobody",
    "{to: head}",
    "so-khcn/head",
    "99",
    "vacant",
]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_scenario_is_played_or_a_problem_is_told_whatever_is_changed_in_it(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(texts())).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        number = data.draw(st.integers(0, len(lines) - 1))
        words = re.findall(r"[\w./-]+", lines[number])
        is_changed: bool = data.draw(st.booleans())
        if words and is_changed:
            new: str = data.draw(st.sampled_from(WORDS) | st.sampled_from(" ".join(texts()).split()))
            lines[number] = lines[number].replace(data.draw(st.sampled_from(words)), new, 1)
        elif len(lines) > 1:
            del lines[number]
    text = "\n".join(lines)
    found, problems = beside(book(), text)
    assert found or problems
    for scenario in found:
        run(scenario, book(), POLICY, letter=str)


def test_a_cap_counts_the_mails_of_what_is_looked_at_alone() -> None:
    tasks = "tasks:\n" + "".join(
        f"  - {{id: T.{n}, title: Việc, lead: a, deadline: {{after: hop, within: {n} hours}}}}\n" for n in range(1, 8)
    )
    events = "events:\n  hop: {title: Họp}\n"
    text = 'task: T.7\ngiven: [{on: 2026-03-10, at: "09:00", event: hop}]\nexpect: [{on: 2026-03-11, mail: {to: head, rung: late}, others: allowed}]\n'
    assert failures(text, events + tasks) == []
